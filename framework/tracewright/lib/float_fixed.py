"""Floats with a fixed number of digits behind the point, exactly rounded, ties to even: Python's `f"{x:.2f}"`."""

from typing import Final

from tracewright.core.arrays import Array
from tracewright.core.integers import bits_of_float
from tracewright.core.text import StrBuffer, code_at
from tracewright.lib.digits import DIGIT_ZERO, put_digits
from tracewright.lib.naturals import LIMB_BITS, Natural

MOST_PLACES: Final = 1100  # a float has at most 1074 binary places, so from here on there are only zeros
CHUNK_DIGITS: Final = 9
CHUNK: Final = 1000000000
POINT: Final = 46
MINUS: Final = 45
MOST_DIGITS: Final = 18  # that surely fit a word
MOST_SHIFT: Final = 59  # what is below so many bits can be multiplied by ten in a word
POWERS: Final[list[int]] = [10**places for places in range(MOST_DIGITS + 1)]


def float_fixed(x: float, places: int) -> str:
    """The decimal text with `places` (0..1100) digits behind the point; `nan`, `inf` and `-inf` as they are."""
    if not 0 <= places <= MOST_PLACES:
        raise ValueError("number of places out of range")
    if x != x:
        return "nan"
    bits = bits_of_float(x)
    field = (bits >> 52) & 0x7FF
    if field == 0x7FF:
        return "-inf" if bits < 0 else "inf"
    significand = bits & ((1 << 52) - 1)
    exponent = -1074
    if field > 0:
        significand |= 1 << 52
        exponent = field - 1075
    if places <= MOST_DIGITS:
        number = _scaled_in_word(significand, -exponent, places)
        if number >= 0:
            return _lay_out_word(number, places, bits < 0)
    size_bits = 64 + 4 * places + (exponent if exponent > 0 else 0)
    scaled = Natural(size_bits // LIMB_BITS + 2)
    scaled.set_word(significand)
    scaled.multiply_power_of_ten(places)
    if exponent >= 0:
        scaled.shift_left(exponent)
    else:
        scaled.shift_right_rounding(-exponent)
    return _lay_out(scaled, places, bits < 0)


def _scaled_in_word(significand: int, shift: int, places: int) -> int:
    """The float of 53 bits, shifted right so far, times ten to the power of `places`, rounded half to even; -1 where a word is too small for that."""
    if significand == 0:
        return 0
    if not 0 < shift <= MOST_SHIFT:
        return -1
    number = significand >> shift
    if number >= POWERS[MOST_DIGITS - places]:
        return -1
    below = (1 << shift) - 1
    rest = significand & below
    for _ in range(places):
        rest *= 10
        number = number * 10 + (rest >> shift)
        rest &= below
    half = 1 << (shift - 1)
    return number + 1 if rest > half or (rest == half and number & 1 != 0) else number


def _lay_out_word(number: int, places: int, negative: bool) -> str:
    """The digits of a number below 10**18, or that itself, `places` of them behind the point."""
    whole = number // POWERS[places]
    count = 1
    while count <= MOST_DIGITS and whole >= POWERS[count]:
        count += 1
    sign = 1 if negative else 0
    result = StrBuffer(1, sign + count + (places + 1 if places > 0 else 0))
    if negative:
        result.put(0, MINUS)
    result.put_decimal(sign, count, whole)
    if places > 0:
        result.put(sign + count, POINT)
        result.put_decimal(sign + count + 1, places, number % POWERS[places])
    return result.finish()


def _lay_out(number: Natural, places: int, negative: bool) -> str:
    """The digits of `number`, `places` of them behind the point."""
    chunks: Array[int] = Array(number.length * LIMB_BITS // 29 + places // CHUNK_DIGITS + 2, 0)
    used = 0
    while number.length > 0 or used * CHUNK_DIGITS <= places:
        chunks[used] = number.divide(CHUNK)
        used += 1
    digits = StrBuffer(1, used * CHUNK_DIGITS)
    for index in range(used):
        put_digits(digits, index * CHUNK_DIGITS, CHUNK_DIGITS, chunks[used - 1 - index])
    text = digits.finish()
    whole_end = used * CHUNK_DIGITS - places
    start = 0
    while start < whole_end - 1 and code_at(text, start) == DIGIT_ZERO:
        start += 1
    sign = 1 if negative else 0
    result = StrBuffer(1, sign + whole_end - start + (places + 1 if places > 0 else 0))
    if negative:
        result.put(0, MINUS)
    result.put_range(sign, text, start, whole_end - start)
    if places > 0:
        result.put(sign + whole_end - start, POINT)
        result.put_range(sign + whole_end - start + 1, text, whole_end, places)
    return result.finish()
