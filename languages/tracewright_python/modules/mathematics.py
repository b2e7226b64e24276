"""`math`, as far as it is there."""

from __future__ import annotations

from collections.abc import Callable

from tracewright.core.mathematics import (
    ceil,
    cos,
    exp,
    floor,
    fmod,
    is_infinite,
    is_nan,
    log,
    power,
    sin,
    sqrt,
    tan,
    trunc,
)
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.hints import dont_look_inside
from tracewright.lib.big_integers import from_int, multiply
from tracewright.lib.big_integers_bits import shift_right
from tracewright.lib.big_integers_floats import from_float
from tracewright.lib.big_integers_powers import greatest_common_divisor, integer_root
from tracewright_python import builtin_types as types
from tracewright_python.big_ints import int_value, integer, is_plain_int, plain_number
from tracewright_python.calls import call
from tracewright_python.conversions import index_value, values_of
from tracewright_python.errors import Raised
from tracewright_python.exceptions import error, value_error
from tracewright_python.functions import MANY_ARGUMENTS, Native, PyBuiltin
from tracewright_python.modules.building import native_module, real
from tracewright_python.objects import special
from tracewright_python.session import Session
from tracewright_python.special_names import Special
from tracewright_python.values import type_of

PI = 3.141592653589793
LOG_2 = 0.6931471805599453


def of_one(function: Callable[[float], float]) -> Native:
    """A function of one number that is defined everywhere."""
    return lambda session, stack, first, count: Value.of_float(function(real(session, stack[first])))


def domain_error() -> Raised:
    """The argument lies where the function is not defined."""
    return value_error("math domain error")


def square_root(session: Session, stack: VMStack, first: int, count: int) -> Value:
    number = real(session, stack[first])
    if number < 0.0:
        raise domain_error()
    return Value.of_float(sqrt(number))


def checked_exponential(session: Session, stack: VMStack, first: int, count: int) -> Value:
    number = real(session, stack[first])
    result = exp(number)
    if is_infinite(result) and not is_infinite(number):
        raise error(types.OVERFLOW_ERROR, "math range error")
    return Value.of_float(result)


@dont_look_inside
def logarithm_of(session: Session, value: Value) -> float:
    """The natural logarithm of a number in any form."""
    number = plain_number(value)
    if is_plain_int(number) and not number.is_int():
        whole = integer(number)
        if whole.sign <= 0:
            raise domain_error()
        shift = whole.bit_length() - 60
        return log(float(shift_right(whole, shift).low_word())) + float(shift) * LOG_2
    given = real(session, value)
    if given <= 0.0:
        raise domain_error()
    return log(given)


