"""Arithmetic on doubles, and between doubles and words."""

from tracewright.core import operations as ops
from tracewright.jit.codegen.liveness import NEVER
from tracewright_x86_64.emitter import Emitter
from tracewright_x86_64.encodings import (
    ADDSD,
    ANDPS,
    CVTSI2SD,
    CVTTSD2SI,
    DIVSD,
    MULSD,
    SQRTSD,
    SUBSD,
    XORPS,
    Encoding,
)
from tracewright_x86_64.routines import ABSOLUTE_BITS, SIGN_BITS


def select_float_binary(emitter: Emitter, i: int) -> None:
    """addsd, subsd, mulsd, divsd."""
    trace = emitter.trace
    a = trace.a[i]
    b = trace.b[i]
    operation = trace.operations[i]
    if (operation == ops.FLOAT_ADD or operation == ops.FLOAT_MUL) and emitter.first_operand(a, b) == b:
        a, b = b, a
    emitter.allocator.operand_or_slot(b)
    register = emitter.result_over(i, a, b, 0)
    emitter.from_location(_binary_row(operation), register, emitter.allocator.location(b))
    emitter.allocator.define(i, register)


def _binary_row(operation: int) -> Encoding:
    match operation:
        case ops.FLOAT_ADD:
            return ADDSD
        case ops.FLOAT_SUB:
            return SUBSD
        case ops.FLOAT_MUL:
            return MULSD
        case _:
            return DIVSD


def select_float_unary(emitter: Emitter, i: int) -> None:
    """Sign operations by masks; the square root in place, since sqrtsd keeps half of its target and would wait for it."""
    assembler = emitter.assembler
    register = emitter.result_over(i, emitter.trace.a[i], NEVER, 0)
    match emitter.trace.operations[i]:
        case ops.FLOAT_NEG:
            assembler.near(XORPS, register, emitter.routines.constant(SIGN_BITS))
        case ops.FLOAT_ABS:
            assembler.near(ANDPS, register, emitter.routines.constant(ABSOLUTE_BITS))
        case _:
            assembler.registers(SQRTSD, register, register)
    emitter.allocator.define(i, register)


def select_int_to_float(emitter: Emitter, i: int) -> None:
    """cvtsi2sd keeps the upper half of its target: clear it first, so that nobody waits for the old value."""
    allocator = emitter.allocator
    a = emitter.trace.a[i]
    location = allocator.operand(a) if a < 0 else allocator.operand_or_slot(a)
    register = allocator.result(i, NEVER, 0)
    emitter.assembler.registers(XORPS, register, register)
    emitter.from_location(CVTSI2SD, register, location)
    allocator.define(i, register)


def select_float_to_int(emitter: Emitter, i: int) -> None:
    """cvttsd2si gives the smallest int for NaN and whatever does not fit, as the operation table wants."""
    allocator = emitter.allocator
    location = allocator.operand_or_slot(emitter.trace.a[i])
    register = allocator.result(i, NEVER, 0)
    emitter.from_location(CVTTSD2SI, register, location)
    allocator.define(i, register)


def select_reinterpret(emitter: Emitter, i: int) -> None:
    """float_bits, bits_float, same_float: the bits under another kind or name."""
    allocator = emitter.allocator
    register = allocator.result(i, NEVER, 0)
    emitter.bring(register, emitter.trace.a[i])
    allocator.define(i, register)
