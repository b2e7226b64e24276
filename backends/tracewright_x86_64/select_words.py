"""Arithmetic on words."""

from tracewright.core import operations as ops
from tracewright.jit.codegen.division import NaturalReciprocal, Reciprocal
from tracewright.jit.codegen.liveness import NEVER
from tracewright.jit.codegen.locations import is_constant
from tracewright_x86_64.emitter import Emitter
from tracewright_x86_64.encode import fits_byte, fits_word
from tracewright_x86_64.encodings import (
    ADD,
    AND,
    BSF,
    BSR,
    CMOV,
    CMP,
    CQO,
    DIV,
    EQUAL,
    IDIV,
    IMUL,
    IMUL_BYTE,
    IMUL_HIGH,
    IMUL_WORD,
    JCC,
    JMP,
    LEA,
    MOV,
    MUL_HIGH,
    NEG,
    NOT,
    NOT_EQUAL,
    OR,
    OVERFLOW,
    POPCNT,
    SAR,
    SAR_BYTE,
    SHL,
    SHL_BYTE,
    SHR,
    SHR_BYTE,
    SUB,
    XOR,
    XOR32,
    Arithmetic,
    Encoding,
)
from tracewright_x86_64.registers import R11, RAX, RCX, RDX, REGISTERS, RSP


def select_add(emitter: Emitter, i: int) -> None:
    """lea where the operands live on, so that no move is needed."""
    trace = emitter.trace
    allocator = emitter.allocator
    a = emitter.first_operand(trace.a[i], trace.b[i])
    b = trace.b[i] if a == trace.a[i] else trace.a[i]
    if a < 0 or allocator.dies_here(a):
        _over(emitter, i, ADD, a, b)
        return
    if b < 0 and fits_word(emitter.word_of(b)):
        base = allocator.operand(a)
        emitter.assembler.at(LEA, _define(emitter, i, NEVER), base, emitter.word_of(b))
    elif b < 0:
        _over(emitter, i, ADD, a, b)
    else:
        base = allocator.operand(a)
        index = allocator.operand(b)
        emitter.assembler.indexed(LEA, _define(emitter, i, b), base, index, 0, 0)


def _define(emitter: Emitter, i: int, reused: int) -> int:
    register = emitter.allocator.result(i, reused, 0)
    emitter.allocator.define(i, register)
    return register


def _over(emitter: Emitter, i: int, rows: Arithmetic, a: int, b: int) -> None:
    """result = a op b, in two-operand form."""
    if b >= 0:
        emitter.allocator.operand_or_slot(b)
    register = emitter.result_over(i, a, b, 0)
    emitter.arithmetic(rows, register, emitter.allocator.location(b))
    emitter.allocator.define(i, register)


def select_binary(emitter: Emitter, i: int) -> None:
    """sub, and, or, xor."""
    trace = emitter.trace
    a = trace.a[i]
    b = trace.b[i]
    operation = trace.operations[i]
    if operation == ops.INT_SUB:
        _over(emitter, i, SUB, a, b)
        return
    if emitter.first_operand(a, b) == b:
        a, b = b, a
    match operation:
        case ops.INT_AND:
            _over(emitter, i, AND, a, b)
        case ops.INT_OR:
            _over(emitter, i, OR, a, b)
        case _:
            _over(emitter, i, XOR, a, b)


def select_multiply(emitter: Emitter, i: int) -> None:
    """imul; by a constant in its three-operand form."""
    trace = emitter.trace
    a = emitter.first_operand(trace.a[i], trace.b[i])
    b = trace.b[i] if a == trace.a[i] else trace.a[i]
    emitter.allocator.define(i, _product(emitter, i, a, b, False))


def _product(emitter: Emitter, i: int, a: int, b: int, keep: bool) -> int:
    """The register with a * b, not yet defined. `keep`: the operands must survive."""
    allocator = emitter.allocator
    if b < 0 and a >= 0 and fits_word(emitter.word_of(b)):
        word = emitter.word_of(b)
        location = allocator.operand_or_slot(a)
        register = allocator.result(i, a, 1 << location if keep and REGISTERS.is_register(location) else 0)
        row = IMUL_BYTE if fits_byte(word) else IMUL_WORD
        if REGISTERS.is_register(location):
            emitter.assembler.registers(row, register, location, word)
        else:
            emitter.assembler.at(row, register, RSP, emitter.frame_offset(location), word)
        return register
    if b >= 0:
        allocator.operand_or_slot(b)
    forbidden = 0
    if keep and a >= 0 and allocator.register_of[a] >= 0:
        forbidden = 1 << allocator.register_of[a]
    register = emitter.result_over(i, a, b, forbidden)
    emitter.from_location(IMUL, register, allocator.location(b))
    return register


