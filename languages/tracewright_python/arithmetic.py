"""Operators on numbers. Each tests for two ints first, then two floats, then for the rest: in a trace only the test that holds is left.

What is not for built-in numbers gives UNDEFINED: then the classes of the operands are asked (`operators.py`).
"""

from __future__ import annotations

from tracewright.core.integers import ovf_add, ovf_mul, ovf_sub
from tracewright.core.mathematics import floor, power
from tracewright.core.value import Value
from tracewright.hints import dont_look_inside, inlined
from tracewright.lib import big_integers as big
from tracewright.lib import big_integers_bits as bits
from tracewright.lib.big_integers import BigIntegerTooLarge
from tracewright.lib.big_integers_floats import true_divide
from tracewright.lib.big_integers_powers import power as big_power
from tracewright.lib.big_integers_quotients import divide_floor
from tracewright.lib.numbers import float_floor_div, float_floor_mod
from tracewright_python import builtin_types as types
from tracewright_python.big_ints import (
    MOST_BITS,
    int_as_float,
    int_value,
    integer,
    is_number,
    is_plain_int,
    is_small,
    plain_number,
)
from tracewright_python.complex_numbers import PyComplex
from tracewright_python.complex_numbers import power as complex_power
from tracewright_python.errors import Raised
from tracewright_python.exceptions import error, value_error
from tracewright_python.syntax import BinaryOperator

LARGEST_SHIFT = 62
LARGE = 1 << 62


@inlined
def add(left: Value, right: Value) -> Value:
    """`left + right`; UNDEFINED where one is no number, as with the others."""
    if left.is_int() and right.is_int():
        try:
            return Value.of_int(ovf_add(left.as_int(), right.as_int()))
        except OverflowError:
            return number_slowly(BinaryOperator.ADD, left, right)
    if left.is_float() and right.is_float():
        return Value.of_float(left.as_float() + right.as_float())
    return _add_unlike(left, right)


def _add_unlike(left: Value, right: Value) -> Value:
    if left.is_float():
        if right.is_int():
            return Value.of_float(left.as_float() + float(right.as_int()))
    elif left.is_int():
        if right.is_float():
            return Value.of_float(float(left.as_int()) + right.as_float())
        if right.is_bool() and left.as_int() < LARGE:  # a count of what is true
            return Value.of_int(left.as_int() + (1 if right.as_bool() else 0))
    return Value.UNDEFINED


@inlined
def subtract(left: Value, right: Value) -> Value:
    """`left - right`"""
    if left.is_int() and right.is_int():
        try:
            return Value.of_int(ovf_sub(left.as_int(), right.as_int()))
        except OverflowError:
            return number_slowly(BinaryOperator.SUBTRACT, left, right)
    if left.is_float() and right.is_float():
        return Value.of_float(left.as_float() - right.as_float())
    return _subtract_unlike(left, right)


def _subtract_unlike(left: Value, right: Value) -> Value:
    if left.is_float():
        if right.is_int():
            return Value.of_float(left.as_float() - float(right.as_int()))
    elif left.is_int() and right.is_float():
        return Value.of_float(float(left.as_int()) - right.as_float())
    return Value.UNDEFINED


@inlined
def multiply(left: Value, right: Value) -> Value:
    """`left * right`"""
    if left.is_int() and right.is_int():
        try:
            return Value.of_int(ovf_mul(left.as_int(), right.as_int()))
        except OverflowError:
            return number_slowly(BinaryOperator.MULTIPLY, left, right)
    if left.is_float() and right.is_float():
        return Value.of_float(left.as_float() * right.as_float())
    return _multiply_unlike(left, right)


def _multiply_unlike(left: Value, right: Value) -> Value:
    if left.is_float():
        if right.is_int():
            return Value.of_float(left.as_float() * float(right.as_int()))
    elif left.is_int() and right.is_float():
        return Value.of_float(float(left.as_int()) * right.as_float())
    return Value.UNDEFINED


def power_of(left: Value, right: Value) -> Value:
    """`left ** right`"""
    if left.is_float():
        if right.is_float() and left.as_float() > 0.0:
            return Value.of_float(_real_power(left.as_float(), right.as_float()))
        if is_small(right) and left.as_float() != 0.0:
            return Value.of_float(_real_power(left.as_float(), float(right.as_int())))
    elif left.is_int() and right.is_int():
        if right.as_int() == 2:
            return multiply(left, left)
        return _int_power(left, right)
    return Value.UNDEFINED


@dont_look_inside
def _int_power(left: Value, right: Value) -> Value:
    """A power of ints: by products of words as long as they fit."""
    exponent = right.as_int()
    if 0 <= exponent < 64:
        base, result = left.as_int(), 1
        try:
            while exponent > 0:
                if exponent & 1 != 0:
                    result = ovf_mul(result, base)
                exponent >>= 1
                if exponent > 0:
                    base = ovf_mul(base, base)
            return Value.of_int(result)
        except OverflowError:
            pass
    return number_slowly(BinaryOperator.POWER, left, right)


