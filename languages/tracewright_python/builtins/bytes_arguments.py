"""What methods of `bytes` and `bytearray` do with the object and their arguments, and the results they make."""

from __future__ import annotations

from tracewright.core.value import Value
from tracewright_python.big_ints import integer, plain_number
from tracewright_python.byte_objects import PyByteArray, as_byte_array, as_bytes, bytes_of, bytes_value, required_bytes
from tracewright_python.conversions import index_value, is_int_object
from tracewright_python.exceptions import type_error, value_error
from tracewright_python.objects import special
from tracewright_python.session import Session
from tracewright_python.special_names import Special
from tracewright_python.values import NONE, type_name, type_of


def is_given(value: Value) -> bool:
    """Whether an argument is there and is not None."""
    return not value.same(Value.UNDEFINED) and not value.same(NONE)


def own_bytes(value: Value) -> bytes:
    """The bytes of the object whose method it is."""
    plain = as_bytes(value)
    if plain is not None:
        return plain.data
    data = bytes_of(value)
    assert data is not None
    return data


def like(receiver: Value, data: bytes) -> Value:
    """A result: a `bytearray` where the object is one, else `bytes`."""
    if as_byte_array(receiver) is not None:
        return Value.of_object(PyByteArray(bytearray(data)))
    return bytes_value(data)


def same_or_like(receiver: Value, own: bytes, data: bytes) -> Value:
    """The same; the object itself where nothing has changed and it cannot change."""
    plain = as_bytes(receiver)
    if plain is not None and len(own) == len(data) and own == data and type_of(receiver).is_builtin:
        return receiver
    return like(receiver, data)


def byte_argument(session: Session, value: Value, what: str) -> int:
    """A number from 0 to 255. Raises TypeError, ValueError with `what` it is."""
    number = index_value(session, value)
    if not number.is_int() or not 0 <= number.as_int() <= 255:
        raise value_error(f"{what} must be in range(0, 256)")
    return number.as_int()


def searched_bytes(session: Session, value: Value) -> bytes:
    """What is looked for: bytes, or a number that stands for one. Raises TypeError, ValueError."""
    data = bytes_of(value)
    if data is not None:
        return data
    if not is_int_object(value) and special(type_of(value), Special.INDEX).same(Value.UNDEFINED):
        raise type_error(f"argument should be integer or bytes-like object, not '{type_name(value)}'")
    return bytes([byte_argument(session, value, "byte")])


def separator_bytes(value: Value) -> bytes:
    """What stands between parts. Raises TypeError, ValueError."""
    data = required_bytes(value)
    if len(data) == 0:
        raise value_error("empty separator")
    return data


def word_argument(session: Session, value: Value, default: int) -> int:
    """A number, or the default where none is given, at the ends of the word where it does not fit."""
    if value.same(Value.UNDEFINED):
        return default
    number = index_value(session, value)
    if number.is_int():
        return number.as_int()
    return (1 << 62) if integer(plain_number(number)).sign > 0 else -(1 << 62)
