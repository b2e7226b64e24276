"""BigInts: conversions and operators (6.1.6.2).

    2n ** 64n - 1n          18446744073709551615n
    1n + 1                  TypeError: the two types of numbers do not mix
    1n < 1.5, 1n == "1"     true: comparisons are of what both stand for

Numbers that fit a machine word are computed as words, so that traces can hold them without memory; `lib/big_integers` has the others.
"""

from __future__ import annotations

from typing import Final

from tracewright.core.integers import ovf_add, ovf_mul, ovf_neg, ovf_sub, trunc_div, trunc_mod
from tracewright.core.mathematics import is_infinite, is_nan, trunc
from tracewright.core.value import Value
from tracewright.hints import dont_look_inside
from tracewright.lib.big_integers import (
    BigInteger,
    BigIntegerTooLarge,
    add,
    compare,
    from_int,
    multiply,
    negate,
    subtract,
)
from tracewright.lib.big_integers_bits import bit_and, bit_not, bit_or, bit_xor, shift_left, shift_right
from tracewright.lib.big_integers_floats import compare_with_float, from_float, to_float
from tracewright.lib.big_integers_powers import power
from tracewright.lib.big_integers_quotients import divide_truncating
from tracewright.lib.big_integers_text import from_digits
from tracewright_javascript.conversions import as_symbol, symbol_text, to_number, to_primitive, to_text
from tracewright_javascript.errors import GuestFault, range_error, type_error
from tracewright_javascript.number_reading import BLANKS, INFINITY
from tracewright_javascript.values import (
    JSBigInt,
    as_bigint,
    as_number,
    as_string,
    bigint_value,
    is_number,
    number_value,
    small_bigint,
)

MOST_BITS: Final = 1 << 30
SHIFTED_OUT: Final = 63  # a word shifted right by this or more is 0 or -1
UNORDERED: Final = 2  # the comparison with NaN, and with a text that is no number


class Operator:
    """The operators of two numbers."""

    ADD: Final = 0
    SUBTRACT: Final = 1
    MULTIPLY: Final = 2
    DIVIDE: Final = 3
    REMAINDER: Final = 4
    POWER: Final = 5
    AND: Final = 6
    OR: Final = 7
    XOR: Final = 8
    SHIFT_LEFT: Final = 9
    SHIFT_RIGHT: Final = 10
    SHIFT_RIGHT_UNSIGNED: Final = 11


# Conversions


@dont_look_inside
def to_numeric(value: Value) -> Value:
    """ToNumeric: a number or a BigInt. Raises GuestFault and Thrown."""
    if is_number(value):
        return value
    primitive = to_primitive(value, "number")
    return primitive if as_bigint(primitive) is not None else number_value(to_number(primitive))


def text_to_bigint(text: str) -> JSBigInt | None:
    """StringToBigInt: None for what is no integer. Raises GuestFault (a RangeError)."""
    trimmed = text.strip(BLANKS)
    if trimmed == "":
        return JSBigInt(0, None)
    start, radix = 0, 10
    if len(trimmed) > 2 and trimmed[0] == "0":
        match trimmed[1]:
            case "x" | "X":
                start, radix = 2, 16
            case "o" | "O":
                start, radix = 2, 8
            case "b" | "B":
                start, radix = 2, 2
            case _:
                pass
    is_negative = trimmed[0] == "-"
    if radix == 10 and (is_negative or trimmed[0] == "+"):
        start = 1
    try:
        return as_bigint(bigint_value(from_digits(trimmed, start, len(trimmed), radix, is_negative, MOST_BITS)))
    except ValueError:
        return None
    except BigIntegerTooLarge:
        raise too_large()


def to_bigint(value: Value) -> JSBigInt:
    """ToBigInt. Raises GuestFault and Thrown."""
    primitive = to_primitive(value, "number")
    number = as_bigint(primitive)
    if number is not None:
        return number
    if primitive.is_bool():
        return JSBigInt(1 if primitive.as_bool() else 0, None)
    text = as_string(primitive)
    if text is None:
        symbol = as_symbol(primitive)
        shown = to_text(primitive) if symbol is None else symbol_text(symbol)
        raise type_error(f"Cannot convert {shown} to a BigInt")
    found = text_to_bigint(text.text())
    if found is None:
        raise GuestFault("SyntaxError", f"Cannot convert {text.text()} to a BigInt")
    return found


def bigint_of_number(value: Value) -> Value:
    """NumberToBigInt. Raises GuestFault."""
    if value.is_int():
        return small_bigint(value.as_int())
    number = value.as_float()
    if is_nan(number) or is_infinite(number) or trunc(number) != number:
        shown = to_text(value)
        raise range_error(f"The number {shown} cannot be converted to a BigInt because it is not an integer")
    return bigint_value(from_float(number))


def bigint_to_float(number: JSBigInt) -> float:
    """The nearest double, an infinity beyond the largest."""
    try:
        return to_float(number.integer())
    except OverflowError:
        return INFINITY if number.integer().sign > 0 else -INFINITY


def too_large() -> GuestFault:
    """What needs more bits than a BigInt may have."""
    return range_error("Maximum BigInt size exceeded")


# Comparisons


