"""Arithmetic on words."""

from tracewright.core import operations as ops
from tracewright.core.integers import count_ones, count_trailing_zeros
from tracewright.jit.codegen.division import NaturalReciprocal, Reciprocal
from tracewright.jit.codegen.liveness import NEVER
from tracewright_aarch64.conditions import flags
from tracewright_aarch64.emitter import Emitter
from tracewright_aarch64.encodings import (
    ADD,
    ADDS,
    ADDV,
    AND,
    ASR,
    CLZ,
    CNT,
    EOR,
    FMOV_FROM_FLOAT,
    FMOV_TO_FLOAT,
    LSL,
    LSR,
    MADD,
    MSUB,
    NOT_EQUAL,
    ORN,
    ORR,
    OVERFLOW,
    RBIT,
    SBFM,
    SDIV,
    SMULH,
    SUB,
    SUBS,
    UBFM,
    UDIV,
    UMULH,
    Arithmetic,
    Encoding,
    Logical,
)
from tracewright_aarch64.immediates import NO_FIELD, logical_field
from tracewright_aarch64.registers import D31, X16, X17, ZERO


def result(emitter: Emitter, i: int, a: int, b: int) -> int:
    """A register for the result of i, the place of a or b if one dies here. The operands are in registers already."""
    allocator = emitter.allocator
    return allocator.result(i, a if allocator.dies_here(a) else b, 0)


def select_addition(emitter: Emitter, i: int) -> None:
    """add, sub."""
    trace = emitter.trace
    a = trace.a[i]
    b = trace.b[i]
    if trace.operations[i] == ops.INT_SUB:
        _add_or_subtract(emitter, i, SUB, ADD, a, b)
    elif a < 0:
        _add_or_subtract(emitter, i, ADD, SUB, b, a)
    else:
        _add_or_subtract(emitter, i, ADD, SUB, a, b)


def _add_or_subtract(emitter: Emitter, i: int, rows: Arithmetic, opposite: Arithmetic, a: int, b: int) -> None:
    """result = a op b."""
    allocator = emitter.allocator
    first = emitter.operand(a, X16)
    second = emitter.allocator.operand(b) if b >= 0 else NEVER
    register = result(emitter, i, a, b)
    if b >= 0:
        emitter.assembler.write(rows.registers, register, first, second)
    elif a < 0 or not emitter.try_immediate(rows, opposite, register, first, emitter.word_of(b)):
        emitter.assembler.write(rows.registers, register, first, emitter.operand(b, X17))
    allocator.define(i, register)


def select_bitwise(emitter: Emitter, i: int) -> None:
    """and, or, xor."""
    trace = emitter.trace
    a = trace.a[i]
    b = trace.b[i]
    if a < 0:
        a, b = b, a
    rows = _bitwise_rows(trace.operations[i])
    first = emitter.operand(a, X16)
    field = logical_field(emitter.word_of(b)) if b < 0 else NO_FIELD
    second = emitter.operand(b, X17) if field == NO_FIELD else ZERO
    register = result(emitter, i, a, b)
    if field != NO_FIELD:
        emitter.assembler.write(rows.immediate, register, first, 0, field)
    else:
        emitter.assembler.write(rows.registers, register, first, second)
    emitter.allocator.define(i, register)


def _bitwise_rows(operation: int) -> Logical:
    match operation:
        case ops.INT_AND:
            return AND
        case ops.INT_OR:
            return ORR
        case _:
            return EOR


# --- multiplication ---
def select_multiply(emitter: Emitter, i: int) -> None:
    """mul; by a power of two a shift, by one more than that an addition of a shifted operand."""
    trace = emitter.trace
    a = trace.a[i]
    b = trace.b[i]
    if a < 0:
        a, b = b, a
    if a >= 0 and b < 0 and _multiply_by_shift(emitter, i, a, emitter.word_of(b)):
        return
    first = emitter.operand(a, X16)
    second = emitter.operand(b, X17)
    register = result(emitter, i, a, b)
    emitter.assembler.with_third(MADD, register, first, second, ZERO)
    emitter.allocator.define(i, register)


def _multiply_by_shift(emitter: Emitter, i: int, a: int, word: int) -> bool:
    rest = word
    if word > 2 and count_ones(word) != 1:
        rest = word - 1
    if rest <= 1 or count_ones(rest) != 1:
        return False
    first = emitter.allocator.operand(a)
    register = result(emitter, i, a, NEVER)
    shift = count_trailing_zeros(rest)
    if rest == word:
        shift_left(emitter, register, first, shift)
    else:
        emitter.assembler.write(ADD.registers, register, first, first, shift)
    emitter.allocator.define(i, register)
    return True


