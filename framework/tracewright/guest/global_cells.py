"""Global variables of guest languages: most are set once, and then are constants of every trace."""

from __future__ import annotations

from typing import final

from tracewright.core.value import Value
from tracewright.guest.diagnostics import SourceError
from tracewright.hints import immutable_fields, we_are_jitted


@immutable_fields("name", "settled?")
class Global:
    """One global. Code holds the cell itself, so that no name is looked up at run time.

    `settled` repeats the value while it has been set only once; the second assignment gives up on it for good, which
    discards the machine code that relied on it. A function that is defined and then called is found at no cost.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.value: Value = Value.UNDEFINED
        self.settled: Value = Value.UNDEFINED

    def read(self) -> Value:
        """UNDEFINED before the first assignment."""
        if we_are_jitted():
            settled = self.settled
            if not settled.same(Value.UNDEFINED):
                return settled
        return self.value

    def load(self) -> Value:
        """The value. Raises SourceError before the first assignment."""
        value = self.read()
        if value.same(Value.UNDEFINED):
            raise SourceError(f"'{self.name}' is not defined")
        return value

    def write(self, value: Value) -> None:
        """Define or assign."""
        if self.value.same(Value.UNDEFINED):
            self.settled = value
        elif not self.settled.same(Value.UNDEFINED):
            self.settled = Value.UNDEFINED
        self.value = value


@final
class Globals:
    """All globals of a program by name."""

    def __init__(self) -> None:
        self.cells: dict[str, Global] = {}

    def cell(self, name: str) -> Global:
        """The global of that name, made when first mentioned."""
        found = self.cells.get(name)
        if found is None:
            found = Global(name)
            self.cells[name] = found
        return found
