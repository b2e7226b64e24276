"""Guards: brought to the simplest operand, dropped when known to hold, and what the trace knows after one.

guard_ref(value_of_int(i3), Value 7)   ->  guard_int(i3, 7)
guard_int(int_add(i3, 16), 24)         ->  guard_int(i3, 8), and i3 is 8 from here on
guard_true(int_eq(class_of(r1), 40))   ->  the same, and r1 is of class 40 from here on
"""

from tracewright.core import operations as op
from tracewright.core.integers import wrap_sub
from tracewright.core.operation_tables import COMPARES_INTS, CONDITION, INVERSE
from tracewright.jit.optimize import boxing, ranges, stack_room
from tracewright.jit.optimize.draft import FRESH, NO_REF, TAG_FLOAT, TAG_INT, TAG_POINTER, Draft
from tracewright.jit.trace.arithmetic import SMALL_MAX, SMALL_MIN, compute, is_small_word, small_word


def reduce(draft: Draft, operation: int, a: int, b: int) -> tuple[int, int, int]:
    """The guard that asks the same of what `a` is computed from; as it is where nothing applies."""
    while (operation == op.GUARD_INT or operation == op.GUARD_REF) and a >= 0:
        next_operation, next_a, next_b = _reduce_once(draft, operation, a, b)
        if next_a == a and next_operation == operation:
            break
        operation, a, b = next_operation, draft.current(next_a), next_b
    return operation, a, b


def _reduce_once(draft: Draft, operation: int, a: int, b: int) -> tuple[int, int, int]:
    trace = draft.trace
    made_by = trace.operations[a]
    if operation == op.GUARD_REF and b < 0:
        word = draft.word(b)
        if made_by == op.REF_OF:
            return op.GUARD_INT, trace.a[a], draft.int_constant(word)
        if made_by == op.VALUE_OF_INT and is_small_word(word):
            return op.GUARD_INT, trace.a[a], draft.int_constant(compute(op.VALUE_SMALL, word, 0))
        return operation, a, b
    if operation != op.GUARD_INT or b >= 0:
        return operation, a, b
    if made_by == op.WORD_OF:
        return op.GUARD_REF, trace.a[a], draft.ref_constant(draft.word(b))
    if draft.is_bool(a) and 0 <= draft.word(b) <= 1:
        return op.GUARD_TRUE if draft.word(b) == 1 else op.GUARD_FALSE, a, 0
    if made_by == op.INT_ADD and trace.b[a] < 0:
        return operation, trace.a[a], draft.int_constant(wrap_sub(draft.word(b), draft.word(trace.b[a])))
    wanted = boxing.shifted_equality(draft, a, b)
    if wanted != NO_REF:
        return operation, trace.a[a], wanted
    return operation, a, b


def holds(draft: Draft, operation: int, a: int, b: int) -> bool:
    """Whether the guard cannot fail."""
    match operation:
        case op.GUARD_TRUE:
            return draft.word(a) != 0 if a < 0 else draft.low[a] > 0 or draft.high[a] < 0
        case op.GUARD_FALSE:
            return draft.low_of(a) == 0 and draft.high_of(a) == 0
        case op.GUARD_INT | op.GUARD_REF:
            return a == b
        case op.GUARD_CLASS:
            return draft.known_class(a) == b
    return False


def fails(draft: Draft, operation: int, a: int, b: int) -> bool:
    """Whether the guard cannot hold."""
    match operation:
        case op.GUARD_TRUE:
            return draft.low_of(a) == 0 and draft.high_of(a) == 0
        case op.GUARD_FALSE:
            return draft.low_of(a) > 0 or draft.high_of(a) < 0
        case op.GUARD_INT:
            return draft.high_of(a) < draft.low_of(b) or draft.high_of(b) < draft.low_of(a)
        case op.GUARD_REF:
            return (a < 0 and b < 0 and a != b) or (b < 0 and a >= 0 and draft.fresh[a] == FRESH)
        case op.GUARD_CLASS:
            known = draft.known_class(a)
            return (known >= 0 and known != b) or boxing.tag_of(draft, a) in (TAG_INT, TAG_FLOAT)
    return False


def learn(draft: Draft, operation: int, a: int, b: int) -> None:
    """Facts that hold behind the guard."""
    match operation:
        case op.GUARD_TRUE:
            _learn_truth(draft, a, True)
        case op.GUARD_FALSE:
            _learn_truth(draft, a, False)
        case op.GUARD_INT:
            if b < 0:
                _learn_int(draft, a, b)
        case op.GUARD_REF:
            if b < 0:
                draft.replace(a, b)
        case op.GUARD_CLASS:
            draft.set_class(a, b)


def _learn_int(draft: Draft, a: int, constant: int) -> None:
    """`a` is this constant."""
    if a < 0:
        return
    word = draft.word(constant)
    draft.replace(a, constant)
    if draft.options.ranges:
        ranges.tighten(draft, a, word, word)
    unboxed = draft.trace.operations[a] == op.VALUE_SMALL
    if unboxed and SMALL_MIN <= word <= SMALL_MAX:
        boxed = draft.trace.a[a]
        if boxing.tag_of(draft, boxed) == TAG_INT:
            draft.replace(boxed, draft.ref_constant(small_word(word)))


def _learn_truth(draft: Draft, ref: int, truth: bool) -> None:
    if ref < 0:
        return
    operation = draft.trace.operations[ref]
    two_valued = CONDITION[operation] or draft.is_bool(ref)
    if not truth or two_valued:
        draft.replace(ref, draft.int_constant(1 if truth else 0))
    a, b = draft.trace.a[ref], draft.trace.b[ref]
    if not two_valued:
        if draft.options.ranges:
            ranges.learn(draft, op.INT_NE if truth else op.INT_EQ, ref, draft.int_constant(0))
        return
    if truth:
        _learn_test(draft, operation, a, b, draft.trace.c[ref])
    elif INVERSE[operation] >= 0:
        _learn_test(draft, INVERSE[operation], a, b, 0)


def _learn_test(draft: Draft, operation: int, a: int, b: int, c: int) -> None:
    """The two-valued `operation(a, b, c)` is true."""
    match operation:
        case op.VALUE_IS_SMALL:
            _learn_tag(draft, a, TAG_INT)
        case op.VALUE_IS_FLOAT:
            _learn_tag(draft, a, TAG_FLOAT)
        case op.VALUE_IS_REF:
            _learn_tag(draft, a, TAG_POINTER)
        case op.INSTANCE_OF:
            if b == c:
                draft.set_class(a, b)
        case op.REF_EQ:
            if b < 0 and a >= 0:
                draft.replace(a, b)
        case op.INT_EQ:
            if b < 0 and draft.operation(a) == op.CLASS_OF:
                draft.set_class(draft.trace.a[a], draft.word(b))
            if b < 0:
                _learn_int(draft, a, b)
            elif draft.options.ranges:
                ranges.learn(draft, operation, a, b)
        case _:
            if draft.options.ranges and (COMPARES_INTS[operation] or operation == op.INT_FITS):
                ranges.learn(draft, operation, a, b)
                stack_room.learn(draft, operation, a, b)


def _learn_tag(draft: Draft, ref: int, tag: int) -> None:
    if ref >= 0:
        draft.tag[ref] = tag
