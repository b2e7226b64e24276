"""Ranges whose ends or step do not fit the machine word."""

from __future__ import annotations

from typing import Final, final

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.hints import dont_look_inside, immutable_fields
from tracewright.lib.big_integers import add, compare, from_int, multiply, negate, subtract
from tracewright.lib.big_integers_quotients import divide_floor
from tracewright_python import builtin_types as types
from tracewright_python.big_ints import int_value, integer, is_plain_int, plain_number
from tracewright_python.conversions import index_value, is_int_object
from tracewright_python.display import repr_text
from tracewright_python.exceptions import error, not_there
from tracewright_python.functions import PyBuiltin, PyGetSet
from tracewright_python.iterators import PyIterator, PyRange
from tracewright_python.keys import key_hash
from tracewright_python.lists import tuple_of
from tracewright_python.objects import PyObject, PyType, as_py_object
from tracewright_python.session import Session
from tracewright_python.subscripts import as_slice
from tracewright_python.texts import text_value
from tracewright_python.values import NONE, NOT_IMPLEMENTED


@final
@immutable_fields("start", "stop", "stride")
class PyLongRange(PyObject):
    """`range(start, stop, stride)` of ints of any size."""

    def __init__(self, start: Value, stop: Value, stride: Value) -> None:
        self.start = start
        self.stop = stop
        self.stride = stride

    def type_of(self) -> PyType:
        return types.LONG_RANGE

    def length(self) -> Value:
        """How many numbers."""
        start, stop, stride = integer(self.start), integer(self.stop), integer(self.stride)
        if stride.sign < 0:
            start, stop, stride = stop, start, negate(stride)
        if compare(start, stop) >= 0:
            return Value.of_int(0)
        last = subtract(subtract(stop, start), from_int(1))
        return int_value(add(divide_floor(last, stride).quotient, from_int(1)))

    def item(self, index: Value) -> Value:
        """The number at a place from 0 on."""
        return int_value(add(integer(self.start), multiply(integer(index), integer(self.stride))))


@final
class LongRangeIterator(PyIterator):
    def __init__(self, source: PyLongRange) -> None:
        self.source = source
        self.count: Value = source.length()
        self.position: Value = Value.of_int(0)

    def type_of(self) -> PyType:
        return types.LONG_RANGE_ITERATOR

    def step(self, session: Session) -> Value:
        if compare(integer(self.position), integer(self.count)) >= 0:
            return Value.UNDEFINED
        result = self.source.item(self.position)
        self.position = int_value(add(integer(self.position), from_int(1)))
        return result


def the_range(value: Value) -> PyLongRange:
    """A value that is such a range."""
    thing = as_py_object(value)
    assert isinstance(thing, PyLongRange)
    return thing


def as_long_range(value: Value) -> PyLongRange | None:
    """The range, also a small one; None for anything else."""
    thing = as_py_object(value)
    if isinstance(thing, PyRange):
        return PyLongRange(Value.of_int(thing.start), Value.of_int(thing.stop), Value.of_int(thing.stride))
    return thing if isinstance(thing, PyLongRange) else None


def length_of(session: Session, stack: VMStack, first: int, count: int) -> Value:
    length = the_range(stack[first]).length()
    if not length.is_int():
        raise error(types.OVERFLOW_ERROR, "Python int too large to convert to C ssize_t")
    return length