def divide(left: Value, right: Value) -> Value:
    """`left / right`, correctly rounded also for large ints."""
    if left.is_float() and right.is_float() and right.as_float() != 0.0:
        return Value.of_float(left.as_float() / right.as_float())
    if is_small(right) and right.as_int() != 0:
        divisor = float(right.as_int())
        if is_small(left) and divisor != 0.0:
            return Value.of_float(float(left.as_int()) / divisor)
        if left.is_float() and divisor != 0.0:
            return Value.of_float(left.as_float() / divisor)
    if is_small(left) and right.is_float() and right.as_float() != 0.0:
        return Value.of_float(float(left.as_int()) / right.as_float())
    return Value.UNDEFINED


@inlined
def floor_divide(left: Value, right: Value) -> Value:
    """`left // right`"""
    if left.is_int() and right.is_int() and (right.as_int() > 0 or right.as_int() < -1):
        return Value.of_int(left.as_int() // right.as_int())
    return Value.UNDEFINED


@inlined
def modulo(left: Value, right: Value) -> Value:
    """`left % right` of ints"""
    if left.is_int() and right.is_int() and right.as_int() != 0 and right.as_int() != -1:
        return Value.of_int(left.as_int() % right.as_int())
    return Value.UNDEFINED


@inlined
def bitwise_and(left: Value, right: Value) -> Value:
    """`left & right`"""
    if left.is_int() and right.is_int():
        return Value.of_int(left.as_int() & right.as_int())
    return Value.UNDEFINED


@inlined
def bitwise_or(left: Value, right: Value) -> Value:
    """`left | right`"""
    if left.is_int() and right.is_int():
        return Value.of_int(left.as_int() | right.as_int())
    return Value.UNDEFINED


@inlined
def bitwise_xor(left: Value, right: Value) -> Value:
    """`left ^ right`"""
    if left.is_int() and right.is_int():
        return Value.of_int(left.as_int() ^ right.as_int())
    return Value.UNDEFINED


def shift_left(left: Value, right: Value) -> Value:
    """`left << right` where no bit is lost"""
    if left.is_int() and right.is_int() and 0 <= right.as_int() < LARGEST_SHIFT:
        number = left.as_int()
        distance = right.as_int()
        room = LARGEST_SHIFT - distance
        if -(1 << room) <= number < (1 << room):
            return Value.of_int(number << distance)
    return Value.UNDEFINED


@inlined
def shift_right(left: Value, right: Value) -> Value:
    """`left >> right`"""
    if left.is_int() and right.is_int() and 0 <= right.as_int() <= LARGEST_SHIFT:
        return Value.of_int(left.as_int() >> right.as_int())
    return Value.UNDEFINED


def negate(value: Value) -> Value:
    """`-value`"""
    if value.is_int():
        return subtract(Value.of_int(0), value)
    if value.is_float():
        return Value.of_float(-value.as_float())
    return Value.UNDEFINED


def invert(value: Value) -> Value:
    """`~value`"""
    return Value.of_int(~value.as_int()) if value.is_int() else Value.UNDEFINED


@dont_look_inside
def number_slowly(operator: int, given: Value, other: Value) -> Value:
    """A binary operator (of BinaryOperator) on numbers of any form; UNDEFINED where one is no number. Raises the program's errors."""
    left, right = plain_number(given), plain_number(other)
    if not is_number(left) or not is_number(right):
        return Value.UNDEFINED
    if left.is_float() or right.is_float():
        x = left.as_float() if left.is_float() else int_as_float(left)
        y = right.as_float() if right.is_float() else int_as_float(right)
        return _float_operator(operator, x, y)
    if left.is_int() and right.is_int():
        quick = _word_operator(operator, left.as_int(), right.as_int())
        if not quick.same(Value.UNDEFINED):
            return quick
    try:
        return _int_operator(operator, left, right, given, other)
    except BigIntegerTooLarge:
        raise error(types.OVERFLOW_ERROR, "too many digits in integer")


def _word_operator(operator: int, a: int, b: int) -> Value:
    """The same of two words, which a truth may have been; UNDEFINED where the result does not fit, or is not so simple."""
    try:
        match operator:
            case BinaryOperator.ADD:
                return Value.of_int(ovf_add(a, b))
            case BinaryOperator.SUBTRACT:
                return Value.of_int(ovf_sub(a, b))
            case BinaryOperator.MULTIPLY:
                return Value.of_int(ovf_mul(a, b))
            case _:
                return Value.UNDEFINED
    except OverflowError:
        return Value.UNDEFINED


def _float_operator(operator: int, x: float, y: float) -> Value:
    match operator:
        case BinaryOperator.ADD:
            return Value.of_float(x + y)
        case BinaryOperator.SUBTRACT:
            return Value.of_float(x - y)
        case BinaryOperator.MULTIPLY:
            return Value.of_float(x * y)
        case BinaryOperator.DIVIDE:
            if y == 0.0:
                raise _zero_division("float division by zero")
            return Value.of_float(x / y)
        case BinaryOperator.FLOOR_DIVIDE:
            if y == 0.0:
                raise _zero_division("float floor division by zero")
            return Value.of_float(float_floor_div(x, y))
        case BinaryOperator.MODULO:
            if y == 0.0:
                raise _zero_division("float modulo")
            return Value.of_float(float_floor_mod(x, y))
        case BinaryOperator.POWER:
            return float_power(x, y)
        case _:
            return Value.UNDEFINED


def float_power(x: float, y: float) -> Value:
    """`x ** y`, which may be complex. Raises the program's errors."""
    if x == 0.0 and y < 0.0:
        raise _zero_division("0.0 cannot be raised to a negative power")
    if x < 0.0 and y - y == 0.0 and floor(y) != y and x - x == 0.0:
        return complex_power(PyComplex(x, 0.0), PyComplex(y, 0.0))
    return Value.of_float(_real_power(x, y))


@dont_look_inside
def _real_power(x: float, y: float) -> float:
    result = power(x, y)
    if result - result != 0.0 and x - x == 0.0 and y - y == 0.0:
        raise error(types.OVERFLOW_ERROR, "(34, 'Numerical result out of range')")
    return result


def _zero_division(message: str) -> Raised:
    return error(types.ZERO_DIVISION_ERROR, message)


def _int_operator(operator: int, left: Value, right: Value, given: Value, other: Value) -> Value:
    a, b = integer(left), integer(right)
    match operator:
        case BinaryOperator.ADD:
            return int_value(big.add(a, b))
        case BinaryOperator.SUBTRACT:
            return int_value(big.subtract(a, b))
        case BinaryOperator.MULTIPLY:
            return int_value(big.multiply(a, b, MOST_BITS))
        case BinaryOperator.DIVIDE:
            if b.sign == 0:
                raise _zero_division("division by zero")
            try:
                return Value.of_float(true_divide(a, b))
            except OverflowError:
                raise error(types.OVERFLOW_ERROR, "integer division result too large for a float")
        case BinaryOperator.FLOOR_DIVIDE:
            if b.sign == 0:
                raise _zero_division("integer division or modulo by zero")
            return int_value(divide_floor(a, b).quotient)
        case BinaryOperator.MODULO:
            if b.sign == 0:
                raise _zero_division("integer modulo by zero")
            return int_value(divide_floor(a, b).remainder)
        case BinaryOperator.POWER:
            if b.sign < 0:
                return float_power(int_as_float(left), int_as_float(right))
            if not b.fits_int():
                if a.bit_length() <= 1:
                    return int_value(a if b.is_odd() else big.absolute(a))
                raise BigIntegerTooLarge("too many digits in integer")
            return int_value(big_power(a, b.low_word(), MOST_BITS))
        case BinaryOperator.LEFT_SHIFT | BinaryOperator.RIGHT_SHIFT:
            return _shift(operator == BinaryOperator.LEFT_SHIFT, left, right)
        case BinaryOperator.BITWISE_AND | BinaryOperator.BITWISE_OR | BinaryOperator.BITWISE_XOR:
            result = _bitwise(operator, left, right)
            if given.is_bool() and other.is_bool():
                return Value.of_bool(result.as_int() != 0)
            return result
        case _:
            return Value.UNDEFINED


def _shift(is_left: bool, left: Value, right: Value) -> Value:
    distance = integer(right)
    if distance.sign < 0:
        raise value_error("negative shift count")
    number = integer(left)
    if not distance.fits_int():
        if is_left and number.sign != 0:
            raise BigIntegerTooLarge("too many digits in integer")
        return Value.of_int(-1 if number.sign < 0 and not is_left else 0)
    if is_left:
        return int_value(bits.shift_left(number, distance.low_word(), MOST_BITS))
    return int_value(bits.shift_right(number, distance.low_word()))


def _bitwise(operator: int, left: Value, right: Value) -> Value:
    a, b = integer(left), integer(right)
    match operator:
        case BinaryOperator.BITWISE_AND:
            return int_value(bits.bit_and(a, b))
        case BinaryOperator.BITWISE_OR:
            return int_value(bits.bit_or(a, b))
        case _:
            return int_value(bits.bit_xor(a, b))


@dont_look_inside
def negate_slowly(value: Value) -> Value:
    """`-value` of a number in any form, or UNDEFINED."""
    plain = plain_number(value)
    if is_plain_int(plain):
        return int_value(big.negate(integer(plain)))
    return Value.of_float(-plain.as_float()) if plain.is_float() else Value.UNDEFINED


@dont_look_inside
def invert_slowly(value: Value) -> Value:
    """`~value` of an int in any form, or UNDEFINED."""
    plain = plain_number(value)
    return int_value(bits.bit_not(integer(plain))) if is_plain_int(plain) else Value.UNDEFINED
