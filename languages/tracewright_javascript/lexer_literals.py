"""Numbers, strings, templates and regular expressions: from their first unit to their last."""

from __future__ import annotations

from typing import Final

from tracewright.core.text import code_at
from tracewright.lib.float_parse import parse_float
from tracewright.lib.regular_expressions.unicode_names import continues_identifier, starts_identifier
from tracewright.lib.utf16 import code_point_at, units_in_code_point, units_of_code_point
from tracewright_javascript import messages
from tracewright_javascript.diagnostics import SyntaxFault, is_line_terminator
from tracewright_javascript.tokens import Kind, LegacyForm, Token

AT_END: Final = -1
MAXIMUM_CODE_POINT: Final = 0x10FFFF
_BIGGEST_EXACT: Final = 1 << 53
_TAB, _LINE_FEED, _CARRIAGE_RETURN = 0x09, 0x0A, 0x0D
_QUOTE, _DOLLAR, _APOSTROPHE, _PLUS, _MINUS, _DOT, _SLASH = 0x22, 0x24, 0x27, 0x2B, 0x2D, 0x2E, 0x2F
_ZERO, _SEVEN, _EIGHT, _NINE = 0x30, 0x37, 0x38, 0x39
_OPEN_BRACKET, _BACKSLASH, _CLOSE_BRACKET, _UNDERSCORE, _BACKTICK = 0x5B, 0x5C, 0x5D, 0x5F, 0x60
_SMALL_B, _SMALL_E, _SMALL_N, _SMALL_O, _SMALL_U, _SMALL_X = 0x62, 0x65, 0x6E, 0x6F, 0x75, 0x78
_OPEN_BRACE, _CLOSE_BRACE = 0x7B, 0x7D
_SIMPLE_ESCAPES: dict[int, str] = {0x6E: "\n", 0x74: "\t", 0x72: "\r", 0x62: "\b", 0x66: "\f", 0x76: "\v"}


def digit_value(code: int) -> int:
    """What a digit of any radix up to 16 counts; 99 for anything else."""
    if _ZERO <= code <= _NINE:
        return code - _ZERO
    small = code | 0x20
    if 0x61 <= small <= 0x66:
        return small - 0x57
    return 99


def value_of_digits(digits: str, radix: int) -> float:
    """The nearest double to an integer of radix 2, 8 or 16, half way to even; digits only."""
    bits = 1 if radix == 2 else 3 if radix == 8 else 4
    whole = 0
    lost = False  # whether a bit that is set was shifted out
    exponent = 0
    for index in range(len(digits)):
        digit = digit_value(code_at(digits, index))
        if whole < _BIGGEST_EXACT << 4:
            whole = (whole << bits) | digit
        else:
            exponent += bits
            lost = lost or digit != 0
    if lost:
        whole = whole | 1  # whole has bits beyond a double's, so the lowest only says that there is more
    result = float(whole)
    while exponent > 0 and result < 1e308:
        step = min(exponent, 60)
        result *= float(1 << step)
        exponent -= step
    return result * 2.0 if exponent > 0 else result


