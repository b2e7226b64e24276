"""`BigInteger`s as text and back, in any radix from 2 to 36.

A radix that is a power of two is a matter of bits. Others go limb by limb while the number is short; long ones are cut in two at a power of the
radix, and each half again, so that the time is that of a few long products and not of the square of the length.
"""

from typing import Final

from tracewright.core.arrays import Array
from tracewright.core.integers import (
    count_leading_zeros,
    count_trailing_zeros,
    udiv,
    umod,
    urshift,
    wrap_add,
    wrap_lshift,
    wrap_mul,
)
from tracewright.core.text import StrBuffer, code_at
from tracewright.lib.big_integers import NO_LIMIT, BigInteger, from_magnitude, require_size
from tracewright.lib.big_integers_division import divide_magnitudes, divide_row
from tracewright.lib.big_integers_limbs import (
    LIMB_BITS,
    add_magnitudes,
    extended,
    magnitude_bits,
    magnitude_of_word,
    scale_row,
    trimmed,
)
from tracewright.lib.big_integers_products import multiply_magnitudes
from tracewright.lib.numbers import is_power_of_two, letter_value

PRINT_DIRECTLY_LIMBS: Final = 30
READ_DIRECTLY_LIMBS: Final = 60
MINUS: Final = 45

# For each radix, how many of its digits fit an unsigned word, and that power of it (as a word).
DIGITS_IN_LIMB: Final = [0, 0] + [max(n for n in range(65) if radix**n < 2**64) for radix in range(2, 37)]
LARGEST_POWER: Final[list[int]] = [0, 0] + [
    radix**digits - (2**64 if radix**digits >= 2**63 else 0) for radix, digits in enumerate(DIGITS_IN_LIMB[2:], start=2)
]


# How many bits that power has below its highest: as many digits are worth more than so many bits.
_BITS_IN_POWER: Final[list[int]] = [0, 0] + [
    (radix ** DIGITS_IN_LIMB[radix]).bit_length() - 1 for radix in range(2, 37)
]


def to_text(a: BigInteger, radix: int) -> str:
    """The digits, small letters from ten on, `-` before a negative number; `radix` in 2..36."""
    if a.sign == 0:
        return "0"
    if is_power_of_two(radix):
        return _text_of_bits(a, count_trailing_zeros(radix))
    writer = _DigitWriter(radix, _digits_bound(a.bit_length(), radix) + 1)
    writer.write(a.limbs, 0)
    if a.sign < 0:
        writer.put(MINUS)
    return writer.finish()


