"""`BigInteger`s and floats: exact one way, correctly rounded the other, ties to even."""

from typing import Final

from tracewright.core.integers import bits_of_float, count_leading_zeros, float_of_bits, wrap_lshift, wrap_sub
from tracewright.core.mathematics import trunc
from tracewright.lib.big_integers import BigInteger, compare, from_int, from_magnitude
from tracewright.lib.big_integers_bits import shift_left, shift_right
from tracewright.lib.big_integers_division import divide_magnitudes
from tracewright.lib.big_integers_limbs import has_bits_below, shift_magnitude_left, shift_magnitude_right

FRACTION_BITS: Final = 52
EXPONENT_BIAS: Final = 1075  # of the exponent field, where the significand is an integer of 53 bits
LARGEST_FIELD: Final = 2046
LARGEST_FRACTION: Final = (1 << 52) - 1
KEPT_BITS: Final = 62  # of a longer number before it is rounded: more than 53, and a word


def from_float(x: float) -> BigInteger:
    """The integer part of `x`, exact. Raises ValueError for NaN, OverflowError for infinities."""
    if x != x:
        raise ValueError("cannot convert float NaN to integer")
    if x - x != 0.0:
        raise OverflowError("cannot convert float infinity to integer")
    bits = bits_of_float(x)
    field = (bits >> FRACTION_BITS) & 0x7FF
    if field == 0:
        return from_int(0)
    significand = from_int(bits & ((1 << FRACTION_BITS) - 1) | 1 << FRACTION_BITS)
    exponent = field - EXPONENT_BIAS
    size = shift_left(significand, exponent) if exponent >= 0 else shift_right(significand, -exponent)
    return from_magnitude(-size.sign if bits < 0 else size.sign, size.limbs)


def to_float(a: BigInteger) -> float:
    """The nearest float. Raises OverflowError beyond the largest."""
    shift = max(a.bit_length() - KEPT_BITS, 0)
    top = from_magnitude(1, shift_magnitude_right(a.limbs, shift)).low_word()
    return _rounded(a.sign, top, shift, has_bits_below(a.limbs, shift))


def true_divide(a: BigInteger, b: BigInteger) -> float:
    """The float nearest to `a / b`. Raises ZeroDivisionError, and OverflowError beyond the largest."""
    if b.sign == 0:
        raise ZeroDivisionError("division by zero")
    if a.sign == 0:
        return 0.0 if b.sign > 0 else -0.0
    # Scaled so that the quotient has 61 or 62 bits.
    shift = a.bit_length() - b.bit_length() - KEPT_BITS + 1
    dividend = shift_magnitude_left(a.limbs, -shift) if shift < 0 else a.limbs
    divisor = shift_magnitude_left(b.limbs, shift) if shift > 0 else b.limbs
    division = divide_magnitudes(dividend, divisor)
    quotient = from_magnitude(1, division.quotient).low_word()
    return _rounded(a.sign * b.sign, quotient, shift, len(division.remainder) > 0)


def _rounded(sign: int, significand: int, exponent: int, more: bool) -> float:
    """The float nearest to `significand * 2**exponent`, of which `more` says that it is a little larger; 0 <= significand < 2**63."""
    if significand == 0:
        return 0.0
    length = 64 - count_leading_zeros(significand)
    # The last bit that a float of this size has: subnormal ones have fewer.
    drop = max(length - FRACTION_BITS - 1, 1 - EXPONENT_BIAS - exponent)
    if drop <= 0:
        kept = wrap_lshift(significand, -drop)
    elif drop > 63:
        kept = 0
    else:
        kept = significand >> drop
        rest = significand & wrap_sub(wrap_lshift(1, drop), 1)
        half = wrap_lshift(1, drop - 1)
        if rest > half or (rest == half and (more or kept & 1 == 1)):
            kept += 1
    field = exponent + drop + EXPONENT_BIAS - 1
    # The highest bit of a normal significand adds one to the field, and a carry out of it one more.
    if field > LARGEST_FIELD or (field << FRACTION_BITS) + kept > (LARGEST_FIELD << FRACTION_BITS) + LARGEST_FRACTION:
        raise OverflowError("int too large to convert to float")
    return float_of_bits((field << FRACTION_BITS) + kept | (wrap_lshift(1, 63) if sign < 0 else 0))


def compare_with_float(a: BigInteger, x: float) -> int:
    """-1, 0 or 1 as `a` is less than, equal to or greater than `x`, which is not NaN; exact."""
    if x - x != 0.0:
        return -1 if x > 0.0 else 1
    whole = from_float(x)
    order = compare(a, whole)
    if order != 0:
        return order
    fraction = x - trunc(x)
    return -1 if fraction > 0.0 else 1 if fraction < 0.0 else 0
