"""`Math`. Sines, logarithms and the like are those of `lib/elementary`, so that they have the same last bit as in other engines."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, final

from tracewright.core.integers import (
    bits_of_float,
    count_leading_zeros,
    i32,
    truncated,
    urshift,
    wrap_add,
    wrap_lshift,
    wrap_mul,
)
from tracewright.core.mathematics import ceil, floor, is_infinite, sqrt, trunc
from tracewright.core.system import wall_nanoseconds
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.lib.elementary.cube_root import cbrt
from tracewright.lib.elementary.exponentials import exp, expm1
from tracewright.lib.elementary.hyperbolic import acosh, asinh, atanh, cosh, sinh, tanh
from tracewright.lib.elementary.inverse_trigonometry import acos, asin, atan, atan2
from tracewright.lib.elementary.logarithms import log, log1p, log2, log10
from tracewright.lib.elementary.powers import power
from tracewright.lib.elementary.trigonometry import cos, sin, tan
from tracewright.lib.small_floats import rounded_to_float32
from tracewright_javascript.builtins.arguments import argument_at
from tracewright_javascript.builtins.rows import NativeRow, install_constant, install_methods, install_namespace
from tracewright_javascript.bytecode import AnyRealm
from tracewright_javascript.conversions import to_int32, to_number, to_uint32
from tracewright_javascript.functions import Native
from tracewright_javascript.number_reading import INFINITY, NAN
from tracewright_javascript.realm import Realm
from tracewright_javascript.values import MAX_INT, MIN_INT, int_number, number_value

GOLDEN: Final = -7046029254386353131  # 2**64 / golden ratio, odd: makes a second word of a seed


def _number(stack: VMStack, frame: int, count: int, index: int) -> float:
    return to_number(argument_at(stack, frame, count, index))


def _of(function: Callable[[float], float]) -> Native:
    """A function of one number. What it gives for a double is one, whole or not; for an int it is often an int: `Math.sqrt(rows.length)`."""

    def applied(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
        value = argument_at(stack, frame, count, 0)
        if value.is_float():
            return Value.of_float(function(value.as_float()))
        return number_value(function(to_number(value)))

    return applied


def math_round(number: float) -> float:
    """Half goes up; what rounds to zero from below is -0."""
    result = floor(number)
    if number - result >= 0.5:
        result += 1.0
    return -0.0 if result == 0.0 and bits_of_float(number) < 0 else result


def _step_down(whole: int, number: float) -> int:
    return -int(float(whole) > number)


def _step_up(whole: int, number: float) -> int:
    return int(float(whole) < number)


def _step_to_nearest(whole: int, number: float) -> int:
    step = _step_down(whole, number)
    return step + int(number - float(whole + step) >= 0.5)


def _rounding(step: Callable[[int, float], int], function: Callable[[float], float]) -> Native:
    """A function that makes numbers whole: `step` says how far the result lies from the truncated number, which is how numbers that
    fit an int are rounded; the C library's `function` is for the others, and for what becomes -0."""

    def rounded(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
        value = argument_at(stack, frame, count, 0)
        if value.is_int():
            return value
        number = to_number(value)
        whole = truncated(number)
        if MIN_INT < whole < MAX_INT:
            result = whole + step(whole, number)
            if not (result == 0) & (bits_of_float(number) < 0):  # one condition: traces that meet a 0 do not part here
                return Value.of_int(result)
        return number_value(function(number))

    return rounded


def math_sign(number: float) -> float:
    """1, -1, or the zero or NaN itself."""
    return 1.0 if number > 0.0 else -1.0 if number < 0.0 else number


def _power(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return number_value(power(_number(stack, frame, count, 0), _number(stack, frame, count, 1)))


def _imul(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    left = to_int32(argument_at(stack, frame, count, 0))
    return Value.of_int(i32(wrap_mul(left, to_int32(argument_at(stack, frame, count, 1)))))


def _absolute(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    value = argument_at(stack, frame, count, 0)
    if value.is_int():
        sign = value.as_int() >> 63  # 0 or -1: traces do not part at the sign
        return int_number((value.as_int() ^ sign) - sign)
    return Value.of_float(abs(to_number(value)))


def _two_ints(stack: VMStack, frame: int, count: int) -> bool:
    return count == 2 and argument_at(stack, frame, count, 0).is_int() and argument_at(stack, frame, count, 1).is_int()


def _greater(x: float, y: float) -> float:
    """+0 is greater than -0."""
    if x > y:
        return x
    if y > x:
        return y
    return NAN if x != y else x if bits_of_float(x) >= 0 else y


def _smaller(x: float, y: float) -> float:
    if x < y:
        return x
    if y < x:
        return y
    return NAN if x != y else x if bits_of_float(x) < 0 else y


def _greatest(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    if _two_ints(stack, frame, count):
        left, right = argument_at(stack, frame, count, 0), argument_at(stack, frame, count, 1)
        above = left.as_int() - right.as_int()
        return Value.of_int(left.as_int() - (above & (above >> 63)))  # traces do not part at which one it is
    if count == 2:
        return Value.of_float(_greater(_number(stack, frame, count, 0), _number(stack, frame, count, 1)))
    return _greatest_of_many(stack, frame, count)


def _greatest_of_many(stack: VMStack, frame: int, count: int) -> Value:
    best = -INFINITY
    for index in range(count):
        best = _greater(best, _number(stack, frame, count, index))
    return number_value(best)


def _least(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    if _two_ints(stack, frame, count):
        left, right = argument_at(stack, frame, count, 0), argument_at(stack, frame, count, 1)
        above = left.as_int() - right.as_int()
        return Value.of_int(right.as_int() + (above & (above >> 63)))
    if count == 2:
        return Value.of_float(_smaller(_number(stack, frame, count, 0), _number(stack, frame, count, 1)))
    return _least_of_many(stack, frame, count)


def _least_of_many(stack: VMStack, frame: int, count: int) -> Value:
    best = INFINITY
    for index in range(count):
        best = _smaller(best, _number(stack, frame, count, index))
    return number_value(best)


def _hypot(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    numbers = [_number(stack, frame, count, index) for index in range(count)]
    largest = 0.0
    has_nan = False
    for number in numbers:
        if is_infinite(number):
            return Value.of_float(INFINITY)
        has_nan = has_nan or number != number
        largest = max(largest, abs(number))
    if has_nan:
        return Value.of_float(NAN)
    if largest == 0.0:
        return int_number(0)
    # Scaled so that no square overflows; with what was lost in each addition added to the next (Kahan).
    total = 0.0
    lost = 0.0
    for number in numbers:
        part = number / largest
        summand = part * part - lost
        larger = total + summand
        lost = (larger - total) - summand
        total = larger
    return Value.of_float(sqrt(total) * largest)


def _leading_zeros(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return Value.of_int(count_leading_zeros(to_uint32(argument_at(stack, frame, count, 0))) - 32)


def _angle(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return Value.of_float(atan2(_number(stack, frame, count, 0), _number(stack, frame, count, 1)))


@final
class RandomNumbers:
    """xorshift128+ (Vigna, 2014): two words of state."""

    def __init__(self, seed: int) -> None:
        self.first = seed | 1
        self.second = wrap_mul(seed, GOLDEN) ^ seed

    def next(self) -> float:
        """The next number in [0, 1): 53 bits."""
        a, b = self.first, self.second
        self.first = b
        a ^= wrap_lshift(a, 23)
        self.second = a ^ b ^ urshift(a, 17) ^ urshift(b, 26)
        return float(urshift(wrap_add(self.second, b), 11)) * 1.1102230246251565e-16  # 2**-53


FUNCTIONS: Final[list[NativeRow]] = [
    ("floor", 1, _rounding(_step_down, lambda x: floor(x))),
    ("ceil", 1, _rounding(_step_up, lambda x: ceil(x))),
    ("trunc", 1, _rounding(lambda whole, number: 0, lambda x: trunc(x))),
    ("round", 1, _rounding(_step_to_nearest, lambda x: math_round(x))),
    ("sign", 1, _of(lambda x: math_sign(x))),
    ("abs", 1, _absolute),
    ("sqrt", 1, _of(lambda x: sqrt(x) if x >= 0.0 else NAN)),
    ("sin", 1, _of(lambda x: sin(x))),
    ("cos", 1, _of(lambda x: cos(x))),
    ("tan", 1, _of(lambda x: tan(x))),
    ("exp", 1, _of(lambda x: exp(x))),
    ("log", 1, _of(lambda x: log(x))),
    ("asin", 1, _of(lambda x: asin(x))),
    ("acos", 1, _of(lambda x: acos(x))),
    ("atan", 1, _of(lambda x: atan(x))),
    ("sinh", 1, _of(lambda x: sinh(x))),
    ("cosh", 1, _of(lambda x: cosh(x))),
    ("tanh", 1, _of(lambda x: tanh(x))),
    ("asinh", 1, _of(lambda x: asinh(x))),
    ("acosh", 1, _of(lambda x: acosh(x))),
    ("atanh", 1, _of(lambda x: atanh(x))),
    ("expm1", 1, _of(lambda x: expm1(x))),
    ("log1p", 1, _of(lambda x: log1p(x))),
    ("log10", 1, _of(lambda x: log10(x))),
    ("log2", 1, _of(lambda x: log2(x))),
    ("cbrt", 1, _of(lambda x: cbrt(x))),
    ("fround", 1, _of(lambda x: rounded_to_float32(x))),
    ("atan2", 2, _angle),
    ("hypot", 2, _hypot),
    ("clz32", 1, _leading_zeros),
    ("pow", 2, _power),
    ("imul", 2, _imul),
    ("max", 2, _greatest),
    ("min", 2, _least),
]
CONSTANTS: Final[dict[str, float]] = {
    "PI": 3.141592653589793,
    "E": 2.718281828459045,
    "LN2": 0.6931471805599453,
    "LN10": 2.302585092994046,
    "LOG2E": 1.4426950408889634,
    "LOG10E": 0.4342944819032518,
    "SQRT2": 1.4142135623730951,
    "SQRT1_2": 0.7071067811865476,
}


def install_mathematics(realm: Realm) -> None:
    """Give a realm its `Math`."""
    mathematics = install_namespace(realm, "Math", FUNCTIONS)
    random = RandomNumbers(wall_nanoseconds())
    install_methods(
        realm, mathematics, [("random", 0, lambda realm, stack, frame, count: Value.of_float(random.next()))]
    )
    for name, value in CONSTANTS.items():
        install_constant(mathematics, name, Value.of_float(value))
