"""Comparing two executables: wrong answers do not count, the slower program is found."""

import stat
from pathlib import Path

import compare
import larger
import pytest


def stand_in(folder: Path, name: str, milliseconds: float, answer: str) -> Path:
    """An executable that prints for any program what the drivers print."""
    file = folder / name
    file.write_text(f'#!/bin/sh\necho "round {milliseconds * 3} {answer}"\necho "round {milliseconds} {answer}"\n')
    file.chmod(file.stat().st_mode | stat.S_IXUSR)
    return file


def test_the_slower_program_is_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = larger.expected_answer("life")
    before, after = stand_in(tmp_path, "before", 2.0, answer), stand_in(tmp_path, "after", 5.0, answer)
    words = [str(before), str(after), "--language", "ruff", "--only", "life", "--calls", "2", "--rounds", "2"]
    assert compare.main(words) == 0
    printed = capsys.readouterr().out
    assert f"{'life':<20}{'first call':<12}{6:>11.2f}{15:>11.2f}{2.5:>8.2f}" in printed
    assert "best call: 2.500 (geometric mean of 1), worst 2.50" in printed


def test_a_wrong_answer_does_not_count(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = larger.expected_answer("life")
    before, after = stand_in(tmp_path, "before", 2.0, answer), stand_in(tmp_path, "after", 1.0, "0")
    words = [str(before), str(after), "--language", "ruff", "--only", "life", "--calls", "2", "--rounds", "1"]
    assert compare.main(words) == 1
    captured = capsys.readouterr()
    assert "life after: answered 0 instead of" in captured.err and "best call" not in captured.out


@pytest.mark.parametrize("language", sorted(compare.LANGUAGES))
def test_every_language_has_its_programs(language: str, tmp_path: Path) -> None:
    programs = compare.write_programs(language, tmp_path, 2)
    assert len({program.name for program in programs}) == len(programs) > 30
    assert all(program.file.suffix == f".{compare.LANGUAGES[language]}" for program in programs)


def test_an_unknown_program_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = stand_in(tmp_path, "ruff", 1.0, "0")
    assert compare.main([str(file), str(file), "--language", "ruff", "--only", "nothing"]) == 2
    assert "no such program: nothing" in capsys.readouterr().err
