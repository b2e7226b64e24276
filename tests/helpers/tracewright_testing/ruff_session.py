"""Ruff programs run inside the test's own process, with the session at hand."""

from dataclasses import dataclass, field

import pytest

from tracewright_ruff.builtins import output
from tracewright_ruff.builtins.registry import new_session
from tracewright_ruff.bytecode import Code
from tracewright_ruff.compiler import compile_program
from tracewright_ruff.errors import GuestError
from tracewright_ruff.parser import parse
from tracewright_ruff.running import run_program
from tracewright_ruff.session import Session


@dataclass
class Run:
    """What a program did."""

    printed: list[str] = field(default_factory=list)
    error: str = ""  # the message of the error that ended it
    names: list[str] = field(default_factory=list)  # functions active at that error


def compile_source(session: Session, source: str, open_world: bool = False) -> Code:
    """The code of a program that must be free of syntax errors."""
    result = parse(source)
    assert [diagnostic.message for diagnostic in result.diagnostics] == []
    return compile_program(session, session.globals, "test.ruff", result.program, open_world)


def run_source(source: str, session: Session | None = None, open_world: bool = False) -> Run:
    """Run a program and catch what it prints."""
    done = Run()
    pieces: list[bytes] = []
    current = session if session is not None else new_session()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(output, "write_output", pieces.append)
        try:
            run_program(current, compile_source(current, source, open_world))
        except GuestError as error:
            done.error = error.message
            done.names = error.names
    done.printed = b"".join(pieces).decode().splitlines()
    return done
