"""What self-hosted functions call that no program can name: abstract operations of the standard, and tools of their own.

Each is called like any built-in, so a trace looks inside. They are given objects and arrays where the text says so: nothing is checked twice.
"""

from __future__ import annotations

from typing import Final

from tracewright.core.cast import unsafe_cast
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.guest.objects import GuestObject
from tracewright.hints import dont_look_inside
from tracewright_javascript.access import create_data_property, get_by_key, key_value
from tracewright_javascript.arrays import JSArray
from tracewright_javascript.builtins.array_access import (
    MOST_ELEMENTS,
    append_flattened,
    delete_item,
    index_in,
    item_at,
    item_or_empty,
    length_of,
    new_array,
    put_item,
    put_length,
    species_array,
)
from tracewright_javascript.builtins.collections import JSMap, this_map, this_set
from tracewright_javascript.builtins.sorting import sorted_by_text
from tracewright_javascript.builtins.string_patterns import REPLACING_INTRINSICS
from tracewright_javascript.bytecode import FIRST, AnyRealm
from tracewright_javascript.calls import call, construct
from tracewright_javascript.conversions import to_display, to_key
from tracewright_javascript.errors import range_error, type_error
from tracewright_javascript.functions import Native
from tracewright_javascript.iteration import Iterator, IteratorKind, is_plain_array_iteration, iterator_from
from tracewright_javascript.keys import ITERATOR, key_of_index, key_of_symbol
from tracewright_javascript.objects import JSObject, as_object, is_callable
from tracewright_javascript.ordered_table import OrderedTable, Walk
from tracewright_javascript.realm import as_realm
from tracewright_javascript.values import EMPTY, int_number, is_nullish


def _given(stack: VMStack, frame: int, index: int) -> Value:
    """An argument, which is there."""
    return stack[frame + FIRST + index]


def _object(stack: VMStack, frame: int, index: int) -> JSObject:
    """An argument that is an object."""
    return unsafe_cast(JSObject, unsafe_cast(GuestObject, stack[frame + FIRST + index].as_object()))


def _array(stack: VMStack, frame: int, index: int) -> JSArray:
    """An argument that is an array of the self-hosted function itself, so it is dense."""
    return unsafe_cast(JSArray, _object(stack, frame, index))


def _int(stack: VMStack, frame: int, index: int) -> int:
    return index_in(stack[frame + FIRST + index])


# What callers give


