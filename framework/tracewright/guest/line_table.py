"""Which place of the program each instruction comes from.

Neighbouring words mostly come from the same place, so the table has a row for each stretch of them:

    words 0..2  line 3, columns 5 to 12          row (0, 3:5, 3:12)
    word  3     line 4, column 1                 row (3, 4:1, 0:0)

Nothing of this is looked at unless an error is shown or somebody asks for a listing.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array
from tracewright.guest.diagnostics import Span
from tracewright.lib.array_tools import array_from

COLUMN_BITS: Final = 24
_COLUMNS: Final = (1 << COLUMN_BITS) - 1


def packed_place(line: int, column: int) -> int:
    """A line and a column (the last one that fits, in a longer line) as one number."""
    return line << COLUMN_BITS | min(column, _COLUMNS)


@final
class LineTable:
    """Rows in order of their first words; places are packed, 0 where nothing is known."""

    def __init__(self, firsts: Array[int], starts: Array[int], ends: Array[int]) -> None:
        self.firsts = firsts
        self.starts = starts
        self.ends = ends

    def _row(self, pc: int) -> int:
        """The row of this word, or -1."""
        low = 0
        high = len(self.firsts)
        while low < high:
            middle = (low + high) >> 1
            if self.firsts[middle] <= pc:
                low = middle + 1
            else:
                high = middle
        return low - 1

    def line(self, pc: int) -> int:
        """The line of the instruction at `pc`; 0 where it is not known."""
        row = self._row(pc)
        return self.starts[row] >> COLUMN_BITS if row >= 0 else 0

    def span(self, pc: int) -> Span:
        """The place of the instruction at `pc`."""
        row = self._row(pc)
        if row < 0:
            return Span(0, 0, 0, 0)
        start, end = self.starts[row], self.ends[row]
        return Span(start >> COLUMN_BITS, start & _COLUMNS, end >> COLUMN_BITS, end & _COLUMNS)


NO_LINES: Final = LineTable(Array(0, 0), Array(0, 0), Array(0, 0))


@final
class LineTableWriter:
    """The table while instructions are written, one after the other."""

    def __init__(self) -> None:
        self.firsts: list[int] = []
        self.starts: list[int] = []
        self.ends: list[int] = []

    def add(self, pc: int, start: int, end: int) -> None:
        """The word at `pc`, behind all before, comes from here."""
        last = len(self.firsts) - 1
        if last < 0 or self.starts[last] != start or self.ends[last] != end:
            self.firsts.append(pc)
            self.starts.append(start)
            self.ends.append(end)

    def take_back(self, pc: int) -> None:
        """The word at `pc`, the last one, is not there any more."""
        if len(self.firsts) > 0 and self.firsts[-1] == pc:
            self.firsts.pop()
            self.starts.pop()
            self.ends.pop()

    def finish(self, shift: int) -> LineTable:
        """The table for code that got `shift` words, which come from nowhere, in front of it."""
        firsts = array_from([first + shift for first in self.firsts], 0)
        return LineTable(firsts, array_from(self.starts, 0), array_from(self.ends, 0))
