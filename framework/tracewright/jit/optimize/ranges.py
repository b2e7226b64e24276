"""Integer intervals: comparisons that are already decided, overflow checks that cannot fail, and what guards teach.

    guard_true(int_lt(i3, i4))      ->  i3 <= high(i4) - 1, so i3 < MAX_INT whatever i4 is
    i6 = int_add_ovf(i3, 1)         ->  i6 = int_add(i3, 1)

VALUE_SMALL has no interval in loops, on purpose. In a trace it means "the int of this Value": in the second copy of a loop it may be an unboxed
int of any size, so "51 bits" would be true of the first turn only. Functions and bridges have no second copy; and some languages never box ints (`Draft.small_ints`).
"""

from typing import Final

from tracewright.core import operations as op
from tracewright.core.integers import MAX_INT, MIN_INT, trunc_div
from tracewright.core.operation_tables import CONDITION, SIGNED
from tracewright.jit.optimize.draft import NO_REF, Draft
from tracewright.jit.trace.arithmetic import SMALL_MAX, SMALL_MIN
from tracewright.jit.trace.trace import KIND_LOOP

ARRAY_LENGTH_MAX: Final = (1 << 40) - 1
STACK_INDEX_MAX: Final = (1 << 40) - 1
CLASS_ID_MAX: Final = (1 << 32) - 1
_FACTOR_MAX: Final = (1 << 31) - 1  # products of ints up to this fit a word

UNDECIDED: Final = -1


def sum_fits(x: int, y: int) -> bool:
    """Whether `x + y` is a word."""
    return x <= MAX_INT - y if y >= 0 else x >= MIN_INT - y


def difference_fits(x: int, y: int) -> bool:
    """Whether `x - y` is a word."""
    return x >= MIN_INT + y if y >= 0 else x <= MAX_INT + y


def cannot_overflow(draft: Draft, operation: int, a: int, b: int) -> bool:
    """Whether the checked operation's result always fits."""
    low_a, high_a, low_b, high_b = draft.low_of(a), draft.high_of(a), draft.low_of(b), draft.high_of(b)
    match operation:
        case op.INT_ADD_OVF | op.INT_ADD:
            return sum_fits(low_a, low_b) and sum_fits(high_a, high_b)
        case op.INT_SUB_OVF | op.INT_SUB:
            return difference_fits(low_a, high_b) and difference_fits(high_a, low_b)
    least, most = -_FACTOR_MAX, _FACTOR_MAX
    return least <= low_a and high_a <= most and least <= low_b and high_b <= most


def _set(draft: Draft, ref: int, low: int, high: int) -> None:
    draft.low[ref] = low
    draft.high[ref] = high


def join(draft: Draft, ref: int, x: int, y: int) -> None:
    """`ref` is one of the two."""
    _set(draft, ref, min(draft.low_of(x), draft.low_of(y)), max(draft.high_of(x), draft.high_of(y)))


def _saturated_sum(x: int, y: int) -> int:
    if sum_fits(x, y):
        return x + y
    return MAX_INT if y > 0 else MIN_INT


def _saturated_difference(x: int, y: int) -> int:
    if difference_fits(x, y):
        return x - y
    return MIN_INT if y > 0 else MAX_INT


def _set_arithmetic(draft: Draft, ref: int, operation: int, a: int, b: int) -> None:
    """The result's interval; unchecked arithmetic has one only where it does not wrap."""
    low_a, high_a, low_b, high_b = draft.low_of(a), draft.high_of(a), draft.low_of(b), draft.high_of(b)
    match operation:
        case op.INT_ADD_OVF:
            _set(draft, ref, _saturated_sum(low_a, low_b), _saturated_sum(high_a, high_b))
        case op.INT_SUB_OVF:
            _set(draft, ref, _saturated_difference(low_a, high_b), _saturated_difference(high_a, low_b))
        case op.INT_ADD:
            if cannot_overflow(draft, operation, a, b):
                _set(draft, ref, low_a + low_b, high_a + high_b)
        case op.INT_SUB:
            if cannot_overflow(draft, operation, a, b):
                _set(draft, ref, low_a - high_b, high_a - low_b)
        case op.INT_MUL | op.INT_MUL_OVF:
            if cannot_overflow(draft, operation, a, b):
                w, x, y, z = low_a * low_b, low_a * high_b, high_a * low_b, high_a * high_b
                _set(draft, ref, 0 if a == b else min(w, x, y, z), max(w, x, y, z))
            elif a == b and operation == op.INT_MUL_OVF:
                _set(draft, ref, 0, MAX_INT)
        case op.INT_NEG:
            if low_a > MIN_INT:
                _set(draft, ref, -high_a, -low_a)


