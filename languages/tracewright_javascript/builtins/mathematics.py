"""`Math`, as far as it is there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from tracewright.core.integers import bits_of_float, i32, wrap_mul
from tracewright.core.mathematics import ceil, cos, exp, floor, log, sin, sqrt, tan, trunc
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright_javascript.arithmetic import raised
from tracewright_javascript.builtins.arguments import argument_at
from tracewright_javascript.builtins.rows import NativeRow, install_constant, install_namespace
from tracewright_javascript.bytecode import AnyRealm
from tracewright_javascript.conversions import NAN, to_int32, to_number
from tracewright_javascript.functions import Native
from tracewright_javascript.realm import Realm
from tracewright_javascript.values import number_value


def _number(stack: VMStack, frame: int, count: int, index: int) -> float:
    return to_number(argument_at(stack, frame, count, index))


def _of(function: Callable[[float], float]) -> Native:
    return lambda realm, stack, frame, count: number_value(function(_number(stack, frame, count, 0)))


def math_round(number: float) -> float:
    """Half goes up; what rounds to zero from below is -0."""
    result = floor(number)
    if number - result >= 0.5:
        result += 1.0
    return -0.0 if result == 0.0 and bits_of_float(number) < 0 else result


def math_sign(number: float) -> float:
    """1, -1, or the zero or NaN itself."""
    return 1.0 if number > 0.0 else -1.0 if number < 0.0 else number


def _power(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return number_value(raised(_number(stack, frame, count, 0), _number(stack, frame, count, 1)))


def _imul(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    left = to_int32(argument_at(stack, frame, count, 0))
    return Value.of_int(i32(wrap_mul(left, to_int32(argument_at(stack, frame, count, 1)))))


def _greatest(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    best = -float("inf")
    for index in range(count):
        number = _number(stack, frame, count, index)
        if number != number or best != best:
            best = NAN
        elif number > best or (number == best and bits_of_float(best) < 0):
            best = number
    return number_value(best)


def _least(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    best = float("inf")
    for index in range(count):
        number = _number(stack, frame, count, index)
        if number != number or best != best:
            best = NAN
        elif number < best or (number == best and bits_of_float(number) < 0):
            best = number
    return number_value(best)


FUNCTIONS: Final[list[NativeRow]] = [
    ("floor", 1, _of(lambda x: floor(x))),
    ("ceil", 1, _of(lambda x: ceil(x))),
    ("trunc", 1, _of(lambda x: trunc(x))),
    ("round", 1, _of(lambda x: math_round(x))),
    ("sign", 1, _of(lambda x: math_sign(x))),
    ("abs", 1, _of(lambda x: abs(x))),
    ("sqrt", 1, _of(lambda x: sqrt(x) if x >= 0.0 else NAN)),
    ("sin", 1, _of(lambda x: sin(x))),
    ("cos", 1, _of(lambda x: cos(x))),
    ("tan", 1, _of(lambda x: tan(x))),
    ("exp", 1, _of(lambda x: exp(x))),
    ("log", 1, _of(lambda x: log(x))),
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
    for name, value in CONSTANTS.items():
        install_constant(mathematics, name, Value.of_float(value))
