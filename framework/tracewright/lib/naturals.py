"""Natural numbers of a bounded size, for the rare decimal that only exact arithmetic can round.

Unlike `big_integers` they change in place and know their room from the start, so that printing and reading a float allocates twice and not at each step;
and these functions are below the containers, which `big_integers` uses.
"""

from typing import Final, final

from tracewright.core.arrays import Array
from tracewright.core.integers import udiv, umod

LIMB_BITS: Final = 32  # so that limb * limb + carry fits a word read as unsigned; we stay below 2**63 by small factors
LIMB_MASK: Final = (1 << 32) - 1
LARGEST_STEP: Final = 9  # 10**9 is the largest power of ten below 2**30


@final
class Natural:
    """A number >= 0 that changes in place. It must stay below 2**(32 * limbs) (a larger one raises IndexError)."""

    def __init__(self, limbs: int) -> None:
        self.limbs: Array[int] = Array(limbs, 0)
        self.length = 0  # limbs in use: the highest is not zero

    def set_word(self, word: int) -> None:
        """Become this word, >= 0; only while the number is 0."""
        while word != 0:
            self.limbs[self.length] = word & LIMB_MASK
            self.length += 1
            word >>= LIMB_BITS

    def multiply_add(self, factor: int, addend: int) -> None:
        """Become `self * factor + addend`; both in 0..2**30."""
        carry = addend
        for index in range(self.length):
            total = self.limbs[index] * factor + carry
            self.limbs[index] = total & LIMB_MASK
            carry = total >> LIMB_BITS
        if carry != 0:
            self.limbs[self.length] = carry
            self.length += 1

    def multiply_power_of_ten(self, power: int) -> None:
        """Become `self * 10**power`."""
        while power >= LARGEST_STEP:
            self.multiply_add(1000000000, 0)
            power -= LARGEST_STEP
        while power > 0:
            self.multiply_add(10, 0)
            power -= 1

    def shift_left(self, count: int) -> None:
        """Become `self << count`."""
        whole = count // LIMB_BITS
        rest = count % LIMB_BITS
        if rest > 0:
            self.multiply_add(1 << (rest // 2), 0)
            self.multiply_add(1 << (rest - rest // 2), 0)
        if self.length == 0 or whole == 0:
            return
        for index in range(self.length - 1, -1, -1):
            self.limbs[index + whole] = self.limbs[index]
        for index in range(whole):
            self.limbs[index] = 0
        self.length += whole

    def shift_right_rounding(self, count: int) -> None:
        """Become `self / 2**count`, rounded to the nearest integer, ties to even."""
        half = self._bit(count - 1) if count > 0 else 0
        rest = 0  # whether anything lies below the bit worth a half
        for index in range(self.length):
            if index < (count - 1) // LIMB_BITS:
                rest |= self.limbs[index]
            elif index == (count - 1) // LIMB_BITS:
                rest |= self.limbs[index] & ((1 << ((count - 1) % LIMB_BITS)) - 1)
        whole = count // LIMB_BITS
        bits = count % LIMB_BITS
        for index in range(self.length):
            low = self.limbs[index + whole] if index + whole < self.length else 0
            high = self.limbs[index + whole + 1] if index + whole + 1 < self.length else 0
            self.limbs[index] = ((high << LIMB_BITS | low) >> bits) & LIMB_MASK
        self._trim()
        if half == 1 and (rest != 0 or self._bit(0) == 1):
            if self.length == 0:
                self.set_word(1)
            else:
                self.multiply_add(1, 1)

    def _bit(self, number: int) -> int:
        index = number // LIMB_BITS
        return self.limbs[index] >> (number % LIMB_BITS) & 1 if index < self.length else 0

    def _trim(self) -> None:
        while self.length > 0 and self.limbs[self.length - 1] == 0:
            self.length -= 1

    def divide(self, divisor: int) -> int:
        """Become `self // divisor` and give the remainder; `divisor` in 1..2**30."""
        remainder = 0
        for index in range(self.length - 1, -1, -1):
            part = (remainder << LIMB_BITS) | self.limbs[index]
            self.limbs[index] = udiv(part, divisor)
            remainder = umod(part, divisor)
        self._trim()
        return remainder


def compare_naturals(a: Natural, b: Natural) -> int:
    """-1, 0 or 1 as `a` is less than, equal to or greater than `b`."""
    if a.length != b.length:
        return -1 if a.length < b.length else 1
    for index in range(a.length - 1, -1, -1):
        if a.limbs[index] != b.limbs[index]:
            return -1 if a.limbs[index] < b.limbs[index] else 1
    return 0
