"""Between ints, texts and bytes: `int.to_bytes`, `int.from_bytes`, `str.encode`."""

from __future__ import annotations

from typing import Final

from tracewright.core.arrays import array_of
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.hints import dont_look_inside
from tracewright.lib.big_integers_bits import from_bytes
from tracewright_python import builtin_types as types
from tracewright_python.big_ints import int_value, plain_number
from tracewright_python.builtins.bytes_operators import made_bytes
from tracewright_python.byte_objects import bytes_value
from tracewright_python.calls import call
from tracewright_python.codecs_text import encoded
from tracewright_python.conversions import required_text, truth, word_index
from tracewright_python.exceptions import error, type_error, value_error
from tracewright_python.functions import PyBuiltin, PyClassMethod
from tracewright_python.packed_numbers import bytes_of_number
from tracewright_python.session import Session
from tracewright_python.texts import as_str
from tracewright_python.values import type_name


def is_given(value: Value) -> bool:
    """Whether an argument is there."""
    return not value.same(Value.UNDEFINED)


def is_big_order(value: Value) -> bool:
    """Whether the most significant byte comes first. Raises TypeError, ValueError."""
    if not is_given(value):
        return True
    text = as_str(value)
    if text is None:
        raise type_error(f"argument 'byteorder' must be str, not {type_name(value)}")
    if text.text() not in ("big", "little"):
        raise value_error("byteorder must be either 'little' or 'big'")
    return text.text() == "big"


@dont_look_inside
def int_to_bytes(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`number.to_bytes(length=1, byteorder="big", *, signed=False)`. Raises OverflowError."""
    size = word_index(session, stack[first + 1]) if is_given(stack[first + 1]) else 1
    is_big = is_big_order(stack[first + 2])
    is_signed = is_given(stack[first + 3]) and truth(session, stack[first + 3])
    if size < 0:
        raise value_error("length argument must be non-negative")
    try:
        return bytes_value(bytes_of_number(plain_number(stack[first]), size, is_big, is_signed))
    except OverflowError as problem:
        raise error(types.OVERFLOW_ERROR, str(problem))


@dont_look_inside
def int_from_bytes(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`int.from_bytes(bytes, byteorder="big", *, signed=False)`"""
    if as_str(stack[first + 1]) is not None:
        raise type_error("cannot convert 'str' object to bytes")
    is_big = is_big_order(stack[first + 2])
    is_signed = is_given(stack[first + 3]) and truth(session, stack[first + 3])
    if plain_number(stack[first + 1]).is_int():
        raise type_error("cannot convert 'int' object to bytes")
    data = made_bytes(session, "bytes", stack[first + 1], Value.UNDEFINED, Value.UNDEFINED)
    result = int_value(from_bytes(data, is_big, is_signed))
    return result if stack[first].same(Value.of_object(types.INT)) else call(session, stack[first], [result])


@dont_look_inside
def encode(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`text.encode(encoding="utf-8", errors="strict")`"""
    encoding = "utf-8"
    errors = "strict"
    if is_given(stack[first + 1]):
        encoding = required_text(stack[first + 1], "encode() argument 'encoding'")
    if is_given(stack[first + 2]):
        errors = required_text(stack[first + 2], "encode() argument 'errors'")
    return bytes_value(encoded(session, stack[first], encoding, errors))


METHODS: Final[list[PyBuiltin]] = [
    PyBuiltin("to_bytes", int_to_bytes, 1, 3, types.INT, array_of(["length", "byteorder", "signed"]), 1),
    PyBuiltin("encode", encode, 1, 3, types.STR, array_of(["encoding", "errors"])),
]
FROM_BYTES: Final = PyClassMethod(
    Value.of_object(PyBuiltin("from_bytes", int_from_bytes, 2, 3, None, array_of(["bytes", "byteorder", "signed"]), 1))
)
