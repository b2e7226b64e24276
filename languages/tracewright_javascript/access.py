"""Reading and writing properties of any value."""

from __future__ import annotations

from tracewright.core.arrays import Array, unchecked_get, unchecked_set
from tracewright.core.value import Value
from tracewright.guest.sites import PropertySite
from tracewright.hints import dont_look_inside
from tracewright_javascript.conversions import array_index, key_text
from tracewright_javascript.errors import type_error
from tracewright_javascript.objects import (
    JSArray,
    JSFunction,
    JSObject,
    NativeFunction,
    as_object,
    check_object_coercible,
    get_at_site,
    get_named,
    has_property,
    index_of_text,
    inherited,
    own_named,
    prototype_of,
    set_at_site,
    set_length,
)
from tracewright_javascript.realm import Realm
from tracewright_javascript.values import EMPTY, as_string, is_nullish, is_number, string_value


def get_property(realm: Realm, value: Value, site: PropertySite) -> Value:
    """`value.name`. Raises GuestFault."""
    thing = as_object(value)
    if thing is not None:
        result = get_at_site(thing, site)
        if result.same(Value.UNDEFINED) and isinstance(thing, (JSFunction, NativeFunction)):
            return function_property(realm, thing, site.name)
        return result
    return primitive_property(realm, value, site.name)


def primitive_property(realm: Realm, value: Value, name: str) -> Value:
    """A property of a string, a number or a boolean."""
    text = as_string(value)
    if text is not None:
        if name == "length":
            return Value.of_int(text.length)
        return _from_prototype(realm.string_prototype, name)
    check_object_coercible(value, name)
    return _from_prototype(realm.number_prototype if is_number(value) else realm.object_prototype, name)


def _from_prototype(prototype: JSObject, name: str) -> Value:
    found = own_named(prototype, name)
    if found.same(EMPTY):
        found = inherited(prototype, name)
    return Value.UNDEFINED if found.same(EMPTY) else found


@dont_look_inside
def function_property(realm: Realm, function: JSObject, name: str) -> Value:
    """What functions have without having been given it; `prototype` is made when somebody asks."""
    if isinstance(function, JSFunction):
        code = function.code
        if name == "prototype" and code.is_constructor and own_named(function, name).same(EMPTY):
            prototype = realm.new_object()
            prototype.set_named("constructor", Value.of_object(function))
            prototype.hide()
            function.set_named("prototype", Value.of_object(prototype))
            function.hide()
            return Value.of_object(prototype)
        if name == "name":
            return string_value(code.name)
        return Value.of_int(code.length) if name == "length" else Value.UNDEFINED
    if isinstance(function, NativeFunction):
        if name == "name":
            return string_value(function.name)
        return Value.of_int(function.length) if name == "length" else Value.UNDEFINED
    return Value.UNDEFINED


def set_property(value: Value, site: PropertySite, new: Value) -> None:
    """`value.name = new`. Raises GuestFault."""
    thing = as_object(value)
    if thing is None:
        refuse_to_set(value, site.name)
    else:
        set_at_site(thing, site, new)


def refuse_to_set(value: Value, name: str) -> None:
    """Sloppy code's writes to properties of strings and numbers are lost; those to undefined and null are errors."""
    if is_nullish(value):
        word = "undefined" if value.same(Value.UNDEFINED) else "null"
        raise type_error(f"Cannot set properties of {word} (setting '{name}')")


def get_index(realm: Realm, value: Value, key: Value) -> Value:
    """`value[key]`. Raises GuestFault."""
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, JSArray) and key.is_int():
            index = key.as_int()
            if 0 <= index < thing.count:
                return unchecked_get(thing.items, index)
    return _get_index_slowly(realm, value, key)


