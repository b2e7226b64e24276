"""Typed arrays: views of a buffer's bytes as numbers of one kind (10.4.5).

    new Uint8Array(buffer, 4, 2)         two elements from byte 4 on, while the buffer has 6 bytes; none otherwise
    new Uint8Array(buffer, 4)            of a buffer that can be resized: as many as there are (TRACKING)

`count()` says how many elements can be reached now, from the buffer's length, which is loaded again after whatever may have changed it; an
index below that may be loaded and stored without a further check.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.value import Value
from tracewright.guest.placements import NO_ROW
from tracewright.guest.shapes import Shape
from tracewright.hints import dont_look_inside, immutable_fields, promote
from tracewright_javascript.array_buffers import JSArrayBuffer
from tracewright_javascript.element_kinds import NAMES, SHIFTS, holds_bigints, load, numeric_for, shift_of, store
from tracewright_javascript.errors import type_error
from tracewright_javascript.keys import NO_INDEX, Key
from tracewright_javascript.number_reading import spells_number
from tracewright_javascript.objects import JSObject, as_object
from tracewright_javascript.properties import (
    NOT_CONFIGURABLE,
    NOT_ENUMERABLE,
    NOT_WRITABLE,
    Descriptor,
    Property,
)
from tracewright_javascript.values import EMPTY, is_number

TRACKING: Final = -1  # the length of a view that has as many elements as its buffer has room for


@final
@immutable_fields("kind", "shift", "buffer", "offset", "fixed_length", "end", "takes_bigints")
class JSTypedArray(JSObject):
    """A view. Properties whose names spell numbers are elements, or are not at all (`Kind.TYPED`)."""

    def __init__(self, shape: Shape, kind: int, buffer: JSArrayBuffer, offset: int, fixed_length: int) -> None:
        super().__init__(shape, NO_ROW)
        self.kind = kind
        self.shift: int = SHIFTS[kind]
        self.buffer: JSArrayBuffer = buffer
        self.offset = offset  # in bytes
        self.fixed_length = fixed_length  # in elements, or TRACKING
        self.end: int = 0 if fixed_length == TRACKING else offset + (fixed_length << self.shift)
        self.takes_bigints: bool = holds_bigints(kind)

    def count(self) -> int:
        """How many elements can be reached."""
        byte_length = self.buffer.byte_length
        if self.fixed_length != TRACKING:
            return self.fixed_length if self.end <= byte_length else 0
        return (byte_length - self.offset) >> self.shift if self.offset <= byte_length else 0

    def is_out_of_bounds(self) -> bool:
        """Whether the buffer is detached, or has become too short for the view to begin or, of a fixed length, to end in."""
        buffer = self.buffer
        needed = self.offset if self.fixed_length == TRACKING else self.end
        return buffer.is_detached or needed > buffer.byte_length

    def prevent_extensions(self) -> bool:
        """Not where elements may come by themselves, as the buffer grows."""
        buffer = self.buffer
        if self.fixed_length == TRACKING or (buffer.is_resizable() and not buffer.is_shared):
            return False
        return super().prevent_extensions()

    def load(self, index: int) -> Value:
        """An element below `count()`."""
        kind = promote(self.kind)
        return load(self.buffer.block, kind, self.offset + (index << shift_of(kind)))

    def store(self, index: int, number: Value) -> None:
        """Write an element below `count()`: a number, a BigInt where elements are BigInts."""
        kind = promote(self.kind)
        store(self.buffer.block, kind, self.offset + (index << shift_of(kind)), number)

    def element(self, index: int) -> Value:
        """TypedArrayGetElement: undefined where there is none."""
        return self.load(index) if 0 <= index < self.count() else Value.UNDEFINED

    @dont_look_inside
    def set_element(self, index: int, value: Value) -> None:
        """TypedArraySetElement: the value is converted; it is lost where there is no such element. Raises GuestFault and Thrown."""
        number = numeric_for(self.kind, value)
        if 0 <= index < self.count():
            self.store(index, number)

    def name(self) -> str:
        """The constructor's name."""
        return NAMES[self.kind] + "Array"

    # Internal methods

    def length_for_iteration(self) -> int:
        if self.is_out_of_bounds():
            raise type_error("Cannot perform %ArrayIteratorPrototype%.next on a detached ArrayBuffer")
        return self.count()

    def own_property(self, key: Key) -> Property | None:
        if key.index != NO_INDEX:
            return Property(self.load(key.index)) if key.index < self.count() else None
        return None if spells_number(key.name) else self.named_property(key.name)

    def has_property(self, key: Key) -> bool:
        if is_numeric(key):
            return 0 <= key.index < self.count()
        return super().has_property(key)

    def define_property(self, key: Key, description: Descriptor) -> bool:
        if not is_numeric(key):
            return super().define_property(key, description)
        refused = NOT_CONFIGURABLE | NOT_ENUMERABLE | NOT_WRITABLE
        if not 0 <= key.index < self.count() or description.is_accessor():
            return False
        if description.given & description.attributes & refused != 0:
            return False
        if not description.value.same(EMPTY):
            self.set_element(key.index, description.value)
        return True

    def get_property(self, key: Key, receiver: Value) -> Value:
        if is_numeric(key):
            return self.element(key.index)
        return super().get_property(key, receiver)

    def set_property(self, key: Key, value: Value, receiver: Value) -> bool:
        if is_numeric(key):
            if as_object(receiver) is self:
                self.set_element(key.index, value)
                return True
            if not 0 <= key.index < self.count():
                return True
        return super().set_property(key, value, receiver)

    def delete_property(self, key: Key) -> bool:
        if is_numeric(key):
            return not 0 <= key.index < self.count()
        return super().delete_property(key)

    def add_index_keys(self, keys: list[Key]) -> None:
        for index in range(self.count()):
            keys.append(Key("", index))


def set_number_at(view: JSTypedArray, index: int, value: Value) -> bool:
    """`view[index] = value` of a number; False where it is not that simple."""
    if not is_number(value) or view.takes_bigints:
        return False
    if 0 <= index < view.count():
        view.store(index, value)
    return True


def is_numeric(key: Key) -> bool:
    """Whether a key is a CanonicalNumericIndexString, whose property is an element or nothing."""
    return key.index != NO_INDEX or spells_number(key.name)
