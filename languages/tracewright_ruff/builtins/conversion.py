"""Conversions between kinds of values, and questions about a value's kind."""

from typing import Final

from tracewright.core.integers import ovf_mul, ovf_sub
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright_ruff.builtins.arguments import array_at, saturated_int, text_at
from tracewright_ruff.display import display_text
from tracewright_ruff.equality import truth_of
from tracewright_ruff.errors import GuestError
from tracewright_ruff.objects import (
    W_Array,
    W_Bytes,
    W_Dict,
    W_Function,
    W_String,
    array_from_list,
    as_array,
    as_dict,
    as_string,
    given,
    number_text,
    text_value,
    type_name,
)
from tracewright_ruff.session import ARITY_ANY, ARITY_METADATA, Session, W_Native


def _require_one(count: int, name: str) -> None:
    if count < 1:
        raise GuestError(f"{name}() expects 1 argument")


def parse_int(text: str) -> int:
    """The int that the text spells in decimal with an optional sign; raises ValueError for any other text."""
    start = 1 if text.startswith("-") or text.startswith("+") else 0
    if start == len(text):
        raise ValueError("no digits")
    negative = 0  # counting downwards reaches the smallest int, which has no positive counterpart
    try:
        for index in range(start, len(text)):
            digit = ord(text[index]) - 48
            if not 0 <= digit <= 9:
                raise ValueError("not a digit")
            negative = ovf_sub(ovf_mul(negative, 10), digit)
        return negative if text.startswith("-") else ovf_sub(0, negative)
    except OverflowError:
        raise ValueError("too large")


def parse_float(text: str) -> float:
    """The float that the text spells; raises ValueError for any other text."""
    if "_" in text:
        raise ValueError("underscores are not for guests")
    return float(text)


def _kind(value: Value) -> str:
    """The word for an unconvertible value."""
    if as_array(value) is not None:
        return "array"
    if as_dict(value) is not None:
        return "dict"
    return "value" if value.is_object() else "null"


