"""What `int` and `float` can do beside arithmetic: methods, `round`, and numbers as bytes."""

from typing import Final

from tracewright.core.integers import (
    MIN_INT,
    bits_of_float,
    count_leading_zeros,
    count_ones,
    urshift,
    wrap_neg,
)
from tracewright.core.mathematics import floor, power
from tracewright.core.text import BytesBuffer, byte_at
from tracewright.lib.builder import StringBuilder
from tracewright.lib.float_format import str_format_float
from tracewright.lib.float_parse import parse_float
from tracewright.lib.numbers import int_of_float, str_of_int
from tracewright.lib.string_repr import append_hex

EXPONENT_BIAS: Final = 1023
MOST_PLACES: Final = 323  # behind the point: more change no float
WORD_BYTES: Final = 8


def int_bit_length(number: int) -> int:
    if number == MIN_INT:
        return 64
    return 64 - count_leading_zeros(-number if number < 0 else number)


def int_bit_count(number: int) -> int:
    return count_ones(wrap_neg(number) if number < 0 else number)


def _is_little(byteorder: str) -> bool:
    if byteorder == "little":
        return True
    if byteorder != "big":
        raise ValueError("byteorder must be either 'little' or 'big'")
    return False


def int_to_bytes(number: int, length: int = 1, byteorder: str = "big", signed: bool = False) -> bytes:
    little = _is_little(byteorder)
    if length < 0:
        raise ValueError("length argument must be non-negative")
    if number < 0 and not signed:
        raise OverflowError("can't convert negative int to unsigned")
    if length < WORD_BYTES:
        bits = length * 8
        rest = number >> bits
        if signed and length > 0:
            rest = number >> (bits - 1)
        if rest != 0 and not (signed and rest == -1):
            raise OverflowError("int too big to convert")
    buffer = BytesBuffer(length)
    for place in range(length):
        byte = (number >> (8 * place if place < WORD_BYTES else 63)) & 255
        buffer.put(place if little else length - 1 - place, byte)
    return buffer.finish()


def int_from_bytes(data: bytes, byteorder: str = "big", signed: bool = False) -> int:
    """Raises OverflowError where the number does not fit a word."""
    little = _is_little(byteorder)
    length = len(data)
    if length == 0:
        return 0
    negative = signed and byte_at(data, length - 1 if little else 0) >= 128
    number = -1 if negative else 0
    for turn in range(length):
        byte = byte_at(data, length - 1 - turn if little else turn)
        if (number >> 55) != (-1 if negative else 0):
            raise OverflowError("the number does not fit 64 bits")
        number = number << 8 | byte
    return number


def float_is_integer(x: float) -> bool:
    return x - x == 0.0 and floor(x) == x


def float_hex(x: float) -> str:
    if x != x:
        return "nan"
    bits = bits_of_float(x)
    builder = StringBuilder()
    if bits < 0:
        builder.append("-")
    if x - x != 0.0:
        builder.append("inf")
        return builder.build()
    exponent = urshift(bits, 52) & 0x7FF
    fraction = bits & ((1 << 52) - 1)
    if exponent == 0 and fraction == 0:
        builder.append("0x0.0p+0")
        return builder.build()
    builder.append("0x0." if exponent == 0 else "0x1.")
    append_hex(builder, fraction, 13)
    power = (1 if exponent == 0 else exponent) - EXPONENT_BIAS
    builder.append("p" if power < 0 else "p+")
    builder.append(str_of_int(power))
    return builder.build()


def round_to_int(x: float) -> int:
    """`round(x)`: to the nearest int, of two equally near the even one."""
    if not -4503599627370496.0 < x < 4503599627370496.0:
        return int_of_float(x)
    below = floor(x)
    above = x - below
    result = int_of_float(below)
    if above > 0.5 or (above == 0.5 and result & 1 == 1):
        return result + 1
    return result


def round_to_places(x: float, places: int) -> float:
    """`round(x, places)`. Its exact decimal digits decide, as in Python."""
    if places < 0:
        raise ValueError("round() to tens and more is not in the dialect")
    if places > MOST_PLACES or x - x != 0.0:
        return x
    return parse_float(str_format_float(x, "." + str_of_int(places) + "f"))


def float_power(x: float, y: float) -> float:
    """`x ** y`. Raises ValueError where Python gives a complex number."""
    if x == 0.0 and y < 0.0 and y - y == 0.0:
        raise ZeroDivisionError("0.0 cannot be raised to a negative power")
    if x < 0.0 and y - y == 0.0 and floor(y) != y and x - x == 0.0:
        raise ValueError("a complex number")
    result = power(x, y)
    if result - result != 0.0 and x - x == 0.0 and y - y == 0.0:
        raise OverflowError("(34, 'Numerical result out of range')")
    return result
