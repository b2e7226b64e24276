"""Floats taken apart and put together: exponents, exact scaling, lengths of vectors."""

from __future__ import annotations

from typing import Final

from tracewright.core import mathematics
from tracewright.core.integers import bits_of_float, float_of_bits

FITS: Final = 9223372036854775808.0  # what lies between this and its negative fits a word when its fraction is cut off
_INFINITY: Final = float("inf")
_SPLITTER: Final = 134217729.0  # 2**27 + 1: splits a float into two halves whose products are exact


def is_finite(number: float) -> bool:
    """Whether a float is a number and no infinity."""
    return number - number == 0.0


def exponent_of(number: float) -> int:
    """The power of two just above the size of a finite float that is not 0."""
    biased = (bits_of_float(number) >> 52) & 0x7FF
    if biased == 0:
        return exponent_of(number * 18014398509481984.0) - 54
    return biased - 1022


def scaled(number: float, exponent: int) -> float:
    """`number * 2**exponent`, rounded once."""
    if number == 0.0 or not is_finite(number):
        return number
    if exponent > 2100:
        return number * _INFINITY
    while exponent > 1000:
        number *= 1.0715086071862673e301  # 2**1000
        exponent -= 1000
    if exponent < -1000:
        own = exponent_of(number)
        if own + exponent < -1080:
            return number * 0.0
        # To just above the smallest normal float exactly, and the rest of the way in one step.
        first = -1000 - own
        if first < 0:
            number = scaled(number, max(first, -1000))
            exponent -= max(first, -1000)
        while exponent < -1000:
            number *= 9.332636185032189e-302  # 2**-1000
            exponent += 1000
    return number * float_of_bits((exponent + 1023) << 52)


def length_of(coordinates: list[float]) -> float:
    """The length of a vector, almost correctly rounded: squares are summed in two parts each, and the root is corrected once."""
    largest = 0.0
    has_nan = False
    for coordinate in coordinates:
        has_nan = has_nan or coordinate != coordinate
        largest = max(largest, abs(coordinate))
    if largest == _INFINITY:
        return largest
    if has_nan:
        return float("nan")
    if largest == 0.0 or len(coordinates) == 1:
        return largest
    exponent = exponent_of(largest)
    if exponent < -1023:
        # Too small to scale by a power of two that is a float: go up first.
        return length_of([coordinate / 5e-324 for coordinate in coordinates]) * 5e-324
    total, first_rest, second_rest, third_rest = 1.0, 0.0, 0.0, 0.0
    scale = scaled(1.0, -exponent)
    for coordinate in coordinates:
        number = coordinate * scale
        high = number * _SPLITTER
        high = high - (high - number)
        low = number - high
        before = total
        total += high * high
        first_rest += (before - total) + high * high
        before = total
        total += 2.0 * high * low
        second_rest += (before - total) + 2.0 * high * low
        third_rest += low * low
    root = mathematics.sqrt(total - 1.0 + (first_rest + second_rest + third_rest))
    high = root * _SPLITTER
    high = high - (high - root)
    low = root - high
    before = total
    total += -high * high
    first_rest += (before - total) + -high * high
    before = total
    total += -2.0 * high * low
    second_rest += (before - total) + -2.0 * high * low
    before = total
    total += -low * low
    third_rest += (before - total) + -low * low
    rest = total - 1.0 + (first_rest + second_rest + third_rest)
    return (root + rest / (2.0 * root)) / scale
