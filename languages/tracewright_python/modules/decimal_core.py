"""`_decimal_core`: what `prelude/_decimal.guest` is made of.

An operation takes the numbers, then the settings, and gives the result; None where one of its signals is trapped, which the settings then hold.
An operand may be an int of the program.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.hints import dont_look_inside
from tracewright.lib.big_integers import BigInteger, absolute, from_int, multiply, negate
from tracewright.lib.big_integers_quotients import divide_truncating
from tracewright_python.big_ints import int_value, integer, plain_number
from tracewright_python.conversions import required_text
from tracewright_python.decimals.fitting import normalized, plain, quantized, whole
from tracewright_python.decimals.numbers import Kind, PyDecimal, as_decimal, finite, small, ten_to
from tracewright_python.decimals.quotients import (
    nearest_rest,
    quotient_and_rest,
    quotient_of,
    rest_of,
    square_root,
    whole_quotient,
)
from tracewright_python.decimals.rounding import settled
from tracewright_python.decimals.settings import PyDecimalSettings, as_settings
from tracewright_python.decimals.sums import multiply_add, order_of, product_of, sum_of
from tracewright_python.decimals.texts import number_of, text_of
from tracewright_python.functions import Native, PyBuiltin
from tracewright_python.lists import tuple_of
from tracewright_python.modules.building import native_module
from tracewright_python.session import Session
from tracewright_python.texts import text_value
from tracewright_python.values import NONE

Unary = Callable[[PyDecimal, PyDecimalSettings], PyDecimal]
Binary = Callable[[PyDecimal, PyDecimal, PyDecimalSettings], PyDecimal]
HIGHEST: Final = 999999999999999999
LOWEST_EXPONENT: Final = -1999999999999999997


def operand(value: Value) -> PyDecimal:
    """A number, or an int of the program as one."""
    if value.is_int():
        word = value.as_int()
        if word >= 0:
            return small(False, word, 0)
    elif value.is_object():
        thing = value.as_object()
        if isinstance(thing, PyDecimal):
            return thing
    return of_any_int(value)


@dont_look_inside
def of_any_int(value: Value) -> PyDecimal:
    """The number that an int is."""
    number = integer(plain_number(value))
    return finite(number.sign < 0, absolute(number), 0)


def closed(number: PyDecimal, settings: PyDecimalSettings) -> Value:
    """The result of an operation, or None."""
    return Value.of_object(number) if settings.close() else NONE


def unary(operation: Unary) -> Native:
    """An operation on one number."""

    def apply(session: Session, stack: VMStack, first: int, count: int) -> Value:
        settings = as_settings(stack[first + 1])
        return closed(operation(operand(stack[first]), settings), settings)

    return apply


def binary(operation: Binary) -> Native:
    """An operation on two numbers."""

    def apply(session: Session, stack: VMStack, first: int, count: int) -> Value:
        settings = as_settings(stack[first + 2])
        return closed(operation(operand(stack[first]), operand(stack[first + 1]), settings), settings)

    return apply


def plus(left: PyDecimal, right: PyDecimal, settings: PyDecimalSettings) -> PyDecimal:
    return sum_of(left, right, False, settings)


def minus(left: PyDecimal, right: PyDecimal, settings: PyDecimalSettings) -> PyDecimal:
    return sum_of(left, right, True, settings)


def itself(number: PyDecimal, settings: PyDecimalSettings) -> PyDecimal:
    return plain(number, False, settings)


def negative(number: PyDecimal, settings: PyDecimalSettings) -> PyDecimal:
    return plain(number, True, settings)


def fused(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`fma(a, b, c, settings)`"""
    settings = as_settings(stack[first + 3])
    a, b, c = operand(stack[first]), operand(stack[first + 1]), operand(stack[first + 2])
    return closed(multiply_add(a, b, c, settings), settings)


