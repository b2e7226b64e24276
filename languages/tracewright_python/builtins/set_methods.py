"""Methods of `set` and `frozenset`. The operators want sets on both sides; the methods take anything that can be iterated."""

from __future__ import annotations

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.hints import dont_look_inside
from tracewright_python import builtin_types as types
from tracewright_python import set_algebra
from tracewright_python.conversions import values_of
from tracewright_python.exceptions import error, error_with
from tracewright_python.functions import MANY_ARGUMENTS, PyBuiltin
from tracewright_python.objects import PyType
from tracewright_python.session import Session
from tracewright_python.set_algebra import copy_of, set_of
from tracewright_python.sets import PySet, as_set
from tracewright_python.values import NONE


def the_set(value: Value) -> PySet:
    """A value that is a set."""
    found = as_set(value)
    assert found is not None
    return found


# --- one member ---


def add(session: Session, stack: VMStack, first: int, count: int) -> Value:
    the_set(stack[first]).add(session, stack[first + 1])
    return NONE


def discard(session: Session, stack: VMStack, first: int, count: int) -> Value:
    the_set(stack[first]).discard(session, stack[first + 1])
    return NONE


def remove(session: Session, stack: VMStack, first: int, count: int) -> Value:
    if not the_set(stack[first]).discard(session, stack[first + 1]):
        raise error_with(types.KEY_ERROR, stack[first + 1])
    return NONE


def pop(session: Session, stack: VMStack, first: int, count: int) -> Value:
    source = the_set(stack[first])
    if source.count == 0:
        raise error(types.KEY_ERROR, "pop from an empty set")
    return source.pop()


def clear(session: Session, stack: VMStack, first: int, count: int) -> Value:
    the_set(stack[first]).clear()
    return NONE


@dont_look_inside
def copy(session: Session, stack: VMStack, first: int, count: int) -> Value:
    source = the_set(stack[first])
    if source.type_of() is types.FROZENSET:
        return stack[first]
    return Value.of_object(copy_of(session, source))


# --- whole sets ---


@dont_look_inside
def union(session: Session, stack: VMStack, first: int, count: int) -> Value:
    result = copy_of(session, the_set(stack[first]))
    for index in range(1, count):
        set_algebra.update(session, result, stack[first + index])
    return Value.of_object(result)


def _common(session: Session, stack: VMStack, first: int, count: int) -> PySet:
    own = the_set(stack[first])
    result = own if count > 1 else copy_of(session, own)
    for index in range(1, count):
        result = set_algebra.common(session, result, stack[first + index])
    return result


@dont_look_inside
def intersection(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_object(_common(session, stack, first, count))


@dont_look_inside
def difference(session: Session, stack: VMStack, first: int, count: int) -> Value:
    own = the_set(stack[first])
    if count == 1:
        return Value.of_object(copy_of(session, own))
    result = set_algebra.without(session, own, stack[first + 1])
    for index in range(2, count):
        set_algebra.take_out(session, result, stack[first + index])
    return Value.of_object(result)


def symmetric_difference(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_object(set_algebra.in_one_only(session, the_set(stack[first]), stack[first + 1]))


@dont_look_inside
def update(session: Session, stack: VMStack, first: int, count: int) -> Value:
    for index in range(1, count):
        set_algebra.update(session, the_set(stack[first]), stack[first + index])
    return NONE


@dont_look_inside
def intersection_update(session: Session, stack: VMStack, first: int, count: int) -> Value:
    the_set(stack[first]).become(_common(session, stack, first, count))
    return NONE


@dont_look_inside
def difference_update(session: Session, stack: VMStack, first: int, count: int) -> Value:
    for index in range(1, count):
        set_algebra.take_out(session, the_set(stack[first]), stack[first + index])
    return NONE


def symmetric_difference_update(session: Session, stack: VMStack, first: int, count: int) -> Value:
    set_algebra.exchange(session, the_set(stack[first]), stack[first + 1])
    return NONE


# --- comparisons ---


def _is_within(session: Session, small: PySet, large: PySet) -> bool:
    if small.count > large.count:
        return False
    for member in small.members():
        if not large.has(session, member):
            return False
    return True


@dont_look_inside
def issubset(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_bool(_is_within(session, the_set(stack[first]), set_of(session, stack[first + 1])))


@dont_look_inside
def issuperset(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_bool(_is_within(session, set_of(session, stack[first + 1]), the_set(stack[first])))


@dont_look_inside
def isdisjoint(session: Session, stack: VMStack, first: int, count: int) -> Value:
    own = the_set(stack[first])
    for item in values_of(session, stack[first + 1]):
        if own.has(session, item):
            return Value.FALSE
    return Value.TRUE


def _common_methods(owner: PyType) -> list[PyBuiltin]:
    """Those that both kinds of sets have."""
    return [
        PyBuiltin("copy", copy, 1, 1, owner),
        PyBuiltin("union", union, 1, MANY_ARGUMENTS, owner),
        PyBuiltin("intersection", intersection, 1, MANY_ARGUMENTS, owner),
        PyBuiltin("difference", difference, 1, MANY_ARGUMENTS, owner),
        PyBuiltin("symmetric_difference", symmetric_difference, 2, 2, owner),
        PyBuiltin("issubset", issubset, 2, 2, owner),
        PyBuiltin("issuperset", issuperset, 2, 2, owner),
        PyBuiltin("isdisjoint", isdisjoint, 2, 2, owner),
    ]


METHODS: list[PyBuiltin] = [
    *_common_methods(types.SET),
    *_common_methods(types.FROZENSET),
    PyBuiltin("add", add, 2, 2, types.SET),
    PyBuiltin("discard", discard, 2, 2, types.SET),
    PyBuiltin("remove", remove, 2, 2, types.SET),
    PyBuiltin("pop", pop, 1, 1, types.SET),
    PyBuiltin("clear", clear, 1, 1, types.SET),
    PyBuiltin("update", update, 1, MANY_ARGUMENTS, types.SET),
    PyBuiltin("intersection_update", intersection_update, 1, MANY_ARGUMENTS, types.SET),
    PyBuiltin("difference_update", difference_update, 1, MANY_ARGUMENTS, types.SET),
    PyBuiltin("symmetric_difference_update", symmetric_difference_update, 2, 2, types.SET),
]
