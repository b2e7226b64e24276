"""The `tracewright` command."""

import os
from pathlib import Path

import pytest

from tracewright.command_line import main
from tracewright.tools.executables import fingerprint
from tracewright.tools.languages import LanguageError, known_languages, language_named, language_of_file
from tracewright.tools.modules import import_file
from tracewright.translate.emit_c.cache import prune
from tracewright.translate.emit_c.target import host_target
from tracewright_forth import target
from tracewright_testing.samples import classes


def test_show_prints_operations_and_c(capsys: pytest.CaptureFixture[str]) -> None:
    path = classes.__file__
    assert main(["show", "ops", f"{path}:double"]) == 0
    assert "int_add_ovf(number, number)" in capsys.readouterr().out
    assert main(["show", "c", f"{path}:double"]) == 0
    assert "__builtin_add_overflow" in capsys.readouterr().out


def test_check_accepts_the_dialect(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(classes.__file__)]) == 0
    assert "nothing to complain about" in capsys.readouterr().err


def test_check_takes_a_language(capsys: pytest.CaptureFixture[str]) -> None:
    """By its name or its folder: what its target module leads to."""
    for name in ("forth", str(Path(target.__file__).parent)):
        assert main(["check", name]) == 0
        assert "tracewright_forth/target.py: " in capsys.readouterr().err


def test_check_refuses_what_is_outside(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "outside_the_dialect.py"
    path.write_text("def power(a: int, b: int) -> int:\n    return a**b\n")
    assert main(["check", str(path)]) == 1
    message = capsys.readouterr().err
    assert "outside_the_dialect.py:2:" in message
    assert "return a**b" in message


def test_unknown_languages_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "klingon"]) == 1
    assert capsys.readouterr().err.startswith("tracewright: no language is called 'klingon'; there are: ")
    assert main(["run", "program.klingon"]) == 1
    assert "'.klingon'" in capsys.readouterr().err


def test_languages_of_the_checkout_are_known() -> None:
    assert language_of_file("x/y.ruff") == language_named("ruff") == known_languages()["ruff"]
    with pytest.raises(LanguageError):
        language_of_file("README")


def test_files_are_imported_under_their_package_name() -> None:
    assert import_file(classes.__file__) is classes


def test_the_fingerprint_follows_the_sources(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("x = 1\n")
    before = fingerprint([tmp_path], host_target())
    (tmp_path / "notes.txt").write_text("not a source file")
    assert fingerprint([tmp_path], host_target()) == before
    (tmp_path / "b.c").write_text("int x;\n")
    assert fingerprint([tmp_path], host_target()) != before


def test_the_cache_forgets_what_was_not_used_for_long(tmp_path: Path) -> None:
    for age, name in enumerate(("new", "middle", "old")):
        path = tmp_path / f"{name}-0123.o"
        path.write_bytes(b"x" * 1000)
        os.utime(path, (1e9 - age, 1e9 - age))
    assert prune(tmp_path, largest=2500, now=2e9) == 1
    assert sorted(path.name for path in tmp_path.glob("*.o")) == ["middle-0123.o", "new-0123.o"]
    assert prune(tmp_path, largest=0, now=2e9 + 60) == 0  # not twice a day
