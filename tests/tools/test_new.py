"""`tracewright new` makes a language that builds, passes its own tests, and is made fast by the JIT; a path names it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tracewright.command_line import main
from tracewright.tools.languages import LanguageError, language_at, language_named
from tracewright.tools.new import PLACEHOLDER, TEMPLATES, make_language
from tracewright_testing.native import shared_folder


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}


def output_of(command: list[str], folder: Path) -> str:
    finished = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=folder, env=environment(), timeout=600
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return finished.stdout


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


def test_a_new_language_passes_its_tests_and_runs_fast(tmp_path_factory: pytest.TempPathFactory) -> None:
    shared_folder(tmp_path_factory)  # skips without a C compiler
    folder = tmp_path_factory.mktemp("new") / "wren"
    output_of([sys.executable, "-m", "tracewright", "new", "wren", str(folder)], folder.parent)
    report = output_of([sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"], folder)
    assert " passed" in report and "failed" not in report
    run = [sys.executable, "-m", "tracewright", "run", "--lang", str(folder)]
    benchmark = str(folder / "benchmarks" / "loop.wren")
    compiled, interpreted = (output_of([*run, *switches, benchmark], folder) for switches in ([], ["--jit", "off"]))
    assert compiled == interpreted == "9999999\n196418\n"
