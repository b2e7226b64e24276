"""Rows of limbs: the arithmetic of magnitudes below `BigInteger`.

A limb is a machine word read as unsigned, the least significant one first. 64 bits a limb make one multiplication of the machine worth four of those
with half words; the price is that carries are found by comparison. A *magnitude* is an `Array` whose last limb is not zero, so its length is its size,
and 0 is the empty one; nobody changes a magnitude once it is made. The functions on rows change ranges in place and give what is carried out of them.
"""

from typing import Final

from tracewright.core.arrays import Array, copy_items, unchecked_get, unchecked_set
from tracewright.core.integers import (
    count_leading_zeros,
    ult,
    umul_high,
    urshift,
    wrap_add,
    wrap_lshift,
    wrap_mul,
    wrap_sub,
)

LIMB_BITS: Final = 64


def check_rows(target: Array[int], at: int, source: Array[int], start: int, count: int) -> None:
    """That both ranges of `count` limbs lie inside their rows; the loops below rely on it."""
    if count < 0 or at < 0 or start < 0 or at + count > len(target) or start + count > len(source):
        raise IndexError("limbs out of range")


def add_row(target: Array[int], at: int, source: Array[int], start: int, count: int) -> int:
    """Add `count` limbs of `source` to as many of `target`; gives the carry, 0 or 1."""
    check_rows(target, at, source, start, count)
    carry = 0
    for index in range(count):
        limb = unchecked_get(source, start + index)
        total = wrap_add(limb, carry)
        carry = int(ult(total, carry))
        total = wrap_add(total, unchecked_get(target, at + index))
        carry += int(ult(total, unchecked_get(target, at + index)))
        unchecked_set(target, at + index, total)
    return carry


def subtract_row(target: Array[int], at: int, source: Array[int], start: int, count: int) -> int:
    """Subtract `count` limbs of `source` from as many of `target`; gives the borrow, 0 or 1."""
    check_rows(target, at, source, start, count)
    borrow = 0
    for index in range(count):
        limb = unchecked_get(target, at + index)
        part = unchecked_get(source, start + index)
        rest = wrap_sub(limb, part)
        unchecked_set(target, at + index, wrap_sub(rest, borrow))
        borrow = int(ult(limb, part)) | int(ult(rest, borrow))
    return borrow


def add_carry(target: Array[int], at: int, carry: int) -> None:
    """Add a word at `at` and carry it upwards; the row must have room."""
    while carry != 0:
        total = wrap_add(target[at], carry)
        carry = int(ult(total, carry))
        target[at] = total
        at += 1


def subtract_borrow(target: Array[int], at: int, borrow: int) -> None:
    """Subtract a word at `at` and borrow upwards; the row must not become negative."""
    while borrow != 0:
        limb = target[at]
        target[at] = wrap_sub(limb, borrow)
        borrow = int(ult(limb, borrow))
        at += 1


def multiply_add_row(target: Array[int], at: int, source: Array[int], start: int, count: int, factor: int) -> int:
    """Add `source * factor` to `target`, `count` limbs; gives the limb carried out."""
    check_rows(target, at, source, start, count)
    carry = 0
    for index in range(count):
        limb = unchecked_get(source, start + index)
        low = wrap_mul(limb, factor)
        high = umul_high(limb, factor)
        low = wrap_add(low, carry)
        high = wrap_add(high, int(ult(low, carry)))
        old = unchecked_get(target, at + index)
        low = wrap_add(low, old)
        carry = wrap_add(high, int(ult(low, old)))
        unchecked_set(target, at + index, low)
    return carry


def multiply_subtract_row(target: Array[int], at: int, source: Array[int], start: int, count: int, factor: int) -> int:
    """Subtract `source * factor` from `target`, `count` limbs; gives the limb still to be taken from above."""
    check_rows(target, at, source, start, count)
    borrow = 0
    for index in range(count):
        limb = unchecked_get(source, start + index)
        low = wrap_mul(limb, factor)
        high = umul_high(limb, factor)
        low = wrap_add(low, borrow)
        high = wrap_add(high, int(ult(low, borrow)))
        old = unchecked_get(target, at + index)
        unchecked_set(target, at + index, wrap_sub(old, low))
        borrow = wrap_add(high, int(ult(old, low)))
    return borrow


def scale_row(target: Array[int], count: int, factor: int, addend: int) -> int:
    """Make the first `count` limbs of `target` `factor` times as large, plus `addend`; gives the limb carried out."""
    check_rows(target, 0, target, 0, count)
    carry = addend
    for index in range(count):
        limb = unchecked_get(target, index)
        low = wrap_add(wrap_mul(limb, factor), carry)
        carry = wrap_add(umul_high(limb, factor), int(ult(low, carry)))
        unchecked_set(target, index, low)
    return carry


