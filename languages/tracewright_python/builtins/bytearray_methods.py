"""What changes a `bytearray`."""

from __future__ import annotations

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.hints import dont_look_inside
from tracewright_python import builtin_types as types
from tracewright_python.builtins.bytes_arguments import byte_argument
from tracewright_python.byte_objects import PyByteArray, as_byte_array, bytes_of
from tracewright_python.conversions import index_value, is_int_object, values_of, word_index
from tracewright_python.exceptions import error, type_error, value_error
from tracewright_python.functions import PyBuiltin
from tracewright_python.objects import special
from tracewright_python.session import Session
from tracewright_python.special_names import Special
from tracewright_python.subscripts import PySlice, as_slice, place_in, stretch_of
from tracewright_python.texts import as_str
from tracewright_python.values import NONE, type_name, type_of


def the_array(value: Value) -> PyByteArray:
    """A value that is a `bytearray`."""
    found = as_byte_array(value)
    assert found is not None
    return found


@dont_look_inside
def bytes_from_values(session: Session, value: Value, what: str) -> bytes:
    """The bytes of a bytes-like object or of an iterable of numbers, which messages call `what`. Raises TypeError, ValueError."""
    data = bytes_of(value)
    if data is not None:
        return data
    result = bytearray()
    for item in values_of(session, value):
        result.append(byte_of(session, item, what))
    return bytes(result)


def byte_of(session: Session, value: Value, what: str) -> int:
    """One number that is put into bytes. Raises TypeError, ValueError."""
    if not is_int_object(value) and special(type_of(value), Special.INDEX).same(Value.UNDEFINED):
        raise type_error(f"'{type_name(value)}' object cannot be interpreted as an integer")
    return byte_argument(session, value, what)


def append(session: Session, stack: VMStack, first: int, count: int) -> Value:
    target = the_array(stack[first])
    code = byte_of(session, stack[first + 1], "byte")
    target.check_resizable()
    target.data.append(code)
    return NONE


@dont_look_inside
def extend(session: Session, stack: VMStack, first: int, count: int) -> Value:
    target = the_array(stack[first])
    if as_str(stack[first + 1]) is not None:
        raise type_error("expected iterable of integers; got: 'str'")
    if bytes_of(stack[first + 1]) is None and special(type_of(stack[first + 1]), Special.ITER).same(Value.UNDEFINED):
        if special(type_of(stack[first + 1]), Special.GETITEM).same(Value.UNDEFINED):
            raise type_error(f"can't extend bytearray with {type_name(stack[first + 1])}")
    data = bytes_from_values(session, stack[first + 1], "byte")
    if len(data) > 0:
        target.check_resizable()
        target.data.extend(data)
    return NONE


def insert(session: Session, stack: VMStack, first: int, count: int) -> Value:
    target = the_array(stack[first])
    place = word_index(session, stack[first + 1])
    code = byte_of(session, stack[first + 2], "byte")
    target.check_resizable()
    target.data.insert(place, code)
    return NONE


def pop(session: Session, stack: VMStack, first: int, count: int) -> Value:
    target = the_array(stack[first])
    place = -1 if stack[first + 1].same(Value.UNDEFINED) else word_index(session, stack[first + 1])
    length = len(target.data)
    if length == 0:
        raise error(types.INDEX_ERROR, "pop from empty bytearray")
    if not -length <= place < length:
        raise error(types.INDEX_ERROR, "pop index out of range")
    target.check_resizable()
    return Value.of_int(target.data.pop(place))


@dont_look_inside
def remove(session: Session, stack: VMStack, first: int, count: int) -> Value:
    target = the_array(stack[first])
    code = byte_of(session, stack[first + 1], "byte")
    for place in range(len(target.data)):
        if target.data[place] == code:
            target.check_resizable()
            del target.data[place]
            return NONE
    raise value_error("value not found in bytearray")


def reverse(session: Session, stack: VMStack, first: int, count: int) -> Value:
    the_array(stack[first]).data.reverse()
    return NONE


def clear(session: Session, stack: VMStack, first: int, count: int) -> Value:
    target = the_array(stack[first])
    target.check_resizable()
    target.data = bytearray()
    return NONE


