"""What the pure rows of the operation table compute, on words: a double is its bits, a bool 0 or 1.

    compute(INT_ADD, 2, 3)       ->  5
    has_result(INT_TRUNC_DIV, 1, 0)  ->  False

The recorder computes with it what happens, the optimizer folds constants with it. `core/operations.py` defines each meaning for
the hosted tools; this is the same in the dialect, and a test compares the two row by row.
"""

from typing import Final

from tracewright.core import operations as ops
from tracewright.core import roles
from tracewright.core.arrays import Array, array_of
from tracewright.core.integers import (
    MAX_INT,
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
from tracewright.core.operation_row import Operation
from tracewright.core.operation_tables import JITCODE_OPERATIONS
from tracewright.core.operations import TABLE
from tracewright.core.value import CANONICAL_NAN, DOUBLE_OFFSET, FIRST_POINTER, INT_TAG, SMALL_INT_BITS

# How a row is computed; IMPURE rows are not, nor are those that choose (`optimize/selects.py`).
IMPURE: Final = 0
INT_UNARY: Final = 1
INT_BINARY: Final = 2
FLOAT_UNARY: Final = 3
FLOAT_BINARY: Final = 4
FLOAT_COMPARE: Final = 5
CONVERSION: Final = 6  # one operand; its kind or the result's is not int

_GROUPS: Final = {
    ("i", "i"): INT_UNARY,
    ("ii", "i"): INT_BINARY,
    ("f", "f"): FLOAT_UNARY,
    ("ff", "f"): FLOAT_BINARY,
    ("ff", "i"): FLOAT_COMPARE,
    ("rr", "i"): INT_BINARY,
}


def _group(operation: Operation) -> int:
    if operation.meaning is None or operation.role != roles.PURE or len(operation.takes) > 2:
        return IMPURE
    return _GROUPS.get((operation.takes, operation.gives), CONVERSION)


# None of the further operations that jitcode has is pure.
GROUP: Final[Array[int]] = array_of([_group(row) for row in TABLE] + [IMPURE] * (JITCODE_OPERATIONS - len(TABLE)))


SMALL_MIN: Final = -(1 << (SMALL_INT_BITS - 1))
SMALL_MAX: Final = (1 << (SMALL_INT_BITS - 1)) - 1


def has_result(operation: int, a: int, b: int) -> bool:
    """Whether the meaning of a pure row covers these words: machine code is not to compute it for others."""
    match operation:
        case ops.INT_TRUNC_DIV | ops.INT_TRUNC_MOD | ops.UINT_DIV | ops.UINT_MOD:
            return b != 0
        case ops.NATURAL_DIV | ops.NATURAL_MOD:
            return a >= 0 and b > 0
        case ops.INT_LSHIFT | ops.INT_RSHIFT | ops.UINT_RSHIFT:
            return 0 <= b <= 63
        case ops.INT_FITS:
            return 34 <= b <= 63
    return True


def operand_count(group: int) -> int:
    """How many operands the rows of a group take."""
    return 2 if group == INT_BINARY or group == FLOAT_BINARY or group == FLOAT_COMPARE else 1


def compute(operation: int, a: int, b: int) -> int:
    """The result of a pure row; `b` is ignored where there is one operand."""
    group = GROUP[operation]
    if group == INT_BINARY:
        return _int_binary(operation, a, b)
    if group == INT_UNARY:
        return _int_unary(operation, a)
    if group == CONVERSION:
        return _conversion(operation, a)
    if group == FLOAT_BINARY:
        return bits_of_float(_float_binary(operation, float_of_bits(a), float_of_bits(b)))
    if group == FLOAT_COMPARE:
        return int(_float_compare(operation, float_of_bits(a), float_of_bits(b)))
    if group == FLOAT_UNARY:
        return bits_of_float(_float_unary(operation, float_of_bits(a)))
    raise AssertionError("not a pure operation")


def _int_binary(operation: int, a: int, b: int) -> int:
    match operation:
        case ops.INT_ADD:
            return wrap_add(a, b)
        case ops.INT_SUB:
            return wrap_sub(a, b)
        case ops.INT_MUL:
            return wrap_mul(a, b)
        case ops.INT_AND:
            return a & b
        case ops.INT_OR:
            return a | b
        case ops.INT_XOR:
            return a ^ b
        case ops.INT_LSHIFT:
            return wrap_lshift(a, b)
        case ops.INT_RSHIFT:
            return a >> b
        case ops.UINT_RSHIFT:
            return urshift(a, b)
        case ops.INT_TRUNC_DIV | ops.NATURAL_DIV:
            return trunc_div(a, b)
        case ops.INT_TRUNC_MOD | ops.NATURAL_MOD:
            return trunc_mod(a, b)
        case ops.UINT_DIV:
            return udiv(a, b)
        case ops.UINT_MOD:
            return umod(a, b)
        case ops.UINT_MUL_HIGH:
            return umul_high(a, b)
        case ops.INT_FITS:
            return int(-(1 << (b - 1)) <= a < 1 << (b - 1))
        case _:
            return int(_int_compare(operation, a, b))


def _int_compare(operation: int, a: int, b: int) -> bool:
    match operation:
        case ops.INT_EQ | ops.REF_EQ:
            return a == b
        case ops.INT_NE | ops.REF_NE:
            return a != b
        case ops.INT_LT:
            return a < b
        case ops.INT_LE:
            return a <= b
        case ops.INT_GT:
            return a > b
        case ops.INT_GE:
            return a >= b
        case ops.UINT_LT:
            return ult(a, b)
        case ops.UINT_LE:
            return ule(a, b)
        case ops.UINT_GT:
            return ult(b, a)
        case ops.UINT_GE:
            return ule(b, a)
        case _:
            raise AssertionError("an int operation without a meaning here")


def _int_unary(operation: int, a: int) -> int:
    match operation:
        case ops.INT_NEG:
            return wrap_neg(a)
        case ops.INT_INVERT:
            return ~a
        case ops.SAME_INT:
            return a
        case ops.INT_CLZ:
            return count_leading_zeros(a)
        case ops.INT_CTZ:
            return count_trailing_zeros(a)
        case ops.INT_POPCOUNT:
            return count_ones(a)
        case _:
            raise AssertionError("an int operation without a meaning here")


def _float_binary(operation: int, a: float, b: float) -> float:
    match operation:
        case ops.FLOAT_ADD:
            return a + b
        case ops.FLOAT_SUB:
            return a - b
        case ops.FLOAT_MUL:
            return a * b
        case ops.FLOAT_DIV:
            return ieee_divide(a, b)
        case _:
            raise AssertionError("a float operation without a meaning here")


def ieee_divide(a: float, b: float) -> float:
    """Division as the machine does it: infinities and NaN instead of an exception."""
    if b != 0.0:
        return a / b
    if a == 0.0 or a != a:
        return float_of_bits(CANONICAL_NAN)
    sign = (bits_of_float(a) ^ bits_of_float(b)) < 0
    return float_of_bits(_NEGATIVE_INFINITY if sign else _INFINITY)


_INFINITY: Final = 0x7FF0 << 48
_NEGATIVE_INFINITY: Final = -(1 << 52)


def _float_compare(operation: int, a: float, b: float) -> bool:
    match operation:
        case ops.FLOAT_EQ:
            return a == b
        case ops.FLOAT_NE:
            return a != b
        case ops.FLOAT_LT:
            return a < b
        case ops.FLOAT_LE:
            return a <= b
        case ops.FLOAT_GT:
            return a > b
        case ops.FLOAT_GE:
            return a >= b
        case _:
            raise AssertionError("a comparison without a meaning here")


def _float_unary(operation: int, a: float) -> float:
    match operation:
        case ops.FLOAT_NEG:
            return float_of_bits(bits_of_float(a) ^ MIN_INT)
        case ops.FLOAT_ABS:
            return float_of_bits(bits_of_float(a) & MAX_INT)
        case ops.SAME_FLOAT:
            return a
        case ops.FLOAT_SQRT:
            return sqrt(a) if a >= 0.0 else float_of_bits(CANONICAL_NAN)
        case _:
            raise AssertionError("a float operation without a meaning here")


def _conversion(operation: int, a: int) -> int:
    match operation:
        case ops.WORD_OF | ops.REF_OF | ops.SAME_REF | ops.FLOAT_BITS | ops.BITS_FLOAT:
            return a
        case ops.INT_TO_FLOAT:
            return bits_of_float(float(a))
        case ops.FLOAT_TO_INT:
            return _truncated(float_of_bits(a))
        case ops.VALUE_IS_SMALL:
            return int(is_small_word(a))
        case ops.VALUE_SMALL:
            return wrap_lshift(a, 64 - SMALL_INT_BITS) >> (64 - SMALL_INT_BITS)
        case ops.VALUE_OF_SMALL:
            return a | INT_TAG
        case ops.VALUE_IS_FLOAT:
            return int(is_float_word(a))
        case ops.VALUE_FLOAT:
            return wrap_sub(a, DOUBLE_OFFSET)
        case ops.VALUE_OF_FLOAT:
            number = float_of_bits(a)
            return wrap_add(a if number == number else CANONICAL_NAN, DOUBLE_OFFSET)
        case ops.VALUE_IS_REF:
            return int(is_pointer_word(a))
        case _:
            raise AssertionError("a conversion without a meaning here")


def _truncated(number: float) -> int:
    """The int nearest to zero; the smallest word for NaN and for what does not fit."""
    if number >= -9223372036854775808.0 and number < 9223372036854775808.0:
        return int(number)
    return MIN_INT


def small_word(number: int) -> int:
    """The word of a Value that is a small int."""
    return (number & ((1 << SMALL_INT_BITS) - 1)) | INT_TAG


def is_small_word(word: int) -> bool:
    """Whether a Value's word holds an int itself."""
    return ule(INT_TAG, word)


def is_float_word(word: int) -> bool:
    """Whether a Value's word is a double."""
    return ule(DOUBLE_OFFSET, word) and ult(word, INT_TAG)


def is_pointer_word(word: int) -> bool:
    """Whether a Value's word is the address of an object or of a boxed int."""
    return word >= FIRST_POINTER and word < 1 << 48
