"""Struct instances. The first fields lie in the object itself, so that most structs are one object and one read away; the others in a row."""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array, unchecked_get, unchecked_set
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.guest.shapes import Shape
from tracewright.hints import dont_look_inside, unroll_safe
from tracewright_ruff.containers import EMPTY_ITEMS, W_Container, grown, share

INLINE: Final = 4  # fields in the object itself


@final
class W_Struct(W_Container):
    """A struct instance: one value for each name of its shape. A caught error is one too, of type `Error`."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.first = Value.UNDEFINED
        self.second = Value.UNDEFINED
        self.third = Value.UNDEFINED
        self.fourth = Value.UNDEFINED
        self.rest: Array[Value] = EMPTY_ITEMS if shape.count <= INLINE else Array(shape.count - INLINE, Value.UNDEFINED)

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
                return self.fourth
            case _:
                return unchecked_get(self.rest, index - INLINE)

    @dont_look_inside
    def item_somewhere(self, index: int) -> Value:
        """As `item`, where traces do not know the index."""
        return self.item(index)

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
                self.fourth = value
            case _:
                unchecked_set(self.rest, index - INLINE, value)

    @dont_look_inside
    def put_somewhere(self, index: int, value: Value) -> None:
        """As `put`, where traces do not know the index."""
        self.put(index, value)

    def get(self, name: str) -> Value:
        """The field, or UNDEFINED."""
        index = self.shape.index_of(name)
        return self.item(index) if index >= 0 else Value.UNDEFINED

    @dont_look_inside
    def set(self, name: str, value: Value) -> None:
        """Replace or add a field; the struct must be unshared and the value owned."""
        index = self.shape.index_of(name)
        if index < 0:
            index = self.shape.count
            if index - INLINE == len(self.rest):
                self.rest = grown(self.rest, index - INLINE)
            self.shape = self.shape.extended(name)
        self.put(index, value)

    @dont_look_inside
    def copied(self) -> W_Struct:
        result = W_Struct(self.shape)
        for index in range(self.shape.count):
            result.put(index, share(self.item(index)))
        return result


@unroll_safe
def struct_of_slots(shape: Shape, stack: VMStack, first: int) -> W_Struct:
    """A struct whose fields are the values in adjacent slots."""
    result = W_Struct(shape)
    for index in range(shape.count):
        result.put(index, stack[first + index])
    return result
