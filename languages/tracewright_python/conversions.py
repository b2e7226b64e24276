"""From a value to what the engine needs of it: its truth, an index, a length, a text."""

from __future__ import annotations

from tracewright.core.arrays import Array
from tracewright.core.value import Value
from tracewright.hints import dont_look_inside
from tracewright.lib.array_tools import array_from
from tracewright_python import builtin_types as types
from tracewright_python.big_ints import InstanceOfNumber, as_big, integer, is_big, plain_number
from tracewright_python.byte_objects import PyBytes
from tracewright_python.calls import call
from tracewright_python.dictionaries import PyDict
from tracewright_python.errors import Raised
from tracewright_python.exceptions import as_exception, error, type_error
from tracewright_python.functions import is_native
from tracewright_python.iterators import PyIterator, PyRange, builtin_iterator, iterator_of
from tracewright_python.keys import is_true
from tracewright_python.lists import PyList, PyTuple, as_list
from tracewright_python.objects import special
from tracewright_python.session import Session
from tracewright_python.sets import PySet
from tracewright_python.special_names import Special
from tracewright_python.texts import PyStr, as_str
from tracewright_python.values import NONE, type_name, type_of


def truth(session: Session, value: Value) -> bool:
    """Whether a value counts as true."""
    if value.is_bool():
        return value.same(Value.TRUE)
    if value.is_int():
        return value.as_int() != 0
    if value.same(NONE):
        return False
    if value.is_float():
        return value.as_float() != 0.0
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, PyStr) and type_of(value).is_builtin:
            return thing.length != 0
        if isinstance(thing, PyList) and type_of(value).is_builtin:
            return thing.count != 0
        if isinstance(thing, PyDict) and type_of(value).is_builtin:
            return thing.length() != 0
        if isinstance(thing, PyTuple) and type_of(value).is_builtin:
            return len(thing.items) != 0
        if isinstance(thing, PySet) and type_of(value).is_builtin:
            return thing.count != 0
        if isinstance(thing, PyBytes) and type_of(value).is_builtin:
            return len(thing.data) != 0
        kind = type_of(value)
        if special(kind, Special.BOOL).same(Value.UNDEFINED) and special(kind, Special.LEN).same(Value.UNDEFINED):
            return True
    return true_slowly(session, value)


@dont_look_inside
def true_slowly(session: Session, value: Value) -> bool:
    """The same by the methods of its class."""
    return is_true(session, value)


def index_value(session: Session, value: Value) -> Value:
    """`operator.index(value)`: an int in one of its two forms. Raises TypeError."""
    return value if value.is_int() else _index_slowly(session, value)


@dont_look_inside
def _index_slowly(session: Session, value: Value) -> Value:
    plain = plain_number(value)
    if plain.is_int() or is_big(plain):
        return plain
    method = special(type_of(value), Special.INDEX)
    if method.same(Value.UNDEFINED) or value.is_float():
        raise type_error(f"'{type_name(value)}' object cannot be interpreted as an integer")
    result = plain_number(call(session, method, [value]))
    if not result.is_int() and not is_big(result):
        raise type_error(f"__index__ returned non-int (type {type_name(result)})")
    return result


def word_index(session: Session, value: Value) -> int:
    """The same as a word of the machine. Raises IndexError where it does not fit."""
    result = index_value(session, value)
    if not result.is_int():
        raise error(types.INDEX_ERROR, f"cannot fit '{type_name(value)}' into an index-sized integer")
    return result.as_int()


def word_saturated(session: Session, value: Value) -> int:
    """The same, at the ends of the word where it does not fit: for the ends of slices."""
    result = index_value(session, value)
    if result.is_int():
        return result.as_int()
    return (1 << 62) if integer(result).sign > 0 else -(1 << 62)


