"""The interval of every int operation holds all its results: tried on the corners and the middles of random intervals."""

from __future__ import annotations

from itertools import product
from random import Random

import pytest

from tracewright.core import integers
from tracewright.core import operations as op
from tracewright.core.operation_row import Operation
from tracewright.jit.optimize import ranges
from tracewright.jit.optimize.builder import TraceBuilder
from tracewright.jit.tables.options import JitOptions
from tracewright.jit.trace.arithmetic import has_result

EDGES = [0, 1, 2, 3, 5, 63, 64, 100, 1 << 31, (1 << 31) - 1, 1 << 50, 1 << 62, integers.MAX_INT, integers.MIN_INT]
EDGES += [-number for number in EDGES if number > 0]
ROWS = [row for row in op.TABLE if row.meaning is not None and row.gives == "i" and set(row.takes) == {"i"}]


def interval(random: Random) -> tuple[int, int]:
    """Ends that are edges, or near one, or equal."""
    ends = [random.choice(EDGES) + random.choice([0, 0, 1, -1]) for _ in range(2)]
    ends = [min(max(end, integers.MIN_INT), integers.MAX_INT) for end in ends]
    return min(ends), max(ends)


def samples(random: Random, low: int, high: int) -> list[int]:
    return [low, high, min(low + 1, high), max(high - 1, low), (low + high) // 2, random.randint(low, high)]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_results_lie_in_the_interval(row: Operation) -> None:
    assert row.meaning is not None
    random = Random(row.number)
    for _ in range(400):
        builder = TraceBuilder(0, 8192, [], [], JitOptions())
        builder.at_bytecode(builder.ref_constant(20480), 0, 0)
        refs, bounds = [], []
        for slot in range(len(row.takes)):
            low, high = interval(random)
            constant = slot == 1 and random.random() < 0.4
            bounds.append((low, low) if constant else (low, high))
            if row.name == "int_fits" and slot == 1:
                low, constant = random.randint(34, 63), True
                bounds[-1] = (low, low)
            refs.append(builder.int_constant(low) if constant else builder.emit(op.WORD_OF, builder.read_slot(slot)))
            builder.assume_range(refs[-1], low, high)
        result = builder.current(builder.emit(row.number, *[builder.current(ref) for ref in refs]))
        least, most = builder.draft.low_of(result), builder.draft.high_of(result)
        lists = [samples(random, low, high) for low, high in bounds]
        for operands in product(*lists):
            if not has_result(row.number, operands[0], operands[-1]):
                continue
            try:
                value = int(row.meaning(*operands))
            except OverflowError:
                assert row.guard and not builder.is_constant(result)
                assert op.TABLE[builder.draft.trace.operations[result]].guard, f"{row.name} {bounds} {operands}"
                continue
            assert least <= value <= most, f"{row.name} {bounds} {operands}: {value} not in {least}..{most}"


@pytest.mark.parametrize(("low", "high"), [(-7, 5), (integers.MIN_INT, integers.MAX_INT)])
def test_a_square_is_not_negative(low: int, high: int) -> None:
    builder = TraceBuilder(0, 8192, [], [], JitOptions())
    builder.at_bytecode(builder.ref_constant(20480), 0, 0)
    x = builder.emit(op.WORD_OF, builder.read_slot(0))
    builder.assume_range(x, low, high)
    square = builder.emit(op.INT_MUL_OVF, x, x)
    assert builder.draft.low_of(square) == 0
    assert builder.emit(op.INT_LT, square, builder.int_constant(0)) == builder.int_constant(0)


COMPARISONS = [row for row in ROWS if row.inverse]


@pytest.mark.parametrize("row", COMPARISONS, ids=lambda row: row.name)
def test_what_a_comparison_teaches_is_true(row: Operation) -> None:
    assert row.meaning is not None
    random = Random(row.number)
    for _ in range(600):
        builder = TraceBuilder(0, 8192, [], [], JitOptions())
        draft = builder.draft
        builder.at_bytecode(builder.ref_constant(20480), 0, 0)
        refs = [builder.emit(op.WORD_OF, builder.read_slot(slot)) for slot in range(2)]
        bounds = [interval(random), interval(random)]
        lists = [samples(random, low, high) for low, high in bounds]
        for ref, (low, high) in zip(refs, bounds, strict=True):
            builder.assume_range(ref, low, high)
        pairs = [(x, y) for x in lists[0] for y in lists[1] if row.meaning(x, y)]
        ranges.learn(draft, row.number, refs[0], refs[1])
        if draft.impossible:
            assert not pairs, f"{row.name} {bounds}"
        for pair in pairs:
            for ref, value in zip(refs, pair, strict=True):
                assert draft.low[ref] <= value <= draft.high[ref], f"{row.name} {bounds} {pair}"


@pytest.mark.parametrize("low", [-100, 0])
@pytest.mark.parametrize("power", [2, 8, 1 << 40])
def test_division_by_powers_of_two_is_shifts_and_masks(low: int, power: int) -> None:
    builder = TraceBuilder(0, 8192, [], [], JitOptions())
    builder.at_bytecode(builder.ref_constant(20480), 0, 0)
    x = builder.emit(op.WORD_OF, builder.read_slot(0))
    builder.assume_range(x, low, 100)
    quotient, rest = (builder.emit(row, x, builder.int_constant(power)) for row in (op.INT_TRUNC_DIV, op.INT_TRUNC_MOD))
    divisions = {op.INT_TRUNC_DIV, op.INT_TRUNC_MOD, op.UINT_DIV, op.UINT_MOD}
    assert not divisions & set(builder.draft.trace.operations)
    draft = builder.draft
    assert (draft.low_of(rest), draft.high_of(rest)) == (max(low, 1 - power), min(100, power - 1))
    assert low < 0 or draft.operation(quotient) == op.UINT_RSHIFT


def test_a_product_is_zero_where_its_factor_is() -> None:
    for limit in (1 << 20, 1 << 63):  # the product of the larger ones is checked
        builder = TraceBuilder(0, 8192, [], [], JitOptions())
        builder.at_bytecode(builder.ref_constant(20480), 0, 0)
        number = builder.emit(op.VALUE_SMALL, builder.read_slot(0))
        builder.assume_range(number, -limit, limit - 1)
        product = builder.emit(op.INT_MUL_OVF, number, builder.int_constant(10))
        zero = builder.int_constant(0)
        assert builder.emit(op.INT_EQ, product, zero) == builder.emit(op.INT_EQ, number, zero)
        sign = builder.emit(op.INT_LT, builder.emit(op.INT_OR, number, builder.int_constant(10)), zero)
        assert sign == builder.emit(op.INT_LT, number, zero)
        both = builder.emit(op.INT_AND, sign, builder.emit(op.INT_EQ, product, zero))
        assert builder.is_constant(both) and builder.constant_word(both) == 0  # how JavaScript asks for -0


def test_a_product_that_may_wrap_is_asked_itself() -> None:
    builder = TraceBuilder(0, 8192, [], [], JitOptions())
    builder.at_bytecode(builder.ref_constant(20480), 0, 0)
    number, zero = builder.emit(op.VALUE_SMALL, builder.read_slot(0)), builder.int_constant(0)
    wrapped = builder.emit(op.INT_MUL, number, builder.int_constant(10))
    assert builder.emit(op.INT_EQ, wrapped, zero) != builder.emit(op.INT_EQ, number, zero)
    nothing = builder.emit(op.INT_OR, number, builder.int_constant(-8))
    assert builder.emit(op.INT_GE, nothing, zero) != builder.emit(op.INT_GE, number, zero)


def test_what_is_compared_with_zero_instead_is_proved() -> None:
    z3 = pytest.importorskip("z3")
    x, y = z3.BitVecs("x y", 64)
    solver = z3.Solver()
    product = z3.SignExt(64, x) * z3.SignExt(64, y)
    fits = product == z3.SignExt(64, x * y)
    wrong_zero = z3.And(fits, y != 0, (x * y == 0) != (x == 0))
    wrong_sign = z3.And(y >= 0, ((x | y) < 0) != (x < 0))
    solver.add(z3.Or(wrong_zero, wrong_sign))
    assert solver.check() == z3.unsat
