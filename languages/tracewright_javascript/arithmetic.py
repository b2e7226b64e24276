"""The operators. Ints are tried first, then doubles; what is neither is converted in functions that traces do not look into.

An int result beyond 51 bits is a double; one of `*` beyond 63 bits is computed as a double, rounded as the language says. -0 is a
double, so an int result 0 asks for the signs of the operands where they matter.
"""

from __future__ import annotations

from typing import Final

from tracewright.core.integers import bits_of_float, i32, ovf_mul, trunc_mod, u32, urshift
from tracewright.core.mathematics import fmod, is_infinite, is_nan
from tracewright.core.value import Value
from tracewright.hints import dont_look_inside, elidable, inlined, we_are_jitted
from tracewright.lib.elementary.powers import power
from tracewright_javascript.bigints import (
    Operator,
    bigint_operation,
    compare_bigints,
    compare_primitives,
    complement,
    negated,
    numbers_of,
    to_numeric,
)
from tracewright_javascript.conversions import as_symbol, other_number, to_int32, to_number, to_primitive, to_string
from tracewright_javascript.number_reading import NAN, number_of_text
from tracewright_javascript.objects import JSObject, as_object, is_callable
from tracewright_javascript.values import (
    JSBigInt,
    are_different_at_once,
    as_bigint,
    as_number,
    as_string,
    compare_texts,
    concatenated,
    int_number,
    is_nullish,
    is_number,
    number_value,
    same_word_or_text,
    string_value,
    with_number,
)


@inlined
def add(left: Value, right: Value) -> Value:
    """`left + right`"""
    if left.is_int() and right.is_int():
        return int_number(left.as_int() + right.as_int())
    if left.is_float() and right.is_float():
        return Value.of_float(left.as_float() + right.as_float())
    return _add_unlike(left, right)


def _add_unlike(left: Value, right: Value) -> Value:
    """Operands that are not two ints or two doubles."""
    if is_number(left) and is_number(right):
        return Value.of_float(as_number(left) + as_number(right))
    first = as_string(left)
    second = as_string(right)
    if first is not None and second is not None:
        return concatenated(first, second)
    if first is not None and right.is_int():
        return with_number(first, right.as_int())
    a = as_bigint(left)
    b = as_bigint(right)
    if a is not None and b is not None:
        return bigint_operation(Operator.ADD, a, b)
    return _add_others(left, right)


@dont_look_inside
def _add_others(left: Value, right: Value) -> Value:
    first = to_primitive(left, "default")
    second = to_primitive(right, "default")
    if as_string(first) is not None or as_string(second) is not None:
        return concatenated(to_string(first), to_string(second))
    return _operation(Operator.ADD, first, second)


def numeric_operation(operator: int, left: Value, right: Value) -> Value:
    """An operator of operands that are not both numbers. Raises GuestFault and Thrown."""
    a = as_bigint(left)
    b = as_bigint(right)
    if a is not None and b is not None:
        return bigint_operation(operator, a, b)
    return _operation(operator, left, right)


@dont_look_inside
def _operation(operator: int, left: Value, right: Value) -> Value:
    """Both are converted, the left one first. Raises GuestFault and Thrown."""
    first = to_numeric(left)
    second = to_numeric(right)
    a = as_bigint(first)
    b = as_bigint(second)
    if a is not None and b is not None:
        return bigint_operation(operator, a, b)
    x, y = numbers_of(first, second)
    match operator:
        case Operator.ADD:
            return number_value(x + y)
        case Operator.SUBTRACT:
            return Value.of_float(x - y)
        case Operator.MULTIPLY:
            return Value.of_float(x * y)
        case Operator.DIVIDE:
            return divide_unlike(first, second)
        case Operator.REMAINDER:
            return remainder(first, second)
        case Operator.POWER:
            return number_value(power(x, y))
        case _:
            return _bits_unlike(operator, first, second)


@inlined
def subtract(left: Value, right: Value) -> Value:
    """`left - right`"""
    if left.is_int() and right.is_int():
        return int_number(left.as_int() - right.as_int())
    if left.is_float() and right.is_float():
        return Value.of_float(left.as_float() - right.as_float())
    return _subtract_unlike(left, right)


