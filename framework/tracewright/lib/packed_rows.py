"""Rows of Values that hold ints alone, or doubles alone, as bare words: what lists and arrays of guest languages keep their elements in.

    kind INTS      17, 4, -3        a trace loads and stores an int, and nobody asks what it is
    kind FLOATS    0.5, 1.0         likewise
    kind VALUES    "a", 1, None     anything; also what a language means by no element

A row is handed about as an `Array[Value]` beside its kind; only the functions of this module look into one that is not of VALUES. (To the collector an
array is what it was made as.) When a row gets another kind is for the language to say.
"""

from __future__ import annotations

from typing import Final, cast

from tracewright.core.arrays import Array, copy_items, unchecked_get, unchecked_set
from tracewright.core.value import Value
from tracewright.hints import inlined

VALUES: Final = 0
INTS: Final = 1
FLOATS: Final = 2


def kind_for(value: Value) -> int:
    """Of a row that holds this alone."""
    return INTS if value.is_int() else FLOATS if value.is_float() else VALUES


def common_kind(row: Array[Value], start: int, count: int) -> int:
    """Of a row that holds so many Values of this one, which is of VALUES."""
    if count <= 0:
        return VALUES
    kind = kind_for(unchecked_get(row, start))
    index = start + 1
    while kind != VALUES and index < start + count:
        if kind_for(unchecked_get(row, index)) != kind:
            kind = VALUES
        index += 1
    return kind


def ints_of(row: Array[Value]) -> Array[int]:
    """A row of INTS as what it is."""
    return cast(Array[int], row)


def floats_of(row: Array[Value]) -> Array[float]:
    """A row of FLOATS as what it is."""
    return cast(Array[float], row)


def new_row(kind: int, room: int, nothing: Value) -> Array[Value]:
    """A row of zeros, or of `nothing`."""
    if kind == INTS:
        ints: Array[int] = Array(room, 0)
        return cast(Array[Value], ints)
    if kind == FLOATS:
        floats: Array[float] = Array(room, 0.0)
        return cast(Array[Value], floats)
    return Array(room, Value.UNDEFINED) if nothing.same(Value.UNDEFINED) else Array(room, nothing)  # new memory is that


@inlined
def get(row: Array[Value], kind: int, index: int) -> Value:
    """What is at an index that the row has."""
    if kind == INTS:
        return Value.of_int(unchecked_get(ints_of(row), index))
    if kind == FLOATS:
        return Value.of_float(unchecked_get(floats_of(row), index))
    return unchecked_get(row, index)


@inlined
def put(row: Array[Value], kind: int, index: int, value: Value) -> bool:
    """Replace what is at an index that the row has; False where a row of this kind cannot hold it."""
    if kind == VALUES:
        unchecked_set(row, index, value)
    elif kind == INTS and value.is_int():
        unchecked_set(ints_of(row), index, value.as_int())
    elif kind == FLOATS and value.is_float():
        unchecked_set(floats_of(row), index, value.as_float())
    else:
        return False
    return True


def copy(source: Array[Value], start: int, target: Array[Value], to: int, count: int, kind: int) -> None:
    """Elements of a row into a row of the same kind, which may be the same one."""
    if kind == INTS:
        copy_items(ints_of(source), start, ints_of(target), to, count)
    elif kind == FLOATS:
        copy_items(floats_of(source), start, floats_of(target), to, count)
    else:
        copy_items(source, start, target, to, count)


def pick(source: Array[Value], start: int, stride: int, target: Array[Value], count: int, kind: int) -> None:
    """Elements that lie `stride` apart into the beginning of a row of the same kind."""
    if stride == 1:
        copy(source, start, target, 0, count, kind)
    elif kind == INTS:
        ints, picked_ints = ints_of(source), ints_of(target)
        for index in range(count):
            unchecked_set(picked_ints, index, unchecked_get(ints, start + index * stride))
    elif kind == FLOATS:
        floats, picked_floats = floats_of(source), floats_of(target)
        for index in range(count):
            unchecked_set(picked_floats, index, unchecked_get(floats, start + index * stride))
    else:
        for index in range(count):
            unchecked_set(target, index, unchecked_get(source, start + index * stride))


def resized(row: Array[Value], kind: int, count: int, room: int, nothing: Value) -> Array[Value]:
    """A row of the same kind with the first `count` elements and room for more."""
    larger = new_row(kind, room, nothing)
    copy(row, 0, larger, 0, count, kind)
    return larger


def as_values(row: Array[Value], kind: int, count: int, room: int, nothing: Value) -> Array[Value]:
    """A row of VALUES with the first `count` elements and room for more."""
    values = new_row(VALUES, room, nothing)
    for index in range(count):
        unchecked_set(values, index, get(row, kind, index))
    return values


def packed(values: Array[Value], start: int, count: int, kind: int, room: int) -> Array[Value]:
    """A row of INTS or FLOATS with so many of these Values, which are of that kind."""
    row = new_row(kind, room, Value.UNDEFINED)
    for index in range(count):
        put(row, kind, index, unchecked_get(values, start + index))
    return row
