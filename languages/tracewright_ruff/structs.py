"""Struct instances. The first fields lie in the object itself, so that most structs are one object and one read away; the others in a row.

    W_Struct       header, shared, shape, three fields                                48 bytes
    W_WideStruct   the same, a fourth field, and a row for all others                 64 bytes and the row

An index of the shape names the same place in both.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array, unchecked_get, unchecked_set
from tracewright.core.cast import unsafe_cast
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.guest.shapes import Shape
from tracewright.hints import dont_look_inside, unroll_safe
from tracewright_ruff.containers import EMPTY_ITEMS, W_Container, grown, share

NARROW: Final = 3  # fields that every struct has room for
INLINE: Final = 4  # fields in a wide one itself


class W_Struct(W_Container):
    """A struct instance: one value for each name of its shape. A caught error is one too, of type `Error`. `struct_for` makes them."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.first = Value.UNDEFINED
        self.second = Value.UNDEFINED
        self.third = Value.UNDEFINED

    @final
    def item(self, index: int) -> Value:
        """The field of this index, which the shape has. In traces the index should be constant."""
        match index:
            case 0:
                return self.first
            case 1:
                return self.second
            case 2:
                return self.third
            case 3:
                return unsafe_cast(W_WideStruct, self).fourth
            case _:
                return unchecked_get(unsafe_cast(W_WideStruct, self).rest, index - INLINE)

    @final
    @dont_look_inside
    def item_somewhere(self, index: int) -> Value:
        """As `item`, where traces do not know the index."""
        return self.item(index)

    @final
    def put(self, index: int, value: Value) -> None:
        """Replace the field of this index; the struct must be unshared and the value owned."""
        match index:
            case 0:
                self.first = value
            case 1:
                self.second = value
            case 2:
                self.third = value
            case 3:
                unsafe_cast(W_WideStruct, self).fourth = value
            case _:
                unchecked_set(unsafe_cast(W_WideStruct, self).rest, index - INLINE, value)

    @final
    @dont_look_inside
    def put_somewhere(self, index: int, value: Value) -> None:
        """As `put`, where traces do not know the index."""
        self.put(index, value)

    @final
    def get(self, name: str) -> Value:
        """The field, or UNDEFINED."""
        index = self.shape.index_of(name)
        return self.item(index) if index >= 0 else Value.UNDEFINED

    @final
    @dont_look_inside
    def with_field(self, name: str, value: Value) -> W_Struct:
        """The struct after a field was replaced or added: itself, or a wider one that has its values now. It must be unshared and the value owned."""
        index = self.shape.index_of(name)
        if index >= 0:
            self.put(index, value)
            return self
        return self._with_new_field(name, value)

    def _with_new_field(self, name: str, value: Value) -> W_Struct:
        index = self.shape.count
        if index == NARROW:
            wide = W_WideStruct(self.shape)
            wide.first = self.first
            wide.second = self.second
            wide.third = self.third
            return wide._with_new_field(name, value)
        self.shape = self.shape.extended(name)
        self.put(index, value)
        return self

    @final
    @dont_look_inside
    def copied(self) -> W_Struct:
        result = struct_for(self.shape)
        for index in range(self.shape.count):
            result.put(index, share(self.item(index)))
        return result


@final
class W_WideStruct(W_Struct):
    """One with more than NARROW fields, or that is about to get them."""

    def __init__(self, shape: Shape) -> None:
        super().__init__(shape)
        self.fourth = Value.UNDEFINED
        self.rest: Array[Value] = EMPTY_ITEMS if shape.count <= INLINE else Array(shape.count - INLINE, Value.UNDEFINED)

    def _with_new_field(self, name: str, value: Value) -> W_Struct:
        index = self.shape.count
        if index - INLINE == len(self.rest):
            self.rest = grown(self.rest, index - INLINE)
        self.shape = self.shape.extended(name)
        self.put(index, value)
        return self


def struct_for(shape: Shape) -> W_Struct:
    """A struct with room for the fields of the shape, all of which are still to be put in."""
    if shape.count <= NARROW:
        return W_Struct(shape)
    return W_WideStruct(shape)


@unroll_safe
def struct_of_slots(shape: Shape, stack: VMStack, first: int) -> W_Struct:
    """A struct whose fields are the values in adjacent slots."""
    result = struct_for(shape)
    for index in range(shape.count):
        result.put(index, stack[first + index])
    return result
