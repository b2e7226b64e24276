"""Quotients of whole numbers as doubles: what is asked of them is answered by the numbers themselves.

    f2 = int_to_float(i1)                   (i1 is 0 or more)
    f3 = float_div(f2, 10.0)
    i4 = float_to_int(f3)             ->    i4 = int_trunc_div(i1, 10)
    f5 = int_to_float(i4)
    i6 = float_gt(f5, f3)             ->    0: the quotient rounded towards zero is not above it (`floor` asks)
    i7 = float_eq(f5, f3)             ->    i7 = int_eq(int_trunc_mod(i1, 10), 0)
    i8 = int_lt(float_bits(f3), 0)    ->    0

Why that is so although f3 is rounded: a quotient x / c that is not whole is at least 1 / c away from a whole number y. Rounding could
bring it there only if 1 / c were at most half the distance between doubles near y, at most abs(y) / 2**53; then abs(y * c) would be 2**53
or more, and here abs(x) and c are at most 2**51. Whole numbers up to 2**53 are doubles, and rounding keeps order.

A division by a power of two is a multiplication, which is exact wherever the division is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tracewright.core import operations as op
from tracewright.core.integers import truncated
from tracewright.jit.optimize.draft import NO_REF, Draft

if TYPE_CHECKING:
    from tracewright.jit.optimize.emit import ForwardPass

_LARGEST: Final = 1 << 51  # of dividends and divisors
_LARGEST_COMPARED: Final = 1 << 52  # of products that a dividend is compared with
_NO_RATIO: Final = 0

_FRACTION_BITS: Final = 52
_FRACTION: Final = (1 << _FRACTION_BITS) - 1
_EXPONENTS: Final = 0x7FF
_TWICE_BIAS: Final = 2046  # the exponents of a power of two and of its reciprocal, as they are stored, make this


def simplify(emitter: ForwardPass, operation: int, a: int, b: int) -> int:
    """The known or cheaper result of a row, or NO_REF."""
    draft = emitter.draft
    match operation:
        case op.FLOAT_TO_INT:
            divisor = _divisor(draft, a)
            if divisor != _NO_RATIO:
                return _quotient(emitter, _dividend(draft, a), divisor)
        case op.FLOAT_DIV:
            if b < 0 and _has_reciprocal(draft.word(b)):
                return emitter.emit(op.FLOAT_MUL, a, draft.float_constant_of_bits(_reciprocal(draft.word(b))))
        case op.INT_LT | op.INT_GE:
            if a > draft.floor and draft.operation(a) == op.FLOAT_BITS and draft.is_int_constant(b, 0):
                number = draft.trace.a[a]
                if _divisor(draft, number) != _NO_RATIO:
                    return emitter.emit(operation, _dividend(draft, number), b)
        case op.FLOAT_EQ:
            return _compared(emitter, a, b, op.INT_EQ, op.INT_EQ)
        case op.FLOAT_NE:
            return _compared(emitter, a, b, op.INT_NE, op.INT_NE)
        case op.FLOAT_LT:
            return _compared(emitter, a, b, op.INT_LT, op.INT_GT)
        case op.FLOAT_LE:
            return _compared(emitter, a, b, op.INT_LE, op.INT_GE)
        case op.FLOAT_GT:
            return _compared(emitter, a, b, op.INT_GT, op.INT_LT)
        case op.FLOAT_GE:
            return _compared(emitter, a, b, op.INT_GE, op.INT_LE)
    return NO_REF


def _compared(emitter: ForwardPass, a: int, b: int, relation: int, swapped: int) -> int:
    """Two doubles of which one is a quotient or a whole number and the other a whole number."""
    draft = emitter.draft
    if a < 0 and b < 0:
        return NO_REF
    divisor, other = _divisor(draft, a), _divisor(draft, b)
    if divisor == _NO_RATIO or other == _NO_RATIO:
        return NO_REF
    x, y = _dividend(draft, a), _dividend(draft, b)
    if other != 1:
        x, y, relation = y, x, swapped
        divisor, other = other, divisor
    if other != 1 or not _is_within(draft, y, _LARGEST_COMPARED // divisor):
        return NO_REF
    if divisor == 1:
        return emitter.emit(relation, x, y)
    constant = draft.int_constant(divisor)
    if y >= 0 and y == _quotient(emitter, x, divisor):
        return emitter.emit(relation, emitter.emit(op.INT_TRUNC_MOD, x, constant), draft.int_constant(0))
    return emitter.emit(relation, x, emitter.emit(op.INT_MUL, y, constant))


def _quotient(emitter: ForwardPass, dividend: int, divisor: int) -> int:
    """Rounded towards zero."""
    return emitter.emit(op.INT_TRUNC_DIV, dividend, emitter.int_constant(divisor))


def _divisor(draft: Draft, ref: int) -> int:
    """c where the double is `x / c` for an int x (`_dividend`); 1 where it is x; _NO_RATIO where nobody can tell. Nothing of an earlier turn is looked into."""
    if ref < 0:
        return 1 if _is_whole(draft.float_of(ref)) else _NO_RATIO
    if ref <= draft.floor:
        return _NO_RATIO
    trace = draft.trace
    a, b = trace.a[ref], trace.b[ref]
    match trace.operations[ref]:
        case op.INT_TO_FLOAT:
            return 1 if _is_within(draft, a, _LARGEST) else _NO_RATIO
        case op.FLOAT_DIV | op.FLOAT_MUL:
            if b >= 0 or a <= draft.floor or a < 0 or trace.operations[a] != op.INT_TO_FLOAT:
                return _NO_RATIO
            if not _is_within(draft, trace.a[a], _LARGEST):
                return _NO_RATIO
            bits = draft.word(b)
            if trace.operations[ref] == op.FLOAT_MUL:
                if not _has_reciprocal(bits):
                    return _NO_RATIO
                b = draft.float_constant_of_bits(_reciprocal(bits))
            divisor = draft.float_of(b)
            return truncated(divisor) if _is_whole(divisor) and divisor >= 1.0 else _NO_RATIO
    return _NO_RATIO


def _dividend(draft: Draft, ref: int) -> int:
    """The int that a whole number or a quotient comes from."""
    if ref < 0:
        return draft.int_constant(truncated(draft.float_of(ref)))
    trace = draft.trace
    number = trace.a[ref]
    return draft.current(number if trace.operations[ref] == op.INT_TO_FLOAT else trace.a[number])


def _is_whole(number: float) -> bool:
    """Whether it is a whole number that is not too large."""
    return -float(_LARGEST) <= number <= float(_LARGEST) and float(truncated(number)) == number


def _is_within(draft: Draft, ref: int, most: int) -> bool:
    return draft.low_of(ref) >= -most and draft.high_of(ref) <= most


def _has_reciprocal(bits: int) -> bool:
    """Whether these are the bits of a power of two, of either sign, whose reciprocal is a normal number."""
    exponent = (bits >> _FRACTION_BITS) & _EXPONENTS
    return bits & _FRACTION == 0 and 1 <= exponent < _TWICE_BIAS


def _reciprocal(bits: int) -> int:
    """The bits of 1 / x for a power of two."""
    exponent = (bits >> _FRACTION_BITS) & _EXPONENTS
    return bits ^ ((exponent ^ (_TWICE_BIAS - exponent)) << _FRACTION_BITS)
