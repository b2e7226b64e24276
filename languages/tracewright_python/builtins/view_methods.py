"""What the views of dicts do as sets, and the attributes and methods of `range` and `slice`."""

from __future__ import annotations

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.hints import dont_look_inside
from tracewright_python import builtin_types as types
from tracewright_python.containers import is_subset, values_equal
from tracewright_python.conversions import values_of, word_index
from tracewright_python.exceptions import value_error
from tracewright_python.functions import Native, PyBuiltin, PyGetSet
from tracewright_python.iterators import DictPart, PyDictView, PyRange
from tracewright_python.lists import tuple_of
from tracewright_python.objects import PyType, as_py_object
from tracewright_python.session import Session
from tracewright_python.set_algebra import common, exchange, set_of, take_out, update
from tracewright_python.sets import PySet, as_set
from tracewright_python.special_names import REFLECTED, SPECIAL_NAMES, Special
from tracewright_python.subscripts import PySlice, stretch_of
from tracewright_python.syntax import BinaryOperator, Comparison
from tracewright_python.values import NOT_IMPLEMENTED, type_of

SET_OPERATORS = (
    BinaryOperator.BITWISE_AND,
    BinaryOperator.BITWISE_OR,
    BinaryOperator.SUBTRACT,
    BinaryOperator.BITWISE_XOR,
)


def as_view(value: Value) -> PyDictView | None:
    """The view of a dict; None for anything else."""
    thing = as_py_object(value)
    return thing if isinstance(thing, PyDictView) else None


def copied_set(session: Session, value: Value) -> PySet:
    """A new set of all that a value has. Raises TypeError."""
    result = PySet()
    view = as_view(value)
    if view is not None and view.part == DictPart.KEYS:
        result.reserve(view.source.length())
    update(session, result, value)
    return result


@dont_look_inside
def combined(session: Session, operator: int, left: Value, right: Value) -> Value:
    """A set operator on a view and anything that can be iterated, in CPython's steps (see `set_algebra`)."""
    if operator == BinaryOperator.BITWISE_AND:
        return Value.of_object(_intersection(session, left, right))
    result = copied_set(session, left)
    if operator == BinaryOperator.BITWISE_XOR:
        exchange(session, result, right)
    elif operator == BinaryOperator.SUBTRACT:
        take_out(session, result, right)
    else:
        update(session, result, right)
    return Value.of_object(result)


def _intersection(session: Session, left: Value, right: Value) -> PySet:
    """`left & right`, one of which is a view."""
    if as_view(left) is None:
        left, right = right, left
    other, view, second = as_set(right), as_view(left), as_view(right)
    assert view is not None
    if other is not None and type_of(right) is types.SET and view.source.length() <= other.count:
        return common(session, other, left)
    if second is not None and second.source.length() > view.source.length():
        left, right = right, left
    known = copied_set(session, left)
    result = PySet()
    for item in values_of(session, right):
        if known.has(session, item):
            result.add(session, item)
    return result


def _combining(operator: int, is_reflected: bool) -> Native:
    def method(session: Session, stack: VMStack, first: int, count: int) -> Value:
        left, right = stack[first], stack[first + 1]
        return combined(session, operator, right, left) if is_reflected else combined(session, operator, left, right)

    return method


def is_set_like(value: Value) -> bool:
    """Whether a view can be compared with it: a set, or a view of keys or items."""
    return as_set(value) is not None or isinstance(as_py_object(value), PyDictView)


def _comparing(operator: int) -> Native:
    def method(session: Session, stack: VMStack, first: int, count: int) -> Value:
        if not is_set_like(stack[first + 1]):
            return NOT_IMPLEMENTED
        left, right = copied_set(session, stack[first]), set_of(session, stack[first + 1])
        match operator:
            case Comparison.EQUAL:
                return Value.of_bool(left.count == right.count and is_subset(session, left, right))
            case Comparison.NOT_EQUAL:
                return Value.of_bool(left.count != right.count or not is_subset(session, left, right))
            case Comparison.LESS:
                return Value.of_bool(left.count < right.count and is_subset(session, left, right))
            case Comparison.LESS_EQUAL:
                return Value.of_bool(is_subset(session, left, right))
            case Comparison.GREATER:
                return Value.of_bool(left.count > right.count and is_subset(session, right, left))
            case _:
                return Value.of_bool(is_subset(session, right, left))

    return method


@dont_look_inside
def isdisjoint(session: Session, stack: VMStack, first: int, count: int) -> Value:
    own = copied_set(session, stack[first])
    for item in values_of(session, stack[first + 1]):
        if own.has(session, item):
            return Value.FALSE
    return Value.TRUE


