"""Sums, differences, products and the order of decimal numbers."""

from __future__ import annotations

from tracewright.core.integers import ovf_add, ovf_mul
from tracewright.hints import dont_look_inside
from tracewright.lib.big_integers import BigInteger, absolute, add, compare, multiply, negate
from tracewright.lib.big_integers_powers import ONE
from tracewright_python.decimals.numbers import (
    POWERS,
    WORD_DIGITS,
    Kind,
    PyDecimal,
    infinite,
    ten_to,
    with_sign,
)
from tracewright_python.decimals.rounding import invalid, nan_of, result_of, result_of_word, zero_result
from tracewright_python.decimals.settings import PyDecimalSettings, Rounding

UNORDERED = 2


def sum_of(left: PyDecimal, right: PyDecimal, minus: bool, settings: PyDecimalSettings) -> PyDecimal:
    """`left + right`, or `left - right`."""
    if left.is_small() and right.is_small():
        distance = left.exponent - right.exponent
        if -WORD_DIGITS <= distance <= WORD_DIGITS:
            try:
                a = left.word if distance <= 0 else ovf_mul(left.word, POWERS[distance])
                b = right.word if distance >= 0 else ovf_mul(right.word, POWERS[-distance])
                return word_sum(left, a, right.is_negative != minus, b, min(left.exponent, right.exponent), settings)
            except OverflowError:
                pass
    return any_sum(left, right, minus, settings)


def word_sum(
    left: PyDecimal, a: int, is_negative: bool, b: int, exponent: int, settings: PyDecimalSettings
) -> PyDecimal:
    """The sum of two words with one exponent, the first with the sign of `left`, the second `is_negative`. Raises OverflowError."""
    if left.is_negative == is_negative:
        return result_of_word(is_negative, ovf_add(a, b), exponent, settings)
    if a > b:
        return result_of_word(left.is_negative, a - b, exponent, settings)
    if a < b:
        return result_of_word(is_negative, b - a, exponent, settings)
    return result_of_word(settings.rounding == Rounding.FLOOR, 0, exponent, settings)


@dont_look_inside
def any_sum(left: PyDecimal, right: PyDecimal, minus: bool, settings: PyDecimalSettings) -> PyDecimal:
    """The same for all numbers."""
    if left.is_nan() or right.is_nan():
        return nan_of(left, right, settings)
    right_negative = right.is_negative != minus
    if left.kind == Kind.INFINITE:
        if right.kind == Kind.INFINITE and right_negative != left.is_negative:
            return invalid(settings)
        return left
    if right.kind == Kind.INFINITE:
        return infinite(right_negative)
    exponent = min(left.exponent, right.exponent)
    floor = settings.rounding == Rounding.FLOOR
    if left.is_zero() and right.is_zero():
        both = left.is_negative if left.is_negative == right_negative else floor
        return zero_result(both, exponent, settings)
    if left.is_zero() or right.is_zero():
        other = right if left.is_zero() else left
        sign = right_negative if left.is_zero() else left.is_negative
        lowest = max(exponent, min(other.exponent, other.exponent + other.digits() - settings.precision - 2))
        coefficient = multiply(other.coefficient(), ten_to(max(other.exponent - lowest, 0)))
        return result_of(sign, coefficient, min(lowest, other.exponent), settings)
    return sum_of_finite(left, with_sign(right, right_negative), settings)


def sum_of_finite(left: PyDecimal, right: PyDecimal, settings: PyDecimalSettings) -> PyDecimal:
    """The sum of two finite numbers that are not 0. One far below the last digit of the result counts as little more than nothing."""
    high, low = (left, right) if left.exponent >= right.exponent else (right, left)
    high_digits, low_digits = high.digits(), low.digits()
    floor = high.exponent + min(-1, high_digits - settings.precision - 2)
    if low_digits + low.exponent - 1 < floor:
        low_coefficient, exponent = ONE, floor
    else:
        low_coefficient, exponent = low.coefficient(), low.exponent
    high_coefficient = multiply(high.coefficient(), ten_to(high.exponent - exponent))
    total = add(signed(high, high_coefficient), signed(low, low_coefficient))
    if total.sign == 0:
        return zero_result(settings.rounding == Rounding.FLOOR, exponent, settings)
    return result_of(total.sign < 0, absolute(total), exponent, settings)


