"""`Array`: the constructor, and the methods that call nobody back."""

from __future__ import annotations

from typing import Final

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright_javascript.access import append_element, get_by_key, set_by_key
from tracewright_javascript.arithmetic import same_value
from tracewright_javascript.arrays import JSArray, inherits_no_elements
from tracewright_javascript.builtins.arguments import argument_at, arguments_from, prototype_to_make, this_of
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
    relative_index,
    species_array,
)
from tracewright_javascript.builtins.objects import object_text
from tracewright_javascript.builtins.rows import NativeRow
from tracewright_javascript.bytecode import FIRST, AnyRealm
from tracewright_javascript.calls import call
from tracewright_javascript.conversions import MAX_SAFE_INTEGER, to_display, to_integer, to_text, to_uint32, truth
from tracewright_javascript.errors import range_error, type_error
from tracewright_javascript.families import Kind
from tracewright_javascript.keys import IS_CONCAT_SPREADABLE, NO_INDEX, Key, key_of_index
from tracewright_javascript.lookups import get_named
from tracewright_javascript.objects import JSObject, as_object, is_callable
from tracewright_javascript.realm import Realm, as_realm
from tracewright_javascript.values import (
    EMPTY,
    as_number,
    int_number,
    is_nullish,
    is_number,
    same_value_zero,
    string_value,
)
from tracewright_javascript.wrappers import to_object


def this_object(realm: AnyRealm, stack: VMStack, frame: int) -> JSObject:
    """ToObject(this). Raises GuestFault."""
    return to_object(as_realm(realm), this_of(stack, frame))


