"""Boxing and unboxing that cancel out, and what is known of a Value's tag and an object's class.

    r4 = value_of_int(i3)
    i5 = value_is_small(r4)       ->  1
    i6 = value_small(r4)          ->  i3

In a trace VALUE_IS_SMALL means "is an int" and VALUE_SMALL "the int of it", also where the int of a VALUE_OF_INT needs more than 51 bits: this is
allowed because the answer comes from the unboxed int and the word is never looked at. A Value read from memory is still tested by its
word, so a boxed int found there leaves the trace.

Bools are REF_OF(16 + (b << 3)) with b 0 or 1: their words differ in one bit.
"""

from tracewright.core import operations as op
from tracewright.core.value import FIRST_POINTER, WORD_FALSE, WORD_TRUE
from tracewright.jit.optimize.draft import (
    ESCAPED,
    FRESH,
    NO_REF,
    NOT_FRESH,
    TAG_FLOAT,
    TAG_INT,
    TAG_POINTER,
    TAG_UNKNOWN,
    Draft,
)
from tracewright.jit.optimize.ranges import lshift_fits
from tracewright.jit.trace.arithmetic import (
    SMALL_MAX,
    SMALL_MIN,
    compute,
    is_float_word,
    is_pointer_word,
    is_small_word,
    small_word,
)
from tracewright.jit.trace.snapshot import AS_IS, BOX_BOOL, BOX_FLOAT, BOX_INT

BOOL_SHIFT = 3
_NOT_WHICH_BOOL = ~(WORD_TRUE - WORD_FALSE)  # all bits of a bool's word but the one that says which


def tag_of(draft: Draft, ref: int) -> int:
    """What the reference is known to be; constants are folded elsewhere."""
    return draft.tag[ref] if ref >= 0 else TAG_UNKNOWN


def simplify(draft: Draft, operation: int, a: int, b: int, c: int) -> int:
    """The known result of a row on values and references, or NO_REF."""
    match operation:
        case op.VALUE_IS_SMALL:
            return _tag_test(draft, a, TAG_INT)
        case op.VALUE_IS_FLOAT:
            return _tag_test(draft, a, TAG_FLOAT)
        case op.VALUE_IS_REF:
            return _tag_test(draft, a, TAG_POINTER)
        case op.VALUE_SMALL:
            if draft.operation(a) == op.VALUE_OF_INT:
                return draft.current(draft.trace.a[a])
        case op.VALUE_FLOAT:
            if draft.operation(a) == op.VALUE_OF_FLOAT:
                return draft.current(draft.trace.a[a])
        case op.VALUE_OF_INT:
            return _box_int(draft, a)
        case op.VALUE_OF_FLOAT:
            if draft.operation(a) == op.VALUE_FLOAT:
                return draft.current(draft.trace.a[a])
        case op.CLASS_OF:
            known = draft.known_class(a)
            if known >= 0:
                return draft.int_constant(known)
        case op.INSTANCE_OF:
            known = draft.known_class(a)
            if known >= 0:
                return draft.int_constant(1 if b <= known <= c else 0)
        case op.ARRAY_LENGTH:
            if draft.operation(a) == op.NEW_ARRAY:
                return draft.current(draft.trace.b[a])
        case op.REF_EQ | op.REF_NE:
            return _identity(draft, operation, a, b)
        case op.INT_OR | op.INT_AND:
            return _bool_bits(draft, operation, a, b)
        case op.INT_EQ | op.INT_NE:
            if _tests_for_bool(draft, a, b):
                return draft.int_constant(0 if operation == op.INT_EQ else 1)
    return NO_REF


def _box_int(draft: Draft, a: int) -> int:
    if a < 0 and SMALL_MIN <= draft.word(a) <= SMALL_MAX:
        return draft.ref_constant(small_word(draft.word(a)))
    if draft.operation(a) == op.VALUE_SMALL:
        return draft.current(draft.trace.a[a])
    return NO_REF


def _tag_test(draft: Draft, a: int, tag: int) -> int:
    known = tag_of(draft, a)
    if known != TAG_UNKNOWN:
        return draft.int_constant(1 if known == tag else 0)
    if draft.operation(a) == op.REF_OF:
        word = draft.trace.a[a]
        if draft.low_of(word) >= 0 and draft.high_of(word) < FIRST_POINTER:
            return draft.int_constant(0)
    return NO_REF


