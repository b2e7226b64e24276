"""What `math` does with ints, and products of anything."""

from __future__ import annotations

from tracewright.core.arrays import array_of
from tracewright.core.integers import MAX_INT
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.hints import dont_look_inside
from tracewright.lib.big_integers import BigInteger, absolute, compare, from_int, multiply
from tracewright.lib.big_integers_powers import greatest_common_divisor, integer_root
from tracewright.lib.big_integers_quotients import divide_floor
from tracewright_python import builtin_types as types
from tracewright_python.arithmetic import multiply as multiply_quickly
from tracewright_python.big_ints import int_value, integer
from tracewright_python.conversions import index_value, values_of
from tracewright_python.exceptions import error, value_error
from tracewright_python.functions import MANY_ARGUMENTS, PyBuiltin
from tracewright_python.operators import binary
from tracewright_python.session import Session
from tracewright_python.special_names import Special
from tracewright_python.values import NONE

MOST_FACTORS = 1 << 31


def big(session: Session, value: Value) -> BigInteger:
    """An argument as an integer. Raises TypeError."""
    return integer(index_value(session, value))


def word(session: Session, value: Value, message: str) -> int:
    """An argument that counts something. Raises OverflowError with a message."""
    number = index_value(session, value)
    if not number.is_int() or number.as_int() > MOST_FACTORS:
        raise error(types.OVERFLOW_ERROR, message)
    return number.as_int()


@dont_look_inside
def gcd(session: Session, stack: VMStack, first: int, count: int) -> Value:
    if count == 2 and stack[first].is_int() and stack[first + 1].is_int():
        left, right = stack[first].as_int(), stack[first + 1].as_int()
        if left > -MAX_INT and right > -MAX_INT:  # so that both can be negated
            left, right = abs(left), abs(right)
            while right != 0:
                left, right = right, left % right
            return Value.of_int(left)
    result = from_int(0)
    for index in range(count):
        result = greatest_common_divisor(result, big(session, stack[first + index]))
    return int_value(result)


@dont_look_inside
def lcm(session: Session, stack: VMStack, first: int, count: int) -> Value:
    result = from_int(1)
    for index in range(count):
        number = absolute(big(session, stack[first + index]))
        if number.sign == 0 or result.sign == 0:
            result = from_int(0)
        else:
            divisor = greatest_common_divisor(result, number)
            result = multiply(divide_floor(result, divisor).quotient, number)
    return int_value(result)


@dont_look_inside
def isqrt(session: Session, stack: VMStack, first: int, count: int) -> Value:
    number = big(session, stack[first])
    if number.sign < 0:
        raise value_error("isqrt() argument must be nonnegative")
    return int_value(integer_root(number))


def product_of_range(low: int, high: int) -> BigInteger:
    """The product of all ints from `low` to `high`, in halves, so that large factors meet large ones."""
    if high < low:
        return from_int(1)
    if high - low < 8:
        result = from_int(low)
        for number in range(low + 1, high + 1):
            result = multiply(result, from_int(number))
        return result
    middle = (low + high) // 2
    return multiply(product_of_range(low, middle), product_of_range(middle + 1, high))


@dont_look_inside
def factorial(session: Session, stack: VMStack, first: int, count: int) -> Value:
    if integer(index_value(session, stack[first])).sign < 0:
        raise value_error("factorial() not defined for negative values")
    number = word(session, stack[first], "factorial() argument should not exceed 9223372036854775807")
    return int_value(product_of_range(1, number))


@dont_look_inside
def comb(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """In how many ways k of n things are chosen."""
    total, chosen = big(session, stack[first]), big(session, stack[first + 1])
    if total.sign < 0:
        raise value_error("n must be a non-negative integer")
    if chosen.sign < 0:
        raise value_error("k must be a non-negative integer")
    if compare(chosen, total) > 0:
        return Value.of_int(0)
    n = word(session, stack[first], "n must not exceed 2147483648 here")
    k = word(session, stack[first + 1], "min(n - k, k) must not exceed 9223372036854775807")
    k = min(k, n - k)
    return int_value(divide_floor(product_of_range(n - k + 1, n), product_of_range(1, k)).quotient)


@dont_look_inside
def perm(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """In how many ways k of n things are put in a row; all of them if k is missing."""
    if stack[first + 1].same(Value.UNDEFINED) or stack[first + 1].same(NONE):
        return factorial(session, stack, first, 1)
    total, chosen = big(session, stack[first]), big(session, stack[first + 1])
    if total.sign < 0:
        raise value_error("n must be a non-negative integer")
    if chosen.sign < 0:
        raise value_error("k must be a non-negative integer")
    if compare(chosen, total) > 0:
        return Value.of_int(0)
    n = word(session, stack[first], "n must not exceed 2147483648 here")
    k = word(session, stack[first + 1], "k must not exceed 9223372036854775807")
    return int_value(product_of_range(n - k + 1, n))


@dont_look_inside
def prod(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`prod(iterable, *, start=1)`"""
    result = Value.of_int(1) if stack[first + 1].same(Value.UNDEFINED) else stack[first + 1]
    for item in values_of(session, stack[first]):
        quick = multiply_quickly(result, item)
        result = binary(session, Special.MULTIPLY, result, item) if quick.same(Value.UNDEFINED) else quick
    return result


FUNCTIONS: list[PyBuiltin] = [
    PyBuiltin("gcd", gcd, 0, MANY_ARGUMENTS),
    PyBuiltin("lcm", lcm, 0, MANY_ARGUMENTS),
    PyBuiltin("isqrt", isqrt, 1, 1),
    PyBuiltin("factorial", factorial, 1, 1),
    PyBuiltin("comb", comb, 2, 2),
    PyBuiltin("perm", perm, 1, 2),
    PyBuiltin("prod", prod, 1, 1, None, array_of(["start"]), 1),
]
