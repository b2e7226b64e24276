"""Making and opening Values. The bits are drawn in `core/value.py`."""

from tracewright.core.value import SMALL_INT_BITS
from tracewright.jit.codegen.liveness import NEVER
from tracewright.jit.codegen.pending import SlowPath
from tracewright_x86_64.emitter import Emitter
from tracewright_x86_64.encodings import (
    ABOVE,
    ADD,
    ADD32_BYTE,
    CMP,
    JCC,
    MOV,
    MOVQ_FROM_FLOAT,
    MOVQ_TO_FLOAT,
    NO_PARITY,
    OR,
    SAR_BYTE,
    SHL_BYTE,
    SUB,
    UCOMISD,
)
from tracewright_x86_64.registers import R11, REGISTERS
from tracewright_x86_64.routines import CANONICAL_NAN_WORD, DOUBLE_OFFSET_WORD, INT_TAG_WORD

_UNUSED_BITS = 64 - SMALL_INT_BITS


def select_value_small(emitter: Emitter, i: int) -> None:
    """Sign-extend the low bits over the tag."""
    register = emitter.result_over(i, emitter.trace.a[i], NEVER, 0)
    emitter.assembler.registers(SHL_BYTE, 0, register, _UNUSED_BITS)
    emitter.assembler.registers(SAR_BYTE, 0, register, _UNUSED_BITS)
    emitter.allocator.define(i, register)


def select_value_float(emitter: Emitter, i: int) -> None:
    """Take the offset off and move the bits over. Directly behind the guard that has tested the Value the bits are there."""
    allocator = emitter.allocator
    if not emitter.liveness.follows_test_for_float(i):
        emitter.bring(R11, emitter.trace.a[i])
        emitter.assembler.near(SUB.from_rm, R11, emitter.routines.constant(DOUBLE_OFFSET_WORD))
    register = allocator.result(i, NEVER, 0)
    emitter.assembler.registers(MOVQ_TO_FLOAT, register, R11)
    allocator.define(i, register)


def select_value_of_float(emitter: Emitter, i: int) -> None:
    """All NaNs become the canonical one, whose word no pointer or int has."""
    allocator = emitter.allocator
    assembler = emitter.assembler
    source = allocator.operand(emitter.trace.a[i])
    register = allocator.result(i, NEVER, 0)
    assembler.registers(MOVQ_FROM_FLOAT, source, register)
    assembler.registers(UCOMISD, source, source)
    ordered = assembler.jump(JCC[NO_PARITY], assembler.position)
    assembler.near(MOV, register, emitter.routines.constant(CANONICAL_NAN_WORD))
    assembler.resolve(ordered, assembler.position)
    assembler.near(ADD.from_rm, register, emitter.routines.constant(DOUBLE_OFFSET_WORD))
    allocator.define(i, register)


def select_value_of_small(emitter: Emitter, i: int) -> None:
    """The tag stands where a small int has copies of its sign."""
    allocator = emitter.allocator
    source = allocator.operand(emitter.trace.a[i])
    register = allocator.result(i, emitter.trace.a[i], 0)
    emitter.move(register, source)
    emitter.assembler.near(OR.from_rm, register, emitter.routines.constant(INT_TAG_WORD))
    allocator.define(i, register)


def select_value_of_int(emitter: Emitter, i: int) -> None:
    """Ints of 51 bits get the tag: their bits from the sign upward are all equal. Larger ones are boxed out of line."""
    allocator = emitter.allocator
    assembler = emitter.assembler
    source = allocator.operand(emitter.trace.a[i])
    register = allocator.result(i, emitter.trace.a[i], 0)  # before the branch: it may store a value to its slot
    assembler.registers(MOV, R11, source)
    assembler.registers(SAR_BYTE, 0, R11, SMALL_INT_BITS - 1)  # 0 or -1 for those that fit
    assembler.registers(ADD32_BYTE, 0, R11, 1)
    assembler.registers(CMP.byte, 0, R11, 1)
    path = SlowPath(emitter.routines.box_int, assembler.jump(JCC[ABOVE], assembler.position))
    path.source = source
    assert REGISTERS.is_register(source)
    emitter.move(register, source)
    assembler.near(OR.from_rm, register, emitter.routines.constant(INT_TAG_WORD))
    path.target = register
    path.back = assembler.position
    emitter.slow_paths.append(path)
    allocator.define(i, register)
