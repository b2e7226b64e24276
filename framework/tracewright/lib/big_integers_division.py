"""Quotients of magnitudes: digit by digit for short divisors, by halves (Burnikel and Ziegler) for long ones.

The machine divides words by words only. A double word is divided by multiplying with a reciprocal made once per divisor
(Möller and Granlund, "Improved division by invariant integers", 2011); no division is left in the loops.
"""

from typing import Final, NamedTuple

from tracewright.core.arrays import Array, copy_items, unchecked_get, unchecked_set
from tracewright.core.integers import (
    count_leading_zeros,
    udiv,
    ule,
    ult,
    umul_high,
    urshift,
    wrap_add,
    wrap_lshift,
    wrap_mul,
    wrap_sub,
)
from tracewright.lib.big_integers_limbs import (
    LIMB_BITS,
    add_magnitudes,
    add_row,
    compare_magnitudes,
    extended,
    magnitude_of_word,
    multiply_subtract_row,
    shift_magnitude_left,
    shift_magnitude_right,
    slice_magnitude,
    subtract_magnitudes,
    trimmed,
)
from tracewright.lib.big_integers_products import multiply_magnitudes

HALF_BITS: Final = 32
HALF_MASK: Final = (1 << 32) - 1
HALVING_LIMBS: Final = 80  # limbs of divisor and quotient from which products of halves take less time


class Division(NamedTuple):
    """A quotient and what is left over."""

    quotient: Array[int]
    remainder: Array[int]


class WordDivision(NamedTuple):
    """A quotient and what is left over, each an unsigned word."""

    quotient: int
    remainder: int


def divide_magnitudes(a: Array[int], b: Array[int]) -> Division:
    """`a // b` and `a % b`; `b` is not 0."""
    if compare_magnitudes(a, b) < 0:
        return Division(Array(0, 0), a)
    if len(b) == 1:
        quotient = extended(a, len(a))
        remainder = divide_row(quotient, len(a), b[0])
        return Division(trimmed(quotient), magnitude_of_word(remainder))
    if len(b) < HALVING_LIMBS or len(a) - len(b) < HALVING_LIMBS:
        return _divide_by_digits(a, b)
    return _divide_by_blocks(a, b)


def reciprocal_of_word(divisor: int) -> int:
    """`(2**128 - 1) // divisor - 2**64` for a divisor with its highest bit set."""
    # That is the double word (~divisor, -1) divided by the divisor: two digits of half a word each.
    high_half = urshift(divisor, HALF_BITS)
    first = _half_digit(~divisor, HALF_MASK, high_half, divisor & HALF_MASK)
    rest = wrap_sub(wrap_add(wrap_lshift(~divisor, HALF_BITS), HALF_MASK), wrap_mul(first, divisor))
    second = _half_digit(rest, HALF_MASK, high_half, divisor & HALF_MASK)
    return wrap_add(wrap_lshift(first, HALF_BITS), second)


def _half_digit(high: int, low_half: int, divisor_high: int, divisor_low: int) -> int:
    """One digit of half a word: `high * 2**32 + low_half` divided by the two halves of a divisor."""
    digit = udiv(high, divisor_high)
    rest = wrap_sub(high, wrap_mul(digit, divisor_high))
    # The guess is at most two too high; beyond half a word the remainder says that it no longer is.
    while ult(HALF_MASK, digit) or ult(wrap_lshift(rest, HALF_BITS) | low_half, wrap_mul(digit, divisor_low)):
        digit = wrap_sub(digit, 1)
        rest = wrap_add(rest, divisor_high)
        if ult(HALF_MASK, rest):
            break
    return digit


