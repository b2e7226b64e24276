"""Guards that become one, for a machine can take few branches at a time.

Of two guards on one Value the second implies the first: the second is asked in the place of the first.

    r1 = load_ref_at(...)                          r1 = load_ref_at(...)
    i2 = ref_eq(r1, @hole)                         i5 = value_is_float(r1)
    guard_false(i2)  [s1]                          guard_true(i5)  [s1]
    ...                                   ->       f7 = value_float(r1)
    i5 = value_is_float(r1)                        ...
    guard_true(i5)   [s2]
    f7 = value_float(r1)

It may be: where the stronger question fails, the trace leaves at an earlier place than before, with the state of that place, and the
interpreter comes to the later one by itself. Opening the Value moves with its guard, so that a code generator can do both at once.

Two bounds of one number, asked for one after the other, are one unsigned comparison:

    i2 = int_ge(i1, -8)      guard_true(i2)  [s1]          i2 = int_add(i1, 8)
    i3 = int_le(i1, 7)       guard_true(i3)  [s1]    ->    i3 = uint_le(i2, 15)      guard_true(i3)  [s1]

Where the bounds are those of a signed number of so many bits, machines need no constants for them: i3 = int_fits(i1, 51).
An upper bound that is no constant will do where it was known not to be negative before (`note_index_bound`):

    i3 = int_ge(i1, 0)       guard_true(i3)  [s1]
    i4 = int_lt(i1, i2)      guard_true(i4)  [s1]    ->    i4 = uint_lt(i1, i2)      guard_true(i4)  [s1]

This runs when nothing is emitted any more, just before the backward pass, in the pre-roll and in the body of a loop separately.
"""

from typing import Final, final

from tracewright.core import operations as op
from tracewright.core.arrays import Array
from tracewright.core.integers import MAX_INT, MIN_INT, count_trailing_zeros, wrap_neg, wrap_sub
from tracewright.core.operation_tables import COMPARES_INTS, INVERSE
from tracewright.jit.optimize.draft import TAG_FLOAT, TAG_INT, TAG_POINTER, TAG_UNKNOWN, Draft
from tracewright.jit.trace.arithmetic import is_float_word, is_pointer_word, is_small_word
from tracewright.jit.trace.workspace import Workspace

_LARGEST_IMMEDIATE: Final = (1 << 32) - 1  # smaller bounds are constants that machines compare with at once


@final
class MovedInstructions:
    """Which instructions the finished trace has in another place: `behind[g]` stands directly behind g (-1: none does)."""

    def __init__(self, count: int, workspace: Workspace) -> None:
        self.behind: Array[int] = workspace.numbers(count, -1)
        self.moved: Array[bool] = workspace.flags(count)


def merge_guards(draft: Draft, label: int, workspace: Workspace) -> MovedInstructions:
    """Merge what can be. `label` is the index of LABEL, or -1."""
    trace = draft.trace
    count = len(trace.operations)
    result = MovedInstructions(count, workspace)
    if not draft.options.guards:
        return result
    bound = 0  # how many of `index_bounds` lie behind us
    excluding: dict[int, int] = {}  # a Value -> the guard that it is not a certain constant
    for i in range(count):
        operation = trace.operations[i]
        if i == label:
            excluding.clear()
        if operation != op.GUARD_TRUE and operation != op.GUARD_FALSE:
            continue
        condition = trace.a[i]
        while bound < len(draft.index_bounds) and draft.index_bounds[bound] < i:
            bound += 1
        if bound < len(draft.index_bounds) and draft.index_bounds[bound] == i:
            _compare_index(draft, i)
        elif _bounds_both_ways(draft, i):
            _make_one_comparison(draft, i)
        elif _excludes_constant(draft, i):
            excluding[trace.a[condition]] = i
        elif operation == op.GUARD_TRUE and condition >= 0 and tag_asked(trace.operations[condition]) != TAG_UNKNOWN:
            value = trace.a[condition]
            guard = excluding.get(value)
            if guard is not None and _implies(draft, condition, guard):
                _strengthen(draft, guard, condition)
                draft.killed[i] = True
                del excluding[value]
                if i + 1 < count and trace.operations[i + 1] == op.VALUE_FLOAT and trace.a[i + 1] == value:
                    result.behind[guard] = i + 1
                    result.moved[i + 1] = True
    return result


def note_index_bound(draft: Draft, guard: int) -> None:
    """A guard has been emitted, of which nothing is known yet: remember it if it is on `x < y` where y is not negative, and the one directly
    before it on `x >= 0`."""
    trace, before = draft.trace, guard - 2
    if before < 1 or trace.snapshot_of[guard] != trace.snapshot_of[before] or trace.a[guard] != guard - 1:
        return
    asked = _shown(draft, guard)
    if asked == op.INT_LT:
        index, limit = trace.a[guard - 1], trace.b[guard - 1]
    elif asked == op.INT_GT:
        index, limit = trace.b[guard - 1], trace.a[guard - 1]
    else:
        return
    if trace.a[before] != before - 1 or _shown(draft, before) != op.INT_GE or trace.a[before - 1] != index:
        return
    for frame in trace.snapshots[trace.snapshot_of[guard]].frames:
        if guard - 1 in frame.refs:
            return
    if draft.is_int_constant(trace.b[before - 1], 0) and draft.low_of(limit) >= 0:
        draft.index_bounds.append(guard)


