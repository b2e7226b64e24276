"""What `math` does with floats. Raises ValueError where a function has no value, OverflowError where that is too large."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from tracewright.core import mathematics
from tracewright.core.arrays import array_of
from tracewright.core.integers import bits_of_float, float_of_bits, truncated
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.hints import dont_look_inside
from tracewright.lib.big_integers_bits import shift_right
from tracewright_python import builtin_types as types
from tracewright_python import system_calls
from tracewright_python.big_ints import int_as_float, int_value, integer, is_plain_int, plain_number
from tracewright_python.calls import call
from tracewright_python.conversions import values_of
from tracewright_python.errors import Raised
from tracewright_python.exceptions import error, type_error, value_error
from tracewright_python.float_parts import FITS, exponent_of, is_finite, length_of, scaled
from tracewright_python.functions import MANY_ARGUMENTS, Native, PyBuiltin
from tracewright_python.lists import pair
from tracewright_python.modules.building import real
from tracewright_python.objects import special
from tracewright_python.session import Session
from tracewright_python.special_names import Special
from tracewright_python.values import type_name, type_of

PI: Final = 3.141592653589793
_INFINITY: Final = float("inf")
_LARGEST_EXPONENT: Final = 1024


def domain_error() -> Raised:
    """A function has no value here."""
    return value_error("math domain error")


def range_error() -> Raised:
    """The value is too large for a float."""
    return error(types.OVERFLOW_ERROR, "math range error")


def unary(function: Callable[[float], float], grows: bool) -> Native:
    """A function of one float; where it `grows`, an infinite result of a finite argument is too large, else there is none."""

    def checked(session: Session, stack: VMStack, first: int, count: int) -> Value:
        number = real(session, stack[first])
        result = function(number)
        if not is_finite(result) and is_finite(number):
            if result == result and grows:
                raise range_error()
            raise domain_error()
        if result != result and number == number:
            raise domain_error()
        return Value.of_float(result)

    return checked


# --- rounding and parts ---


def _rounding(number: int) -> Native:
    """`floor`, `ceil` and `trunc`: by the special method of that number."""

    def by_method(session: Session, stack: VMStack, first: int, count: int) -> Value:
        value = stack[first]
        if value.is_float() and -FITS < value.as_float() < FITS:
            whole = value.as_float()
            if number != Special.TRUNC:
                whole = mathematics.floor(whole) if number == Special.FLOOR else mathematics.ceil(whole)
            return Value.of_int(truncated(whole))
        method = special(type_of(stack[first]), number)
        if method.same(Value.UNDEFINED):
            if number == Special.TRUNC:
                raise type_error(f"type {type_name(stack[first])} doesn't define __trunc__ method")
            rounded = real(session, stack[first])
            floored = mathematics.floor(rounded) if number == Special.FLOOR else mathematics.ceil(rounded)
            return call(session, special(types.FLOAT, Special.INT), [Value.of_float(floored)])
        return call(session, method, [stack[first]])

    return by_method


def fabs(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_float(abs(real(session, stack[first])))


def copysign(session: Session, stack: VMStack, first: int, count: int) -> Value:
    size = bits_of_float(real(session, stack[first])) & ((1 << 63) - 1)
    is_negative = bits_of_float(real(session, stack[first + 1])) < 0
    number = float_of_bits(size)
    return Value.of_float(-number if is_negative else number)


def modf(session: Session, stack: VMStack, first: int, count: int) -> Value:
    number = real(session, stack[first])
    if number == _INFINITY or number == -_INFINITY:
        return pair(Value.of_float(0.0 if number > 0.0 else -0.0), Value.of_float(number))
    whole = mathematics.trunc(number)
    fraction = number - whole
    if fraction == 0.0 and bits_of_float(number) < 0:
        fraction = -0.0
    return pair(Value.of_float(fraction), Value.of_float(whole))


def frexp(session: Session, stack: VMStack, first: int, count: int) -> Value:
    number = real(session, stack[first])
    if number == 0.0 or not is_finite(number):
        return pair(Value.of_float(number), Value.of_int(0))
    exponent = exponent_of(number)
    return pair(Value.of_float(scaled(number, -exponent)), Value.of_int(exponent))


def ldexp(session: Session, stack: VMStack, first: int, count: int) -> Value:
    number = real(session, stack[first])
    given = plain_number(stack[first + 1])
    if not is_plain_int(given):
        raise type_error("Expected an int as second argument to ldexp.")
    exponent = given.as_int() if given.is_int() else 1 << 40 if integer(given).sign > 0 else -(1 << 40)
    result = scaled(number, max(min(exponent, 5000), -5000))
    if is_finite(number) and not is_finite(result):
        raise range_error()
    return Value.of_float(result)


# --- powers and logarithms ---


def power(session: Session, stack: VMStack, first: int, count: int) -> Value:
    base, exponent = real(session, stack[first]), real(session, stack[first + 1])
    result = mathematics.power(base, exponent)
    if is_finite(base) and is_finite(exponent):
        if result != result or base == 0.0 and not is_finite(result):
            raise domain_error()
        if not is_finite(result):
            raise range_error()
    return Value.of_float(result)


def logarithm(session: Session, value: Value, function: Callable[[float], float]) -> float:
    """A logarithm, also of ints that are no floats. Raises ValueError."""
    number = plain_number(value)
    if is_plain_int(number):
        if integer(number).sign <= 0:
            raise domain_error()
        bits = integer(number).bit_length()
        if bits > _LARGEST_EXPONENT:
            head = int_as_float(int_value(shift_right(integer(number), bits - 1000)))
            return function(scaled(head, -1000)) + function(2.0) * bits
    argument = real(session, value)
    if argument <= 0.0:
        raise domain_error()
    return function(argument)


@dont_look_inside
def log(session: Session, stack: VMStack, first: int, count: int) -> Value:
    result = logarithm(session, stack[first], lambda number: mathematics.log(number))
    if stack[first + 1].same(Value.UNDEFINED):
        return Value.of_float(result)
    base = logarithm(session, stack[first + 1], lambda number: mathematics.log(number))
    if base == 0.0:
        raise error(types.ZERO_DIVISION_ERROR, "float division by zero")
    return Value.of_float(result / base)


@dont_look_inside
def log2(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_float(logarithm(session, stack[first], lambda number: mathematics.log2(number)))


@dont_look_inside
def log10(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_float(logarithm(session, stack[first], lambda number: mathematics.log10(number)))


# --- two arguments ---


def atan2(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_float(mathematics.atan2(real(session, stack[first]), real(session, stack[first + 1])))


def fmod(session: Session, stack: VMStack, first: int, count: int) -> Value:
    number, divisor = real(session, stack[first]), real(session, stack[first + 1])
    if (divisor == _INFINITY or divisor == -_INFINITY) and is_finite(number):
        return Value.of_float(number)
    result = mathematics.fmod(number, divisor)
    if result != result and number == number and divisor == divisor:
        raise domain_error()
    return Value.of_float(result)


@dont_look_inside
def remainder(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """What is left of the nearest multiple; half way, of the even one."""
    number, divisor = real(session, stack[first]), real(session, stack[first + 1])
    if is_finite(number) and is_finite(divisor):
        if divisor == 0.0:
            raise domain_error()
        size, step = abs(number), abs(divisor)
        rest = mathematics.fmod(size, step)
        other = step - rest
        result = rest
        if rest > other:
            result = -other
        elif rest == other:
            result = rest - 2.0 * mathematics.fmod(0.5 * (size - rest), step)
        return Value.of_float(-result if bits_of_float(number) < 0 else result)
    if number != number or divisor != divisor:
        return Value.of_float(number + divisor)
    if not is_finite(number):
        raise domain_error()
    return Value.of_float(number)


def degrees(number: float) -> float:
    return number * (180.0 / PI)


def radians(number: float) -> float:
    return number * (PI / 180.0)


# --- questions ---


def isnan(session: Session, stack: VMStack, first: int, count: int) -> Value:
    number = real(session, stack[first])
    return Value.of_bool(number != number)


def isinf(session: Session, stack: VMStack, first: int, count: int) -> Value:
    number = real(session, stack[first])
    return Value.of_bool(number == _INFINITY or number == -_INFINITY)


def isfinite(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_bool(is_finite(real(session, stack[first])))


@dont_look_inside
def isclose(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`isclose(a, b, *, rel_tol=1e-09, abs_tol=0.0)`"""
    a, b = real(session, stack[first]), real(session, stack[first + 1])
    relative = 1e-09 if stack[first + 2].same(Value.UNDEFINED) else real(session, stack[first + 2])
    absolute = 0.0 if stack[first + 3].same(Value.UNDEFINED) else real(session, stack[first + 3])
    if relative < 0.0 or absolute < 0.0:
        raise value_error("tolerances must be non-negative")
    if a == b:
        return Value.TRUE
    if not is_finite(a) and a == a or not is_finite(b) and b == b:
        return Value.FALSE
    difference = abs(b - a)
    is_near = difference <= abs(relative * b) or difference <= abs(relative * a)
    return Value.of_bool(is_near or difference <= absolute)