def signed(number: PyDecimal, coefficient: BigInteger) -> BigInteger:
    """A coefficient with the sign of a number."""
    return negate(coefficient) if number.is_negative else coefficient


def product_of(left: PyDecimal, right: PyDecimal, settings: PyDecimalSettings) -> PyDecimal:
    """`left * right`"""
    if left.is_small() and right.is_small():
        try:
            word = ovf_mul(left.word, right.word)
            return result_of_word(left.is_negative != right.is_negative, word, left.exponent + right.exponent, settings)
        except OverflowError:
            pass
    return any_product(left, right, settings)


@dont_look_inside
def any_product(left: PyDecimal, right: PyDecimal, settings: PyDecimalSettings) -> PyDecimal:
    """The same for all numbers."""
    if left.is_nan() or right.is_nan():
        return nan_of(left, right, settings)
    is_negative = left.is_negative != right.is_negative
    if left.kind == Kind.INFINITE or right.kind == Kind.INFINITE:
        return invalid(settings) if left.is_zero() or right.is_zero() else infinite(is_negative)
    coefficient = multiply(left.coefficient(), right.coefficient())
    return result_of(is_negative, coefficient, left.exponent + right.exponent, settings)


@dont_look_inside
def multiply_add(left: PyDecimal, right: PyDecimal, third: PyDecimal, settings: PyDecimalSettings) -> PyDecimal:
    """`left * right + third`, rounded once."""
    if left.is_nan() or right.is_nan():
        if third.kind == Kind.SIGNALLING and left.kind != Kind.SIGNALLING and right.kind != Kind.SIGNALLING:
            return nan_of(third, third, settings)
        return nan_of(left, right, settings)
    is_negative = left.is_negative != right.is_negative
    if left.kind == Kind.INFINITE or right.kind == Kind.INFINITE:
        if left.is_zero() or right.is_zero():
            return invalid(settings)
        product = infinite(is_negative)
    else:
        coefficient = multiply(left.coefficient(), right.coefficient())
        exact = PyDecimal(Kind.FINITE, is_negative, 0, coefficient, left.exponent + right.exponent)
        if coefficient.sign == 0:
            exact = PyDecimal(Kind.FINITE, is_negative, 0, None, exact.exponent)
        product = exact
    return any_sum(product, third, False, settings)


def order_of(left: PyDecimal, right: PyDecimal) -> int:
    """-1, 0 or 1 as `left` is less than, equal to or greater than `right`; 2 where one is NaN."""
    if left.is_small() and right.is_small() and left.exponent == right.exponent:
        a = -left.word if left.is_negative else left.word
        b = -right.word if right.is_negative else right.word
        return -1 if a < b else 1 if a > b else 0
    return any_order(left, right)


@dont_look_inside
def any_order(left: PyDecimal, right: PyDecimal) -> int:
    """The same for all numbers."""
    if left.is_nan() or right.is_nan():
        return UNORDERED
    if left.is_zero() or right.is_zero():
        return sign_of(left) - sign_of(right)
    if left.is_negative != right.is_negative:
        return -1 if left.is_negative else 1
    size = order_of_sizes(left, right)
    return -size if left.is_negative else size


def sign_of(number: PyDecimal) -> int:
    """-1, 0 or 1"""
    return 0 if number.is_zero() else -1 if number.is_negative else 1


def order_of_sizes(left: PyDecimal, right: PyDecimal) -> int:
    """The order of two numbers that are not 0, without their signs."""
    if left.kind == Kind.INFINITE or right.kind == Kind.INFINITE:
        return left.kind - right.kind
    a, b = left.adjusted(), right.adjusted()
    if a != b:
        return -1 if a < b else 1
    exponent = min(left.exponent, right.exponent)
    return compare(
        multiply(left.coefficient(), ten_to(left.exponent - exponent)),
        multiply(right.coefficient(), ten_to(right.exponent - exponent)),
    )
