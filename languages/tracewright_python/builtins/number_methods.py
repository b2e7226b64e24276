"""Methods and attributes of `int`, `bool` and `float`; texts of numbers are in `number_texts.py`."""

from __future__ import annotations

from typing import Final

from tracewright.core.integers import count_leading_zeros, wrap_neg
from tracewright.core.mathematics import ceil, floor
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.hints import dont_look_inside
from tracewright.lib.big_integers import BigInteger, absolute, from_int
from tracewright.lib.big_integers_bits import bit_count, shift_left
from tracewright.lib.big_integers_floats import from_float, to_float, true_divide
from tracewright.lib.big_integers_text import from_digits
from tracewright.lib.float_parse import parse_float
from tracewright.lib.number_methods import float_hex
from tracewright_python import builtin_types as types
from tracewright_python.big_ints import int_value, integer, plain_number
from tracewright_python.builtins.number_texts import int_of_rounded, rounded
from tracewright_python.conversions import index_value, required_text
from tracewright_python.exceptions import error, value_error
from tracewright_python.functions import PyBuiltin, PyClassMethod, PyGetSet
from tracewright_python.lists import pair, tuple_of
from tracewright_python.session import Session
from tracewright_python.texts import text_value
from tracewright_python.values import NONE

MOST_EXPONENT: Final = 1 << 40  # beyond what the digits of any text could make up for


def the_float(value: Value) -> float:
    """A value that is a float."""
    return plain_number(value).as_float()


def whole(number: float) -> Value:
    """A float without a fraction as an int. Raises OverflowError, ValueError."""
    return int_of_rounded(number)


# --- int ---


