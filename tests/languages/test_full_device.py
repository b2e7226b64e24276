"""Output that the system does not take is an error of the language, with its exit code, in every language."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tracewright_testing.native import built_once, ruff_executable, shared_folder

__all__ = ["ruff_executable"]

FULL = Path("/dev/full")
pytestmark = pytest.mark.skipif(not FULL.exists(), reason="no device that is always full")

# language -> a program that writes one line, one that writes much more than a buffer takes
PROGRAMS = {
    "forth": ("1 . cr", ": many ( -- ) 20000 0 do i . loop ; many"),
    "lox": ("print 1;", "for (var i = 0; i < 20000; i = i + 1) print i;"),
    "moth": ("print 1", "i = 0\nwhile i < 20000 do print i i = i + 1 end"),
    "ruff": ("print(1)", "for i in range(20000) { print(i) }"),
}
RUFF_ERROR = "[RUFVM001] [vm] Runtime Error: Cannot write output: No space left on device (os error 28)\n"
ERRORS = {"ruff": (RUFF_ERROR, 4)}
SHORT_ERROR = ("cannot write the output: No space left on device\n", 1)


def hosted(language: str) -> list[str]:
    return [sys.executable, "-m", f"tracewright_{language}.target"]


def on_full_device(command: list[str], text: str, folder: Path, words: tuple[str, ...] = ("run",)) -> tuple[str, int]:
    """What is written to standard error, and the exit code."""
    program = folder / "program"
    program.write_text(text)
    variables = {**os.environ, "PYTHONPATH": os.pathsep.join(part for part in sys.path if part)}
    with FULL.open("wb") as full:
        finished = subprocess.run(
            [*command, *words, str(program)],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            timeout=60,
            env=variables,
        )
    return finished.stderr, finished.returncode


@pytest.mark.parametrize("size", ["one line", "more than a buffer"])
@pytest.mark.parametrize("language", PROGRAMS)
def test_hosted(language: str, size: str, tmp_path: Path) -> None:
    text = PROGRAMS[language][size != "one line"]
    errors, code = on_full_device(hosted(language), text, tmp_path)
    expected, expected_code = ERRORS.get(language, SHORT_ERROR)
    assert (errors[: len(expected)], code) == (expected, expected_code)


@pytest.mark.parametrize("size", ["one line", "more than a buffer"])
@pytest.mark.parametrize("jit", ["off", "threshold=1,function_threshold=1,short_function=0"])
@pytest.mark.parametrize("language", ["forth", "ruff"])
def test_native(language: str, jit: str, size: str, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    executable = os.environ.get("TRACEWRIGHT_RUFF") if language == "ruff" else None
    command = [executable or str(built_once(language, shared_folder(tmp_path_factory)))]
    text = PROGRAMS[language][size != "one line"]
    errors, code = on_full_device(command, text, tmp_path, ("run", "--jit", jit))
    expected, expected_code = ERRORS.get(language, SHORT_ERROR)
    assert (errors[: len(expected)], code) == (expected, expected_code)


CATCHING = """
message := ""
for i in range(20000) { try { print(i) } except e { message := e.message } }
try { eprint(message) } except e { }
print("last")
exit(7)
"""


def commands(ruff: Path) -> list[list[str]]:
    return [hosted("ruff"), [str(ruff)]]


def test_a_ruff_program_can_catch_it_and_what_is_lost_at_the_end_is_told(ruff_executable: Path, tmp_path: Path) -> None:
    for command in commands(ruff_executable):
        errors, code = on_full_device(command, CATCHING, tmp_path)
        assert errors == "Cannot write output: No space left on device (os error 28)\n" + RUFF_ERROR + "  --> 0:0\n"
        assert code == 4


def test_other_commands_say_it_too(ruff_executable: Path, tmp_path: Path) -> None:
    for command in commands(ruff_executable):
        errors, code = on_full_device(command, "print(1)", tmp_path, ("check",))
        assert errors == "[RUFCLI001] [cli] error: Cannot write output: No space left on device (os error 28)\n"
        assert code == 5


def test_lost_standard_error_is_no_success(ruff_executable: Path, tmp_path: Path) -> None:
    program = tmp_path / "program.ruff"
    program.write_text('eprint("x")\nprint("on")')
    with FULL.open("wb") as full:
        finished = subprocess.run(
            [str(ruff_executable), "run", str(program)], stdout=subprocess.PIPE, stderr=full, check=False, timeout=60
        )
    assert (finished.stdout, finished.returncode) == (b"", 4)


def test_a_log_that_cannot_be_written_is_said(ruff_executable: Path, tmp_path: Path) -> None:
    program = tmp_path / "program.ruff"
    program.write_text("print(1)")
    command = [str(ruff_executable), "run", "--jit-log", str(FULL), str(program)]
    finished = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (
        finished.stderr
        == "[RUFCLI001] [cli] error: Failed to write '/dev/full': No space left on device (os error 28)\n"
    )
    assert finished.returncode == 5
