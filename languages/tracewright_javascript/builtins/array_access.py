"""Elements of anything that has a `length`, and the arrays that methods make.

An array that is dense answers at once; everything else is asked by the standard's internal methods, in their order.
"""

from __future__ import annotations

from typing import Final

from tracewright.core.arrays import Array
from tracewright.core.value import Value
from tracewright.hints import dont_look_inside, inlined, promote, we_are_jitted
from tracewright_javascript.access import create_data_property, set_by_key
from tracewright_javascript.arrays import MAX_DENSE, JSArray, element_or_empty
from tracewright_javascript.calls import construct
from tracewright_javascript.construction import realm_of_function
from tracewright_javascript.conversions import MAX_SAFE_INTEGER, key_in_words, to_display, to_integer, to_length
from tracewright_javascript.errors import range_error, type_error
from tracewright_javascript.keys import NO_INDEX, SPECIES, Key, key_of_index
from tracewright_javascript.lookups import get_named, note_finding
from tracewright_javascript.objects import JSObject, as_object
from tracewright_javascript.realm import Realm
from tracewright_javascript.values import EMPTY, int_number

LENGTH: Final = Key("length", NO_INDEX)
MOST_ELEMENTS: Final = (1 << 32) - 1


def index_in(value: Value) -> int:
    """An index, a place or a length as self-hosted functions count: beyond small ints it is a double."""
    return value.as_int() if value.is_int() else int(value.as_float())


def length_of(thing: JSObject) -> int:
    """LengthOfArrayLike. Raises GuestFault and Thrown."""
    return thing.length() if isinstance(thing, JSArray) else to_length(get_named(thing, "length"))


def item_at(thing: JSObject, index: int) -> Value:
    """Get. Raises GuestFault and Thrown."""
    if isinstance(thing, JSArray) and thing.is_dense():
        found = element_or_empty(thing, index)
        if not found.same(EMPTY):
            return found
    return thing.get_property(key_of_index(index), Value.of_object(thing))


@inlined
def item_or_empty(thing: JSObject, index: int) -> Value:
    """HasProperty, and if there is one Get; EMPTY if not. Raises GuestFault and Thrown."""
    if isinstance(thing, JSArray) and thing.is_dense():
        found = element_or_empty(thing, index)
        if not found.same(EMPTY):
            return found
    return _item_elsewhere(thing, index)


def _item_elsewhere(thing: JSObject, index: int) -> Value:
    key = key_of_index(index)
    return thing.get_property(key, Value.of_object(thing)) if thing.has_property(key) else EMPTY


def put_item(thing: JSObject, index: int, value: Value) -> None:
    """Set, whose failure is an error. Raises GuestFault and Thrown."""
    if isinstance(thing, JSArray) and not element_or_empty(thing, index).same(EMPTY):
        thing.put_at(index, value)
    else:
        set_by_key(thing, key_of_index(index), value, True)


def create_item(thing: JSObject, index: int, value: Value) -> None:
    """CreateDataPropertyOrThrow. Raises GuestFault and Thrown."""
    if isinstance(thing, JSArray) and thing.is_dense():
        if index == thing.count:
            thing.push(value)
            return
        if 0 <= index < thing.count:
            if thing.has_at(index):
                thing.put_at(index, value)
            else:
                thing.fill_hole(index, value)
            return
    create_data_property(thing, key_of_index(index), value)


def delete_item(thing: JSObject, index: int) -> None:
    """DeletePropertyOrThrow. Raises GuestFault and Thrown."""
    key = key_of_index(index)
    if not thing.delete_property(key):
        shown = to_display(Value.of_object(thing))
        raise type_error(f"Cannot delete property '{key_in_words(key)}' of {shown}")


def put_length(thing: JSObject, length: int) -> None:
    """Set of `length`, whose failure is an error. Raises GuestFault and Thrown."""
    if length > MAX_SAFE_INTEGER:
        raise type_error("Invalid array length")
    set_by_key(thing, LENGTH, int_number(length), True)


