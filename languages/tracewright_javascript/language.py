"""JavaScript as a host process asks for it: programs of one realm, one after the other."""

from __future__ import annotations

from typing import final

from tracewright.guest.diagnostics import SourceError
from tracewright.guest.language import EXIT_OK, GuestLanguage
from tracewright.lib.utf16 import text_of_units, units_of_text
from tracewright_javascript.builtins.installation import new_realm
from tracewright_javascript.compiler_statements import compile_script
from tracewright_javascript.diagnostics import Place, SyntaxFault
from tracewright_javascript.errors import Thrown
from tracewright_javascript.inspection import inspected
from tracewright_javascript.parser import Goal, parse_file
from tracewright_javascript.programs import Outcome, run_program
from tracewright_javascript.realm import Realm


@final
class JavaScript(GuestLanguage):
    """What programs declare at their top is there for later ones."""

    def __init__(self) -> None:
        self._realm: Realm | None = None  # made for the first program: a process that is no host's asks for none

    def realm(self) -> Realm:
        """The realm that all programs run in."""
        found = self._realm
        if found is None:
            found = new_realm()
            self._realm = found
        return found

    def run(self, source: str) -> int:
        units = units_of_text(source)
        try:
            code = compile_script(self.realm(), parse_file(units, Goal.UNKNOWN, Goal.SCRIPT), units, "")
        except SyntaxFault as fault:
            raise _located(fault, units)
        try:
            run_program(self.realm(), code, Outcome())
        except Thrown as thrown:
            place = thrown.span()
            raise SourceError(
                f"Uncaught {text_of_units(inspected(self.realm(), thrown.value))}", place.line, place.column
            )
        return EXIT_OK

    def check(self, source: str) -> None:
        units = units_of_text(source)
        try:
            parse_file(units, Goal.UNKNOWN, Goal.SCRIPT)
        except SyntaxFault as fault:
            raise _located(fault, units)

    def reset(self) -> None:
        self._realm = None


def _located(fault: SyntaxFault, units: str) -> SourceError:
    place = Place(units, fault.start)
    return SourceError(
        f"SyntaxError: {fault.message}", place.line, place.column, place.column + fault.end - fault.start
    )
