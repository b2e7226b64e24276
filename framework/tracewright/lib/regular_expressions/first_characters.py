"""What a piece of a pattern can begin with: lets the search skip, and loops and alternatives decide without trying.

Everything here is about units read forwards, and may say too much, never too little.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.lib.regular_expressions.character_sets import (
    EMPTY,
    UNIT_LIMIT,
    CharacterSet,
    SetBuilder,
    intersection,
    union,
)
from tracewright.lib.regular_expressions.class_sets import ClassReader
from tracewright.lib.regular_expressions.syntax import (
    Alternatives,
    Anchor,
    Atomic,
    BackReference,
    CharacterClass,
    Group,
    LookAround,
    Modified,
    Node,
    Repeat,
    Sequence,
)

_HIGH_BASE: Final = 0xD7C0


def first_units(characters: CharacterSet) -> CharacterSet:
    """The units that texts of these characters begin with."""
    builder = SetBuilder()
    for index in range(0, len(characters.places), 2):
        first, last = characters.places[index], characters.places[index + 1] - 1
        if first < UNIT_LIMIT:
            builder.add(first, min(last, UNIT_LIMIT - 1))
        if last >= UNIT_LIMIT:
            builder.add(_HIGH_BASE + (max(first, UNIT_LIMIT) >> 10), _HIGH_BASE + (last >> 10))
    return builder.build()


def are_disjoint(a: CharacterSet, b: CharacterSet) -> bool:
    """Whether nothing is in both."""
    return intersection(a, b).is_empty()


@final
class FirstCharacters:
    """Answers for the nodes of one pattern."""

    def __init__(self, reader: ClassReader) -> None:
        self.reader = reader

    def may_be_empty(self, node: Node) -> bool:
        """Whether the node may match without passing a character."""
        if isinstance(node, Sequence):
            return all(self.may_be_empty(item) for item in node.items)
        if isinstance(node, Alternatives):
            return any(self.may_be_empty(option) for option in node.options)
        if isinstance(node, Repeat):
            return node.minimum == 0 or self.may_be_empty(node.item)
        if isinstance(node, Group):
            return self.may_be_empty(node.item)
        if isinstance(node, Atomic):
            return self.may_be_empty(node.item)
        if isinstance(node, Modified):
            return FirstCharacters(self.reader.under(node.flags)).may_be_empty(node.item)
        if isinstance(node, CharacterClass) and self.reader.flags.is_unicode_sets:
            return any(len(text) == 0 for text in self.reader.contents(node).texts)
        return isinstance(node, (LookAround, Anchor, BackReference))

    def of(self, node: Node, follow: CharacterSet | None) -> CharacterSet | None:
        """The units that the node, and `follow` behind it where it may be empty, can begin with; None if that is not known."""
        single = self.reader.single(node)
        if single is not None:
            return first_units(single)
        if isinstance(node, Sequence):
            for index in range(len(node.items) - 1, -1, -1):
                follow = self.of(node.items[index], follow)
            return follow
        if isinstance(node, Alternatives):
            result: CharacterSet | None = EMPTY
            for option in node.options:
                result = _either(result, self.of(option, follow))
            return result
        if isinstance(node, Repeat):
            if node.maximum == 0:
                return follow
            first = self.of(node.item, follow)
            return _either(first, follow) if node.minimum == 0 else first
        if isinstance(node, Group):
            return self.of(node.item, follow)
        if isinstance(node, Atomic):
            return self.of(node.item, follow)
        if isinstance(node, Modified):
            return FirstCharacters(self.reader.under(node.flags)).of(node.item, follow)
        if isinstance(node, (LookAround, Anchor)):
            return follow
        if isinstance(node, CharacterClass):
            return self._of_texts(node, follow)
        return None

    def _of_texts(self, node: CharacterClass, follow: CharacterSet | None) -> CharacterSet | None:
        contents = self.reader.contents(node)
        builder = SetBuilder()
        builder.add_set(contents.characters)
        result: CharacterSet | None = EMPTY
        for text in contents.texts:
            if len(text) == 0:
                result = follow
            else:
                builder.add(text[0], text[0])
        return _either(result, first_units(self.reader.closed(builder.build())))


def _either(a: CharacterSet | None, b: CharacterSet | None) -> CharacterSet | None:
    return None if a is None or b is None else union(a, b)
