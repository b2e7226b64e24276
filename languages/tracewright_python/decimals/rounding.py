"""How an exact result becomes one that the settings allow."""

from __future__ import annotations

from typing import NamedTuple

from tracewright.core.integers import trunc_div, trunc_mod
from tracewright.hints import dont_look_inside
from tracewright.lib.big_integers import ZERO, BigInteger, add, compare, from_int, multiply
from tracewright.lib.big_integers_powers import ONE
from tracewright.lib.big_integers_quotients import divide_truncating
from tracewright_python.decimals.numbers import (
    POWERS,
    WORD_DIGITS,
    Kind,
    PyDecimal,
    digits_of,
    digits_of_word,
    finite,
    infinite,
    quiet_nan,
    small,
    surely_fits,
    ten_to,
)
from tracewright_python.decimals.settings import PyDecimalSettings, Rounding, Signal

FIVE = from_int(5)


class Rounded(NamedTuple):
    """A coefficient without its last digits, and whether these were not all 0."""

    coefficient: BigInteger
    is_inexact: bool


def goes_up(rounding: int, is_negative: bool, last_digit: int, is_odd: bool, half: int) -> bool:
    """Whether a coefficient grows by one for what was cut off, which is not 0: less than (-1), just (0) or more than (1) half of a last digit."""
    match rounding:
        case Rounding.HALF_EVEN:
            return half > 0 or (half == 0 and is_odd)
        case Rounding.HALF_UP:
            return half >= 0
        case Rounding.HALF_DOWN:
            return half > 0
        case Rounding.CEILING:
            return not is_negative
        case Rounding.FLOOR:
            return is_negative
        case Rounding.UP:
            return True
        case Rounding.ZERO_OR_FIVE_UP:
            return last_digit == 0 or last_digit == 5
        case _:
            return False


def without_digits(word: int, count: int, is_negative: bool, settings: PyDecimalSettings) -> int:
    """A word without its last `count` digits (1 to 18), rounded; notes whether that lost something."""
    unit = POWERS[count]
    kept, rest = trunc_div(word, unit), trunc_mod(word, unit)
    if rest == 0:
        return kept
    settings.note(Signal.INEXACT)
    half = unit >> 1
    side = -1 if rest < half else 1 if rest > half else 0
    return kept + 1 if goes_up(settings.rounding, is_negative, trunc_mod(kept, 10), kept & 1 == 1, side) else kept


@dont_look_inside
def big_without_digits(coefficient: BigInteger, count: int, is_negative: bool, rounding: int) -> Rounded:
    """The same of any coefficient and count."""
    if count <= 0:
        return Rounded(coefficient, False)
    if surely_fits(coefficient, count):  # less than half of a last digit
        if coefficient.sign == 0:
            return Rounded(ZERO, False)
        return Rounded(ONE if goes_up(rounding, is_negative, 0, False, -1) else ZERO, True)
    unit = ten_to(count)
    division = divide_truncating(coefficient, unit)
    kept = division.quotient
    if division.remainder.sign == 0:
        return Rounded(kept, False)
    side = compare(add(division.remainder, division.remainder), unit)
    last = divide_truncating(kept, ten_to(1)).remainder.low_word() if rounding == Rounding.ZERO_OR_FIVE_UP else 0
    return Rounded(add(kept, ONE) if goes_up(rounding, is_negative, last, kept.is_odd(), side) else kept, True)


def result_of_word(is_negative: bool, word: int, exponent: int, settings: PyDecimalSettings) -> PyDecimal:
    """A result whose coefficient is a word, as the settings allow it."""
    if settings.quick_low <= exponent <= settings.quick_high:
        if word < settings.limit:
            return small(is_negative, word, exponent)
        count = digits_of_word(word) - settings.precision
        if 0 < count <= WORD_DIGITS:
            settings.note(Signal.ROUNDED)
            kept = without_digits(word, count, is_negative, settings)
            if kept == settings.limit:
                return result_of(is_negative, from_int(kept), exponent + count, settings)
            if exponent + count <= settings.quick_high:
                return small(is_negative, kept, exponent + count)
    return result_of(is_negative, from_int(word), exponent, settings)