def truth_of(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_bool(integer(the_range(stack[first]).length()).sign != 0)


def iterate(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_object(LongRangeIterator(the_range(stack[first])))


@dont_look_inside
def reverse(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`reversed(range)`"""
    source = the_range(stack[first])
    length = integer(source.length())
    last = source.item(int_value(subtract(length, from_int(1))))
    behind = int_value(subtract(integer(source.start), integer(source.stride)))
    return Value.of_object(LongRangeIterator(PyLongRange(last, behind, int_value(negate(integer(source.stride))))))


@dont_look_inside
def get_item(session: Session, stack: VMStack, first: int, count: int) -> Value:
    source = the_range(stack[first])
    if as_slice(stack[first + 1]) is not None:
        raise not_there("slices of ranges beyond 64 bits")
    index = integer(index_value(session, stack[first + 1]))
    length = integer(source.length())
    if index.sign < 0:
        index = add(index, length)
    if index.sign < 0 or compare(index, length) >= 0:
        raise error(types.INDEX_ERROR, "range object index out of range")
    return source.item(int_value(index))


@dont_look_inside
def place_of(source: PyLongRange, value: Value) -> Value:
    """Where an int is in a range; UNDEFINED where it is not."""
    distance = subtract(integer(value), integer(source.start))
    both = divide_floor(distance, integer(source.stride))
    if both.remainder.sign != 0 or both.quotient.sign < 0:
        return Value.UNDEFINED
    return Value.UNDEFINED if compare(both.quotient, integer(source.length())) >= 0 else int_value(both.quotient)


def has_item(session: Session, stack: VMStack, first: int, count: int) -> Value:
    number = plain_number(stack[first + 1])
    if not is_int_object(stack[first + 1]) or not is_plain_int(number):
        return Value.FALSE
    return Value.of_bool(not place_of(the_range(stack[first]), number).same(Value.UNDEFINED))


def index_of(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`range.index(value)`"""
    place = Value.UNDEFINED
    if is_int_object(stack[first + 1]):
        place = place_of(the_range(stack[first]), plain_number(stack[first + 1]))
    if place.same(Value.UNDEFINED):
        raise error(types.VALUE_ERROR, f"{repr_text(session, stack[first + 1])} is not in range")
    return place


def count_of(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_int(1 if has_item(session, stack, first, count).same(Value.TRUE) else 0)


def are_equal(session: Session, stack: VMStack, first: int, count: int) -> Value:
    left, right = as_long_range(stack[first]), as_long_range(stack[first + 1])
    if left is None or right is None:
        return NOT_IMPLEMENTED
    length = integer(left.length())
    if compare(length, integer(right.length())) != 0:
        return Value.FALSE
    if length.sign == 0:
        return Value.TRUE
    if compare(integer(left.start), integer(right.start)) != 0:
        return Value.FALSE
    if compare(length, from_int(1)) == 0:
        return Value.TRUE
    return Value.of_bool(compare(integer(left.stride), integer(right.stride)) == 0)


def are_unequal(session: Session, stack: VMStack, first: int, count: int) -> Value:
    answer = are_equal(session, stack, first, count)
    return Value.of_bool(not answer.as_bool()) if answer.is_bool() else answer


def hash_range(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """That of the length, the first number and the step, as of all ranges."""
    source = the_range(stack[first])
    length = source.length()
    start = NONE if integer(length).sign == 0 else source.start
    is_single = length.is_int() and length.as_int() <= 1
    parts = tuple_of([length, start, NONE if is_single else source.stride])
    return Value.of_int(key_hash(session, parts))


def show(session: Session, stack: VMStack, first: int, count: int) -> Value:
    source = the_range(stack[first])
    parts = [repr_text(session, source.start), repr_text(session, source.stop)]
    if not (source.stride.is_int() and source.stride.as_int() == 1):
        parts.append(repr_text(session, source.stride))
    return text_value(f"range({', '.join(parts)})")


def get_start(session: Session, value: Value) -> Value:
    return the_range(value).start


def get_stop(session: Session, value: Value) -> Value:
    return the_range(value).stop


def get_step(session: Session, value: Value) -> Value:
    return the_range(value).stride


KIND: Final = types.LONG_RANGE
METHODS: Final[list[PyBuiltin]] = [
    PyBuiltin("__len__", length_of, 1, 1, KIND),
    PyBuiltin("__bool__", truth_of, 1, 1, KIND),
    PyBuiltin("__iter__", iterate, 1, 1, KIND),
    PyBuiltin("__reversed__", reverse, 1, 1, KIND),
    PyBuiltin("__getitem__", get_item, 2, 2, KIND),
    PyBuiltin("__contains__", has_item, 2, 2, KIND),
    PyBuiltin("__eq__", are_equal, 2, 2, KIND),
    PyBuiltin("__ne__", are_unequal, 2, 2, KIND),
    PyBuiltin("__hash__", hash_range, 1, 1, KIND),
    PyBuiltin("__repr__", show, 1, 1, KIND),
    PyBuiltin("index", index_of, 2, 2, KIND),
    PyBuiltin("count", count_of, 2, 2, KIND),
]
ATTRIBUTES: Final[list[PyGetSet]] = [
    PyGetSet("start", KIND, get_start, None),
    PyGetSet("stop", KIND, get_stop, None),
    PyGetSet("step", KIND, get_step, None),
]
