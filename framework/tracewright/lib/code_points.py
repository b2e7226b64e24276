"""Classes of code points that numbers and white space are made of; the rest of Unicode is in `unicode_tables`."""

import unicodedata
from typing import Final

from tracewright.core.arrays import Array, array_of

LAST_ASCII: Final = 127

# Unicode keeps the ten digits of a script together, so the places of the zeros say all. There are none above plane 1.
DIGIT_ZEROS: Final[Array[int]] = array_of(
    [code for code in range(0x20000) if chr(code).isdecimal() and unicodedata.decimal(chr(code)) == 0]
)


def is_space_code(code: int) -> bool:
    """Whether Python counts the code point as white space."""
    if code <= 32:
        return code == 32 or 9 <= code <= 13 or 28 <= code <= 31
    if code <= LAST_ASCII:
        return False
    return is_wide_space(code)


def is_number_space(code: int) -> bool:
    """Whether the code point may surround a number: white space without the four ASCII separators, as in Python."""
    if code <= LAST_ASCII:
        return code == 32 or 9 <= code <= 13
    return is_wide_space(code)


def is_wide_space(code: int) -> bool:
    """White space beyond ASCII."""
    if code < 0x1680:
        return code == 0x85 or code == 0xA0
    if code <= 0x200A:
        return code == 0x1680 or code >= 0x2000
    return code == 0x2028 or code == 0x2029 or code == 0x202F or code == 0x205F or code == 0x3000


def digit_value(code: int) -> int:
    """The value of a decimal digit of any script, -1 for anything else."""
    if code <= LAST_ASCII:
        return code - 48 if 48 <= code <= 57 else -1
    low = 0
    high = len(DIGIT_ZEROS)
    while high - low > 1:
        middle = (low + high) >> 1
        if DIGIT_ZEROS[middle] <= code:
            low = middle
        else:
            high = middle
    value = code - DIGIT_ZEROS[low]
    return value if value <= 9 else -1
