"""Which characters make up Python's names: Unicode's XID_Start and XID_Continue, from what Python knows when this is imported.

The places where each property begins or ends are in a sorted table, so that a search by halves answers; ASCII has one of its own.
"""

from __future__ import annotations

from typing import Final

from tracewright.core.arrays import Array, array_of
from tracewright.core.text import code_at

_LAST_LETTERS: Final = 0x32400  # no letters, marks or digits between here ...
_SELECTORS: Final = 0xE0100  # ... and the variation selectors, which may continue names


def _boundaries(prefix: str) -> list[int]:
    places: list[int] = []
    for code in (*range(128, _LAST_LETTERS), *range(_SELECTORS, _SELECTORS + 0x100)):
        if (prefix + chr(code)).isidentifier() != (len(places) % 2 == 1):
            places.append(code)
    return places


STARTS: Final = array_of(_boundaries(""))
CONTINUATIONS: Final = array_of(_boundaries("a"))


class NamePart:
    """What an ASCII character may be in a name."""

    NOTHING: Final = 0
    CONTINUES: Final = 1  # a digit
    STARTS: Final = 2


ASCII_PARTS: Final = array_of(
    [
        NamePart.STARTS
        if chr(code).isidentifier()
        else NamePart.CONTINUES
        if ("a" + chr(code)).isidentifier()
        else NamePart.NOTHING
        for code in range(128)
    ]
)


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


def starts_name(code: int) -> bool:
    """Whether a name may begin with this code point."""
    return ASCII_PARTS[code] == NamePart.STARTS if code < 128 else _has_property(STARTS, code)


def continues_name(code: int) -> bool:
    """Whether this code point may stand in a name behind the first one."""
    return ASCII_PARTS[code] != NamePart.NOTHING if code < 128 else _has_property(CONTINUATIONS, code)


def is_name(text: str) -> bool:
    """Whether a text is a name, be it a keyword."""
    if text == "" or not starts_name(code_at(text, 0)):
        return False
    for index in range(1, len(text)):
        if not continues_name(code_at(text, index)):
            return False
    return True
