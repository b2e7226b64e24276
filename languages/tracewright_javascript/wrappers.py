"""From primitive values to objects around them, and back."""

from __future__ import annotations

from tracewright.core.value import Value
from tracewright_javascript.errors import type_error
from tracewright_javascript.families import Kind
from tracewright_javascript.objects import JSObject, as_object
from tracewright_javascript.primitive_objects import PrimitiveObject, StringObject
from tracewright_javascript.realm import Realm
from tracewright_javascript.values import as_bigint, as_string, is_nullish, is_number, string_value


def primitive_prototype(realm: Realm, value: Value) -> JSObject | None:
    """Where the properties of a primitive value are looked for; None for undefined and null."""
    if is_nullish(value):
        return None
    if as_string(value) is not None:
        return realm.string_prototype
    if is_number(value):
        return realm.number_prototype
    if value.is_bool():
        return realm.boolean_prototype
    return realm.symbol_prototype if as_bigint(value) is None else realm.bigint_prototype


def to_object(realm: Realm, value: Value) -> JSObject:
    """The object, or one around a primitive value. Raises GuestFault for undefined and null."""
    thing = as_object(value)
    if thing is not None:
        return thing
    prototype = primitive_prototype(realm, value)
    if prototype is None:
        raise type_error("Cannot convert undefined or null to object")
    text = as_string(value)
    if text is not None:
        return StringObject(prototype.special_shape_of_children(Kind.EXOTIC), text.text())
    return PrimitiveObject(prototype.bare_shape_of_children(), value)


def primitive_in(value: Value) -> Value:
    """The primitive value that an object is around, or the value itself."""
    thing = as_object(value)
    if isinstance(thing, PrimitiveObject):
        return thing.value
    return string_value(thing.text) if isinstance(thing, StringObject) else value