def _shown(draft: Draft, guard: int) -> int:
    """The comparison that is true behind the guard; -1 where it is none of ints."""
    trace = draft.trace
    if trace.a[guard] < 0:
        return -1
    operation = trace.operations[trace.a[guard]]
    if not COMPARES_INTS[operation]:
        return -1
    match trace.operations[guard]:
        case op.GUARD_TRUE:
            return operation
        case op.GUARD_FALSE:
            return INVERSE[operation]
    return -1


def _compare_index(draft: Draft, guard: int) -> None:
    """A number below 0 is, without its sign, above all others."""
    trace, comparison = draft.trace, guard - 1
    if draft.killed[guard - 2]:
        return
    draft.killed[guard - 2] = True
    if _shown(draft, guard) == op.INT_GT:
        trace.a[comparison], trace.b[comparison] = trace.b[comparison], trace.a[comparison]
    trace.operations[comparison] = op.UINT_LT
    trace.operations[guard] = op.GUARD_TRUE


def tag_asked(operation: int) -> int:
    """Which sort of Value an operation asks for, TAG_UNKNOWN for others."""
    match operation:
        case op.VALUE_IS_FLOAT:
            return TAG_FLOAT
        case op.VALUE_IS_SMALL:
            return TAG_INT
        case op.VALUE_IS_REF:
            return TAG_POINTER
    return TAG_UNKNOWN


def _excludes_constant(draft: Draft, guard: int) -> bool:
    """Whether the guard says that a computed Value is not a certain constant, by a comparison that is there for it alone."""
    trace = draft.trace
    comparison = trace.a[guard]
    unequal = op.REF_EQ if trace.operations[guard] == op.GUARD_FALSE else op.REF_NE
    return _compares_for(draft, guard, unequal) and trace.a[comparison] >= 0


def _compares_for(draft: Draft, guard: int, operation: int) -> bool:
    """Whether the guard is on this comparison of something with a constant, which is there for the guard alone."""
    trace = draft.trace
    comparison = trace.a[guard]
    if comparison != guard - 1 or trace.operations[comparison] != operation or trace.b[comparison] >= 0:
        return False
    for frame in trace.snapshots[trace.snapshot_of[guard]].frames:
        if comparison in frame.refs:
            return False
    return True


def _bounds_both_ways(draft: Draft, guard: int) -> bool:
    """Whether this guard, with the one directly before it, keeps one number between two constants."""
    trace, before = draft.trace, guard - 2
    if before < 1 or trace.operations[guard] != op.GUARD_TRUE or trace.operations[before] != op.GUARD_TRUE:
        return False
    if trace.snapshot_of[guard] != trace.snapshot_of[before] or draft.killed[before]:
        return False
    if not _compares_for(draft, guard, op.INT_LE) or not _compares_for(draft, before, op.INT_GE):
        return False
    least, most = trace.b[before - 1], trace.b[guard - 1]
    return trace.a[before - 1] == trace.a[guard - 1] and draft.word(least) <= draft.word(most)


def _make_one_comparison(draft: Draft, guard: int) -> None:
    trace, before = draft.trace, guard - 2
    moved, comparison = before - 1, guard - 1
    least, most = draft.word(trace.b[moved]), draft.word(trace.b[comparison])
    draft.killed[before] = True
    if most > _LARGEST_IMMEDIATE and least == -most - 1 and (most + 1) & most == 0:
        trace.operations[comparison] = op.INT_FITS
        trace.b[comparison] = draft.int_constant(count_trailing_zeros(most + 1) + 1)
        return
    trace.operations[moved] = op.INT_ADD
    trace.b[moved] = draft.int_constant(wrap_neg(least))
    draft.low[moved], draft.high[moved] = MIN_INT, MAX_INT
    trace.operations[comparison] = op.UINT_LE
    trace.a[comparison] = moved
    trace.b[comparison] = draft.int_constant(wrap_sub(most, least))


def _implies(draft: Draft, question: int, guard: int) -> bool:
    """Whether no Value of the sort asked for is the constant that the guard excludes."""
    trace = draft.trace
    word = draft.word(trace.b[trace.a[guard]])
    match trace.operations[question]:
        case op.VALUE_IS_FLOAT:
            return not is_float_word(word)
        case op.VALUE_IS_SMALL:
            return not is_small_word(word)
    return not is_pointer_word(word)


def _strengthen(draft: Draft, guard: int, question: int) -> None:
    """The earlier guard asks the later one's question."""
    trace = draft.trace
    comparison = trace.a[guard]
    trace.operations[comparison] = trace.operations[question]
    trace.b[comparison] = 0
    trace.operations[guard] = op.GUARD_TRUE
