"""From one type to another: ToBoolean, ToNumber, ToString, ToInt32, property keys."""

from __future__ import annotations

from tracewright.core.integers import i32
from tracewright.core.mathematics import fmod, is_infinite, is_nan, trunc
from tracewright.core.value import Value
from tracewright.hints import dont_look_inside, elidable
from tracewright.lib.float_parse import parse_float
from tracewright_javascript.errors import type_error
from tracewright_javascript.lexer_literals import digit_value, value_of_digits
from tracewright_javascript.objects import JSArray, JSError, JSFunction, JSObject, NativeFunction, as_object, get_named
from tracewright_javascript.values import JSString, as_number, as_string, is_nullish, number_text, string_value

NAN = float("nan")
INFINITY = float("inf")
_BLANKS = "\t\n\v\f\r \xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
_TWO_32 = 4294967296.0


def truth(value: Value) -> bool:
    """Whether a condition holds."""
    if value.is_bool():
        return value.as_bool()
    if value.is_int():
        return value.as_int() != 0
    if value.is_float():
        number = value.as_float()
        return number != 0.0 and number == number
    if is_nullish(value):
        return False
    text = as_string(value)
    return text is None or text.length > 0


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
    return to_number(to_primitive(value, "number"))


def number_of_text(text: str) -> float:
    """A string as a number: decimal, or with a prefix; blanks around it do not count."""
    trimmed = text.strip(_BLANKS)
    if trimmed == "":
        return 0.0
    if len(trimmed) > 2 and trimmed[0] == "0":
        radix = _radix(trimmed[1])
        if radix > 0:
            for unit in trimmed[2:]:
                if digit_value(ord(unit)) >= radix:
                    return NAN
            return value_of_digits(trimmed[2:], radix)
    for unit in trimmed:
        if not ("0" <= unit <= "9" or unit in "+-.eE"):
            return _infinity(trimmed)
    try:
        return parse_float(trimmed)
    except ValueError:
        return NAN


def _radix(letter: str) -> int:
    match letter:
        case "x" | "X":
            return 16
        case "o" | "O":
            return 8
        case "b" | "B":
            return 2
        case _:
            return 0


def _infinity(text: str) -> float:
    match text:
        case "Infinity" | "+Infinity":
            return INFINITY
        case "-Infinity":
            return -INFINITY
        case _:
            return NAN


@dont_look_inside
def to_primitive(value: Value, hint: str) -> Value:
    """What an object's methods make of it, `toString` first where a string is wanted. Raises GuestFault and Thrown."""
    thing = as_object(value)
    if thing is None:
        return value
    first = "toString" if hint == "string" else "valueOf"
    for name in (first, "valueOf" if first == "toString" else "toString"):
        result = _by_method(thing, as_object(get_named(thing, name)))
        if as_object(result) is None:
            return result
    raise type_error("Cannot convert object to primitive value")


def _by_method(thing: JSObject, method: JSObject | None) -> Value:
    """The result of a method, or the object itself where it is none."""
    from tracewright_javascript.calls import call_without_arguments

    if isinstance(method, JSFunction):
        return call_without_arguments(method, Value.of_object(thing))
    if isinstance(method, NativeFunction):
        return string_value(object_text(thing))  # the only built-in methods of these names that there are
    return Value.of_object(thing)


def object_text(thing: JSObject) -> str:
    """What the built-in `toString` gives."""
    if isinstance(thing, JSArray):
        return joined(thing, ",")
    if isinstance(thing, JSError):
        return error_text(thing)
    if isinstance(thing, JSFunction):
        return thing.code.source
    if isinstance(thing, NativeFunction):
        return f"function {thing.name}() {{ [native code] }}"
    return "[object Object]"


def error_text(error: JSObject) -> str:
    """`name: message`."""
    name = to_text(get_named(error, "name"))
    message = to_text(get_named(error, "message"))
    return f"{name}: {message}" if message != "" else name


@dont_look_inside
def joined(array: JSArray, separator: str) -> str:
    """The elements' strings; undefined and null are empty."""
    parts: list[str] = []
    for index in range(array.count):
        item = array.items[index]
        parts.append("" if is_nullish(item) else to_text(item))
    return separator.join(parts)


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
    return to_text(to_primitive(value, "string"))


def to_string(value: Value) -> JSString:
    """The string."""
    text = as_string(value)
    return text if text is not None else JSString(to_text(value))


def to_int32(value: Value) -> int:
    """The low 32 bits of the integer part, signed."""
    if value.is_int():
        return i32(value.as_int())
    return int32_of(to_number(value))


@elidable
def int32_of(number: float) -> int:
    """The same of a double."""
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


def array_index(value: Value) -> int:
    """The index that a key is, or -1: an int or a double that equals one."""
    if value.is_int():
        return value.as_int() if value.as_int() >= 0 else -1
    if value.is_float():
        number = as_number(value)
        if 0.0 <= number < 4294967295.0 and float(int(number)) == number:
            return int(number)
    return -1


def key_text(value: Value) -> str:
    """A key that is no index of an array, as the name of a property."""
    return to_text(value)
