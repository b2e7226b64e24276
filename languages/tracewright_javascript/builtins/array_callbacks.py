"""The methods of arrays that call a function for each element, and `Array.from`, `Array.of`."""

from __future__ import annotations

from typing import Final

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright_javascript.access import get_by_key
from tracewright_javascript.builtins.arguments import argument_at, arguments_from, this_of
from tracewright_javascript.builtins.array_access import (
    MOST_ELEMENTS,
    create_item,
    delete_item,
    is_array,
    item_at,
    item_or_empty,
    length_of,
    new_array,
    put_item,
    put_length,
    species_array,
)
from tracewright_javascript.builtins.arrays import this_object
from tracewright_javascript.builtins.rows import NativeRow
from tracewright_javascript.builtins.sorting import sorted_values
from tracewright_javascript.bytecode import AnyRealm
from tracewright_javascript.calls import call, construct
from tracewright_javascript.conversions import MAX_SAFE_INTEGER, to_display, to_integer, truth
from tracewright_javascript.errors import GuestFault, Thrown, range_error, type_error
from tracewright_javascript.iteration import Iterator, close_after_error, iterator_from, next_value
from tracewright_javascript.keys import ITERATOR, key_of_index, key_of_symbol
from tracewright_javascript.objects import JSObject, as_object, is_callable
from tracewright_javascript.realm import Realm, as_realm
from tracewright_javascript.values import EMPTY, int_number, is_nullish
from tracewright_javascript.wrappers import to_object


def _callback(stack: VMStack, frame: int, count: int) -> Value:
    function = argument_at(stack, frame, count, 0)
    if not is_callable(function):
        raise type_error(f"{to_display(function)} is not a function")
    return function


def _call(stack: VMStack, frame: int, count: int, value: Value, index: int, thing: JSObject) -> Value:
    """Call the callback, the first argument, for an element. Raises GuestFault and Thrown."""
    this = argument_at(stack, frame, count, 1)
    return call(argument_at(stack, frame, count, 0), this, [value, int_number(index), Value.of_object(thing)])


