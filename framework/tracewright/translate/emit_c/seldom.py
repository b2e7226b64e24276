"""Which modules' code runs seldom, where half the compiler's time is worth more than its speed.

That is what runs once for a program, for a request to the outside, or for a person at a keyboard. A language says in `SELDOM` of the module
of its entry function which modules of its package these are; Tracewright's own are listed here. `*` stands for anything.
Which modules are the language's at all, and so not busy with recording or collecting, is asked here, too.
"""

from __future__ import annotations

import sys
from fnmatch import fnmatchcase
from typing import Final, final

OWN: Final = (
    "guest.collector_settings", "guest.line_editor", "guest.prompt", "guest.repl", "guest.run_settings",
    "jit.control", "jit.tables.parameters", "jit.trace.show", "jit.warm.report", "jit.warm.trace_log",
    "lib.http_*", "lib.sockets",
)  # fmt: skip


@final
class Seldom:
    """The answer for one program."""

    def __init__(self, entry_module: str) -> None:
        """`entry_module` has the entry function."""
        package = entry_module.rpartition(".")[0]
        self._package: Final = package
        listed = getattr(sys.modules.get(entry_module), "SELDOM", ())
        self._patterns: Final = (
            *(f"tracewright.{name}" for name in OWN),
            *(f"{package}.{name}" for name in listed if package),
        )
        self._known: Final[dict[str, bool]] = {}

    def runs(self, module: str) -> bool:
        """Whether the module's code does."""
        known = self._known.get(module)
        if known is None:
            known = self._known[module] = any(fnmatchcase(module, pattern) for pattern in self._patterns)
        return known

    def is_of_the_language(self, module: str) -> bool:
        """Whether it belongs to the package that has the entry function."""
        return bool(self._package) and module.startswith(f"{self._package}.")
