"""Escapes that stand for characters, and classes: `[a-z]`, with the `v` flag also `[\\w--[a-f]]` and `[\\q{abc}]`."""

from __future__ import annotations

from typing import Final

from tracewright.lib.regular_expressions.cursor import (
    AT_END,
    PatternCursor,
    PatternError,
    is_digit,
    is_letter,
)
from tracewright.lib.regular_expressions.property_names import STRING_PROPERTIES
from tracewright.lib.regular_expressions.syntax import (
    CharacterClass,
    CharacterRange,
    ClassEscape,
    Node,
    PropertyEscape,
    SetOperation,
    TextChoice,
)

SYNTAX_CHARACTERS: Final = "^$\\.*+?()[]{}|/"
_SET_SYNTAX: Final = "()[]{}/-\\|"
_SET_DOUBLE: Final = "&!#$%*+,.:;<=>?@^`~"  # twice in a row they are kept for later
_SET_ESCAPED: Final = "&-!#%,:;<=>@`~"
_CONTROL_ESCAPES: Final[dict[int, int]] = {0x66: 0x0C, 0x6E: 0x0A, 0x72: 0x0D, 0x74: 0x09, 0x76: 0x0B}
_MINUS, _ZERO, _BACKSLASH = 0x2D, 0x30, 0x5C
_NO_CHARACTER: Final = -1