@dont_look_inside
def _get_index_slowly(realm: Realm, value: Value, key: Value) -> Value:
    index = array_index(key)
    text = as_string(value)
    if text is not None and index >= 0:
        return string_value(text.text()[index]) if index < text.length else Value.UNDEFINED
    name = key_text(key)
    thing = as_object(value)
    if thing is None:
        return primitive_property(realm, value, name)
    if isinstance(thing, JSArray):
        if index < 0:
            index = index_of_text(name)
        if index >= 0:
            return thing.items[index] if index < thing.count else Value.UNDEFINED
    result = get_named(thing, name)
    if result.same(Value.UNDEFINED):
        return function_property(realm, thing, name)
    return result


def set_index(value: Value, key: Value, new: Value) -> None:
    """`value[key] = new`. Raises GuestFault."""
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, JSArray) and key.is_int():
            index = key.as_int()
            if 0 <= index < thing.count:
                unchecked_set(thing.items, index, new)
                return
            if index == thing.count:
                thing.push(new)
                return
    _set_index_slowly(value, key, new)


@dont_look_inside
def _set_index_slowly(value: Value, key: Value, new: Value) -> None:
    index = array_index(key)
    name = key_text(key)
    thing = as_object(value)
    if thing is None:
        refuse_to_set(value, name)
        return
    if isinstance(thing, JSArray):
        if index < 0:
            index = index_of_text(name)
        if index > thing.count:
            raise type_error("not there yet: arrays with holes")
        if index == thing.count:
            thing.push(new)
            return
        if index >= 0:
            thing.items[index] = new
            return
        if name == "length":
            set_length(thing, new)
            return
    thing.set_named(name, new)


@dont_look_inside
def delete_property(value: Value, key: Value) -> Value:
    """`delete value[key]`. Raises GuestFault."""
    thing = as_object(value)
    if thing is None:
        refuse_to_set(value, key_text(key))
        return Value.TRUE
    if isinstance(thing, JSArray) and index_of_text(key_text(key)) >= 0:
        raise type_error("not there yet: arrays with holes")
    name = key_text(key)
    if thing.hidden > 0 and name in thing.names()[: thing.hidden]:
        thing.hidden -= 1
    thing.delete(name)
    return Value.TRUE


def has_key(value: Value, key: Value) -> bool:
    """`key in value`. Raises GuestFault."""
    thing = as_object(value)
    if thing is None:
        raise type_error("Cannot use 'in' operator to search for a key in something that is no object")
    index = array_index(key)
    if isinstance(thing, JSArray) and index >= 0:
        return index < thing.count
    return has_property(thing, key_text(key))


@dont_look_inside
def keys_of(realm: Realm, value: Value) -> JSArray:
    """The names that `for (... in value)` visits: its own, then those of its prototypes that nobody before has. Built-in
    prototypes have none to show."""
    result = realm.new_array(Array(0, Value.UNDEFINED), 0)
    text = as_string(value)
    if text is not None:
        for index in range(text.length):
            result.push(string_value(str(index)))
    thing = as_object(value)
    seen: dict[str, bool] = {}
    while thing is not None and thing is not realm.object_prototype and thing is not realm.array_prototype:
        if isinstance(thing, JSArray):
            for index in range(thing.count):
                result.push(string_value(str(index)))
        for name in thing.visible_names():
            if name not in seen:
                seen[name] = True
                result.push(string_value(name))
        thing = prototype_of(thing)
    return result


@dont_look_inside
def copy_without(realm: Realm, value: Value, keys: list[str]) -> JSObject:
    """A new object with the properties of another, except some. Raises GuestFault."""
    result = realm.new_object()
    thing = as_object(value)
    if thing is None:
        if as_string(value) is not None:
            raise type_error("not there yet: the rest of a string's properties")
        return result
    if isinstance(thing, JSArray):
        for index in range(thing.count):
            if str(index) not in keys:
                result.set_named(str(index), thing.items[index])
    for name in thing.visible_names():
        if name not in keys:
            result.set_named(name, own_named(thing, name))
    return result


def require_object(value: Value) -> None:
    """What is taken apart must be neither undefined nor null. Raises GuestFault."""
    if is_nullish(value):
        word = "undefined" if value.same(Value.UNDEFINED) else "null"
        raise type_error(f"Cannot destructure '{word}' as it is {word}.")
