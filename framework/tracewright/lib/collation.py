"""The order of texts for readers: Unicode's root order (UTS 10, with CLDR's order of symbols), as one that knows no language has it.

Two texts are compared by their letters first, whatever accents and case these have; where that is even by accents; then by case:

    co-op < coop < COOP        a < b < B < c        cote < coté < côte < côté

Symbols come before digits, digits before letters; control characters do not count. Letters beyond Latin come in the order of their code points,
Han behind all others. A few hundred rare letters (Latin ones with hooks and bars, those that are taken apart in other ways than by normal form D) do not stand
exactly where Unicode's table has them.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.text import code_at
from tracewright.lib.normal_forms import normalized_d

# In their order. Those of a group, without a blank between, differ less than others do; that is not told apart here.
SYMBOLS: Final = (
    "\t\n\v\f\r\x85\u2028\u2029 \u203e_\u2017-\u2010\u2011\u2012\u2013\u2014\u2015,;\u204f:!\u203c\u2049\u00a1?\u2048\u2047\u00bf\u203d.\u2024\u2025\u2026\u00b7"
    "'\u2018\u2019\u201a\u201b\u2039\u203a\"\u201c\u201d\u201e\u201f\u00ab\u00bb()[]{}\u2045\u2046\u2016\u00a7\u00b6\u204b@*\u204e/\\&\u204a#%\u2030\u2031\u2020\u2021"
    "\u2022\u2023\u2027\u2043\u204c\u204d\u2032\u2033\u2034\u2035\u2036\u2037\u2038\u203b\u203f\u2040\u2041\u2042`\u00b4^\u00af\u00a8\u00b8\u00b0\u00a9\u00ae"
    "+\u00b1\u00f7\u00d7<=>\u00ac|\u00a6~\u2212\u2044\u00a4\u00a2$\u00a3\u00a5\u20ac"
)
# Accents in their order; the last is a bar, as letters such as U+0142 have it, which no normal form takes off.
ACCENTS: Final = (
    "\u0301\u0300\u0306\u0302\u030c\u030a\u0308\u030b\u0303\u0307\u0338\u0327\u0328\u0304\u030f\u0311\u031b"
)
BAR: Final = "\u0338"
# Letters that count as others: ae as two letters, eth as a d with an accent.
EXPANSIONS: Final[dict[int, str]] = {
    ord(letter): expansion
    for letter, expansion in {
        "\u00e6": "ae",
        "\u00c6": "AE",
        "\u0153": "oe",
        "\u0152": "OE",
        "\u00df": "ss",
        "\u1e9e": "SS",
        "\u0133": "ij",
        "\u0132": "IJ",
        "\u00f8": "o" + BAR,
        "\u00d8": "O" + BAR,
        "\u0142": "l" + BAR,
        "\u0141": "L" + BAR,
        "\u0111": "d" + BAR,
        "\u0110": "D" + BAR,
        "\u00f0": "d" + BAR,
        "\u00d0": "D" + BAR,
        "\u0127": "h" + BAR,
        "\u0126": "H" + BAR,
        "\u00aa": "a",
        "\u00ba": "o",
        "\u00b9": "1",
        "\u00b2": "2",
        "\u00b3": "3",
    }.items()
}
_SYMBOL_PLACES: Final[dict[int, int]] = {ord(symbol): 1 + place for place, symbol in enumerate(SYMBOLS)}
_ACCENT_PLACES: Final[dict[int, int]] = {ord(accent): 2 + place for place, accent in enumerate(ACCENTS)}
_OTHER_SYMBOLS: Final = 0x1000  # the keys of letters and symbols begin here, by kind
_DIGITS: Final = 0x200000
_NUMBERS: Final = _DIGITS + 10  # the length of a number that is compared as one, before its digits
_LETTERS: Final = 0x400000
_HAN: Final = 0x800000
_NONE: Final = 0  # the key of what does not count
_PLAIN: Final = 1  # the mark of a letter before its accents
_EXPANDED: Final = 2  # what the case of a letter is more that stands for a part of another one

# The keys of the first 128 characters; of letters, that of the small one.
_ASCII_KEYS: Final[list[int]] = [
    _SYMBOL_PLACES.get(code, _NONE)
    if not chr(code).isalnum()
    else _DIGITS + code - 48
    if chr(code).isdigit()
    else _LETTERS + ord(chr(code).lower())
    for code in range(128)
]


def _is_mark(code: int) -> bool:
    """Whether it is an accent on the letter before."""
    return 0x300 <= code < 0x370 or 0x1AB0 <= code < 0x1B00 or 0x1DC0 <= code < 0x1E00 or 0x20D0 <= code < 0x2100


def _is_han(code: int) -> bool:
    return 0x3400 <= code < 0xA000 or 0xF900 <= code < 0xFB00 or 0x20000 <= code < 0x40000


@final
class _Keys:
    """What a text is compared by: letters, accents, case."""

    def __init__(self) -> None:
        self.letters: list[int] = []
        self.accents: list[int] = []
        self.cases: list[int] = []

    def add(self, key: int, case: int) -> None:
        """One letter."""
        self.letters.append(key)
        self.accents.append(_PLAIN)
        self.cases.append(case)


@final
class Collation:
    """An order: whether accents and case matter, numbers in texts count as numbers, capitals come first, symbols do not count."""

    def __init__(
        self, accents: bool, case: bool, is_numeric: bool, capitals_first: bool, ignores_symbols: bool
    ) -> None:
        self.accents = accents
        self.case = case
        self.is_numeric = is_numeric
        self.capitals_first = capitals_first
        self.ignores_symbols = ignores_symbols

    def compare(self, left: str, right: str) -> int:
        """-1, 0 or 1, as the left text comes before the right one, is its equal, or comes behind it."""
        if left == right:
            return 0
        if not self.is_numeric and not self.ignores_symbols and left.isascii() and right.isascii():
            return self._compare_ascii(left, right)
        a, b = self._keys(left), self._keys(right)
        found = _compare(a.letters, b.letters)
        if found == 0 and self.accents:
            found = _compare(a.accents, b.accents)
        if found == 0 and self.case:
            found = _compare(a.cases, b.cases)
        return found

    def _case(self, is_capital: bool) -> int:
        return 1 if is_capital != self.capitals_first else 0

    def _compare_ascii(self, left: str, right: str) -> int:
        """The same of texts without accents, and without taking them apart."""
        by_case = 0
        i, j = 0, 0
        while True:
            while i < len(left) and _ASCII_KEYS[code_at(left, i)] == _NONE:
                i += 1
            while j < len(right) and _ASCII_KEYS[code_at(right, j)] == _NONE:
                j += 1
            if i >= len(left) or j >= len(right):
                break
            first, second = code_at(left, i), code_at(right, j)
            if first != second:
                a, b = _ASCII_KEYS[first], _ASCII_KEYS[second]
                if a != b:
                    return -1 if a < b else 1
                if by_case == 0:
                    by_case = -1 if first > second else 1  # small letters have the larger codes, and come first
            i += 1
            j += 1
        if i < len(left) or j < len(right):
            return -1 if i >= len(left) else 1
        if not self.case:
            return 0
        return -by_case if self.capitals_first else by_case

    def _keys(self, text: str) -> _Keys:
        """A text's keys, from its canonical decomposition."""
        keys = _Keys()
        parts = normalized_d(text)
        index = 0
        while index < len(parts):
            code = code_at(parts, index)
            index += 1
            expansion = EXPANSIONS.get(code)
            if expansion is not None:
                for place in range(len(expansion)):
                    self._add(keys, code_at(expansion, place), _EXPANDED)
            elif self.is_numeric and 48 <= code < 58:
                index = self._add_number(keys, parts, index - 1)
            else:
                self._add(keys, code, 0)
        return keys

    def _add(self, keys: _Keys, code: int, origin: int) -> None:
        if code < 128:
            key = _ASCII_KEYS[code]
            if key == _NONE or self.ignores_symbols and key < _DIGITS:
                return
            keys.add(key, origin + self._case(65 <= code < 91))
            return
        if _is_mark(code):
            keys.accents.append(_ACCENT_PLACES.get(code, code))
            return
        place = _SYMBOL_PLACES.get(code, _NONE)
        character = chr(code)
        if place != _NONE or not character.isalnum():
            if not self.ignores_symbols and (place != _NONE or character.isprintable()):
                keys.add(place if place != _NONE else _OTHER_SYMBOLS + code, 0)
            return
        lower = character.lower()
        small = code_at(lower, 0) if len(lower) == 1 else code
        if 0x30A1 <= small < 0x30F7:  # katakana, beside hiragana
            keys.add(_LETTERS + small - 0x60, _EXPANDED)
        else:
            keys.add((_HAN if _is_han(small) else _LETTERS) + small, self._case(small != code))

    def _add_number(self, keys: _Keys, text: str, start: int) -> int:
        """The digits of a number, behind their count; gives the place behind it."""
        stop = start
        while stop < len(text) and 48 <= code_at(text, stop) < 58:
            stop += 1
        while start < stop - 1 and code_at(text, start) == 48:
            start += 1
        keys.add(_NUMBERS + stop - start, 0)
        for index in range(start, stop):
            keys.add(_DIGITS + code_at(text, index) - 48, 0)
        return stop


def _compare(left: list[int], right: list[int]) -> int:
    for index in range(min(len(left), len(right))):
        if left[index] != right[index]:
            return -1 if left[index] < right[index] else 1
    return 0 if len(left) == len(right) else -1 if len(left) < len(right) else 1


ROOT: Final = Collation(True, True, False, False, False)
