"""Calls of elidable functions: one with the same arguments as an older one is an operation like others, and gives what that gave.

    i4 = call_i(7, i1, i2)
    i5 = call_i(7, i1, i2)      ->      i4

A call that raised is followed by the guard that says so, and gave nothing.
"""

from tracewright.core import operations as op
from tracewright.jit.optimize.draft import NO_REF, Draft


def find(draft: Draft, operation: int, function_number: int, arguments: list[int]) -> int:
    """The result of an older call of this elidable function with these arguments, or NO_REF."""
    trace = draft.trace
    limit = -1
    for argument in arguments:
        limit = max(limit, argument)
    index = draft.chain_head[operation]
    while index > limit:
        raised = index + 1 < len(trace.operations) and trace.operations[index + 1] == op.GUARD_EXCEPTION
        if trace.a[index] == function_number and not raised and _has_arguments(draft, trace.c[index], arguments):
            return draft.current(index)
        index = draft.chain[index]
    return NO_REF


def _has_arguments(draft: Draft, start: int, arguments: list[int]) -> bool:
    extra = draft.trace.extra
    for position in range(len(arguments)):
        if extra[start + position] != arguments[position]:
            return False
    return True
