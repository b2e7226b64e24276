"""Arrays: adding, removing, cutting, pairing. All give a new array, which is the old one where the caller gave it away."""

from typing import Final

from tracewright.core.arrays import Array, copy_items
from tracewright.core.integers import ovf_neg, ovf_sub, wrap_add
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright_ruff.builtins.arguments import array_at, float_of, int_at, int_of, is_number
from tracewright_ruff.errors import GuestError
from tracewright_ruff.objects import W_Array, W_Bytes, array_from_list, given, owned_array, share
from tracewright_ruff.session import ARITY_ANY, ARITY_METADATA, ARITY_STRICT, Session, W_Native

LONGEST_RANGE: Final = 1 << 32  # 32 GiB of elements


def _owned(stack: VMStack, first: int, moved: int, name: str) -> W_Array:
    """The first argument as an array that may be changed."""
    array = owned_array(stack, first, moved, 0)
    if array is None:
        raise GuestError(f"{name}() requires an array as the first argument")
    return array


def _read(stack: VMStack, first: int, name: str) -> W_Array:
    """The first argument as an array that is only read."""
    return array_at(stack, first, f"{name}() requires an array argument")


def part_of(array: W_Array, start: int, end: int) -> Value:
    """A new array of the elements `start` up to `end`, which must lie in the array."""
    length = max(end - start, 0)
    items: Array[Value] = Array(length, Value.UNDEFINED)
    for index in range(length):
        items[index] = share(array.items[start + index])
    return Value.of_object(W_Array(items, length))


def pair(left: Value, right: Value) -> Value:
    """`[left, right]`, both owned."""
    items: Array[Value] = Array(2, left)
    items[1] = right
    return Value.of_object(W_Array(items, 2))


def remove_element(array: W_Array, index: int) -> Value:
    """Take one element out of an array that may be changed."""
    removed = array.items[index]
    last = array.length - 1
    copy_items(array.items, index + 1, array.items, index, last - index)
    array.items[last] = Value.UNDEFINED
    array.length = last
    return removed


