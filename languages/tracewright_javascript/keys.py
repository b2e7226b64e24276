"""Property keys: names, symbols, and indexes of arrays.

    o.x, o["x"]        the name "x"
    o[3], o["3"]       the index 3; it is no name in a shape, so objects that serve as arrays do not make shapes
    o[Symbol.iterator] the name that the symbol has

Strings of the language hold units of UTF-16, never a code point above U+FFFF. So a name that begins with one can be no string, and such names
stand for symbols and for the private names of classes: shapes and tables are by `str` throughout.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.text import code_at
from tracewright.guest.objects import GuestObject
from tracewright.guest.shapes import NOT_FOUND, Shape
from tracewright.guest.sites import NO_ENTRY
from tracewright.hints import elidable, immutable_fields

SYMBOL_MARK: Final = (
    "\U00010000"  # a symbol's name begins with it; then come a number and, behind a colon, its description
)
PRIVATE_MARK: Final = "\U00010001"  # that of a private name of a class
MAX_INDEX: Final = (1 << 32) - 2  # of an array; larger numbers are names
NO_INDEX: Final = -1


@final
@immutable_fields("description", "has_description", "name")
class JSSymbol(GuestObject):
    """A symbol, or a private name of a class. `name` is its key, which no other has."""

    def __init__(self, name: str, description: str, has_description: bool = True) -> None:
        self.name = name
        self.description = description
        self.has_description = has_description
        self.is_registered = False  # by `Symbol.for`
        # Of a private name: where objects of the two shapes met last have it, for the cold interpreter.
        self.shape: Shape = NO_ENTRY.shape
        self.place = NOT_FOUND
        self.second_shape: Shape = NO_ENTRY.shape
        self.second_place = NOT_FOUND

    def known_place(self, shape: Shape) -> int:
        """Where objects of a shape have this private name; NOT_FOUND where that is not known."""
        if self.shape is shape:
            return self.place
        return self.second_place if self.second_shape is shape else NOT_FOUND

    def remember(self, shape: Shape, place: int) -> None:
        """Objects of a shape have it there."""
        if self.shape is not shape:
            self.second_shape = self.shape
            self.second_place = self.place
            self.shape = shape
            self.place = place


def _well_known(name: str) -> JSSymbol:
    return JSSymbol(SYMBOL_MARK + name, f"Symbol.{name}")


ITERATOR: Final = _well_known("iterator")
ASYNC_ITERATOR: Final = _well_known("asyncIterator")
HAS_INSTANCE: Final = _well_known("hasInstance")
TO_PRIMITIVE: Final = _well_known("toPrimitive")
TO_STRING_TAG: Final = _well_known("toStringTag")
SPECIES: Final = _well_known("species")
IS_CONCAT_SPREADABLE: Final = _well_known("isConcatSpreadable")
UNSCOPABLES: Final = _well_known("unscopables")
MATCH: Final = _well_known("match")
MATCH_ALL: Final = _well_known("matchAll")
REPLACE: Final = _well_known("replace")
SEARCH: Final = _well_known("search")
SPLIT: Final = _well_known("split")

WELL_KNOWN: Final = [
    ITERATOR,
    ASYNC_ITERATOR,
    HAS_INSTANCE,
    TO_PRIMITIVE,
    TO_STRING_TAG,
    SPECIES,
    IS_CONCAT_SPREADABLE,
    UNSCOPABLES,
    MATCH,
    MATCH_ALL,
    REPLACE,
    SEARCH,
    SPLIT,
]


@final
@immutable_fields("name", "index")
class Key:
    """An index, or, where `index` is NO_INDEX, a name."""

    def __init__(self, name: str, index: int) -> None:
        self.name = name
        self.index = index

    def text(self) -> str:
        """The string that it is; only for one that is neither symbol nor private name."""
        return self.name if self.index == NO_INDEX else str(self.index)

    def is_symbol(self) -> bool:
        """Whether it is a symbol's."""
        return self.index == NO_INDEX and is_symbol_name(self.name)

    def same(self, other: Key) -> bool:
        """Whether both are one key."""
        return self.index == other.index and self.name == other.name


def is_symbol_name(name: str) -> bool:
    """Whether a name is a symbol's."""
    return name.startswith(SYMBOL_MARK)


def is_private_name(name: str) -> bool:
    """Whether a name is a private one of a class, which is no property."""
    return name.startswith(PRIVATE_MARK)


@elidable
def index_of_text(text: str) -> int:
    """The index of an array that a string spells in the one way in which it is written, or NO_INDEX."""
    length = len(text)
    if length == 0 or length > 10:
        return NO_INDEX
    first = code_at(text, 0)
    if not ord("0") < first <= ord("9"):
        return 0 if first == ord("0") and length == 1 else NO_INDEX
    index = 0
    for position in range(length):
        digit = code_at(text, position) - ord("0")
        if not 0 <= digit <= 9:
            return NO_INDEX
        index = index * 10 + digit
    return index if index <= MAX_INDEX else NO_INDEX


def key_of_text(text: str) -> Key:
    """The key that a string is."""
    index = index_of_text(text)
    return Key(text, NO_INDEX) if index == NO_INDEX else Key("", index)


def key_of_symbol(symbol: JSSymbol) -> Key:
    """The key that a symbol is."""
    return Key(symbol.name, NO_INDEX)


def key_of_index(index: int) -> Key:
    """The key that an integer from 0 up to 2^53 is."""
    return Key("", index) if index <= MAX_INDEX else Key(str(index), NO_INDEX)


def is_lazy_name(name: str) -> bool:
    """Whether lazy functions, or arrays, have a property of this name that is not in their shape."""
    return name == "prototype" or name == "name" or name == "length"
