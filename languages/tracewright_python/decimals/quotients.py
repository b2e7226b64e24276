"""Quotients, remainders and square roots of decimal numbers."""

from __future__ import annotations

from typing import NamedTuple

from tracewright.core.integers import ovf_mul, trunc_div, trunc_mod
from tracewright.hints import dont_look_inside
from tracewright.lib.big_integers import BigInteger, add, compare, multiply, subtract
from tracewright.lib.big_integers_powers import ONE, integer_root
from tracewright.lib.big_integers_quotients import divide_truncating
from tracewright_python.decimals.fitting import rescaled
from tracewright_python.decimals.numbers import (
    POWERS,
    TEN,
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
from tracewright_python.decimals.rounding import FIVE, invalid, nan_of, result_of, result_of_word, settled, zero_result
from tracewright_python.decimals.settings import PyDecimalSettings, Rounding, Signal


class QuotientAndRest(NamedTuple):
    """What `divmod` gives."""

    quotient: PyDecimal
    rest: PyDecimal


def quotient_of(left: PyDecimal, right: PyDecimal, settings: PyDecimalSettings) -> PyDecimal:
    """`left / right`"""
    if left.is_small() and right.is_small() and left.word != 0 and right.word != 0:
        is_negative = left.is_negative != right.is_negative
        exponent = left.exponent - right.exponent
        if trunc_mod(left.word, right.word) == 0:
            return result_of_word(is_negative, trunc_div(left.word, right.word), exponent, settings)
        shift = digits_of_word(right.word) - digits_of_word(left.word) + settings.precision + 1
        if 0 <= shift <= WORD_DIGITS:
            try:
                scaled = ovf_mul(left.word, POWERS[shift])
                kept, rest = trunc_div(scaled, right.word), trunc_mod(scaled, right.word)
                if rest != 0:
                    if trunc_mod(kept, 5) == 0:
                        kept += 1  # so that rounding sees that there is something behind it
                    return result_of_word(is_negative, kept, exponent - shift, settings)
                return exact_quotient(is_negative, kept, exponent - shift, exponent, settings)
            except OverflowError:
                pass
    return any_quotient(left, right, settings)


@dont_look_inside
def exact_quotient(is_negative: bool, word: int, exponent: int, ideal: int, settings: PyDecimalSettings) -> PyDecimal:
    """A quotient without rest: zeros at its end are given up until the exponent is the difference of the exponents."""
    while exponent < ideal and trunc_mod(word, 10) == 0:
        word = trunc_div(word, 10)
        exponent += 1
    return result_of_word(is_negative, word, exponent, settings)


@dont_look_inside
def any_quotient(left: PyDecimal, right: PyDecimal, settings: PyDecimalSettings) -> PyDecimal:
    """The same for all numbers."""
    if left.is_nan() or right.is_nan():
        return nan_of(left, right, settings)
    is_negative = left.is_negative != right.is_negative
    if left.kind == Kind.INFINITE:
        return invalid(settings) if right.kind == Kind.INFINITE else infinite(is_negative)
    if right.kind == Kind.INFINITE:
        settings.note(Signal.CLAMPED)
        return small(is_negative, 0, settings.tiny())
    if right.is_zero():
        if left.is_zero():
            return invalid(settings, Signal.DIVISION_UNDEFINED)
        settings.note(Signal.DIVISION_BY_ZERO)
        return infinite(is_negative)
    ideal = left.exponent - right.exponent
    if left.is_zero():
        return zero_result(is_negative, ideal, settings)
    shift = right.digits() - left.digits() + settings.precision + 1
    a, b = left.coefficient(), right.coefficient()
    division = (
        divide_truncating(multiply(a, ten_to(shift)), b)
        if shift >= 0
        else divide_truncating(a, multiply(b, ten_to(-shift)))
    )
    kept, exponent = division.quotient, ideal - shift
    if division.remainder.sign == 0:
        return without_zeros(is_negative, kept, exponent, ideal, settings)
    if divide_truncating(kept, FIVE).remainder.sign == 0:
        kept = add(kept, ONE)
    return result_of(is_negative, kept, exponent, settings)


def without_zeros(
    is_negative: bool, coefficient: BigInteger, exponent: int, ideal: int, settings: PyDecimalSettings
) -> PyDecimal:
    """An exact result, without zeros at its end as far as the ideal exponent."""
    while exponent < ideal:
        division = divide_truncating(coefficient, TEN)
        if division.remainder.sign != 0:
            break
        coefficient = division.quotient
        exponent += 1
    return result_of(is_negative, coefficient, exponent, settings)


@dont_look_inside
def quotient_and_rest(left: PyDecimal, right: PyDecimal, settings: PyDecimalSettings) -> QuotientAndRest:
    """The whole quotient, rounded towards zero, and the rest, of numbers that are no NaNs, of which the first is finite and the second not 0.

    What is invalid gives NaNs. Neither is rounded yet.
    """
    is_negative = left.is_negative != right.is_negative
    ideal = left.exponent if right.kind == Kind.INFINITE else min(left.exponent, right.exponent)
    if left.is_zero() or right.kind == Kind.INFINITE or left.adjusted() - right.adjusted() <= -2:
        return QuotientAndRest(small(is_negative, 0, 0), rescaled(left, ideal, settings.rounding).number)
    if left.adjusted() - right.adjusted() <= settings.precision:
        division = divide_truncating(
            multiply(left.coefficient(), ten_to(max(left.exponent - right.exponent, 0))),
            multiply(right.coefficient(), ten_to(max(right.exponent - left.exponent, 0))),
        )
        if surely_fits(division.quotient, settings.precision) or digits_of(division.quotient) <= settings.precision:
            return QuotientAndRest(
                finite(is_negative, division.quotient, 0), finite(left.is_negative, division.remainder, ideal)
            )
    settings.note(Signal.DIVISION_IMPOSSIBLE)
    return QuotientAndRest(quiet_nan(), quiet_nan())


@dont_look_inside
def whole_quotient(left: PyDecimal, right: PyDecimal, settings: PyDecimalSettings) -> PyDecimal:
    """`left // right`"""
    if left.is_nan() or right.is_nan():
        return nan_of(left, right, settings)
    is_negative = left.is_negative != right.is_negative
    if left.kind == Kind.INFINITE:
        return invalid(settings) if right.kind == Kind.INFINITE else infinite(is_negative)
    if right.is_zero():
        if left.is_zero():
            return invalid(settings, Signal.DIVISION_UNDEFINED)
        settings.note(Signal.DIVISION_BY_ZERO)
        return infinite(is_negative)
    return settled(quotient_and_rest(left, right, settings).quotient, settings)


def _without_rest(left: PyDecimal, right: PyDecimal, settings: PyDecimalSettings) -> PyDecimal | None:
    """What a remainder is where there is none: of no numbers, of an infinite one, by zero. None where there is one."""
    if left.is_nan() or right.is_nan():
        return nan_of(left, right, settings)
    if left.kind == Kind.INFINITE:
        return invalid(settings)
    if right.is_zero():
        return invalid(settings, Signal.DIVISION_UNDEFINED if left.is_zero() else Signal.INVALID)
    return None


@dont_look_inside
def rest_of(left: PyDecimal, right: PyDecimal, settings: PyDecimalSettings) -> PyDecimal:
    """`left % right`, with the sign of `left`"""
    nothing = _without_rest(left, right, settings)
    if nothing is not None:
        return nothing
    return settled(quotient_and_rest(left, right, settings).rest, settings)


@dont_look_inside
def nearest_rest(left: PyDecimal, right: PyDecimal, settings: PyDecimalSettings) -> PyDecimal:
    """`left` minus the multiple of `right` that is nearest to it."""
    nothing = _without_rest(left, right, settings)
    if nothing is not None:
        return nothing
    if right.kind == Kind.INFINITE:
        return settled(left, settings)
    ideal = min(left.exponent, right.exponent)
    if left.is_zero():
        return zero_result(left.is_negative, ideal, settings)
    distance = left.adjusted() - right.adjusted()
    if distance > settings.precision:
        return invalid(settings, Signal.DIVISION_IMPOSSIBLE)
    if distance <= -2:
        return settled(rescaled(left, ideal, settings.rounding).number, settings)
    divisor = multiply(right.coefficient(), ten_to(right.exponent - ideal))
    division = divide_truncating(multiply(left.coefficient(), ten_to(left.exponent - ideal)), divisor)
    quotient, rest, is_negative = division.quotient, division.remainder, left.is_negative
    side = compare(add(rest, rest), divisor)
    if side > 0 or (side == 0 and quotient.is_odd()):
        quotient = add(quotient, ONE)
        rest = subtract(divisor, rest)
        is_negative = not is_negative
    if digits_of(quotient) > settings.precision:
        return invalid(settings, Signal.DIVISION_IMPOSSIBLE)
    return result_of(is_negative, rest, ideal, settings)


@dont_look_inside
def square_root(number: PyDecimal, settings: PyDecimalSettings) -> PyDecimal:
    """The square root, rounded to the nearest, ties to even."""
    if number.is_nan():
        return nan_of(number, number, settings)
    if number.kind == Kind.INFINITE:
        return invalid(settings) if number.is_negative else number
    ideal = number.exponent >> 1
    if number.is_zero():
        return zero_result(number.is_negative, ideal, settings)
    if number.is_negative:
        return invalid(settings)
    # One digit more than the precision, of which the last is changed where something lies behind: then rounding is right.
    coefficient = number.coefficient()
    digits = number.digits()
    if number.exponent & 1 == 0:
        root = integer_root(coefficient)
        if compare(multiply(root, root), coefficient) == 0:
            return rounded_to_nearest(root, ideal, settings)
    if number.exponent & 1 == 1:
        coefficient = multiply(coefficient, TEN)
        length = (digits >> 1) + 1
    else:
        length = digits + 1 >> 1
    shift = settings.precision + 1 - length
    is_exact = True
    if shift >= 0:
        coefficient = multiply(coefficient, ten_to(2 * shift))
    else:
        division = divide_truncating(coefficient, ten_to(-2 * shift))
        coefficient, is_exact = division.quotient, division.remainder.sign == 0
    exponent = ideal - shift
    root = integer_root(coefficient)
    is_exact = is_exact and compare(multiply(root, root), coefficient) == 0
    if is_exact:
        if shift < 0:
            root = multiply(root, ten_to(-shift))
            exponent += shift
        while exponent < ideal and divide_truncating(root, TEN).remainder.sign == 0:
            root = divide_truncating(root, TEN).quotient
            exponent += 1
    elif divide_truncating(root, FIVE).remainder.sign == 0:
        root = add(root, ONE)
    return rounded_to_nearest(root, exponent, settings)


def rounded_to_nearest(coefficient: BigInteger, exponent: int, settings: PyDecimalSettings) -> PyDecimal:
    """A positive result, rounded to the nearest number, whatever the settings say."""
    rounding = settings.rounding
    settings.rounding = Rounding.HALF_EVEN
    result = result_of(False, coefficient, exponent, settings)
    settings.rounding = rounding
    return result
