"""Conditions, and guards: a test, and a way out of the trace."""

from typing import Final

from tracewright.core import operations as ops
from tracewright.core.operation_row import Operation
from tracewright.core.value import INT_TAG
from tracewright.jit.codegen.liveness import NEVER
from tracewright_riscv64.emitter import Condition, Emitter, inverse, not_there
from tracewright_riscv64.encodings import (
    AT_LEAST,
    BELOW,
    EQUAL,
    LESS,
    NOT_BELOW,
    NOT_EQUAL,
    SLT,
    SLTIU,
    SLTU,
    XOR,
    XORI,
)
from tracewright_riscv64.registers import X29, X31, ZERO
from tracewright_riscv64.select_words import result

NO_CONDITION: Final = -1
# `>` and `<=` are `<` and `>=` with the operands exchanged.
_SIGNED: Final = {"==": EQUAL, "!=": NOT_EQUAL, "<": LESS, ">=": AT_LEAST, ">": LESS, "<=": AT_LEAST}
_UNSIGNED: Final = {"<": BELOW, ">=": NOT_BELOW, ">": BELOW, "<=": NOT_BELOW}


def _condition_of(row: Operation) -> int:
    if not row.relation or "f" in row.takes:
        return NO_CONDITION
    return (_UNSIGNED if row.signed else _SIGNED)[row.relation]


_CONDITIONS: Final[list[int]] = [_condition_of(row) for row in ops.TABLE]
_EXCHANGED: Final[list[bool]] = [row.relation in (">", "<=") for row in ops.TABLE]


def test_condition(emitter: Emitter, i: int) -> Condition:
    """The comparison that tells whether condition i is true; what it compares may be in x29 and x31."""
    trace = emitter.trace
    operation = trace.operations[i]
    code = _CONDITIONS[operation]
    first = emitter.operand(trace.a[i], X31)
    if code != NO_CONDITION:
        second = emitter.operand(trace.b[i], X29)
        return Condition(code, second, first) if _EXCHANGED[operation] else Condition(code, first, second)
    if operation != ops.VALUE_IS_SMALL:
        not_there(emitter, i)
    emitter.load_word(X29, INT_TAG)
    return Condition(NOT_BELOW, first, X29)


def select_condition(emitter: Emitter, i: int) -> None:
    """The condition as a word: 0 or 1."""
    assembler = emitter.assembler
    condition = test_condition(emitter, i)
    register = result(emitter, i, emitter.trace.a[i], NEVER)
    first, second = condition.first, condition.second
    if condition.code <= NOT_EQUAL:
        assembler.three(XOR, register, first, second)
        if condition.code == EQUAL:
            assembler.two(SLTIU, register, register, 1)
        else:
            assembler.three(SLTU, register, ZERO, register)
    else:
        assembler.three(SLT if condition.code <= AT_LEAST else SLTU, register, first, second)
        if condition.code & 1 != 0:
            assembler.two(XORI, register, register, 1)
    emitter.allocator.define(i, register)


def select_guard_condition(emitter: Emitter, i: int) -> None:
    """guard_true, guard_false: on a comparison made here, or on a word that is 0 or 1."""
    emitter.fail_now_and_then(i)
    trace = emitter.trace
    tested = trace.a[i]
    if emitter.liveness.makes_condition(i):
        condition = test_condition(emitter, tested)
    else:
        condition = Condition(NOT_EQUAL, emitter.operand(tested, X31), ZERO)
    holds = trace.operations[i] == ops.GUARD_TRUE
    emitter.branch(emitter.open_exit(i), inverse(condition) if holds else condition)


def select_guard_equal(emitter: Emitter, i: int) -> None:
    """guard_int, guard_ref: the word is this constant."""
    emitter.fail_now_and_then(i)
    trace = emitter.trace
    first = emitter.operand(trace.a[i], X31)
    second = emitter.operand(trace.b[i], X29)
    emitter.branch(emitter.open_exit(i), Condition(NOT_EQUAL, first, second))