def compare_bigints(left: JSBigInt, right: JSBigInt) -> int:
    """-1, 0 or 1."""
    if left.large is None and right.large is None:
        return -1 if left.word < right.word else 1 if left.word > right.word else 0
    return compare(left.integer(), right.integer())


def compare_primitives(left: Value, right: Value) -> int:
    """The order of two primitive values of which one at least is a BigInt: -1, 0, 1 or UNORDERED. Raises GuestFault."""
    a = as_bigint(left)
    b = as_bigint(right)
    if a is not None and b is not None:
        return compare_bigints(a, b)
    if a is not None:
        return _compare_with_other(a, right)
    assert b is not None
    order = _compare_with_other(b, left)
    return order if order == UNORDERED else -order


def _compare_with_other(number: JSBigInt, other: Value) -> int:
    text = as_string(other)
    if text is not None:
        second = text_to_bigint(text.text())
        return UNORDERED if second is None else compare_bigints(number, second)
    double = to_number(other)
    return UNORDERED if is_nan(double) else compare_with_float(number.integer(), double)


# Operators


def bigint_operation(operator: int, left: JSBigInt, right: JSBigInt) -> Value:
    """An operator of two BigInts. Raises GuestFault."""
    if left.large is None and right.large is None:
        a, b = left.word, right.word
        try:
            match operator:
                case Operator.ADD:
                    return small_bigint(ovf_add(a, b))
                case Operator.SUBTRACT:
                    return small_bigint(ovf_sub(a, b))
                case Operator.MULTIPLY:
                    return small_bigint(ovf_mul(a, b))
                case Operator.DIVIDE:
                    if b > 0:
                        return small_bigint(trunc_div(a, b))
                case Operator.REMAINDER:
                    if b > 0:
                        return small_bigint(trunc_mod(a, b))
                case Operator.AND:
                    return small_bigint(a & b)
                case Operator.OR:
                    return small_bigint(a | b)
                case Operator.XOR:
                    return small_bigint(a ^ b)
                case Operator.SHIFT_RIGHT:
                    if b >= 0:
                        return small_bigint(a >> min(b, SHIFTED_OUT))
                case _:
                    pass
        except OverflowError:
            pass
    return _large_operation(operator, left.integer(), right.integer())


@dont_look_inside
def _large_operation(operator: int, left: BigInteger, right: BigInteger) -> Value:
    try:
        match operator:
            case Operator.ADD:
                return bigint_value(add(left, right, MOST_BITS))
            case Operator.SUBTRACT:
                return bigint_value(subtract(left, right, MOST_BITS))
            case Operator.MULTIPLY:
                return bigint_value(multiply(left, right, MOST_BITS))
            case Operator.DIVIDE:
                return bigint_value(divide_truncating(left, right).quotient)
            case Operator.REMAINDER:
                return bigint_value(divide_truncating(left, right).remainder)
            case Operator.POWER:
                return bigint_value(_power(left, right))
            case Operator.AND:
                return bigint_value(bit_and(left, right))
            case Operator.OR:
                return bigint_value(bit_or(left, right))
            case Operator.XOR:
                return bigint_value(bit_xor(left, right))
            case Operator.SHIFT_LEFT:
                return bigint_value(_shifted(left, right))
            case Operator.SHIFT_RIGHT:
                return bigint_value(_shifted(left, negate(right)))
            case _:
                raise type_error("BigInts have no unsigned right shift, use >> instead")
    except ZeroDivisionError:
        raise range_error("Division by zero")
    except BigIntegerTooLarge:
        raise too_large()


def _power(base: BigInteger, exponent: BigInteger) -> BigInteger:
    if exponent.sign < 0:
        raise range_error("Exponent must be non-negative")
    if exponent.fits_int():
        return power(base, exponent.low_word(), MOST_BITS)
    if base.bit_length() > 1:
        raise too_large()
    return power(base, 1 if exponent.is_odd() else 2)


def _shifted(number: BigInteger, places: BigInteger) -> BigInteger:
    """A number times a power of two, rounded down."""
    if places.sign >= 0:
        if number.sign != 0 and not places.fits_int():
            raise too_large()
        return shift_left(number, places.low_word(), MOST_BITS)
    if not places.fits_int() or places.low_word() < -MOST_BITS:
        return from_int(-1 if number.sign < 0 else 0)
    return shift_right(number, -places.low_word())


def negated(number: JSBigInt) -> Value:
    """`-number`"""
    if number.large is None:
        try:
            return small_bigint(ovf_neg(number.word))
        except OverflowError:
            pass
    return bigint_value(negate(number.integer()))


def complement(number: JSBigInt) -> Value:
    """`~number`"""
    return small_bigint(~number.word) if number.large is None else bigint_value(bit_not(number.integer()))


def mixed_types() -> GuestFault:
    """One operand is a BigInt, the other a number."""
    return type_error("Cannot mix BigInt and other types, use explicit conversions")


def numbers_of(left: Value, right: Value) -> tuple[float, float]:
    """Two numeric values of which none may be a BigInt, as doubles. Raises GuestFault."""
    if as_bigint(left) is not None or as_bigint(right) is not None:
        raise mixed_types()
    return as_number(left), as_number(right)