def select_multiply_high(emitter: Emitter, i: int) -> None:
    """The upper word of the unsigned product."""
    trace = emitter.trace
    _three_registers(emitter, i, UMULH, trace.a[i], trace.b[i])


def _three_registers(emitter: Emitter, i: int, row: Encoding, a: int, b: int) -> None:
    first = emitter.operand(a, X16)
    second = emitter.operand(b, X17)
    register = result(emitter, i, a, b)
    emitter.assembler.write(row, register, first, second)
    emitter.allocator.define(i, register)


# --- checked arithmetic ---
def select_checked(emitter: Emitter, i: int) -> None:
    """adds or subs, and b.vs out. The result may take the place of an operand that the exit needs: the stub then undoes the
    operation. So a loop's counter stays in one register."""
    trace = emitter.trace
    allocator = emitter.allocator
    a = trace.a[i]
    b = trace.b[i]
    adds = trace.operations[i] == ops.INT_ADD_OVF
    if adds and emitter.first_operand(a, b) == b:
        a, b = b, a
    first = emitter.operand(a, X16)
    second = allocator.operand(b) if b >= 0 else NEVER
    register = allocator.result(i, NEVER if a == b else a, 0)
    exit = emitter.open_exit(i)
    rows, opposite = (ADDS, SUBS) if adds else (SUBS, ADDS)
    if b >= 0:
        emitter.assembler.write(rows.registers, register, first, second)
    elif a < 0 or not emitter.try_immediate(rows, opposite, register, first, emitter.word_of(b)):
        emitter.assembler.write(rows.registers, register, first, emitter.operand(b, X17))
    emitter.branch(exit, flags(OVERFLOW))
    emitter.undo_if_needed(exit, a, register, allocator.location(b), adds)
    allocator.define(i, register)


def select_checked_multiply(emitter: Emitter, i: int) -> None:
    """mul and smulh, and out unless the upper word is the sign of the lower. A product cannot be undone: what the exit needs is kept."""
    trace = emitter.trace
    allocator = emitter.allocator
    a = trace.a[i]
    b = trace.b[i]
    if a < 0:
        a, b = b, a
    first = allocator.operand(a)
    second = emitter.operand(b, X17)
    needed = emitter.liveness.refs_of_exit(i)
    lender = NEVER
    if allocator.dies_here(a) and a not in needed:
        lender = a
    elif allocator.dies_here(b) and b not in needed:
        lender = b
    register = allocator.result(i, lender, 0)
    exit = emitter.open_exit(i)
    emitter.assembler.write(SMULH, X16, first, second)
    emitter.assembler.with_third(MADD, register, first, second, ZERO)
    emitter.assembler.write(SUBS.arithmetic_right, ZERO, X16, register, 63)
    emitter.branch(exit, flags(NOT_EQUAL))
    allocator.define(i, register)


# --- one operand ---
def select_unary(emitter: Emitter, i: int) -> None:
    """neg, mvn."""
    a = emitter.trace.a[i]
    source = emitter.operand(a, X16)
    register = result(emitter, i, a, NEVER)
    negates = emitter.trace.operations[i] == ops.INT_NEG
    emitter.assembler.write(SUB.registers if negates else ORN, register, ZERO, source)
    emitter.allocator.define(i, register)


def select_bits(emitter: Emitter, i: int) -> None:
    """Leading and trailing zeros, ones."""
    operation = emitter.trace.operations[i]
    assembler = emitter.assembler
    a = emitter.trace.a[i]
    source = emitter.operand(a, X16)
    register = result(emitter, i, a, NEVER)
    if operation == ops.INT_POPCOUNT:
        assembler.write(FMOV_TO_FLOAT, D31, source)
        assembler.write(CNT, D31, D31)
        assembler.write(ADDV, D31, D31)
        assembler.write(FMOV_FROM_FLOAT, register, D31)
    elif operation == ops.INT_CTZ:
        assembler.write(RBIT, register, source)
        assembler.write(CLZ, register, register)
    else:
        assembler.write(CLZ, register, source)
    emitter.allocator.define(i, register)


# --- shifts ---
def shift_left(emitter: Emitter, register: int, source: int, count: int) -> None:
    emitter.assembler.write(UBFM, register, source, 0, (64 - count & 63) << 6 | 63 - count)


def shift_right(emitter: Emitter, row: Encoding, register: int, source: int, count: int) -> None:
    """With `SBFM` the sign fills the upper bits, with `UBFM` zeros do."""
    emitter.assembler.write(row, register, source, 0, count << 6 | 63)


