"""Property descriptions as objects of the program, and back (6.2.6)."""

from __future__ import annotations

from tracewright.core.value import Value
from tracewright_javascript.access import create_data_property
from tracewright_javascript.conversions import to_display, truth
from tracewright_javascript.errors import type_error
from tracewright_javascript.keys import NO_INDEX, Key
from tracewright_javascript.objects import JSObject, as_object, is_callable
from tracewright_javascript.properties import (
    NOT_CONFIGURABLE,
    NOT_ENUMERABLE,
    NOT_WRITABLE,
    Descriptor,
    Property,
    pair_in,
)
from tracewright_javascript.realm import Realm
from tracewright_javascript.values import EMPTY

ATTRIBUTE_NAMES = (("enumerable", NOT_ENUMERABLE), ("configurable", NOT_CONFIGURABLE))


def to_description(value: Value) -> Descriptor:
    """ToPropertyDescriptor. Raises GuestFault and Thrown."""
    thing = as_object(value)
    if thing is None:
        raise type_error(f"Property description must be an object: {to_display(value)}")
    result = Descriptor()
    for name, attribute in ATTRIBUTE_NAMES:
        _say(result, thing, name, attribute)
    found = _field(thing, "value")
    if not found.same(EMPTY):
        result.value = found
    _say(result, thing, "writable", NOT_WRITABLE)
    result.getter = _function(thing, "get", "Getter")
    result.setter = _function(thing, "set", "Setter")
    if result.is_accessor() and result.is_data():
        raise type_error("Invalid property descriptor. Cannot both specify accessors and a value or writable attribute")
    return result


def _field(thing: JSObject, name: str) -> Value:
    """A property, EMPTY where there is none."""
    key = Key(name, NO_INDEX)
    return thing.get_property(key, Value.of_object(thing)) if thing.has_property(key) else EMPTY


def _say(result: Descriptor, thing: JSObject, name: str, attribute: int) -> None:
    found = _field(thing, name)
    if not found.same(EMPTY):
        result.say(attribute, not truth(found))


def _function(thing: JSObject, name: str, what: str) -> Value:
    found = _field(thing, name)
    if not found.same(EMPTY) and not found.same(Value.UNDEFINED) and not is_callable(found):
        raise type_error(f"{what} must be a function: {to_display(found)}")
    return found


def from_property(realm: Realm, found: Property | None) -> Value:
    """FromPropertyDescriptor of a property that an object has; undefined for None."""
    if found is None:
        return Value.UNDEFINED
    result = realm.new_object()
    if found.is_accessor():
        pair = pair_in(found.slot)
        _add(result, "get", pair.getter)
        _add(result, "set", pair.setter)
    else:
        _add(result, "value", found.slot)
        _add(result, "writable", Value.of_bool(found.is_writable()))
    _add(result, "enumerable", Value.of_bool(found.is_enumerable()))
    _add(result, "configurable", Value.of_bool(found.is_configurable()))
    return Value.of_object(result)


def from_description(realm: Realm, description: Descriptor) -> Value:
    """FromPropertyDescriptor of a description: only what it says."""
    result = realm.new_object()
    if not description.value.same(EMPTY):
        _add(result, "value", description.value)
    if description.given & NOT_WRITABLE != 0:
        _add(result, "writable", Value.of_bool(description.attributes & NOT_WRITABLE == 0))
    if not description.getter.same(EMPTY):
        _add(result, "get", description.getter)
    if not description.setter.same(EMPTY):
        _add(result, "set", description.setter)
    for name, attribute in ATTRIBUTE_NAMES:
        if description.given & attribute != 0:
            _add(result, name, Value.of_bool(description.attributes & attribute == 0))
    return Value.of_object(result)


def _add(thing: JSObject, name: str, value: Value) -> None:
    create_data_property(thing, Key(name, NO_INDEX), value)
