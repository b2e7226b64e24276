"""Instruction words: one machine word holds an operation and three operands.

    bits 0-7 operation | 8-23 a | 24-39 b | 40-55 c          (the bits above are zero, so words are never negative)

Where a number needs more room, as a place to jump to does, it is b and c together: `wide`. An instruction may be followed by a
second word that is nothing but a number. `encode(ADD, 5, 6, 7)` is `ADD | 5 << 8 | 6 << 24 | 7 << 40`.
"""

from typing import Final

LIMIT: Final = 65535  # of operands a, b, c
SMALL_INT: Final = 32767  # numbers from -SMALL_INT - 1 to SMALL_INT fit into b or c


def encode(operation: int, a: int, b: int, c: int) -> int:
    """A word; the operands lie between 0 and LIMIT, or b and c between -SMALL_INT - 1 and SMALL_INT."""
    return operation | a << 8 | (b & LIMIT) << 24 | (c & LIMIT) << 40


def encode_wide(operation: int, a: int, number: int) -> int:
    """A word with two operands, the second up to 2**32 - 1. (A negative one makes a negative word, which `wide` reads back.)"""
    return operation | a << 8 | number << 24


def opcode(word: int) -> int:
    """The operation."""
    return word & 255


def field_a(word: int) -> int:
    """Operand a, unsigned."""
    return word >> 8 & LIMIT


def field_b(word: int) -> int:
    """Operand b, unsigned."""
    return word >> 24 & LIMIT


def field_c(word: int) -> int:
    """Operand c, unsigned."""
    return word >> 40 & LIMIT


def signed_b(word: int) -> int:
    """Operand b as a number from -32768 to 32767."""
    return (word >> 24 & LIMIT) - (word >> 39 & 1) * (LIMIT + 1)


def signed_c(word: int) -> int:
    """Operand c as a number from -32768 to 32767."""
    return (word >> 40) - (word >> 55 & 1) * (LIMIT + 1)


def wide(word: int) -> int:
    """Operands b and c as one number."""
    return word >> 24
