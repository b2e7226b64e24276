"""Comparison, concatenation and repetition of containers."""

from __future__ import annotations

from tracewright.core.arrays import Array, copy_items
from tracewright.core.value import Value
from tracewright.hints import dont_look_inside
from tracewright_python import builtin_types as types
from tracewright_python.big_ints import is_big, plain_number
from tracewright_python.comparison import compare
from tracewright_python.dictionaries import ABSENT, PyDict
from tracewright_python.exceptions import error, type_error
from tracewright_python.keys import is_true, keys_equal
from tracewright_python.lists import LONGEST, PyList, PyTuple, as_tuple, joined_items
from tracewright_python.session import Session
from tracewright_python.set_algebra import set_operator
from tracewright_python.sets import PySet
from tracewright_python.syntax import BinaryOperator, Comparison
from tracewright_python.texts import PyStr, concatenated, text_value
from tracewright_python.values import type_name, type_of


def values_equal(session: Session, left: Value, right: Value) -> bool:
    """Identical or equal: how containers compare what is in them."""
    if left.same(right):
        return True
    quick = compare(Comparison.EQUAL, left, right)
    if not quick.same(Value.UNDEFINED):
        return quick.same(Value.TRUE)
    if left.is_object() and right.is_object() and type_of(left).is_builtin and type_of(right).is_builtin:
        found = compare_containers(session, Comparison.EQUAL, left.as_object(), right.as_object())
        if not found.same(Value.UNDEFINED):
            return is_true(session, found)
    return keys_equal(session, left, right)


def values_less(session: Session, left: Value, right: Value) -> bool:
    """`left < right`. Raises TypeError."""
    quick = compare(Comparison.LESS, left, right)
    if not quick.same(Value.UNDEFINED):
        return quick.same(Value.TRUE)
    first, second = as_tuple(left), as_tuple(right)
    if first is not None and second is not None and type_of(left).is_builtin and type_of(right).is_builtin:
        return is_true(
            session,
            compare_rows(session, Comparison.LESS, first.items, len(first.items), second.items, len(second.items)),
        )
    return is_true(session, session.compare(session, Comparison.LESS, left, right))


def compare_rows(
    session: Session, operator: int, left: Array[Value], left_count: int, right: Array[Value], right_count: int
) -> Value:
    """A comparison of lists or tuples: the first pair that differs decides, then the lengths."""
    if left_count != right_count:
        if operator == Comparison.EQUAL:
            return Value.FALSE
        if operator == Comparison.NOT_EQUAL:
            return Value.TRUE
    index = 0
    shorter = min(left_count, right_count)
    while index < shorter and index < len(left) and index < len(right):
        if not values_equal(session, left[index], right[index]):
            if operator == Comparison.EQUAL:
                return Value.FALSE
            if operator == Comparison.NOT_EQUAL:
                return Value.TRUE
            return session.compare(session, operator, left[index], right[index])
        index += 1
    return compare(operator, Value.of_int(left_count), Value.of_int(right_count))


def compare_lists(session: Session, operator: int, left: PyList, right: PyList) -> Value:
    """The same of two lists."""
    ints, others = left.ints(), right.ints()
    if ints is None or others is None:
        return compare_rows(session, operator, left.values_now(), left.count, right.values_now(), right.count)
    shorter = min(left.count, right.count)
    index = 0
    while index < shorter and ints[index] == others[index]:
        index += 1
    if index < shorter:
        return compare(operator, Value.of_int(ints[index]), Value.of_int(others[index]))
    return compare(operator, Value.of_int(left.count), Value.of_int(right.count))


@dont_look_inside
def compare_containers(session: Session, operator: int, left: object, right: object) -> Value:
    """A comparison of two built-in containers; UNDEFINED where it is not theirs to answer."""
    if isinstance(left, PyList) and isinstance(right, PyList):
        return compare_lists(session, operator, left, right)
    if isinstance(left, PyTuple) and isinstance(right, PyTuple):
        return compare_rows(session, operator, left.items, len(left.items), right.items, len(right.items))
    if isinstance(left, PySet) and isinstance(right, PySet):
        return Value.of_bool(_compare_sets(session, operator, left, right))
    if isinstance(left, PyDict) and isinstance(right, PyDict):
        if operator == Comparison.EQUAL:
            return Value.of_bool(_dicts_equal(session, left, right))
        if operator == Comparison.NOT_EQUAL:
            return Value.of_bool(not _dicts_equal(session, left, right))
    return Value.UNDEFINED


