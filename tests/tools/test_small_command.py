"""The command that small languages share, hosted: run, check, repl, and what it says to words that make no sense."""

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import final

import pytest

import tracewright_cookbook.machine
import tracewright_lox.target
from tracewright.core.system import write_output
from tracewright.guest.command import run_language
from tracewright.guest.diagnostics import SourceError
from tracewright.guest.language import EXIT_OK, GuestLanguage

Run = Callable[..., tuple[int, str, str]]


@final
@dataclass
class Lines(GuestLanguage):
    """`!` fails where the program's first non-empty line with a `def` is, which may be that of an earlier program."""

    defined = 0
    told = "nothing"

    def prepare(self, file: str, arguments: list[str]) -> None:
        self.told = f"{Path(file).name} {arguments}"

    def run_input(self, source: str) -> int:
        code = self.run(source)
        write_output(b"= shown\n" if source.strip() == "two" else b"")
        return code

    def run(self, source: str) -> int:
        for number, line in enumerate(source.splitlines(), 1):
            if line.startswith("def"):
                self.defined = number
            elif line == "!":
                raise SourceError("it fails", self.defined, 5)
            elif line == "?":
                write_output(f"{self.told}\n".encode())
            elif line != "":
                write_output(f"{line} said\n".encode())
        return EXIT_OK

    def reset(self) -> None:
        self.defined = 0


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> Run:
    def run(main: Callable[[], int], *words: object, input: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["name", *map(str, words)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(input.encode())))
        code = main()
        sys.stdout.flush()
        seen = capsysbinary.readouterr()
        return code, seen.out.decode(), seen.err.decode()

    return run


lox = tracewright_lox.target.main


def lines() -> int:
    return run_language("lines", Lines())


def test_check_compiles_and_does_not_run(command: Run, tmp_path: Path) -> None:
    (tmp_path / "good.lox").write_text("print 1 + nil;")
    (tmp_path / "bad.lox").write_text("print 1 + ;")
    assert command(lox, "check", tmp_path / "good.lox") == (0, f"check passed: {tmp_path}/good.lox\n", "")
    code, output, errors = command(lox, "check", tmp_path / "bad.lox")
    assert (code, output) == (1, "")
    assert errors.startswith(f"{tmp_path}/bad.lox:1:11: an expression cannot begin with ';'\n")
    assert command(lox, "run", tmp_path / "good.lox")[0] == 1


def test_a_language_without_check_says_so(command: Run, tmp_path: Path) -> None:
    (tmp_path / "program").write_text("1")
    for main in (tracewright_cookbook.machine.main, lines):
        code, output, errors = command(main, "check", tmp_path / "program")
        assert (code, output) == (2, "")
        assert "this language cannot check" in errors


def test_a_language_is_told_the_file_and_the_words_behind_it(command: Run, tmp_path: Path) -> None:
    (tmp_path / "program").write_text("?\none")
    code, output, errors = command(lines, "run", "--jit", "off", tmp_path / "program", "--fast", "é", "")
    assert (code, errors) == (0, "")
    assert output == "program ['--fast', 'é', '']\none said\n"
    assert command(lines, "repl", input="?")[1].startswith("lines> nothing\n")


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["run"], 2, "a program is missing"),
        (["run", "--fast", "x"], 2, "there is no option --fast"),
        (["run", "--jit"], 2, "a value is missing after --jit"),
        (["run", "--jit", "speed=2", "x"], 2, "speed"),
        (["nowhere.lox"], 1, "nowhere.lox: No such file or directory"),
        (["check", "nowhere.lox"], 1, "nowhere.lox: No such file or directory"),
    ],
)
def test_words_that_make_no_sense(words: list[str], code: int, message: str, command: Run) -> None:
    seen = command(lox, *words)
    assert seen[:2] == (code, "")
    assert message in seen[2]


# --- the prompt ------------------------------------------------------------------------------------------------------
def test_repl_runs_each_input(command: Run) -> None:
    code, output, errors = command(lines, "repl", input="one\ntwo")
    assert (code, errors) == (0, "")
    assert output == "lines> one said\nlines> two said\n= shown\nlines> \n"


def test_open_brackets_and_not_those_in_strings_go_on(command: Run) -> None:
    _, output, _ = command(lines, "repl", input='{\n}\n"("\n(\n\nafter\n')
    assert output.count("... ") == 2
    assert output.endswith("lines> after said\nlines> \n")


def test_a_mistake_is_shown_where_it_was_typed(command: Run) -> None:
    """In the function of an earlier input: lines are numbered through."""
    _, _, errors = command(lines, "repl", input="one\ndef f\ntwo\n!\n")
    assert errors == "<repl>:2:5: it fails\n  def f\n      ^\n"


def test_repl_has_commands_of_its_own(command: Run) -> None:
    _, output, errors = command(lines, "repl", input=":help\ndef f\n:reset\n!\n:quit\nnever\n")
    assert ":reset   forget what was defined" in output
    assert errors == "<repl>: it fails\n"
    assert "never" not in output
