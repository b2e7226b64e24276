"""The VM stack: guest locals and temporaries in one contiguous row of Values; a frame is a base index."""

from typing import final

from tracewright.core.value import Value

SCAN_MARGIN = 4096  # slots above `top` that compiled code may have written and the collector therefore scans


@final
class VMStack:
    """A row of `limit` Values, reserved once and never moved; untouched slots read as `Value.UNDEFINED`.

    `stack[i]` is unchecked natively: the interpreter calls `reserve` when it pushes a frame, and the compiler has bounded
    the slots of a frame. `top` is where the current frame ends; slots from `top` on are free.
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
        assert 0 <= index < self.limit + SCAN_MARGIN
        while index >= len(self.cells):
            self.cells.append(Value.UNDEFINED)
        self.cells[index] = value

    def reserve(self, top: int) -> bool:
        """Make `top` the end of the current frame; False, with nothing changed, when it lies beyond the limit."""
        if top > self.limit:
            return False
        self.top = top
        return True
