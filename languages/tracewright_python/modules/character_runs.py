"""What Unicode says of stretches of characters: width, direction, combining class. From what Python knows of Unicode when this is imported.

east_asian_width    0: "N"   32: "Na"   127: "N"   161: "A" ...       a stretch begins at each of these code points
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Final, final

from tracewright.core.arrays import Array, array_of, unchecked_get
from tracewright.hints import immutable_fields

_DENSE: Final = 0x32400  # below it any character may differ from its neighbour; above it only some


def _places() -> list[int]:
    """The code points at which a stretch may begin."""
    places = [*range(_DENSE)]
    for plane in range(0x40000, 0x110000, 0x10000):
        places += [plane - 2, plane]
    return sorted({*places, *range(0xE0000, 0xE0200), 0x10FFFE})


@final
@immutable_fields("starts", "values")
class CharacterRuns:
    """A property: `values[k]` from code point `starts[k]` on."""

    def __init__(self, starts: Array[int], values: Array[str]) -> None:
        self.starts = starts
        self.values = values

    def value(self, code: int) -> str:
        """The property of a code point."""
        low = 0
        high = len(self.starts)
        while high - low > 1:
            middle = (low + high) >> 1
            if unchecked_get(self.starts, middle) <= code:
                low = middle
            else:
                high = middle
        return unchecked_get(self.values, low)


def _runs(places: list[int], ask: Callable[[str], str]) -> CharacterRuns:
    starts: list[int] = []
    values: list[str] = []
    for code in places:
        found = ask(chr(code))
        if not values or found != values[-1]:
            starts.append(code)
            values.append(found)
    return CharacterRuns(array_of(starts), array_of(values))


_PLACES: Final = _places()
WIDTHS: Final = _runs(_PLACES, unicodedata.east_asian_width)
DIRECTIONS: Final = _runs(_PLACES, unicodedata.bidirectional)
COMBINING: Final = _runs(_PLACES, lambda character: str(unicodedata.combining(character)))
MIRRORED: Final = _runs(_PLACES, lambda character: str(unicodedata.mirrored(character)))
