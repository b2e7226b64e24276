"""DataViews: a range of a buffer's bytes, read and written in either order of bytes."""

from __future__ import annotations

from typing import final

from tracewright.core.text import BytesBuffer
from tracewright.core.value import Value
from tracewright.guest.placements import NO_ROW
from tracewright.guest.shapes import Shape
from tracewright.hints import immutable_fields
from tracewright_javascript.array_buffers import JSArrayBuffer
from tracewright_javascript.element_kinds import SHIFTS, load, store
from tracewright_javascript.objects import JSObject
from tracewright_javascript.typed_arrays import TRACKING


@final
@immutable_fields("buffer", "offset", "fixed_length")
class JSDataView(JSObject):
    """A view from byte `offset` on; its length is fixed, or TRACKING that of the buffer."""

    def __init__(self, shape: Shape, buffer: JSArrayBuffer, offset: int, fixed_length: int) -> None:
        super().__init__(shape, NO_ROW)
        self.buffer: JSArrayBuffer = buffer
        self.offset = offset
        self.fixed_length = fixed_length

    def is_out_of_bounds(self) -> bool:
        """Whether the buffer is detached, or has become too short."""
        needed = self.offset if self.fixed_length == TRACKING else self.offset + self.fixed_length
        return self.buffer.is_detached or needed > self.buffer.byte_length

    def count(self) -> int:
        """Its bytes, where it is not out of bounds."""
        return self.buffer.byte_length - self.offset if self.fixed_length == TRACKING else self.fixed_length


def load_ordered(block: BytesBuffer, kind: int, place: int, low_first: bool) -> Value:
    """An element at a place in the block, whose lowest byte comes first or last."""
    return load(block, kind, place) if low_first else load(_reversed(block, kind, place), kind, 0)


def store_ordered(block: BytesBuffer, kind: int, place: int, number: Value, low_first: bool) -> None:
    """Write one."""
    if low_first:
        store(block, kind, place, number)
        return
    straight = BytesBuffer(1 << SHIFTS[kind])
    store(straight, kind, 0, number)
    block.move_range(place, _reversed(straight, kind, 0), 0, len(straight))


def _reversed(block: BytesBuffer, kind: int, place: int) -> BytesBuffer:
    size = 1 << SHIFTS[kind]
    result = BytesBuffer(size)
    for index in range(size):
        result.put(index, block.get(place + size - 1 - index))
    return result
