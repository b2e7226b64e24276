"""The life of a `JitCell`: what its `state` says.

COUNTING --hot--> RECORDING --ok--> COMPILED
    ^  +-- given up: counts again, twice as long each time --+        |
    |                                                                 v (assumption changed)
    +---------------------- COUNTING <--------------------------------+
after `attempts` failures: BLACKLISTED for good
"""

from typing import Final

from tracewright.hints import GuestCode, JitCell

COUNTING: Final = 0
RECORDING: Final = 1
COMPILED: Final = 2
BLACKLISTED: Final = 3

NEVER: Final = 1 << 60  # a counter that does not reach zero


def cell_at(code: GuestCode, pc: int, threshold: int) -> JitCell:
    """The cell of this position, made now if nobody has counted it before."""
    cell = code.jit_cells[pc]
    if cell is None:
        cell = JitCell(threshold)
        code.jit_cells[pc] = cell
    return cell
