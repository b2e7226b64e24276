"""From one type to another: ToBoolean, ToNumber, ToString, ToInt32, property keys."""

from __future__ import annotations

from typing import Final

from tracewright.core.integers import MIN_INT as MIN_WORD
from tracewright.core.integers import i32, truncated, u32
from tracewright.core.mathematics import fmod, is_infinite, is_nan, trunc
from tracewright.core.value import Value
from tracewright.hints import dont_look_inside, elidable, inlined
from tracewright.lib.big_integers_text import to_text as decimal_text
from tracewright_javascript.errors import range_error, type_error
from tracewright_javascript.keys import (
    NO_INDEX,
    SYMBOL_MARK,
    TO_PRIMITIVE,
    JSSymbol,
    Key,
    key_of_index,
    key_of_symbol,
    key_of_text,
)
from tracewright_javascript.lookups import get_named
from tracewright_javascript.number_reading import NAN, number_of_text
from tracewright_javascript.objects import JSObject, as_object, is_callable
from tracewright_javascript.values import (
    JSString,
    as_bigint,
    as_string,
    is_nullish,
    new_string,
    number_text,
    string_value,
)

MAX_SAFE_INTEGER: Final = (1 << 53) - 1
_TWO_32 = 4294967296.0


@inlined
def truth(value: Value) -> bool:
    """Whether a condition holds."""
    return value.as_bool() if value.is_bool() else _is_true(value)


def _is_true(value: Value) -> bool:
    if value.is_int():
        return value.as_int() != 0
    if value.is_float():
        number = value.as_float()
        return number != 0.0 and number == number
    if is_nullish(value):
        return False
    text = as_string(value)
    if text is not None:
        return text.length > 0
    big = as_bigint(value)
    return big is None or big.word != 0 or big.large is not None


def to_number(value: Value) -> float:
    """The double. Raises GuestFault."""
    if value.is_int():
        return float(value.as_int())
    if value.is_float():
        return value.as_float()
    return other_number(value)


@dont_look_inside
def other_number(value: Value) -> float:
    """The number that something else than a number is converted to."""
    if value.is_bool():
        return 1.0 if value.as_bool() else 0.0
    if value.same(Value.NULL):
        return 0.0
    if value.same(Value.UNDEFINED):
        return NAN
    text = as_string(value)
    if text is not None:
        return number_of_text(text.text())
    if as_symbol(value) is not None:
        raise type_error("Cannot convert a Symbol value to a number")
    if as_bigint(value) is not None:
        raise type_error("Cannot convert a BigInt value to a number")
    return to_number(to_primitive(value, "number"))


def as_symbol(value: Value) -> JSSymbol | None:
    """The symbol that a value is, or None."""
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, JSSymbol):
            return thing
    return None


def get_method(thing: JSObject, name: str) -> Value:
    """A method, undefined where there is none. Raises GuestFault where it is something that cannot be called, and Thrown."""
    method = get_named(thing, name)
    if is_nullish(method):
        return Value.UNDEFINED
    if not is_callable(method):
        raise type_error(f"{to_display(method)} is not a function")
    return method


@dont_look_inside
def to_primitive(value: Value, hint: str) -> Value:
    """What an object's methods make of it, `toString` first where a string is wanted. Raises GuestFault and Thrown."""
    from tracewright_javascript.calls import call

    thing = as_object(value)
    if thing is None:
        return value
    exotic = get_method(thing, TO_PRIMITIVE.name)
    if not exotic.same(Value.UNDEFINED):
        result = call(exotic, value, [string_value(hint)])
        if as_object(result) is None:
            return result
        raise type_error("Cannot convert object to primitive value")
    return ordinary_to_primitive(thing, hint)


def ordinary_to_primitive(thing: JSObject, hint: str) -> Value:
    """OrdinaryToPrimitive. Raises GuestFault and Thrown."""
    from tracewright_javascript.calls import call

    first = "toString" if hint == "string" else "valueOf"
    for name in (first, "valueOf" if first == "toString" else "toString"):
        method = get_named(thing, name)
        if is_callable(method):
            result = call(method, Value.of_object(thing), [])
            if as_object(result) is None:
                return result
    raise type_error("Cannot convert object to primitive value")