def _subtract_unlike(left: Value, right: Value) -> Value:
    if is_number(left) and is_number(right):
        return Value.of_float(as_number(left) - as_number(right))
    return numeric_operation(Operator.SUBTRACT, left, right)


@inlined
def multiply(left: Value, right: Value) -> Value:
    """`left * right`"""
    if left.is_int() and right.is_int():
        return _multiply_ints(left.as_int(), right.as_int())
    if left.is_float() and right.is_float():
        return Value.of_float(left.as_float() * right.as_float())
    return _multiply_unlike(left, right)


def _multiply_unlike(left: Value, right: Value) -> Value:
    if is_number(left) and is_number(right):
        return Value.of_float(as_number(left) * as_number(right))
    return numeric_operation(Operator.MULTIPLY, left, right)


@inlined
def _multiply_ints(left: int, right: int) -> Value:
    try:
        product = ovf_mul(left, right)
    except OverflowError:
        return Value.of_float(float(left) * float(right))
    if (product == 0) & ((left | right) < 0):  # one condition: traces that meet a 0 do not part here
        return Value.of_float(-0.0)
    return int_number(product)


def divide_unlike(left: Value, right: Value) -> Value:
    """`left / right`, of whatever they are: of two ints an int where it is one, of other numbers a double. (Instructions know more:
    `divisions.py`.)"""
    if not is_number(left) or not is_number(right):
        return numeric_operation(Operator.DIVIDE, left, right)
    dividend = as_number(left)
    divisor = as_number(right)
    if divisor == 0.0:
        return Value.of_float(_by_zero(dividend, divisor))
    quotient = dividend / divisor
    return number_value(quotient) if left.is_int() and right.is_int() else Value.of_float(quotient)


@elidable
def _by_zero(dividend: float, divisor: float) -> float:
    if dividend == 0.0 or is_nan(dividend):
        return NAN
    infinite = float("inf")
    return infinite if (dividend > 0.0) == (bits_of_float(divisor) >= 0) else -infinite


@inlined
def remainder(left: Value, right: Value) -> Value:
    """`left % right`, with the sign of the left."""
    if left.is_int() and right.is_int() and right.as_int() != 0:
        if left.as_int() >= 0:  # asked first: what is not negative has a remainder that is not, and a cheaper one
            return Value.of_int(trunc_mod(left.as_int(), right.as_int()))
        result = trunc_mod(left.as_int(), right.as_int())
        return Value.of_int(result) if result != 0 else Value.of_float(-0.0)
    return _remainder_unlike(left, right)


def _remainder_unlike(left: Value, right: Value) -> Value:
    if not is_number(left) or not is_number(right):
        return numeric_operation(Operator.REMAINDER, left, right)
    return number_value(_float_remainder(as_number(left), as_number(right)))


@elidable
def _float_remainder(left: float, right: float) -> float:
    if is_infinite(left) or right == 0.0:
        return NAN
    return left if is_infinite(right) else fmod(left, right)


def exponentiate(left: Value, right: Value) -> Value:
    """`left ** right`"""
    if not is_number(left) or not is_number(right):
        return numeric_operation(Operator.POWER, left, right)
    return number_value(power(as_number(left), as_number(right)))


@inlined
def bitwise_and(left: Value, right: Value) -> Value:
    """`left & right`"""
    if left.is_int() and right.is_int():
        return Value.of_int(i32(left.as_int()) & i32(right.as_int()))
    return _bits_unlike(Operator.AND, left, right)


@inlined
def bitwise_or(left: Value, right: Value) -> Value:
    """`left | right`"""
    if left.is_int() and right.is_int():
        return Value.of_int(i32(left.as_int()) | i32(right.as_int()))
    return _bits_unlike(Operator.OR, left, right)


@inlined
def bitwise_xor(left: Value, right: Value) -> Value:
    """`left ^ right`"""
    if left.is_int() and right.is_int():
        return Value.of_int(i32(left.as_int()) ^ i32(right.as_int()))
    return _bits_unlike(Operator.XOR, left, right)