def logarithm(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`log(x, base=e)`"""
    result = logarithm_of(session, stack[first])
    if not stack[first + 1].same(Value.UNDEFINED):
        base = logarithm_of(session, stack[first + 1])
        if base == 0.0:
            raise error(types.ZERO_DIVISION_ERROR, "float division by zero")
        result /= base
    return Value.of_float(result)


def rounded_down(number: float) -> float:
    return floor(number)


def rounded_up(number: float) -> float:
    return ceil(number)


def cut_off(number: float) -> float:
    return trunc(number)


def rounded_by(function: Callable[[float], float], number: int) -> Native:
    """`floor`, `ceil`, `trunc`: to an int, or what the special method of this number says."""
    return lambda session, stack, first, count: whole_number(session, stack[first], function, number)


def whole_number(session: Session, value: Value, function: Callable[[float], float], number: int) -> Value:
    """The int that a function of floats gives."""
    plain = plain_number(value)
    if plain.is_float():
        return int_of_float(function(plain.as_float()))
    if is_plain_int(plain):
        return plain
    method = special(type_of(value), number)
    if not method.same(Value.UNDEFINED):
        return call(session, method, [value])
    return int_of_float(function(real(session, value)))


def int_of_float(number: float) -> Value:
    """The int that equals a float. Raises OverflowError, ValueError."""
    if -4503599627370496.0 < number < 4503599627370496.0:
        return Value.of_int(int(number))
    try:
        return int_value(from_float(number))
    except OverflowError:
        raise error(types.OVERFLOW_ERROR, "cannot convert float infinity to integer")
    except ValueError:
        raise value_error("cannot convert float NaN to integer")


def raised_to(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`pow(x, y)` as a float"""
    x, y = real(session, stack[first]), real(session, stack[first + 1])
    if (x == 0.0 and y < 0.0) or (x < 0.0 and floor(y) != y and not is_infinite(x) and not is_infinite(y)):
        raise domain_error()
    result = power(x, y)
    if is_infinite(result) and not is_infinite(x) and not is_infinite(y):
        raise error(types.OVERFLOW_ERROR, "math range error")
    return Value.of_float(result)


def remainder(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`fmod(x, y)`"""
    x, y = real(session, stack[first]), real(session, stack[first + 1])
    if y == 0.0 or is_infinite(x):
        raise domain_error()
    return Value.of_float(fmod(x, y))


def hypotenuse(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`hypot(*coordinates)`, scaled so that squares neither overflow nor vanish."""
    largest = 0.0
    for k in range(count):
        largest = max(largest, abs(real(session, stack[first + k])))
    if largest == 0.0 or is_infinite(largest):
        return Value.of_float(largest)
    total = 0.0
    for k in range(count):
        part = real(session, stack[first + k]) / largest
        total += part * part
    return Value.of_float(largest * sqrt(total))


def test_of(function: Callable[[float], bool]) -> Native:
    """A question about one number."""
    return lambda session, stack, first, count: Value.of_bool(function(real(session, stack[first])))


def is_finite(number: float) -> bool:
    return not is_nan(number) and not is_infinite(number)


def absolute(number: float) -> float:
    return abs(number)


def degrees(number: float) -> float:
    return number * (180.0 / PI)


def radians(number: float) -> float:
    return number * (PI / 180.0)


def common_divisor(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`gcd(*integers)`"""
    total = from_int(0)
    for k in range(count):
        total = greatest_common_divisor(total, integer(index_value(session, stack[first + k])))
    return int_value(total)


def whole_root(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`isqrt(n)`"""
    number = integer(index_value(session, stack[first]))
    if number.sign < 0:
        raise value_error("isqrt() argument must be nonnegative")
    return int_value(integer_root(number))


@dont_look_inside
def factorial(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`factorial(n)`"""
    number = index_value(session, stack[first])
    if not number.is_int():
        raise error(types.OVERFLOW_ERROR, "factorial() argument should not exceed 9223372036854775807")
    if number.as_int() < 0:
        raise value_error("factorial() not defined for negative values")
    product = from_int(1)
    for factor in range(2, number.as_int() + 1):
        product = multiply(product, from_int(factor))
    return int_value(product)


@dont_look_inside
def exact_sum(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`fsum(values)`: the parts that do not overlap are kept, so nothing is lost before the end."""
    partials: list[float] = []
    for value in values_of(session, stack[first]):
        x = real(session, value)
        kept: list[float] = []
        for partial in partials:
            larger, smaller = (x, partial) if abs(x) >= abs(partial) else (partial, x)
            total = larger + smaller
            rest = smaller - (total - larger)
            if rest != 0.0:
                kept.append(rest)
            x = total
        kept.append(x)
        partials = kept
    result = 0.0
    for partial in partials:
        result += partial
    return Value.of_float(result)


FUNCTIONS: list[PyBuiltin] = [
    PyBuiltin("sqrt", square_root, 1, 1),
    PyBuiltin("exp", checked_exponential, 1, 1),
    PyBuiltin("log", logarithm, 1, 2),
    PyBuiltin("sin", of_one(sin), 1, 1),
    PyBuiltin("cos", of_one(cos), 1, 1),
    PyBuiltin("tan", of_one(tan), 1, 1),
    PyBuiltin("fabs", of_one(absolute), 1, 1),
    PyBuiltin("degrees", of_one(degrees), 1, 1),
    PyBuiltin("radians", of_one(radians), 1, 1),
    PyBuiltin("floor", rounded_by(rounded_down, Special.FLOOR), 1, 1),
    PyBuiltin("ceil", rounded_by(rounded_up, Special.CEIL), 1, 1),
    PyBuiltin("trunc", rounded_by(cut_off, Special.TRUNC), 1, 1),
    PyBuiltin("pow", raised_to, 2, 2),
    PyBuiltin("fmod", remainder, 2, 2),
    PyBuiltin("hypot", hypotenuse, 0, MANY_ARGUMENTS),
    PyBuiltin("isnan", test_of(is_nan), 1, 1),
    PyBuiltin("isinf", test_of(is_infinite), 1, 1),
    PyBuiltin("isfinite", test_of(is_finite), 1, 1),
    PyBuiltin("gcd", common_divisor, 0, MANY_ARGUMENTS),
    PyBuiltin("isqrt", whole_root, 1, 1),
    PyBuiltin("factorial", factorial, 1, 1),
    PyBuiltin("fsum", exact_sum, 1, 1),
]


def make_math(session: Session) -> Value:
    """The module."""
    namespace = native_module(session, "math", FUNCTIONS)
    namespace.set_named("pi", Value.of_float(PI))
    namespace.set_named("e", Value.of_float(2.718281828459045))
    namespace.set_named("tau", Value.of_float(2.0 * PI))
    namespace.set_named("inf", Value.of_float(float("inf")))
    namespace.set_named("nan", Value.of_float(float("nan")))
    return session.modules["math"]
