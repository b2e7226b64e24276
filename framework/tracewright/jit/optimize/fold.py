"""Constant folding: the rows' meanings, for operands that are words and floats at hand.

    i4 = int_add(2, 3)        ->  5
    i5 = int_trunc_div(1, 0)  ->  stays: some constants have no result

`core/operations.py` defines each meaning for the hosted tools; this is the same in the dialect, and a test compares the two row by row.
"""

from typing import Final

from tracewright.core import operations as op
from tracewright.core.integers import (
    MIN_INT,
    bits_of_float,
    count_leading_zeros,
    count_ones,
    count_trailing_zeros,
    float_of_bits,
    trunc_div,
    trunc_mod,
    udiv,
    ule,
    ult,
    umod,
    umul_high,
    urshift,
    wrap_add,
    wrap_lshift,
    wrap_mul,
    wrap_neg,
    wrap_sub,
)
from tracewright.core.mathematics import sqrt
from tracewright.core.value import CANONICAL_NAN, DOUBLE_OFFSET, FIRST_POINTER, INT_TAG, SMALL_INT_BITS

# What the operands and the result of a row that folds are.
NO_FOLD: Final = 0
WORDS_TO_WORD: Final = 1
FLOATS_TO_FLOAT: Final = 2
FLOATS_TO_WORD: Final = 3
WORD_TO_FLOAT: Final = 4


def _shape(row: op.Operation) -> int:
    letters = set(row.takes)
    if row.meaning is None or row.guard or not letters or letters & {"#", "*"}:
        return NO_FOLD
    if letters == {"f"}:
        return FLOATS_TO_FLOAT if row.gives == "f" else FLOATS_TO_WORD
    return WORD_TO_FLOAT if row.gives == "f" else WORDS_TO_WORD


SHAPE: Final[list[int]] = [_shape(row) for row in op.TABLE]

SMALL_MIN: Final = -(1 << (SMALL_INT_BITS - 1))
SMALL_MAX: Final = (1 << (SMALL_INT_BITS - 1)) - 1
_SPARE_BITS: Final = 64 - SMALL_INT_BITS


def has_result(operation: int, x: int, y: int) -> bool:
    """Whether the row's meaning covers these words."""
    match operation:
        case op.INT_TRUNC_DIV | op.INT_TRUNC_MOD | op.UINT_DIV | op.UINT_MOD:
            return y != 0
        case op.INT_LSHIFT | op.INT_RSHIFT | op.UINT_RSHIFT:
            return 0 <= y <= 63
    return True


def small_word(number: int) -> int:
    """The word of a Value that is a small int."""
    return (number & ((1 << SMALL_INT_BITS) - 1)) | INT_TAG


def fold_words(operation: int, x: int, y: int) -> int:
    """The result of a WORDS_TO_WORD row; `y` is ignored by rows of one operand."""
    if op.INT_EQ <= operation <= op.UINT_GE:
        return 1 if _compare(operation, x, y) else 0
    if operation > op.UINT_GE:
        return _fold_value(operation, x, y)
    match operation:
        case op.INT_ADD:
            return wrap_add(x, y)
        case op.INT_SUB:
            return wrap_sub(x, y)
        case op.INT_MUL:
            return wrap_mul(x, y)
        case op.INT_NEG:
            return wrap_neg(x)
        case op.INT_INVERT:
            return ~x
        case op.INT_AND:
            return x & y
        case op.INT_OR:
            return x | y
        case op.INT_XOR:
            return x ^ y
        case op.INT_LSHIFT:
            return wrap_lshift(x, y)
        case op.INT_RSHIFT:
            return x >> y
        case op.UINT_RSHIFT:
            return urshift(x, y)
    return _fold_rare(operation, x, y)


def _fold_rare(operation: int, x: int, y: int) -> int:
    match operation:
        case op.INT_TRUNC_DIV:
            return trunc_div(x, y)
        case op.INT_TRUNC_MOD:
            return trunc_mod(x, y)
        case op.UINT_DIV:
            return udiv(x, y)
        case op.UINT_MOD:
            return umod(x, y)
        case op.UINT_MUL_HIGH:
            return umul_high(x, y)
        case op.INT_CLZ:
            return count_leading_zeros(x)
        case op.INT_CTZ:
            return count_trailing_zeros(x)
        case op.INT_POPCOUNT:
            return count_ones(x)
    raise NotImplementedError("no folding for this row")