def copy(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_object(PyByteArray(bytearray(bytes(the_array(stack[first]).data))))


def set_item(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`data[key] = value`"""
    target = the_array(stack[first])
    part = as_slice(stack[first + 1])
    if part is not None:
        set_stretch(session, target, part, assigned_bytes(session, stack[first + 2]))
        return NONE
    place = place_in(session, "bytearray", stack[first + 1], len(target.data), "bytearray index out of range")
    code = byte_of(session, stack[first + 2], "byte")
    if place >= len(target.data):
        raise error(types.INDEX_ERROR, "bytearray index out of range")
    target.data[place] = code
    return NONE


def assigned_bytes(session: Session, value: Value) -> bytes:
    """What a slice is replaced by. Raises TypeError, ValueError."""
    if is_int_object(value) or as_str(value) is not None:
        raise type_error("can assign only bytes, buffers, or iterables of ints in range(0, 256)")
    return bytes_from_values(session, value, "byte")


def set_stretch(session: Session, target: PyByteArray, part: PySlice, data: bytes) -> None:
    """`target[start:stop:stride] = data`"""
    stretch = stretch_of(session, part, len(target.data))
    if stretch.stride == 1:
        stop = max(stretch.start, stretch.stop)
        if stop - stretch.start != len(data):
            target.check_resizable()
        target.data[stretch.start : stop] = data
        return
    if len(data) == 0:
        delete_stretch(session, target, part)
        return
    if len(data) != stretch.count:
        raise value_error(f"attempt to assign bytes of size {len(data)} to extended slice of size {stretch.count}")
    place = stretch.start
    for code in data:
        target.data[place] = code
        place += stretch.stride


def delete_stretch(session: Session, target: PyByteArray, part: PySlice) -> None:
    """`del target[start:stop:stride]`"""
    stretch = stretch_of(session, part, len(target.data))
    if stretch.count == 0:
        return
    target.check_resizable()
    first, step = stretch.start, stretch.stride
    if step < 0:
        first, step = stretch.start + (stretch.count - 1) * step, -step
    kept = bytearray()
    last = first + (stretch.count - 1) * step
    for place in range(len(target.data)):
        if place < first or place > last or (place - first) % step != 0:
            kept.append(target.data[place])
    target.data = kept


@dont_look_inside
def delete_item(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`del data[key]`"""
    target = the_array(stack[first])
    part = as_slice(stack[first + 1])
    if part is not None:
        delete_stretch(session, target, part)
        return NONE
    place = place_in(session, "bytearray", stack[first + 1], len(target.data), "bytearray index out of range")
    target.check_resizable()
    del target.data[place]
    return NONE


@dont_look_inside
def add_in_place(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`data += other`"""
    target = the_array(stack[first])
    data = bytes_of(stack[first + 1])
    if data is None:
        raise type_error(f"can't concat {type_name(stack[first + 1])} to bytearray")
    if len(data) > 0:
        target.check_resizable()
        target.data.extend(data)
    return stack[first]


@dont_look_inside
def multiply_in_place(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`data *= times`"""
    target = the_array(stack[first])
    if not is_int_object(stack[first + 1]):
        raise type_error(f"can't multiply sequence by non-int of type '{type_name(stack[first + 1])}'")
    times = index_value(session, stack[first + 1])
    if not times.is_int():
        raise error(types.OVERFLOW_ERROR, "cannot fit 'int' into an index-sized integer")
    target.check_resizable()
    target.data = bytearray(bytes(target.data) * times.as_int())
    return stack[first]


METHODS: list[PyBuiltin] = [
    PyBuiltin("append", append, 2, 2, types.BYTEARRAY),
    PyBuiltin("extend", extend, 2, 2, types.BYTEARRAY),
    PyBuiltin("insert", insert, 3, 3, types.BYTEARRAY),
    PyBuiltin("pop", pop, 1, 2, types.BYTEARRAY),
    PyBuiltin("remove", remove, 2, 2, types.BYTEARRAY),
    PyBuiltin("reverse", reverse, 1, 1, types.BYTEARRAY),
    PyBuiltin("clear", clear, 1, 1, types.BYTEARRAY),
    PyBuiltin("copy", copy, 1, 1, types.BYTEARRAY),
    PyBuiltin("__setitem__", set_item, 3, 3, types.BYTEARRAY),
    PyBuiltin("__delitem__", delete_item, 2, 2, types.BYTEARRAY),
    PyBuiltin("__iadd__", add_in_place, 2, 2, types.BYTEARRAY),
    PyBuiltin("__imul__", multiply_in_place, 2, 2, types.BYTEARRAY),
]
