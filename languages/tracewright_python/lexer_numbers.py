"""Numbers: from their first character to their last, and what is wrong with them."""

from __future__ import annotations

from typing import Final

from tracewright.core.text import code_at
from tracewright.guest.diagnostics import Span
from tracewright_python.diagnostics import LineIndex, SyntaxFault
from tracewright_python.identifiers import ASCII_PARTS, NamePart

AT_END: Final = -1
_PLUS, _MINUS, _DOT, _ZERO, _ONE, _SEVEN, _NINE = 0x2B, 0x2D, 0x2E, 0x30, 0x31, 0x37, 0x39
_UNDERSCORE, _SMALL_B, _SMALL_E, _SMALL_J, _SMALL_O, _SMALL_X = 0x5F, 0x62, 0x65, 0x6A, 0x6F, 0x78
_BEHIND_NUMBERS: Final = (
    "and",
    "else",
    "for",
    "if",
    "in",
    "is",
    "or",
    "not",
)  # keywords that need no space before them


class Scanner:
    """A place in a text that is being tokenized, up to `stop`."""

    def __init__(self, text: str, lines: LineIndex, position: int, stop: int) -> None:
        self.text = text
        self.lines = lines
        self.position = position
        self.stop = stop

    def code(self, ahead: int) -> int:
        """The character `ahead` of the current one; AT_END beyond the text."""
        index = self.position + ahead
        return code_at(self.text, index) if index < self.stop else AT_END

    def fault_before(self, position: int, message: str) -> SyntaxFault:
        """A mistake found when everything before `position` was read: its place is the last character of that."""
        line = self.lines.line(position - 1)
        column = position - self.lines.starts[line - 1]
        return SyntaxFault(message, Span(line, column, line, column))


def is_name_part(code: int) -> bool:
    """Whether the character could belong to a name; anything beyond ASCII is looked at later."""
    return code >= 128 or code >= 0 and ASCII_PARTS[code] != NamePart.NOTHING


def is_digit(code: int) -> bool:
    """0 to 9."""
    return _ZERO <= code <= _NINE


def digit_value(code: int) -> int:
    """What a digit of any radix up to 16 counts; 99 for anything else."""
    if is_digit(code):
        return code - _ZERO
    small = code | 0x20
    if 0x61 <= small <= 0x66:
        return small - 0x57
    return 99


class NumberReader(Scanner):
    """Passes over numbers."""

    def read_number(self) -> None:
        """Go behind the number that begins here, with a digit or a dot before one. Raises SyntaxFault."""
        if self.code(0) == _ZERO:
            letter = self.code(1) | 0x20
            if letter == _SMALL_X and self.code(1) != AT_END:
                self._read_radix(16, "hexadecimal")
            elif letter == _SMALL_O and self.code(1) != AT_END:
                self._read_radix(8, "octal")
            elif letter == _SMALL_B and self.code(1) != AT_END:
                self._read_radix(2, "binary")
            else:
                self._read_after_zero()
            return
        if self.code(0) != _DOT:
            self._skip_decimals()
        self._read_fraction()

    def _read_radix(self, radix: int, name: str) -> None:
        self.position += 2
        while True:
            if self.code(0) == _UNDERSCORE:
                self.position += 1
            if digit_value(self.code(0)) >= radix:
                raise self._bad_digit(radix, name)
            while digit_value(self.code(0)) < radix:
                self.position += 1
            if self.code(0) != _UNDERSCORE:
                break
        if is_digit(self.code(0)):
            raise self._bad_digit(radix, name)
        self._check_end(name)

    def _bad_digit(self, radix: int, name: str) -> SyntaxFault:
        code = self.code(0)
        if is_digit(code) and radix < 10:
            return self.fault_before(self.position + 1, f"invalid digit '{chr(code)}' in {name} literal")
        return self.fault_before(self.position, f"invalid {name} literal")

    def _read_after_zero(self) -> None:
        """A decimal that begins with zeros: only zero itself, or the beginning of a float."""
        start = self.position
        self.position += 1
        while True:
            if self.code(0) == _UNDERSCORE:
                self.position += 1
                if not is_digit(self.code(0)):
                    raise self.fault_before(self.position, "invalid decimal literal")
            if self.code(0) != _ZERO:
                break
            self.position += 1
        zeros_end = self.position + 1
        is_nonzero = is_digit(self.code(0))
        if is_nonzero:
            self._skip_decimals()
        after = self.code(0)
        if is_nonzero and not (after == _DOT or after >= 0 and (after | 0x20 == _SMALL_E or after | 0x20 == _SMALL_J)):
            line = self.lines.line(start)
            origin = self.lines.starts[line - 1]
            message = "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers"
            raise SyntaxFault(message, Span(line, start + 1 - origin, line, zeros_end - origin))
        self._read_fraction()

    def _read_fraction(self) -> None:
        """Fraction, exponent and `j`, as far as they are there, and the check that the number ends."""
        if self.code(0) == _DOT:
            self.position += 1
            if is_digit(self.code(0)):
                self._skip_decimals()
        if self.code(0) >= 0 and self.code(0) | 0x20 == _SMALL_E and not self._read_exponent():
            return
        if self.code(0) >= 0 and self.code(0) | 0x20 == _SMALL_J:
            self.position += 1
            self._check_end("imaginary")
        else:
            self._check_end("decimal")

    def _read_exponent(self) -> bool:
        """Pass an exponent; False where `e` begins a keyword behind the number."""
        sign = self.code(1)
        if sign == _PLUS or sign == _MINUS:
            self.position += 2
            if not is_digit(self.code(0)):
                raise self.fault_before(self.position, "invalid decimal literal")
        elif not is_digit(sign):
            self._check_end("decimal")
            return False
        else:
            self.position += 1
        self._skip_decimals()
        return True

    def _skip_decimals(self) -> None:
        while True:
            while is_digit(self.code(0)):
                self.position += 1
            if self.code(0) != _UNDERSCORE:
                return
            self.position += 1
            if not is_digit(self.code(0)):
                raise self.fault_before(self.position, "invalid decimal literal")

    def _check_end(self, name: str) -> None:
        """Refuse a letter or digit directly behind a number, unless a keyword begins there."""
        code = self.code(0)
        if code >= 128 or not is_name_part(code):
            return
        for keyword in _BEHIND_NUMBERS:
            # Two letters tell apart what is looked at: `1isx` passes here, and the parser refuses the name `isx`.
            length = 2 if keyword[0] == "i" else len(keyword)
            if self.text[self.position : self.position + length] == keyword[:length]:
                return
        raise self.fault_before(self.position, f"invalid {name} literal")
