"""The methods of typed arrays that call no function for each element (23.2.3)."""

from __future__ import annotations

from typing import Final

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright_javascript.access import get_by_key
from tracewright_javascript.arithmetic import same_value
from tracewright_javascript.builtins.arguments import argument_at, this_of
from tracewright_javascript.builtins.array_access import item_at, length_of, relative_index
from tracewright_javascript.builtins.iterators import ArrayIterator, Contents
from tracewright_javascript.builtins.rows import NativeRow
from tracewright_javascript.builtins.typed_array_access import require_in_bounds, this_view, valid_view
from tracewright_javascript.builtins.typed_array_making import (
    copy_elements,
    require_same_content,
    same_type,
    species_of_length,
    species_typed_array,
)
from tracewright_javascript.bytecode import AnyRealm
from tracewright_javascript.calls import call
from tracewright_javascript.conversions import to_display, to_integer, to_text
from tracewright_javascript.element_kinds import numeric_for
from tracewright_javascript.errors import range_error
from tracewright_javascript.keys import NO_INDEX, Key
from tracewright_javascript.objects import as_object
from tracewright_javascript.realm import Realm, as_realm
from tracewright_javascript.typed_arrays import TRACKING, JSTypedArray
from tracewright_javascript.values import int_number, is_nullish, same_value_zero, string_value
from tracewright_javascript.wrappers import to_object

# Questions about the view


