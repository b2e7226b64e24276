"""Array buffers, shared ones too: a block of bytes that may grow, shrink, or go to another buffer.

    buffer.byte_length <= len(buffer.block)         always; so what is below `byte_length` can be read without a further check

Whatever changes the length replaces `block` and `byte_length` together: a loop that goes on behind a resize loads both again. There is one
agent, so a shared buffer is one that cannot be detached and only grows.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.text import BytesBuffer
from tracewright.guest.placements import NO_ROW
from tracewright.guest.shapes import Shape
from tracewright.hints import dont_look_inside, immutable_fields
from tracewright_javascript.errors import range_error, type_error
from tracewright_javascript.objects import JSObject

FIXED_LENGTH: Final = -1  # the maximum of a buffer that cannot be resized
MOST_BYTES: Final = (1 << 32) - 1  # so that every element's number is an index
SMALLEST_SHRINKING: Final = 1 << 12  # smaller blocks are kept when their buffer shrinks


@final
@immutable_fields("maximum", "is_shared")
class JSArrayBuffer(JSObject):
    """An ArrayBuffer or a SharedArrayBuffer."""

    def __init__(self, shape: Shape, block: BytesBuffer, byte_length: int, maximum: int, is_shared: bool) -> None:
        super().__init__(shape, NO_ROW)
        self.block: BytesBuffer = block
        self.byte_length = byte_length
        self.maximum = maximum
        self.is_shared = is_shared
        self.is_detached = False

    def is_resizable(self) -> bool:
        """Whether its length may change."""
        return self.maximum != FIXED_LENGTH

    def room(self) -> int:
        """The length that it may have at most."""
        return self.maximum if self.is_resizable() else self.byte_length

    @dont_look_inside
    def resize(self, byte_length: int) -> None:
        """Give it another length, at most `maximum`; new bytes are zero. Raises GuestFault (a RangeError)."""
        kept = min(byte_length, self.byte_length)
        if byte_length > len(self.block) or byte_length < self.byte_length >= SMALLEST_SHRINKING:
            block = new_block(byte_length)
            block.move_range(0, self.block, 0, kept)
            self.block = block
        elif byte_length < self.byte_length:
            self.block.move_range(kept, BytesBuffer(self.byte_length - kept), 0, self.byte_length - kept)
        self.byte_length = byte_length

    @dont_look_inside
    def detach(self) -> None:
        """Take its bytes away."""
        self.block = BytesBuffer(0)
        self.byte_length = 0
        self.is_detached = True

    def first_bytes(self, most: int) -> list[int]:
        """The bytes at its beginning."""
        return [self.block.get(place) for place in range(min(self.byte_length, most))]

    def copy_bytes(self, target: int, source: JSArrayBuffer, start: int, count: int) -> None:
        """Copy bytes of a buffer, perhaps this one, to a place in this one; the ranges may overlap. Both have been checked."""
        assert target + count <= self.byte_length and start + count <= source.byte_length
        self.block.move_range(target, source.block, start, count)


@dont_look_inside
def new_block(byte_length: int) -> BytesBuffer:
    """So many zeros. Raises GuestFault (a RangeError)."""
    if byte_length <= MOST_BYTES:
        try:
            return BytesBuffer(byte_length)
        except MemoryError:
            pass
    raise range_error("Array buffer allocation failed")


def new_array_buffer(
    prototype: JSObject, byte_length: int, maximum: int = FIXED_LENGTH, is_shared: bool = False
) -> JSArrayBuffer:
    """A buffer of zeros. Raises GuestFault (a RangeError)."""
    if maximum != FIXED_LENGTH and (byte_length > maximum or maximum > MOST_BYTES):
        raise range_error("Invalid array buffer max length")
    return JSArrayBuffer(prototype.bare_shape_of_children(), new_block(byte_length), byte_length, maximum, is_shared)


def require_attached(buffer: JSArrayBuffer, what: str) -> None:
    """That a buffer still has its bytes. Raises GuestFault."""
    if buffer.is_detached:
        raise type_error(f"Cannot perform {what} on a detached ArrayBuffer")
