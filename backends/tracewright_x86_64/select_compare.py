"""Conditions: comparisons and tests of Values, left in the flags for a guard or turned into 0 or 1."""

from typing import Final

from tracewright.core import operations as ops
from tracewright.core.integers import wrap_sub
from tracewright.core.operation_row import Operation
from tracewright.core.value import FIRST_POINTER
from tracewright.jit.codegen.locations import is_constant
from tracewright_x86_64.conditions import FLOAT_EQUAL, FLOAT_NOT_EQUAL
from tracewright_x86_64.emitter import Emitter
from tracewright_x86_64.encode import fits_byte, fits_word
from tracewright_x86_64.encodings import (
    ABOVE,
    ABOVE_EQUAL,
    AND,
    BELOW,
    BELOW_EQUAL,
    CMP,
    EQUAL,
    GREATER,
    GREATER_EQUAL,
    IMUL_WORD,
    LEA,
    LESS,
    LESS_EQUAL,
    LOAD8,
    MOV_LOW,
    NO_OVERFLOW,
    NO_PARITY,
    NOT_EQUAL,
    OR,
    PARITY,
    SETCC,
    SUB,
    SUB32,
    TEST,
    UCOMISD,
)
from tracewright_x86_64.registers import R11, REGISTERS, RSP
from tracewright_x86_64.routines import DOUBLE_OFFSET_WORD, DOUBLE_SPAN, INT_TAG_WORD, POINTER_SPAN

NO_CONDITION: Final = -1
_SWAPPED: Final[list[int]] = [
    0, 1, ABOVE, BELOW_EQUAL, EQUAL, NOT_EQUAL, ABOVE_EQUAL, BELOW, 8, 9, 10, 11, GREATER, LESS_EQUAL, GREATER_EQUAL, LESS,
]  # fmt: skip


_SIGNED: Final = {"==": EQUAL, "!=": NOT_EQUAL, "<": LESS, "<=": LESS_EQUAL, ">": GREATER, ">=": GREATER_EQUAL}
_UNSIGNED: Final = {"<": BELOW, "<=": BELOW_EQUAL, ">": ABOVE, ">=": ABOVE_EQUAL}


def _word_condition(row: Operation) -> int:
    """The machine's condition for a comparison of two words."""
    if not row.relation or "f" in row.takes:
        return NO_CONDITION
    return (_UNSIGNED if row.signed else _SIGNED)[row.relation]


WORD_CONDITIONS: Final[list[int]] = [_word_condition(row) for row in ops.TABLE]


def select_condition(emitter: Emitter, i: int) -> None:
    """The condition as a word: 0 or 1."""
    trace = emitter.trace
    assembler = emitter.assembler
    condition = test_condition(emitter, i)
    register = emitter.allocator.result(i, trace.a[i], 0)  # moves do not touch the flags
    if condition == FLOAT_EQUAL or condition == FLOAT_NOT_EQUAL:
        equal = condition == FLOAT_EQUAL
        assembler.registers(SETCC[NO_PARITY if equal else PARITY], 0, R11)
        assembler.registers(SETCC[EQUAL if equal else NOT_EQUAL], 0, register)
        assembler.registers((AND if equal else OR).from_rm, register, R11)
    else:
        assembler.registers(SETCC[condition], 0, register)
    assembler.registers(LOAD8, register, register)
    emitter.allocator.define(i, register)


