"""The VM stack: guest locals and temporaries in one contiguous row of Values; a frame is a base index.

This is also the one record of how a VMStack lies in memory: a header word and then `FIELDS`. What reads or writes one by its
address (machine code, the collector, the exits of traces) takes the offsets from here.
"""

from typing import Final, final

from tracewright.core.arrays import Array, unchecked_get, unchecked_set
from tracewright.core.value import Value

FIELDS: Final = ("cells", "limit", "top")  # in memory, behind the header
CELLS_OFFSET: Final = 8  # the address of slot 0, which never moves
LIMIT_OFFSET: Final = 16
TOP_OFFSET: Final = 24
OBJECT_BYTES: Final = 32
SLOT_BYTES: Final = 8


@final
class VMStack:
    """A row of up to `limit` Values; untouched slots read as `Value.UNDEFINED`.

    `top` is where the current frame ends. The interpreter calls `reserve` when it enters a frame and before it writes there; the
    slots from `top` on are free, and the collector does not look at them. Natively, an address range is set aside once, memory
    comes with the first touch, and slots never move; `stack[i]` is unchecked, for the compiler has bounded the slots of a frame.
    Where the system grants less than asked for, `limit` is smaller, so that the guest meets its own stack overflow earlier. A language
    may lower it, and raise it again up to what it was at first: for a limit of recursion that programs set. It does not lower it below `top`, and
    slots up to where `top` was when a function was called are not asked for again when that has returned.
    """

    __slots__ = ("cells", "limit", "top")

    def __init__(self, limit: int) -> None:
        self.cells: list[Value] = []
        self.limit = limit
        self.top = 0

    def __getitem__(self, index: int) -> Value:
        assert index >= 0
        return self.cells[index] if index < len(self.cells) else Value.UNDEFINED

    def __setitem__(self, index: int, value: Value) -> None:
        assert 0 <= index < self.top, (
            f"slot {index} lies beyond the frame, which ends at {self.top}: `reserve` comes first"
        )
        while index >= len(self.cells):
            self.cells.append(Value.UNDEFINED)
        self.cells[index] = value

    def reserve(self, top: int) -> bool:
        """Make `top` the end of the current frame; False, with nothing changed, when it lies beyond the limit."""
        if top > self.limit:
            return False
        self.top = top
        return True

    def restore(self, top: int) -> None:
        """Make `top` the end of the current frame again, as it was before a call. `reserve` has granted it, so nothing is asked."""
        self.top = top


def copy_to_stack(source: Array[Value], start: int, stack: VMStack, first: int, count: int) -> None:
    """Fill `count` slots from `first` on with the items from `start` on. Unchecked natively; traces copy in a loop of their own."""
    for k in range(count):
        stack[first + k] = unchecked_get(source, start + k)


def copy_from_stack(stack: VMStack, first: int, target: Array[Value], start: int, count: int) -> None:
    """The other way."""
    for k in range(count):
        unchecked_set(target, start + k, stack[first + k])