class ClassParser(PatternCursor):
    """Reads classes and characters; the rest of the pattern is read by a subclass."""

    has_names: bool = False  # the pattern has a named group: `\\k` is then no plain k

    # Characters behind a backslash

    def read_character_escape(self, in_class: bool) -> int:
        """The character of an escape; the position is behind the backslash. Raises PatternError."""
        start = self.position - 1
        code = self.code(0)
        if code in _CONTROL_ESCAPES:
            self.position += 1
            return _CONTROL_ESCAPES[code]
        match code:
            case 0x63:  # c
                return self._read_control(start, in_class)
            case 0x78:  # x
                self.position += 1
                value = self.read_hex(2)
                if value >= 0:
                    return value
                if self.is_strict:
                    raise PatternError("Invalid escape", start)
                return code
            case 0x75:  # u
                self.position += 1
                value = self._read_unicode()
                if value >= 0:
                    return value
                if self.is_strict:
                    raise PatternError("Invalid Unicode escape", start)
                return code
            case _:
                if is_digit(code):
                    return self._read_octal(start, in_class)
                return self._read_identity(start, in_class)

    def _read_unicode(self) -> int:
        return self.read_unicode_escape() if self.is_strict else self.read_hex(4)

    def _read_control(self, start: int, in_class: bool) -> int:
        letter = self.code(1)
        if letter != AT_END and (
            is_letter(letter) or in_class and not self.is_strict and (is_digit(letter) or letter == 0x5F)
        ):
            self.position += 2
            return letter & 31
        if self.is_strict:
            raise PatternError("Invalid unicode escape", start)
        return _BACKSLASH  # the backslash itself; the c comes next

    def _read_octal(self, start: int, in_class: bool) -> int:
        """`\\0`, and in the lenient grammar octal numbers up to 255."""
        if self.is_strict:
            if self.code(0) == _ZERO and not is_digit(self.code(1)):
                self.position += 1
                return 0
            raise PatternError("Invalid class escape" if in_class else "Invalid decimal escape", start)
        first = self.code(0)
        if first >= 0x38:
            self.position += 1
            return first
        value = 0
        most = 3 if first <= 0x33 else 2
        while most > 0 and _ZERO <= self.code(0) <= 0x37:
            value = value * 8 + self.code(0) - _ZERO
            self.position += 1
            most -= 1
        return value

    def _read_identity(self, start: int, in_class: bool) -> int:
        code = self.code(0)
        if code == AT_END:
            raise PatternError("\\ at end of pattern", start)
        if self.is_strict:
            is_plain = code < 128 and (chr(code) in SYNTAX_CHARACTERS or in_class and code == _MINUS)
            if not is_plain:
                raise PatternError("Invalid escape", start)
        elif code == 0x6B and self.has_names:
            raise PatternError("Invalid escape" if in_class else "Invalid named reference", start)
        return self.next_character()

    def read_class_escape(self, in_class: bool) -> Node | None:
        """`\\d` and its kin, or a property; None where the escape is another. The position is at the backslash."""
        start = self.position
        letter = self.code(1)
        match letter:
            case 0x64 | 0x73 | 0x77:  # d s w
                self.position += 2
                return ClassEscape(start, chr(letter), False)
            case 0x44 | 0x53 | 0x57:  # D S W
                self.position += 2
                return ClassEscape(start, chr(letter | 0x20), True)
            case 0x70 | 0x50:  # p P
                if not self.is_strict:
                    return None
                self.position += 2
                return self.read_property(start, letter == 0x50, in_class)
            case _:
                return None

    # Classes

    def read_class(self) -> CharacterClass:
        """A class; the position is at its opening bracket. Raises PatternError."""
        start = self.position
        self.enter()
        self.position += 1
        is_negated = self.take("^")
        if self.flags.is_unicode_sets:
            result = self._read_set(start, is_negated)
        else:
            result = self._read_ranges(start, is_negated)
        self.nesting -= 1
        return result

    def _read_ranges(self, start: int, is_negated: bool) -> CharacterClass:
        items: list[Node] = []
        while not self.take("]"):
            first_start = self.position
            first_class = self._read_class_atom()
            first = self.last_character
            if self.code(0) != _MINUS or self.code(1) == 0x5D or self.code(1) == AT_END:
                items.append(first_class if first_class is not None else CharacterRange(first_start, first, first))
                continue
            self.position += 1
            second_class = self._read_class_atom()
            last = self.last_character
            if first_class is None and second_class is None:
                if first > last:
                    raise PatternError("Range out of order in character class", first_start)
                items.append(CharacterRange(first_start, first, last))
                continue
            if self.is_strict:
                raise PatternError("Invalid character class", first_start)
            items.append(first_class if first_class is not None else CharacterRange(first_start, first, first))
            items.append(CharacterRange(first_start, _MINUS, _MINUS))
            items.append(second_class if second_class is not None else CharacterRange(first_start, last, last))
        return CharacterClass(start, is_negated, SetOperation.UNION, items)

    last_character: int = _NO_CHARACTER  # what `_read_class_atom` read, where it was no class

    def _read_class_atom(self) -> Node | None:
        """One item of a class: a class escape, or a character, which is then in `last_character`."""
        code = self.code(0)
        if code == AT_END:
            raise self.error("Unterminated character class")
        if code != _BACKSLASH:
            self.last_character = self.next_character()
            return None
        escape = self.read_class_escape(True)
        if escape is not None:
            self.last_character = _NO_CHARACTER
            return escape
        self.position += 1
        if self.take("b"):
            self.last_character = 0x08
        else:
            self.last_character = self.read_character_escape(True)
        return None

    # Classes with the `v` flag

    def _read_set(self, start: int, is_negated: bool) -> CharacterClass:
        items: list[Node] = []
        operation: int = SetOperation.UNION
        while not self.take("]"):
            if self.code(0) == AT_END:
                raise self.error("Unterminated character class")
            if len(items) == 1 and operation == SetOperation.UNION:
                operation = self._operation()
            if operation != SetOperation.UNION:
                self._expect_operator(operation)
                items.append(self._read_set_operand())
                continue
            items.append(self._read_set_item())
        if is_negated and _may_hold_texts(operation, items):
            raise PatternError("Negated character class may contain strings", start)
        return CharacterClass(start, is_negated, operation, items)

    def _operation(self) -> int:
        if self.at("--"):
            return SetOperation.SUBTRACTION
        return SetOperation.INTERSECTION if self.at("&&") else SetOperation.UNION

    def _expect_operator(self, operation: int) -> None:
        if not self.take("--" if operation == SetOperation.SUBTRACTION else "&&"):
            raise self.error("Invalid set operation in character class")
        if operation == SetOperation.INTERSECTION and self.at("&"):
            raise self.error("Invalid character in character class")

    def _read_set_item(self) -> Node:
        """An operand or a range."""
        start = self.position
        operand = self._read_set_operand()
        if self.code(0) != _MINUS or self.code(1) == _MINUS:
            return operand
        if not isinstance(operand, CharacterRange):
            raise self.error("Invalid character class")
        self.position += 1
        last = self._read_set_operand()
        if not isinstance(last, CharacterRange):
            raise PatternError("Invalid character class", start)
        if operand.first > last.last:
            raise PatternError("Range out of order in character class", start)
        return CharacterRange(start, operand.first, last.last)

    def _read_set_operand(self) -> Node:
        start = self.position
        code = self.code(0)
        if code == 0x5B:  # [
            return self.read_class()
        if code == _BACKSLASH:
            escape = self.read_class_escape(True)
            if escape is not None:
                return escape
            if self.code(1) == 0x71:  # q
                return self._read_texts()
        character = self._read_set_character()
        return CharacterRange(start, character, character)

    def _read_set_character(self) -> int:
        code = self.code(0)
        if code == AT_END:
            raise self.error("Unterminated character class")
        if code == _BACKSLASH:
            self.position += 1
            escaped = self.code(0)
            if escaped == 0x62:  # b
                self.position += 1
                return 0x08
            if 0 <= escaped < 128 and chr(escaped) in _SET_ESCAPED:
                self.position += 1
                return escaped
            return self.read_character_escape(True)
        if code < 128:
            character = chr(code)
            if character in _SET_SYNTAX or character in _SET_DOUBLE and self.code(1) == code:
                raise self.error("Invalid character in character class")
        return self.next_character()

    def _read_texts(self) -> Node:
        """`\\q{...}`."""
        start = self.position
        self.position += 2
        if not self.take("{"):
            raise PatternError("Invalid escape", start)
        texts: list[list[int]] = []
        text: list[int] = []
        while not self.take("}"):
            if self.take("|"):
                texts.append(text)
                text = []
            elif self.code(0) == AT_END:
                raise PatternError("Invalid character class", start)
            else:
                text.append(self._read_set_character())
        texts.append(text)
        return TextChoice(start, texts)


def _may_hold_texts(operation: int, items: list[Node]) -> bool:
    """Whether a set may match other than single characters, by the standard's rule, which looks at the text alone."""
    if operation == SetOperation.INTERSECTION:
        return all(_may_be_text(item) for item in items)
    if operation == SetOperation.SUBTRACTION:
        return _may_be_text(items[0])
    return any(_may_be_text(item) for item in items)


def _may_be_text(item: Node) -> bool:
    if isinstance(item, TextChoice):
        return any(len(text) != 1 for text in item.texts)
    if isinstance(item, PropertyEscape):
        return item.name in STRING_PROPERTIES
    if isinstance(item, CharacterClass):
        return not item.is_negated and _may_hold_texts(item.operation, item.items)
    return False