def length(session: Session, value: Value) -> int:
    """`len(value)`. Raises TypeError."""
    if value.is_object() and is_native(type_of(value), Special.LEN):
        thing = value.as_object()
        if isinstance(thing, PyList):
            return thing.count
        if isinstance(thing, PyStr):
            return thing.length
        if isinstance(thing, PyTuple):
            return len(thing.items)
        if isinstance(thing, PyDict):
            return thing.length()
        if isinstance(thing, PySet):
            return thing.count
        if isinstance(thing, PyRange):
            return thing.length()
        if isinstance(thing, PyBytes):
            return len(thing.data)
    return length_slowly(session, value)


@dont_look_inside
def length_slowly(session: Session, value: Value) -> int:
    """The same by the method of its class."""
    method = special(type_of(value), Special.LEN)
    if method.same(Value.UNDEFINED) or method.same(NONE):
        raise type_error(f"object of type '{type_name(value)}' has no len()")
    return checked_length(session, call(session, method, [value]))


@dont_look_inside
def checked_length(session: Session, given: Value) -> int:
    """What `__len__` has returned. Raises TypeError, ValueError, OverflowError."""
    result = index_value(session, given)
    if not result.is_int():
        raise error(types.OVERFLOW_ERROR, "cannot fit 'int' into an index-sized integer")
    if result.as_int() < 0:
        raise error(types.VALUE_ERROR, "__len__() should return >= 0")
    return result.as_int()


@dont_look_inside
def values_of(session: Session, value: Value) -> list[Value]:
    """All that an iterable has. Raises TypeError."""
    found = builtin_iterator(value)
    if found is not None:
        thing = value.as_object()
        if isinstance(thing, PyList):
            return thing.values()
        if isinstance(thing, PyTuple):
            return list(thing.items)
        return rest_of(session, found)
    if value.is_object() and is_native(type_of(value), Special.ITER):
        thing = value.as_object()
        if isinstance(thing, PySet):
            return thing.members()
    return values_from_iterator(session, iterator_of(session, value))


def items_of(session: Session, value: Value) -> Array[Value]:
    """The same in an array of their own."""
    row = as_list(value)
    if row is not None and type_of(value).is_builtin:
        return row.items()
    return array_from(values_of(session, value), Value.UNDEFINED)


def rest_of(session: Session, iterator: PyIterator) -> list[Value]:
    """What is left of a built-in iterator."""
    values: list[Value] = []
    while True:
        value = iterator.step(session)
        if value.same(Value.UNDEFINED):
            return values
        values.append(value)


@dont_look_inside
def values_from_iterator(session: Session, iterator: Value) -> list[Value]:
    """What is left of any iterator."""
    values: list[Value] = []
    while True:
        value = next_value(session, iterator)
        if value.same(Value.UNDEFINED):
            return values
        values.append(value)


@dont_look_inside
def next_value(session: Session, iterator: Value) -> Value:
    """The next value of any iterator; UNDEFINED at its end."""
    if iterator.is_object():
        thing = iterator.as_object()
        if isinstance(thing, PyIterator):
            return thing.step(session)
    method = special(type_of(iterator), Special.NEXT)
    if method.same(Value.UNDEFINED):
        raise type_error(f"'{type_name(iterator)}' object is not an iterator")
    try:
        return call(session, method, [iterator])
    except Raised as raised:
        exception = as_exception(raised.value)
        if exception is not None and exception.type_of().derives_from(types.STOP_ITERATION):
            return Value.UNDEFINED
        raise


def required_text(value: Value, what: str) -> str:
    """The text of a str. Raises TypeError with `what` it is."""
    found = as_str(value)
    if found is None:
        raise type_error(f"{what} must be str, not {type_name(value)}")
    return found.text()


def is_int_object(value: Value) -> bool:
    """Whether it is an int in any form, also a bool or of a derived class."""
    if value.is_int() or value.is_bool() or as_big(value) is not None:
        return True
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, InstanceOfNumber):
            return not thing.number.is_float()
    return False