class LiteralReader:
    """A place in a source text and the token being read. The text is one of UTF-16 units (`lib/utf16.py`)."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.length: int = len(text)
        self.position = 0
        self.token: Token = Token()
        self.uncooked_fault: SyntaxFault | None = None  # of the last template piece without a cooked text

    def code(self, ahead: int) -> int:
        """The unit `ahead` of the current one; AT_END beyond the text."""
        index = self.position + ahead
        return code_at(self.text, index) if index < self.length else AT_END

    def fault(self, message: str, start: int, end: int) -> SyntaxFault:
        """A mistake between two places."""
        return SyntaxFault(message, start, end)

    # Numbers

    def read_number(self) -> None:
        """A numeric literal; the position is at its first digit, or at the dot before it."""
        token = self.token
        token.kind = Kind.NUMBER
        token.legacy = LegacyForm.NONE
        first = self.code(0)
        if first == _ZERO:
            letter = self.code(1) | 0x20
            if letter == _SMALL_X:
                self._read_radix(16)
            elif letter == _SMALL_O:
                self._read_radix(8)
            elif letter == _SMALL_B:
                self._read_radix(2)
            elif _ZERO <= self.code(1) <= _NINE:
                self._read_legacy()
            elif self.code(1) == _UNDERSCORE:
                raise self.fault(messages.ZERO_SEPARATOR, self.position + 1, self.position + 2)
            else:
                self._read_decimal(True)
        else:
            self._read_decimal(True)
        after = self._code_point()
        if starts_identifier(after) or _ZERO <= after <= _NINE or after == _BACKSLASH:
            raise self.fault(messages.INVALID_TOKEN, token.start, self.position + 1)

    def _code_point(self) -> int:
        return code_point_at(self.text, self.position) if self.position < self.length else AT_END

    def _read_radix(self, radix: int) -> None:
        self.position += 2
        start = self.position
        self._skip_digits(radix)
        if self.position == start:
            raise self.fault(messages.INVALID_TOKEN, self.token.start, self.position + 1)
        digits = self.text[start : self.position].replace("_", "")
        if self.code(0) == _SMALL_N:
            self.position += 1
            self.token.kind = Kind.BIG_INTEGER
            self.token.text = self.text[self.token.start : start] + digits
        else:
            self.token.number = value_of_digits(digits, radix)

    def _skip_digits(self, radix: int) -> None:
        """Pass digits with single separators between them."""
        first = True
        while True:
            code = self.code(0)
            if digit_value(code) < radix:
                self.position += 1
                first = False
            elif code == _UNDERSCORE:
                if self.code(1) == _UNDERSCORE:
                    raise self.fault(messages.DOUBLE_SEPARATOR, self.position + 1, self.position + 2)
                if first or digit_value(self.code(1)) >= radix:
                    message = messages.INVALID_TOKEN if first else messages.TRAILING_SEPARATOR
                    raise self.fault(message, self.position, self.position + 1)
                self.position += 1
            else:
                return

    def _read_legacy(self) -> None:
        """`017`, which is octal, or `089`, which is not."""
        token = self.token
        start = self.position
        octal = True
        while _ZERO <= self.code(0) <= _NINE:
            octal = octal and self.code(0) <= _SEVEN
            self.position += 1
        if self.code(0) == _UNDERSCORE:
            raise self.fault(messages.ZERO_SEPARATOR, self.position, self.position + 1)
        token.legacy = LegacyForm.OCTAL_NUMBER if octal else LegacyForm.LEADING_ZERO
        token.legacy_start = start
        if octal:
            token.number = value_of_digits(self.text[start : self.position], 8)
        else:
            self.position = start
            self._read_decimal(False)

    def _read_decimal(self, may_be_big: bool) -> None:
        start = self.position
        self._skip_digits(10)
        if may_be_big and self.code(0) == _SMALL_N and self.position > start:
            self.token.kind = Kind.BIG_INTEGER
            self.token.text = self.text[start : self.position].replace("_", "")
            self.position += 1
            return
        if self.code(0) == _DOT:
            self.position += 1
            if self.code(0) != _UNDERSCORE:
                self._skip_digits(10)
        if self.code(0) | 0x20 == _SMALL_E and self.code(0) != AT_END:
            self.position += 1
            if self.code(0) == _PLUS or self.code(0) == _MINUS:
                self.position += 1
            digits = self.position
            self._skip_digits(10)
            if self.position == digits:
                raise self.fault(messages.INVALID_TOKEN, self.token.start, self.position + 1)
        if self.code(0) == _UNDERSCORE:
            raise self.fault(messages.INVALID_TOKEN, self.position, self.position + 1)
        text = self.text[start : self.position].replace("_", "")
        self.token.number = decimal_value(text)

    # Strings and templates

    def read_string(self, quote: int) -> None:
        """A string literal; the position is at its opening quote."""
        token = self.token
        token.kind = Kind.STRING
        token.legacy = LegacyForm.NONE
        self.position += 1
        start = self.position
        parts: list[str] = []
        while True:
            code = self.code(0)
            if code == quote:
                break
            if code == AT_END or code == _LINE_FEED or code == _CARRIAGE_RETURN:
                raise SyntaxFault(messages.INVALID_TOKEN, token.start, self.position)
            if code == _BACKSLASH:
                parts.append(self.text[start : self.position])
                parts.append(self._string_escape())
                start = self.position
            else:
                self.position += 1
        last = self.text[start : self.position]
        self.position += 1
        if len(parts) == 0:
            token.text = last
        else:
            parts.append(last)
            token.text = "".join(parts)

    def _string_escape(self) -> str:
        """What an escape in a string stands for; passes it."""
        code = self.code(1)
        if _ZERO <= code <= _NINE and not (code == _ZERO and not _ZERO <= self.code(2) <= _NINE):
            return self._legacy_escape(code)
        return self._escape()

    def _legacy_escape(self, code: int) -> str:
        token = self.token
        if token.legacy == LegacyForm.NONE:
            token.legacy = LegacyForm.DIGIT_ESCAPE if code >= _EIGHT and code <= _NINE else LegacyForm.OCTAL_ESCAPE
            token.legacy_start = self.position
        self.position += 2
        if code >= _EIGHT:
            return chr(code)
        value = code - _ZERO
        most = 2 if value < 4 else 1
        while most > 0 and _ZERO <= self.code(0) <= _SEVEN:
            value = value * 8 + self.code(0) - _ZERO
            self.position += 1
            most -= 1
        return chr(value)

    def _escape(self) -> str:
        """What an escape that strings and templates share stands for; passes it. Raises SyntaxFault."""
        start = self.position
        code = self.code(1)
        self.position += 2
        if code == _SMALL_U:
            return units_of_code_point(self.read_unicode_escape(start))
        if code == _SMALL_X:
            return chr(self._hex_digits(start, 2, messages.HEX_ESCAPE))
        if code == _ZERO:
            return "\0"
        if code == _CARRIAGE_RETURN:
            if self.code(0) == _LINE_FEED:
                self.position += 1
            return ""
        if code == AT_END:
            self.position -= 1
            return ""
        if is_line_terminator(code):
            return ""
        return _SIMPLE_ESCAPES.get(code, self.text[start + 1 : start + 2])

    def _hex_digits(self, start: int, count: int, message: str) -> int:
        value = 0
        for _ in range(count):
            digit = digit_value(self.code(0))
            if digit >= 16:
                raise self.fault(message, start, self.position)
            value = value * 16 + digit
            self.position += 1
        return value

    def read_unicode_escape(self, start: int) -> int:
        """The code point of an escape that began at `start`; the position is behind its `u`."""
        if self.code(0) != _OPEN_BRACE:
            return self._hex_digits(start, 4, messages.UNICODE_ESCAPE)
        self.position += 1
        value = 0
        first = self.position
        while digit_value(self.code(0)) < 16:
            value = value * 16 + digit_value(self.code(0))
            self.position += 1
            if value > MAXIMUM_CODE_POINT:
                raise self.fault(messages.UNDEFINED_CODE_POINT, start, self.position)
        if self.code(0) != _CLOSE_BRACE or self.position == first:
            raise self.fault(messages.UNICODE_ESCAPE, start, self.position)
        self.position += 1
        return value

    def read_template(self) -> None:
        """The text of a template up to `${` or the closing backtick; the position is at its first unit.

        An escape that means nothing is no fault here: tagged templates may have it.
        """
        token = self.token
        token.kind = Kind.TEMPLATE
        token.has_cooked = True
        first = self.position
        start = self.position
        parts: list[str] = []
        while True:
            code = self.code(0)
            if code == AT_END:
                raise SyntaxFault(messages.UNTERMINATED_TEMPLATE, token.start, self.position, True)
            if code == _BACKTICK or (code == _DOLLAR and self.code(1) == _OPEN_BRACE):
                break
            if code == _BACKSLASH:
                parts.append(self.text[start : self.position])
                parts.append(self._template_escape())
                start = self.position
            elif code == _CARRIAGE_RETURN:
                parts.append(self.text[start : self.position])
                parts.append("\n")
                self.position += 2 if self.code(1) == _LINE_FEED else 1
                start = self.position
            else:
                self.position += 1
        token.raw = with_line_feeds(self.text[first : self.position])
        last = self.text[start : self.position]
        if len(parts) == 0:
            token.text = last
        else:
            parts.append(last)
            token.text = "".join(parts)
        token.ends_template = code == _BACKTICK
        self.position += 1 if token.ends_template else 2

    def _template_escape(self) -> str:
        start = self.position
        code = self.code(1)
        if _ZERO <= code <= _NINE and not (code == _ZERO and not _ZERO <= self.code(2) <= _NINE):
            self.position += 2
            message = messages.TEMPLATE_DIGIT if code >= _EIGHT else messages.TEMPLATE_OCTAL
            self._uncooked(message, start)
            return ""
        try:
            return self._escape()
        except SyntaxFault as fault:
            self.position = start + 2  # the letter behind the backslash
            self._uncooked(fault.message, start)
            return ""

    def _uncooked(self, message: str, start: int) -> None:
        """Keep the first escape of the template that means nothing, for the parser to refuse where there is no tag."""
        if self.token.has_cooked:
            self.token.has_cooked = False
            self.uncooked_fault = SyntaxFault(message, start, start + 2)

    # Regular expressions

    def read_regular_expression(self) -> None:
        """A regular expression's pattern and flags; the position is behind its opening slash."""
        token = self.token
        token.kind = Kind.REGULAR_EXPRESSION
        start = self.position
        in_class = False
        while True:
            code = self.code(0)
            if code == AT_END or is_line_terminator(code):
                raise self.fault(messages.REGULAR_EXPRESSION_END, token.start, self.position)
            if code == _BACKSLASH:
                self.position += 1
                after = self.code(0)
                if after == AT_END or is_line_terminator(after):
                    raise self.fault(messages.REGULAR_EXPRESSION_END, token.start, self.position)
            elif code == _OPEN_BRACKET:
                in_class = True
            elif code == _CLOSE_BRACKET:
                in_class = False
            elif code == _SLASH and not in_class:
                break
            self.position += 1
        token.text = self.text[start : self.position]
        self.position += 1
        flags = self.position
        while continues_identifier(self._code_point()):
            self.position += units_in_code_point(self._code_point())
        if self.code(0) == _BACKSLASH:
            raise self.fault(messages.REGULAR_EXPRESSION_FLAGS, token.start, self.position)
        token.raw = self.text[flags : self.position]
        token.end = self.position


def decimal_value(text: str) -> float:
    """The double nearest to a decimal literal without separators, such as `12`, `.5`, `1.` and `1e400`."""
    if len(text) <= 15 and text.isdigit():
        value = 0
        for index in range(len(text)):
            value = value * 10 + code_at(text, index) - _ZERO
        return float(value)
    return parse_float(text)


def with_line_feeds(text: str) -> str:
    """The text with each carriage return, and the line feed behind it, as one line feed."""
    if "\r" not in text:
        return text
    return text.replace("\r\n", "\n").replace("\r", "\n")
