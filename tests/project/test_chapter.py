"""The commands in framework/README.md print what the chapter says they print, and its Python has the values that it says."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tracewright.command_line import main
from tracewright.core.operations import TABLE
from tracewright.tools.trace_log import read_log
from tracewright.tools.trace_view import show_log
from tracewright_testing.examples import check_examples
from tracewright_testing.native import ruff_executable, ruff_library

__all__ = ["ruff_executable", "ruff_library"]

CHAPTER = (Path(__file__).parents[2] / "framework/README.md").read_text(encoding="utf-8")
PROGRAM = re.findall(r"```ruff\n(.*?)```", CHAPTER, re.DOTALL)[0]
CONSOLES = re.findall(r"```console\n(.*?)```", CHAPTER, re.DOTALL)


def commands() -> dict[str, str]:
    """Each command line of the chapter, and what is printed below it."""
    found = {}
    for console in CONSOLES:
        for part in re.split(r"^\$ ", console, flags=re.MULTILINE)[1:]:
            command, _, printed = part.partition("\n")
            found[command] = printed
    return found


SHOWS = [command for command in commands() if command.startswith("tracewright show ")]


def test_the_chapter_shows_every_form() -> None:
    forms = {command.split()[2] for command in SHOWS}
    assert forms >= {"tokens", "bytecode", "types", "flow", "c", "jitcode"}


@pytest.mark.parametrize("command", SHOWS)
def test_show(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A line of dots stands for any lines."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "total.ruff").write_text(PROGRAM)
    assert main(command.split()[1:]) == 0
    pieces = [re.escape(piece) for piece in re.split(r"^\.\.\.\n", commands()[command], flags=re.MULTILINE)]
    assert re.fullmatch(r"(?:.*\n)*?".join(pieces), capsys.readouterr().out), f"$ {command}"


def operations(text: str) -> list[str]:
    return re.findall(r"^    (?:\w\d+ = )?(\w+)\(", text, re.MULTILINE)


def test_trace(ruff_executable: Path, tmp_path: Path) -> None:
    """Addresses and registers may change; the loop's operations and its guest lines are those of the chapter."""
    (tmp_path / "total.ruff").write_text(PROGRAM)
    finished = subprocess.run(
        [ruff_executable, "run", "--jit-log", "log", "total.ruff"],
        cwd=tmp_path,
        env=os.environ,
        capture_output=True,
        text=True,
        check=True,
    )
    printed = commands()["tracewright trace total.ruff"]
    assert printed.startswith(finished.stdout)
    assert set(operations(printed)) <= {row.name for row in TABLE}
    log = read_log((tmp_path / "log").read_text())
    loop = show_log(log, machine_code=False).partition("    label(")[2]
    body = operations("    label(" + loop)
    assert body == operations("    label(" + printed.partition("    label(")[2])


def test_python_examples(ruff_library: Path) -> None:
    """In a process of its own, as there is room for one language in each; with the library that is built for the tests."""

    def run(script: str) -> str:
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
        command = [sys.executable, "-c", script.replace('load("ruff"', f'load("{ruff_library}"')]
        finished = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, timeout=60)
        assert finished.returncode == 0, finished.stderr
        return finished.stdout

    (code,) = re.findall(r"```python\n(.*?)```", CHAPTER, re.DOTALL)
    check_examples(code, run)
