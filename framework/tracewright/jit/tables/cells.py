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

# Arguments that a call passes in registers, and how far up in the callee's frame their slots may be.
MOST_TYPED_ARGUMENTS: Final = 4
MOST_TYPED_SLOTS: Final = 62

NEVER: Final = 1 << 60  # a counter that does not reach zero


def count_from(cell: JitCell, count: int) -> None:
    """Let a cell count down from here. What it has counted until now is not forgotten."""
    cell.counted = turns_of(cell)
    cell.start = count
    cell.counter = count


def turns_of(cell: JitCell) -> int:
    """How often the guest has come to the cell's position, as far as that was counted."""
    return cell.counted + cell.start - cell.counter


def is_short_loop(code: GuestCode, pc: int, most: int) -> bool:
    """Whether a loop usually turns `most` times or less before it is left: what is around it, the function or another loop, has then
    been come to nearly as often as the loop has turned."""
    cell = code.jit_cells[pc]
    if cell is None:
        return False
    turns = turns_of(cell)
    for position in range(pc):
        around = code.jit_cells[position]
        if around is None or around.state == BLACKLISTED or 0 <= around.end < pc:
            continue  # nothing is counted there, or that loop lies before this one
        if turns_of(around) * most >= turns:
            return True
    return False


def cell_at(code: GuestCode, pc: int, threshold: int) -> JitCell:
    """The cell of this position, made now if nobody has counted it before."""
    cell = code.jit_cells[pc]
    if cell is None:
        cell = JitCell(threshold)
        code.jit_cells[pc] = cell
    return cell
