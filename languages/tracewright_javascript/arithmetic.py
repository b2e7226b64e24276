"""The operators. Ints are tried first, then doubles; what is neither is converted in functions that traces do not look into.

An int result beyond 51 bits is a double; one of `*` beyond 63 bits is computed as a double, rounded as the language says. -0 is a
double, so an int result 0 asks for the signs of the operands where they matter.
"""

from __future__ import annotations

from typing import Final

from tracewright.core.integers import bits_of_float, i32, ovf_mul, trunc_mod, u32, urshift
from tracewright.core.mathematics import fmod, is_infinite, is_nan, power
from tracewright.core.value import Value
from tracewright.hints import dont_look_inside, elidable
from tracewright_javascript.conversions import (
    NAN,
    as_symbol,
    number_of_text,
    other_number,
    to_int32,
    to_number,
    to_primitive,
    to_string,
)
from tracewright_javascript.objects import as_object, is_callable
from tracewright_javascript.values import (
    as_number,
    as_string,
    concatenated,
    int_number,
    is_nullish,
    is_number,
    number_value,
    same_text,
    string_value,
)


def add(left: Value, right: Value) -> Value:
    """`left + right`"""
    if left.is_int() and right.is_int():
        return int_number(left.as_int() + right.as_int())
    if is_number(left) and is_number(right):
        return Value.of_float(as_number(left) + as_number(right))
    first = as_string(left)
    second = as_string(right)
    if first is not None and second is not None:
        return concatenated(first, second)
    return _add_others(left, right)


@dont_look_inside
def _add_others(left: Value, right: Value) -> Value:
    first = to_primitive(left, "default")
    second = to_primitive(right, "default")
    if as_string(first) is not None or as_string(second) is not None:
        return concatenated(to_string(first), to_string(second))
    return number_value(to_number(first) + to_number(second))


def subtract(left: Value, right: Value) -> Value:
    """`left - right`"""
    if left.is_int() and right.is_int():
        return int_number(left.as_int() - right.as_int())
    return Value.of_float(to_number(left) - to_number(right))


def multiply(left: Value, right: Value) -> Value:
    """`left * right`"""
    if left.is_int() and right.is_int():
        return _multiply_ints(left.as_int(), right.as_int())
    return Value.of_float(to_number(left) * to_number(right))


def _multiply_ints(left: int, right: int) -> Value:
    try:
        product = ovf_mul(left, right)
    except OverflowError:
        return Value.of_float(float(left) * float(right))
    if product == 0 and (left < 0 or right < 0):
        return Value.of_float(-0.0)
    return int_number(product)


def divide(left: Value, right: Value) -> Value:
    """`left / right`: an int where it is one."""
    dividend = to_number(left)
    divisor = to_number(right)
    if divisor == 0.0:
        return Value.of_float(_by_zero(dividend, divisor))
    return number_value(dividend / divisor)


@elidable
def _by_zero(dividend: float, divisor: float) -> float:
    if dividend == 0.0 or is_nan(dividend):
        return NAN
    infinite = float("inf")
    return infinite if (dividend > 0.0) == (bits_of_float(divisor) >= 0) else -infinite


def remainder(left: Value, right: Value) -> Value:
    """`left % right`, with the sign of the left."""
    if left.is_int() and right.is_int() and right.as_int() != 0:
        result = trunc_mod(left.as_int(), right.as_int())
        if result != 0 or left.as_int() >= 0:
            return Value.of_int(result)
        return Value.of_float(-0.0)
    return number_value(_float_remainder(to_number(left), to_number(right)))


@elidable
def _float_remainder(left: float, right: float) -> float:
    if is_infinite(left) or right == 0.0:
        return NAN
    return left if is_infinite(right) else fmod(left, right)


def exponentiate(left: Value, right: Value) -> Value:
    """`left ** right`"""
    return number_value(raised(to_number(left), to_number(right)))


@elidable
def raised(base: float, exponent: float) -> float:
    """A power, with the language's answers where C has others."""
    if is_nan(exponent) or (is_infinite(exponent) and abs(base) == 1.0):
        return NAN
    return power(base, exponent)


def bitwise_and(left: Value, right: Value) -> Value:
    """`left & right`"""
    return Value.of_int(to_int32(left) & to_int32(right))


def bitwise_or(left: Value, right: Value) -> Value:
    """`left | right`"""
    return Value.of_int(to_int32(left) | to_int32(right))


def bitwise_xor(left: Value, right: Value) -> Value:
    """`left ^ right`"""
    return Value.of_int(to_int32(left) ^ to_int32(right))


def shift_left(left: Value, right: Value) -> Value:
    """`left << right`"""
    return Value.of_int(i32(to_int32(left) << (to_int32(right) & 31)))


def shift_right(left: Value, right: Value) -> Value:
    """`left >> right`"""
    return Value.of_int(to_int32(left) >> (to_int32(right) & 31))