def native_to_int(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`to_int(v)`"""
    _require_one(count, "to_int")
    value = stack[first]
    if value.is_int():
        return value
    if value.is_float():
        return Value.of_int(saturated_int(value.as_float()))
    if value.is_bool():
        return Value.of_int(1 if value.as_bool() else 0)
    string = as_string(value)
    if string is None:
        raise GuestError(f"Cannot convert {_kind(value)} to int")
    try:
        return Value.of_int(parse_int(string.flat().strip()))
    except ValueError:
        raise GuestError(f"Cannot convert '{string.flat()}' to int")


def native_to_float(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`to_float(v)`"""
    _require_one(count, "to_float")
    value = stack[first]
    if value.is_float():
        return value
    if value.is_int():
        return Value.of_float(float(value.as_int()))
    if value.is_bool():
        return Value.of_float(1.0 if value.as_bool() else 0.0)
    string = as_string(value)
    if string is None:
        raise GuestError(f"Cannot convert {_kind(value)} to float")
    try:
        return Value.of_float(parse_float(string.flat().strip()))
    except ValueError:
        raise GuestError(f"Cannot convert '{string.flat()}' to float")


def native_to_string(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`to_string(v)`"""
    _require_one(count, "to_string")
    value = stack[first]
    if value.is_int():
        return Value.of_object(number_text(value.as_int()))
    if as_string(value) is not None:
        return value
    return text_value(display_text(value))


def native_to_bool(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`to_bool(v)`"""
    _require_one(count, "to_bool")
    string = as_string(stack[first])
    if string is None:
        return Value.of_bool(truth_of(stack[first]))
    text = string.flat()
    return Value.of_bool(text != "" and text != "0" and text.lower() != "false")


def native_parse_int(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`parse_int(s)`"""
    _require_one(count, "parse_int")
    text = text_at(stack, first, "parse_int() requires a string argument")
    try:
        return Value.of_int(parse_int(text.strip()))
    except ValueError:
        raise GuestError(f"Cannot parse '{text}' as integer")


def native_parse_float(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`parse_float(s)`"""
    _require_one(count, "parse_float")
    text = text_at(stack, first, "parse_float() requires a string argument")
    try:
        return Value.of_float(parse_float(text.strip()))
    except ValueError:
        raise GuestError(f"Cannot parse '{text}' as float")


def native_type(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`type(v)`"""
    return text_value(type_name(stack[first]))


def native_is_int(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`is_int(v)`"""
    _require_one(count, "is_int")
    return Value.of_bool(stack[first].is_int())


def native_is_float(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`is_float(v)`"""
    _require_one(count, "is_float")
    return Value.of_bool(stack[first].is_float())


def native_is_bool(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`is_bool(v)`"""
    _require_one(count, "is_bool")
    return Value.of_bool(stack[first].is_bool())


def native_is_null(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`is_null(v)`"""
    _require_one(count, "is_null")
    return Value.of_bool(stack[first].same(Value.NULL))


def native_is_string(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`is_string(v)`"""
    _require_one(count, "is_string")
    value = stack[first]
    return Value.of_bool(value.is_object() and isinstance(value.as_object(), W_String))


def native_is_array(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`is_array(v)`"""
    _require_one(count, "is_array")
    value = stack[first]
    return Value.of_bool(value.is_object() and isinstance(value.as_object(), W_Array))


def native_is_dict(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`is_dict(v)`"""
    _require_one(count, "is_dict")
    value = stack[first]
    return Value.of_bool(value.is_object() and isinstance(value.as_object(), W_Dict))


def native_is_function(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`is_function(v)`"""
    _require_one(count, "is_function")
    value = stack[first]
    return Value.of_bool(value.is_object() and isinstance(value.as_object(), (W_Function, W_Native)))


def native_is_truthy(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`is_truthy(v)`"""
    return Value.of_bool(truth_of(stack[first]))


def native_bytes(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`bytes(array)`"""
    _require_one(count, "bytes")
    array = array_at(stack, first, "bytes() requires an array argument")
    data = bytearray()
    for index in range(array.length):
        value = array.items[index]
        if not value.is_int() or not 0 <= value.as_int() <= 255:
            raise GuestError(f"bytes() requires integers in range 0-255, got {display_text(value)}")
        data.append(value.as_int())
    return Value.of_object(W_Bytes(bytes(data)))


def native_dict(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`dict()`"""
    return Value.of_object(W_Dict(session.dict_shape))


def native_array(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`array(...)`"""
    return array_from_list([given(stack, first, moved, index) for index in range(count)])


ROWS: Final[list[W_Native]] = [
    W_Native("to_int", 1, 1, ARITY_ANY, native_to_int, pure=True),
    W_Native("to_float", 1, 1, ARITY_ANY, native_to_float, pure=True),
    W_Native("to_string", 1, 1, ARITY_ANY, native_to_string),
    W_Native("str", 1, 1, ARITY_ANY, native_to_string),
    W_Native("to_bool", 1, 1, ARITY_ANY, native_to_bool),
    W_Native("parse_int", 1, 1, ARITY_ANY, native_parse_int, pure=True),
    W_Native("parse_float", 1, 1, ARITY_ANY, native_parse_float, pure=True),
    W_Native("type", 1, 1, ARITY_METADATA, native_type),
    W_Native("type_of", 1, 1, ARITY_METADATA, native_type, shown_name="type"),
    W_Native("is_int", 1, 1, ARITY_ANY, native_is_int),
    W_Native("is_float", 1, 1, ARITY_ANY, native_is_float),
    W_Native("is_string", 1, 1, ARITY_ANY, native_is_string),
    W_Native("is_bool", 1, 1, ARITY_ANY, native_is_bool),
    W_Native("is_array", 1, 1, ARITY_ANY, native_is_array),
    W_Native("is_dict", 1, 1, ARITY_ANY, native_is_dict),
    W_Native("is_null", 1, 1, ARITY_ANY, native_is_null),
    W_Native("is_function", 1, 1, ARITY_ANY, native_is_function),
    W_Native("is_truthy", 1, 1, ARITY_METADATA, native_is_truthy),
    W_Native("bytes", 1, 1, ARITY_ANY, native_bytes),
    W_Native("dict", 0, 0, ARITY_METADATA, native_dict),
    W_Native("array", 0, -1, ARITY_ANY, native_array),
]