def _digits_bound(bits: int, radix: int) -> int:
    """No fewer than the digits that a number of this many bits has in the radix, a tenth too many at most."""
    return (bits // _BITS_IN_POWER[radix] + 1) * DIGITS_IN_LIMB[radix]


class _DigitWriter:
    """Writes digits from the last to the first."""

    def __init__(self, radix: int, room: int) -> None:
        self.radix = radix
        self.buffer = StrBuffer(1, room)
        self.room = room
        self.place = room
        # radix ** (digits in a limb * 2**k), and how many digits that is
        self.powers: list[Array[int]] = [magnitude_of_word(LARGEST_POWER[radix])]

    def put(self, code: int) -> None:
        self.place -= 1
        self.buffer.put(self.place, code)

    def finish(self) -> str:
        result = StrBuffer(1, self.room - self.place)
        result.put_range(0, self.buffer.finish(), self.place, self.room - self.place)
        return result.finish()

    def write(self, limbs: Array[int], width: int) -> None:
        """The digits of a magnitude, zeros before them up to `width`."""
        if len(limbs) <= PRINT_DIRECTLY_LIMBS:
            self._write_directly(limbs, width)
            return
        level = 0
        while 2 * len(self.power(level)) - 1 <= (len(limbs) + 1) // 2:
            level += 1
        digits = wrap_lshift(DIGITS_IN_LIMB[self.radix], level)
        halves = divide_magnitudes(limbs, self.power(level))
        self.write(halves.remainder, digits)
        self.write(halves.quotient, max(width - digits, 0))

    def power(self, level: int) -> Array[int]:
        while level >= len(self.powers):
            last = self.powers[len(self.powers) - 1]
            self.powers.append(multiply_magnitudes(last, last))
        return self.powers[level]

    def _write_directly(self, limbs: Array[int], width: int) -> None:
        end = self.place - width
        rest = extended(limbs, len(limbs))
        length = len(limbs)
        while length > 0:
            part = divide_row(rest, length, LARGEST_POWER[self.radix])
            while length > 0 and rest[length - 1] == 0:
                length -= 1
            count = DIGITS_IN_LIMB[self.radix]
            while count > 0 and (length > 0 or part != 0):
                self.put(_digit_code(umod(part, self.radix)))
                part = udiv(part, self.radix)
                count -= 1
        while self.place > end:
            self.put(48)


def _digit_code(digit: int) -> int:
    return digit + 48 if digit < 10 else digit + 87


def _text_of_bits(a: BigInteger, bits: int) -> str:
    """The digits in radix `2**bits`."""
    count = (a.bit_length() + bits - 1) // bits
    sign = 1 if a.sign < 0 else 0
    buffer = StrBuffer(1, count + sign)
    if sign == 1:
        buffer.put(0, MINUS)
    mask = (1 << bits) - 1
    for index in range(count):
        place = index * bits
        limb = place // LIMB_BITS
        digit = urshift(a.limbs[limb], place % LIMB_BITS)
        if place % LIMB_BITS + bits > LIMB_BITS and limb + 1 < len(a.limbs):
            digit |= wrap_lshift(a.limbs[limb + 1], LIMB_BITS - place % LIMB_BITS)
        buffer.put(sign + count - 1 - index, _digit_code(digit & mask))
    return buffer.finish()


def from_text(text: str, radix: int, most_bits: int = NO_LIMIT) -> BigInteger:
    """Read a row of digits with `-` or `+` before it or neither. Raises ValueError for any other text, the empty one too."""
    start = 1 if len(text) > 0 and (code_at(text, 0) == MINUS or code_at(text, 0) == 43) else 0
    return from_digits(text, start, len(text), radix, start == 1 and code_at(text, 0) == MINUS, most_bits)


def from_digits(text: str, start: int, stop: int, radix: int, negative: bool, most_bits: int = NO_LIMIT) -> BigInteger:
    """The number that a range of a text is, all of it digits of the radix, at least one. Raises ValueError otherwise."""
    if start >= stop:
        raise ValueError("a number has at least one digit")
    for index in range(start, stop):
        digit = letter_value(code_at(text, index))
        if digit < 0 or digit >= radix:
            raise ValueError("not a digit of this radix")
    while start < stop and letter_value(code_at(text, start)) == 0:
        start += 1
    # Each digit but the first is worth at least the bits of the power of two below the radix.
    bits_at_least = (63 - count_leading_zeros(radix)) * (stop - start - 1) + 1
    if start < stop:
        require_size(bits_at_least, most_bits)
    if is_power_of_two(radix):
        limbs = _read_bits(text, start, stop, count_trailing_zeros(radix))
    else:
        limbs = _read(text, start, stop, radix, [magnitude_of_word(LARGEST_POWER[radix])])
    require_size(magnitude_bits(limbs), most_bits)
    return from_magnitude(-1 if negative else 1, limbs)


def _read_bits(text: str, start: int, stop: int, bits: int) -> Array[int]:
    limbs: Array[int] = Array(((stop - start) * bits + LIMB_BITS - 1) // LIMB_BITS, 0)
    for index in range(stop - start):
        digit = letter_value(code_at(text, stop - 1 - index))
        place = index * bits
        limb = place // LIMB_BITS
        limbs[limb] |= wrap_lshift(digit, place % LIMB_BITS)
        if place % LIMB_BITS + bits > LIMB_BITS and limb + 1 < len(limbs):
            limbs[limb + 1] |= digit >> (LIMB_BITS - place % LIMB_BITS)
    return trimmed(limbs)


def _read(text: str, start: int, stop: int, radix: int, powers: list[Array[int]]) -> Array[int]:
    """The magnitude of a range of digits; `powers` are those of the radix at twice the digits each, as far as they were needed."""
    in_limb = DIGITS_IN_LIMB[radix]
    if stop - start <= READ_DIRECTLY_LIMBS * in_limb:
        return _read_directly(text, start, stop, radix)
    level = 0
    digits = in_limb
    while digits + digits < stop - start:
        digits += digits
        level += 1
        if level == len(powers):
            powers.append(multiply_magnitudes(powers[level - 1], powers[level - 1]))
    high = _read(text, start, stop - digits, radix, powers)
    return add_magnitudes(multiply_magnitudes(high, powers[level]), _read(text, stop - digits, stop, radix, powers))


def _read_directly(text: str, start: int, stop: int, radix: int) -> Array[int]:
    in_limb = DIGITS_IN_LIMB[radix]
    limbs: Array[int] = Array((stop - start) // in_limb + 1, 0)
    length = 0
    while start < stop:
        count = min(in_limb, stop - start)
        part = 0
        factor = 1
        for _ in range(count):
            part = wrap_add(wrap_mul(part, radix), letter_value(code_at(text, start)))
            factor = wrap_mul(factor, radix)
            start += 1
        carry = scale_row(limbs, length, factor, part)
        if carry != 0:
            limbs[length] = carry
            length += 1
    return trimmed(limbs)
