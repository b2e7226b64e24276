"""Shifts, two's complement and the logical operations of `BigInteger`s, which see infinitely many copies of the sign's bit."""

from typing import Final

from tracewright.core.arrays import Array, copy_items
from tracewright.core.integers import (
    count_ones,
    count_trailing_zeros,
    ovf_add,
    urshift,
    wrap_add,
    wrap_lshift,
    wrap_sub,
)
from tracewright.lib.big_integers import (
    NO_LIMIT,
    ZERO,
    BigInteger,
    from_int,
    from_magnitude,
    require_size,
    subtract,
)
from tracewright.lib.big_integers_limbs import (
    LIMB_BITS,
    add_magnitudes,
    has_bits_below,
    magnitude_of_word,
    shift_magnitude_left,
    shift_magnitude_right,
    trimmed,
)

BYTES_IN_LIMB: Final = 8


def shift_left(a: BigInteger, count: int, most_bits: int = NO_LIMIT) -> BigInteger:
    """`a * 2**count`, `count >= 0`."""
    if a.sign == 0:
        return ZERO
    try:
        require_size(ovf_add(a.bit_length(), count), most_bits)
    except OverflowError:
        require_size(NO_LIMIT, NO_LIMIT - 1)
    return BigInteger(a.sign, shift_magnitude_left(a.limbs, count))


def shift_right(a: BigInteger, count: int) -> BigInteger:
    """`a // 2**count`, rounded down; `count >= 0`."""
    shifted = shift_magnitude_right(a.limbs, count)
    if a.sign < 0 and has_bits_below(a.limbs, count):
        shifted = add_magnitudes(shifted, magnitude_of_word(1))
    return from_magnitude(a.sign, shifted)


def bit_count(a: BigInteger) -> int:
    """How many bits of the magnitude are set."""
    total = 0
    for limb in a.limbs:
        total += count_ones(limb)
    return total


def trailing_zeros(a: BigInteger) -> int:
    """How often 2 divides the number; 0 for 0."""
    for index in range(len(a.limbs)):
        if a.limbs[index] != 0:
            return index * LIMB_BITS + count_trailing_zeros(a.limbs[index])
    return 0


def twos_complement(a: BigInteger, length: int) -> Array[int]:
    """The lowest `length` limbs of the two's complement."""
    result: Array[int] = Array(length, 0)
    copy_items(a.limbs, 0, result, 0, min(length, len(a.limbs)))
    if a.sign < 0:
        _negate_row(result)
    return result


def from_twos_complement(limbs: Array[int]) -> BigInteger:
    """The number of which a row is the two's complement; the highest bit is the sign."""
    if len(limbs) == 0 or limbs[len(limbs) - 1] >= 0:
        return from_magnitude(1, trimmed(limbs))
    result: Array[int] = Array(len(limbs), 0)
    copy_items(limbs, 0, result, 0, len(limbs))
    _negate_row(result)
    return from_magnitude(-1, trimmed(result))


def _negate_row(limbs: Array[int]) -> None:
    carry = 1
    for index in range(len(limbs)):
        limbs[index] = wrap_add(~limbs[index], carry)
        carry = 1 if carry == 1 and limbs[index] == 0 else 0


def bit_and(a: BigInteger, b: BigInteger) -> BigInteger:
    """`a & b`."""
    left, right = _both(a, b)
    for index in range(len(left)):
        left[index] &= right[index]
    return from_twos_complement(left)


def bit_or(a: BigInteger, b: BigInteger) -> BigInteger:
    """`a | b`."""
    left, right = _both(a, b)
    for index in range(len(left)):
        left[index] |= right[index]
    return from_twos_complement(left)


def bit_xor(a: BigInteger, b: BigInteger) -> BigInteger:
    """`a ^ b`."""
    left, right = _both(a, b)
    for index in range(len(left)):
        left[index] ^= right[index]
    return from_twos_complement(left)


def bit_not(a: BigInteger) -> BigInteger:
    """`~a`, which is `-a - 1`."""
    return subtract(from_int(-1), a)


def _both(a: BigInteger, b: BigInteger) -> tuple[Array[int], Array[int]]:
    """The two's complements of both, of one length, with room for the sign."""
    length = max(len(a.limbs), len(b.limbs)) + 1
    return twos_complement(a, length), twos_complement(b, length)


def as_unsigned(a: BigInteger, bits: int, most_bits: int = NO_LIMIT) -> BigInteger:
    """`a` modulo `2**bits`, not negative; `bits >= 0`."""
    if a.sign >= 0 and a.bit_length() <= bits:
        return a
    if a.sign < 0:
        require_size(bits, most_bits)
    limbs = twos_complement(a, (bits + LIMB_BITS - 1) // LIMB_BITS)
    _keep_bits(limbs, bits)
    return from_magnitude(1, trimmed(limbs))


def as_signed(a: BigInteger, bits: int) -> BigInteger:
    """The number that the lowest `bits` bits of `a` are in two's complement; `bits >= 0`."""
    if bits == 0:
        return ZERO
    if a.bit_length() < bits:
        return a
    limbs = twos_complement(a, (bits + LIMB_BITS - 1) // LIMB_BITS)
    place = (bits - 1) % LIMB_BITS
    top = len(limbs) - 1
    if urshift(limbs[top], place) & 1 == 1:
        limbs[top] |= wrap_lshift(-1, place)
    else:
        _keep_bits(limbs, bits)
    return from_twos_complement(limbs)


def _keep_bits(limbs: Array[int], bits: int) -> None:
    """Clear what lies above the lowest `bits` bits in the last limb."""
    rest = bits % LIMB_BITS
    if rest != 0:
        limbs[len(limbs) - 1] &= wrap_sub(wrap_lshift(1, rest), 1)


def from_bytes(data: bytes, big_endian: bool, signed: bool) -> BigInteger:
    """The number that the bytes are: the most significant first where `big_endian`, in two's complement where `signed`."""
    size = len(data)
    limbs: Array[int] = Array(size // BYTES_IN_LIMB + 1, 0)
    for index in range(size):
        byte = data[size - 1 - index] if big_endian else data[index]
        limbs[index // BYTES_IN_LIMB] |= wrap_lshift(byte, index % BYTES_IN_LIMB * 8)
    number = from_magnitude(1, trimmed(limbs))
    return as_signed(number, size * 8) if signed else number


def to_bytes(a: BigInteger, size: int, big_endian: bool, signed: bool) -> bytes:
    """The number in `size` bytes, as `from_bytes` reads it; raises OverflowError where it does not fit."""
    if a.sign < 0 and not signed:
        raise OverflowError("can't convert negative int to unsigned")
    needed = a.bit_length()
    if signed and (a.sign > 0 or (a.sign < 0 and trailing_zeros(a) != needed - 1)):
        needed += 1  # of the negative numbers, a power of two needs no bit more
    if needed > size * 8:
        raise OverflowError("int too big to convert")
    limbs = twos_complement(a, size // BYTES_IN_LIMB + 1)
    data = bytearray(size)
    for index in range(size):
        byte = urshift(limbs[index // BYTES_IN_LIMB], index % BYTES_IN_LIMB * 8) & 0xFF
        data[size - 1 - index if big_endian else index] = byte
    return bytes(data)