def _for_each(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    thing = this_object(realm, stack, frame)
    length = length_of(thing)
    _callback(stack, frame, count)
    for index in range(length):
        value = item_or_empty(thing, index)
        if not value.same(EMPTY):
            _call(stack, frame, count, value, index, thing)
    return Value.UNDEFINED


def _map(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    thing = this_object(realm, stack, frame)
    length = length_of(thing)
    _callback(stack, frame, count)
    result = species_array(as_realm(realm), thing, length)
    for index in range(length):
        value = item_or_empty(thing, index)
        if not value.same(EMPTY):
            create_item(result, index, _call(stack, frame, count, value, index, thing))
    return Value.of_object(result)


def _filter(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    thing = this_object(realm, stack, frame)
    length = length_of(thing)
    _callback(stack, frame, count)
    result = species_array(as_realm(realm), thing, 0)
    place = 0
    for index in range(length):
        value = item_or_empty(thing, index)
        if not value.same(EMPTY) and truth(_call(stack, frame, count, value, index, thing)):
            create_item(result, place, value)
            place += 1
    return Value.of_object(result)


def _test(realm: AnyRealm, stack: VMStack, frame: int, count: int, wanted: bool) -> Value:
    """Whether the callback says `wanted` of any element."""
    thing = this_object(realm, stack, frame)
    length = length_of(thing)
    _callback(stack, frame, count)
    for index in range(length):
        value = item_or_empty(thing, index)
        if not value.same(EMPTY) and truth(_call(stack, frame, count, value, index, thing)) == wanted:
            return Value.TRUE
    return Value.FALSE


def _every(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return Value.of_bool(not _test(realm, stack, frame, count, False).as_bool())


def _some(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return _test(realm, stack, frame, count, True)


def _search(realm: AnyRealm, stack: VMStack, frame: int, count: int, is_backward: bool, gives_index: bool) -> Value:
    thing = this_object(realm, stack, frame)
    length = length_of(thing)
    _callback(stack, frame, count)
    for step in range(length):
        index = length - 1 - step if is_backward else step
        value = item_at(thing, index)
        if truth(_call(stack, frame, count, value, index, thing)):
            return int_number(index) if gives_index else value
    return int_number(-1) if gives_index else Value.UNDEFINED


def _reduced(realm: AnyRealm, stack: VMStack, frame: int, count: int, is_backward: bool) -> Value:
    thing = this_object(realm, stack, frame)
    length = length_of(thing)
    function = _callback(stack, frame, count)
    step = 0
    result = argument_at(stack, frame, count, 1) if count > 1 else EMPTY
    while step < length:
        index = length - 1 - step if is_backward else step
        value = item_or_empty(thing, index)
        step += 1
        if value.same(EMPTY):
            continue
        if result.same(EMPTY):
            result = value
        else:
            result = call(function, Value.UNDEFINED, [result, value, int_number(index), Value.of_object(thing)])
    if result.same(EMPTY):
        raise type_error("Reduce of empty array with no initial value")
    return result


# Flattening


def _flat(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    thing = this_object(realm, stack, frame)
    length = length_of(thing)
    given = argument_at(stack, frame, count, 0)
    depth = 1 if given.same(Value.UNDEFINED) else to_integer(given)
    result = species_array(as_realm(realm), thing, 0)
    _flatten(result, thing, length, 0, depth)
    return Value.of_object(result)


def _flatten(target: JSObject, source: JSObject, length: int, place: int, depth: int) -> int:
    """FlattenIntoArray: gives the next place. Raises GuestFault and Thrown."""
    for index in range(length):
        value = item_or_empty(source, index)
        if not value.same(EMPTY):
            place = _put_flat(target, value, place, depth)
    return place


def _put_flat(target: JSObject, value: Value, place: int, depth: int) -> int:
    part = as_object(value)
    if depth > 0 and part is not None and is_array(part):
        return _flatten(target, part, length_of(part), place, depth - 1)
    if place >= MAX_SAFE_INTEGER:
        raise type_error("Invalid array length")
    create_item(target, place, value)
    return place + 1


def _flat_map(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    thing = this_object(realm, stack, frame)
    length = length_of(thing)
    _callback(stack, frame, count)
    result = species_array(as_realm(realm), thing, 0)
    place = 0
    for index in range(length):
        value = item_or_empty(thing, index)
        if not value.same(EMPTY):
            place = _put_flat(result, _call(stack, frame, count, value, index, thing), place, 1)
    return Value.of_object(result)


# Sorting


def _comparison(stack: VMStack, frame: int, count: int) -> Value:
    comparison = argument_at(stack, frame, count, 0)
    if not comparison.same(Value.UNDEFINED) and not is_callable(comparison):
        raise type_error("The comparison function must be either a function or undefined")
    return comparison


def _sort(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    comparison = _comparison(stack, frame, count)
    thing = this_object(realm, stack, frame)
    length = length_of(thing)
    values: list[Value] = []
    for index in range(length):
        value = item_or_empty(thing, index)
        if not value.same(EMPTY):
            values.append(value)
    ordered = sorted_values(values, comparison)
    for index in range(len(ordered)):
        put_item(thing, index, ordered[index])
    for index in range(len(ordered), length):
        if thing.has_property(key_of_index(index)):
            delete_item(thing, index)
    return Value.of_object(thing)


def _to_sorted(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    comparison = _comparison(stack, frame, count)
    thing = this_object(realm, stack, frame)
    length = length_of(thing)
    if length > MOST_ELEMENTS:
        raise range_error("Invalid array length")
    values = [item_at(thing, index) for index in range(length)]
    return Value.of_object(as_realm(realm).array_of(sorted_values(values, comparison)))


# Making arrays


def _constructed(realm: Realm, constructor: Value, arguments: list[Value], length: int) -> JSObject:
    """What the constructor that a static method is called on makes; an array where it is none. Raises GuestFault and Thrown."""
    thing = as_object(constructor)
    if thing is None or not thing.can_construct():
        return new_array(realm, length)
    made = as_object(construct(thing, arguments, thing))
    assert made is not None
    return made


def _of(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    values = arguments_from(stack, frame, count, 0)
    result = _constructed(as_realm(realm), this_of(stack, frame), [int_number(count)], count)
    for index in range(count):
        create_item(result, index, values[index])
    put_length(result, count)
    return Value.of_object(result)


def _from(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    items = argument_at(stack, frame, count, 0)
    function = argument_at(stack, frame, count, 1)
    if not function.same(Value.UNDEFINED) and not is_callable(function):
        raise type_error(f"{to_display(function)} is not a function")
    if is_nullish(items):
        raise type_error(f"{to_display(items)} is not iterable")
    method = get_by_key(as_realm(realm), items, key_of_symbol(ITERATOR))
    if not is_nullish(method):
        if not is_callable(method):
            raise type_error(f"{to_display(method)} is not a function")
        result = _constructed(as_realm(realm), this_of(stack, frame), [], 0)
        number = _take(stack, frame, count, iterator_from(call(method, items, [])), result)
        put_length(result, number)
        return Value.of_object(result)
    source = to_object(as_realm(realm), items)
    length = length_of(source)
    result = _constructed(as_realm(realm), this_of(stack, frame), [int_number(length)], length)
    for index in range(length):
        create_item(result, index, _mapped(stack, frame, count, item_at(source, index), index))
    put_length(result, length)
    return Value.of_object(result)


def _mapped(stack: VMStack, frame: int, count: int, value: Value, index: int) -> Value:
    function = argument_at(stack, frame, count, 1)
    if function.same(Value.UNDEFINED):
        return value
    return call(function, argument_at(stack, frame, count, 2), [value, int_number(index)])


def _take(stack: VMStack, frame: int, count: int, iteration: Iterator, result: JSObject) -> int:
    """Put what an iterator gives into an array; gives how many. Raises GuestFault and Thrown."""
    index = 0
    value = next_value(iteration)
    while not value.same(EMPTY):
        try:
            create_item(result, index, _mapped(stack, frame, count, value, index))
        except (GuestFault, Thrown):
            close_after_error(iteration)
            raise
        index += 1
        value = next_value(iteration)
    return index


STATIC_METHODS: Final[list[NativeRow]] = [("from", 1, _from), ("of", 0, _of)]
METHODS: Final[list[NativeRow]] = [
    ("every", 1, _every),
    ("filter", 1, _filter),
    ("find", 1, lambda r, s, f, n: _search(r, s, f, n, False, False)),
    ("findIndex", 1, lambda r, s, f, n: _search(r, s, f, n, False, True)),
    ("findLast", 1, lambda r, s, f, n: _search(r, s, f, n, True, False)),
    ("findLastIndex", 1, lambda r, s, f, n: _search(r, s, f, n, True, True)),
    ("flat", 0, _flat),
    ("flatMap", 1, _flat_map),
    ("forEach", 1, _for_each),
    ("map", 1, _map),
    ("reduce", 1, lambda r, s, f, n: _reduced(r, s, f, n, False)),
    ("reduceRight", 1, lambda r, s, f, n: _reduced(r, s, f, n, True)),
    ("some", 1, _some),
    ("sort", 1, _sort),
    ("toSorted", 1, _to_sorted),
]