def get_buffer(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    """`buffer`"""
    return Value.of_object(this_view(stack, frame).buffer)


def get_byte_length(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    """`byteLength`"""
    view = this_view(stack, frame)
    return int_number(view.count() << view.shift)


def get_byte_offset(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    """`byteOffset`"""
    view = this_view(stack, frame)
    return int_number(0 if view.is_out_of_bounds() else view.offset)


def get_length(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    """`length`"""
    return int_number(this_view(stack, frame).count())


def get_tag(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    """`[Symbol.toStringTag]`: undefined for what is no typed array."""
    view = as_object(this_of(stack, frame))
    return string_value(view.name()) if isinstance(view, JSTypedArray) else Value.UNDEFINED


# Reading


def _at(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    view = valid_view(stack, frame, "at")
    length = view.count()
    index = to_integer(argument_at(stack, frame, count, 0))
    return view.element(index + length if index < 0 else index)


def _includes(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    view = valid_view(stack, frame, "includes")
    length = view.count()
    if length == 0:
        return Value.FALSE
    wanted = argument_at(stack, frame, count, 0)
    for index in range(relative_index(argument_at(stack, frame, count, 1), length, 0), length):
        if same_value_zero(view.element(index), wanted):
            return Value.TRUE
    return Value.FALSE


def _index_of(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    view = valid_view(stack, frame, "indexOf")
    length = view.count()
    if length == 0:
        return int_number(-1)
    wanted = argument_at(stack, frame, count, 0)
    start = relative_index(argument_at(stack, frame, count, 1), length, 0)
    for index in range(start, min(length, view.count())):
        if same_value(view.load(index), wanted):
            return int_number(index)
    return int_number(-1)


def _last_index_of(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    view = valid_view(stack, frame, "lastIndexOf")
    length = view.count()
    if length == 0:
        return int_number(-1)
    wanted = argument_at(stack, frame, count, 0)
    start = to_integer(argument_at(stack, frame, count, 1)) if count > 1 else length - 1
    last = min(start, length - 1) if start >= 0 else start + length
    for index in range(min(last, view.count() - 1), -1, -1):
        if same_value(view.load(index), wanted):
            return int_number(index)
    return int_number(-1)


def _join(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    view = valid_view(stack, frame, "join")
    length = view.count()
    given = argument_at(stack, frame, count, 0)
    between = "," if given.same(Value.UNDEFINED) else to_text(given)
    parts: list[str] = []
    for index in range(length):
        item = view.element(index)
        parts.append("" if item.same(Value.UNDEFINED) else to_text(item))
    return string_value(between.join(parts))


def _to_locale_string(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    view = valid_view(stack, frame, "toLocaleString")
    parts: list[str] = []
    for index in range(view.count()):
        item = view.element(index)
        if is_nullish(item):
            parts.append("")
        else:
            method = get_by_key(as_realm(realm), item, Key("toLocaleString", NO_INDEX))
            parts.append(to_text(call(method, item, [])))
    return string_value(",".join(parts))


# Writing


def _fill(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    view = valid_view(stack, frame, "fill")
    length = view.count()
    number = numeric_for(view.kind, argument_at(stack, frame, count, 0))
    start = relative_index(argument_at(stack, frame, count, 1), length, 0)
    stop = relative_index(argument_at(stack, frame, count, 2), length, length)
    require_in_bounds(view, "fill")
    for index in range(start, min(stop, view.count())):
        view.store(index, number)
    return Value.of_object(view)


def _copy_within(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    view = valid_view(stack, frame, "copyWithin")
    length = view.count()
    target = relative_index(argument_at(stack, frame, count, 0), length, 0)
    start = relative_index(argument_at(stack, frame, count, 1), length, 0)
    stop = relative_index(argument_at(stack, frame, count, 2), length, length)
    number = min(stop - start, length - target)
    if number > 0:
        require_in_bounds(view, "copyWithin")
        number = min(number, view.count() - max(start, target))
        if number > 0:
            copy_elements(view, target, view, start, number)
    return Value.of_object(view)


def _reverse(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    view = valid_view(stack, frame, "reverse")
    length = view.count()
    for lower in range(length // 2):
        upper = length - 1 - lower
        kept = view.load(lower)
        view.store(lower, view.load(upper))
        view.store(upper, kept)
    return Value.of_object(view)


def _set(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    view = this_view(stack, frame)
    offset = to_integer(argument_at(stack, frame, count, 1))
    if offset < 0:
        raise range_error("offset is out of bounds")
    source = as_object(argument_at(stack, frame, count, 0))
    require_in_bounds(view, "set")
    if isinstance(source, JSTypedArray):
        _set_elements(view, offset, source)
    else:
        _set_items(as_realm(realm), view, offset, argument_at(stack, frame, count, 0))
    return Value.UNDEFINED


def _set_elements(view: JSTypedArray, offset: int, source: JSTypedArray) -> None:
    """SetTypedArrayFromTypedArray."""
    require_in_bounds(source, "set")
    length = source.count()
    require_same_content(view, source)
    if length + offset > view.count():
        raise range_error("offset is out of bounds")
    if source.buffer is view.buffer and source.kind != view.kind:
        values = [source.load(index) for index in range(length)]
        for index in range(length):
            view.store(offset + index, values[index])
    else:
        copy_elements(view, offset, source, 0, length)


def _set_items(realm: Realm, view: JSTypedArray, offset: int, given: Value) -> None:
    """SetTypedArrayFromArrayLike."""
    room = view.count()
    source = to_object(realm, given)
    length = length_of(source)
    if length + offset > room:
        raise range_error("offset is out of bounds")
    for index in range(length):
        view.set_element(offset + index, item_at(source, index))


# Parts and copies


def _slice(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    view = valid_view(stack, frame, "slice")
    length = view.count()
    start = relative_index(argument_at(stack, frame, count, 0), length, 0)
    stop = relative_index(argument_at(stack, frame, count, 1), length, length)
    number = max(stop - start, 0)
    result = species_of_length(as_realm(realm), view, number)
    if number > 0:
        require_in_bounds(view, "slice")
        number = min(min(stop, view.count()) - start, number)
        if view.kind == result.kind:
            _copy_forward(result, view, start, min(number, result.count()))
        else:
            for index in range(number):
                result.set_element(index, view.element(start + index))
    return Value.of_object(result)


def _copy_forward(result: JSTypedArray, view: JSTypedArray, start: int, number: int) -> None:
    """Byte by byte, the first one first, as `slice` says: the constructor may have made a view of the same buffer."""
    if result.buffer is not view.buffer:
        if number > 0:
            copy_elements(result, 0, view, start, number)
        return
    block = view.buffer.block
    taken = view.offset + (start << view.shift)
    for index in range(number << view.shift):
        block.put(result.offset + index, block.get(taken + index))


def _subarray(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    view = this_view(stack, frame)
    length = view.count()
    start = relative_index(argument_at(stack, frame, count, 0), length, 0)
    end = argument_at(stack, frame, count, 1)
    arguments = [Value.of_object(view.buffer)]
    number = 0
    if view.fixed_length == TRACKING and end.same(Value.UNDEFINED):
        arguments.append(int_number(view.offset + (start << view.shift)))
    else:
        number = max(relative_index(end, length, length) - start, 0)
        arguments.append(int_number(view.offset + (start << view.shift)))
        arguments.append(int_number(number))
    return Value.of_object(species_typed_array(as_realm(realm), view, arguments, 0))


def _to_reversed(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    view = valid_view(stack, frame, "toReversed")
    length = view.count()
    result = same_type(as_realm(realm), view, length)
    for index in range(length):
        result.store(index, view.load(length - 1 - index))
    return Value.of_object(result)


def _with(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    view = valid_view(stack, frame, "with")
    length = view.count()
    index = to_integer(argument_at(stack, frame, count, 0))
    if index < 0:
        index += length
    number = numeric_for(view.kind, argument_at(stack, frame, count, 1))
    if not 0 <= index < view.count():
        raise range_error(f"Invalid typed array index {to_display(argument_at(stack, frame, count, 0))}")
    result = same_type(as_realm(realm), view, length)
    for place in range(length):
        result.set_element(place, number if place == index else view.element(place))
    return Value.of_object(result)


# Iterators


def _iterator(realm: AnyRealm, stack: VMStack, frame: int, method: str, contents: int) -> Value:
    where = as_realm(realm)
    view = valid_view(stack, frame, method)
    return Value.of_object(
        ArrayIterator(where.array_iterator_prototype.bare_shape_of_children(), where, view, contents)
    )


def _keys(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return _iterator(realm, stack, frame, "keys", Contents.KEYS)


def _values(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return _iterator(realm, stack, frame, "values", Contents.VALUES)


def _entries(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return _iterator(realm, stack, frame, "entries", Contents.ENTRIES)


METHODS: Final[list[NativeRow]] = [
    ("at", 1, _at),
    ("copyWithin", 2, _copy_within),
    ("entries", 0, _entries),
    ("fill", 1, _fill),
    ("includes", 1, _includes),
    ("indexOf", 1, _index_of),
    ("join", 1, _join),
    ("keys", 0, _keys),
    ("lastIndexOf", 1, _last_index_of),
    ("reverse", 0, _reverse),
    ("set", 1, _set),
    ("slice", 2, _slice),
    ("subarray", 2, _subarray),
    ("toLocaleString", 0, _to_locale_string),
    ("toReversed", 0, _to_reversed),
    ("values", 0, _values),
    ("with", 2, _with),
]