def _set_bits(draft: Draft, ref: int, operation: int, a: int, b: int) -> None:
    low_a, high_a, low_b, high_b = draft.low_of(a), draft.high_of(a), draft.low_of(b), draft.high_of(b)
    match operation:
        case op.INT_AND:
            if low_a >= 0 and low_b >= 0:
                _set(draft, ref, 0, min(high_a, high_b))
            elif low_b >= 0:
                _set(draft, ref, 0, high_b)
            elif low_a >= 0:
                _set(draft, ref, 0, high_a)
        case op.INT_OR | op.INT_XOR:
            if low_a >= 0 and low_b >= 0:
                top = max(high_a, high_b)
                mask = 1
                while mask < top:
                    mask = mask * 2 + 1 if mask < 1 << 62 else MAX_INT
                _set(draft, ref, max(low_a, low_b) if operation == op.INT_OR else 0, mask)
        case op.INT_RSHIFT:
            if b < 0 and 0 <= low_b <= 63:
                _set(draft, ref, low_a >> low_b, high_a >> low_b)
            elif low_a >= 0:
                _set(draft, ref, 0, high_a)
        case op.UINT_RSHIFT:
            if low_a >= 0:
                _set(draft, ref, 0, high_a >> low_b if b < 0 and 0 <= low_b <= 63 else high_a)
            elif b < 0 and 1 <= low_b <= 63:
                _set(draft, ref, 0, (1 << (64 - low_b)) - 1 if low_b > 1 else MAX_INT)
        case op.INT_LSHIFT:
            if lshift_fits(draft, a, b):
                _set(draft, ref, low_a << low_b, high_a << low_b)


def lshift_fits(draft: Draft, a: int, b: int) -> bool:
    """Whether shifting left by this constant loses no bit."""
    if b >= 0 or not 0 <= draft.low_of(b) <= 62:
        return False
    count = draft.low_of(b)
    return draft.low_of(a) >= MIN_INT >> count and draft.high_of(a) <= MAX_INT >> count


def _set_division(draft: Draft, ref: int, operation: int, a: int, b: int) -> None:
    low_a, high_a, low_b, high_b = draft.low_of(a), draft.high_of(a), draft.low_of(b), draft.high_of(b)
    if low_b <= 0:
        return
    if low_a < 0 and (operation == op.UINT_DIV or operation == op.UINT_MOD):
        if operation == op.UINT_MOD:
            _set(draft, ref, 0, high_b - 1)
        return
    if operation == op.INT_TRUNC_DIV or operation == op.UINT_DIV or operation == op.NATURAL_DIV:
        least, most = (
            trunc_div(low_a, low_b if low_a < 0 else high_b),
            trunc_div(high_a, low_b if high_a >= 0 else high_b),
        )
        _set(draft, ref, least, most)
    else:  # the remainder has the sign of the dividend
        _set(draft, ref, max(low_a, 1 - high_b) if low_a < 0 else 0, min(high_a, high_b - 1) if high_a > 0 else 0)


def natural_division(draft: Draft, operation: int, a: int, b: int) -> int:
    """The form of a division for operands that are not negative, if they are known not to be; else the operation itself. Machine code need not
    round then: a multiplication and a shift."""
    if (
        (operation == op.INT_TRUNC_DIV or operation == op.INT_TRUNC_MOD)
        and draft.low_of(a) >= 0
        and draft.low_of(b) > 0
    ):
        return op.NATURAL_DIV if operation == op.INT_TRUNC_DIV else op.NATURAL_MOD
    return operation


def unsigned_division(draft: Draft, operation: int, a: int, b: int) -> int:
    """The unsigned form of a division of what is not negative by a power of two: it is a shift, or a mask. Else the operation itself."""
    if operation == op.NATURAL_DIV or operation == op.NATURAL_MOD:  # of the turn that is copied, or from another trace
        operation = op.INT_TRUNC_DIV if operation == op.NATURAL_DIV else op.INT_TRUNC_MOD
    if operation != op.INT_TRUNC_DIV and operation != op.INT_TRUNC_MOD:
        return operation
    if b >= 0 or draft.low_of(a) < 0 or draft.word(b) <= 0 or draft.word(b) & (draft.word(b) - 1) != 0:
        return operation
    return op.UINT_DIV if operation == op.INT_TRUNC_DIV else op.UINT_MOD


