"""Random arithmetic in Ruff against a model in Python: as constants, through variables, and in hot loops on every tier.

The differential tests cannot see a mistake that all tiers share; this model is independent of the implementation.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from tracewright_testing.choices import Dice, seeded
from tracewright_testing.tiers import BRIDGES, HOSTED, HOT, OFF, Tier, TierRunner

Number = int | float
LOWEST, HIGHEST = -(1 << 63), (1 << 63) - 1
EDGES = (0, 1, 2, 7, 10, 1 << 31, 1 << 47, (1 << 50) - 1, 1 << 50, 1 << 51, 1 << 53, 1 << 62, HIGHEST - 1, HIGHEST)
FLOATS = (0.0, 0.5, 1.0, 2.5, 0.1, 3.75, 1e15 + 0.5, 4503599627370496.5, 9007199254740993.0, 1e18, 1e19, 123456.789)


class GuestError(Exception):
    """The message of a Ruff error."""


@dataclass(frozen=True)
class Expression:
    """Its text, and its meaning for the values of the variables a, b, c."""

    text: str
    meaning: Callable[[dict[str, Number]], Number | bool]


def show(value: Number | bool) -> str:
    """The display form."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "inf" if value > 0 else "-inf"
    text = format(Decimal(repr(value)), "f")
    return text.removesuffix(".0")


def literal(value: Number) -> str:
    """How to write the number; there are no negative literals."""
    text = show(abs(value)) if isinstance(value, int) else format(Decimal(repr(abs(value))), "f")
    if isinstance(value, float) and "." not in text:
        text += ".0"
    return f"(-{text})" if math.copysign(1, value) < 0 else text


def exact(operation: str, left: int, right: int) -> int:
    """Ints: checked 64-bit arithmetic, rounding toward zero."""
    if operation in "/%" and right == 0:
        raise GuestError("Division by zero" if operation == "/" else "Modulo by zero")
    match operation:
        case "+":
            result = left + right
        case "-":
            result = left - right
        case "*":
            result = left * right
        case "/":
            result = abs(left) // abs(right) * (1 if (left < 0) == (right < 0) else -1)
        case _:
            result = abs(left) % abs(right) * (-1 if left < 0 else 1)
            if right == -1 and left == LOWEST:
                raise GuestError(f"Integer overflow: {left} % {right}")
    if not LOWEST <= result <= HIGHEST:
        raise GuestError(f"Integer overflow: {left} {operation} {right}")
    return result


def apply(operation: str, left: Number, right: Number) -> Number | bool:
    """A binary operator."""
    match operation:
        case "<":
            return float(left) < float(right) if isinstance(left, float) or isinstance(right, float) else left < right
        case "<=":
            return float(left) <= float(right) if isinstance(left, float) or isinstance(right, float) else left <= right
    if isinstance(left, int) and isinstance(right, int):
        return exact(operation, left, right)
    x, y = float(left), float(right)
    match operation:
        case "+":
            return x + y
        case "-":
            return x - y
        case "*":
            return x * y
    if y == 0.0:
        raise GuestError("Division by zero" if operation == "/" else "Modulo by zero")
    if operation == "/":
        return x / y
    return math.nan if math.isinf(x) else math.fmod(x, y)


def negated(value: Number) -> Number:
    if isinstance(value, int) and value == LOWEST:
        raise GuestError(f"Integer overflow: -({value})")
    return -value


def number(value: Number | bool) -> Number:
    assert not isinstance(value, bool)
    return value


def binary(operation: str, left: Expression, right: Expression) -> Expression:
    def meaning(values: dict[str, Number]) -> Number | bool:
        first = number(left.meaning(values))
        return apply(operation, first, number(right.meaning(values)))

    return Expression(f"({left.text} {operation} {right.text})", meaning)


