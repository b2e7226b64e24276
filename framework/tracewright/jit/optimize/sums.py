"""Comparisons that follow from others between the same values plus constants.

    i3 = int_add(i1, 27)   i4 = int_gt(i3, i2)   guard_false(i4)
    i5 = int_add(i1, 13)   i6 = int_gt(i5, i2)           ->  0: i1 + 27 <= i2

Both sides are `x + c` without overflow. Every comparison whose outcome is known says `x - y <= bound`; one that asks for a bound at least as
large is true, and one whose opposite is true is false. So a function asks once whether its frames fit the stack, and `a[i + 1]` answers for `a[i]`.
"""

from typing import Final

from tracewright.core import operations as op
from tracewright.jit.optimize import ranges, stack_room
from tracewright.jit.optimize.draft import NO_REF, Draft

COMPARISONS: Final = [op.INT_GT, op.INT_LT, op.INT_GE, op.INT_LE]
MOST_LOOKED_AT: Final = 8  # comparisons of each sort, latest first
_LARGEST: Final = 1 << 40  # constants that are looked at: no sum of a few of them overflows


def decide(draft: Draft, operation: int, a: int, b: int) -> int:
    """1 or 0 where another comparison settles this one, else UNDECIDED."""
    if a < 0 or b < 0:
        return ranges.UNDECIDED
    match operation:
        case op.INT_LT:
            left, right, strict = a, b, True
        case op.INT_LE:
            left, right, strict = a, b, False
        case op.INT_GT:
            left, right, strict = b, a, True
        case op.INT_GE:
            left, right, strict = b, a, False
        case _:
            return ranges.UNDECIDED
    x, y = _base(draft, left), _base(draft, right)
    between = _added(draft, right, y) - _added(draft, left, x)  # x - y, compared with this
    if _is_known(draft, x, y, between - int(strict)):
        return 1
    if _is_known(draft, y, x, -between - int(not strict)):
        return 0
    return stack_room.decide(draft, operation, a, b)


def _base(draft: Draft, ref: int) -> int:
    """x where the ref is certainly x + constant, else the ref itself."""
    operation = draft.trace.operations[ref]
    if operation != op.INT_ADD and operation != op.INT_ADD_OVF:
        return ref
    x, added = draft.trace.a[ref], draft.trace.b[ref]
    if x < 0 or added >= 0 or not -_LARGEST < draft.word(added) < _LARGEST:
        return ref
    return x if operation == op.INT_ADD_OVF or ranges.cannot_overflow(draft, operation, x, added) else ref


def _added(draft: Draft, ref: int, base: int) -> int:
    return 0 if ref == base else draft.word(draft.trace.b[ref])


def _is_known(draft: Draft, x: int, y: int, bound: int) -> bool:
    """Whether some comparison has shown that x - y <= bound."""
    trace = draft.trace
    for operation in COMPARISONS:
        index = draft.chain_head[operation]
        looked_at = 0
        while index >= 0 and looked_at < MOST_LOOKED_AT:
            outcome = draft.replacement[index]
            if outcome != NO_REF and trace.a[index] >= 0 and trace.b[index] >= 0:
                if _says(draft, operation, trace.a[index], trace.b[index], draft.word(outcome) == 1, x, y, bound):
                    draft.note_known(index)
                    return True
            index = draft.chain[index]
            looked_at += 1
    return False


def _says(draft: Draft, operation: int, a: int, b: int, holds: bool, x: int, y: int, bound: int) -> bool:
    """Whether `operation(a, b)`, which does or does not hold, means that x - y <= bound."""
    less = operation == op.INT_LT or operation == op.INT_LE
    strict = (operation == op.INT_LT or operation == op.INT_GT) == holds  # the opposite of `<` is `>=`
    small, large = (a, b) if less == holds else (b, a)
    if _base(draft, small) != x or _base(draft, large) != y:
        return False
    return _added(draft, large, y) - _added(draft, small, x) - int(strict) <= bound