def compare_rows(a: Array[int], at: int, b: Array[int], start: int, count: int) -> int:
    """-1, 0 or 1 as the range of `a` is less than, equal to or greater than that of `b`."""
    for index in range(count - 1, -1, -1):
        left = a[at + index]
        right = b[start + index]
        if left != right:
            return -1 if ult(left, right) else 1
    return 0


def slice_magnitude(limbs: Array[int], start: int, stop: int) -> Array[int]:
    """The magnitude in `limbs[start:stop]`, cut where the row ends and without zeros at its end."""
    stop = min(stop, len(limbs))
    while stop > start and limbs[stop - 1] == 0:
        stop -= 1
    if start == 0 and stop == len(limbs):
        return limbs
    if stop <= start:
        return Array(0, 0)
    result: Array[int] = Array(stop - start, 0)
    copy_items(limbs, start, result, 0, stop - start)
    return result


def trimmed(limbs: Array[int]) -> Array[int]:
    """The magnitude that a row holds: the row itself where its last limb is not zero."""
    return slice_magnitude(limbs, 0, len(limbs))


def extended(limbs: Array[int], length: int) -> Array[int]:
    """A new row of `length` limbs that begins with the magnitude, the rest zeros."""
    result: Array[int] = Array(length, 0)
    copy_items(limbs, 0, result, 0, len(limbs))
    return result


def magnitude_of_word(word: int) -> Array[int]:
    """The magnitude of an unsigned word."""
    if word == 0:
        return Array(0, 0)
    result: Array[int] = Array(1, 0)
    result[0] = word
    return result


def magnitude_bits(a: Array[int]) -> int:
    """How many bits the magnitude needs; 0 for 0."""
    if len(a) == 0:
        return 0
    return len(a) * LIMB_BITS - count_leading_zeros(a[len(a) - 1])


def compare_magnitudes(a: Array[int], b: Array[int]) -> int:
    """-1, 0 or 1 as `a` is less than, equal to or greater than `b`."""
    if len(a) != len(b):
        return -1 if len(a) < len(b) else 1
    return compare_rows(a, 0, b, 0, len(a))


def add_magnitudes(a: Array[int], b: Array[int]) -> Array[int]:
    """`a + b`."""
    if len(a) < len(b):
        a, b = b, a
    result = extended(a, len(a) + 1)
    add_carry(result, len(b), add_row(result, 0, b, 0, len(b)))
    return trimmed(result)


def subtract_magnitudes(a: Array[int], b: Array[int]) -> Array[int]:
    """`a - b`, where `a >= b`."""
    result = extended(a, len(a))
    subtract_borrow(result, len(b), subtract_row(result, 0, b, 0, len(b)))
    return trimmed(result)


def shift_magnitude_left(a: Array[int], count: int) -> Array[int]:
    """`a * 2**count`."""
    if len(a) == 0:
        return a
    whole = count // LIMB_BITS
    bits = count % LIMB_BITS
    result: Array[int] = Array(len(a) + whole + (1 if bits > count_leading_zeros(a[len(a) - 1]) else 0), 0)
    if bits == 0:
        copy_items(a, 0, result, whole, len(a))
        return result
    below = 0
    for index in range(len(a)):
        limb = unchecked_get(a, index)
        unchecked_set(result, whole + index, wrap_lshift(limb, bits) | below)
        below = urshift(limb, LIMB_BITS - bits)
    if below != 0:
        result[whole + len(a)] = below
    return result


def shift_magnitude_right(a: Array[int], count: int) -> Array[int]:
    """`a // 2**count`."""
    whole = count // LIMB_BITS
    bits = count % LIMB_BITS
    if bits == 0 or whole >= len(a):
        return slice_magnitude(a, whole, len(a)) if whole < len(a) else Array(0, 0)
    count = len(a) - whole
    highest = urshift(a[len(a) - 1], bits)
    result: Array[int] = Array(count if highest != 0 else count - 1, 0)
    for index in range(count - 1):
        limb = urshift(unchecked_get(a, whole + index), bits)
        unchecked_set(result, index, limb | wrap_lshift(unchecked_get(a, whole + index + 1), LIMB_BITS - bits))
    if highest != 0:
        result[count - 1] = highest
    return trimmed(result)


def has_bits_below(a: Array[int], count: int) -> bool:
    """Whether any of the lowest `count` bits is set: whether `shift_magnitude_right` loses something."""
    whole = count // LIMB_BITS
    for index in range(min(whole, len(a))):
        if a[index] != 0:
            return True
    return whole < len(a) and a[whole] & wrap_sub(wrap_lshift(1, count % LIMB_BITS), 1) != 0