@dont_look_inside
def result_of(is_negative: bool, coefficient: BigInteger, exponent: int, settings: PyDecimalSettings) -> PyDecimal:
    """A result as the settings allow it."""
    if coefficient.sign == 0:
        return zero_result(is_negative, exponent, settings)
    if surely_fits(coefficient, settings.precision) and settings.quick_low <= exponent:
        digits = settings.precision  # or fewer
        if exponent + digits - 1 <= settings.highest and (settings.clamp == 0 or exponent <= settings.top()):
            return finite(is_negative, coefficient, exponent)
    digits = digits_of(coefficient)
    tiny, top = settings.tiny(), settings.top()
    if exponent + digits - 1 > settings.highest:
        return too_large(is_negative, settings)
    lowest = exponent + digits - settings.precision  # the exponent that a result with all its digits has
    is_subnormal = lowest < tiny
    if is_subnormal:
        lowest = tiny
        settings.note(Signal.SUBNORMAL)
    if exponent < lowest:
        rounded = big_without_digits(coefficient, lowest - exponent, is_negative, settings.rounding)
        coefficient = rounded.coefficient
        if rounded.is_inexact and digits_of(coefficient) > settings.precision:
            coefficient = ten_to(settings.precision - 1)
            lowest += 1
        settings.note(Signal.ROUNDED)
        if rounded.is_inexact:
            settings.note(Signal.INEXACT | (Signal.UNDERFLOW if is_subnormal else 0))
        if lowest > top:
            return too_large(is_negative, settings)
        if coefficient.sign == 0:
            settings.note(Signal.CLAMPED)
        return finite(is_negative, coefficient, lowest)
    if settings.clamp != 0 and exponent > top:
        settings.note(Signal.CLAMPED)
        return finite(is_negative, multiply(coefficient, ten_to(exponent - top)), top)
    return finite(is_negative, coefficient, exponent)


def zero_result(is_negative: bool, exponent: int, settings: PyDecimalSettings) -> PyDecimal:
    """A result that is 0."""
    highest = settings.highest if settings.clamp == 0 else settings.top()
    allowed = min(max(exponent, settings.tiny()), highest)
    if allowed != exponent:
        settings.note(Signal.CLAMPED)
    return small(is_negative, 0, allowed)


def too_large(is_negative: bool, settings: PyDecimalSettings) -> PyDecimal:
    """What stands for a result beyond the highest exponent."""
    settings.note(Signal.OVERFLOW | Signal.INEXACT | Signal.ROUNDED)
    if goes_up_to_infinity(settings.rounding, is_negative):
        return infinite(is_negative)
    largest = add(ten_to(settings.precision), from_int(-1))
    return finite(is_negative, largest, settings.top())


def goes_up_to_infinity(rounding: int, is_negative: bool) -> bool:
    """Whether what is too large becomes infinite: else the largest number stands for it."""
    match rounding:
        case Rounding.DOWN | Rounding.ZERO_OR_FIVE_UP:
            return False
        case Rounding.CEILING:
            return not is_negative
        case Rounding.FLOOR:
            return is_negative
        case _:
            return True


@dont_look_inside
def settled(number: PyDecimal, settings: PyDecimalSettings) -> PyDecimal:
    """A number as the settings allow it: what `+number` gives, but for the sign of 0."""
    if number.kind == Kind.FINITE:
        return result_of(number.is_negative, number.coefficient(), number.exponent, settings)
    if number.kind == Kind.INFINITE:
        return number
    return shortened(number, settings)


def shortened(number: PyDecimal, settings: PyDecimalSettings) -> PyDecimal:
    """A NaN with as much of what it tells as fits."""
    most = settings.precision - settings.clamp
    if number.digits() <= most:
        return number
    kept = divide_truncating(number.coefficient(), ten_to(most)).remainder
    plain = finite(number.is_negative, kept, 0)
    return PyDecimal(number.kind, number.is_negative, plain.word, plain.big, 0)


def invalid(settings: PyDecimalSettings, condition: int = Signal.INVALID) -> PyDecimal:
    """The result of an invalid operation."""
    settings.note(condition)
    return quiet_nan()


def nan_of(left: PyDecimal, right: PyDecimal, settings: PyDecimalSettings) -> PyDecimal:
    """The result of an operation of which at least one operand is a NaN: a signalling one comes first."""
    found = left if left.kind == Kind.SIGNALLING or (right.kind != Kind.SIGNALLING and left.is_nan()) else right
    if found.kind == Kind.SIGNALLING:
        settings.note(Signal.INVALID)
    quiet = PyDecimal(Kind.QUIET, found.is_negative, found.word, found.big, 0)
    return shortened(quiet, settings)
