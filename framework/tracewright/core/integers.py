"""Machine integers: what overflows loudly, what wraps, and what is unsigned.

The dialect's `int` is a signed 64-bit word. These functions say which overflow behaviour is meant; each is one operation
when translated. Hosted, they are the definition.
"""

import struct

WORD_BITS = 64
MIN_INT = -(1 << 63)
MAX_INT = (1 << 63) - 1
_MASK = (1 << 64) - 1


def wrap(value: int) -> int:
    """The signed 64-bit word with the low 64 bits of `value` (hosted helper; the identity natively)."""
    value &= _MASK
    return value - (1 << 64) if value >> 63 else value


def _checked(value: int) -> int:
    if not MIN_INT <= value <= MAX_INT:
        raise OverflowError("integer overflow")
    return value


def ovf_add(a: int, b: int) -> int:
    """`a + b`; raises OverflowError where it does not fit 64 bits."""
    return _checked(a + b)


def ovf_sub(a: int, b: int) -> int:
    """`a - b`; raises OverflowError where it does not fit 64 bits."""
    return _checked(a - b)


def ovf_mul(a: int, b: int) -> int:
    """`a * b`; raises OverflowError where it does not fit 64 bits."""
    return _checked(a * b)


def ovf_neg(a: int) -> int:
    """`-a`; raises OverflowError for the smallest integer."""
    return _checked(-a)


def wrap_add(a: int, b: int) -> int:
    """`a + b` modulo 2**64, signed."""
    return wrap(a + b)


def wrap_sub(a: int, b: int) -> int:
    """`a - b` modulo 2**64, signed."""
    return wrap(a - b)


def wrap_mul(a: int, b: int) -> int:
    """`a * b` modulo 2**64, signed."""
    return wrap(a * b)


def wrap_neg(a: int) -> int:
    """`-a` modulo 2**64, signed."""
    return wrap(-a)


def wrap_lshift(a: int, count: int) -> int:
    """`a << count` modulo 2**64; `count` must be in 0..63."""
    return wrap(a << count)


def trunc_div(a: int, b: int) -> int:
    """Quotient rounded toward zero, as in C; `b` must not be 0; MIN_INT / -1 wraps to MIN_INT."""
    quotient = abs(a) // abs(b)
    return wrap(quotient if (a < 0) == (b < 0) else -quotient)


def trunc_mod(a: int, b: int) -> int:
    """Remainder with the sign of the dividend, as in C; `b` must not be 0."""
    remainder = abs(a) % abs(b)
    return -remainder if a < 0 else remainder


def urshift(a: int, count: int) -> int:
    """Logical shift right of the word; `count` must be in 0..63."""
    return wrap((a & _MASK) >> count)


def ult(a: int, b: int) -> bool:
    """`a < b`, both read as unsigned words."""
    return (a & _MASK) < (b & _MASK)


def ule(a: int, b: int) -> bool:
    """`a <= b`, both read as unsigned words."""
    return (a & _MASK) <= (b & _MASK)


def udiv(a: int, b: int) -> int:
    """Unsigned quotient; `b` must not be 0."""
    return wrap((a & _MASK) // (b & _MASK))


def umod(a: int, b: int) -> int:
    """Unsigned remainder; `b` must not be 0."""
    return wrap((a & _MASK) % (b & _MASK))


def umul_high(a: int, b: int) -> int:
    """The high 64 bits of the unsigned 128-bit product."""
    return wrap(((a & _MASK) * (b & _MASK)) >> 64)


def count_leading_zeros(a: int) -> int:
    """Zero bits above the highest one bit; 64 for 0."""
    return 64 - (a & _MASK).bit_length()


def count_trailing_zeros(a: int) -> int:
    """Zero bits below the lowest one bit; 64 for 0."""
    a &= _MASK
    return (a & -a).bit_length() - 1 if a else 64


def count_ones(a: int) -> int:
    """Number of one bits in the word."""
    return (a & _MASK).bit_count()


def bits_of_float(value: float) -> int:
    """The IEEE 754 binary64 encoding as a signed word."""
    return int(struct.unpack("<q", struct.pack("<d", value))[0])


def truncated(value: float) -> int:
    """The int nearest to `value` that is not farther from 0; MIN_INT for NaN and for what does not fit a word."""
    return int(value) if -9223372036854775808.0 <= value < 9223372036854775808.0 else MIN_INT


def float_of_bits(bits: int) -> float:
    """The float whose IEEE 754 binary64 encoding is `bits`."""
    return float(struct.unpack("<d", struct.pack("<q", bits))[0])


# --- fixed widths: the low bits of a word, read with or without a sign. `u64` and `i64` words have the same bits, so a `u64` of
# 2**63 and more reads as negative here; compare and divide such words with `ult`, `udiv`, `umod` and shift them with `urshift`.


def u8(value: int) -> int:
    """The low 8 bits, 0..255."""
    return value & 0xFF


def u16(value: int) -> int:
    """The low 16 bits, 0..65535."""
    return value & 0xFFFF


def u32(value: int) -> int:
    """The low 32 bits, 0..2**32 - 1."""
    return value & 0xFFFFFFFF


def u64(value: int) -> int:
    """The word itself: an unsigned number of 64 bits is kept as the int with the same bits."""
    return wrap(value)


def i8(value: int) -> int:
    """The low 8 bits as a signed number."""
    return ((value & 0xFF) ^ 0x80) - 0x80


def i16(value: int) -> int:
    """The low 16 bits as a signed number."""
    return ((value & 0xFFFF) ^ 0x8000) - 0x8000


def i32(value: int) -> int:
    """The low 32 bits as a signed number."""
    return ((value & 0xFFFFFFFF) ^ 0x80000000) - 0x80000000