def _identity(draft: Draft, operation: int, a: int, b: int) -> int:
    """An allocation of this trace is not what was there before it; a Value is not one of another tag."""
    distinct = draft.int_constant(0 if operation == op.REF_EQ else 1)
    fresh_a = draft.fresh[a] if a >= 0 else NOT_FRESH
    fresh_b = draft.fresh[b] if b >= 0 else NOT_FRESH
    if fresh_a == FRESH or fresh_b == FRESH or (fresh_a == ESCAPED and b < a) or (fresh_b == ESCAPED and a < b):
        return distinct
    tag_a, tag_b = tag_of(draft, a), tag_of(draft, b)
    if tag_a != TAG_UNKNOWN and tag_b != TAG_UNKNOWN and tag_a != tag_b:
        return distinct
    if b < 0 and tag_a != TAG_UNKNOWN and 0 <= draft.word(b) < FIRST_POINTER:
        return distinct
    if b < 0 and (tag_a == TAG_INT or tag_a == TAG_FLOAT) and is_pointer_word(draft.word(b)):
        return distinct
    return NO_REF


def bool_of(draft: Draft, word: int) -> int:
    """The 0-or-1 int of which `word` is the word as a Value, or NO_REF."""
    trace = draft.trace
    if draft.operation(word) != op.INT_ADD or not draft.is_int_constant(trace.b[word], WORD_FALSE):
        return NO_REF
    shifted = trace.a[word]
    if draft.operation(shifted) != op.INT_LSHIFT or not draft.is_int_constant(trace.b[shifted], BOOL_SHIFT):
        return NO_REF
    return trace.a[shifted] if draft.is_bool(trace.a[shifted]) else NO_REF


def _bool_bits(draft: Draft, operation: int, a: int, b: int) -> int:
    """`word | 8` and `word & ~8`: how a Value is tested for being a bool; `(word >> 3) & 1`: the bool that it is."""
    if b >= 0 or a < 0:
        return NO_REF
    if operation == op.INT_AND and draft.operation(a) == op.INT_RSHIFT and draft.word(b) == 1:
        shifted = draft.trace.a[a]
        return bool_of(draft, shifted) if draft.is_int_constant(draft.trace.b[a], BOOL_SHIFT) else NO_REF
    if draft.operation(a) != op.INT_ADD:
        return NO_REF
    wanted = WORD_TRUE - WORD_FALSE if operation == op.INT_OR else _NOT_WHICH_BOOL
    if draft.word(b) != wanted or bool_of(draft, a) == NO_REF:
        return NO_REF
    return draft.int_constant(WORD_TRUE if operation == op.INT_OR else WORD_FALSE)


def _tests_for_bool(draft: Draft, a: int, b: int) -> bool:
    """Whether `a == b` asks a Value for being a bool that is known to be a number or an object."""
    trace = draft.trace
    if draft.operation(a) != op.INT_AND or not draft.is_int_constant(b, WORD_FALSE):
        return False
    word = trace.a[a]
    if draft.operation(word) != op.WORD_OF or not draft.is_int_constant(trace.b[a], _NOT_WHICH_BOOL):
        return False
    return tag_of(draft, draft.current(trace.a[word])) != TAG_UNKNOWN


def shifted_equality(draft: Draft, a: int, b: int) -> int:
    """For `(x << n) == constant` with nothing shifted out: the constant for x, as a ref; NO_REF where it does not apply."""
    trace = draft.trace
    if b >= 0 or draft.operation(a) != op.INT_LSHIFT or not lshift_fits(draft, trace.a[a], trace.b[a]):
        return NO_REF
    count, wanted = draft.word(trace.b[a]), draft.word(b)
    if wanted & ((1 << count) - 1) != 0:
        return NO_REF
    return draft.int_constant(wanted >> count)


def unboxed(draft: Draft, ref: int, boxing_kind: int) -> int:
    """The number in a Value that is certainly of this boxing; NO_REF where that is not certain."""
    if ref == NO_REF:
        return NO_REF
    if boxing_kind == AS_IS:
        return ref
    if ref < 0:
        return _unboxed_constant(draft, draft.word(ref), boxing_kind)
    operation = draft.operation(ref)
    if boxing_kind == BOX_INT and operation == op.VALUE_OF_INT:
        return draft.current(draft.trace.a[ref])
    if boxing_kind == BOX_FLOAT and operation == op.VALUE_OF_FLOAT:
        return draft.current(draft.trace.a[ref])
    if boxing_kind == BOX_BOOL and operation == op.REF_OF:
        return bool_of(draft, draft.trace.a[ref])
    return NO_REF


def _unboxed_constant(draft: Draft, word: int, boxing_kind: int) -> int:
    if boxing_kind == BOX_BOOL and (word == WORD_TRUE or word == WORD_FALSE):
        return draft.int_constant(1 if word == WORD_TRUE else 0)
    if boxing_kind == BOX_INT and is_small_word(word):
        return draft.int_constant(compute(op.VALUE_SMALL, word, 0))
    if boxing_kind == BOX_FLOAT and is_float_word(word):
        return draft.float_constant_of_bits(compute(op.VALUE_FLOAT, word, 0))
    return NO_REF
