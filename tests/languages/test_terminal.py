"""Prompts at a terminal: a pseudo-terminal stands for the person, hosted and native."""

import fcntl
import os
import pty
import select
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path
from typing import final

import pytest

from tracewright_testing.native import built_once, shared_folder

PATIENCE = 30.0  # seconds
UP, LEFT = "\x1b[A", "\x1b[D"


@final
class Session:
    """A program at a terminal."""

    def __init__(self, words: list[str], home: Path, terminal: str = "xterm") -> None:
        self.master, slave = pty.openpty()
        environment = {**os.environ, "HOME": str(home), "TERM": terminal, "COLUMNS": "80"}
        environment["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)
        self.process = subprocess.Popen(
            words,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=environment,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # else Ctrl-C would be no signal
        )
        os.close(slave)
        self.seen = ""

    def __enter__(self) -> "Session":
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self.master)

    def type(self, text: str) -> None:
        os.write(self.master, text.encode())

    def expect(self, text: str) -> None:
        """Wait until this has been shown, after what was waited for before."""
        deadline = time.monotonic() + PATIENCE
        while text not in self.seen:
            assert self._more(deadline, repr(text)), f"the program ended before {text!r}: {self.seen!r}"
        self.seen = self.seen.partition(text)[2]

    def end(self) -> int:
        """The exit code."""
        deadline = time.monotonic() + PATIENCE
        while self._more(deadline, "its end"):  # a program that still writes must be read from
            pass
        return self.process.wait(PATIENCE)

    def _more(self, deadline: float, wanted: str) -> bool:
        """Take what comes; False once the program has closed its side."""
        ready, _, _ = select.select([self.master], [], [], max(deadline - time.monotonic(), 0))
        assert ready, f"{wanted} did not come; the terminal shows {self.seen!r}"
        try:
            data = os.read(self.master, 4096)
        except OSError:
            return False
        self.seen += data.decode(errors="replace")
        return bool(data)


def hosted(language: str) -> list[str]:
    program = (
        f"import tracewright_{language}.target as t\nfrom tracewright.core.system import run_as_program as r\nr(t.main)"
    )
    return [sys.executable, "-c", program, "repl"]


@pytest.fixture(params=["hosted", "native"])
def moth(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[str]]:
    if request.param == "hosted":
        yield hosted("moth")
    else:
        yield [str(built_once("moth", shared_folder(tmp_path_factory))), "repl"]


def test_lines_are_edited_and_remembered(moth: list[str], tmp_path: Path) -> None:
    with Session(moth, tmp_path) as session:
        session.expect("moth> ")
        session.type("prnt 1 + 2" + LEFT * 8 + "i\r")  # the first mistake is mended
        session.expect("\r\n3\r\n")
        session.expect("moth> ")
        session.type(UP + "0\r")
        session.expect("\r\n21\r\n")
        session.type("total = 7\r")
        session.expect("moth> ")
        session.type("print (\r")
        session.expect("... ")
        session.type("7)\r")
        session.expect("\r\n7\r\n")
        session.expect("moth> ")
        session.type("tot\t = 8 print tot\t\r")
        session.expect("\r\n8\r\n")
        session.expect("moth> ")
        session.type("print nonsense\x03")
        session.expect("^C")
        session.expect("moth> ")
        session.type("\x04")
        assert session.end() == 0
    assert (
        tmp_path / ".moth_history"
    ).read_text() == "print 1 + 2\nprint 1 + 20\ntotal = 7\nprint (\n7)\ntotal = 8 print total\n"
    with Session(moth, tmp_path) as again:
        again.expect("moth> ")
        again.type(UP * 5 + "\r:quit\r")
        again.expect("\r\n21\r\n")
        assert again.end() == 0


def test_a_running_program_has_an_ordinary_terminal(moth: list[str], tmp_path: Path) -> None:
    """Ctrl-C interrupts it, and what it prints begins at the left."""
    with Session(moth, tmp_path) as session:
        session.expect("moth> ")
        session.type("while true do end\r")
        session.expect("\r\n")
        time.sleep(0.3)
        session.type("\x03")
        assert session.end() in (130, -2)  # told to the caller, or died of the signal


def test_without_cursor_keys_lines_are_read_as_they_come(moth: list[str], tmp_path: Path) -> None:
    with Session(moth, tmp_path, "dumb") as session:
        session.expect("moth> ")
        session.type("print 1 + 2\n")
        session.expect("\r\n3\r\nmoth> ")
        session.type("\x04")
        assert session.end() == 0
    assert not (tmp_path / ".moth_history").exists()


def test_ruff_completes_what_is_built_in(tmp_path: Path) -> None:
    with Session(hosted("ruff"), tmp_path) as session:
        session.expect("ruff> ")
        session.type('to_upp\t("a")\r')
        session.expect('=> "A"')
        session.type("bread := 5\r")
        session.expect("ruff> ")
        session.type("brea\t\t")  # break, bread
        session.expect("bread  break")
        session.type("d\r")
        session.expect("=> 5")
        session.type("exit(3)\r")
        assert session.end() == 3


def test_python_shows_values_and_completes_attributes(tmp_path: Path) -> None:
    with Session(hosted("python"), tmp_path) as session:
        session.expect(">>> ")
        session.type("class Point:\r")
        session.expect("... ")
        session.type("    coordinate = 5\r")
        session.expect("... ")
        session.type("\r")
        session.expect(">>> ")
        session.type("Point.coor\t + 1\r")
        session.expect("\r\n6\r\n")
        session.expect(">>> ")
        session.type("while True: pass\r\r")
        session.expect("\r\n")
        time.sleep(1)
        session.type("\x03")
        session.expect("KeyboardInterrupt\r\n")
        session.expect(">>> ")
        session.type("prin\t(_)\r")
        session.expect("\r\n6\r\n")
        session.type("exit(3)\r")
        assert session.end() == 3
