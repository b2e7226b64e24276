"""A guest exception on its way to a handler, as an exception of the interpreter."""

from __future__ import annotations

from typing import final

from tracewright.core.value import Value


@final
class Raised(Exception):
    """`value` is the PyException. One that is raised again has been in this frame before."""

    def __init__(self, value: Value, again: bool = False) -> None:
        super().__init__("raised")
        self.value = value
        self.again = again


@final
class ProgramExit(Exception):
    """The program ends at once (`os._exit`)."""

    def __init__(self, code: int) -> None:
        super().__init__("exit")
        self.code = code
