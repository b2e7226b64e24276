"""Decimal digits of machine words: counting them and writing them into a string under construction."""

from typing import Final

from tracewright.core.arrays import Array, array_of, unchecked_get
from tracewright.core.integers import count_leading_zeros
from tracewright.core.text import StrBuffer

DIGIT_ZERO: Final = 48  # ord("0")
POWERS_OF_TEN: Final[Array[int]] = array_of([10**exponent for exponent in range(19)])


def digit_count(number: int) -> int:
    """How many decimal digits a number >= 0 has; 1 for 0. No branches: a trace is right for numbers of all sizes."""
    odd = number | 1  # has as many digits, as powers of ten are even but for 1
    # 1233 / 4096 is a little above log10(2): the guess is right or one too small. It is below 19, as 63 bits are the most.
    guess = ((64 - count_leading_zeros(odd)) * 1233) >> 12
    return guess + int(odd >= unchecked_get(POWERS_OF_TEN, guess))


def put_digits(buffer: StrBuffer, start: int, count: int, number: int) -> None:
    """Write `number` >= 0 at `start`, in a narrow text, as exactly `count` digits, zeros leading."""
    buffer.put_decimal(start, count, number)


def put_text(buffer: StrBuffer, start: int, text: str) -> int:
    """Write `text` at `start`; gives the index behind it."""
    buffer.put_range(start, text, 0, len(text))
    return start + len(text)


def put_repeated(buffer: StrBuffer, start: int, code: int, count: int) -> int:
    """Write one code point `count` times; gives the index behind it."""
    end = start + count
    while start < end:
        buffer.put(start, code)
        start += 1
    return end
