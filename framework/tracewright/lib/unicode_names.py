"""Which characters make up identifiers: Unicode's ID_Start and ID_Continue, from what Python knows when this is imported.

Beyond ASCII the two properties are sorted lists of places where they begin or end, so that a search by halves answers:

    BOUNDARIES  a, b, c, d ...     a <= code < b has the property, b <= code < c has not, ...

Python's tables and those of another engine may be of different editions of Unicode; the letters of new scripts differ then.
"""

from typing import Final
from unicodedata import category

from tracewright.core.arrays import Array, array_of

_DOLLAR, _UNDERSCORE, _ZERO_WIDTH_NON_JOINER, _ZERO_WIDTH_JOINER = 0x24, 0x5F, 0x200C, 0x200D

# From PropList.txt of the Unicode database.
_OTHER_START = (0x1885, 0x1886, 0x2118, 0x212E, 0x309B, 0x309C)
_OTHER_CONTINUE = (0xB7, 0x387, *range(0x1369, 0x1372), 0x19DA)
_PATTERN_SYNTAX_LETTERS = (0x2E2F,)
_START_CATEGORIES = ("Lu", "Ll", "Lt", "Lm", "Lo", "Nl")
_CONTINUE_CATEGORIES = (*_START_CATEGORIES, "Mn", "Mc", "Nd", "Pc")

# No letters, marks or digits at all: surrogates and private use, unassigned planes, variation selectors' plane beyond them.
_EMPTY = ((0xD800, 0xF900), (0x32400, 0xE0100), (0xE01F0, 0x110000))


def _places(first: int, after: int, categories: tuple[str, ...], others: tuple[int, ...]) -> list[int]:
    """Where the property begins and ends between two places; it has ended at the second."""
    places: list[int] = []
    for code in range(first, after):
        has = (category(chr(code)) in categories or code in others) and code not in _PATTERN_SYNTAX_LETTERS
        if has != (len(places) % 2 == 1):
            places.append(code)
    return [*places, after] if len(places) % 2 == 1 else places


def _boundaries(categories: tuple[str, ...], others: tuple[int, ...]) -> list[int]:
    places: list[int] = []
    start = 0
    for first, after in _EMPTY:
        places.extend(_places(start, first, categories, others))
        start = after
    return places


START_BOUNDARIES: Final = array_of(_boundaries(_START_CATEGORIES, _OTHER_START))
CONTINUE_BOUNDARIES: Final = array_of(_boundaries(_CONTINUE_CATEGORIES, (*_OTHER_START, *_OTHER_CONTINUE)))


def _ascii_table() -> list[int]:
    """0: no part of a name, 1: only behind its first character, 2: anywhere."""
    table = [0] * 128
    for code in range(128):
        character = chr(code)
        if character.isalpha() or character in "$_":
            table[code] = 2
        elif character.isdigit():
            table[code] = 1
    return table


ASCII_NAMES: Final = array_of(_ascii_table())


def _has_property(boundaries: Array[int], code: int) -> bool:
    low = 0
    high = len(boundaries)
    while low < high:
        middle = (low + high) // 2
        if boundaries[middle] <= code:
            low = middle + 1
        else:
            high = middle
    return low % 2 == 1


def starts_identifier(code: int) -> bool:
    """Whether an identifier may begin with this code point."""
    if code < 128:
        return code >= 0 and ASCII_NAMES[code] == 2
    return _has_property(START_BOUNDARIES, code)


def continues_identifier(code: int) -> bool:
    """Whether this code point may stand inside an identifier."""
    if code < 128:
        return code >= 0 and ASCII_NAMES[code] != 0
    return code == _ZERO_WIDTH_NON_JOINER or code == _ZERO_WIDTH_JOINER or _has_property(CONTINUE_BOUNDARIES, code)