def relative_index(value: Value, length: int, default: int) -> int:
    """An index that counts from the end where it is negative, in 0..length; `default` for undefined. Raises GuestFault and Thrown."""
    if value.same(Value.UNDEFINED):
        return default
    index = to_integer(value)
    return max(index + length, 0) if index < 0 else min(index, length)


def new_array(realm: Realm, length: int) -> JSArray:
    """ArrayCreate. Raises GuestFault (a RangeError)."""
    if length > MOST_ELEMENTS:
        raise range_error("Invalid array length")
    if length <= MAX_DENSE:
        return realm.new_array(Array(length, EMPTY), length)
    result = realm.new_array(Array(0, EMPTY), 0)
    result.set_length(length)
    return result


def is_array(thing: JSObject | None) -> bool:
    """IsArray. Raises GuestFault (a revoked proxy)."""
    while thing is not None:
        if isinstance(thing, JSArray):
            return True
        if not thing.is_proxy():
            return False
        behind = thing.proxy_target()
        if behind is None:
            raise type_error("Cannot perform 'IsArray' on a proxy that has been revoked")
        thing = behind
    return False


def flatten(target: JSObject, source: JSObject, length: int, place: int, depth: int) -> int:
    """FlattenIntoArray: gives the next place. Raises GuestFault and Thrown."""
    for index in range(length):
        value = item_or_empty(source, index)
        if not value.same(EMPTY):
            place = append_flattened(target, value, place, depth)
    return place


def append_flattened(target: JSObject, value: Value, place: int, depth: int) -> int:
    """The same of one element, which may be an array. Raises GuestFault and Thrown."""
    part = as_object(value)
    if depth > 0 and part is not None and is_array(part):
        return flatten(target, part, length_of(part), place, depth - 1)
    if place >= MAX_SAFE_INTEGER:
        raise type_error("Invalid array length")
    create_item(target, place, value)
    return place + 1


def species_array(realm: Realm, original: JSObject, length: int) -> JSObject:
    """ArraySpeciesCreate. Raises GuestFault and Thrown."""
    if isinstance(original, JSArray) and _has_plain_species(realm, original):
        return new_array(realm, length)
    return _other_species(realm, original, length)


def _has_plain_species(realm: Realm, array: JSArray) -> bool:
    """Whether an array's `constructor` and that one's species are what they were in the beginning."""
    constructor = realm.array_constructor
    if constructor is None or promote(array.shape) is not realm.array_shape:
        return False
    if not we_are_jitted() and realm.plain_species.holds():
        return True
    prototype = realm.array_prototype
    found = prototype.watched_slot("constructor")
    is_plain = as_object(found) is constructor and constructor.watched_slot(SPECIES.name).same(realm.array_species)
    if is_plain and not we_are_jitted():
        note_finding(realm.plain_species, prototype, constructor)
    return is_plain


@dont_look_inside
def _other_species(realm: Realm, original: JSObject, length: int) -> JSObject:
    if not is_array(original):
        return new_array(realm, length)
    constructor = get_named(original, "constructor")
    thing = as_object(constructor)
    if thing is not None and thing.can_construct():
        other = realm_of_function(thing)
        if other is not realm and other.array_constructor is thing:
            return new_array(realm, length)
    if thing is not None:
        constructor = get_named(thing, SPECIES.name)
        if constructor.same(Value.NULL):
            constructor = Value.UNDEFINED
    if constructor.same(Value.UNDEFINED):
        return new_array(realm, length)
    species = as_object(constructor)
    if species is realm.array_constructor:
        return new_array(realm, length)
    if species is None or not species.can_construct():
        raise type_error("object.constructor[Symbol.species] is not a constructor")
    made = as_object(construct(species, [int_number(length)], species))
    assert made is not None
    return made
