"""Which characters make up identifiers: Unicode's ID_Start and ID_Continue, of the edition that patterns have (`property_ranges.txt`).

Beyond ASCII the two properties are sorted lists of places where they begin or end, so that a search by halves answers:

    BOUNDARIES  a, b, c, d ...     a <= code < b has the property, b <= code < c has not, ...
"""

from typing import Final

from tracewright.core.arrays import Array, array_of
from tracewright.lib.regular_expressions.property_sets import RANGES, places_of

_ZERO_WIDTH_NON_JOINER, _ZERO_WIDTH_JOINER = 0x200C, 0x200D

START_BOUNDARIES: Final = array_of(places_of(RANGES["ID_Start"]))
CONTINUE_BOUNDARIES: Final = array_of(places_of(RANGES["ID_Continue"]))


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
