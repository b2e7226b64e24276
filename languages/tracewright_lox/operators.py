"""What Lox's operators compute: functions of Values, which give UNDEFINED where the operands do not go together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from tracewright.core.value import Value
from tracewright.lib.guest_objects import joined, truth, values_equal
from tracewright.lib.numeric_values import (
    number_add,
    number_divide,
    number_less,
    number_less_equal,
    number_modulo,
    number_multiply,
    number_negate,
    number_subtract,
)


def add(left: Value, right: Value) -> Value:
    """The sum of numbers, or two strings as one."""
    result = number_add(left, right)
    return joined(left, right) if result.same(Value.UNDEFINED) else result


def greater(left: Value, right: Value) -> Value:
    return number_less(right, left)


def greater_equal(left: Value, right: Value) -> Value:
    return number_less_equal(right, left)


def equal(left: Value, right: Value) -> Value:
    return Value.of_bool(values_equal(left, right))


def unequal(left: Value, right: Value) -> Value:
    return Value.of_bool(not values_equal(left, right))


def invert(operand: Value) -> Value:
    return Value.of_bool(not truth(operand))


UNARY: Final[dict[str, Callable[[Value], Value]]] = {"-": number_negate, "!": invert}
BINARY: Final[dict[str, Callable[[Value, Value], Value]]] = {
    "+": add,
    "-": number_subtract,
    "*": number_multiply,
    "/": number_divide,
    "%": number_modulo,
    "==": equal,
    "!=": unequal,
    "<": number_less,
    "<=": number_less_equal,
    ">": greater,
    ">=": greater_equal,
}