def _view_methods(owner: PyType) -> list[PyBuiltin]:
    methods = [PyBuiltin("isdisjoint", isdisjoint, 2, 2, owner)]
    for operator in SET_OPERATORS:
        methods.append(PyBuiltin(SPECIAL_NAMES[operator], _combining(operator, False), 2, 2, owner))
        methods.append(PyBuiltin(SPECIAL_NAMES[operator + REFLECTED], _combining(operator, True), 2, 2, owner))
    for comparison in range(Comparison.EQUAL, Comparison.GREATER_EQUAL + 1):
        methods.append(PyBuiltin(SPECIAL_NAMES[Special.EQ + comparison], _comparing(comparison), 2, 2, owner))
    return methods


# --- range ---


def the_range(value: Value) -> PyRange:
    """A value that is a range."""
    thing = as_py_object(value)
    assert isinstance(thing, PyRange)
    return thing


def same_range(left: PyRange, right: PyRange) -> bool:
    """Whether two ranges have the same numbers."""
    length = left.length()
    if length != right.length():
        return False
    return length == 0 or left.start == right.start and (length == 1 or left.stride == right.stride)


def range_equal(session: Session, stack: VMStack, first: int, count: int) -> Value:
    other = as_py_object(stack[first + 1])
    return Value.of_bool(same_range(the_range(stack[first]), other)) if isinstance(other, PyRange) else NOT_IMPLEMENTED


def range_unequal(session: Session, stack: VMStack, first: int, count: int) -> Value:
    other = as_py_object(stack[first + 1])
    if not isinstance(other, PyRange):
        return NOT_IMPLEMENTED
    return Value.of_bool(not same_range(the_range(stack[first]), other))


def range_start(session: Session, value: Value) -> Value:
    return Value.of_int(the_range(value).start)


def range_stop(session: Session, value: Value) -> Value:
    return Value.of_int(the_range(value).stop)


def range_step(session: Session, value: Value) -> Value:
    return Value.of_int(the_range(value).stride)


# --- slice ---


def the_slice(value: Value) -> PySlice:
    """A value that is a slice."""
    thing = as_py_object(value)
    assert isinstance(thing, PySlice)
    return thing


def slice_start(session: Session, value: Value) -> Value:
    return the_slice(value).start


def slice_stop(session: Session, value: Value) -> Value:
    return the_slice(value).stop


def slice_step(session: Session, value: Value) -> Value:
    return the_slice(value).stride


@dont_look_inside
def slice_indices(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`part.indices(length)`: start, stop and step for a row of that length."""
    length = word_index(session, stack[first + 1])
    if length < 0:
        raise value_error("length should not be negative")
    stretch = stretch_of(session, the_slice(stack[first]), length)
    return tuple_of([Value.of_int(stretch.start), Value.of_int(stretch.stop), Value.of_int(stretch.stride)])


def same_slice(session: Session, left: PySlice, right: PySlice) -> bool:
    """Whether two slices have equal parts."""
    return (
        values_equal(session, left.start, right.start)
        and values_equal(session, left.stop, right.stop)
        and values_equal(session, left.stride, right.stride)
    )


@dont_look_inside
def slice_equal(session: Session, stack: VMStack, first: int, count: int) -> Value:
    other = as_py_object(stack[first + 1])
    if not isinstance(other, PySlice):
        return NOT_IMPLEMENTED
    return Value.of_bool(same_slice(session, the_slice(stack[first]), other))


@dont_look_inside
def slice_unequal(session: Session, stack: VMStack, first: int, count: int) -> Value:
    other = as_py_object(stack[first + 1])
    if not isinstance(other, PySlice):
        return NOT_IMPLEMENTED
    return Value.of_bool(not same_slice(session, the_slice(stack[first]), other))


METHODS: list[PyBuiltin] = [
    *_view_methods(types.DICT_KEYS),
    *_view_methods(types.DICT_ITEMS),
    PyBuiltin("__eq__", range_equal, 2, 2, types.RANGE),
    PyBuiltin("__ne__", range_unequal, 2, 2, types.RANGE),
    PyBuiltin("__eq__", slice_equal, 2, 2, types.SLICE),
    PyBuiltin("__ne__", slice_unequal, 2, 2, types.SLICE),
    PyBuiltin("indices", slice_indices, 2, 2, types.SLICE),
]
ATTRIBUTES: list[PyGetSet] = [
    PyGetSet("start", types.RANGE, range_start, None),
    PyGetSet("stop", types.RANGE, range_stop, None),
    PyGetSet("step", types.RANGE, range_step, None),
    PyGetSet("start", types.SLICE, slice_start, None),
    PyGetSet("stop", types.SLICE, slice_stop, None),
    PyGetSet("step", types.SLICE, slice_step, None),
]