def _require_callable(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    if not is_callable(_given(stack, frame, 0)):
        raise type_error(f"{to_display(_given(stack, frame, 0))} is not a function")
    return Value.UNDEFINED


def _require_comparison(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    comparison = _given(stack, frame, 0)
    if not comparison.same(Value.UNDEFINED) and not is_callable(comparison):
        raise type_error("The comparison function must be either a function or undefined")
    return Value.UNDEFINED


def _require_iterable(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    if is_nullish(_given(stack, frame, 0)):
        raise type_error(f"{to_display(_given(stack, frame, 0))} is not iterable")
    return Value.UNDEFINED


# Elements


def _length_of(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return int_number(length_of(_object(stack, frame, 0)))


def _species_array(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return Value.of_object(species_array(as_realm(realm), _object(stack, frame, 0), _int(stack, frame, 1)))


def _construct_array(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    """What a constructor makes that a static method is called on, with a length if there is one; an array where it is none."""
    constructor = as_object(_given(stack, frame, 0))
    if constructor is None or not constructor.can_construct() or constructor is as_realm(realm).array_constructor:
        return Value.of_object(new_array(as_realm(realm), _int(stack, frame, 1) if count > 1 else 0))
    return construct(constructor, [_given(stack, frame, 1)] if count > 1 else [], constructor)


def _set_length(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    put_length(_object(stack, frame, 0), _int(stack, frame, 1))
    return Value.UNDEFINED


def _append_flattened(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    target = _object(stack, frame, 0)
    return int_number(append_flattened(target, _given(stack, frame, 1), _int(stack, frame, 2), 1))


@dont_look_inside
def _first_present(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    thing = _object(stack, frame, 0)
    for index in range(_int(stack, frame, 1)):
        if thing.has_property(key_of_index(index)):
            return int_number(index)
    raise type_error("Reduce of empty array with no initial value")


@dont_look_inside
def _last_present(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    thing = _object(stack, frame, 0)
    for index in range(_int(stack, frame, 1) - 1, -1, -1):
        if thing.has_property(key_of_index(index)):
            return int_number(index)
    raise type_error("Reduce of empty array with no initial value")


# Sorting


@dont_look_inside
def _present_items(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    thing = _object(stack, frame, 0)
    values: list[Value] = []
    for index in range(_int(stack, frame, 1)):
        value = item_or_empty(thing, index)
        if not value.same(EMPTY):
            values.append(value)
    return Value.of_object(as_realm(realm).array_of(values))


@dont_look_inside
def _all_items(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    thing = _object(stack, frame, 0)
    length = _int(stack, frame, 1)
    if length > MOST_ELEMENTS:
        raise range_error("Invalid array length")
    return Value.of_object(as_realm(realm).array_of([item_at(thing, index) for index in range(length)]))


@dont_look_inside
def _remove_undefined(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    array = _array(stack, frame, 0)
    place = 0
    for index in range(array.count):
        value = array.at(index)
        if not value.same(Value.UNDEFINED):
            array.put_at(place, value)
            place += 1
    array.shorten(place)
    return Value.UNDEFINED


@dont_look_inside
def _copied(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    array = _array(stack, frame, 0)
    return Value.of_object(as_realm(realm).array_of([array.at(index) for index in range(array.count)]))


@dont_look_inside
def _sorted_by_text(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    array = _array(stack, frame, 0)
    ordered = sorted_by_text([array.at(index) for index in range(array.count)])
    return Value.of_object(as_realm(realm).array_of(ordered))


@dont_look_inside
def _put_sorted(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    """Write the sorted values back, then as many undefined ones as there were, and delete what is left of the holes."""
    thing = _object(stack, frame, 0)
    ordered = _array(stack, frame, 1)
    present = _int(stack, frame, 2)
    for index in range(present):
        put_item(thing, index, ordered.at(index) if index < ordered.count else Value.UNDEFINED)
    for index in range(present, _int(stack, frame, 3)):
        if thing.has_property(key_of_index(index)):
            delete_item(thing, index)
    return Value.UNDEFINED


@dont_look_inside
def _fill_up(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    """Make an array longer by undefined values."""
    array = _array(stack, frame, 0)
    while array.count < _int(stack, frame, 1):
        array.push(Value.UNDEFINED)
    return Value.UNDEFINED


# Iterators


@dont_look_inside
def _iterator_method(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    items = _given(stack, frame, 0)
    if is_nullish(items):
        raise type_error(f"{to_display(items)} is not iterable")
    method = get_by_key(as_realm(realm), items, key_of_symbol(ITERATOR))
    if is_nullish(method):
        return Value.UNDEFINED
    if not is_callable(method):
        raise type_error(f"{to_display(method)} is not a function")
    return method


def _iterator_from_method(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    """An internal iterator, which `for of` takes as it is."""
    items = _given(stack, frame, 0)
    method = _given(stack, frame, 1)
    thing = as_object(items)
    if isinstance(thing, JSArray) and is_plain_array_iteration(as_realm(realm), method):
        return Value.of_object(Iterator(IteratorKind.ARRAY, thing, Value.UNDEFINED))
    return Value.of_object(iterator_from(call(method, items, [])))


# Maps, sets and groups


def _walk_of_map(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return Value.of_object(Walk(this_map(_given(stack, frame, 0), "forEach")))


def _walk_of_set(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return Value.of_object(Walk(this_set(_given(stack, frame, 0), "forEach")))


def _walk(stack: VMStack, frame: int) -> Walk:
    return unsafe_cast(Walk, unsafe_cast(GuestObject, stack[frame + FIRST].as_object()))


def _next_place(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return Value.of_int(_walk(stack, frame).next_place())


def _key_at(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return _walk(stack, frame).table.keys[_int(stack, frame, 1)]


def _value_at(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return _walk(stack, frame).table.values[_int(stack, frame, 1)]


def _new_map(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return Value.of_object(JSMap(as_realm(realm).map_prototype.bare_shape_of_children()))


def _groups(stack: VMStack, frame: int) -> OrderedTable:
    return unsafe_cast(JSMap, _object(stack, frame, 0)).entries


@dont_look_inside
def _add_to_group(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    groups = _groups(stack, frame)
    group = as_object(groups.get(_given(stack, frame, 1)))
    if isinstance(group, JSArray):
        group.push(_given(stack, frame, 2))
    else:
        made = as_realm(realm).array_of([_given(stack, frame, 2)])
        groups.set(_given(stack, frame, 1), Value.of_object(made))
    return Value.UNDEFINED


def _to_property_key(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return key_value(as_realm(realm), to_key(_given(stack, frame, 0)))


@dont_look_inside
def _object_from_groups(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    groups = _groups(stack, frame)
    result = as_realm(realm).new_object()
    result.change_prototype(None)
    for place in range(len(groups.keys)):
        create_data_property(result, to_key(groups.keys[place]), groups.values[place])
    return Value.of_object(result)


INTRINSICS: Final[dict[str, Native]] = {
    "AddToGroup": _add_to_group,
    "AllItems": _all_items,
    "AppendFlattened": _append_flattened,
    "ArraySpeciesCreate": _species_array,
    "ConstructArray": _construct_array,
    "Copied": _copied,
    "FillUp": _fill_up,
    "FirstPresent": _first_present,
    "IteratorFromMethod": _iterator_from_method,
    "IteratorMethod": _iterator_method,
    "KeyAt": _key_at,
    "LastPresent": _last_present,
    "LengthOfArrayLike": _length_of,
    "NewMap": _new_map,
    "NextPlace": _next_place,
    "ObjectFromGroups": _object_from_groups,
    "PresentItems": _present_items,
    "PutSorted": _put_sorted,
    "RemoveUndefined": _remove_undefined,
    "RequireCallable": _require_callable,
    "RequireComparison": _require_comparison,
    "RequireIterable": _require_iterable,
    "SetLength": _set_length,
    "SortedByText": _sorted_by_text,
    "ToPropertyKey": _to_property_key,
    "ValueAt": _value_at,
    "WalkOfMap": _walk_of_map,
    "WalkOfSet": _walk_of_set,
    **REPLACING_INTRINSICS,
}
