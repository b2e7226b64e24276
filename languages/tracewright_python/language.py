"""Python as a host process asks for it: programs one after the other, each in a session of its own."""

from __future__ import annotations

from typing import final

from tracewright.guest.diagnostics import SourceError
from tracewright.guest.language import GuestLanguage
from tracewright_python.diagnostics import SyntaxFault
from tracewright_python.execution import new_session, run_program
from tracewright_python.parser import parse_module
from tracewright_python.symbols import analyze


@final
class Python(GuestLanguage):
    """What a program defines goes with it."""

    def run(self, source: str) -> int:
        return run_program(new_session(), source, "<string>")

    def check(self, source: str) -> None:
        try:
            analyze(parse_module(source))
        except SyntaxFault as fault:
            raise SourceError(
                f"SyntaxError: {fault.message}", fault.span.line, fault.span.column, fault.span.end_column
            )