def _dicts_equal(session: Session, left: PyDict, right: PyDict) -> bool:
    if left.length() != right.length():
        return False
    place = left.next_place(0)
    while place != ABSENT:
        value = left.values[place]
        other = right.get(session, left.keys[place])
        if other.same(Value.UNDEFINED) or not values_equal(session, value, other):
            return False
        place = left.next_place(place + 1)
    return True


def is_subset(session: Session, left: PySet, right: PySet) -> bool:
    """Whether all members of one are members of the other."""
    if left.count > right.count:
        return False
    for key in left.members():
        if not right.has(session, key):
            return False
    return True


def _compare_sets(session: Session, operator: int, left: PySet, right: PySet) -> bool:
    match operator:
        case Comparison.EQUAL:
            return left.count == right.count and is_subset(session, left, right)
        case Comparison.NOT_EQUAL:
            return left.count != right.count or not is_subset(session, left, right)
        case Comparison.LESS_EQUAL:
            return is_subset(session, left, right)
        case Comparison.LESS:
            return left.count < right.count and is_subset(session, left, right)
        case Comparison.GREATER_EQUAL:
            return is_subset(session, right, left)
        case _:
            return right.count < left.count and is_subset(session, right, left)


@dont_look_inside
def repeated_row(items: Array[Value], count: int, times: int) -> Array[Value]:
    """A row so many times."""
    if times <= 0 or count == 0:
        return Array(0, Value.UNDEFINED)
    if count > LONGEST // times:
        raise MemoryError
    if count == 1:
        return Array(times, items[0])
    result: Array[Value] = Array(count * times, Value.UNDEFINED)
    for turn in range(times):
        copy_items(items, 0, result, turn * count, count)
    return result


@dont_look_inside
def container_operator(session: Session, operator: int, given: Value, other: Value) -> Value:
    """A binary operator on containers and texts; UNDEFINED where it is not theirs."""
    if operator == BinaryOperator.MULTIPLY:
        times = plain_number(other)
        if times.is_int():
            return _repeated(given, times.as_int())
        count = plain_number(given)
        if count.is_int():
            return _repeated(other, count.as_int())
        if is_big(times) and given.is_object() and isinstance(given.as_object(), (PyList, PyTuple, PyStr)):
            raise error(types.OVERFLOW_ERROR, "cannot fit 'int' into an index-sized integer")
        return Value.UNDEFINED
    if not given.is_object() or not other.is_object():
        if operator == BinaryOperator.ADD and given.is_object():
            return _wrong_concatenation(given, other)
        return Value.UNDEFINED
    left, right = given.as_object(), other.as_object()
    if operator == BinaryOperator.ADD:
        if isinstance(left, PyStr) and isinstance(right, PyStr):
            return concatenated(left, right)
        if isinstance(left, PyList) and isinstance(right, PyList):
            return Value.of_object(left.joined(right))
        if isinstance(left, PyTuple) and isinstance(right, PyTuple):
            return Value.of_object(PyTuple(joined_items(left.items, len(left.items), right.items, len(right.items))))
        return _wrong_concatenation(given, other)
    if isinstance(left, PySet) and isinstance(right, PySet):
        return set_operator(session, operator, left, right)
    if isinstance(left, PyDict) and isinstance(right, PyDict) and operator == BinaryOperator.BITWISE_OR:
        merged = PyDict()
        merged.update_from(session, left)
        merged.update_from(session, right)
        return Value.of_object(merged)
    return Value.UNDEFINED


def _wrong_concatenation(given: Value, other: Value) -> Value:
    """TypeErrors of `+` that name the left side's type."""
    left = given.as_object()
    if isinstance(left, PyStr):
        raise type_error(f'can only concatenate str (not "{type_name(other)}") to str')
    if isinstance(left, PyList):
        raise type_error(f'can only concatenate list (not "{type_name(other)}") to list')
    if isinstance(left, PyTuple):
        raise type_error(f'can only concatenate tuple (not "{type_name(other)}") to tuple')
    return Value.UNDEFINED


def _repeated(given: Value, times: int) -> Value:
    if not given.is_object():
        return Value.UNDEFINED
    thing = given.as_object()
    if isinstance(thing, PyStr):
        if times > 0 and thing.length > LONGEST // times:
            raise MemoryError
        return text_value(thing.text() * max(times, 0))
    if isinstance(thing, PyList):
        return Value.of_object(thing.repeated(times))
    if isinstance(thing, PyTuple):
        return Value.of_object(PyTuple(repeated_row(thing.items, len(thing.items), times)))
    return Value.UNDEFINED