@inlined
def shift_left(left: Value, right: Value) -> Value:
    """`left << right`"""
    if left.is_int() and right.is_int():
        return Value.of_int(i32(i32(left.as_int()) << (right.as_int() & 31)))
    return _bits_unlike(Operator.SHIFT_LEFT, left, right)


@inlined
def shift_right(left: Value, right: Value) -> Value:
    """`left >> right`"""
    if left.is_int() and right.is_int():
        return Value.of_int(i32(left.as_int()) >> (right.as_int() & 31))
    return _bits_unlike(Operator.SHIFT_RIGHT, left, right)


@inlined
def shift_right_unsigned(left: Value, right: Value) -> Value:
    """`left >>> right`"""
    if left.is_int() and right.is_int():
        return Value.of_int(urshift(u32(left.as_int()), right.as_int() & 31))
    return _bits_unlike(Operator.SHIFT_RIGHT_UNSIGNED, left, right)


def _bits_unlike(operator: int, left: Value, right: Value) -> Value:
    """Operands that are not two ints."""
    if not is_number(left) or not is_number(right):
        return numeric_operation(operator, left, right)
    first = Value.of_int(to_int32(left))
    second = Value.of_int(to_int32(right))
    match operator:
        case Operator.AND:
            return bitwise_and(first, second)
        case Operator.OR:
            return bitwise_or(first, second)
        case Operator.XOR:
            return bitwise_xor(first, second)
        case Operator.SHIFT_LEFT:
            return shift_left(first, second)
        case Operator.SHIFT_RIGHT:
            return shift_right(first, second)
        case _:
            return shift_right_unsigned(first, second)


@inlined
def negate(value: Value) -> Value:
    """`-value`"""
    if value.is_int() and value.as_int() != 0:
        return int_number(-value.as_int())
    return _negate_other(value)


def _negate_other(value: Value) -> Value:
    if is_number(value):
        return Value.of_float(-as_number(value))
    numeric = as_numeric(value)
    number = as_bigint(numeric)
    return negate(numeric) if number is None else negated(number)


def bitwise_not(value: Value) -> Value:
    """`~value`"""
    if is_number(value):
        return Value.of_int(~to_int32(value))
    numeric = as_numeric(value)
    number = as_bigint(numeric)
    return Value.of_int(~to_int32(numeric)) if number is None else complement(number)


def as_number_value(value: Value) -> Value:
    """`+value`"""
    return value if is_number(value) else number_value(other_number(value))


def as_numeric(value: Value) -> Value:
    """What `value++` counts from: a number or a BigInt."""
    return value if is_number(value) or as_bigint(value) is not None else to_numeric(value)


@inlined
def changed(value: Value, by: int) -> Value:
    """One more or one less than a number."""
    if value.is_int():
        return int_number(value.as_int() + by)
    return _changed_other(value, by)


def _changed_other(value: Value, by: int) -> Value:
    numeric = as_numeric(value)
    number = as_bigint(numeric)
    if number is not None:
        return bigint_operation(Operator.ADD, number, JSBigInt(by, None))
    return add(numeric, Value.of_int(by))


class Order:
    """What a comparison asks."""

    LESS: Final = 0
    LESS_EQUAL: Final = 1
    GREATER: Final = 2
    GREATER_EQUAL: Final = 3


@inlined
def less(left: Value, right: Value) -> bool:
    """`left < right`"""
    if left.is_int() and right.is_int():
        return left.as_int() < right.as_int()
    if left.is_float() and right.is_float():
        return left.as_float() < right.as_float()
    return _compare_unlike(left, right, Order.LESS)


@inlined
def less_equal(left: Value, right: Value) -> bool:
    """`left <= right`"""
    if left.is_int() and right.is_int():
        return left.as_int() <= right.as_int()
    if left.is_float() and right.is_float():
        return left.as_float() <= right.as_float()
    return _compare_unlike(left, right, Order.LESS_EQUAL)


@inlined
def greater(left: Value, right: Value) -> bool:
    """`left > right`"""
    if left.is_int() and right.is_int():
        return left.as_int() > right.as_int()
    if left.is_float() and right.is_float():
        return left.as_float() > right.as_float()
    return _compare_unlike(left, right, Order.GREATER)


