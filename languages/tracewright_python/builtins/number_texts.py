"""Numbers to text in other bases, text to numbers, and rounding."""

from __future__ import annotations

from typing import Final

from tracewright.core.value import Value
from tracewright.hints import dont_look_inside
from tracewright.lib.big_integers import absolute, from_int
from tracewright.lib.big_integers_floats import from_float
from tracewright.lib.big_integers_powers import power
from tracewright.lib.big_integers_quotients import divide_floor
from tracewright.lib.big_integers_text import from_digits, to_text
from tracewright.lib.code_points import digit_value
from tracewright.lib.float_parse import parse_float
from tracewright.lib.number_methods import round_to_places
from tracewright_python import builtin_types as types
from tracewright_python.arithmetic import number_slowly
from tracewright_python.big_ints import int_value, integer
from tracewright_python.exceptions import error, value_error
from tracewright_python.syntax import BinaryOperator
from tracewright_python.values import NONE

FEW_DIGITS: Final = 12  # in any base they fit a word
SPACES = " \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0"


@dont_look_inside
def based_text(number: Value, radix: int, prefix: str) -> str:
    """`bin`, `oct` and `hex`."""
    whole = integer(number)
    sign = "-" if whole.sign < 0 else ""
    return sign + prefix + to_text(absolute(whole), radix)


def digit_of(character: str) -> int:
    """What a digit of any script or a letter stands for; 99 for what is neither."""
    code = ord(character)
    if 97 <= code <= 122:
        return code - 87
    if 65 <= code <= 90:
        return code - 55
    value = digit_value(code)
    return value if value >= 0 else 99


def ascii_digits(text: str) -> str:
    """The text with the digits of all scripts as those of ASCII."""
    if text.isascii():
        return text
    return "".join([str(digit_value(ord(part))) if digit_value(ord(part)) >= 0 else part for part in text])


@dont_look_inside
def int_of_few_digits(text: str, base: int) -> Value:
    """The int of a text that is nothing but a sign and digits of ASCII between blanks, too few for more than a word; UNDEFINED for others."""
    start, stop = 0, len(text)
    while start < stop and ord(text[start]) == 32:
        start += 1
    while start < stop and (ord(text[stop - 1]) == 32 or ord(text[stop - 1]) == 10):
        stop -= 1
    negative = start < stop and text[start] == "-"
    if negative or (start < stop and text[start] == "+"):
        start += 1
    if start == stop or stop - start > FEW_DIGITS or base == 0:
        return Value.UNDEFINED
    number = 0
    for index in range(start, stop):
        code = ord(text[index])
        digit = code - 48 if code <= 57 else code - 87 if 97 <= code <= 122 else code - 55 if 65 <= code <= 90 else 99
        if not 0 <= digit < base:
            return Value.UNDEFINED
        number = number * base + digit
    return Value.of_int(-number if negative else number)


@dont_look_inside
def int_of_text(text: str, base: int, shown: str, limit: int) -> Value:
    """`int(text, base)`. Raises ValueError; `shown` is the repr of what was given, `limit` that of digits (0: none)."""
    stripped = text.strip()
    place = 0
    negative = False
    if stripped != "" and stripped[0] in "+-":
        negative = stripped[0] == "-"
        place = 1
    radix = base
    if len(stripped) > place + 1 and stripped[place] == "0":
        letter = stripped[place + 1].lower()
        prefixed = 16 if letter == "x" else 8 if letter == "o" else 2 if letter == "b" else 0
        if prefixed != 0 and (base == 0 or base == prefixed):
            radix = prefixed
            place += 2
            if place < len(stripped) and stripped[place] == "_":
                place += 1
    if radix == 0:
        radix = 10
        if place < len(stripped) and stripped[place] == "0" and stripped[place:].strip("0_") != "":
            raise value_error(f"invalid literal for int() with base {base}: {shown}")
    digits = stripped[place:]
    previous_is_digit = False
    for character in digits:
        if character == "_":
            if not previous_is_digit:
                raise value_error(f"invalid literal for int() with base {base}: {shown}")
            previous_is_digit = False
        elif digit_of(character) >= radix:
            raise value_error(f"invalid literal for int() with base {base}: {shown}")
        else:
            previous_is_digit = True
    if not previous_is_digit:
        raise value_error(f"invalid literal for int() with base {base}: {shown}")
    digits = ascii_digits(digits.replace("_", ""))
    if 0 < limit < len(digits) and radix not in (2, 4, 8, 16, 32):
        raise value_error(
            f"Exceeds the limit ({limit} digits) for integer string conversion: value has {len(digits)} digits; use sys.set_int_max_str_digits() to increase the limit"
        )
    return int_value(from_digits(digits, 0, len(digits), radix, negative))


@dont_look_inside
def float_of_text(text: str) -> Value:
    """`float(text)`; UNDEFINED where it is none."""
    try:
        stripped = text.strip()
        if "_" in stripped:
            if stripped.startswith("_") or stripped.endswith("_") or "__" in stripped:
                raise ValueError("underscores")
            stripped = stripped.replace("_", "")
        return Value.of_float(parse_float(stripped))
    except ValueError:
        return Value.UNDEFINED


@dont_look_inside
def rounded(number: Value, places: Value) -> Value:
    """`round(number, places)`; places None: to an int. Half goes to the even neighbour."""
    if number.is_float():
        real = number.as_float()
        if places.same(NONE):
            return int_of_rounded(real)
        if not places.is_int() or places.as_int() > 400:
            return number
        if places.as_int() >= 0:
            return Value.of_float(round_to_places(real, places.as_int()))
        if places.as_int() < -310:
            return Value.of_float(0.0 * real)
        scale = parse_float(f"1e{-places.as_int()}")
        return Value.of_float(round(real / scale) * scale)
    if places.same(NONE) or not places.is_int() or places.as_int() >= 0:
        return number
    unit = power(from_int(10), -places.as_int())
    division = divide_floor(integer(number), unit)
    twice = number_slowly(BinaryOperator.MULTIPLY, int_value(division.remainder), Value.of_int(2))
    above = number_slowly(BinaryOperator.SUBTRACT, twice, int_value(unit))
    quotient = int_value(division.quotient)
    sign = integer(above).sign
    if sign > 0 or (sign == 0 and division.quotient.is_odd()):
        quotient = number_slowly(BinaryOperator.ADD, quotient, Value.of_int(1))
    return number_slowly(BinaryOperator.MULTIPLY, quotient, int_value(unit))


def int_of_rounded(real: float) -> Value:
    """The nearest int. Raises OverflowError, ValueError."""
    if real != real:
        raise value_error("cannot convert float NaN to integer")
    if real - real != 0.0:
        raise error(types.OVERFLOW_ERROR, "cannot convert float infinity to integer")
    if -4503599627370496.0 < real < 4503599627370496.0:
        return Value.of_int(round(real))
    return int_value(from_float(real))