def random_number(dice: Dice) -> Number:
    if dice.chance(30):
        return dice.pick(FLOATS) * dice.pick((1.0, -1.0))
    if dice.chance(50):
        return dice.between(-20, 20)
    return max(-HIGHEST, min(HIGHEST, dice.pick(EDGES) * dice.pick((1, -1)) + dice.between(-2, 2)))


def random_expression(dice: Dice, depth: int, variables: str) -> Expression:
    """An arithmetic expression; a comparison may only stand at the top."""
    if depth == 0 or dice.chance(15):
        if variables and dice.chance(60):
            name = dice.pick(variables)
            return Expression(name, lambda values: values[name])
        constant = random_number(dice)
        return Expression(literal(constant), lambda values: constant)
    left = random_expression(dice, depth - 1, variables)
    if dice.chance(10):
        return Expression(f"(-{left.text})", lambda values: negated(number(left.meaning(values))))
    return binary(dice.pick("++--**/%"), left, random_expression(dice, depth - 1, variables))


def random_top(dice: Dice, variables: str) -> Expression:
    left = random_expression(dice, 3, variables)
    if dice.chance(15):
        return binary(dice.pick(("<", "<=")), left, random_expression(dice, 2, variables))
    return left


def outcome(expression: Expression, values: dict[str, Number]) -> str:
    try:
        return show(expression.meaning(values))
    except GuestError as error:
        return str(error)


def constants_program(seed: int) -> tuple[str, str]:
    """Expressions of constants, which a compiler may fold; and what the program prints."""
    dice, lines, expected = Dice(seeded(seed)), [], []
    for _ in range(30):
        expression = random_top(dice, "")
        lines.append(f"try {{ print({expression.text}) }} except e {{ print(e.message) }}")
        expected.append(outcome(expression, {}))
    return "\n".join(lines), "\n".join(expected) + "\n"


def variables_program(seed: int, turns: int) -> tuple[str, str]:
    """Expressions of variables inside a loop that goes over many values, so that types change in mid-loop."""
    dice, expected = Dice(seeded(seed)), []
    expressions = [random_top(dice, "abc") for _ in range(4)]
    rows = [{name: random_number(dice) for name in "abc"} for _ in range(12)]
    table = ", ".join("[" + ", ".join(literal(row[name]) for name in "abc") + "]" for row in rows)
    lines = [f"table := [{table}]"]
    for position, expression in enumerate(expressions):
        lines.append(f"func f{position}(a, b, c) {{ return {expression.text} }}")
    lines.append(f"for i in {turns} {{\n    row := table[i / 5 % {len(rows)}]")
    for position in range(len(expressions)):
        call = f"f{position}(row[0], row[1], row[2])"
        lines.append(f"    try {{ print({call}) }} except e {{ print(e.message) }}")
    lines.append("}")
    for turn in range(turns):
        row = rows[turn // 5 % len(rows)]
        expected += [outcome(expression, row) for expression in expressions]
    return "\n".join(lines), "\n".join(expected) + "\n"


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("tier", (HOSTED, OFF), ids=lambda tier: tier.name)
def test_constants(seed: int, tier: Tier, ruff_executable: Path) -> None:
    program, expected = constants_program(seed)
    seen = TierRunner(tier, ruff_executable).run_text(program)
    assert (seen.output, seen.errors) == (expected, ""), program


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("tier", (OFF, HOT, BRIDGES), ids=lambda tier: tier.name)
def test_variables(seed: int, tier: Tier, ruff_executable: Path) -> None:
    program, expected = variables_program(seed, 120)
    seen = TierRunner(tier, ruff_executable).run_text(program)
    assert (seen.output, seen.errors) == (expected, ""), program


@pytest.mark.parametrize("seed", range(100, 103))
def test_variables_hosted(seed: int) -> None:
    program, expected = variables_program(seed, 60)
    seen = TierRunner(HOSTED).run_text(program)
    assert (seen.output, seen.errors) == (expected, ""), program
