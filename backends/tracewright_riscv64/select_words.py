"""Arithmetic on words, and the slots of the VM stack that hold them."""

from typing import Final

from tracewright.core import operations as ops
from tracewright.core.value import SMALL_INT_BITS
from tracewright.jit.codegen.liveness import NEVER
from tracewright_riscv64.emitter import Condition, Emitter
from tracewright_riscv64.encode import fits_number
from tracewright_riscv64.encodings import (
    ADD,
    BY_MNEMONIC,
    LOAD,
    MUL,
    MULH,
    NOT_EQUAL,
    SLLI,
    SLT,
    SLTI,
    SRAI,
    STORE,
    SUB,
    XORI,
    Encoding,
)
from tracewright_riscv64.registers import BASE, X28, X29, X31, ZERO


def _table(text: str) -> dict[int, Encoding]:
    pairs = [pair.split() for pair in text.split(",")]
    return {ops.BY_NAME[operation].number: BY_MNEMONIC[mnemonic] for operation, mnemonic in pairs}


_ROWS: Final = _table(
    "int_add add, int_sub sub, int_and and, int_or or, int_xor xor, int_mul mul, uint_mul_high mulhu, int_lshift sll, int_rshift sra, "
    "uint_rshift srl, uint_div divu, uint_mod remu, int_trunc_div div, int_trunc_mod rem, natural_div divu, natural_mod remu"
)
# With the second operand in the instruction, where it fits.
_WITH_NUMBER: Final = _table(
    "int_add addi, int_and andi, int_or ori, int_xor xori, int_lshift slli, int_rshift srai, uint_rshift srli"
)
_SHIFTS: Final = [ops.INT_LSHIFT, ops.INT_RSHIFT, ops.UINT_RSHIFT]


def result(emitter: Emitter, i: int, a: int, b: int) -> int:
    """A register for the result of i, the place of a or b if one dies here. The operands are in registers already."""
    allocator = emitter.allocator
    return allocator.result(i, a if allocator.dies_here(a) else b, 0)


def select_three(emitter: Emitter, i: int) -> None:
    """Two operands and a result. Of shifts the low six bits count; nothing traps here, and the trace has excluded zero divisors."""
    trace = emitter.trace
    operation = trace.operations[i]
    a = trace.a[i]
    b = trace.b[i]
    first = emitter.operand(a, X31)
    if b < 0 and operation in _WITH_NUMBER:
        number = emitter.word_of(b) & 63 if operation in _SHIFTS else emitter.word_of(b)
        if fits_number(number):
            register = result(emitter, i, a, NEVER)
            emitter.assembler.two(_WITH_NUMBER[operation], register, first, number)
            emitter.allocator.define(i, register)
            return
    second = emitter.operand(b, X29)
    register = result(emitter, i, a, b)
    emitter.assembler.three(_ROWS[operation], register, first, second)
    emitter.allocator.define(i, register)


def select_checked(emitter: Emitter, i: int) -> None:
    """There are no flags. Unless they overflow, a + b < b exactly if a < 0, and a - b < 0 exactly if a < b. The result may take the
    place of an operand that the exit needs: the stub then undoes the operation. So a loop's counter stays in one register."""
    trace = emitter.trace
    allocator = emitter.allocator
    a = trace.a[i]
    b = trace.b[i]
    adds = trace.operations[i] == ops.INT_ADD_OVF
    if adds and emitter.first_operand(a, b) == b:
        a, b = b, a
    first = emitter.operand(a, X31)
    second = emitter.operand(b, X29)
    register = allocator.result(i, NEVER if a == b else a, 0)
    exit = emitter.open_exit(i)
    assembler = emitter.assembler
    if adds:
        assembler.two(SLTI, X28, first, 0)
        assembler.three(ADD, register, first, second)
        assembler.three(SLT, X31, register, second)
    else:
        assembler.three(SLT, X28, first, second)
        assembler.three(SUB, register, first, second)
        assembler.two(SLTI, X31, register, 0)
    emitter.branch(exit, Condition(NOT_EQUAL, X28, X31))
    emitter.undo_if_needed(exit, a, register, allocator.location(b), adds)
    allocator.define(i, register)


def select_checked_multiply(emitter: Emitter, i: int) -> None:
    """Out unless the upper word is the sign of the lower. A product cannot be undone, so it waits in a scratch register."""
    trace = emitter.trace
    first = emitter.operand(trace.a[i], X31)
    second = emitter.operand(trace.b[i], X29)
    register = result(emitter, i, trace.a[i], trace.b[i])
    exit = emitter.open_exit(i)
    assembler = emitter.assembler
    assembler.three(MULH, X28, first, second)
    assembler.three(MUL, X31, first, second)
    assembler.two(SRAI, X29, X31, 63)
    emitter.branch(exit, Condition(NOT_EQUAL, X28, X29))
    assembler.move(register, X31)
    emitter.allocator.define(i, register)


def select_unary(emitter: Emitter, i: int) -> None:
    """neg, not, and the small int of a Value: its low bits, sign-extended over the tag."""
    source = emitter.operand(emitter.trace.a[i], X31)
    register = result(emitter, i, emitter.trace.a[i], NEVER)
    assembler = emitter.assembler
    match emitter.trace.operations[i]:
        case ops.INT_NEG:
            assembler.three(SUB, register, ZERO, source)
        case ops.INT_INVERT:
            assembler.two(XORI, register, source, -1)
        case _:
            assembler.two(SLLI, register, source, 64 - SMALL_INT_BITS)
            assembler.two(SRAI, register, register, 64 - SMALL_INT_BITS)
    emitter.allocator.define(i, register)


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


# --- the VM stack ---
def select_read_slot(emitter: Emitter, i: int) -> None:
    register = emitter.allocator.result(i, NEVER, 0)
    emitter.assembler.at(LOAD, register, BASE, 8 * emitter.trace.a[i])
    emitter.allocator.define(i, register)


def select_write_slot(emitter: Emitter, i: int) -> None:
    source = emitter.operand(emitter.trace.b[i], X31)
    emitter.assembler.at(STORE, source, BASE, 8 * emitter.trace.a[i])