@dont_look_inside
def divide_both(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`divmod(a, b, settings)`: both results, or None."""
    settings = as_settings(stack[first + 2])
    left, right = operand(stack[first]), operand(stack[first + 1])
    if left.is_nan() or right.is_nan() or left.kind == Kind.INFINITE or right.is_zero():
        is_undefined = left.is_zero() and right.is_zero()
        quotient = whole_quotient(left, right, settings)
        rest = quotient if is_undefined else rest_of(left, right, settings)
    else:
        both = quotient_and_rest(left, right, settings)
        quotient, rest = settled(both.quotient, settings), settled(both.rest, settings)
    if not settings.close():
        return NONE
    return tuple_of([Value.of_object(quotient), Value.of_object(rest)])


def to_whole(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`whole(number, rounding, notes, settings)`"""
    settings = as_settings(stack[first + 3])
    rounding, notes = stack[first + 1].as_int(), stack[first + 2].same(Value.TRUE)
    return closed(whole(operand(stack[first]), rounding, notes, settings), settings)


def order(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`order(a, b)`: -1, 0, 1, or 2 where one is NaN. No signals."""
    return Value.of_int(order_of(operand(stack[first]), operand(stack[first + 1])))


def signal(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`signal(signals, settings)`: note them; whether none of them is trapped."""
    settings = as_settings(stack[first + 1])
    settings.note(stack[first].as_int())
    return Value.of_bool(settings.close())


def show(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`text(number, engineering, capitals)`"""
    number = as_decimal(stack[first])
    return text_value(text_of(number, stack[first + 1].same(Value.TRUE), stack[first + 2].same(Value.of_int(1))))


def read_text(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`parse(text)`: the number, exactly; None where the text is none."""
    number = number_of(required_text(stack[first], "parse() argument"))
    return NONE if number is None else Value.of_object(number)


@dont_look_inside
def is_possible(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`is_possible(number)`: whether there are settings that allow it as it is."""
    number = as_decimal(stack[first])
    if number.kind != Kind.FINITE:
        return Value.TRUE
    if number.is_zero():
        return Value.of_bool(LOWEST_EXPONENT <= number.exponent <= HIGHEST)
    return Value.of_bool(number.exponent >= LOWEST_EXPONENT and number.adjusted() <= HIGHEST)


def make(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`make(kind, is negative, coefficient, exponent)`"""
    coefficient = stack[first + 2]
    number = small(False, coefficient.as_int(), 0) if coefficient.is_int() else of_any_int(coefficient)
    is_negative = stack[first + 1].same(Value.TRUE)
    made = PyDecimal(stack[first].as_int(), is_negative, number.word, number.big, stack[first + 3].as_int())
    return Value.of_object(made)


def kind_of(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_int(as_decimal(stack[first]).kind)


def is_negative_number(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_bool(as_decimal(stack[first]).is_negative)


def is_zero_number(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_bool(as_decimal(stack[first]).is_zero())


def coefficient_of(session: Session, stack: VMStack, first: int, count: int) -> Value:
    number = as_decimal(stack[first])
    return Value.of_int(number.word) if number.big is None else int_value(number.coefficient())


def exponent_of(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_int(as_decimal(stack[first]).exponent)


def digits_of(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_int(as_decimal(stack[first]).digits())


@dont_look_inside
def whole_int(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`whole_int(number)`: a finite number as an int, rounded towards zero."""
    number = as_decimal(stack[first])
    coefficient = number.coefficient()
    if number.exponent >= 0:
        found = multiply(coefficient, ten_to(number.exponent))
    elif -number.exponent >= number.digits():
        found = from_int(0)
    else:
        found = divide_truncating(coefficient, ten_to(-number.exponent)).quotient
    return int_value(signed(found, number.is_negative))


def signed(number: BigInteger, is_negative: bool) -> BigInteger:
    return negate(number) if is_negative else number


def make_settings(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_object(PyDecimalSettings())


class Field:
    """The numbers of the settings, as `read` and `write` call them."""

    PRECISION: Final = 0
    ROUNDING: Final = 1
    LOWEST: Final = 2
    HIGHEST: Final = 3
    CAPITALS: Final = 4
    CLAMP: Final = 5
    FLAGS: Final = 6
    TRAPS: Final = 7
    TRAPPED: Final = 8


def read(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`read(settings, field)`"""
    settings = as_settings(stack[first])
    match stack[first + 1].as_int():
        case Field.PRECISION:
            number = settings.precision
        case Field.ROUNDING:
            number = settings.rounding
        case Field.LOWEST:
            number = settings.lowest
        case Field.HIGHEST:
            number = settings.highest
        case Field.CAPITALS:
            number = settings.capitals
        case Field.CLAMP:
            number = settings.clamp
        case Field.FLAGS:
            number = settings.flags
        case Field.TRAPS:
            number = settings.traps
        case _:
            number = settings.trapped
    return Value.of_int(number)


def write(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`write(settings, field, number)`"""
    settings = as_settings(stack[first])
    number = stack[first + 2].as_int()
    match stack[first + 1].as_int():
        case Field.PRECISION:
            settings.precision = number
        case Field.ROUNDING:
            settings.rounding = number
        case Field.LOWEST:
            settings.lowest = number
        case Field.HIGHEST:
            settings.highest = number
        case Field.CAPITALS:
            settings.capitals = number
        case Field.CLAMP:
            settings.clamp = number
        case Field.FLAGS:
            settings.flags = number
        case _:
            settings.traps = number
    settings.settle()
    return NONE


FUNCTIONS: Final[list[PyBuiltin]] = [
    PyBuiltin("add", binary(plus), 3, 3),
    PyBuiltin("subtract", binary(minus), 3, 3),
    PyBuiltin("multiply", binary(product_of), 3, 3),
    PyBuiltin("divide", binary(quotient_of), 3, 3),
    PyBuiltin("divide_int", binary(whole_quotient), 3, 3),
    PyBuiltin("remainder", binary(rest_of), 3, 3),
    PyBuiltin("remainder_near", binary(nearest_rest), 3, 3),
    PyBuiltin("quantize", binary(quantized), 3, 3),
    PyBuiltin("divmod", divide_both, 3, 3),
    PyBuiltin("fma", fused, 4, 4),
    PyBuiltin("plus", unary(itself), 2, 2),
    PyBuiltin("minus", unary(negative), 2, 2),
    PyBuiltin("settled", unary(settled), 2, 2),
    PyBuiltin("normalize", unary(normalized), 2, 2),
    PyBuiltin("sqrt", unary(square_root), 2, 2),
    PyBuiltin("whole", to_whole, 4, 4),
    PyBuiltin("order", order, 2, 2),
    PyBuiltin("signal", signal, 2, 2),
    PyBuiltin("text", show, 3, 3),
    PyBuiltin("parse", read_text, 1, 1),
    PyBuiltin("is_possible", is_possible, 1, 1),
    PyBuiltin("make", make, 4, 4),
    PyBuiltin("kind", kind_of, 1, 1),
    PyBuiltin("is_negative", is_negative_number, 1, 1),
    PyBuiltin("is_zero", is_zero_number, 1, 1),
    PyBuiltin("coefficient", coefficient_of, 1, 1),
    PyBuiltin("exponent", exponent_of, 1, 1),
    PyBuiltin("digits", digits_of, 1, 1),
    PyBuiltin("whole_int", whole_int, 1, 1),
    PyBuiltin("settings", make_settings, 0, 0),
    PyBuiltin("read", read, 2, 2),
    PyBuiltin("write", write, 3, 3),
]


def make_decimal_core(session: Session) -> Value:
    """The module."""
    native_module(session, "_decimal_core", FUNCTIONS)
    return session.modules.get_named("_decimal_core")
