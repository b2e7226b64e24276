"""A place in a pattern's text, and the small things that its grammar is made of."""

from __future__ import annotations

from typing import Final, final

from tracewright.core.text import code_at
from tracewright.lib.regular_expressions.flags import Flags
from tracewright.lib.regular_expressions.property_names import STRING_PROPERTIES, is_property
from tracewright.lib.regular_expressions.syntax import PropertyEscape
from tracewright.lib.utf16 import (
    code_point_at,
    code_point_of_pair,
    is_high_surrogate,
    is_low_surrogate,
    units_in_code_point,
    units_of_code_point,
)

AT_END: Final = -1
MAXIMUM_NESTING: Final = 800  # groups, and classes inside classes
TOO_LARGE: Final = "Regular expression too large"
LARGEST_COUNT: Final = 0x7FFFFFFF
_OPEN_BRACE, _CLOSE_BRACE, _BACKSLASH, _SMALL_U = 0x7B, 0x7D, 0x5C, 0x75


@final
class PatternError(Exception):
    """The text is no pattern; `position` is an offset in it."""

    def __init__(self, message: str, position: int) -> None:
        super().__init__(message)
        self.message = message
        self.position = position


def is_digit(code: int) -> bool:
    """0 to 9."""
    return 0x30 <= code <= 0x39


def is_letter(code: int) -> bool:
    """a to z and A to Z."""
    return 0x61 <= code | 0x20 <= 0x7A and code < 0x80


def hex_value(code: int) -> int:
    """What a hexadecimal digit counts; -1 for anything else."""
    if is_digit(code):
        return code - 0x30
    small = code | 0x20
    return small - 0x57 if 0x61 <= small <= 0x66 else -1


class PatternCursor:
    """Looks at the pattern from left to right."""

    def __init__(self, text: str, flags: Flags) -> None:
        self.text = text
        self.flags = flags
        self.position = 0
        self.nesting = 0
        self.is_strict: bool = flags.reads_code_points()  # the grammar without Annex B; characters are code points

    def code(self, ahead: int) -> int:
        """The unit `ahead` of the current one, or AT_END."""
        index = self.position + ahead
        return code_at(self.text, index) if index < len(self.text) else AT_END

    def at(self, text: str) -> bool:
        """Whether this text stands here."""
        return self.text[self.position : self.position + len(text)] == text

    def take(self, text: str) -> bool:
        """Pass this text if it stands here, and say whether it does."""
        if not self.at(text):
            return False
        self.position += len(text)
        return True

    def next_character(self) -> int:
        """Pass one character: a code point or a unit, as the flags say."""
        code = code_point_at(self.text, self.position) if self.is_strict else self.code(0)
        self.position += units_in_code_point(code)
        return code

    def error(self, message: str) -> PatternError:
        """A mistake at the current place."""
        return PatternError(message, self.position)

    def enter(self) -> None:
        """One more group or class around what follows."""
        self.nesting += 1
        if self.nesting > MAXIMUM_NESTING:
            raise self.error(TOO_LARGE)

    def read_count(self) -> int:
        """Decimal digits; more than LARGEST_COUNT counts as that."""
        value = 0
        while is_digit(self.code(0)):
            value = min(value * 10 + self.code(0) - 0x30, LARGEST_COUNT)
            self.position += 1
        return value

    def read_hex(self, count: int) -> int:
        """Exactly so many hexadecimal digits, which are passed; -1 and nothing passed where there are not."""
        value = 0
        for index in range(count):
            digit = hex_value(self.code(index))
            if digit < 0:
                return -1
            value = value * 16 + digit
        self.position += count
        return value

    def read_unicode_escape(self) -> int:
        """A code point behind `\\u`, which is passed: four digits, a pair of such, or braces; -1 if it is none of these."""
        if self.code(0) == _OPEN_BRACE:
            return self._read_braced()
        first = self.read_hex(4)
        if is_high_surrogate(first) and self.code(0) == _BACKSLASH and self.code(1) == _SMALL_U:
            here = self.position
            self.position += 2
            second = self.read_hex(4)
            if is_low_surrogate(second):
                return code_point_of_pair(first, second)
            self.position = here
        return first

    def _read_braced(self) -> int:
        here = self.position
        self.position += 1
        value = 0
        digits = 0
        while hex_value(self.code(0)) >= 0 and value <= 0x10FFFF:
            value = value * 16 + hex_value(self.code(0))
            self.position += 1
            digits += 1
        if digits == 0 or value > 0x10FFFF or self.code(0) != _CLOSE_BRACE:
            self.position = here
            return -1
        self.position += 1
        return value

    def read_property(self, start: int, is_negated: bool, in_class: bool) -> PropertyEscape:
        """The braces behind `\\p`. Raises PatternError."""
        suffix = " in character class" if in_class else ""
        if not self.take("{"):
            raise PatternError("Invalid property name" + suffix, start)
        name = self._read_property_word()
        value = ""
        if self.take("="):
            value = self._read_property_word()
            valid = value != "" and is_property(name, value)
        else:
            valid = is_property(name, "")
            if name in STRING_PROPERTIES and self.flags.is_unicode_sets and not is_negated:
                valid = True
        if not valid or not self.take("}"):
            raise PatternError("Invalid property name" + suffix, start)
        return PropertyEscape(start, name, value, is_negated)

    def _read_property_word(self) -> str:
        start = self.position
        while is_digit(self.code(0)) or self.code(0) == 0x5F or self.code(0) != AT_END and is_letter(self.code(0)):
            self.position += 1
        return self.text[start : self.position]


def text_of_code(code: int) -> str:
    """The units of a code point."""
    return units_of_code_point(code)