def to_display(value: Value) -> str:
    """A value in the words of an error: nothing of the program runs."""
    text = as_string(value)
    if text is not None:
        return f'"{text.text()}"'
    symbol = as_symbol(value)
    if symbol is not None:
        return symbol_text(symbol)
    thing = as_object(value)
    if thing is None:
        return to_text(value)
    return "[object Array]" if thing.class_text() == "Array" else f"#<{thing.class_text()}>"


def symbol_text(symbol: JSSymbol) -> str:
    """`Symbol(description)`"""
    return f"Symbol({symbol.description})"


def error_text(error: JSObject) -> str:
    """`name: message`."""
    name = get_named(error, "name")
    message = get_named(error, "message")
    name_text = "Error" if name.same(Value.UNDEFINED) else to_text(name)
    text = "" if message.same(Value.UNDEFINED) else to_text(message)
    if name_text == "" or text == "":
        return name_text + text
    return f"{name_text}: {text}"


@dont_look_inside
def to_text(value: Value) -> str:
    """The string, as its units. Raises GuestFault."""
    text = as_string(value)
    if text is not None:
        return text.text()
    if value.is_int():
        return str(value.as_int())
    if value.is_float():
        return number_text(value.as_float())
    if value.is_bool():
        return "true" if value.as_bool() else "false"
    if value.same(Value.NULL):
        return "null"
    if value.same(Value.UNDEFINED):
        return "undefined"
    if as_symbol(value) is not None:
        raise type_error("Cannot convert a Symbol value to a string")
    number = as_bigint(value)
    if number is not None:
        return str(number.word) if number.large is None else decimal_text(number.integer(), 10)
    return to_text(to_primitive(value, "string"))


def to_string(value: Value) -> JSString:
    """The string."""
    text = as_string(value)
    return text if text is not None else new_string(to_text(value))


def to_int32(value: Value) -> int:
    """The low 32 bits of the integer part, signed."""
    if value.is_int():
        return i32(value.as_int())
    number = to_number(value)
    whole = truncated(number)
    return i32(whole) if whole != MIN_WORD else int32_of(number)


@elidable
def int32_of(number: float) -> int:
    """The same of any double."""
    if is_nan(number) or is_infinite(number):
        return 0
    return i32(int(fmod(trunc(number), _TWO_32)))


def to_integer(value: Value) -> int:
    """The integer part, NaN as 0; numbers beyond 53 bits become the nearest end of that range."""
    if value.is_int():
        return value.as_int()
    number = to_number(value)
    if is_nan(number):
        return 0
    return int(min(max(number, -9007199254740992.0), 9007199254740992.0))


def to_integer_float(value: Value) -> float:
    """ToIntegerOrInfinity. Raises GuestFault and Thrown."""
    number = to_number(value)
    return 0.0 if is_nan(number) else number if is_infinite(number) else trunc(number) + 0.0


def to_uint32(value: Value) -> int:
    """The low 32 bits of the integer part, unsigned."""
    return u32(to_int32(value))


def to_length(value: Value) -> int:
    """The integer part, from 0 up to 2^53 - 1."""
    return min(max(to_integer(value), 0), MAX_SAFE_INTEGER)


def to_index(value: Value) -> int:
    """ToIndex: an integer from 0 up to 2^53 - 1. Raises GuestFault (a RangeError) and Thrown."""
    if value.is_int() and value.as_int() >= 0:
        return value.as_int()
    number = to_integer_float(value)
    if number < 0.0 or number > float(MAX_SAFE_INTEGER):
        raise range_error("Invalid value: not (convertible to) a safe integer")
    return int(number)


def to_key(value: Value) -> Key:
    """A value as the key of a property. Raises GuestFault and Thrown."""
    if value.is_int() and value.as_int() >= 0:
        return key_of_index(value.as_int())
    text = as_string(value)
    if text is not None:
        return key_of_text(text.text())
    symbol = as_symbol(value)
    if symbol is not None:
        return key_of_symbol(symbol)
    if as_object(value) is not None:
        return to_key(to_primitive(value, "string"))
    return key_of_text(to_text(value))


def key_in_words(key: Key) -> str:
    """A key in the words of an error."""
    if key.is_symbol():
        number, colon, description = key.name[len(SYMBOL_MARK) :].partition(":")
        return f"Symbol({description})" if colon != "" else f"Symbol(Symbol.{number})"
    return key.name if key.index == NO_INDEX else str(key.index)
