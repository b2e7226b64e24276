"""Arithmetic on guest Values that are ints or floats. An int result that does not fit becomes a float.

Every function tests for two ints first, then two floats, then for a mixture: in a trace only the first test that holds is
left, as a guard. What is not a number gives `Value.UNDEFINED`, for the language to complain.
"""

from __future__ import annotations

from tracewright.core.integers import ovf_add, ovf_mul, ovf_sub
from tracewright.core.mathematics import floor
from tracewright.core.value import Value
from tracewright.lib.float_text import float_repr


def is_number(value: Value) -> bool:
    """Whether it is an int or a float."""
    return value.is_int() or value.is_float()


def number_as_float(value: Value) -> float:
    """The float that a number is or equals; only after `is_number`."""
    return float(value.as_int()) if value.is_int() else value.as_float()


def _numbers(left: Value, right: Value) -> bool:
    return is_number(left) and is_number(right)


def number_add(left: Value, right: Value) -> Value:
    """`left + right`"""
    if left.is_int() and right.is_int():
        try:
            return Value.of_int(ovf_add(left.as_int(), right.as_int()))
        except OverflowError:
            return Value.of_float(float(left.as_int()) + float(right.as_int()))
    if left.is_float() and right.is_float():
        return Value.of_float(left.as_float() + right.as_float())
    if _numbers(left, right):
        return Value.of_float(number_as_float(left) + number_as_float(right))
    return Value.UNDEFINED


def number_subtract(left: Value, right: Value) -> Value:
    """`left - right`"""
    if left.is_int() and right.is_int():
        try:
            return Value.of_int(ovf_sub(left.as_int(), right.as_int()))
        except OverflowError:
            return Value.of_float(float(left.as_int()) - float(right.as_int()))
    if left.is_float() and right.is_float():
        return Value.of_float(left.as_float() - right.as_float())
    if _numbers(left, right):
        return Value.of_float(number_as_float(left) - number_as_float(right))
    return Value.UNDEFINED


def number_multiply(left: Value, right: Value) -> Value:
    """`left * right`"""
    if left.is_int() and right.is_int():
        try:
            return Value.of_int(ovf_mul(left.as_int(), right.as_int()))
        except OverflowError:
            return Value.of_float(float(left.as_int()) * float(right.as_int()))
    if left.is_float() and right.is_float():
        return Value.of_float(left.as_float() * right.as_float())
    if _numbers(left, right):
        return Value.of_float(number_as_float(left) * number_as_float(right))
    return Value.UNDEFINED


def number_divide(left: Value, right: Value) -> Value:
    """`left / right` as a float. Raises ZeroDivisionError."""
    if left.is_float() and right.is_float():
        return Value.of_float(left.as_float() / right.as_float())
    if _numbers(left, right):
        return Value.of_float(number_as_float(left) / number_as_float(right))
    return Value.UNDEFINED


def number_modulo(left: Value, right: Value) -> Value:
    """`left % right` with the sign of `right`. Raises ZeroDivisionError."""
    if left.is_int() and right.is_int():
        return Value.of_int(left.as_int() % right.as_int())
    if _numbers(left, right):
        divisor = number_as_float(right)
        number = number_as_float(left)
        return Value.of_float(number - floor(number / divisor) * divisor)
    return Value.UNDEFINED


def number_negate(operand: Value) -> Value:
    """`-operand`"""
    if operand.is_float():
        return Value.of_float(-operand.as_float())
    return number_subtract(Value.of_int(0), operand)


def number_less(left: Value, right: Value) -> Value:
    """`left < right`"""
    if left.is_int() and right.is_int():
        return Value.of_bool(left.as_int() < right.as_int())
    if left.is_float() and right.is_float():
        return Value.of_bool(left.as_float() < right.as_float())
    if _numbers(left, right):
        return Value.of_bool(number_as_float(left) < number_as_float(right))
    return Value.UNDEFINED


def number_less_equal(left: Value, right: Value) -> Value:
    """`left <= right`"""
    if left.is_int() and right.is_int():
        return Value.of_bool(left.as_int() <= right.as_int())
    if left.is_float() and right.is_float():
        return Value.of_bool(left.as_float() <= right.as_float())
    if _numbers(left, right):
        return Value.of_bool(number_as_float(left) <= number_as_float(right))
    return Value.UNDEFINED


def values_same(left: Value, right: Value) -> bool:
    """Equality of numbers by what they are worth, of everything else by identity."""
    if left.is_int() and right.is_int():
        return left.as_int() == right.as_int()
    if _numbers(left, right):
        return number_as_float(left) == number_as_float(right)
    return left.same(right)


def number_text(value: Value) -> str:
    """How a number is written; only after `is_number`."""
    return str(value.as_int()) if value.is_int() else float_repr(value.as_float())
