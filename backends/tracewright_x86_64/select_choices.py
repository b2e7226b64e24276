"""Selects: one of two values by a condition, made here where nothing else wants it."""

from tracewright.core import operations as ops
from tracewright_x86_64.conditions import FLOAT_EQUAL, FLOAT_NOT_EQUAL
from tracewright_x86_64.emitter import Emitter
from tracewright_x86_64.encodings import CMOV, MOVQ_FROM_FLOAT, MOVQ_TO_FLOAT, NOT_EQUAL, PARITY, TEST
from tracewright_x86_64.select_compare import test_condition


def select_choice(emitter: Emitter, i: int) -> None:
    """The result holds the one before the comparison and takes the other by cmov: moves leave the flags alone."""
    chosen, otherwise = _sides(emitter, i)
    register = emitter.result_over(i, otherwise, chosen, 0)
    other = emitter.allocator.operand(chosen)
    _choose(emitter, _test(emitter, i), register, other)
    emitter.allocator.define(i, register)


def select_float_choice(emitter: Emitter, i: int) -> None:
    """There is no cmov of doubles: their bits are chosen."""
    assembler = emitter.assembler
    allocator = emitter.allocator
    chosen, otherwise = _sides(emitter, i)
    first, second = allocator.operand(chosen), allocator.operand(otherwise)
    bits, other = allocator.temporary(False), allocator.temporary(False)
    register = allocator.result(i, otherwise, 0)
    condition = _test(emitter, i)
    assembler.registers(MOVQ_FROM_FLOAT, second, bits)
    assembler.registers(MOVQ_FROM_FLOAT, first, other)
    _choose(emitter, condition, bits, other)
    assembler.registers(MOVQ_TO_FLOAT, register, bits)
    allocator.define(i, register)


def _sides(emitter: Emitter, i: int) -> tuple[int, int]:
    """Which value is taken by cmov, and which is there before. Doubles are equal where two flags say so, unequal where one of them does:
    so the equal ones are the rest."""
    trace = emitter.trace
    tests_equal = emitter.liveness.makes_condition(i) and trace.operations[trace.a[i]] == ops.FLOAT_EQ
    return (trace.c[i], trace.b[i]) if tests_equal else (trace.b[i], trace.c[i])


def _test(emitter: Emitter, i: int) -> int:
    """Set the flags; gives the condition under which the value is taken that `_sides` names first."""
    if emitter.liveness.makes_condition(i):
        condition = test_condition(emitter, emitter.trace.a[i])
        return FLOAT_NOT_EQUAL if condition == FLOAT_EQUAL else condition
    tested = emitter.allocator.operand(emitter.trace.a[i])
    emitter.assembler.registers(TEST, tested, tested)
    return NOT_EQUAL


def _choose(emitter: Emitter, condition: int, register: int, other: int) -> None:
    if condition == FLOAT_NOT_EQUAL:
        emitter.assembler.registers(CMOV[PARITY], register, other)
        condition = NOT_EQUAL
    emitter.assembler.registers(CMOV[condition], register, other)
