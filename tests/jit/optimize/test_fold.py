"""Constant folding gives what the rows mean, for every row that has a meaning and words and floats at the edges."""

from __future__ import annotations

import itertools

import pytest

from tracewright.core import integers, roles
from tracewright.core import operations as op
from tracewright.core.kinds import FLOAT, INT, REF
from tracewright.core.operation_row import Operation
from tracewright.jit.optimize.builder import TraceBuilder
from tracewright.jit.tables.options import JitOptions
from tracewright.jit.trace.arithmetic import GROUP, IMPURE, has_result

WORDS = [0, 1, 2, 3, 7, 8, 63, 64, 255, 4095, 4096, -1, -2, -64, 1 << 31, 1 << 48, (1 << 50) - 1, 1 << 50, -(1 << 51)]
WORDS += [integers.MIN_INT, integers.MAX_INT, 2 << 48, -(1 << 50), (2 << 48) - 1]
FLOATS = [
    0.0,
    -0.0,
    1.0,
    -1.5,
    0.1,
    1e300,
    -1e300,
    5e-324,
    float("inf"),
    float("-inf"),
    float("nan"),
    2.0**63,
    -(2.0**63),
]
SELECTS = [op.TABLE[number] for number in (op.INT_SELECT, op.REF_SELECT, op.FLOAT_SELECT)]  # by their condition alone
FOLDING = [row for row in op.TABLE if GROUP[row.number] != IMPURE] + SELECTS


def bits(value: float | int) -> int:
    if isinstance(value, float):
        return 0 if value != value else integers.bits_of_float(value)
    return int(value)


@pytest.mark.parametrize("row", FOLDING, ids=lambda row: row.name)
def test_folding_is_the_rows_meaning(row: Operation) -> None:
    assert row.meaning is not None
    builder = TraceBuilder(0, 8192, [], [], JitOptions())
    for operands in itertools.product(*[FLOATS if letter == "f" else WORDS for letter in row.takes]):
        words = [int(operand) for operand in operands] if "f" not in row.takes else []
        if words and not has_result(row.number, words[0], words[-1]):
            continue
        refs = []
        for letter, operand in zip(row.takes, operands, strict=True):
            if letter == "f":
                refs.append(builder.float_constant(float(operand)))
            else:
                refs.append((builder.int_constant if letter == "i" else builder.ref_constant)(int(operand)))
        result = builder.emit(row.number, *refs)
        assert builder.is_constant(result), f"{row.name}{operands} is not folded"
        assert builder.draft.kind(result) == {"i": INT, "r": REF, "f": FLOAT}[row.gives]
        word = builder.constant_word(result)
        found = bits(integers.float_of_bits(word)) if row.gives == "f" else word
        assert found == bits(row.meaning(*operands)), f"{row.name}{operands}"


def test_what_has_no_result_is_not_folded() -> None:
    builder = TraceBuilder(0, 8192, [], [], JitOptions())
    seven, zero, far = builder.int_constant(7), builder.int_constant(0), builder.int_constant(64)
    for operation in (op.INT_TRUNC_DIV, op.INT_TRUNC_MOD, op.UINT_DIV, op.UINT_MOD):
        assert not builder.is_constant(builder.emit(operation, seven, zero))
    for operation in (op.INT_LSHIFT, op.INT_RSHIFT, op.UINT_RSHIFT):
        assert not builder.is_constant(builder.emit(operation, seven, far))


def test_every_pure_row_folds_or_says_why_not() -> None:
    """Rows whose result depends on memory or on the place of execution."""
    unfolded = {row.name for row in op.TABLE if row.role == roles.PURE and row.takes and row not in FOLDING}
    texts = {"text_width", "text_code8", "text_code16", "text_code32"}
    assert unfolded == {"class_of", "instance_of", "array_length", "value_of_int"} | texts