def divide_double_word(high: int, low: int, divisor: int, reciprocal: int) -> WordDivision:
    """`high * 2**64 + low` divided by a divisor with its highest bit set and its reciprocal; `high < divisor`."""
    product = wrap_mul(reciprocal, high)
    fraction = wrap_add(product, low)
    quotient = wrap_add(wrap_add(umul_high(reciprocal, high), high), int(ult(fraction, low)))
    quotient = wrap_add(quotient, 1)
    remainder = wrap_sub(low, wrap_mul(quotient, divisor))
    if ult(fraction, remainder):
        quotient = wrap_sub(quotient, 1)
        remainder = wrap_add(remainder, divisor)
    if ule(divisor, remainder):
        quotient = wrap_add(quotient, 1)
        remainder = wrap_sub(remainder, divisor)
    return WordDivision(quotient, remainder)


def divide_row(limbs: Array[int], count: int, divisor: int) -> int:
    """Divide the first `count` limbs in place by a word that is not 0; gives the remainder."""
    shift = count_leading_zeros(divisor)
    normal = wrap_lshift(divisor, shift)
    reciprocal = reciprocal_of_word(normal)
    if count == 0:
        return 0
    # The dividend is shifted along: what leaves a limb at its top is the rest's lowest part.
    remainder = urshift(limbs[count - 1], LIMB_BITS - shift) if shift > 0 else 0
    for index in range(count - 1, -1, -1):
        limb = limbs[index]
        if shift > 0:
            below = urshift(limbs[index - 1], LIMB_BITS - shift) if index > 0 else 0
            limb = wrap_lshift(limb, shift) | below
        part = divide_double_word(remainder, limb, normal, reciprocal)
        limbs[index] = part.quotient
        remainder = part.remainder
    return urshift(remainder, shift)


def _divide_by_digits(a: Array[int], b: Array[int]) -> Division:
    """Knuth's algorithm D; `b` has two limbs or more, and `a >= b`."""
    shift = count_leading_zeros(b[len(b) - 1])
    divisor = shift_magnitude_left(b, shift)
    count = len(divisor)
    rest = _shifted_row(a, shift)
    quotient: Array[int] = Array(len(a) + 1 - count, 0)
    top = divisor[count - 1]
    second = divisor[count - 2]
    reciprocal = reciprocal_of_word(top)
    for place in range(len(a) - count, -1, -1):
        digit = _quotient_digit(rest, place + count, top, second, reciprocal)
        high = rest[place + count]
        borrow = multiply_subtract_row(rest, place, divisor, 0, count, digit)
        rest[place + count] = 0
        if ult(high, borrow):  # one too high, seldom
            digit = wrap_sub(digit, 1)
            add_row(rest, place, divisor, 0, count)
        quotient[place] = digit
    return Division(trimmed(quotient), _shifted_back(rest, count, shift))


def _shifted_row(a: Array[int], bits: int) -> Array[int]:
    """`a * 2**bits`, where `bits` is less than LIMB_BITS, with one limb more than `a` has."""
    result: Array[int] = Array(len(a) + 1, 0)
    if bits == 0:
        copy_items(a, 0, result, 0, len(a))
        return result
    below = 0
    for index in range(len(a)):
        limb = unchecked_get(a, index)
        unchecked_set(result, index, wrap_lshift(limb, bits) | below)
        below = urshift(limb, LIMB_BITS - bits)
    result[len(a)] = below
    return result


def _shifted_back(row: Array[int], count: int, bits: int) -> Array[int]:
    """The first `count` limbs without their lowest `bits`, which are fewer than LIMB_BITS, as a magnitude."""
    while count > 0 and row[count - 1] == 0:
        count -= 1
    if bits == 0 or count == 0:
        return slice_magnitude(row, 0, count)
    above = urshift(row[count - 1], bits)
    result: Array[int] = Array(count if above != 0 else count - 1, 0)
    for index in range(count - 1):
        limb = urshift(unchecked_get(row, index), bits)
        unchecked_set(result, index, limb | wrap_lshift(unchecked_get(row, index + 1), LIMB_BITS - bits))
    if above != 0:
        result[count - 1] = above
    return result


