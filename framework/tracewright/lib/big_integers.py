"""`BigInteger`: signed integers of any size that never change, with comparison, addition and multiplication.

The rest of arithmetic is beside it: `big_integers_quotients`, `big_integers_bits`, `big_integers_powers`, `big_integers_text`, `big_integers_floats`.
What can grow without bound takes `most_bits`, the size that the language or the memory allows, and raises `BigIntegerTooLarge` before it begins.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array
from tracewright.core.integers import MAX_INT, MIN_INT, ovf_add, ovf_mul, ovf_sub, urshift, wrap_neg
from tracewright.hints import immutable_fields
from tracewright.lib.big_integers_limbs import (
    add_magnitudes,
    compare_magnitudes,
    magnitude_bits,
    magnitude_of_word,
    subtract_magnitudes,
)
from tracewright.lib.big_integers_products import multiply_magnitudes

NO_LIMIT: Final = MAX_INT
HASH_BITS: Final = 61
HASH_PRIME: Final = (1 << HASH_BITS) - 1


class BigIntegerTooLarge(Exception):
    """A result would need more bits than the caller allows."""


@final
@immutable_fields("sign", "limbs[*]")
class BigInteger:
    """An integer: its sign (-1, 0 or 1) and its magnitude (`big_integers_limbs`)."""

    def __init__(self, sign: int, limbs: Array[int]) -> None:
        self.sign = sign
        self.limbs = limbs

    def bit_length(self) -> int:
        """How many bits the magnitude needs; 0 for 0."""
        return magnitude_bits(self.limbs)

    def is_odd(self) -> bool:
        """Whether 2 does not divide it."""
        return self.sign != 0 and self.limbs[0] & 1 == 1

    def fits_int(self) -> bool:
        """Whether it is a machine word."""
        if len(self.limbs) > 1:
            return False
        return self.sign == 0 or self.limbs[0] >= 0 or (self.sign < 0 and self.limbs[0] == MIN_INT)

    def to_int(self) -> int:
        """The machine word; raises OverflowError where it does not fit one."""
        if not self.fits_int():
            raise OverflowError("integer too large for a machine word")
        return self.low_word()

    def low_word(self) -> int:
        """The lowest 64 bits of its two's complement."""
        if self.sign == 0:
            return 0
        return self.limbs[0] if self.sign > 0 else wrap_neg(self.limbs[0])


ZERO: Final = BigInteger(0, Array(0, 0))


def from_int(number: int) -> BigInteger:
    """The integer of a machine word."""
    if number == 0:
        return ZERO
    return (
        BigInteger(1, magnitude_of_word(number)) if number > 0 else BigInteger(-1, magnitude_of_word(wrap_neg(number)))
    )


def from_unsigned(word: int) -> BigInteger:
    """The integer of a machine word read as unsigned."""
    return from_magnitude(1, magnitude_of_word(word))


def from_magnitude(sign: int, limbs: Array[int]) -> BigInteger:
    """The integer of a sign and a magnitude; 0 has the sign 0, whatever is given."""
    return ZERO if len(limbs) == 0 else BigInteger(sign, limbs)


def require_size(bits: int, most_bits: int) -> None:
    """That a result of this many bits is allowed."""
    if bits > most_bits:
        raise BigIntegerTooLarge("integer too large")


def compare(a: BigInteger, b: BigInteger) -> int:
    """-1, 0 or 1 as `a` is less than, equal to or greater than `b`."""
    if a.sign != b.sign:
        return -1 if a.sign < b.sign else 1
    return compare_magnitudes(a.limbs, b.limbs) * a.sign


def equals(a: BigInteger, b: BigInteger) -> bool:
    """`a == b`."""
    return a.sign == b.sign and compare_magnitudes(a.limbs, b.limbs) == 0


def hash_of_integer(a: BigInteger) -> int:
    """`a` modulo 2**61 - 1, with the sign of `a`: equal for all numbers that are equal, as CPython's hashes are."""
    rest = 0
    for index in range(len(a.limbs) - 1, -1, -1):
        # 2**64 is 8 modulo the prime, and times 8 is a rotation of 61 bits.
        rest = (rest << 3) & HASH_PRIME | rest >> (HASH_BITS - 3)
        rest += a.limbs[index] & HASH_PRIME
        rest += urshift(a.limbs[index], HASH_BITS)
        while rest >= HASH_PRIME:
            rest -= HASH_PRIME
    return rest * a.sign


def negate(a: BigInteger) -> BigInteger:
    """`-a`."""
    return from_magnitude(-a.sign, a.limbs)


def absolute(a: BigInteger) -> BigInteger:
    """`abs(a)`."""
    return negate(a) if a.sign < 0 else a


def add(a: BigInteger, b: BigInteger, most_bits: int = NO_LIMIT) -> BigInteger:
    """`a + b`."""
    if len(a.limbs) <= 1 and len(b.limbs) <= 1 and a.fits_int() and b.fits_int():
        try:
            return from_int(ovf_add(a.low_word(), b.low_word()))
        except OverflowError:
            pass
    return _checked(_sum(a, b.sign, b.limbs), most_bits)


def subtract(a: BigInteger, b: BigInteger, most_bits: int = NO_LIMIT) -> BigInteger:
    """`a - b`."""
    if len(a.limbs) <= 1 and len(b.limbs) <= 1 and a.fits_int() and b.fits_int():
        try:
            return from_int(ovf_sub(a.low_word(), b.low_word()))
        except OverflowError:
            pass
    return _checked(_sum(a, -b.sign, b.limbs), most_bits)


def _sum(a: BigInteger, sign: int, limbs: Array[int]) -> BigInteger:
    """`a` and the number of another sign and magnitude."""
    if a.sign == 0:
        return from_magnitude(sign, limbs)
    if sign == 0:
        return a
    if a.sign == sign:
        return BigInteger(sign, add_magnitudes(a.limbs, limbs))
    order = compare_magnitudes(a.limbs, limbs)
    if order == 0:
        return ZERO
    if order > 0:
        return BigInteger(a.sign, subtract_magnitudes(a.limbs, limbs))
    return BigInteger(sign, subtract_magnitudes(limbs, a.limbs))


def _checked(a: BigInteger, most_bits: int) -> BigInteger:
    require_size(a.bit_length(), most_bits)
    return a


def multiply(a: BigInteger, b: BigInteger, most_bits: int = NO_LIMIT) -> BigInteger:
    """`a * b`."""
    if len(a.limbs) <= 1 and len(b.limbs) <= 1 and a.fits_int() and b.fits_int():
        try:
            return from_int(ovf_mul(a.low_word(), b.low_word()))
        except OverflowError:
            pass
    if a.sign == 0 or b.sign == 0:
        return ZERO
    require_size(a.bit_length() + b.bit_length() - 1, most_bits)
    return _checked(BigInteger(a.sign * b.sign, multiply_magnitudes(a.limbs, b.limbs)), most_bits)


def compare_with_int(a: BigInteger, number: int) -> int:
    """-1, 0 or 1 as `a` is less than, equal to or greater than a machine word."""
    if not a.fits_int():
        return a.sign
    word = a.low_word()
    return 0 if word == number else -1 if word < number else 1


def unsigned_fits(a: BigInteger) -> bool:
    """Whether it is a machine word read as unsigned."""
    return a.sign >= 0 and len(a.limbs) <= 1
