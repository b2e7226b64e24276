"""`memoryview`: what shows the bytes of another object as numbers of some format, in one dimension."""

from __future__ import annotations

from typing import Final, final

from tracewright.core.value import Value
from tracewright.hints import immutable_fields
from tracewright_python import builtin_types as types
from tracewright_python.byte_objects import ByteHolder, MutableBytes, PyBytes
from tracewright_python.exceptions import value_error
from tracewright_python.objects import PyType


@final
@immutable_fields("source", "start", "stride", "count", "format", "item_size")
class PyMemoryView(ByteHolder):
    """`count` items of `source` from byte `start` on, `stride` bytes apart. A view that was released has no source."""

    def __init__(
        self, source: ByteHolder, start: int, stride: int, count: int, format: str, item_size: int, is_read_only: bool
    ) -> None:
        self.source = source
        self.start = start
        self.stride = stride
        self.count = count
        self.format = format
        self.item_size = item_size
        self.is_read_only = is_read_only
        self.is_released = False
        if isinstance(source, MutableBytes):
            source.exports += 1

    def type_of(self) -> PyType:
        return types.MEMORYVIEW

    def check(self) -> None:
        """Refuse to work once it is released. Raises ValueError."""
        if self.is_released:
            raise value_error("operation forbidden on released memoryview object")

    def release(self) -> None:
        """Let the source change its length again."""
        if not self.is_released:
            self.is_released = True
            source = self.source
            if isinstance(source, MutableBytes):
                source.exports -= 1

    def contents(self) -> bytes:
        self.check()
        whole = self.source.contents()
        if self.stride == self.item_size:
            return whole[self.start : self.start + self.count * self.item_size]
        parts: list[bytes] = []
        place = self.start
        for _ in range(self.count):
            parts.append(whole[place : place + self.item_size])
            place += self.stride
        return b"".join(parts)

    def item(self, index: int) -> bytes:
        """The bytes of one item."""
        self.check()
        place = self.start + index * self.stride
        source = self.source
        if isinstance(source, MutableBytes):
            return bytes([source.data[place + k] for k in range(self.item_size)])
        return source.contents()[place : place + self.item_size]

    def write(self, index: int, data: bytes) -> None:
        """Change the bytes of one item."""
        source = self.source
        if isinstance(source, MutableBytes):
            place = self.start + index * self.stride
            for k in range(self.item_size):
                source.data[place + k] = data[k]


ITEM_SIZES: Final[dict[str, int]] = {
    **dict.fromkeys("bBc?", 1),
    **dict.fromkeys("hH", 2),
    **dict.fromkeys("iIf", 4),
    **dict.fromkeys("lLqQnNdP", 8),
}
"""Of native formats: bytes of an item."""


def as_memory_view(value: Value) -> PyMemoryView | None:
    """The view, or None for anything else."""
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, PyMemoryView):
            return thing
    return None


def whole_view(source: ByteHolder) -> PyMemoryView:
    """A view of all bytes of an object."""
    if isinstance(source, PyMemoryView):
        source.check()
        return PyMemoryView(
            source.source,
            source.start,
            source.stride,
            source.count,
            source.format,
            source.item_size,
            source.is_read_only,
        )
    return PyMemoryView(source, 0, 1, len(source.contents()), "B", 1, isinstance(source, PyBytes))