def _compare(operation: int, x: int, y: int) -> bool:
    match operation:
        case op.INT_EQ:
            return x == y
        case op.INT_NE:
            return x != y
        case op.INT_LT:
            return x < y
        case op.INT_LE:
            return x <= y
        case op.INT_GT:
            return x > y
        case op.INT_GE:
            return x >= y
        case op.UINT_LT:
            return ult(x, y)
        case op.UINT_LE:
            return ule(x, y)
        case op.UINT_GT:
            return ult(y, x)
    return ule(y, x)


def _fold_value(operation: int, x: int, y: int) -> int:
    match operation:
        case op.WORD_OF | op.REF_OF:
            return x
        case op.REF_EQ:
            return 1 if x == y else 0
        case op.REF_NE:
            return 1 if x != y else 0
        case op.VALUE_IS_SMALL:
            return 1 if ule(INT_TAG, x) else 0
        case op.VALUE_SMALL:
            return wrap_lshift(x, _SPARE_BITS) >> _SPARE_BITS
        case op.VALUE_IS_FLOAT:
            return 1 if ule(DOUBLE_OFFSET, x) and ult(x, INT_TAG) else 0
        case op.VALUE_IS_REF:
            return 1 if ule(FIRST_POINTER, x) and ult(x, 1 << 48) else 0
    raise NotImplementedError("no folding for this row")


def fold_floats(operation: int, x: float, y: float) -> float:
    """The result of a FLOATS_TO_FLOAT row."""
    match operation:
        case op.FLOAT_ADD:
            return x + y
        case op.FLOAT_SUB:
            return x - y
        case op.FLOAT_MUL:
            return x * y
        case op.FLOAT_DIV:
            return _divide(x, y)
        case op.FLOAT_NEG:
            return -x
        case op.FLOAT_ABS:
            return abs(x)
        case op.FLOAT_SQRT:
            return sqrt(x) if x >= 0.0 else float_of_bits(CANONICAL_NAN)
    raise NotImplementedError("no folding for this row")


def _divide(x: float, y: float) -> float:
    """IEEE division, which `/` is not: that raises for a zero divisor."""
    if y != 0.0:
        return x / y
    if x == 0.0 or x != x:
        return float_of_bits(CANONICAL_NAN)
    negative = (bits_of_float(x) < 0) != (bits_of_float(y) < 0)
    return float_of_bits(-(1 << 52)) if negative else float_of_bits(0x7FF << 52)


def fold_floats_to_word(operation: int, x: float, y: float) -> int:
    """The result of a FLOATS_TO_WORD row."""
    match operation:
        case op.FLOAT_EQ:
            return 1 if x == y else 0
        case op.FLOAT_NE:
            return 1 if x != y else 0
        case op.FLOAT_LT:
            return 1 if x < y else 0
        case op.FLOAT_LE:
            return 1 if x <= y else 0
        case op.FLOAT_GT:
            return 1 if x > y else 0
        case op.FLOAT_GE:
            return 1 if x >= y else 0
        case op.FLOAT_TO_INT:
            return int(x) if -9223372036854775808.0 <= x < 9223372036854775808.0 else MIN_INT
        case op.FLOAT_BITS:
            return bits_of_float(x)
        case op.VALUE_OF_FLOAT:
            return wrap_add(CANONICAL_NAN if x != x else bits_of_float(x), DOUBLE_OFFSET)
    raise NotImplementedError("no folding for this row")


def fold_to_float(operation: int, x: int) -> float:
    """The result of a WORD_TO_FLOAT row."""
    match operation:
        case op.INT_TO_FLOAT:
            return float(x)
        case op.BITS_FLOAT:
            return float_of_bits(x)
        case op.VALUE_FLOAT:
            return float_of_bits(wrap_sub(x, DOUBLE_OFFSET))
    raise NotImplementedError("no folding for this row")
