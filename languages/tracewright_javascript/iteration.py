"""What `for (x of ...)` walks over: arrays and strings. Other objects need the iterator protocol, which is not there yet."""

from __future__ import annotations

from typing import final

from tracewright.core.arrays import unchecked_get
from tracewright.core.value import Value
from tracewright.guest.objects import GuestObject
from tracewright.hints import dont_look_inside
from tracewright.lib.utf16 import code_point_at, units_in_code_point
from tracewright_javascript.errors import GuestFault, type_error
from tracewright_javascript.objects import JSArray
from tracewright_javascript.values import EMPTY, JSString, string_value


@final
class Iterator(GuestObject):
    """A place in an array, or in a string, which goes by code points."""

    def __init__(self, array: JSArray | None, text: str) -> None:
        self.array = array
        self.text = text
        self.position = 0

    def next(self) -> Value:
        """The next value; EMPTY at the end."""
        array = self.array
        position = self.position
        if array is None:
            return self._next_character()
        if position >= array.count:
            return EMPTY
        self.position = position + 1
        return unchecked_get(array.items, position)

    @dont_look_inside
    def _next_character(self) -> Value:
        position = self.position
        if position >= len(self.text):
            return EMPTY
        self.position = position + units_in_code_point(code_point_at(self.text, position))
        return string_value(self.text[position : self.position])


@dont_look_inside
def append_rest(array: JSArray, iterator: Iterator) -> None:
    """Put what is left of an iterator behind an array."""
    while True:
        value = iterator.next()
        if value.same(EMPTY):
            return
        array.push(value)


def iterator_of(value: Value) -> Iterator:
    """An iterator of an array or a string. Raises GuestFault."""
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, JSArray):
            return Iterator(thing, "")
        if isinstance(thing, JSString):
            return Iterator(None, thing.text())
    raise not_iterable()


@dont_look_inside
def not_iterable() -> GuestFault:
    """What it says of anything else."""
    return type_error("value is not iterable (not there yet: Symbol.iterator)")
