"""Making and opening Values. The bits are drawn in `core/value.py`."""

from tracewright.core.value import CANONICAL_NAN, INT_TAG, SMALL_INT_BITS
from tracewright.jit.codegen.liveness import NEVER
from tracewright.jit.codegen.pending import SlowPath
from tracewright_aarch64.emitter import Emitter
from tracewright_aarch64.encodings import (
    ADD,
    B_IF,
    FCMP,
    FMOV_FROM_FLOAT,
    FMOV_TO_FLOAT,
    NO_OVERFLOW,
    NOT_EQUAL,
    ORR,
    SBFM,
    SUB,
    SUBS,
)
from tracewright_aarch64.immediates import logical_field
from tracewright_aarch64.registers import OFFSET, X16, ZERO
from tracewright_aarch64.select_words import result

_SIGN_EXTENDED = SMALL_INT_BITS - 1  # the bit field from bit 0 to the sign of small ints


def select_value_small(emitter: Emitter, i: int) -> None:
    """Sign-extend the low bits over the tag."""
    a = emitter.trace.a[i]
    source = emitter.operand(a, X16)
    register = result(emitter, i, a, NEVER)
    emitter.assembler.write(SBFM, register, source, 0, _SIGN_EXTENDED)
    emitter.allocator.define(i, register)


def select_value_float(emitter: Emitter, i: int) -> None:
    """Take the offset off and move the bits over."""
    allocator = emitter.allocator
    source = emitter.operand(emitter.trace.a[i], X16)
    register = allocator.result(i, NEVER, 0)
    emitter.assembler.write(SUB.registers, X16, source, OFFSET)
    emitter.assembler.write(FMOV_TO_FLOAT, register, X16)
    allocator.define(i, register)


def select_value_of_float(emitter: Emitter, i: int) -> None:
    """All NaNs become the canonical one, whose word no pointer or int has."""
    allocator = emitter.allocator
    assembler = emitter.assembler
    source = allocator.operand(emitter.trace.a[i])
    register = allocator.result(i, NEVER, 0)
    assembler.write(FMOV_FROM_FLOAT, register, source)
    assembler.write(FCMP, 0, source, source)
    ordered = assembler.branch(B_IF[NO_OVERFLOW])
    assembler.load_immediate(register, CANONICAL_NAN)
    assembler.resolve_here(ordered)
    assembler.write(ADD.registers, register, register, OFFSET)
    allocator.define(i, register)


def select_value_of_small(emitter: Emitter, i: int) -> None:
    """The tag stands where a small int has copies of its sign."""
    allocator = emitter.allocator
    source = allocator.operand(emitter.trace.a[i])
    register = allocator.result(i, emitter.trace.a[i], 0)
    emitter.assembler.write(ORR.immediate, register, source, 0, logical_field(INT_TAG))
    allocator.define(i, register)


def select_value_of_int(emitter: Emitter, i: int) -> None:
    """Ints of 51 bits get the tag: their bits from the sign upward are all equal. Larger ones are boxed out of line."""
    allocator = emitter.allocator
    assembler = emitter.assembler
    source = allocator.operand(emitter.trace.a[i])
    register = allocator.result(i, emitter.trace.a[i], 0)  # before the branch: it may store a value to its slot
    assembler.write(SBFM, X16, source, 0, _SIGN_EXTENDED)
    assembler.write(SUBS.registers, ZERO, X16, source)
    path = SlowPath(emitter.routines.box_int, assembler.branch(B_IF[NOT_EQUAL]))
    path.source = source
    assembler.write(ORR.immediate, register, source, 0, logical_field(INT_TAG))
    assembler.label()
    path.target = register
    path.back = assembler.position
    emitter.slow_paths.append(path)
    allocator.define(i, register)
