"""Rows of numbers that making one trace needs and the next can use again.

    workspace.begin()
    last_use = workspace.numbers(count, NEVER)      at least `count` places, the first `count` of them NEVER

Optimizing and assembling keep some twenty numbers beside each instruction. Made anew for each trace, these rows would be most of what the JIT
allocates: memory that is fetched from the system, cleared, and given back by collections which the program would not have needed.
"""

from typing import Final, final

from tracewright.core.arrays import Array
from tracewright.lib.array_fill import fill

_SHORTEST: Final = 256
_LONGEST: Final = 8192  # places of a row that is kept


@final
class Workspace:
    """Rows in the order in which they are asked for: who asks in the same order each time finds them long enough."""

    def __init__(self) -> None:
        self._numbers: list[Array[int]] = []
        self._numbers_taken = 0
        self._flags: list[Array[bool]] = []
        self._flags_taken = 0
        self.worklist: list[int] = []  # empty but for who is working it off

    def begin(self) -> None:
        """Nobody uses the rows any more that have been given out."""
        self._numbers_taken = 0
        self._flags_taken = 0
        del self.worklist[:]

    def numbers(self, count: int, value: int) -> Array[int]:
        """A row with so many of this number, and perhaps places behind them that hold anything."""
        row = self.room(count)
        fill(row, count, value)
        return row

    def room(self, count: int) -> Array[int]:
        """A row with at least so many places that hold anything."""
        taken = self._numbers_taken
        self._numbers_taken = taken + 1
        if count > _LONGEST:
            return Array(count, 0)
        while taken >= len(self._numbers):
            self._numbers.append(Array(_SHORTEST, 0))
        if count > len(self._numbers[taken]):
            self._numbers[taken] = Array(min(2 * count, _LONGEST), 0)
        return self._numbers[taken]

    def flags(self, count: int) -> Array[bool]:
        """A row with so many answers, all of them False."""
        taken = self._flags_taken
        self._flags_taken = taken + 1
        if count > _LONGEST:
            return Array(count, False)
        while taken >= len(self._flags):
            self._flags.append(Array(_SHORTEST, False))
        if count > len(self._flags[taken]):
            self._flags[taken] = Array(min(2 * count, _LONGEST), False)
        row = self._flags[taken]
        fill(row, count, False)
        return row