def bit_length(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`number.bit_length()`"""
    value = stack[first]
    if value.is_int():
        number = value.as_int()
        return Value.of_int(64 - count_leading_zeros(number if number >= 0 else wrap_neg(number)))
    return Value.of_int(any_bit_length(value))


@dont_look_inside
def any_bit_length(value: Value) -> int:
    """The bits of an int in any form."""
    return integer(plain_number(value)).bit_length()


@dont_look_inside
def bit_count_of(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_int(bit_count(absolute(integer(plain_number(stack[first])))))


def plain(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`number.conjugate()`, and the roundings of an int: the number itself."""
    return plain_number(stack[first])


def int_ratio(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return pair(plain_number(stack[first]), Value.of_int(1))


def round_number(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`round(number, places)`"""
    places = NONE
    if not stack[first + 1].same(Value.UNDEFINED) and not stack[first + 1].same(NONE):
        places = index_value(session, stack[first + 1])
    return rounded(plain_number(stack[first]), places)


# --- float ---


def is_integer(session: Session, stack: VMStack, first: int, count: int) -> Value:
    number = the_float(stack[first])
    return Value.of_bool(number - number == 0.0 and floor(number) == number)


def floor_of(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return whole(floor(the_float(stack[first])))


def ceil_of(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return whole(ceil(the_float(stack[first])))


def hex_of(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return text_value(float_hex(the_float(stack[first])))


@dont_look_inside
def float_ratio(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`number.as_integer_ratio()`. Raises OverflowError, ValueError."""
    number = the_float(stack[first])
    if number != number:
        raise value_error("cannot convert NaN to integer ratio")
    if number - number != 0.0:
        raise error(types.OVERFLOW_ERROR, "cannot convert Infinity to integer ratio")
    shift = 0
    while floor(number) != number:
        number *= 2.0
        shift += 1
    return pair(int_value(from_float(number)), int_value(shift_left(from_int(1), shift)))


@dont_look_inside
def from_hex(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`float.fromhex(text)`. Raises OverflowError, ValueError."""
    number = float_of_hex(required_text(stack[first + 1], "fromhex() argument").strip().lower())
    result = Value.of_float(number)
    return result if stack[first].same(Value.of_object(types.FLOAT)) else session.call(session, stack[first], [result])


def float_of_hex(text: str) -> float:
    """The float of a text such as `-0x1.8p3`. Raises OverflowError, ValueError of the program."""
    wrong = value_error("invalid hexadecimal floating-point string")
    negative = text.startswith("-")
    rest = text[1:] if text.startswith(("-", "+")) else text
    if rest in ("inf", "infinity", "nan"):
        number = parse_float(rest)
        return -number if negative else number
    mantissa, has_exponent, exponent_text = rest.removeprefix("0x").partition("p")
    exponent = 0
    if has_exponent != "":
        try:
            exponent = int(exponent_text)
        except ValueError:
            raise wrong
        except OverflowError:
            exponent = -MOST_EXPONENT if exponent_text.startswith("-") else MOST_EXPONENT
        exponent = max(min(exponent, MOST_EXPONENT), -MOST_EXPONENT)
    before, _, after = mantissa.partition(".")
    digits = before + after
    if digits == "" or len(mantissa) > len(digits) + 1:
        raise wrong
    for digit in digits:
        if "0123456789abcdef".find(digit) < 0:
            raise wrong
    significand = from_digits(digits, 0, len(digits), 16, negative)
    return scaled(significand, exponent - 4 * len(after), negative)


def scaled(significand: BigInteger, exponent: int, negative: bool) -> float:
    """`significand * 2**exponent`, rounded half to even. Raises OverflowError of the program."""
    if significand.sign == 0:
        return -0.0 if negative else 0.0
    top = significand.bit_length() + exponent
    if top < -1100:
        return -0.0 if negative else 0.0
    if top <= 1024:
        try:
            if exponent >= 0:
                return to_float(shift_left(significand, exponent))
            return true_divide(significand, shift_left(from_int(1), -exponent))
        except OverflowError:
            pass
    raise error(types.OVERFLOW_ERROR, "hexadecimal value too large to represent as a float")


# --- parts ---


def real_part(session: Session, value: Value) -> Value:
    return plain_number(value)


def no_imaginary_part(session: Session, value: Value) -> Value:
    return Value.of_int(0)


def no_imaginary_float(session: Session, value: Value) -> Value:
    return Value.of_float(0.0)


def denominator(session: Session, value: Value) -> Value:
    return Value.of_int(1)


def float_format_name(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`float.__getformat__(kind)`"""
    if required_text(stack[first + 1], "__getformat__() argument") not in ("double", "float"):
        raise value_error("__getformat__() argument 1 must be 'double' or 'float'")
    return text_value("IEEE, little-endian")


def arguments_for_new(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`__getnewargs__` of numbers: the plain one."""
    return tuple_of([plain_number(stack[first])])


METHODS: list[PyBuiltin] = [
    PyBuiltin("__getnewargs__", arguments_for_new, 1, 1, types.INT),
    PyBuiltin("__getnewargs__", arguments_for_new, 1, 1, types.FLOAT),
    PyBuiltin("bit_length", bit_length, 1, 1, types.INT),
    PyBuiltin("bit_count", bit_count_of, 1, 1, types.INT),
    PyBuiltin("conjugate", plain, 1, 1, types.INT),
    PyBuiltin("as_integer_ratio", int_ratio, 1, 1, types.INT),
    PyBuiltin("__floor__", plain, 1, 1, types.INT),
    PyBuiltin("__ceil__", plain, 1, 1, types.INT),
    PyBuiltin("__round__", round_number, 1, 2, types.INT),
    PyBuiltin("conjugate", plain, 1, 1, types.FLOAT),
    PyBuiltin("as_integer_ratio", float_ratio, 1, 1, types.FLOAT),
    PyBuiltin("is_integer", is_integer, 1, 1, types.FLOAT),
    PyBuiltin("hex", hex_of, 1, 1, types.FLOAT),
    PyBuiltin("__floor__", floor_of, 1, 1, types.FLOAT),
    PyBuiltin("__ceil__", ceil_of, 1, 1, types.FLOAT),
    PyBuiltin("__round__", round_number, 1, 2, types.FLOAT),
]
FROM_HEX: Final = PyClassMethod(Value.of_object(PyBuiltin("fromhex", from_hex, 2, 2)))
GET_FORMAT: Final = PyClassMethod(Value.of_object(PyBuiltin("__getformat__", float_format_name, 2, 2)))
ATTRIBUTES: list[PyGetSet] = [
    PyGetSet("real", types.INT, real_part, None),
    PyGetSet("imag", types.INT, no_imaginary_part, None),
    PyGetSet("numerator", types.INT, real_part, None),
    PyGetSet("denominator", types.INT, denominator, None),
    PyGetSet("real", types.FLOAT, real_part, None),
    PyGetSet("imag", types.FLOAT, no_imaginary_float, None),
]
