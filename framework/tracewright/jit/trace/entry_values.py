"""Values that an entry into machine code fixes: the stack, `trace_base`, `bottom`, and trace_base + constant.

    r0 = trace_stack()   i1 = trace_base()   i2 = int_add(i1, 5)
    guard_no_exception() [s3 {top: i2} frame (r0, i1)]         the exit gets all three from the native frame

Every exit of every trace finds them in the native frame, so none keeps them in a register on the way to it.
"""

from tracewright.core import operations as op
from tracewright.jit.trace.trace import Trace


def is_entry_value(trace: Trace, ref: int) -> bool:
    """Whether the result of this instruction is one of them."""
    match trace.operations[ref]:
        case op.TRACE_STACK | op.TRACE_BASE | op.TRACE_BOTTOM:
            return True
    return is_base_plus(trace, ref)


def is_base_plus(trace: Trace, ref: int) -> bool:
    """Whether this is trace_base + constant."""
    if trace.operations[ref] != op.INT_ADD:
        return False
    base, added = trace.a[ref], trace.b[ref]
    return added < 0 <= base and trace.operations[base] == op.TRACE_BASE


def entry_value(trace: Trace, ref: int, stack: int, base: int, bottom: int) -> int:
    """The word of such a value, for a native frame that runs on the VMStack at address `stack` with these `trace_base` and `bottom`."""
    match trace.operations[ref]:
        case op.TRACE_STACK:
            return stack
        case op.TRACE_BASE:
            return base
        case op.TRACE_BOTTOM:
            return bottom
    return base + trace.constants[~trace.b[ref]]