# --- sums ---


@dont_look_inside
def fsum(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """The exactly rounded sum: parts that do not overlap are kept and added up at the end. Raises OverflowError, ValueError."""
    parts: list[float] = []
    special_sum = 0.0
    infinities = 0.0
    for value in values_of(session, stack[first]):
        number = real(session, value)
        given = number
        kept = 0
        for index in range(len(parts)):
            part = parts[index]
            if abs(number) < abs(part):
                number, part = part, number
            high = number + part
            low = part - (high - number)
            if low != 0.0:
                parts[kept] = low
                kept += 1
            number = high
        del parts[kept:]
        if number != 0.0:
            if not is_finite(number):
                if is_finite(given):
                    raise error(types.OVERFLOW_ERROR, "intermediate overflow in fsum")
                if given == given:
                    infinities += given
                special_sum += given
                parts = []
            else:
                parts.append(number)
    if special_sum != 0.0:
        if infinities != infinities:
            raise value_error("-inf + inf in fsum")
        return Value.of_float(special_sum)
    return Value.of_float(rounded_sum(parts))


def rounded_sum(parts: list[float]) -> float:
    """The sum of parts that do not overlap, the smallest first, rounded half to even."""
    place = len(parts) - 1
    if place < 0:
        return 0.0
    total = parts[place]
    low = 0.0
    while place > 0:
        place -= 1
        before = total
        part = parts[place]
        total = before + part
        low = part - (total - before)
        if low != 0.0:
            break
    if place > 0 and (low < 0.0 and parts[place - 1] < 0.0 or low > 0.0 and parts[place - 1] > 0.0):
        twice = low * 2.0
        rounded = total + twice
        if twice == rounded - total:
            total = rounded
    return total


@dont_look_inside
def hypot(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_float(length_of([abs(real(session, stack[first + index])) for index in range(count)]))


@dont_look_inside
def dist(session: Session, stack: VMStack, first: int, count: int) -> Value:
    start, end = values_of(session, stack[first]), values_of(session, stack[first + 1])
    if len(start) != len(end):
        raise value_error("both points must have the same number of dimensions")
    return Value.of_float(
        length_of([abs(real(session, start[index]) - real(session, end[index])) for index in range(len(start))])
    )


# --- special functions, which the C library has ---


def error_function(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_float(system_calls.erf(real(session, stack[first])))


def complementary_error_function(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_float(system_calls.erfc(real(session, stack[first])))


def gamma(session: Session, stack: VMStack, first: int, count: int) -> Value:
    number = real(session, stack[first])
    if number == -_INFINITY or (number <= 0.0 and mathematics.floor(number) == number):
        raise domain_error()
    result = system_calls.gamma(number)
    if not is_finite(result) and is_finite(number):
        raise range_error()
    return Value.of_float(result)


def log_gamma(session: Session, stack: VMStack, first: int, count: int) -> Value:
    number = real(session, stack[first])
    if number == _INFINITY or number == -_INFINITY:
        return Value.of_float(_INFINITY)
    if number <= 0.0 and mathematics.floor(number) == number:
        raise domain_error()
    result = system_calls.log_gamma(number)
    if not is_finite(result) and is_finite(number):
        raise range_error()
    return Value.of_float(result)


# --- neighbours ---


@dont_look_inside
def nextafter(session: Session, stack: VMStack, first: int, count: int) -> Value:
    number, goal = real(session, stack[first]), real(session, stack[first + 1])
    if number != number or goal != goal:
        return Value.of_float(number + goal)
    if number == goal:
        return Value.of_float(goal)
    if number == 0.0:
        return Value.of_float(5e-324 if goal > 0.0 else -5e-324)
    bits = bits_of_float(number)
    return Value.of_float(float_of_bits(bits + 1 if (goal > number) == (number > 0.0) else bits - 1))


@dont_look_inside
def ulp(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """The distance to the next float that is farther from 0; of the largest, to the one before."""
    number = abs(real(session, stack[first]))
    if not is_finite(number):
        return Value.of_float(number)
    above = float_of_bits(bits_of_float(number) + 1)
    if not is_finite(above):
        return Value.of_float(number - float_of_bits(bits_of_float(number) - 1))
    return Value.of_float(above - number)


FUNCTIONS: list[PyBuiltin] = [
    PyBuiltin("sqrt", unary(lambda number: mathematics.sqrt(number), False), 1, 1),
    PyBuiltin("cbrt", unary(lambda number: mathematics.cbrt(number), False), 1, 1),
    PyBuiltin("exp", unary(lambda number: mathematics.exp(number), True), 1, 1),
    PyBuiltin("exp2", unary(lambda number: mathematics.power(2.0, number), True), 1, 1),
    PyBuiltin("expm1", unary(lambda number: mathematics.expm1(number), True), 1, 1),
    PyBuiltin("log1p", unary(lambda number: mathematics.log1p(number), False), 1, 1),
    PyBuiltin("sin", unary(lambda number: mathematics.sin(number), False), 1, 1),
    PyBuiltin("cos", unary(lambda number: mathematics.cos(number), False), 1, 1),
    PyBuiltin("tan", unary(lambda number: mathematics.tan(number), False), 1, 1),
    PyBuiltin("asin", unary(lambda number: mathematics.asin(number), False), 1, 1),
    PyBuiltin("acos", unary(lambda number: mathematics.acos(number), False), 1, 1),
    PyBuiltin("atan", unary(lambda number: mathematics.atan(number), False), 1, 1),
    PyBuiltin("sinh", unary(lambda number: mathematics.sinh(number), True), 1, 1),
    PyBuiltin("cosh", unary(lambda number: mathematics.cosh(number), True), 1, 1),
    PyBuiltin("tanh", unary(lambda number: mathematics.tanh(number), False), 1, 1),
    PyBuiltin("asinh", unary(lambda number: mathematics.asinh(number), False), 1, 1),
    PyBuiltin("acosh", unary(lambda number: mathematics.acosh(number), False), 1, 1),
    PyBuiltin("atanh", unary(lambda number: mathematics.atanh(number), False), 1, 1),
    PyBuiltin("degrees", unary(degrees, True), 1, 1),
    PyBuiltin("radians", unary(radians, True), 1, 1),
    PyBuiltin("floor", _rounding(Special.FLOOR), 1, 1),
    PyBuiltin("ceil", _rounding(Special.CEIL), 1, 1),
    PyBuiltin("trunc", _rounding(Special.TRUNC), 1, 1),
    PyBuiltin("fabs", fabs, 1, 1),
    PyBuiltin("copysign", copysign, 2, 2),
    PyBuiltin("modf", modf, 1, 1),
    PyBuiltin("frexp", frexp, 1, 1),
    PyBuiltin("ldexp", ldexp, 2, 2),
    PyBuiltin("pow", power, 2, 2),
    PyBuiltin("log", log, 1, 2),
    PyBuiltin("log2", log2, 1, 1),
    PyBuiltin("log10", log10, 1, 1),
    PyBuiltin("atan2", atan2, 2, 2),
    PyBuiltin("fmod", fmod, 2, 2),
    PyBuiltin("remainder", remainder, 2, 2),
    PyBuiltin("isnan", isnan, 1, 1),
    PyBuiltin("isinf", isinf, 1, 1),
    PyBuiltin("isfinite", isfinite, 1, 1),
    PyBuiltin("isclose", isclose, 2, 2, None, array_of(["rel_tol", "abs_tol"]), 2),
    PyBuiltin("fsum", fsum, 1, 1),
    PyBuiltin("erf", error_function, 1, 1),
    PyBuiltin("erfc", complementary_error_function, 1, 1),
    PyBuiltin("gamma", gamma, 1, 1),
    PyBuiltin("lgamma", log_gamma, 1, 1),
    PyBuiltin("hypot", hypot, 0, MANY_ARGUMENTS),
    PyBuiltin("dist", dist, 2, 2),
    PyBuiltin("nextafter", nextafter, 2, 2),
    PyBuiltin("ulp", ulp, 1, 1),
]
CONSTANTS: Final[dict[str, float]] = {
    "pi": PI,
    "e": 2.718281828459045,
    "tau": 2.0 * PI,
    "inf": _INFINITY,
    "nan": float("nan"),
}
