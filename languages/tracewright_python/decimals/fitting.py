"""Numbers with another exponent: `quantize`, whole numbers, plain ones."""

from __future__ import annotations

from typing import NamedTuple

from tracewright.core.integers import ovf_mul
from tracewright.hints import dont_look_inside
from tracewright.lib.big_integers import multiply
from tracewright.lib.big_integers_quotients import divide_truncating
from tracewright_python.decimals.numbers import (
    POWERS,
    TEN,
    WORD_DIGITS,
    Kind,
    PyDecimal,
    finite,
    small,
    ten_to,
    with_sign,
)
from tracewright_python.decimals.rounding import (
    big_without_digits,
    invalid,
    nan_of,
    result_of_word,
    settled,
    without_digits,
    zero_result,
)
from tracewright_python.decimals.settings import PyDecimalSettings, Rounding, Signal


class Rescaled(NamedTuple):
    """A number with another exponent, and whether that lost something."""

    number: PyDecimal
    is_inexact: bool


@dont_look_inside
def rescaled(number: PyDecimal, exponent: int, rounding: int) -> Rescaled:
    """A finite number with this exponent."""
    if number.is_zero():
        return Rescaled(small(number.is_negative, 0, exponent), False)
    if exponent <= number.exponent:
        coefficient = multiply(number.coefficient(), ten_to(number.exponent - exponent))
        return Rescaled(finite(number.is_negative, coefficient, exponent), False)
    cut = big_without_digits(number.coefficient(), exponent - number.exponent, number.is_negative, rounding)
    return Rescaled(finite(number.is_negative, cut.coefficient, exponent), cut.is_inexact)


def quantized(number: PyDecimal, pattern: PyDecimal, settings: PyDecimalSettings) -> PyDecimal:
    """The number with the exponent of the pattern."""
    if number.is_small() and pattern.kind == Kind.FINITE:
        exponent = pattern.exponent
        count = exponent - number.exponent
        if settings.quick_low <= exponent <= settings.quick_high:
            if 0 < count <= WORD_DIGITS and number.word != 0:
                word = without_digits(number.word, count, number.is_negative, settings)
                if word < settings.limit:
                    settings.note(Signal.ROUNDED)
                    return small(number.is_negative, word, exponent)
                settings.status = 0
            elif -WORD_DIGITS <= count <= 0:
                try:
                    word = ovf_mul(number.word, POWERS[-count])
                    if word < settings.limit:
                        return small(number.is_negative, word, exponent)
                except OverflowError:
                    pass
    return any_quantized(number, pattern, settings)


@dont_look_inside
def any_quantized(number: PyDecimal, pattern: PyDecimal, settings: PyDecimalSettings) -> PyDecimal:
    """The same for all numbers."""
    if number.is_nan() or pattern.is_nan():
        return nan_of(number, pattern, settings)
    if number.kind == Kind.INFINITE or pattern.kind == Kind.INFINITE:
        return number if number.kind == pattern.kind else invalid(settings)
    exponent = pattern.exponent
    if not settings.tiny() <= exponent <= settings.highest:
        return invalid(settings)
    if number.is_zero():
        return zero_result(number.is_negative, exponent, settings)
    if number.adjusted() > settings.highest or number.adjusted() - exponent + 1 > settings.precision:
        return invalid(settings)
    fitted = rescaled(number, exponent, settings.rounding)
    result = fitted.number
    if result.adjusted() > settings.highest or result.digits() > settings.precision:
        return invalid(settings)
    if not result.is_zero() and result.adjusted() < settings.lowest:
        settings.note(Signal.SUBNORMAL)
    if exponent > number.exponent:
        settings.note(Signal.ROUNDED | (Signal.INEXACT if fitted.is_inexact else 0))
    return settled(result, settings) if settings.clamp != 0 else result


@dont_look_inside
def whole(number: PyDecimal, rounding: int, notes: bool, settings: PyDecimalSettings) -> PyDecimal:
    """The number without digits behind the point. `notes`: signals tell whether that lost something."""
    if number.is_nan():
        return nan_of(number, number, settings)
    if number.kind == Kind.INFINITE or number.exponent >= 0:
        return number
    fitted = rescaled(number, 0, rounding)
    if notes and not number.is_zero():
        settings.note(Signal.ROUNDED | (Signal.INEXACT if fitted.is_inexact else 0))
    return fitted.number


def plain(number: PyDecimal, negate: bool, settings: PyDecimalSettings) -> PyDecimal:
    """`+number` or `-number`, as the settings allow it."""
    is_negative = number.is_negative != negate
    if number.is_small():
        if number.word == 0:
            is_negative = number.is_negative != negate if settings.rounding == Rounding.FLOOR else False
        return result_of_word(is_negative, number.word, number.exponent, settings)
    return any_plain(number, negate, settings)


@dont_look_inside
def any_plain(number: PyDecimal, negate: bool, settings: PyDecimalSettings) -> PyDecimal:
    """The same for all numbers."""
    if number.is_nan():
        return nan_of(number, number, settings)
    return settled(with_sign(number, number.is_negative != negate), settings)


@dont_look_inside
def normalized(number: PyDecimal, settings: PyDecimalSettings) -> PyDecimal:
    """The number without zeros at its end."""
    if number.is_nan():
        return nan_of(number, number, settings)
    result = settled(number, settings)
    if result.kind == Kind.INFINITE:
        return result
    if result.is_zero():
        return small(result.is_negative, 0, 0)
    highest = settings.highest if settings.clamp == 0 else settings.top()
    coefficient, exponent = result.coefficient(), result.exponent
    while exponent < highest:
        division = divide_truncating(coefficient, TEN)
        if division.remainder.sign != 0:
            break
        coefficient = division.quotient
        exponent += 1
    return finite(result.is_negative, coefficient, exponent)
