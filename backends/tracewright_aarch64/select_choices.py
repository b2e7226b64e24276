"""Selects: one of two values by a condition, made here where nothing else wants it."""

from tracewright.core import operations as ops
from tracewright.jit.codegen.liveness import NEVER
from tracewright_aarch64.conditions import Condition, flags_code, inverse, zero
from tracewright_aarch64.emitter import Emitter
from tracewright_aarch64.encodings import CSEL, FCSEL
from tracewright_aarch64.registers import X16, ZERO
from tracewright_aarch64.select_compare import as_flags, test_condition


def select_choice(emitter: Emitter, i: int) -> None:
    """csel, fcsel. Both values are in registers before the comparison, which may need the scratch registers."""
    trace = emitter.trace
    chosen, otherwise = _operand(emitter, trace.b[i]), _operand(emitter, trace.c[i])
    code = flags_code(as_flags(emitter, _test(emitter, i)))
    register = emitter.allocator.result(i, NEVER, 0)
    row = FCSEL if trace.operations[i] == ops.FLOAT_SELECT else CSEL
    emitter.assembler.write(row, register, chosen, otherwise, code)
    emitter.allocator.define(i, register)


def _operand(emitter: Emitter, ref: int) -> int:
    if ref < 0 and not emitter.allocator.is_float(ref) and emitter.word_of(ref) == 0:
        return ZERO
    return emitter.allocator.operand(ref)


def _test(emitter: Emitter, i: int) -> Condition:
    """The condition under which the first value is taken."""
    tested = emitter.trace.a[i]
    if emitter.liveness.makes_condition(i):
        return test_condition(emitter, tested)
    return inverse(zero(emitter.base(tested, X16)))
