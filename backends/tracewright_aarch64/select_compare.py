"""Conditions: comparisons and tests of Values, left for a guard to branch on or turned into 0 or 1."""

from typing import Final

from tracewright.core import operations as ops
from tracewright.core.operation_row import Operation
from tracewright.core.value import FIRST_POINTER
from tracewright_aarch64.conditions import FLAGS, Condition, bit_set, flags, flags_code, inverse, zero
from tracewright_aarch64.emitter import Emitter
from tracewright_aarch64.encodings import (
    ABOVE,
    ABOVE_EQUAL,
    ADDS,
    BELOW,
    BELOW_EQUAL,
    CCMP_NOT_BELOW,
    CMP32,
    CMP32_REGISTERS,
    CSINC,
    EQUAL,
    FCMP,
    FCMP_ZERO,
    GREATER,
    GREATER_EQUAL,
    LESS,
    LESS_EQUAL,
    LOAD32,
    MINUS,
    NOT_EQUAL,
    SBFM,
    SUB32,
    SUB32_IMMEDIATE,
    SUBS,
)
from tracewright_aarch64.immediates import NO_FIELD, addition_field
from tracewright_aarch64.registers import OFFSET, TAG, X16, X17, ZERO

NO_CONDITION: Final = -1
SIGN_BIT: Final = 63
_SWAPPED: Final[list[int]] = [
    EQUAL, NOT_EQUAL, BELOW_EQUAL, ABOVE, 4, 5, 6, 7, BELOW, ABOVE_EQUAL, LESS_EQUAL, GREATER, LESS, GREATER_EQUAL,
]  # fmt: skip


_SIGNED: Final = {"==": EQUAL, "!=": NOT_EQUAL, "<": LESS, "<=": LESS_EQUAL, ">": GREATER, ">=": GREATER_EQUAL}
_UNSIGNED: Final = {"<": BELOW, "<=": BELOW_EQUAL, ">": ABOVE, ">=": ABOVE_EQUAL}
# After fcmp of unordered operands carry and overflow are set and nothing else: these are false then, and "not equal" true.
_OF_FLOATS: Final = {"==": EQUAL, "!=": NOT_EQUAL, "<": MINUS, "<=": BELOW_EQUAL, ">": GREATER, ">=": GREATER_EQUAL}


def _word_condition(row: Operation) -> int:
    """The machine's condition for a comparison of two words."""
    if not row.relation or "f" in row.takes:
        return NO_CONDITION
    return (_UNSIGNED if row.signed else _SIGNED)[row.relation]


def _float_condition(row: Operation, swapped: bool) -> int:
    """The same for two doubles, or for the second with the first."""
    if not row.relation or "f" not in row.takes:
        return NO_CONDITION
    return _OF_FLOATS[ops.BY_NAME[row.swapped].relation if swapped else row.relation]


WORD_CONDITIONS: Final[list[int]] = [_word_condition(row) for row in ops.TABLE]
FLOAT_CONDITIONS: Final[list[int]] = [_float_condition(row, False) for row in ops.TABLE]
SWAPPED_FLOAT_CONDITIONS: Final[list[int]] = [_float_condition(row, True) for row in ops.TABLE]


def select_condition(emitter: Emitter, i: int) -> None:
    """The condition as a word: 0 or 1."""
    trace = emitter.trace
    condition = as_flags(emitter, test_condition(emitter, i))
    register = emitter.allocator.result(i, trace.a[i], 0)  # moves do not touch the flags
    emitter.assembler.write(CSINC, register, ZERO, ZERO, flags_code(inverse(condition)))
    emitter.allocator.define(i, register)


def as_flags(emitter: Emitter, condition: Condition) -> Condition:
    """The same condition, of the flags."""
    if condition.kind == FLAGS:
        return condition
    compare_with(emitter, condition.register, 0)
    if condition.kind == zero(0).kind:
        result = flags(EQUAL)
    else:
        assert condition.code == SIGN_BIT
        result = flags(LESS)
    return result if condition.holds else inverse(result)