def bound_remainder(draft: Draft, ref: int, a: int, b: int) -> None:
    """`ref` is what is left of `a` divided by the positive constant `b`, computed in some other way."""
    size = draft.word(b) - 1
    low_a, high_a = draft.low_of(a), draft.high_of(a)
    tighten(draft, ref, max(low_a, -size) if low_a < 0 else 0, min(high_a, size) if high_a > 0 else 0)


def set_result(draft: Draft, ref: int, operation: int, a: int, b: int) -> None:
    """Give a new instruction of kind i its interval."""
    match operation:
        case op.INT_ADD | op.INT_SUB | op.INT_MUL | op.INT_ADD_OVF | op.INT_SUB_OVF | op.INT_MUL_OVF | op.INT_NEG:
            _set_arithmetic(draft, ref, operation, a, b)
        case op.INT_AND | op.INT_OR | op.INT_XOR | op.INT_LSHIFT | op.INT_RSHIFT | op.UINT_RSHIFT:
            _set_bits(draft, ref, operation, a, b)
        case op.INT_TRUNC_DIV | op.INT_TRUNC_MOD | op.UINT_DIV | op.UINT_MOD | op.NATURAL_DIV | op.NATURAL_MOD:
            _set_division(draft, ref, operation, a, b)
        case op.INT_CLZ | op.INT_CTZ | op.INT_POPCOUNT:
            _set(draft, ref, 0, 64)
        case op.VALUE_SMALL:
            if draft.trace.kind != KIND_LOOP or draft.small_ints:
                _set(draft, ref, SMALL_MIN, SMALL_MAX)
        case op.ARRAY_LENGTH:
            _set(draft, ref, 0, ARRAY_LENGTH_MAX)
        case op.TRACE_BASE | op.TRACE_BOTTOM:
            _set(draft, ref, 0, STACK_INDEX_MAX)
        case op.CLASS_OF:
            _set(draft, ref, 0, CLASS_ID_MAX)
        case op.TEXT_WIDTH:
            _set(draft, ref, 1, 4)
        case op.RAW_LOAD8 | op.TEXT_CODE8:
            _set(draft, ref, 0, 0xFF)
        case op.RAW_LOAD16 | op.TEXT_CODE16:
            _set(draft, ref, 0, 0xFFFF)
        case op.RAW_LOAD32 | op.TEXT_CODE32:
            _set(draft, ref, 0, 0xFFFFFFFF)
        case _:
            if CONDITION[operation]:
                _set(draft, ref, 0, 1)


def end_of_bits(draft: Draft, bits: int) -> int:
    """The first number that a signed number of so many bits (a constant of INT_FITS) cannot be."""
    return 1 << (draft.word(bits) - 1)


def decide(draft: Draft, operation: int, a: int, b: int) -> int:
    """1 or 0 where the intervals settle an int comparison, else UNDECIDED."""
    low_a, high_a, low_b, high_b = draft.low_of(a), draft.high_of(a), draft.low_of(b), draft.high_of(b)
    match operation:
        case op.INT_LT:
            return 1 if high_a < low_b else 0 if low_a >= high_b else UNDECIDED
        case op.INT_LE:
            return 1 if high_a <= low_b else 0 if low_a > high_b else UNDECIDED
        case op.INT_GT:
            return 1 if low_a > high_b else 0 if high_a <= low_b else UNDECIDED
        case op.INT_GE:
            return 1 if low_a >= high_b else 0 if high_a < low_b else UNDECIDED
        case op.INT_EQ:
            return 0 if high_a < low_b or high_b < low_a else UNDECIDED
        case op.INT_NE:
            return 1 if high_a < low_b or high_b < low_a else UNDECIDED
        case op.INT_FITS:
            end = end_of_bits(draft, b)
            return 1 if -end <= low_a and high_a < end else 0 if high_a < -end or low_a >= end else UNDECIDED
    return UNDECIDED