def _quotient_digit(rest: Array[int], place: int, top: int, second: int, reciprocal: int) -> int:
    """The digit that the three limbs of `rest` up to `place` and the two highest of the divisor say: right or one too high."""
    high = rest[place]
    middle = rest[place - 1]
    if high == top:
        digit = -1
        remainder = wrap_add(middle, top)
        if ult(remainder, top):
            return digit
    else:
        part = divide_double_word(high, middle, top, reciprocal)
        digit = part.quotient
        remainder = part.remainder
    while True:
        product_high = umul_high(digit, second)
        if ult(product_high, remainder):
            return digit
        if product_high == remainder and ule(wrap_mul(digit, second), rest[place - 2]):
            return digit
        digit = wrap_sub(digit, 1)
        remainder = wrap_add(remainder, top)
        if ult(remainder, top):
            return digit


def _divide_by_blocks(a: Array[int], b: Array[int]) -> Division:
    """Long division with digits as long as the divisor, each found by halves."""
    pieces = 1
    while (len(b) + pieces - 1) // pieces >= HALVING_LIMBS:
        pieces += pieces
    size = (len(b) + pieces - 1) // pieces * pieces  # so that it can be halved down to short divisions
    shift = (size - len(b)) * LIMB_BITS + count_leading_zeros(b[len(b) - 1])
    divisor = shift_magnitude_left(b, shift)
    dividend = shift_magnitude_left(a, shift)
    blocks = len(dividend) // size + 1
    quotient: Array[int] = Array(blocks * size, 0)
    rest: Array[int] = Array(0, 0)
    for block in range(blocks - 1, -1, -1):
        part = _divide_two_by_one(
            _joined(rest, slice_magnitude(dividend, block * size, block * size + size), size), divisor, size
        )
        copy_items(part.quotient, 0, quotient, block * size, len(part.quotient))
        rest = part.remainder
    return Division(trimmed(quotient), shift_magnitude_right(rest, shift))


def _divide_two_by_one(a: Array[int], b: Array[int], size: int) -> Division:
    """`a` of at most `2 * size` limbs by `b` of `size` limbs, its highest bit set; the quotient has at most `size` limbs."""
    if size % 2 == 1 or size < HALVING_LIMBS:
        if compare_magnitudes(a, b) < 0:
            return Division(Array(0, 0), a)
        return _divide_by_digits(a, b)
    half = size // 2
    upper = _divide_three_by_two(slice_magnitude(a, half, len(a)), b, half)
    lower = _divide_three_by_two(_joined(upper.remainder, slice_magnitude(a, 0, half), half), b, half)
    return Division(_joined(upper.quotient, lower.quotient, half), lower.remainder)


def _divide_three_by_two(a: Array[int], b: Array[int], half: int) -> Division:
    """`a` of at most three halves by `b` of two; the quotient has at most one."""
    b_high = slice_magnitude(b, half, len(b))
    b_low = slice_magnitude(b, 0, half)
    a_high = slice_magnitude(a, half, len(a))
    if compare_magnitudes(slice_magnitude(a, half + half, len(a)), b_high) < 0:
        part = _divide_two_by_one(a_high, b_high, half)
        quotient, rest = part.quotient, part.remainder
    else:  # the highest halves are equal: the largest digit there is
        quotient = Array(half, -1)
        rest = add_magnitudes(subtract_magnitudes(a_high, _joined(b_high, Array(0, 0), half)), b_high)
    rest = _joined(rest, slice_magnitude(a, 0, half), half)
    product = multiply_magnitudes(quotient, b_low)
    while compare_magnitudes(rest, product) < 0:  # at most twice
        quotient = subtract_magnitudes(quotient, magnitude_of_word(1))
        rest = add_magnitudes(rest, b)
    return Division(quotient, subtract_magnitudes(rest, product))


def _joined(high: Array[int], low: Array[int], size: int) -> Array[int]:
    """`high * 2**(64 * size) + low`, where `low` has at most `size` limbs."""
    if len(high) == 0:
        return low
    result: Array[int] = Array(size + len(high), 0)
    copy_items(low, 0, result, 0, len(low))
    copy_items(high, 0, result, size, len(high))
    return result
