"""Who catches what an instruction raises.

    try { f() } except e { g() }          words 4..9 protected, handler at 10, the error goes to slot 7: row (4, 9, 10, 7)

Entering a protected range costs nothing. An interpreter whose instruction at `pc` raised asks `find(pc)`: a row, with the place
to go on and the slot for the error; or NONE: then the frame is left, and its caller asked in the same way.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array, unchecked_get
from tracewright.hints import elidable, immutable_fields

NONE: Final = -1
COLUMNS: Final = 4  # first word, end, handler, slot


@final
@immutable_fields("rows[*]")
class HandlerTable:
    """Rows of four numbers; those of inner ranges come first."""

    def __init__(self, rows: Array[int]) -> None:
        self.rows = rows

    @elidable
    def find(self, pc: int) -> int:
        """The row of the innermost range around the instruction at `pc`, or NONE. Of code that a trace knows, a constant."""
        for row in range(0, len(self.rows), COLUMNS):
            if self.rows[row] <= pc < self.rows[row + 1]:
                return row
        return NONE

    def target(self, row: int) -> int:
        """Where the handler of a row that `find` gave begins."""
        return unchecked_get(self.rows, row + 2)

    def slot(self, row: int) -> int:
        """The slot of the frame that gets the error."""
        return unchecked_get(self.rows, row + 3)


NO_HANDLERS: Final = HandlerTable(Array(0, 0))
