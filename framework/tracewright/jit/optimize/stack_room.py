"""How far above `trace_base` the guest's frames are known to fit the VM stack: `Draft.granted`.

    i3 = load(r0, limit)   i4 = int_gt(i1 + 45, i3)   guard_false(i4)       45 slots are granted
    r5 = call_guest(r6, 26)                                                 of a frame that ends there, at `top`
    i7 = load(r0, limit)   i8 = int_gt(i1 + 39, i7)   ->  0

A call may lower the limit, so what reaches farther than `top` did when it was made is asked for again. What does not has been granted to the
frame that was called, and whoever lowers the limit leaves the frames in place that there are (`core/vm_stack.py`).
"""

from typing import Final

from tracewright.core import operations as op
from tracewright.core.vm_stack import LIMIT_OFFSET
from tracewright.jit.optimize import ranges
from tracewright.jit.optimize.draft import NOTHING_GRANTED, Draft
from tracewright.jit.trace.entry_values import is_base_plus

_NO_END: Final = 1 << 40  # of what is no end of a frame: nothing grants that


def decide(draft: Draft, operation: int, a: int, b: int) -> int:
    """1 or 0 where the comparison asks for room that is granted, else UNDECIDED."""
    match operation:
        case op.INT_GT | op.INT_LE:
            end, limit = a, b
        case op.INT_LT | op.INT_GE:
            end, limit = b, a
        case _:
            return ranges.UNDECIDED
    if not _is_limit(draft, limit) or _end(draft, end) > draft.granted:
        return ranges.UNDECIDED
    return int(operation == op.INT_LE or operation == op.INT_GE)


def learn(draft: Draft, operation: int, a: int, b: int) -> None:
    """The comparison is true."""
    if operation == op.INT_LE and _is_limit(draft, b):
        end = _end(draft, a)
    elif operation == op.INT_GE and _is_limit(draft, a):
        end = _end(draft, b)
    else:
        return
    if end != _NO_END:
        draft.granted = max(draft.granted, end)


def after_call(draft: Draft, top: int) -> None:
    """Something has been called that may have lowered the limit; `top` is where the frames ended."""
    end = _end(draft, top)
    draft.granted = NOTHING_GRANTED if end == _NO_END else min(draft.granted, end)


def _is_limit(draft: Draft, ref: int) -> bool:
    trace = draft.trace
    if ref < 0 or trace.operations[ref] != op.LOAD or trace.b[ref] != LIMIT_OFFSET:
        return False
    return draft.operation(trace.a[ref]) == op.TRACE_STACK


def _end(draft: Draft, ref: int) -> int:
    """The offset from `trace_base` that the ref is the index of."""
    if ref < 0 or not is_base_plus(draft.trace, ref):
        return _NO_END
    return draft.word(draft.trace.b[ref])
