"""Floats of 32 bits (IEEE 754 binary32): their encoding, and rounding to them, ties to even."""

from typing import Final

from tracewright.core.integers import bits_of_float, float_of_bits, wrap_lshift, wrap_sub

FRACTION_BITS: Final = 52
SMALL_FRACTION_BITS: Final = 23
DROPPED: Final = FRACTION_BITS - SMALL_FRACTION_BITS
BIAS_DIFFERENCE: Final = 1023 - 127
SMALL_INFINITY: Final = 0xFF << SMALL_FRACTION_BITS
SMALL_QUIET_NAN: Final = SMALL_INFINITY | 1 << (SMALL_FRACTION_BITS - 1)
SMALL_SIGN: Final = 1 << 31


def float32_bits(x: float) -> int:
    """The encoding, 0 to 2**32 - 1, of the float of 32 bits that is nearest to `x`; NaN has one form."""
    bits = bits_of_float(x)
    sign = SMALL_SIGN if bits < 0 else 0
    if x != x:
        return SMALL_QUIET_NAN
    field = (bits >> FRACTION_BITS) & 0x7FF
    fraction = bits & ((1 << FRACTION_BITS) - 1)
    small_field = field - BIAS_DIFFERENCE
    if small_field >= 0xFF:
        return sign | SMALL_INFINITY
    drop = DROPPED
    if small_field <= 0:  # subnormal: fewer bits
        drop += 1 - small_field
        small_field = 0
        if drop > FRACTION_BITS + 1:
            return sign
        fraction |= 1 << FRACTION_BITS
    kept = fraction >> drop
    rest = fraction & wrap_sub(wrap_lshift(1, drop), 1)
    half = wrap_lshift(1, drop - 1)
    if rest > half or (rest == half and kept & 1 == 1):
        kept += 1
    # A carry out of the fraction is one more in the field, as it should be.
    return sign | ((small_field << SMALL_FRACTION_BITS) + kept)


def float_of_float32_bits(bits: int) -> float:
    """The float that an encoding of 32 bits stands for."""
    negative = bits & SMALL_SIGN != 0
    field = (bits >> SMALL_FRACTION_BITS) & 0xFF
    fraction = bits & ((1 << SMALL_FRACTION_BITS) - 1)
    if field == 0:
        size = float(fraction) * 1.401298464324817e-45  # 2**-149
    elif field == 0xFF:
        size = float_of_bits(0x7FF << FRACTION_BITS | fraction << DROPPED)
    else:
        size = float_of_bits((field + BIAS_DIFFERENCE) << FRACTION_BITS | fraction << DROPPED)
    return -size if negative else size


def rounded_to_float32(x: float) -> float:
    """The nearest float of 32 bits, as a float."""
    return float_of_float32_bits(float32_bits(x))
