"""Names of properties that are enumerable, for built-ins that visit all of them."""

from __future__ import annotations

from tracewright.guest.shapes import ATTRIBUTE_MASK, Shape
from tracewright_javascript.arguments_object import JSArguments
from tracewright_javascript.families import Kind, family_of
from tracewright_javascript.keys import NO_INDEX, Key, is_private_name, is_symbol_name
from tracewright_javascript.objects import JSObject
from tracewright_javascript.properties import NOT_ENUMERABLE


def plain_shape(thing: JSObject) -> Shape | None:
    """The shape of an object all of whose properties are in it; None for other objects."""
    shape = thing.shape
    if shape.is_table or family_of(shape).kind != Kind.ORDINARY or thing.index_elements() is not None:
        return None
    return None if isinstance(thing, JSArguments) else shape


def is_enumerated(name: str, place: int) -> bool:
    """Whether a property in a shape is enumerable and has a string as its key."""
    return place & ATTRIBUTE_MASK & NOT_ENUMERABLE == 0 and not is_symbol_name(name) and not is_private_name(name)


def enumerable_names(thing: JSObject) -> list[Key]:
    """The own enumerable properties whose keys are strings. Raises Thrown."""
    keys: list[Key] = []
    shape = plain_shape(thing)
    if shape is not None:
        for name in shape.names():
            if is_enumerated(name, shape.place_of(name)):
                keys.append(Key(name, NO_INDEX))
        return keys
    for key in thing.own_keys():
        if not key.is_symbol():
            found = thing.own_property(key)
            if found is not None and found.is_enumerable():
                keys.append(key)
    return keys