def select_shift(emitter: Emitter, i: int) -> None:
    """By a constant or a register, whose low six bits count."""
    trace = emitter.trace
    a = trace.a[i]
    b = trace.b[i]
    operation = trace.operations[i]
    source = emitter.operand(a, X16)
    count = emitter.allocator.operand(b) if b >= 0 else NEVER
    register = result(emitter, i, a, b)
    if b < 0:
        constant = emitter.word_of(b) & 63
        match operation:
            case ops.INT_LSHIFT:
                shift_left(emitter, register, source, constant)
            case ops.INT_RSHIFT:
                shift_right(emitter, SBFM, register, source, constant)
            case _:
                shift_right(emitter, UBFM, register, source, constant)
    else:
        match operation:
            case ops.INT_LSHIFT:
                emitter.assembler.write(LSL, register, source, count)
            case ops.INT_RSHIFT:
                emitter.assembler.write(ASR, register, source, count)
            case _:
                emitter.assembler.write(LSR, register, source, count)
    emitter.allocator.define(i, register)


# --- division ---
def select_unsigned_division(emitter: Emitter, i: int) -> None:
    trace = emitter.trace
    _divide(emitter, i, UDIV, trace.a[i], trace.b[i], trace.operations[i] == ops.UINT_DIV)


def select_natural_division(emitter: Emitter, i: int) -> None:
    """Neither operand is negative: by a constant it is umulh and a shift."""
    trace = emitter.trace
    b = trace.b[i]
    quotient = trace.operations[i] == ops.NATURAL_DIV
    if b >= 0 or emitter.word_of(b) & (emitter.word_of(b) - 1) == 0:
        _divide(emitter, i, UDIV, trace.a[i], b, quotient)
        return
    divisor = emitter.word_of(b)
    dividend = emitter.operand(trace.a[i], X16)
    reciprocal = NaturalReciprocal(divisor)
    register = emitter.allocator.result(i, NEVER, 0)
    emitter.load_word(X17, reciprocal.multiplier)
    emitter.assembler.write(UMULH, register, dividend, X17)
    shift_right(emitter, UBFM, register, register, reciprocal.shift)
    if not quotient:
        emitter.load_word(X17, divisor)
        emitter.assembler.with_third(MSUB, register, register, X17, dividend)
    emitter.allocator.define(i, register)


def select_division(emitter: Emitter, i: int) -> None:
    """Truncating. Nothing traps here: the smallest int divided by -1 gives itself, and the trace has excluded zero."""
    trace = emitter.trace
    b = trace.b[i]
    quotient = trace.operations[i] == ops.INT_TRUNC_DIV
    if b < 0 and (emitter.word_of(b) < -1 or emitter.word_of(b) > 1):
        _divide_by_constant(emitter, i, emitter.word_of(b), quotient)
    else:
        _divide(emitter, i, SDIV, trace.a[i], b, quotient)


def _divide(emitter: Emitter, i: int, row: Encoding, a: int, b: int, quotient: bool) -> None:
    """The remainder is what the quotient times the divisor leaves: msub."""
    if quotient:
        _three_registers(emitter, i, row, a, b)
        return
    allocator = emitter.allocator
    dividend = emitter.operand(a, X16)
    divisor = emitter.operand(b, X17)
    register = allocator.result(i, NEVER, 0)  # neither operand's: both are read again
    emitter.assembler.write(row, register, dividend, divisor)
    emitter.assembler.with_third(MSUB, register, register, divisor, dividend)
    allocator.define(i, register)


def _divide_by_constant(emitter: Emitter, i: int, divisor: int, quotient: bool) -> None:
    """By multiplying with the reciprocal: faster than sdiv."""
    allocator = emitter.allocator
    assembler = emitter.assembler
    dividend = emitter.operand(emitter.trace.a[i], X16)
    reciprocal = Reciprocal(divisor)
    register = allocator.result(i, NEVER, 0)
    emitter.load_word(X17, reciprocal.multiplier)
    assembler.write(SMULH, register, dividend, X17)
    if divisor > 0 > reciprocal.multiplier:
        assembler.write(ADD.registers, register, register, dividend)
    if divisor < 0 < reciprocal.multiplier:
        assembler.write(SUB.registers, register, register, dividend)
    if reciprocal.shift != 0:
        shift_right(emitter, SBFM, register, register, reciprocal.shift)
    assembler.write(ADD.logical_right, register, register, register, 63)
    if not quotient:
        emitter.load_word(X17, divisor)
        assembler.with_third(MSUB, register, register, X17, dividend)
    allocator.define(i, register)


def select_copy(emitter: Emitter, i: int) -> None:
    """word_of, ref_of, same_int, same_ref: the same word under another kind or name."""
    a = emitter.trace.a[i]
    if a >= 0:
        emitter.allocator.operand(a)
    register = result(emitter, i, a, NEVER)
    emitter.bring(register, a)
    emitter.allocator.define(i, register)
    if a >= 0:
        emitter.non_null[i] = emitter.non_null[a]
