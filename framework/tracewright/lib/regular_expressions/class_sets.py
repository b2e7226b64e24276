"""What a class of the tree holds: a set of characters and, with the `v` flag, texts of other lengths.

With `v` and `i` together the standard folds before it intersects and subtracts. Here every leaf is closed under case first instead, and the
operations keep that; without `v` the whole class is closed at the end, before it is negated.
"""

from __future__ import annotations

from typing import final

from tracewright.lib.regular_expressions.case_variants import BY_FOLDING, BY_UPPER_UNIT, CaseRule
from tracewright.lib.regular_expressions.character_sets import (
    DIGITS,
    EMPTY,
    EVERYTHING,
    LINE_ENDS,
    SPACES,
    WORD_CHARACTERS,
    CharacterSet,
    complement,
    difference,
    intersection,
    set_of_range,
    union,
)
from tracewright.lib.regular_expressions.cursor import PatternError
from tracewright.lib.regular_expressions.flags import Flags
from tracewright.lib.regular_expressions.property_names import STRING_PROPERTIES
from tracewright.lib.regular_expressions.property_sets import property_set
from tracewright.lib.regular_expressions.syntax import (
    AnyCharacter,
    Character,
    CharacterClass,
    CharacterRange,
    ClassEscape,
    Modified,
    Node,
    PropertyEscape,
    SetOperation,
    TextChoice,
)


@final
class ClassContents:
    """Single characters, and the texts that are longer or empty."""

    def __init__(self, characters: CharacterSet, texts: list[list[int]]) -> None:
        self.characters = characters
        self.texts = texts


def case_rule(flags: Flags) -> CaseRule | None:
    """What decides which characters are one; None where case counts."""
    return rule_of_case(flags) if flags.ignores_case else None


def rule_of_case(flags: Flags) -> CaseRule:
    """What decides which characters are one where case does not count."""
    return BY_FOLDING if flags.reads_code_points() else BY_UPPER_UNIT


@final
class ClassReader:
    """Finds the contents of classes under the pattern's flags."""

    def __init__(self, flags: Flags) -> None:
        self.flags = flags
        self.rule = case_rule(flags)
        # What `\\b` and `\\w` mean: with `iu` also the long s and the Kelvin sign.
        self.word_characters: CharacterSet = self.closed(WORD_CHARACTERS)
        self._others: list[ClassReader] = []  # for parts of the pattern under other flags

    def under(self, flags: Flags) -> ClassReader:
        """The reader for a part of the pattern that has these flags."""
        for other in self._others:
            if other.flags.same_modifiers(flags):
                return other
        made = ClassReader(flags)
        self._others.append(made)
        return made

    def closed(self, characters: CharacterSet) -> CharacterSet:
        """With all that count as the same character."""
        return characters if self.rule is None else self.rule.closed(characters)

    def _leaf(self, characters: CharacterSet) -> CharacterSet:
        return self.closed(characters) if self.flags.is_unicode_sets else characters

    def single(self, node: Node) -> CharacterSet | None:
        """What a node that is always one character may match; None for any other node."""
        if isinstance(node, Character):
            return self.closed(set_of_range(node.code, node.code))
        if isinstance(node, AnyCharacter):
            return EVERYTHING if self.flags.dot_matches_all else complement(LINE_ENDS)
        if isinstance(node, (CharacterClass, ClassEscape, PropertyEscape)):
            contents = self.contents(node)
            return self.closed(contents.characters) if len(contents.texts) == 0 else None
        if isinstance(node, Modified):
            return self.under(node.flags).single(node.item)
        return None

    def contents(self, node: Node) -> ClassContents:
        """The contents of a class or of an item of one."""
        if isinstance(node, CharacterRange):
            return ClassContents(self._leaf(set_of_range(node.first, node.last)), [])
        if isinstance(node, ClassEscape):
            base = DIGITS if node.letter == "d" else SPACES if node.letter == "s" else self.word_characters
            return ClassContents(complement(base) if node.is_negated else base, [])
        if isinstance(node, PropertyEscape):
            if node.name in STRING_PROPERTIES:
                raise PatternError(f"The property {node.name} is not there yet", node.start)
            characters = self._leaf(property_set(node.name, node.value))
            return ClassContents(complement(characters) if node.is_negated else characters, [])
        if isinstance(node, TextChoice):
            return self._texts(node)
        assert isinstance(node, CharacterClass)
        result = self._operation(node)
        if not self.flags.is_unicode_sets:
            result = ClassContents(self.closed(result.characters), [])
        return ClassContents(complement(result.characters), []) if node.is_negated else result

    def _texts(self, node: TextChoice) -> ClassContents:
        characters = EMPTY
        texts: list[list[int]] = []
        for text in node.texts:
            if len(text) == 1:
                characters = union(characters, self._leaf(set_of_range(text[0], text[0])))
            elif not self._has_text(texts, text):
                texts.append(text)
        return ClassContents(characters, texts)

    def _operation(self, node: CharacterClass) -> ClassContents:
        if len(node.items) == 0:
            return ClassContents(EMPTY, [])
        result = self.contents(node.items[0])
        for item in node.items[1:]:
            other = self.contents(item)
            match node.operation:
                case SetOperation.INTERSECTION:
                    texts = [text for text in result.texts if self._has_text(other.texts, text)]
                    result = ClassContents(intersection(result.characters, other.characters), texts)
                case SetOperation.SUBTRACTION:
                    texts = [text for text in result.texts if not self._has_text(other.texts, text)]
                    result = ClassContents(difference(result.characters, other.characters), texts)
                case _:
                    texts = result.texts + [text for text in other.texts if not self._has_text(result.texts, text)]
                    result = ClassContents(union(result.characters, other.characters), texts)
        return result

    def _has_text(self, texts: list[list[int]], text: list[int]) -> bool:
        for other in texts:
            if len(other) == len(text) and self._are_same(other, text):
                return True
        return False

    def _are_same(self, a: list[int], b: list[int]) -> bool:
        for index in range(len(a)):
            left, right = a[index], b[index]
            if left != right and (self.rule is None or self.rule.key(left) != self.rule.key(right)):
                return False
        return True