def test_condition(emitter: Emitter, i: int) -> int:
    """Set the flags for condition i; gives the machine condition under which it is true."""
    trace = emitter.trace
    operation = trace.operations[i]
    if WORD_CONDITIONS[operation] != NO_CONDITION:
        return compare_words(emitter, trace.a[i], trace.b[i], WORD_CONDITIONS[operation])
    match operation:
        case ops.VALUE_IS_SMALL:
            word = emitter.allocator.operand(trace.a[i])
            emitter.assembler.near(CMP.from_rm, word, emitter.routines.constant(INT_TAG_WORD))
            return ABOVE_EQUAL
        case ops.INT_FITS:
            # moved up by the bits that it must not have, it overflows if it has them
            word = emitter.allocator.operand(trace.a[i])
            emitter.assembler.registers(IMUL_WORD, R11, word, 1 << (64 - emitter.word_of(trace.b[i])))
            return NO_OVERFLOW
        case ops.VALUE_IS_FLOAT:
            return _test_float_word(emitter, trace.a[i])
        case ops.VALUE_IS_REF:
            word = emitter.allocator.operand(trace.a[i])
            emitter.assembler.at(LEA, R11, word, -FIRST_POINTER)
            emitter.assembler.near(CMP.from_rm, R11, emitter.routines.constant(POINTER_SPAN))
            return BELOW
        case ops.INSTANCE_OF:
            base = emitter.allocator.operand(trace.a[i])
            emitter.assembler.at(MOV_LOW, R11, base, 0)
            if trace.b[i] != 0:
                emitter.assembler.registers(SUB32, 0, R11, trace.b[i])
            emitter.arithmetic_immediate(CMP, R11, wrap_sub(trace.c[i], trace.b[i]))
            return BELOW_EQUAL
        case _:
            return _compare_floats(emitter, operation, trace.a[i], trace.b[i])


def compare_words(emitter: Emitter, a: int, b: int, condition: int) -> int:
    """cmp a, b; gives the condition, swapped if the operands had to be."""
    allocator = emitter.allocator
    if a < 0 and b >= 0:
        return compare_words(emitter, b, a, _SWAPPED[condition])
    if b < 0 and fits_word(emitter.word_of(b)) and a >= 0:
        _compare_immediate(emitter, allocator.operand_or_slot(a), emitter.word_of(b))
        return condition
    if a >= 0 and b >= 0 and allocator.register_of[a] < 0 and allocator.register_of[b] >= 0:
        return compare_words(emitter, b, a, _SWAPPED[condition])
    first = allocator.operand(a)
    emitter.arithmetic(CMP, first, allocator.operand_or_slot(b))
    return condition


def _compare_immediate(emitter: Emitter, location: int, word: int) -> None:
    assembler = emitter.assembler
    row = CMP.byte if fits_byte(word) else CMP.word
    if not REGISTERS.is_register(location):
        assembler.at(row, 0, RSP, emitter.frame_offset(location), word)
    elif word == 0:
        assembler.registers(TEST, location, location)  # leaves carry and overflow clear, as cmp with 0 does
    else:
        assembler.registers(row, 0, location, word)


def _test_float_word(emitter: Emitter, a: int) -> int:
    """Doubles are the words from DOUBLE_OFFSET up to the ints."""
    location = emitter.allocator.operand_or_slot(a)
    if is_constant(location):
        emitter.load_constant(R11, location)
    else:
        emitter.move(R11, location)
    emitter.assembler.near(SUB.from_rm, R11, emitter.routines.constant(DOUBLE_OFFSET_WORD))
    emitter.assembler.near(CMP.from_rm, R11, emitter.routines.constant(DOUBLE_SPAN))
    return BELOW


def _compare_floats(emitter: Emitter, operation: int, a: int, b: int) -> int:
    """ucomisd sets carry, zero and parity for unordered operands, so "above" conditions are false for NaN by themselves."""
    match operation:
        case ops.FLOAT_LT | ops.FLOAT_LE:
            a, b = b, a
        case _:
            pass
    first = emitter.allocator.operand(a)
    emitter.from_location(UCOMISD, first, emitter.allocator.operand_or_slot(b))
    match operation:
        case ops.FLOAT_LT | ops.FLOAT_GT:
            return ABOVE
        case ops.FLOAT_LE | ops.FLOAT_GE:
            return ABOVE_EQUAL
        case ops.FLOAT_EQ:
            return FLOAT_EQUAL
        case _:
            return FLOAT_NOT_EQUAL
