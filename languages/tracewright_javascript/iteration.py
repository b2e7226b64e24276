"""What `for (x of ...)` walks over: arrays and strings. Other objects need the iterator protocol, which is not there yet."""

from __future__ import annotations

from typing import final

from tracewright.core.arrays import unchecked_get
from tracewright.core.value import Value
from tracewright.guest.objects import GuestObject
from tracewright.hints import dont_look_inside
from tracewright.lib.utf16 import code_point_at, units_in_code_point
from tracewright_javascript.arrays import JSArray
from tracewright_javascript.errors import GuestFault, type_error
from tracewright_javascript.objects import JSObject
from tracewright_javascript.realm import Realm
from tracewright_javascript.values import EMPTY, JSString, is_nullish, string_value
from tracewright_javascript.wrappers import to_object


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


@dont_look_inside
def keys_of(realm: Realm, value: Value) -> JSArray:
    """The names that `for (... in value)` visits: enumerable ones of its own, then those of its prototypes that nobody before has. Raises Thrown."""
    result: list[Value] = []
    thing: JSObject | None = None if is_nullish(value) else to_object(realm, value)
    seen: dict[str, bool] = {}
    while thing is not None:
        for key in thing.own_keys():
            if key.is_symbol():
                continue
            name = key.text()
            if name in seen:
                continue
            found = thing.own_property(key)
            if found is not None:
                seen[name] = True
                if found.is_enumerable():
                    result.append(string_value(name))
        thing = thing.get_prototype()
    return realm.array_of(result)