# --- checked arithmetic ---
def select_checked(emitter: Emitter, i: int) -> None:
    """add or sub, and a jump out on overflow.

    The result may take the place of an operand that the exit needs: the stub then undoes the operation, which wraps both ways.
    So a loop's counter stays in one register.
    """
    trace = emitter.trace
    allocator = emitter.allocator
    a = trace.a[i]
    b = trace.b[i]
    adds = trace.operations[i] == ops.INT_ADD_OVF
    if adds and emitter.first_operand(a, b) == b:
        a, b = b, a
    if b >= 0:
        allocator.operand_or_slot(b)
    register = emitter.result_over(i, a, b, 0)
    exit = emitter.open_exit(i)
    operand = allocator.location(b)
    emitter.arithmetic(ADD if adds else SUB, register, operand)
    emitter.branch(exit, OVERFLOW)
    emitter.undo_if_needed(exit, a, register, operand, adds)
    allocator.define(i, register)


def select_checked_multiply(emitter: Emitter, i: int) -> None:
    """imul, and a jump out on overflow. A product cannot be undone, so what the exit needs is kept."""
    trace = emitter.trace
    a = emitter.first_operand(trace.a[i], trace.b[i])
    b = trace.b[i] if a == trace.a[i] else trace.a[i]
    register = _product(emitter, i, a, b, a in emitter.liveness.refs_of_exit(i))
    exit = emitter.open_exit(i)
    emitter.branch(exit, OVERFLOW)
    emitter.allocator.define(i, register)


# --- one operand ---
def select_unary(emitter: Emitter, i: int) -> None:
    """neg, not."""
    a = emitter.trace.a[i]
    register = emitter.result_over(i, a, NEVER, 0)
    emitter.assembler.registers(NEG if emitter.trace.operations[i] == ops.INT_NEG else NOT, 0, register)
    emitter.allocator.define(i, register)


def select_bits(emitter: Emitter, i: int) -> None:
    """Leading and trailing zeros: 64 for zero, for which the machine's scans leave only a flag."""
    operation = emitter.trace.operations[i]
    assembler = emitter.assembler
    source = emitter.allocator.operand(emitter.trace.a[i])
    register = _define(emitter, i, emitter.trace.a[i])
    if operation == ops.INT_POPCOUNT:
        assembler.registers(POPCNT, register, source)
    elif operation == ops.INT_CTZ:
        assembler.load_immediate(R11, 64)
        assembler.registers(BSF, register, source)
        assembler.registers(CMOV[EQUAL], register, R11)
    else:
        assembler.load_immediate(R11, 127)  # which the last step turns into 64
        assembler.registers(BSR, register, source)
        assembler.registers(CMOV[EQUAL], register, R11)
        assembler.registers(XOR.byte, 0, register, 63)


# --- fixed registers ---
def select_shift(emitter: Emitter, i: int) -> None:
    """By a constant, or by rcx."""
    trace = emitter.trace
    allocator = emitter.allocator
    a = trace.a[i]
    b = trace.b[i]
    if b < 0:
        register = emitter.result_over(i, a, b, 0)
        emitter.assembler.registers(_shift_row(trace.operations[i], True), 0, register, emitter.word_of(b) & 63)
        allocator.define(i, register)
        return
    if allocator.register_of[b] == RCX:
        allocator.lock(RCX)
    else:
        allocator.claim(RCX)
        emitter.bring(RCX, b)
    register = emitter.result_over(i, a, b, 1 << RCX)
    emitter.assembler.registers(_shift_row(trace.operations[i], False), 0, register)
    allocator.define(i, register)


def _shift_row(operation: int, immediate: bool) -> Encoding:
    match operation:
        case ops.INT_LSHIFT:
            return SHL_BYTE if immediate else SHL
        case ops.INT_RSHIFT:
            return SAR_BYTE if immediate else SAR
        case _:
            return SHR_BYTE if immediate else SHR


def _claim_pair(emitter: Emitter, a: int) -> None:
    """rax (with the value of a) and rdx for the current instruction."""
    allocator = emitter.allocator
    if a >= 0 and allocator.register_of[a] == RAX and allocator.dies_here(a):
        allocator.lock(RAX)
    else:
        allocator.claim(RAX)
        emitter.bring(RAX, a)
    allocator.claim(RDX)


def _apply_to_pair(emitter: Emitter, row: Encoding, b: int) -> None:
    emitter.from_location(row, 0, emitter.allocator.location(b))


def select_multiply_high(emitter: Emitter, i: int) -> None:
    """The upper word of the unsigned product."""
    trace = emitter.trace
    _claim_pair(emitter, trace.a[i])
    _apply_to_pair(emitter, MUL_HIGH, trace.b[i])
    emitter.allocator.define(i, RDX)


def select_unsigned_division(emitter: Emitter, i: int) -> None:
    trace = emitter.trace
    _claim_pair(emitter, trace.a[i])
    emitter.assembler.registers(XOR32, RDX, RDX)
    _apply_to_pair(emitter, DIV, trace.b[i])
    emitter.allocator.define(i, RAX if trace.operations[i] == ops.UINT_DIV else RDX)


