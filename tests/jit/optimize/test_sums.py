"""Comparisons that follow from others: every pair of them, with every outcome, against all numbers of a small range."""

from __future__ import annotations

from itertools import product

import pytest

from tracewright.core import operations as op
from tracewright.core.operation_row import Operation
from tracewright.jit.optimize.builder import TraceBuilder
from tracewright.jit.tables.options import JitOptions

ORDERS = [op.TABLE[number] for number in (op.INT_LT, op.INT_LE, op.INT_GT, op.INT_GE)]
NUMBERS = range(-5, 6)
ADDED = (-2, 0, 1)


def two_numbers() -> tuple[TraceBuilder, int, int]:
    builder = TraceBuilder(0, 8192, [], [], JitOptions())
    builder.at_bytecode(builder.ref_constant(20480), 0, 0)
    refs = [builder.emit(op.WORD_OF, builder.read_slot(slot)) for slot in range(2)]
    for ref in refs:
        builder.assume_range(ref, -1000, 1000)
    return builder, refs[0], refs[1]


def compare(builder: TraceBuilder, row: Operation, x: int, added: int, y: int) -> int:
    return builder.emit(row.number, builder.emit(op.INT_ADD, x, builder.int_constant(added)), y)


@pytest.mark.parametrize("asked", ORDERS, ids=lambda row: row.name)
@pytest.mark.parametrize("known", ORDERS, ids=lambda row: row.name)
def test_what_follows_is_true_and_all_that_follows_is_found(known: Operation, asked: Operation) -> None:
    assert known.meaning is not None and asked.meaning is not None
    for outcome, first, second, turned in product((0, 1), ADDED, ADDED, (False, True)):
        builder, x, y = two_numbers()
        test = compare(builder, known, x, first, y)
        builder.guard(op.GUARD_TRUE if outcome else op.GUARD_FALSE, test, 0, None)
        answer = compare(builder, asked, y, second, x) if turned else compare(builder, asked, x, second, y)
        pairs = [(m, n) for m in NUMBERS for n in NUMBERS if known.meaning(m + first, n) == outcome]
        possible = {asked.meaning(*((n + second, m) if turned else (m + second, n))) for m, n in pairs}
        if builder.is_constant(answer):
            assert possible == {builder.constant_word(answer)}
        else:
            assert len(possible) == 2, f"{known.name} {outcome} {first} {second} {turned}"


def test_a_sum_that_may_wrap_says_nothing() -> None:
    builder = TraceBuilder(0, 8192, [], [], JitOptions())
    builder.at_bytecode(builder.ref_constant(20480), 0, 0)
    x, y = (builder.emit(op.WORD_OF, builder.read_slot(slot)) for slot in range(2))
    builder.guard(op.GUARD_TRUE, compare(builder, op.TABLE[op.INT_LT], x, 5, y), 0, None)
    assert not builder.is_constant(compare(builder, op.TABLE[op.INT_LT], x, 3, y))
