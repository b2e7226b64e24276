"""Pattern text to tree, with every early error of the standard, Annex B's leniency included where no `u` or `v` flag forbids it.

The text is one of UTF-16 units. Linear in its length, except that a `{` which begins no quantifier is looked at twice.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.lib.regular_expressions.class_parser import ClassParser
from tracewright.lib.regular_expressions.cursor import (
    AT_END,
    LARGEST_COUNT,
    TOO_LARGE,
    PatternError,
    is_digit,
    text_of_code,
)
from tracewright.lib.regular_expressions.emoji_sequences import PATTERNS
from tracewright.lib.regular_expressions.flags import MODIFIERS, Flags
from tracewright.lib.regular_expressions.syntax import (
    UNBOUNDED,
    Alternatives,
    Anchor,
    AnchorKind,
    AnyCharacter,
    BackReference,
    Character,
    Group,
    LookAround,
    Modified,
    Node,
    Pattern,
    PropertyEscape,
    Repeat,
    Sequence,
)
from tracewright.lib.regular_expressions.unicode_names import continues_identifier, starts_identifier
from tracewright.lib.utf16 import code_point_at, units_in_code_point

__all__ = ["PatternError", "parse_pattern"]

MAXIMUM_GROUPS: Final = 1 << 16
_BACKSLASH, _BAR, _CLOSE, _OPEN, _OPEN_BRACKET = 0x5C, 0x7C, 0x29, 0x28, 0x5B


def parse_pattern(text: str, flags: Flags) -> Pattern:
    """The tree of a pattern. Raises PatternError."""
    return _PatternParser(text, flags).parse()


@final
class _PatternParser(ClassParser):
    """Reads one pattern."""

    def __init__(self, text: str, flags: Flags) -> None:
        super().__init__(text, flags)
        self.group_names: list[str] = [""]
        self.references: list[BackReference] = []  # those by name, to be settled at the end
        self.group_count = 0  # in the whole pattern, known before it is parsed
        self._count_groups()

    def parse(self) -> Pattern:
        """The whole pattern."""
        try:
            body = self._parse_alternatives()
        except RecursionError:
            raise self.error(TOO_LARGE)
        if self.code(0) == _CLOSE:
            raise self.error("Unmatched ')'")
        for reference in self.references:
            index = self.group_names.index(reference.name) if reference.name in self.group_names else 0
            if index == 0:
                raise PatternError("Invalid named capture referenced", reference.start)
            reference.index = index
        return Pattern(self.text, self.flags, body, self.group_names)

    def _count_groups(self) -> None:
        """How many captures there are, and whether one is named: both change what escapes before them mean."""
        depth = 0  # of classes
        index = 0
        while index < len(self.text):
            character = self.text[index]
            if character == "\\":
                index += 1
            elif character == "[":
                depth = depth + 1 if self.flags.is_unicode_sets else 1
            elif character == "]":
                depth = max(depth - 1, 0)
            elif character == "(" and depth == 0:
                after = self.text[index + 1 : index + 4]
                is_named = after[:2] == "?<" and after != "?<=" and after != "?<!"
                if after[:1] != "?" or is_named:
                    self.group_count += 1
                self.has_names = self.has_names or is_named
            index += 1
        if self.group_count > MAXIMUM_GROUPS:
            raise PatternError("Too many captures", 0)

    # Structure

    def _parse_alternatives(self) -> Node:
        start = self.position
        options: list[Node] = [self._parse_sequence()]
        while self.take("|"):
            options.append(self._parse_sequence())
        return options[0] if len(options) == 1 else Alternatives(start, options)

    def _parse_sequence(self) -> Node:
        start = self.position
        items: list[Node] = []
        while True:
            code = self.code(0)
            if code == AT_END or code == _BAR or code == _CLOSE:
                return items[0] if len(items) == 1 else Sequence(start, items)
            first_group = len(self.group_names)
            can_repeat = self._parse_term(items)
            self._parse_quantifier(items, first_group, can_repeat)

    def _parse_term(self, items: list[Node]) -> bool:
        """One piece; False if no quantifier may follow it."""
        start = self.position
        code = self.code(0)
        match code:
            case 0x5E:  # ^
                self.position += 1
                items.append(Anchor(start, AnchorKind.START))
                return False
            case 0x24:  # $
                self.position += 1
                items.append(Anchor(start, AnchorKind.END))
                return False
            case 0x28:
                return self._parse_group(items)
            case 0x2E:  # .
                self.position += 1
                items.append(AnyCharacter(start))
                return True
            case 0x5B:
                items.append(self.read_class())
                return True
            case 0x5C:
                return self._parse_escape(items)
            case 0x2A | 0x2B | 0x3F:  # * + ?
                raise self.error("Nothing to repeat")
            case 0x7B:  # {
                if self.is_strict:
                    raise self.error("Nothing to repeat")
                if self._at_counts():
                    raise self.error("Nothing to repeat")
            case 0x7D | 0x5D:  # } ]
                if self.is_strict:
                    raise self.error("Lone quantifier brackets")
        items.append(Character(start, self.next_character()))
        return True

    def _parse_group(self, items: list[Node]) -> bool:
        start = self.position
        self.enter()
        can_repeat = True
        if not self.at("(?"):
            self.position += 1
            self._parse_capture(items, start, "")
        elif self.take("(?:"):
            items.append(self._parse_alternatives())
        elif self.take("(?="):
            self._parse_look_around(items, start, False, False)
            can_repeat = not self.is_strict
        elif self.take("(?!"):
            self._parse_look_around(items, start, False, True)
            can_repeat = not self.is_strict
        elif self.take("(?<="):
            self._parse_look_around(items, start, True, False)
            can_repeat = False
        elif self.take("(?<!"):
            self._parse_look_around(items, start, True, True)
            can_repeat = False
        elif self.take("(?<"):
            name = self._parse_group_name()
            if name in self.group_names:
                raise self.error("Duplicate capture group name")
            self._parse_capture(items, start, name)
        else:
            self._parse_modified(items, start)
        if not self.take(")"):
            raise self.error("Unterminated group")
        self.nesting -= 1
        return can_repeat

    def _parse_capture(self, items: list[Node], start: int, name: str) -> None:
        index = len(self.group_names)
        self.group_names.append(name)
        items.append(Group(start, index, name, self._parse_alternatives()))

    def _parse_modified(self, items: list[Node], start: int) -> None:
        """`(?ims-ims:`, at its parenthesis: each letter once, and one at least."""
        stop = self.text.find(":", start)
        letters = self.text[start + 2 : max(stop, start + 2)]
        added, hyphen, taken = letters.partition("-")
        both = added + taken
        if len(both) == 0 or any(both.count(letter) > 1 or letter not in MODIFIERS for letter in both):
            raise PatternError("Invalid group", start)
        self.position = stop + 1
        outer = self.flags
        self.flags = outer.changed(added, taken)
        items.append(Modified(start, self._parse_alternatives(), self.flags))
        self.flags = outer

    def _parse_look_around(self, items: list[Node], start: int, is_behind: bool, is_negated: bool) -> None:
        first_group = len(self.group_names)
        item = self._parse_alternatives()
        items.append(LookAround(start, item, is_behind, is_negated, first_group, len(self.group_names)))

    def _parse_group_name(self) -> str:
        """A name and the `>` behind it; escapes in it are code points, with or without the `u` flag."""
        parts: list[str] = []
        while True:
            if self.code(0) == AT_END:
                raise self.error("Invalid capture group name")
            if self.take(">"):
                break
            start = self.position
            if self.code(0) == _BACKSLASH:
                self.position += 1
                code = self.read_unicode_escape() if self.take("u") else -1
                if code < 0:
                    raise PatternError("Invalid Unicode escape", start)
            else:
                code = code_point_at(self.text, self.position)
                self.position += units_in_code_point(code)
            if not (continues_identifier(code) if len(parts) > 0 else starts_identifier(code)):
                raise PatternError("Invalid capture group name", start)
            parts.append(text_of_code(code))
        if len(parts) == 0:
            raise self.error("Invalid capture group name")
        return "".join(parts)

    # Quantifiers

    def _parse_quantifier(self, items: list[Node], first_group: int, can_repeat: bool) -> None:
        start = self.position
        minimum = 0
        maximum: int = UNBOUNDED
        match self.code(0):
            case 0x2A:  # *
                self.position += 1
            case 0x2B:  # +
                self.position += 1
                minimum = 1
            case 0x3F:  # ?
                self.position += 1
                maximum = 1
            case 0x7B:  # {
                if not self._at_counts():
                    if self.is_strict:
                        raise self.error("Incomplete quantifier")
                    return
                self.position += 1
                minimum = self.read_count()
                maximum = minimum
                if self.take(","):
                    maximum = self.read_count() if is_digit(self.code(0)) else UNBOUNDED
                self.position += 1
                if maximum != UNBOUNDED and maximum < minimum:
                    raise PatternError("numbers out of order in {} quantifier", start)
                if maximum == LARGEST_COUNT:
                    maximum = UNBOUNDED
            case _:
                return
        if not can_repeat:
            raise PatternError("Nothing to repeat", start)
        is_greedy = not self.take("?")
        item = items.pop()
        items.append(Repeat(item.start, item, minimum, maximum, is_greedy, first_group, len(self.group_names)))

    def _at_counts(self) -> bool:
        """Whether `{n}`, `{n,}` or `{n,m}` stands here."""
        here = self.position
        self.position += 1
        result = is_digit(self.code(0))
        self.read_count()
        if result and self.take(","):
            self.read_count()
        result = result and self.at("}")
        self.position = here
        return result

    # Escapes

    def _parse_escape(self, items: list[Node]) -> bool:
        start = self.position
        code = self.code(1)
        if code == 0x62 or code == 0x42:  # b B
            self.position += 2
            items.append(Anchor(start, AnchorKind.WORD_BOUNDARY if code == 0x62 else AnchorKind.NO_WORD_BOUNDARY))
            return False
        if 0x31 <= code <= 0x39:
            index = self._read_reference()
            if index > 0:
                items.append(BackReference(start, index, ""))
                return True
        if code == 0x6B and (self.is_strict or self.has_names):  # k
            self.position += 2
            if not self.take("<"):
                raise PatternError("Invalid named reference", start)
            reference = BackReference(start, 0, self._parse_reference_name(start))
            self.references.append(reference)
            items.append(reference)
            return True
        escape = self.read_class_escape(False)
        if escape is None:
            self.position += 1
            escape = Character(start, self.read_character_escape(False))
        if isinstance(escape, PropertyEscape) and escape.name in PATTERNS:
            escape = parse_pattern(PATTERNS[escape.name], self.flags).body  # a property of strings
        items.append(escape)
        return True

    def _parse_reference_name(self, start: int) -> str:
        try:
            return self._parse_group_name()
        except PatternError:
            raise PatternError("Invalid named reference", start)

    def _read_reference(self) -> int:
        """The group of `\\1` and so on, which is passed; 0 and nothing passed where there is no such group."""
        here = self.position
        self.position += 1
        index = self.read_count()
        if index <= self.group_count:
            return index
        if self.is_strict:
            raise PatternError("Invalid escape", here)
        self.position = here
        return 0