def select_natural_division(emitter: Emitter, i: int) -> None:
    """Neither operand is negative: nothing traps, and by a constant it is a multiplication and a shift."""
    trace = emitter.trace
    b = trace.b[i]
    quotient = trace.operations[i] == ops.NATURAL_DIV
    if b < 0 and emitter.word_of(b) & (emitter.word_of(b) - 1) != 0:
        _divide_natural_by_constant(emitter, i, emitter.word_of(b), quotient)
        return
    _claim_pair(emitter, trace.a[i])
    emitter.assembler.registers(XOR32, RDX, RDX)
    _apply_to_pair(emitter, DIV, b)
    emitter.allocator.define(i, RAX if quotient else RDX)


def _divide_natural_by_constant(emitter: Emitter, i: int, divisor: int, quotient: bool) -> None:
    allocator = emitter.allocator
    assembler = emitter.assembler
    allocator.claim(RAX)
    allocator.claim(RDX)
    dividend = allocator.operand(emitter.trace.a[i])
    reciprocal = NaturalReciprocal(divisor)
    assembler.load_immediate(RAX, reciprocal.multiplier)
    assembler.registers(MUL_HIGH, 0, dividend)
    assembler.registers(SHR_BYTE, 0, RDX, reciprocal.shift)
    if not quotient:
        _subtract_product(emitter, dividend, divisor)
    allocator.define(i, RDX)


def _subtract_product(emitter: Emitter, dividend: int, divisor: int) -> None:
    """rdx := what the quotient in rdx times the divisor leaves of the dividend."""
    assembler = emitter.assembler
    if fits_word(divisor):
        assembler.registers(IMUL_BYTE if fits_byte(divisor) else IMUL_WORD, RAX, RDX, divisor)
    else:
        assembler.load_immediate(RAX, divisor)
        assembler.registers(IMUL, RAX, RDX)
    assembler.registers(MOV, RDX, dividend)
    assembler.registers(SUB.from_rm, RDX, RAX)


def select_division(emitter: Emitter, i: int) -> None:
    """Truncating. The machine traps on the smallest int divided by -1, so -1 goes a way of its own."""
    trace = emitter.trace
    allocator = emitter.allocator
    assembler = emitter.assembler
    b = trace.b[i]
    quotient = trace.operations[i] == ops.INT_TRUNC_DIV
    if b < 0 and (emitter.word_of(b) < -1 or emitter.word_of(b) > 1):
        _divide_by_constant(emitter, i, emitter.word_of(b), quotient)
        return
    _claim_pair(emitter, trace.a[i])
    _compare_with_minus_one(emitter, allocator.location(b))
    ordinary = assembler.jump(JCC[NOT_EQUAL], assembler.position)
    assembler.registers(NEG, 0, RAX)
    assembler.registers(XOR32, RDX, RDX)
    done = assembler.jump(JMP, assembler.position)
    assembler.resolve(ordinary, assembler.position)
    assembler.plain(CQO)
    _apply_to_pair(emitter, IDIV, b)
    assembler.resolve(done, assembler.position)
    allocator.define(i, RAX if quotient else RDX)


def _divide_by_constant(emitter: Emitter, i: int, divisor: int, quotient: bool) -> None:
    """By multiplying with the reciprocal: a third of the time of idiv."""
    allocator = emitter.allocator
    assembler = emitter.assembler
    allocator.claim(RAX)
    allocator.claim(RDX)
    dividend = allocator.operand(emitter.trace.a[i])
    reciprocal = Reciprocal(divisor)
    assembler.load_immediate(RAX, reciprocal.multiplier)
    assembler.registers(IMUL_HIGH, 0, dividend)
    if divisor > 0 > reciprocal.multiplier:
        assembler.registers(ADD.from_rm, RDX, dividend)
    if divisor < 0 < reciprocal.multiplier:
        assembler.registers(SUB.from_rm, RDX, dividend)
    if reciprocal.shift != 0:
        assembler.registers(SAR_BYTE, 0, RDX, reciprocal.shift)
    assembler.registers(MOV, RAX, RDX)
    assembler.registers(SHR_BYTE, 0, RAX, 63)
    assembler.registers(ADD.from_rm, RDX, RAX)
    if not quotient:
        _subtract_product(emitter, dividend, divisor)
    allocator.define(i, RDX)


def _compare_with_minus_one(emitter: Emitter, location: int) -> None:
    assembler = emitter.assembler
    if is_constant(location):
        emitter.load_constant(R11, location)
        assembler.registers(CMP.byte, 0, R11, -1)
    elif REGISTERS.is_register(location):
        assembler.registers(CMP.byte, 0, location, -1)
    else:
        assembler.at(CMP.byte, 0, RSP, emitter.frame_offset(location), -1)


def select_copy(emitter: Emitter, i: int) -> None:
    """word_of, ref_of, same_int, same_ref: the same word under another kind or name."""
    a = emitter.trace.a[i]
    register = emitter.result_over(i, a, NEVER, 0)
    emitter.allocator.define(i, register)
    if a >= 0:
        emitter.non_null[i] = emitter.non_null[a]