@inlined
def greater_equal(left: Value, right: Value) -> bool:
    """`left >= right`"""
    if left.is_int() and right.is_int():
        return left.as_int() >= right.as_int()
    if left.is_float() and right.is_float():
        return left.as_float() >= right.as_float()
    return _compare_unlike(left, right, Order.GREATER_EQUAL)


def _compare_unlike(left: Value, right: Value, order: int) -> bool:
    """Operands that are not two ints or two doubles. Raises GuestFault and Thrown."""
    if is_number(left) and is_number(right):
        return _are_ordered(as_number(left), as_number(right), order)
    first = as_string(left)
    second = as_string(right)
    if first is not None and second is not None:
        return _is_ordered(compare_texts(first, second), order)
    a = as_bigint(left)
    b = as_bigint(right)
    if a is not None and b is not None:
        return _is_ordered(compare_bigints(a, b), order)
    return _compare_others(left, right, order)


@dont_look_inside
def _compare_others(left: Value, right: Value, order: int) -> bool:
    """What is no number is converted, the left one first. Raises GuestFault and Thrown."""
    first = to_primitive(left, "number")
    second = to_primitive(right, "number")
    first_text = as_string(first)
    second_text = as_string(second)
    if first_text is not None and second_text is not None:
        return _is_ordered(compare_texts(first_text, second_text), order)
    if as_bigint(first) is not None or as_bigint(second) is not None:
        return _is_ordered(compare_primitives(first, second), order)
    return _are_ordered(to_number(first), to_number(second), order)


def _are_ordered(left: float, right: float, order: int) -> bool:
    match order:
        case Order.LESS:
            return left < right
        case Order.LESS_EQUAL:
            return left <= right
        case Order.GREATER:
            return left > right
        case _:
            return left >= right


def _is_ordered(found: int, order: int) -> bool:
    """Whether the outcome of a comparison is as asked."""
    match order:
        case Order.LESS:
            return found == -1
        case Order.LESS_EQUAL:
            return found == -1 or found == 0
        case Order.GREATER:
            return found == 1
        case _:
            return found == 0 or found == 1


@inlined
def same_value(left: Value, right: Value) -> bool:
    """`left === right`"""
    if left.is_int() and right.is_int():
        return left.as_int() == right.as_int()
    if not we_are_jitted() and not right.is_float():
        if left.same(right):
            return True
        if not right.is_int():
            if not right.is_object() or isinstance(right.as_object(), JSObject):
                return False  # `=== null` and its kin; another object
            first, second = as_string(left), as_string(right)
            if first is not None and second is not None and are_different_at_once(first, second):
                return False
    return _same_unlike(left, right)


@inlined
def is_text(value: Value, text: Value) -> bool:
    """`value === text` of a string that is interned."""
    if not we_are_jitted():
        if value.same(text):
            return True
        string = as_string(value)
        if string is None or string.is_interned():
            return False
    return same_value(value, text)


def _same_unlike(left: Value, right: Value) -> bool:
    if is_number(left) and is_number(right):
        return as_number(left) == as_number(right)
    if not left.is_object() or not right.is_object():
        return left.same(right)  # nothing has to be looked at
    return same_word_or_text(left, right)


@inlined
def equal(left: Value, right: Value) -> bool:
    """`left == right`"""
    if left.is_int() and right.is_int():
        return left.as_int() == right.as_int()
    if not we_are_jitted() and is_nullish(right):
        return is_nullish(left)
    return _equal_unlike(left, right)


def _equal_unlike(left: Value, right: Value) -> bool:
    if is_nullish(left) or is_nullish(right):
        return is_nullish(left) and is_nullish(right)
    return _same_unlike(left, right) or _equal_others(left, right)


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
    if as_bigint(first) is not None or as_bigint(second) is not None:
        return compare_primitives(first, second) == 0
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
_BIGINT = string_value("bigint")


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
    if as_bigint(value) is not None:
        return _BIGINT
    return _FUNCTION if is_callable(value) else _OBJECT