def native_push(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`push(a, x)`"""
    value = given(stack, first, moved, 1)  # first, so that `push(a, a)` finds a shared and copies it
    array = _owned(stack, first, moved, "push")
    array.append(value)
    return Value.of_object(array)


def native_pop(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`pop(a)`: `[rest, last]`"""
    array = _owned(stack, first, moved, "pop")
    if array.length == 0:
        return pair(Value.of_object(array), Value.of_int(0))
    last = remove_element(array, array.length - 1)
    return pair(Value.of_object(array), last)


def native_insert(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`insert(a, i, x)`"""
    array = _read(stack, first, "insert")
    place = int_at(stack, first + 1, "insert() index must be a number")
    if not 0 <= place <= array.length:
        raise GuestError(f"insert() index {_unsigned(place)} out of bounds for array of length {array.length}")
    value = given(stack, first, moved, 2)
    changed = _owned(stack, first, moved, "insert")
    changed.append(Value.NULL)
    copy_items(changed.items, place, changed.items, place + 1, changed.length - 1 - place)
    changed.items[place] = value
    return Value.of_object(changed)


def native_remove_at(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`remove_at(a, i)`: `[rest, removed]`"""
    array = _read(stack, first, "remove_at")
    place = int_at(stack, first + 1, "remove_at() index must be a number")
    if not 0 <= place < array.length:
        raise GuestError(f"remove_at() index {_unsigned(place)} out of bounds for array of length {array.length}")
    changed = _owned(stack, first, moved, "remove_at")
    removed = remove_element(changed, place)
    return pair(Value.of_object(changed), removed)


def _unsigned(number: int) -> str:
    """The word's text, read as unsigned, which is how Ruff shows a negative position."""
    if number >= 0:
        return str(number)
    tens = 1844674407370955161  # 2**64 is this times ten plus 6
    below = -number
    last = 6 - below % 10
    borrow = 1 if last < 0 else 0
    return f"{tens - below // 10 - borrow}{last + 10 * borrow}"


def native_slice(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`slice(a, start, end)`: also of bytes; negative positions count from the end"""
    start = int_at(stack, first + 1, "slice() start must be a number")
    end = int_at(stack, first + 2, "slice() end must be a number")
    value = stack[first]
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, W_Bytes):
            start = _position(start, len(thing.data))
            return Value.of_object(W_Bytes(thing.data[start : max(_position(end, len(thing.data)), start)]))
    array = _read(stack, first, "slice")
    return part_of(array, _position(start, array.length), _position(end, array.length))


def _position(index: int, length: int) -> int:
    """A slice's bound brought into 0..length."""
    return max(min(index + length if index < 0 else index, length), 0)


def native_concat(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`concat(a, b)`"""
    other = array_at(stack, first + 1, "concat() requires two array arguments")
    length = other.length  # `concat(a, a)` must not chase its own end
    array = _owned(stack, first, moved, "concat")
    for index in range(length):
        array.append(share(other.items[index]))
    return Value.of_object(array)


def native_reverse(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`reverse(a)`"""
    array = _read(stack, first, "reverse")
    items: Array[Value] = Array(array.length, Value.UNDEFINED)
    for index in range(array.length):
        items[array.length - 1 - index] = share(array.items[index])
    return Value.of_object(W_Array(items, array.length))


def native_sum(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`sum(a)`: an int until a float is met; what is no number is passed over; ints wrap"""
    array = _read(stack, first, "sum")
    ints = 0
    for index in range(array.length):
        value = array.items[index]
        if value.is_int():
            ints = wrap_add(ints, value.as_int())
        elif value.is_float():
            return _float_sum(array, index, float(ints))
    return Value.of_int(ints)


def _float_sum(array: W_Array, start: int, total: float) -> Value:
    for index in range(start, array.length):
        value = array.items[index]
        if is_number(value):
            total = total + float_of(value)
    return Value.of_float(total)


def native_range(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`range(end)`, `range(start, end)`, `range(start, end, step)`"""
    if not 1 <= count <= 3:
        raise GuestError("range() requires 1, 2, or 3 arguments")
    for index in range(count):
        if not is_number(stack[first + index]):
            raise GuestError("range() requires numeric arguments")
    start = int_of(stack[first]) if count > 1 else 0
    end = int_of(stack[first + 1]) if count > 1 else int_of(stack[first])
    step = int_of(stack[first + 2]) if count == 3 else 1
    length = _range_length(start, end, step)
    items: Array[Value] = Array(length, Value.UNDEFINED)
    for index in range(length):
        items[index] = Value.of_int(start + index * step)
    return Value.of_object(W_Array(items, length))


def _range_length(start: int, end: int, step: int) -> int:
    """How many numbers lie in the range; an error where no array could hold them."""
    try:
        distance = ovf_sub(end, start) if step > 0 else ovf_sub(start, end)
        stride = step if step > 0 else ovf_neg(step)
    except OverflowError:
        raise GuestError("range() is too large")
    if stride == 0:
        raise GuestError("range() step cannot be zero")
    if distance <= 0:
        return 0
    if (distance - 1) // stride >= LONGEST_RANGE:
        raise GuestError("range() is too large")
    return (distance - 1) // stride + 1


# Pieces and pairs


def native_chunk(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`chunk(a, n)`"""
    array = _read(stack, first, "chunk")
    size = int_at(stack, first + 1, "chunk() size must be a number")
    if size <= 0:
        return array_from_list([part_of(array, 0, array.length)])
    pieces: list[Value] = []
    start = 0
    while start < array.length:
        end = min(start + min(size, array.length), array.length)
        pieces.append(part_of(array, start, end))
        start = end
    return array_from_list(pieces)


def native_windows(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`windows(a, n)`"""
    array = _read(stack, first, "windows")
    size = int_at(stack, first + 1, "windows() size must be a number")
    pieces: list[Value] = []
    if 0 < size <= array.length:
        for start in range(array.length - size + 1):
            pieces.append(part_of(array, start, start + size))
    return array_from_list(pieces)


def native_take(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`take(a, n)`"""
    array = _read(stack, first, "take")
    wanted = int_at(stack, first + 1, "take() count must be a number")
    return part_of(array, 0, min(max(wanted, 0), array.length))


def native_skip(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`skip(a, n)`"""
    array = _read(stack, first, "skip")
    passed = int_at(stack, first + 1, "skip() count must be a number")
    return part_of(array, min(max(passed, 0), array.length), array.length)


def native_zip(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`zip(a, b)`: as long as the shorter"""
    left = _read(stack, first, "zip")
    right = _read(stack, first + 1, "zip")
    pairs: list[Value] = []
    for index in range(min(left.length, right.length)):
        pairs.append(pair(share(left.items[index]), share(right.items[index])))
    return array_from_list(pairs)


def native_enumerate(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`enumerate(a)`"""
    array = _read(stack, first, "enumerate")
    pairs: list[Value] = []
    for index in range(array.length):
        pairs.append(pair(Value.of_int(index), share(array.items[index])))
    return array_from_list(pairs)


def native_flatten(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`flatten(a)`: one level"""
    array = _read(stack, first, "flatten")
    items: list[Value] = []
    for index in range(array.length):
        value = array.items[index]
        if value.is_object():
            inner = value.as_object()
            if isinstance(inner, W_Array):
                for position in range(inner.length):
                    items.append(share(inner.items[position]))
                continue
        items.append(share(value))
    return array_from_list(items)


def native_collect(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`collect(a)`: the array itself"""
    _read(stack, first, "collect")
    return given(stack, first, moved, 0)


ROWS: Final[list[W_Native]] = [
    W_Native("push", 2, 2, ARITY_STRICT, native_push),
    W_Native("append", 2, 2, ARITY_STRICT, native_push),
    W_Native("pop", 1, 1, ARITY_STRICT, native_pop, gives_rest=True),
    W_Native("insert", 3, 3, ARITY_STRICT, native_insert),
    W_Native("remove_at", 2, 2, ARITY_STRICT, native_remove_at, gives_rest=True),
    W_Native("slice", 3, 3, ARITY_STRICT, native_slice),
    W_Native("concat", 2, 2, ARITY_STRICT, native_concat),
    W_Native("reverse", 1, 1, ARITY_STRICT, native_reverse),
    W_Native("sum", 1, 1, ARITY_STRICT, native_sum),
    W_Native("range", 1, 3, ARITY_ANY, native_range),
    W_Native("chunk", 2, 2, ARITY_STRICT, native_chunk),
    W_Native("windows", 2, 2, ARITY_STRICT, native_windows),
    W_Native("take", 2, 2, ARITY_STRICT, native_take),
    W_Native("skip", 2, 2, ARITY_STRICT, native_skip),
    W_Native("zip", 2, 2, ARITY_STRICT, native_zip),
    W_Native("enumerate", 1, 1, ARITY_STRICT, native_enumerate),
    W_Native("flatten", 1, 1, ARITY_STRICT, native_flatten),
    W_Native("collect", 1, 1, ARITY_METADATA, native_collect),
]
