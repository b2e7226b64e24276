"""What Python knows about each code point, packed at import time: predicates, upper and lower case.

A code point's block is found by its high bits, its record in the block by its low bits; equal blocks are stored once.
Both tables hold numbers of two bytes, low byte first:

    BLOCKS[code >> BLOCK_BITS] -> block     RECORDS[block << BLOCK_BITS | low bits of code] -> record

A record has flags, the distances to its upper, lower, title and folded case, and the text of each of these where that is more
than one code point (ß -> SS).
"""

from typing import Final
from unicodedata import category

from tracewright.core.arrays import Array, array_of
from tracewright.core.text import byte_at

BLOCK_BITS: Final = 7
BLOCK_MASK: Final = (1 << BLOCK_BITS) - 1
CODE_COUNT: Final = 0x110000

ALPHA: Final = 1
DIGIT: Final = 2
ALNUM: Final = 4
UPPER: Final = 8
LOWER: Final = 16
TITLE: Final = 32
HAS_CASE: Final = UPPER | LOWER | TITLE  # a letter behind one of these is not the first of a word
PRINTABLE: Final = 64
CASED: Final = 128  # a sigma behind it is a final one
IGNORABLE: Final = 256  # is looked through when searching for what stands beside a sigma

# Ideographs, syllables, surrogates and private use, the unassigned planes: every code point as the first (tested).
UNIFORM = (
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xAC00, 0xD7A3),
    (0xD800, 0xF8FF),
    (0x17000, 0x187F7),
    (0x20000, 0x2A6DF),
    (0x2B820, 0x2CEA1),
    (0x2CEB0, 0x2EBE0),
    (0x30000, 0x3134A),
    (0x32400, 0xDFFFF),
    (0xE0200, 0x10FFFF),
)

Record = tuple[int, tuple[int, str], tuple[int, str], tuple[int, str], tuple[int, str]]


_SAME = (0, "")


def _has_case(character: str) -> bool:
    return character.isupper() or character.islower() or character.istitle()


def _flags(character: str) -> int:
    cased = _has_case(character) and (character + "Σ").lower()[-1] == "ς"
    return (
        ALPHA * character.isalpha()
        | DIGIT * character.isdigit()
        | ALNUM * character.isalnum()
        | UPPER * character.isupper()
        | LOWER * character.islower()
        | TITLE * (character.istitle() and not character.isupper())
        | PRINTABLE * character.isprintable()
        | CASED * cased
        | IGNORABLE * (not cased and ("A" + character + "Σ").lower()[-1] == "ς")
    )


def _other_case(code: int, text: str) -> tuple[int, str]:
    """The distance to another case, or its text where it is long."""
    return (ord(text) - code, "") if len(text) == 1 else (0, text)


# Letters without case, and what no character is: nine in ten code points.
_CASELESS: Final = {"Lo": ALPHA | ALNUM | PRINTABLE, "Cn": 0, "Co": 0, "Cs": 0}


def _record(code: int) -> Record:
    character = chr(code)
    flags = _CASELESS.get(category(character))
    if flags is None or character.islower():
        flags = _flags(character)
    if flags & HAS_CASE == 0:
        return flags, _SAME, _SAME, _SAME, _SAME
    upper, lower = _other_case(code, character.upper()), _other_case(code, character.lower())
    title, folded = _other_case(code, character.title()), _other_case(code, character.casefold())
    return flags, upper, lower, title, folded


def _block_row(block: int, numbers: dict[Record, int]) -> bytes:
    """The numbers of the block's records; new records get new numbers."""
    first, last = block << BLOCK_BITS, (block << BLOCK_BITS) + BLOCK_MASK
    if any(low <= first and last <= high for low, high in UNIFORM):
        return numbers.setdefault(_record(first), len(numbers)).to_bytes(2, "little") * (BLOCK_MASK + 1)
    records = [_record(code) for code in range(first, last + 1)]
    return b"".join([numbers.setdefault(record, len(numbers)).to_bytes(2, "little") for record in records])


def _build() -> tuple[bytes, bytes, list[Record]]:
    numbers: dict[Record, int] = {}
    block_numbers: dict[bytes, int] = {}
    blocks = bytearray()
    for block in range(CODE_COUNT >> BLOCK_BITS):
        row = _block_row(block, numbers)
        blocks += block_numbers.setdefault(row, len(block_numbers)).to_bytes(2, "little")
    return bytes(blocks), b"".join(block_numbers), list(numbers)


_BLOCKS, _RECORDS, _ROWS = _build()
BLOCKS: Final[bytes] = _BLOCKS
RECORDS: Final[bytes] = _RECORDS
FLAGS: Final[Array[int]] = array_of([record[0] for record in _ROWS])
TO_UPPER: Final[Array[int]] = array_of([record[1][0] for record in _ROWS])
TO_LOWER: Final[Array[int]] = array_of([record[2][0] for record in _ROWS])
TO_TITLE: Final[Array[int]] = array_of([record[3][0] for record in _ROWS])
TO_FOLDED: Final[Array[int]] = array_of([record[4][0] for record in _ROWS])
LONG_UPPER: Final[Array[str]] = array_of([record[1][1] for record in _ROWS])
LONG_LOWER: Final[Array[str]] = array_of([record[2][1] for record in _ROWS])
LONG_TITLE: Final[Array[str]] = array_of([record[3][1] for record in _ROWS])
LONG_FOLDED: Final[Array[str]] = array_of([record[4][1] for record in _ROWS])


def record_of(code: int) -> int:
    """The number of the code point's record; `code` must be in 0..0x10ffff."""
    place = code >> BLOCK_BITS << 1
    block = byte_at(BLOCKS, place) | byte_at(BLOCKS, place + 1) << 8
    place = (block << BLOCK_BITS | (code & BLOCK_MASK)) << 1
    return byte_at(RECORDS, place) | byte_at(RECORDS, place + 1) << 8


def has_flags(code: int, flags: int) -> bool:
    """Whether the code point has any of these flags."""
    return FLAGS[record_of(code)] & flags != 0
