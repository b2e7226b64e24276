"""Numbers as bytes: what `struct`, `array` and `memoryview` agree on.

bytes_of_number(Value.of_int(-2), 2, False, True)     b"\xfe\xff"
unpacked("d", data, 0, 8, True)                       the float in eight bytes, most significant first
"""

from __future__ import annotations

from tracewright.core.integers import bits_of_float, float_of_bits, urshift, wrap_lshift
from tracewright.core.value import Value
from tracewright.lib.big_integers_bits import from_bytes, to_bytes
from tracewright.lib.small_floats import float32_bits, float_of_float32_bits
from tracewright_python import builtin_types as types
from tracewright_python.big_ints import int_value, integer
from tracewright_python.byte_objects import bytes_value
from tracewright_python.errors import Raised
from tracewright_python.exceptions import error

SIGNED = "bhilqn"
UNSIGNED = "BHILQNP"
FLOATS = "efd"


def number_of_bytes(data: bytes, start: int, size: int, is_big: bool, is_signed: bool) -> Value:
    """The int in some bytes."""
    if size > 8 or (size == 8 and not is_signed and data[start if is_big else start + 7] > 127):
        return int_value(from_bytes(data[start : start + size], is_big, is_signed))
    word = 0
    for k in range(size):
        word = wrap_lshift(word, 8) | data[start + k if is_big else start + size - 1 - k]
    if is_signed and 0 < size < 8 and word >> (8 * size - 1) != 0:
        word -= 1 << (8 * size)
    return Value.of_int(word)


def put_word(target: bytearray, start: int, word: int, size: int, is_big: bool) -> None:
    """Write the low bytes of a word."""
    for k in range(size):
        target[start + size - 1 - k if is_big else start + k] = urshift(word, 8 * k) & 255


def fits(number: int, size: int, is_signed: bool) -> bool:
    """Whether an int can be written in so many bytes."""
    if size >= 8:
        return is_signed or number >= 0
    lowest = -(1 << (8 * size - 1)) if is_signed else 0
    return lowest <= number < lowest + (1 << (8 * size))


def bytes_of_number(number: Value, size: int, is_big: bool, is_signed: bool) -> bytes:
    """An int as so many bytes. Raises OverflowError (of the engine) where it does not fit."""
    return to_bytes(integer(number), size, is_big, is_signed)


def packed_float(format: str, number: float, is_big: bool) -> bytes:
    """A float in the format `e`, `f` or `d`. Raises OverflowError of the program."""
    if format == "d":
        return bytes_of_number(Value.of_int(bits_of_float(number)), 8, is_big, True)
    if format == "f":
        bits = float32_bits(number)
        if bits & 0x7FFFFFFF == 0x7F800000 and number - number == 0.0:
            raise too_large("f")
        return bytes_of_number(Value.of_int(bits & 0xFFFFFFFF), 4, is_big, False)
    bits = bits_of_half(number)
    if bits < 0:
        raise too_large("e")
    return bytes_of_number(Value.of_int(bits), 2, is_big, False)


def too_large(format: str) -> Raised:
    """A float is beyond the format."""
    return error(types.OVERFLOW_ERROR, f"float too large to pack with {format} format")


def unpacked_float(format: str, data: bytes, start: int, is_big: bool) -> float:
    """The float in bytes of the format `e`, `f` or `d`."""
    if format == "d":
        return float_of_bits(number_of_bytes(data, start, 8, is_big, True).as_int())
    if format == "f":
        return float_of_float32_bits(number_of_bytes(data, start, 4, is_big, False).as_int())
    return half_of_bits(number_of_bytes(data, start, 2, is_big, False).as_int())


def unpacked(format: str, data: bytes, start: int, size: int, is_big: bool) -> Value:
    """The value in bytes of a format."""
    if format in FLOATS:
        return Value.of_float(unpacked_float(format, data, start, is_big))
    if format == "?":
        return Value.of_bool(data[start] != 0)
    if format == "c":
        return bytes_value(data[start : start + 1])
    return number_of_bytes(data, start, size, is_big, format in SIGNED)


def bits_of_half(number: float) -> int:
    """The 16 bits of a float of half precision, rounded half to even; -1 where it is too large."""
    bits = bits_of_float(number)
    sign = 0x8000 if bits < 0 else 0
    size = abs(number)
    if number != number:
        return sign | 0x7E00
    if size - size != 0.0:
        return sign | 0x7C00
    if size < 6.103515625e-05:  # the smallest normal number
        return sign | rounded_to_even(size * 16777216.0)
    exponent = (bits >> 52 & 2047) - 1023
    if exponent > 15:
        return -1
    mantissa = rounded_to_even(float_of_bits((bits & ((1 << 52) - 1)) | 1033 << 52))
    result = (exponent + 14 << 10) + mantissa
    return -1 if result >= 0x7C00 else sign | result


def rounded_to_even(number: float) -> int:
    """The nearest int of a small float."""
    whole = int(number)
    rest = number - float(whole)
    if rest > 0.5 or (rest == 0.5 and whole & 1 == 1):
        whole += 1
    return whole


def half_of_bits(bits: int) -> float:
    """The float of 16 bits."""
    exponent, mantissa = bits >> 10 & 31, float(bits & 1023)
    if exponent == 31:
        number = float("inf") if mantissa == 0.0 else float("nan")
    elif exponent == 0:
        number = mantissa * 5.9604644775390625e-08
    else:
        number = (1024.0 + mantissa) * float_of_bits((exponent - 25 + 1023) << 52)
    return -number if bits & 0x8000 else number
