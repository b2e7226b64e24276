"""Characters that a pattern which ignores case takes for each other.

JavaScript has two rules. Without `u` two units are one if their upper case is (where that is one unit, and never from beyond ASCII into it);
with `u` or `v` two code points are one if their simple case folding is. Either way the characters fall into small families; the tables
hold the members of families with more than one.
"""

from collections.abc import Callable
from typing import Final, final

from tracewright.core.arrays import Array, array_of
from tracewright.lib.regular_expressions.character_sets import CharacterSet, SetBuilder

# Simple foldings that are no single character's full folding or lower case: each to the letter it looks like.
_FOLDED_LIKE: Final = {0x1FD3: 0x390, 0x1FE3: 0x3B0, 0xFB05: 0xFB06}


def _simple_folding(code: int) -> int:
    """The standard's scf, told from what Python knows: the full folding, or the lower case, where it is one character."""
    if code in _FOLDED_LIKE:
        return _FOLDED_LIKE[code]
    character = chr(code)
    for other in (character.casefold(), character.lower()):
        if len(other) == 1:
            return ord(other)
    return code


def _upper_unit(code: int) -> int:
    """What `toUpperCase` makes of one unit, by the rule above."""
    upper = chr(code).upper()
    if len(upper) != 1 or ord(upper) >= 0x10000 or (code >= 128 and ord(upper) < 128):
        return code
    return ord(upper)


@final
class CaseRule:
    """`codes` are the members of all families, sorted; `keys` and `places` say for each what key its family has, and where that family
    is in `members`: how many there are, and they themselves."""

    def __init__(self, codes: Array[int], keys: Array[int], places: Array[int], members: Array[int]) -> None:
        self.codes = codes
        self.keys = keys
        self.places = places
        self.members = members

    def find(self, code: int) -> int:
        """Where the code point is among `codes`, or where it would be."""
        low = 0
        high = len(self.codes)
        while low < high:
            middle = (low + high) >> 1
            if self.codes[middle] < code:
                low = middle + 1
            else:
                high = middle
        return low

    def key(self, code: int) -> int:
        """What all of a family have in common; that of a character without others is itself."""
        index = self.find(code)
        return self.keys[index] if index < len(self.codes) and self.codes[index] == code else code

    def closed(self, characters: CharacterSet) -> CharacterSet:
        """The set with the families of all that is in it. Where it is large, as that of `[^a]` is, most of these are in it already."""
        builder = SetBuilder()
        builder.add_set(characters)
        for place in range(0, len(characters.places), 2):
            after = characters.places[place + 1]
            index = self.find(characters.places[place])
            while index < len(self.codes) and self.codes[index] < after:
                first = self.places[index]
                for member in range(first + 1, first + 1 + self.members[first]):
                    code = self.members[member]
                    if not characters.contains(code):
                        builder.add(code, code)
                index += 1
        return builder.build()


def _may_have_case(character: str) -> bool:
    return character.upper() != character or character.lower() != character or character.casefold() != character


_CODES = [code for code in range(0x1EA00) if _may_have_case(chr(code))]  # nothing with case lies above (tested)
_UNITS = [code for code in _CODES if code < 0x10000]


def _keys(codes: list[int], key: Callable[[int], int]) -> dict[int, int]:
    """The key of each code point; a key that is no code with case itself is its own."""
    return {key(code): key(code) for code in codes} | {code: key(code) for code in codes}


def _rows(keys: dict[int, int]) -> tuple[list[int], list[int], list[int], list[int]]:
    """What a `CaseRule` is made of."""
    families: dict[int, list[int]] = {}
    for code, key in keys.items():
        families.setdefault(key, []).append(code)
    several = {key: family for key, family in families.items() if len(family) > 1}
    places: dict[int, int] = {}
    members: list[int] = []
    for key, family in sorted(several.items()):
        places[key] = len(members)
        members.extend([len(family), *family])
    rows = sorted((code, key) for key, family in several.items() for code in family)
    return [code for code, _ in rows], [key for _, key in rows], [places[key] for _, key in rows], members


_BY_FOLDING = [array_of(row) for row in _rows(_keys(_CODES, _simple_folding))]
_BY_UPPER_UNIT = [array_of(row) for row in _rows(_keys(_UNITS, _upper_unit))]
BY_FOLDING: Final = CaseRule(*_BY_FOLDING)
BY_UPPER_UNIT: Final = CaseRule(*_BY_UPPER_UNIT)
