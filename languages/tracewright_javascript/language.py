"""JavaScript as the shared command asks for it: `run`, `check`, `repl`, and a host that embeds it."""

from __future__ import annotations

from typing import final

from tracewright.guest.diagnostics import SourceError
from tracewright.guest.language import GuestLanguage, NotSupported
from tracewright.lib.utf16 import units_of_text
from tracewright_javascript.diagnostics import Place, SyntaxFault
from tracewright_javascript.parser import Goal, parse_file


@final
class JavaScript(GuestLanguage):
    """What is there so far: programs can be checked."""

    def run(self, source: str) -> int:
        self.check(source)
        raise NotSupported("programs can be checked but not run yet: there is no compiler behind the parser")

    def check(self, source: str) -> None:
        units = units_of_text(source)
        try:
            parse_file(units, Goal.UNKNOWN)
        except SyntaxFault as fault:
            place = Place(units, fault.start)
            raise SourceError(
                f"SyntaxError: {fault.message}", place.line, place.column, place.column + fault.end - fault.start
            )