def construct_array(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    """`new Array`"""
    prototype = prototype_to_make(stack, frame, lambda where: where.array_prototype)
    result = as_realm(realm).array_of([])
    if prototype is not as_realm(realm).array_prototype:
        result = JSArray(prototype.special_shape_of_children(Kind.ARRAY), result.items, 0)
    first = argument_at(stack, frame, count, 0)
    if count == 1 and is_number(first):
        length = to_uint32(first)
        if float(length) != as_number(first):
            raise range_error("Invalid array length")
        result.set_length(length)
        return Value.of_object(result)
    for value in arguments_from(stack, frame, count, 0):
        result.push(value)
    return Value.of_object(result)


def _is_array(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return Value.of_bool(is_array(as_object(argument_at(stack, frame, count, 0))))


# The end and the beginning


def _push(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    array = as_object(this_of(stack, frame))
    if count == 1 and isinstance(array, JSArray) and append_element(as_realm(realm), array, stack[frame + FIRST]):
        return int_number(array.count)
    return _push_all(realm, stack, frame, count)


def _push_all(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    thing = this_object(realm, stack, frame)
    length = length_of(thing)
    if length + count > MAX_SAFE_INTEGER:
        raise type_error("Pushing elements past the length limit")
    for index in range(count):
        value = argument_at(stack, frame, count, index)
        if (
            not isinstance(thing, JSArray)
            or thing.length() != length
            or not append_element(as_realm(realm), thing, value)
        ):
            set_by_key(thing, key_of_index(length), value, True)
        length += 1
    if not isinstance(thing, JSArray) or thing.length() != length or thing.is_length_fixed():
        put_length(thing, length)
    return int_number(length)


def _pop(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    array = as_object(this_of(stack, frame))
    if isinstance(array, JSArray) and array.count > 0:
        value = array.pop()
        if not value.same(EMPTY):
            return value
    return _pop_slowly(realm, stack, frame)


def _pop_slowly(realm: AnyRealm, stack: VMStack, frame: int) -> Value:
    thing = this_object(realm, stack, frame)
    length = length_of(thing)
    if length == 0:
        put_length(thing, 0)
        return Value.UNDEFINED
    value = item_at(thing, length - 1)
    if isinstance(thing, JSArray) and thing.is_dense() and thing.count == length:
        thing.shorten(length - 1)
        return value
    delete_item(thing, length - 1)
    put_length(thing, length - 1)
    return value


def _shift(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    thing = this_object(realm, stack, frame)
    length = length_of(thing)
    if length == 0:
        put_length(thing, 0)
        return Value.UNDEFINED
    first = item_at(thing, 0)
    if _is_plain(thing) and isinstance(thing, JSArray):
        thing.remove(0, 1)
        return first
    for index in range(1, length):
        _move(thing, index, index - 1)
    delete_item(thing, length - 1)
    put_length(thing, length - 1)
    return first


def _unshift(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    thing = this_object(realm, stack, frame)
    length = length_of(thing)
    if count > 0:
        if length + count > MAX_SAFE_INTEGER:
            raise type_error("Invalid array length")
        if _is_plain(thing) and isinstance(thing, JSArray):
            thing.insert(0, arguments_from(stack, frame, count, 0))
            return int_number(length + count)
        for index in range(length - 1, -1, -1):
            _move(thing, index, index + count)
        for index in range(count):
            put_item(thing, index, argument_at(stack, frame, count, index))
    put_length(thing, length + count)
    return int_number(length + count)


def _is_plain(thing: JSObject) -> bool:
    """Whether elements of an array may be moved as words: nobody sees it."""
    if not isinstance(thing, JSArray) or not thing.is_dense() or not inherits_no_elements(thing):
        return False
    return not thing.has_holes()


def _move(thing: JSObject, source: int, target: int) -> None:
    """Set an element to another, or delete it where that is not there. Raises GuestFault and Thrown."""
    value = item_or_empty(thing, source)
    if value.same(EMPTY):
        delete_item(thing, target)
    else:
        put_item(thing, target, value)


# Parts


def _slice(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    thing = this_object(realm, stack, frame)
    length = length_of(thing)
    start = relative_index(argument_at(stack, frame, count, 0), length, 0)
    stop = relative_index(argument_at(stack, frame, count, 1), length, length)
    result = species_array(as_realm(realm), thing, max(stop - start, 0))
    place = 0
    while start < stop:
        value = item_or_empty(thing, start)
        if not value.same(EMPTY):
            create_item(result, place, value)
        start += 1
        place += 1
    put_length(result, place)
    return Value.of_object(result)


def _splice(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    thing = this_object(realm, stack, frame)
    length = length_of(thing)
    start = relative_index(argument_at(stack, frame, count, 0), length, 0)
    added = arguments_from(stack, frame, count, 2)
    removed = 0
    if count == 1:
        removed = length - start
    elif count > 1:
        removed = min(max(to_integer(argument_at(stack, frame, count, 1)), 0), length - start)
    if length + len(added) - removed > MAX_SAFE_INTEGER:
        raise type_error("Invalid array length")
    result = species_array(as_realm(realm), thing, removed)
    for place in range(removed):
        value = item_or_empty(thing, start + place)
        if not value.same(EMPTY):
            create_item(result, place, value)
    put_length(result, removed)
    if _is_plain(thing) and isinstance(thing, JSArray) and thing.count == length:
        thing.remove(start, removed)
        thing.insert(start, added)
        return Value.of_object(result)
    shift = len(added) - removed
    if shift < 0:
        for index in range(start + removed, length):
            _move(thing, index, index + shift)
        for index in range(length - 1, length + shift - 1, -1):
            delete_item(thing, index)
    elif shift > 0:
        for index in range(length - 1, start + removed - 1, -1):
            _move(thing, index, index + shift)
    for place in range(len(added)):
        put_item(thing, start + place, added[place])
    put_length(thing, length + shift)
    return Value.of_object(result)


def _concat(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    thing = this_object(realm, stack, frame)
    result = species_array(as_realm(realm), thing, 0)
    place = 0
    for value in [Value.of_object(thing), *arguments_from(stack, frame, count, 0)]:
        part = as_object(value)
        if part is None or not _is_spread(part):
            if place >= MAX_SAFE_INTEGER:
                raise type_error("Invalid array length")
            create_item(result, place, value)
            place += 1
            continue
        length = length_of(part)
        if place + length > MAX_SAFE_INTEGER:
            raise type_error("Invalid array length")
        for index in range(length):
            item = item_or_empty(part, index)
            if not item.same(EMPTY):
                create_item(result, place + index, item)
        place += length
    put_length(result, place)
    return Value.of_object(result)


def _is_spread(thing: JSObject) -> bool:
    spreadable = get_named(thing, IS_CONCAT_SPREADABLE.name)
    return is_array(thing) if spreadable.same(Value.UNDEFINED) else truth(spreadable)


def _copy_within(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    thing = this_object(realm, stack, frame)
    length = length_of(thing)
    target = relative_index(argument_at(stack, frame, count, 0), length, 0)
    start = relative_index(argument_at(stack, frame, count, 1), length, 0)
    stop = relative_index(argument_at(stack, frame, count, 2), length, length)
    number = min(stop - start, length - target)
    if start < target < start + number:
        for offset in range(number - 1, -1, -1):
            _move(thing, start + offset, target + offset)
    else:
        for offset in range(number):
            _move(thing, start + offset, target + offset)
    return Value.of_object(thing)


def _fill(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    thing = this_object(realm, stack, frame)
    length = length_of(thing)
    value = argument_at(stack, frame, count, 0)
    start = relative_index(argument_at(stack, frame, count, 1), length, 0)
    stop = relative_index(argument_at(stack, frame, count, 2), length, length)
    if isinstance(thing, JSArray) and thing.is_dense() and inherits_no_elements(thing) and stop <= thing.count:
        for index in range(start, stop):
            thing.put_at(index, value)
        if start == 0 and stop == thing.count:
            thing.become_numbers()
    else:
        for index in range(start, stop):
            put_item(thing, index, value)
    return Value.of_object(thing)


def _reverse(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    thing = this_object(realm, stack, frame)
    length = length_of(thing)
    for lower in range(length // 2):
        upper = length - 1 - lower
        below = item_or_empty(thing, lower)
        above = item_or_empty(thing, upper)
        if not above.same(EMPTY):
            put_item(thing, lower, above)
        elif not below.same(EMPTY):
            delete_item(thing, lower)
        if not below.same(EMPTY):
            put_item(thing, upper, below)
        elif not above.same(EMPTY):
            delete_item(thing, upper)
    return Value.of_object(thing)


# Searching


def _at(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    thing = this_object(realm, stack, frame)
    length = length_of(thing)
    index = to_integer(argument_at(stack, frame, count, 0))
    if index < 0:
        index += length
    return item_at(thing, index) if 0 <= index < length else Value.UNDEFINED


def _includes(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    thing = this_object(realm, stack, frame)
    length = length_of(thing)
    if length == 0:
        return Value.FALSE
    wanted = argument_at(stack, frame, count, 0)
    for index in range(relative_index(argument_at(stack, frame, count, 1), length, 0), length):
        if same_value_zero(item_at(thing, index), wanted):
            return Value.TRUE
    return Value.FALSE


def _index_of(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    thing = this_object(realm, stack, frame)
    length = length_of(thing)
    if length == 0:
        return int_number(-1)
    wanted = argument_at(stack, frame, count, 0)
    for index in range(relative_index(argument_at(stack, frame, count, 1), length, 0), length):
        found = item_or_empty(thing, index)
        if not found.same(EMPTY) and same_value(found, wanted):
            return int_number(index)
    return int_number(-1)


def _last_index_of(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    thing = this_object(realm, stack, frame)
    length = length_of(thing)
    if length == 0:
        return int_number(-1)
    wanted = argument_at(stack, frame, count, 0)
    start = to_integer(argument_at(stack, frame, count, 1)) if count > 1 else length - 1
    for index in range(min(start, length - 1) if start >= 0 else start + length, -1, -1):
        found = item_or_empty(thing, index)
        if not found.same(EMPTY) and same_value(found, wanted):
            return int_number(index)
    return int_number(-1)


# Text


def _join(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return _joined(as_realm(realm), this_object(realm, stack, frame), argument_at(stack, frame, count, 0), False)


def _joined(realm: Realm, thing: JSObject, separator: Value, is_local: bool) -> Value:
    """The elements' texts; an array inside of itself is empty there, as in other engines. Raises GuestFault and Thrown."""
    joining = realm.agent.joining
    if thing in joining:
        return string_value("")
    joining[thing] = True
    try:
        length = length_of(thing)
        between = "," if separator.same(Value.UNDEFINED) else to_text(separator)
        parts: list[str] = []
        for index in range(length):
            item = item_at(thing, index)
            if is_nullish(item):
                parts.append("")
            elif is_local:
                method = get_by_key(realm, item, Key("toLocaleString", NO_INDEX))
                parts.append(to_text(call(method, item, [])))
            else:
                parts.append(to_text(item))
        return string_value(between.join(parts))
    finally:
        joining.pop(thing, True)


def _to_locale_string(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return _joined(as_realm(realm), this_object(realm, stack, frame), Value.UNDEFINED, True)


def _to_string(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    thing = this_object(realm, stack, frame)
    join = get_named(thing, "join")
    if not is_callable(join):
        return object_text(realm, stack, frame, 0)
    return call(join, Value.of_object(thing), [])


# Copies


def _to_reversed(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    thing = this_object(realm, stack, frame)
    length = length_of(thing)
    result = new_array(as_realm(realm), 0)
    if length > MOST_ELEMENTS:
        raise range_error("Invalid array length")
    for index in range(length - 1, -1, -1):
        result.push(item_at(thing, index))
    return Value.of_object(result)


def _to_spliced(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    thing = this_object(realm, stack, frame)
    length = length_of(thing)
    start = relative_index(argument_at(stack, frame, count, 0), length, 0)
    removed = 0
    if count == 1:
        removed = length - start
    elif count > 1:
        removed = min(max(to_integer(argument_at(stack, frame, count, 1)), 0), length - start)
    added = arguments_from(stack, frame, count, 2)
    total = length + len(added) - removed
    if total > MAX_SAFE_INTEGER:
        raise type_error("Invalid array length")
    result = new_array(as_realm(realm), 0)
    if total > MOST_ELEMENTS:
        raise range_error("Invalid array length")
    for index in range(start):
        result.push(item_at(thing, index))
    for value in added:
        result.push(value)
    for index in range(start + removed, length):
        result.push(item_at(thing, index))
    return Value.of_object(result)


def _with(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    thing = this_object(realm, stack, frame)
    length = length_of(thing)
    index = to_integer(argument_at(stack, frame, count, 0))
    if index < 0:
        index += length
    if not 0 <= index < length:
        raise range_error(f"Invalid index : {to_display(argument_at(stack, frame, count, 0))}")
    if length > MOST_ELEMENTS:
        raise range_error("Invalid array length")
    result = new_array(as_realm(realm), 0)
    for place in range(length):
        result.push(argument_at(stack, frame, count, 1) if place == index else item_at(thing, place))
    return Value.of_object(result)


STATIC_METHODS: Final[list[NativeRow]] = [("isArray", 1, _is_array)]
METHODS: Final[list[NativeRow]] = [
    ("at", 1, _at),
    ("concat", 1, _concat),
    ("copyWithin", 2, _copy_within),
    ("fill", 1, _fill),
    ("includes", 1, _includes),
    ("indexOf", 1, _index_of),
    ("join", 1, _join),
    ("lastIndexOf", 1, _last_index_of),
    ("pop", 0, _pop),
    ("push", 1, _push),
    ("reverse", 0, _reverse),
    ("shift", 0, _shift),
    ("slice", 2, _slice),
    ("splice", 2, _splice),
    ("toLocaleString", 0, _to_locale_string),
    ("toReversed", 0, _to_reversed),
    ("toSpliced", 2, _to_spliced),
    ("toString", 0, _to_string),
    ("unshift", 1, _unshift),
    ("with", 2, _with),
]