def shift_right_unsigned(left: Value, right: Value) -> Value:
    """`left >>> right`"""
    return Value.of_int(urshift(u32(to_int32(left)), to_int32(right) & 31))


def negate(value: Value) -> Value:
    """`-value`"""
    if value.is_int() and value.as_int() != 0:
        return int_number(-value.as_int())
    return Value.of_float(-to_number(value))


def as_numeric(value: Value) -> Value:
    """`+value`"""
    return value if is_number(value) else number_value(other_number(value))


class Order:
    """What a comparison asks."""

    LESS: Final = 0
    LESS_EQUAL: Final = 1
    GREATER: Final = 2
    GREATER_EQUAL: Final = 3


def less(left: Value, right: Value) -> bool:
    """`left < right`"""
    if left.is_int() and right.is_int():
        return left.as_int() < right.as_int()
    if is_number(left) and is_number(right):
        return as_number(left) < as_number(right)
    return _compare_others(left, right, Order.LESS)


def less_equal(left: Value, right: Value) -> bool:
    """`left <= right`"""
    if left.is_int() and right.is_int():
        return left.as_int() <= right.as_int()
    if is_number(left) and is_number(right):
        return as_number(left) <= as_number(right)
    return _compare_others(left, right, Order.LESS_EQUAL)


def greater(left: Value, right: Value) -> bool:
    """`left > right`"""
    if left.is_int() and right.is_int():
        return left.as_int() > right.as_int()
    if is_number(left) and is_number(right):
        return as_number(left) > as_number(right)
    return _compare_others(left, right, Order.GREATER)


def greater_equal(left: Value, right: Value) -> bool:
    """`left >= right`"""
    if left.is_int() and right.is_int():
        return left.as_int() >= right.as_int()
    if is_number(left) and is_number(right):
        return as_number(left) >= as_number(right)
    return _compare_others(left, right, Order.GREATER_EQUAL)


@dont_look_inside
def _compare_others(left: Value, right: Value, order: int) -> bool:
    """What is no number is converted, the left one first. Raises GuestFault and Thrown."""
    first = to_primitive(left, "number")
    second = to_primitive(right, "number")
    first_text = as_string(first)
    second_text = as_string(second)
    if first_text is not None and second_text is not None:
        a, b = first_text.text(), second_text.text()
        match order:
            case Order.LESS:
                return a < b
            case Order.LESS_EQUAL:
                return a <= b
            case Order.GREATER:
                return a > b
            case _:
                return a >= b
    x, y = to_number(first), to_number(second)
    match order:
        case Order.LESS:
            return x < y
        case Order.LESS_EQUAL:
            return x <= y
        case Order.GREATER:
            return x > y
        case _:
            return x >= y


def same_value(left: Value, right: Value) -> bool:
    """`left === right`"""
    if left.is_int() and right.is_int():
        return left.as_int() == right.as_int()
    if is_number(left) and is_number(right):
        return as_number(left) == as_number(right)
    if left.same(right):
        return True
    first = as_string(left)
    second = as_string(right)
    return first is not None and second is not None and same_text(first, second)


def equal(left: Value, right: Value) -> bool:
    """`left == right`"""
    if left.is_int() and right.is_int():
        return left.as_int() == right.as_int()
    if is_nullish(left) or is_nullish(right):
        return is_nullish(left) and is_nullish(right)
    return same_value(left, right) or _equal_others(left, right)


@dont_look_inside
def _equal_others(left: Value, right: Value) -> bool:
    left_is_object = as_object(left) is not None
    right_is_object = as_object(right) is not None
    if left_is_object and right_is_object:
        return False
    first = to_primitive(left, "default") if left_is_object else left
    second = to_primitive(right, "default") if right_is_object else right
    first_text = as_string(first)
    second_text = as_string(second)
    if first_text is not None and second_text is not None:
        return first_text.text() == second_text.text()
    if as_symbol(first) is not None or as_symbol(second) is not None:
        return first.same(second)
    x = number_of_text(first_text.text()) if first_text is not None else to_number(first)
    y = number_of_text(second_text.text()) if second_text is not None else to_number(second)
    return x == y


_UNDEFINED = string_value("undefined")
_OBJECT = string_value("object")
_FUNCTION = string_value("function")
_BOOLEAN = string_value("boolean")
_NUMBER = string_value("number")
_STRING = string_value("string")
_SYMBOL = string_value("symbol")


def type_of(value: Value) -> Value:
    """`typeof value`"""
    if is_number(value):
        return _NUMBER
    if value.is_bool():
        return _BOOLEAN
    if value.same(Value.UNDEFINED):
        return _UNDEFINED
    if value.same(Value.NULL):
        return _OBJECT
    if as_string(value) is not None:
        return _STRING
    if as_symbol(value) is not None:
        return _SYMBOL
    return _FUNCTION if is_callable(value) else _OBJECT