def compared_with_zero(draft: Draft, operation: int, a: int, b: int) -> int:
    """What can be compared with 0 in place of `a`: a product that has not wrapped is 0 where its factor is, and what is or-ed with bits of
    no negative number has the sign that it had. The other rows keep `a`.

    i2 = int_mul_ovf(i1, 10)   int_eq(i2, 0)   ->   int_eq(i1, 0)             i3 = int_or(i1, 10)   int_lt(i3, 0)   ->   int_lt(i1, 0)
    """
    if a <= draft.floor or not draft.is_int_constant(b, 0):
        return a
    trace = draft.trace
    x, y, made_by = trace.a[a], trace.b[a], trace.operations[a]
    if operation == op.INT_EQ or operation == op.INT_NE:
        if y < 0 and (made_by == op.INT_MUL or made_by == op.INT_MUL_OVF) and draft.word(y) != 0:
            return x if made_by == op.INT_MUL_OVF or cannot_overflow(draft, made_by, x, y) else a
    elif (operation == op.INT_LT or operation == op.INT_GE) and made_by == op.INT_OR:
        return x if draft.low_of(y) >= 0 else y if draft.low_of(x) >= 0 else a
    return a


def signed_form(draft: Draft, operation: int, a: int, b: int) -> int:
    """The signed comparison for an unsigned one of operands that are not negative; else the operation itself.

    So an index check meets the loop's own `i < n`.
    """
    signed = SIGNED[operation]
    return signed if signed >= 0 and draft.low_of(a) >= 0 and draft.low_of(b) >= 0 else operation


def tighten(draft: Draft, ref: int, low: int, high: int) -> None:
    """From here on `low <= ref <= high`; with its consequences for what `ref` is computed from."""
    if low <= draft.low_of(ref) and high >= draft.high_of(ref):
        return
    low = max(low, draft.low_of(ref))
    high = min(high, draft.high_of(ref))
    if low > high:
        draft.impossible = True
        return
    if ref < 0:
        return
    _set(draft, ref, low, high)
    if low == high and draft.replacement[ref] == NO_REF:
        draft.replace(ref, draft.int_constant(low))
    _tighten_operand(draft, ref, draft.trace.a[ref], draft.trace.b[ref], low, high)


def _tighten_operand(draft: Draft, ref: int, a: int, b: int, low: int, high: int) -> None:
    """`a + c` inside an interval puts `a` inside another, unless the sum may have wrapped."""
    operation = draft.trace.operations[ref]
    if operation != op.INT_ADD and operation != op.INT_ADD_OVF:
        return
    if b >= 0 or (operation == op.INT_ADD and not cannot_overflow(draft, operation, a, b)):
        return
    constant = draft.word(b)
    tighten(draft, a, _saturated_difference(low, constant), _saturated_difference(high, constant))


def learn(draft: Draft, operation: int, a: int, b: int) -> None:
    """From here on the comparison `operation(a, b)` is true."""
    match operation:
        case op.INT_LT:
            if draft.high_of(b) == MIN_INT or draft.low_of(a) == MAX_INT:
                draft.impossible = True
                return
            tighten(draft, a, MIN_INT, draft.high_of(b) - 1)
            tighten(draft, b, draft.low_of(a) + 1, MAX_INT)
        case op.INT_LE:
            tighten(draft, a, MIN_INT, draft.high_of(b))
            tighten(draft, b, draft.low_of(a), MAX_INT)
        case op.INT_GT:
            learn(draft, op.INT_LT, b, a)
        case op.INT_GE:
            learn(draft, op.INT_LE, b, a)
        case op.INT_EQ:
            low, high = max(draft.low_of(a), draft.low_of(b)), min(draft.high_of(a), draft.high_of(b))
            tighten(draft, a, low, high)
            tighten(draft, b, low, high)
        case op.INT_NE:
            _learn_unequal(draft, a, b)
        case op.INT_FITS:
            end = end_of_bits(draft, b)
            tighten(draft, a, -end, end - 1)
        case op.UINT_LT:
            if draft.low_of(b) >= 0 and draft.high_of(b) > 0:
                tighten(draft, a, 0, draft.high_of(b) - 1)
        case op.UINT_LE:
            if draft.low_of(b) >= 0:
                tighten(draft, a, 0, draft.high_of(b))
        case op.UINT_GT:
            learn(draft, op.UINT_LT, b, a)
        case op.UINT_GE:
            learn(draft, op.UINT_LE, b, a)


def _learn_unequal(draft: Draft, a: int, b: int) -> None:
    """`a != c` at the edge of a's interval moves the edge."""
    if b >= 0:
        return
    constant = draft.word(b)
    low, high = draft.low_of(a), draft.high_of(a)
    if low == constant and low < high:
        tighten(draft, a, low + 1, high)
    elif high == constant and low < high:
        tighten(draft, a, low, high - 1)
