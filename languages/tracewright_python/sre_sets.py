"""Sets of characters in the code that the library's `re` compiles patterns to: categories, classes, and letters without case."""

from __future__ import annotations

from typing import Final

from tracewright.core.arrays import Array, array_of
from tracewright.lib.regular_expressions.character_sets import (
    DIGITS,
    WORD_CHARACTERS,
    CharacterSet,
    SetBuilder,
    complement,
    set_of_places,
    set_of_range,
)


def _places_where(holds: list[bool]) -> list[int]:
    """Where the answers change, beginning with no."""
    places: list[int] = []
    for code in range(len(holds)):
        if holds[code] != (len(places) & 1 == 1):
            places.append(code)
    if len(places) & 1 == 1:
        places.append(len(holds))
    return places


_CODES: Final = range(0x33000)  # nothing above is a letter, a digit or a blank
UNICODE_DIGITS: Final = set_of_places(_places_where([chr(code).isdecimal() for code in _CODES]))
UNICODE_SPACES: Final = set_of_places(_places_where([chr(code).isspace() for code in _CODES]))
UNICODE_WORDS: Final = set_of_places(_places_where([chr(code).isalnum() or code == 0x5F for code in _CODES]))
UNICODE_BREAKS: Final = set_of_places(
    _places_where([len(f"a{chr(code)}b".splitlines()) == 2 for code in range(0x3000)])
)
SPACES: Final = set_of_places([0x09, 0x0E, 0x20, 0x21])
LINE_FEED: Final = set_of_range(10, 10)
NO_LINE_FEED: Final = complement(LINE_FEED)
_LATIN_WORDS: Final = WORD_CHARACTERS

CATEGORIES: Final[list[CharacterSet]] = [
    DIGITS,
    complement(DIGITS),
    SPACES,
    complement(SPACES),
    WORD_CHARACTERS,
    complement(WORD_CHARACTERS),
    LINE_FEED,
    NO_LINE_FEED,
    _LATIN_WORDS,  # by the locale, which is that of C
    complement(_LATIN_WORDS),
    UNICODE_DIGITS,
    complement(UNICODE_DIGITS),
    UNICODE_SPACES,
    complement(UNICODE_SPACES),
    UNICODE_WORDS,
    complement(UNICODE_WORDS),
    UNICODE_BREAKS,
    complement(UNICODE_BREAKS),
]
"""By their numbers."""


def _lowered(code: int) -> int:
    text = chr(code).lower()
    return ord(text) if len(text) == 1 else ord(text[0])


_CASED: Final = [code for code in _CODES if _lowered(code) != code]
CASED: Final[Array[int]] = array_of(_CASED)
LOWERED: Final[Array[int]] = array_of([_lowered(code) for code in _CASED])
"""The small letter of each code in CASED, which has all that are none themselves."""


class CaseKind:
    """How letters are compared."""

    EXACT: Final = 0
    ASCII: Final = 1
    UNICODE: Final = 2


def lower_code(code: int, kind: int) -> int:
    """The small letter of a code."""
    if kind == CaseKind.ASCII:
        return code + 32 if 65 <= code <= 90 else code
    low, high = 0, len(CASED)
    while low < high:
        middle = (low + high) >> 1
        if CASED[middle] < code:
            low = middle + 1
        else:
            high = middle
    return LOWERED[low] if low < len(CASED) and CASED[low] == code else code


def without_case(characters: CharacterSet, kind: int) -> CharacterSet:
    """All whose small letter is in a set."""
    if kind == CaseKind.EXACT:
        return characters
    added = SetBuilder()
    removed = SetBuilder()
    if kind == CaseKind.ASCII:
        for code in range(65, 91):
            place(characters, code, code + 32, added, removed)
    else:
        for index in range(len(CASED)):
            place(characters, CASED[index], LOWERED[index], added, removed)
    builder = SetBuilder()
    builder.add_set(characters)
    builder.add_set(added.build())
    gone = SetBuilder()
    gone.add_set(complement(builder.build()))
    gone.add_set(removed.build())
    return complement(gone.build())


def place(characters: CharacterSet, code: int, lowered: int, added: SetBuilder, removed: SetBuilder) -> None:
    """Note where a code belongs by its small letter."""
    wanted = characters.contains(lowered)
    if wanted != characters.contains(code):
        (added if wanted else removed).add(code, code)


def single(code: int, kind: int) -> CharacterSet:
    """The characters that a literal stands for."""
    return without_case(set_of_range(code, code), kind)
