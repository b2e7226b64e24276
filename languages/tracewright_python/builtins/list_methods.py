"""Methods of `list`, `tuple` and `range`."""

from __future__ import annotations

from tracewright.core.arrays import Array, array_of
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.hints import dont_look_inside
from tracewright.lib.array_tools import array_from
from tracewright_python import builtin_types as types
from tracewright_python.containers import values_equal
from tracewright_python.conversions import truth, word_index, word_saturated
from tracewright_python.display import repr_text
from tracewright_python.exceptions import error, value_error
from tracewright_python.functions import PyBuiltin
from tracewright_python.iterators import PyRange
from tracewright_python.lists import NO_VALUES, PyList, PyTuple, as_list, as_tuple, place_of_int
from tracewright_python.objects import as_py_object
from tracewright_python.operators import extend_list, range_has
from tracewright_python.session import Session
from tracewright_python.sorting import sort_values
from tracewright_python.values import NONE


def the_list(value: Value) -> PyList:
    """A value that is a list."""
    found = as_list(value)
    assert found is not None
    return found


def append(session: Session, stack: VMStack, first: int, count: int) -> Value:
    the_list(stack[first]).append(stack[first + 1])
    return NONE


def extend(session: Session, stack: VMStack, first: int, count: int) -> Value:
    extend_list(session, the_list(stack[first]), stack[first + 1])
    return NONE


def insert(session: Session, stack: VMStack, first: int, count: int) -> Value:
    row = the_list(stack[first])
    index = word_index(session, stack[first + 1])
    if index < 0:
        index = max(index + row.count, 0)
    row.insert(min(index, row.count), stack[first + 2])
    return NONE


def pop(session: Session, stack: VMStack, first: int, count: int) -> Value:
    row = the_list(stack[first])
    if row.count == 0:
        raise error(types.INDEX_ERROR, "pop from empty list")
    if stack[first + 1].same(Value.UNDEFINED):
        return row.pop_last()
    index = word_index(session, stack[first + 1])
    if index < 0:
        index += row.count
    if not 0 <= index < row.count:
        raise error(types.INDEX_ERROR, "pop index out of range")
    return row.remove_at(index)


@dont_look_inside
def remove(session: Session, stack: VMStack, first: int, count: int) -> Value:
    row = the_list(stack[first])
    index = 0
    while index < row.count:
        if values_equal(session, row.at(index), stack[first + 1]):
            row.remove_at(index)
            return NONE
        index += 1
    raise value_error("list.remove(x): x not in list")


def clear(session: Session, stack: VMStack, first: int, count: int) -> Value:
    row = the_list(stack[first])
    row.replace(0, row.count, NO_VALUES, 0)
    return NONE


def copy(session: Session, stack: VMStack, first: int, count: int) -> Value:
    row = the_list(stack[first])
    return Value.of_object(row.part(0, 1, row.count))


@dont_look_inside
def reverse(session: Session, stack: VMStack, first: int, count: int) -> Value:
    the_list(stack[first]).reverse()
    return NONE


@dont_look_inside
def sort(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`list.sort(key=None, reverse=False)`; the list is empty meanwhile, for those who look."""
    row = the_list(stack[first])
    values = row.values()
    row.replace(0, row.count, NO_VALUES, 0)
    is_reversed = not stack[first + 2].same(Value.UNDEFINED) and truth(session, stack[first + 2])
    try:
        sort_values(session, values, stack[first + 1], is_reversed)
    finally:
        was_changed = row.count > 0
        row.replace(0, row.count, array_from(values, NONE), len(values))
    if was_changed:
        raise value_error("list modified during sort")
    return NONE


@dont_look_inside
def found_at(session: Session, items: Array[Value], count: int, value: Value, start: int) -> int:
    """The first place of a value from `start` on, or -1."""
    index = start
    while index < min(count, len(items)):
        if values_equal(session, items[index], value):
            return index
        index += 1
    return -1


def _found_among(
    session: Session, row: PyList | None, several: PyTuple | None, count: int, value: Value, start: int
) -> int:
    """The same in a list or a tuple."""
    if row is None:
        return found_at(session, several.items, count, value, start) if several is not None else -1
    ints = row.ints()
    if ints is not None and value.is_int():
        return place_of_int(ints, min(count, row.count), value.as_int(), start)
    index = start
    while index < min(count, row.count):
        if values_equal(session, row.at(index), value):
            return index
        index += 1
    return -1


@dont_look_inside
def index_of(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`index(value, start, stop)` of lists and tuples."""
    row, several = as_list(stack[first]), as_tuple(stack[first])
    length = row.count if row is not None else len(several.items) if several is not None else 0
    start = end_of(session, stack[first + 2], length, 0)
    stop = end_of(session, stack[first + 3], length, length)
    found = _found_among(session, row, several, min(stop, length), stack[first + 1], start)
    if found < 0:
        if row is not None:
            raise value_error(f"{repr_text(session, stack[first + 1])} is not in list")
        raise value_error("tuple.index(x): x not in tuple")
    return Value.of_int(found)


def end_of(session: Session, given: Value, length: int, default: int) -> int:
    """An end of a search."""
    if given.same(Value.UNDEFINED):
        return default
    index = word_saturated(session, given)
    return max(index + length, 0) if index < 0 else index


@dont_look_inside
def count_of(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`count(value)` of lists and tuples."""
    row, several = as_list(stack[first]), as_tuple(stack[first])
    length = row.count if row is not None else len(several.items) if several is not None else 0
    total = 0
    place = _found_among(session, row, several, length, stack[first + 1], 0)
    while place >= 0:
        total += 1
        place = _found_among(session, row, several, length, stack[first + 1], place + 1)
    return Value.of_int(total)


def the_range(value: Value) -> PyRange:
    """A value that is a range."""
    thing = as_py_object(value)
    assert isinstance(thing, PyRange)
    return thing


def range_count(session: Session, stack: VMStack, first: int, count: int) -> Value:
    number = stack[first + 1]
    return Value.of_int(1 if number.is_int() and range_has(the_range(stack[first]), number.as_int()) else 0)


def range_index(session: Session, stack: VMStack, first: int, count: int) -> Value:
    thing, number = the_range(stack[first]), stack[first + 1]
    if not number.is_int() or not range_has(thing, number.as_int()):
        raise value_error(f"{repr_text(session, number)} is not in range")
    return Value.of_int((number.as_int() - thing.start) // thing.stride)


METHODS: list[PyBuiltin] = [
    PyBuiltin("append", append, 2, 2, types.LIST),
    PyBuiltin("extend", extend, 2, 2, types.LIST),
    PyBuiltin("insert", insert, 3, 3, types.LIST),
    PyBuiltin("pop", pop, 1, 2, types.LIST),
    PyBuiltin("remove", remove, 2, 2, types.LIST),
    PyBuiltin("clear", clear, 1, 1, types.LIST),
    PyBuiltin("copy", copy, 1, 1, types.LIST),
    PyBuiltin("reverse", reverse, 1, 1, types.LIST),
    PyBuiltin("sort", sort, 1, 1, types.LIST, array_of(["key", "reverse"]), 2),
    PyBuiltin("index", index_of, 2, 4, types.LIST),
    PyBuiltin("count", count_of, 2, 2, types.LIST),
    PyBuiltin("index", index_of, 2, 4, types.TUPLE),
    PyBuiltin("count", count_of, 2, 2, types.TUPLE),
    PyBuiltin("index", range_index, 2, 2, types.RANGE),
    PyBuiltin("count", range_count, 2, 2, types.RANGE),
]
