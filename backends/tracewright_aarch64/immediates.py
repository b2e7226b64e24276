"""What the immediate fields of instructions can hold."""

from typing import Final

from tracewright.core.integers import count_ones, count_trailing_zeros, urshift

NO_FIELD: Final = -1


def addition_field(word: int) -> int:
    """The field `#a13` for a word from 0 to 4095, or a multiple of 4096 up to 4095 * 4096; NO_FIELD for others."""
    if 0 <= word < 4096:
        return word
    if 0 <= word < 1 << 24 and word & 4095 == 0:
        return 1 << 12 | word >> 12
    return NO_FIELD


def logical_field(word: int) -> int:
    """The field `#l13` (N, immr, imms) of a logical immediate: a run of ones, rotated, in an element of 2, 4, ... 64 bits that is
    repeated over the word. NO_FIELD for words that are none.

        0x00ff00ff00ff00ff: elements of 16 bits, a run of 8, rotated by 0
    """
    if word == 0 or word == -1:
        return NO_FIELD
    size = 64
    while size > 2:
        half = size >> 1
        mask = (1 << half) - 1
        if word & mask != urshift(word, half) & mask:
            break
        size = half
    mask = -1 if size == 64 else (1 << size) - 1
    element = word & mask
    ones = count_ones(element)
    if element & 1 == 0:
        start = count_trailing_zeros(element)
        if urshift(element, start) != _run(ones):
            return NO_FIELD
    else:  # the run begins at bit 0 or wraps around: look at the run of zeros
        gap = ~element & mask
        lowest = count_trailing_zeros(gap)
        if urshift(gap, lowest) != _run(size - ones):
            return NO_FIELD
        start = lowest + size - ones
    rotation = (size - start) & (size - 1)
    if size == 64:
        return 1 << 12 | rotation << 6 | ones - 1
    return rotation << 6 | ~(2 * size - 1) & 63 | ones - 1


def _run(count: int) -> int:
    """`count` ones; 1 to 63."""
    return (1 << count) - 1


def float_field(bits: int) -> int:
    """The field `#f8` of a double that `fmov` can make: sixteen steps of a mantissa, exponents from -3 to 4. NO_FIELD for others."""
    exponent = urshift(bits, 52) & 2047
    if bits & ((1 << 48) - 1) != 0 or not 1020 <= exponent <= 1027:
        return NO_FIELD
    return (urshift(bits, 63) & 1) << 7 | int(exponent < 1024) << 6 | (exponent & 3) << 4 | urshift(bits, 48) & 15


def move_field(word: int) -> int:
    """The field `#h18` with which `movz` makes the word: one of its four pieces of 16 bits, the others zero."""
    for piece in range(4):
        if word & ~_piece(piece) == 0:
            return piece << 16 | urshift(word, 16 * piece) & 0xFFFF
    return NO_FIELD


def _piece(number: int) -> int:
    return ~((1 << 48) - 1) if number == 3 else 0xFFFF << 16 * number


def moves_needed(word: int) -> int:
    """How many instructions make the word without reading memory."""
    if move_field(word) != NO_FIELD or move_field(~word) != NO_FIELD or logical_field(word) != NO_FIELD:
        return 1
    zeros = 0
    ones = 0
    for piece in range(4):
        bits = urshift(word, 16 * piece) & 0xFFFF
        zeros += int(bits == 0)
        ones += int(bits == 0xFFFF)
    return 4 - max(zeros, ones)
