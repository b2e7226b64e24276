"""Products of magnitudes: row by row for short ones, by Karatsuba's three half products for long ones."""

from typing import Final

from tracewright.core.arrays import Array
from tracewright.lib.big_integers_limbs import (
    add_carry,
    add_row,
    compare_rows,
    multiply_add_row,
    subtract_borrow,
    subtract_row,
    trimmed,
)

# Limbs of the shorter factor from which three half products, with what they need besides, take less time than four.
KARATSUBA_LIMBS: Final = 36


def multiply_magnitudes(a: Array[int], b: Array[int]) -> Array[int]:
    """`a * b`."""
    if len(a) == 0 or len(b) == 0:
        return Array(0, 0)
    result: Array[int] = Array(len(a) + len(b), 0)
    _multiply(result, 0, a, 0, len(a), b, 0, len(b))
    return trimmed(result)


def _multiply(target: Array[int], at: int, a: Array[int], i: int, n: int, b: Array[int], j: int, m: int) -> None:
    """Put `a[i : i + n] * b[j : j + m]` into the `n + m` limbs of `target` from `at`, which are 0."""
    if n < m:
        _multiply(target, at, b, j, m, a, i, n)
    elif m < KARATSUBA_LIMBS:
        for row in range(m):
            target[at + row + n] = multiply_add_row(target, at + row, a, i, n, b[j + row])
    elif n >= m + m:
        _multiply_in_pieces(target, at, a, i, n, b, j, m)
    else:
        half = (n + 1) // 2
        if m <= half:  # only where one limb more or less decides
            _multiply_in_pieces(target, at, a, i, n, b, j, m)
        else:
            _multiply_by_halves(target, at, a, i, n, b, j, m, half)


def _multiply_in_pieces(
    target: Array[int], at: int, a: Array[int], i: int, n: int, b: Array[int], j: int, m: int
) -> None:
    """As `_multiply`, where `a` is much longer: pieces of `a` as long as `b`, one after the other."""
    product: Array[int] = Array(m + m, 0)
    done = 0
    while done < n:
        count = min(m, n - done)
        for index in range(count + m):
            product[index] = 0
        _multiply(product, 0, a, i + done, count, b, j, m)
        # The carry goes no further: the limbs above are still 0, and the sum is less than what they can hold.
        carry = add_row(target, at + done, product, 0, count + m)
        assert carry == 0
        done += count


def _multiply_by_halves(
    target: Array[int], at: int, a: Array[int], i: int, n: int, b: Array[int], j: int, m: int, half: int
) -> None:
    """Karatsuba: with a = a1 * B + a0 and b = b1 * B + b0, B the power of two of `half` limbs, the product is

    a1 * b1 * B**2 + (a1 * b1 + a0 * b0 - (a0 - a1) * (b0 - b1)) * B + a0 * b0.
    """
    _multiply(target, at, a, i, half, b, j, half)
    _multiply(target, at + half + half, a, i + half, n - half, b, j + half, m - half)
    differences: Array[int] = Array(half + half, 0)
    a_negative = _difference(differences, 0, a, i, half, n - half)
    b_negative = _difference(differences, half, b, j, half, m - half)
    middle: Array[int] = Array(half + half + 1, 0)
    _multiply(middle, 0, differences, 0, half, differences, half, half)
    # The outer products are copied before the middle is added over them.
    outer: Array[int] = Array(half + half + 1, 0)
    upper = n + m - half - half
    outer[half + half] = add_row(outer, 0, target, at, half + half)
    add_carry(outer, upper, add_row(outer, 0, target, at + half + half, upper))
    if a_negative == b_negative:
        subtract_row(outer, 0, middle, 0, half + half + 1)
    else:
        add_row(outer, 0, middle, 0, half + half + 1)
    room = min(half + half + 1, n + m - half)  # above that, `outer` is 0
    carry = add_row(target, at + half, outer, 0, room)
    if carry != 0:
        add_carry(target, at + half + room, carry)


def _difference(target: Array[int], at: int, source: Array[int], start: int, half: int, upper: int) -> bool:
    """Put the distance between the lower `half` limbs and the `upper` ones behind them into `target`; whether the upper ones are more."""
    is_negative = False
    if upper == half or _are_zero(source, start + upper, half - upper):
        is_negative = compare_rows(source, start, source, start + half, upper) < 0
    if is_negative:
        add_row(target, at, source, start + half, upper)
        subtract_row(target, at, source, start, upper)
    else:
        add_row(target, at, source, start, half)
        subtract_borrow(target, at + upper, subtract_row(target, at, source, start + half, upper))
    return is_negative


def _are_zero(limbs: Array[int], start: int, count: int) -> bool:
    for index in range(start, start + count):
        if limbs[index] != 0:
            return False
    return True
