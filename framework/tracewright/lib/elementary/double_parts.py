"""The parts of a double, as the methods need them: halves of its fraction, powers of two, thresholds."""

from typing import Final

from tracewright.core.integers import bits_of_float, float_of_bits, wrap_lshift
from tracewright.hints import inlined

NAN: Final = float("nan")
INFINITY: Final = float("inf")
FRACTION_BITS: Final = 52
BIAS: Final = 1023
UPPER_HALF: Final = -(1 << 32)


@inlined
def upper_half(x: float) -> float:
    """`x` with the low 32 bits of its encoding cleared: 21 bits of precision, so that products of two such numbers are exact."""
    return float_of_bits(bits_of_float(x) & UPPER_HALF)


@inlined
def is_negative(x: float) -> bool:
    """The sign bit, which -0 has too."""
    return bits_of_float(x) < 0


@inlined
def power_of_two(exponent: int) -> float:
    """2**exponent, for -1022..1023."""
    return float_of_bits(wrap_lshift(exponent + BIAS, FRACTION_BITS))


@inlined
def ratio(dividend: float, divisor: float) -> float:
    """The quotient of doubles, for divisors that are not 0 by their method (NaN if one were)."""
    if divisor == 0.0:
        return NAN
    return dividend / divisor


def threshold(upper_word: int) -> float:
    """The double whose encoding has this upper word and 0 below (import time): the methods compare upper words to choose an interval."""
    return float_of_bits(upper_word << 32)
