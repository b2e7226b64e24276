"""Quotients of ints as doubles: what the optimizer makes of the questions about them gives what the doubles give, at all edges."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tracewright.core import operations as op
from tracewright.core.integers import bits_of_float
from tracewright.core.operation_row import Operation
from tracewright.core.operation_tables import FIRST, REF_OPERANDS, SECOND
from tracewright.jit.optimize.builder import TraceBuilder
from tracewright.jit.tables.options import JitOptions
from tracewright.jit.trace.arithmetic import compute

LARGEST = 1 << 51
DIVISORS = (1, 2, 3, 7, 10, 255, 1 << 20, 1_000_003, (1 << 31) - 1, LARGEST - 1, LARGEST)
COMPARISONS = [op.TABLE[n] for n in (op.FLOAT_EQ, op.FLOAT_NE, op.FLOAT_LT, op.FLOAT_LE, op.FLOAT_GT, op.FLOAT_GE)]
RANGES = ((-LARGEST, LARGEST), (0, LARGEST), (-LARGEST, 0))
FLOAT_ROWS = [row.number for row in op.TABLE if "f" in row.takes or row.gives == "f"]


def dividends(divisor: int, low: int, high: int) -> Iterator[int]:
    """Next to multiples of the divisor, small, middling and as large as may be."""
    most = LARGEST // divisor
    for multiple in {k + d for k in (-most, -(most // 2), 0, most // 2, most) for d in (-1, 0, 1)}:
        for number in (multiple * divisor - 1, multiple * divisor, multiple * divisor + 1):
            if low <= number <= high:
                yield number


def a_number(low: int, high: int) -> tuple[TraceBuilder, int]:
    builder = TraceBuilder(0, 8192, [], [], JitOptions())
    builder.at_bytecode(builder.ref_constant(20480), 0, 0)
    number = builder.emit(op.VALUE_SMALL, builder.read_slot(0))
    builder.assume_range(number, low, high)
    return builder, number


def divided(builder: TraceBuilder, number: int, divisor: int) -> int:
    return builder.emit(op.FLOAT_DIV, builder.emit(op.INT_TO_FLOAT, number), builder.float_constant(float(divisor)))


def value(builder: TraceBuilder, ref: int, known: dict[int, int]) -> int:
    """The word that the instructions give for these words of others."""
    if ref < 0:
        return builder.constant_word(ref)
    if ref in known:
        return known[ref]
    trace = builder.draft.trace
    operation = trace.operations[ref]
    x = value(builder, trace.a[ref], known) if REF_OPERANDS[operation] & FIRST else trace.a[ref]
    y = value(builder, trace.b[ref], known) if REF_OPERANDS[operation] & SECOND else trace.b[ref]
    return compute(operation, x, y)


def uses_doubles(builder: TraceBuilder, ref: int, number: int) -> bool:
    if ref < 0 or ref == number:
        return False
    trace = builder.draft.trace
    refs = REF_OPERANDS[trace.operations[ref]]
    operands = ([trace.a[ref]] if refs & FIRST else []) + ([trace.b[ref]] if refs & SECOND else [])
    return trace.operations[ref] in FLOAT_ROWS or any(uses_doubles(builder, operand, number) for operand in operands)


@pytest.mark.parametrize(("low", "high"), RANGES)
@pytest.mark.parametrize("divisor", DIVISORS)
def test_rounding_towards_zero_is_division_of_ints(divisor: int, low: int, high: int) -> None:
    builder, number = a_number(low, high)
    whole = builder.emit(op.FLOAT_TO_INT, divided(builder, number, divisor))
    assert not uses_doubles(builder, whole, number)
    for x in dividends(divisor, low, high):
        assert value(builder, whole, {number: x}) == int(x / divisor), x


@pytest.mark.parametrize("row", COMPARISONS, ids=lambda row: row.name)
@pytest.mark.parametrize(("low", "high"), RANGES)
def test_comparing_with_the_rounded_quotient(row: Operation, low: int, high: int) -> None:
    assert row.meaning is not None
    for divisor in DIVISORS:
        for turned in (False, True):
            builder, number = a_number(low, high)
            quotient = divided(builder, number, divisor)
            rounded = builder.emit(op.INT_TO_FLOAT, builder.emit(op.FLOAT_TO_INT, quotient))
            pair = (rounded, quotient) if turned else (quotient, rounded)
            answer = builder.emit(row.number, *pair)
            assert not uses_doubles(builder, answer, number)
            for x in dividends(divisor, low, high):
                exact = (float(int(x / divisor)), x / divisor) if turned else (x / divisor, float(int(x / divisor)))
                assert value(builder, answer, {number: x}) == int(row.meaning(*exact)), (x, divisor)


@pytest.mark.parametrize("row", COMPARISONS, ids=lambda row: row.name)
def test_comparing_with_a_constant(row: Operation) -> None:
    assert row.meaning is not None
    for divisor in DIVISORS:
        most = (1 << 52) // divisor
        for constant in {0, 1, -1, most, most - 1, -most}:
            builder, number = a_number(-LARGEST, LARGEST)
            answer = builder.emit(
                row.number, divided(builder, number, divisor), builder.float_constant(float(constant))
            )
            assert abs(constant) > LARGEST or not uses_doubles(builder, answer, number)
            for x in [*dividends(divisor, -LARGEST, LARGEST), constant * divisor]:
                if abs(x) <= LARGEST:
                    expected = int(row.meaning(x / divisor, float(constant)))
                    assert value(builder, answer, {number: x}) == expected, (x, divisor, constant)


@pytest.mark.parametrize("operation", [op.INT_LT, op.INT_GE])
def test_the_sign_is_that_of_the_dividend(operation: int) -> None:
    builder, number = a_number(-LARGEST, LARGEST)
    bits = builder.emit(op.FLOAT_BITS, divided(builder, number, 12))
    answer = builder.emit(operation, bits, builder.int_constant(0))
    assert not uses_doubles(builder, answer, number)
    for x in (-LARGEST, -13, -1, 0, 1, 13, LARGEST):
        assert value(builder, answer, {number: x}) == compute(operation, bits_of_float(x / 12), 0)


@pytest.mark.parametrize("limit", [LARGEST + 1, 1 << 63])
def test_what_may_be_rounded_stays_a_double(limit: int) -> None:
    builder, number = a_number(-limit, limit - 1 if limit == 1 << 63 else limit)
    assert uses_doubles(builder, builder.emit(op.FLOAT_TO_INT, divided(builder, number, 10)), number)


@pytest.mark.parametrize("divisor", [0.5, 2.5, -2.0, 0.0, float("inf"), float("nan"), 1e300])
def test_other_divisors_stay(divisor: float) -> None:
    builder, number = a_number(0, 1000)
    quotient = builder.emit(op.FLOAT_DIV, builder.emit(op.INT_TO_FLOAT, number), builder.float_constant(divisor))
    assert uses_doubles(builder, builder.emit(op.FLOAT_TO_INT, quotient), number)


@pytest.mark.parametrize("exponent", [-1074, -1073, -1023, -1022, -1021, -3, 0, 1, 52, 1021, 1022, 1023])
@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_a_power_of_two_multiplies_where_its_reciprocal_is_exact(exponent: int, sign: float) -> None:
    builder, number = a_number(-(1 << 63), (1 << 63) - 1)
    dividend, divisor = builder.emit(op.BITS_FLOAT, number), sign * 2.0**exponent
    quotient = builder.emit(op.FLOAT_DIV, dividend, builder.float_constant(divisor))
    multiplies = builder.draft.trace.operations[quotient] == op.FLOAT_MUL
    assert multiplies == (-1022 <= exponent <= 1022)
    for x in (0.0, -0.0, 5e-324, 1.1e-308, 0.1, 1.0, 3.0, 1e300, float("inf"), float("-inf"), float("nan")):
        expected = compute(op.FLOAT_DIV, bits_of_float(x), bits_of_float(divisor))
        assert value(builder, quotient, {number: bits_of_float(x)}) == expected, x
