"""`tracewright new` makes a language from templates, and a path names it; what it can do, test_new_readme.py finds out."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tracewright.command_line import main
from tracewright.tools.languages import LanguageError, language_at, language_named
from tracewright.tools.new import LIKE, PLACEHOLDER, TEMPLATES, make_language


def test_names_are_checked_and_folders_respected(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("Lark", "9lives", "two words", "class"):
        assert main(["new", name, str(tmp_path / "made")]) == 1
        assert "cannot be a package's name" in capsys.readouterr().err
    (tmp_path / "file").touch()
    assert main(["new", "lark", str(tmp_path)]) == 1
    assert "not empty" in capsys.readouterr().err


def test_nothing_is_left_of_the_placeholder(tmp_path: Path) -> None:
    made = make_language("lark", tmp_path / "lark-project")
    for path in made.rglob("*"):
        assert PLACEHOLDER not in path.name
        assert not path.is_file() or PLACEHOLDER not in path.read_text().lower()
    assert len(list(made.rglob("*.py"))) == len(list(TEMPLATES.rglob("*.py"))) + 1  # and the package's __init__


def test_paths_name_languages(tmp_path: Path) -> None:
    made = make_language("finch", tmp_path / "finch-project")
    expected = language_at(made)
    assert (expected.name, expected.module) == ("finch", "finch.target")
    for path in (made, made / "finch", made / "finch" / "target.py"):
        assert language_named(str(path)) == expected
    assert expected.extensions() == (".finch",)
    with pytest.raises(LanguageError, match="is not a language"):
        language_at(made / "tests")


@pytest.mark.parametrize("like", LIKE)
def test_a_language_like_another_runs_its_programs(like: str, tmp_path: Path) -> None:
    made = make_language("wren", tmp_path / "wren-project", like)
    for path in made.rglob("*.py"):
        assert like not in path.read_text().lower().replace(" and so forth", "")
    assert f"copy of {like.capitalize()}" in (made / "README.md").read_text()
    tests = [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", "-k", "hello"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    finished = subprocess.run(tests, cwd=made, env=environment, capture_output=True, text=True, check=False)
    assert "4 passed" in finished.stdout, finished.stdout + finished.stderr