def test_condition(emitter: Emitter, i: int) -> Condition:
    """Set the flags for condition i, if it needs any; gives the condition under which it is true."""
    trace = emitter.trace
    operation = trace.operations[i]
    if WORD_CONDITIONS[operation] != NO_CONDITION:
        return compare_words(emitter, trace.a[i], trace.b[i], WORD_CONDITIONS[operation])
    match operation:
        case ops.VALUE_IS_SMALL:
            emitter.assembler.write(SUBS.registers, ZERO, emitter.operand(trace.a[i], X16), TAG)
            return flags(ABOVE_EQUAL)
        case ops.INT_FITS:
            word = emitter.operand(trace.a[i], X16)
            emitter.assembler.write(SBFM, X17, word, 0, emitter.word_of(trace.b[i]) - 1)
            emitter.assembler.write(SUBS.registers, ZERO, word, X17)
            return flags(EQUAL)
        case ops.VALUE_IS_FLOAT:
            # OFFSET <= word < TAG: where the first does not hold, the second comparison is left out and counts as false
            word = emitter.operand(trace.a[i], X16)
            emitter.assembler.write(SUBS.registers, ZERO, word, OFFSET)
            emitter.assembler.write(CCMP_NOT_BELOW, 0, word, TAG, ABOVE_EQUAL)
            return flags(BELOW)
        case ops.VALUE_IS_REF:
            word = emitter.base(trace.a[i], X16)
            emitter.load_word(X17, 1 << 48)
            emitter.assembler.write(SUBS.immediate, ZERO, word, 0, addition_field(FIRST_POINTER))
            emitter.assembler.write(CCMP_NOT_BELOW, 0, word, X17, ABOVE_EQUAL)
            return flags(BELOW)
        case ops.INSTANCE_OF:
            return _test_class(emitter, trace.a[i], trace.b[i], trace.c[i])
        case _:
            return _compare_floats(emitter, operation, trace.a[i], trace.b[i])


def _test_class(emitter: Emitter, ref: int, first: int, last: int) -> Condition:
    """first <= class id <= last, in one unsigned comparison."""
    assembler = emitter.assembler
    assembler.at(LOAD32, X16, emitter.base(ref, X16), 0)
    if first != 0:
        field = addition_field(first)
        if field != NO_FIELD:
            assembler.write(SUB32_IMMEDIATE, X16, X16, 0, field)
        else:
            emitter.load_word(X17, first)
            assembler.write(SUB32, X16, X16, X17)
    compare_low(emitter, X16, last - first)
    return flags(BELOW_EQUAL)


def compare_low(emitter: Emitter, register: int, word: int) -> None:
    """The lower half of a register with a constant of 0 to 2**31 - 1."""
    field = addition_field(word)
    if field != NO_FIELD:
        emitter.assembler.write(CMP32, 0, register, 0, field)
    else:
        emitter.load_word(X17, word)
        emitter.assembler.write(CMP32_REGISTERS, 0, register, X17)


def compare_words(emitter: Emitter, a: int, b: int, condition: int) -> Condition:
    """Compare a and b; gives the condition, of the swapped operands if a is the constant. With zero no flags are needed where the
    sign or the word itself says it."""
    if a < 0 and b >= 0:
        return compare_words(emitter, b, a, _SWAPPED[condition])
    first = emitter.operand(a, X16)
    if b < 0:
        if emitter.word_of(b) == 0 and first != ZERO:
            match condition:
                case 0:
                    return zero(first)
                case 1:
                    return inverse(zero(first))
                case 11:
                    return bit_set(first, SIGN_BIT)
                case 10:
                    return inverse(bit_set(first, SIGN_BIT))
                case _:
                    pass
        if first == ZERO:
            emitter.load_word(X16, 0)
            first = X16
        compare_with(emitter, first, emitter.word_of(b))
    else:
        emitter.assembler.write(SUBS.registers, ZERO, first, emitter.allocator.operand(b))
    return flags(condition)


def compare_with(emitter: Emitter, register: int, word: int) -> None:
    """Compare a register with a constant."""
    if not emitter.try_immediate(SUBS, ADDS, ZERO, register, word):
        emitter.load_word(X17, word)
        emitter.assembler.write(SUBS.registers, ZERO, register, X17)


def _compare_floats(emitter: Emitter, operation: int, a: int, b: int) -> Condition:
    """fcmp, which has a form for zero as the second operand."""
    condition = FLOAT_CONDITIONS[operation]
    if a < 0 and emitter.word_of(a) == 0 and b >= 0:
        a, b = b, a
        condition = SWAPPED_FLOAT_CONDITIONS[operation]
    first = emitter.allocator.operand(a)
    if b < 0 and emitter.word_of(b) == 0:
        emitter.assembler.write(FCMP_ZERO, 0, first)
    else:
        emitter.assembler.write(FCMP, 0, first, emitter.allocator.operand(b))
    return flags(condition)
