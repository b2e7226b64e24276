"""Sets of code points: what a class of a pattern comes down to.

A set is the sorted list of places where membership changes, beginning outside, as in `unicode_names`:

    a, b, c, d ...     a <= code < b is in it, b <= code < c is not, ...

Beside it lies a bit for each of the first 256 code points, so that most texts never search.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array, unchecked_get
from tracewright.core.integers import wrap_lshift
from tracewright.hints import immutable_fields, inlined

CODE_LIMIT: Final = 0x110000
UNIT_LIMIT: Final = 0x10000
QUICK_CODES: Final = 256
WORD_SHIFT: Final = 6


@final
@immutable_fields("places[*]", "quick[*]")
class CharacterSet:
    """A set of code points that never changes."""

    def __init__(self, places: Array[int]) -> None:
        self.places = places
        self.quick: Array[int] = Array(QUICK_CODES >> WORD_SHIFT, 0)
        for index in range(0, len(places), 2):
            for code in range(places[index], min(places[index + 1], QUICK_CODES)):
                self.quick[code >> WORD_SHIFT] |= wrap_lshift(1, code & 63)

    @inlined
    def contains(self, code: int) -> bool:
        """Whether the code point is in it; `code >= 0`."""
        if code < QUICK_CODES:
            return unchecked_get(self.quick, code >> WORD_SHIFT) >> (code & 63) & 1 == 1
        return self._contains_beyond(code)

    def _contains_beyond(self, code: int) -> bool:
        places = self.places
        low = 0
        high = len(places)
        while low < high:
            middle = (low + high) >> 1
            if places[middle] <= code:
                low = middle + 1
            else:
                high = middle
        return low & 1 == 1

    def is_empty(self) -> bool:
        """Whether nothing is in it."""
        return len(self.places) == 0

    def size(self) -> int:
        """How many code points are in it."""
        total = 0
        for index in range(0, len(self.places), 2):
            total += self.places[index + 1] - self.places[index]
        return total

    def first(self) -> int:
        """The smallest code point in it; it is not empty."""
        return self.places[0]

    def fits_units(self) -> bool:
        """Whether no code point in it is a surrogate or takes two units: then a text can be looked at unit by unit."""
        if len(self.places) > 0 and self.places[len(self.places) - 1] > UNIT_LIMIT:
            return False
        return intersection(self, SURROGATES).is_empty()


@final
class SetBuilder:
    """Ranges in any order, overlapping or not, on the way to a set."""

    def __init__(self) -> None:
        self.ranges: list[tuple[int, int]] = []

    def add(self, first: int, last: int) -> None:
        """Code points from `first` to `last`, both included."""
        self.ranges.append((first, last + 1))

    def add_set(self, other: CharacterSet) -> None:
        """All of another set."""
        for index in range(0, len(other.places), 2):
            self.ranges.append((other.places[index], other.places[index + 1]))

    def build(self) -> CharacterSet:
        """The set."""
        places: list[int] = []
        for start, after in sorted(self.ranges):
            if len(places) > 0 and start <= places[len(places) - 1]:
                places[len(places) - 1] = max(places[len(places) - 1], after)
            else:
                places.append(start)
                places.append(after)
        return set_of_places(places)


def set_of_places(places: list[int]) -> CharacterSet:
    """The set whose membership changes at these places."""
    row: Array[int] = Array(len(places), 0)
    for index in range(len(places)):
        row[index] = places[index]
    return CharacterSet(row)


def set_of_range(first: int, last: int) -> CharacterSet:
    """From `first` to `last`, both included."""
    return set_of_places([first, last + 1])


def _combined(a: CharacterSet, b: CharacterSet, wanted: int) -> CharacterSet:
    """The places where `wanted`, a bit for each of the four cases (in b, in a), changes."""
    places: list[int] = []
    i = 0
    j = 0
    inside = False
    while i < len(a.places) or j < len(b.places):
        place = min(a.places[i] if i < len(a.places) else CODE_LIMIT, b.places[j] if j < len(b.places) else CODE_LIMIT)
        while i < len(a.places) and a.places[i] == place:
            i += 1
        while j < len(b.places) and b.places[j] == place:
            j += 1
        now = wanted >> ((i & 1) + 2 * (j & 1)) & 1 == 1
        if now != inside:
            places.append(place)
            inside = now
    return set_of_places(places)


def union(a: CharacterSet, b: CharacterSet) -> CharacterSet:
    """What is in either."""
    return _combined(a, b, 0b1110)


def intersection(a: CharacterSet, b: CharacterSet) -> CharacterSet:
    """What is in both."""
    return _combined(a, b, 0b1000)


def difference(a: CharacterSet, b: CharacterSet) -> CharacterSet:
    """What is in `a` and not in `b`."""
    return _combined(a, b, 0b0010)


def complement(a: CharacterSet) -> CharacterSet:
    """Every code point that is not in `a`."""
    return difference(EVERYTHING, a)


EMPTY: Final = CharacterSet(Array(0, 0))
EVERYTHING: Final = set_of_places([0, CODE_LIMIT])
SURROGATES: Final = set_of_places([0xD800, 0xE000])
DIGITS: Final = set_of_range(0x30, 0x39)
WORD_CHARACTERS: Final = set_of_places([0x30, 0x3A, 0x41, 0x5B, 0x5F, 0x60, 0x61, 0x7B])
LINE_ENDS: Final = set_of_places([0x0A, 0x0B, 0x0D, 0x0E, 0x2028, 0x202A])
# Tab to carriage return, space, no-break space, those of category Zs, line and paragraph separator, and the byte order mark.
SPACES: Final = set_of_places(
    [0x09, 0x0E, 0x20, 0x21, 0xA0, 0xA1, 0x1680, 0x1681, 0x2000, 0x200B, 0x2028, 0x202A, 0x202F, 0x2030]
    + [0x205F, 0x2060, 0x3000, 0x3001, 0xFEFF, 0xFF00]
)
