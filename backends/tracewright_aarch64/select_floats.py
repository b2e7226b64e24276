"""Arithmetic on doubles, and between doubles and words. Products and sums are rounded one by one: fmadd would round once."""

from tracewright.core import operations as ops
from tracewright.core.integers import MIN_INT
from tracewright.jit.codegen.liveness import NEVER
from tracewright_aarch64.emitter import Emitter
from tracewright_aarch64.encodings import (
    CCMN_OVERFLOWED,
    CSEL,
    FABS,
    FADD,
    FCMP,
    FCVTZS,
    FDIV,
    FMUL,
    FNEG,
    FSQRT,
    FSUB,
    NO_OVERFLOW,
    OVERFLOW,
    SCVTF,
    Encoding,
)
from tracewright_aarch64.registers import X16
from tracewright_aarch64.select_words import result


def select_float_binary(emitter: Emitter, i: int) -> None:
    """fadd, fsub, fmul, fdiv."""
    trace = emitter.trace
    a = trace.a[i]
    b = trace.b[i]
    first = emitter.allocator.operand(a)
    second = emitter.allocator.operand(b)
    register = result(emitter, i, a, b)
    emitter.assembler.write(_binary_row(trace.operations[i]), register, first, second)
    emitter.allocator.define(i, register)


def _binary_row(operation: int) -> Encoding:
    match operation:
        case ops.FLOAT_ADD:
            return FADD
        case ops.FLOAT_SUB:
            return FSUB
        case ops.FLOAT_MUL:
            return FMUL
        case _:
            return FDIV


def select_float_unary(emitter: Emitter, i: int) -> None:
    a = emitter.trace.a[i]
    source = emitter.allocator.operand(a)
    register = result(emitter, i, a, NEVER)
    match emitter.trace.operations[i]:
        case ops.FLOAT_NEG:
            emitter.assembler.write(FNEG, register, source)
        case ops.FLOAT_ABS:
            emitter.assembler.write(FABS, register, source)
        case _:
            emitter.assembler.write(FSQRT, register, source)
    emitter.allocator.define(i, register)


def select_int_to_float(emitter: Emitter, i: int) -> None:
    source = emitter.operand(emitter.trace.a[i], X16)
    register = emitter.allocator.result(i, NEVER, 0)
    emitter.assembler.write(SCVTF, register, source)
    emitter.allocator.define(i, register)


def select_float_to_int(emitter: Emitter, i: int) -> None:
    """fcvtzs gives 0 for NaN and the nearest int for what does not fit; the operation table wants the smallest int for all of them.

    No double converts to the largest int without being cut off, so adding 1 overflows exactly for what is too large.
    """
    assembler = emitter.assembler
    source = emitter.allocator.operand(emitter.trace.a[i])
    register = emitter.allocator.result(i, NEVER, 0)
    assembler.write(FCVTZS, register, source)
    assembler.write(FCMP, 0, source, source)
    assembler.write(CCMN_OVERFLOWED, 0, register, 0, NO_OVERFLOW)  # unordered: as if it had overflowed
    assembler.load_immediate(X16, MIN_INT)
    assembler.write(CSEL, register, X16, register, OVERFLOW)
    emitter.allocator.define(i, register)


def select_reinterpret(emitter: Emitter, i: int) -> None:
    """float_bits, bits_float, same_float: the bits under another kind or name."""
    allocator = emitter.allocator
    register = allocator.result(i, NEVER, 0)
    emitter.bring(register, emitter.trace.a[i])
    allocator.define(i, register)
