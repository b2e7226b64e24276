"""Source text to tokens. Every mistake is collected, so that one run shows them all."""

from typing import final

from tracewright.core.integers import ovf_add, ovf_mul
from tracewright.core.mathematics import is_infinite
from tracewright.core.text import code_at
from tracewright_ruff.diagnostics import Diagnostic
from tracewright_ruff.tokens import KEYWORDS, LONG_OPERATORS, PUNCTUATION, SHORT_OPERATORS, Piece, Token, TokenKind

MAXIMUM_IDENTIFIER = 256
MAXIMUM_STRING = 8192
MAXIMUM_NUMBER = 512

# Keyed by first character, so that one lookup leads to at most a handful of comparisons.
_LONG_BY_FIRST: dict[int, list[str]] = {
    ord(first): [operator for operator in LONG_OPERATORS if operator[0] == first]
    for first in dict.fromkeys(operator[0] for operator in LONG_OPERATORS)
}
_SHORT: dict[int, str] = {ord(character): character for character in SHORT_OPERATORS}
_PUNCTUATION: dict[int, str] = {ord(character): character for character in PUNCTUATION}
_STRING_ESCAPES: dict[str, str] = {"n": "\n", "t": "\t", "r": "\r", "\\": "\\", '"': '"', "$": "$"}
_NO_PIECES: list[Piece] = []

_TAB, _LINE_FEED, _CARRIAGE_RETURN, _SPACE = 9, 10, 13, 32
_QUOTE, _HASH, _DOLLAR, _STAR, _DOT, _SLASH = 34, 35, 36, 42, 46, 47
_BACKSLASH, _UNDERSCORE, _OPEN_BRACE, _CLOSE_BRACE = 92, 95, 123, 125
_AT_END = -1


def _is_digit(code: int) -> bool:
    return 48 <= code <= 57


def _starts_name(code: int) -> bool:
    return 97 <= code <= 122 or 65 <= code <= 90 or code == _UNDERSCORE


def _continues_name(code: int) -> bool:
    if code < 128:
        return _starts_name(code) or _is_digit(code)
    return chr(code).isalnum()


@final
class Lexer:
    """Reads one source text; `line` and `column` say where it stands in its file, for the insides of strings."""

    def __init__(self, text: str, line: int, column: int) -> None:
        self.text = text
        self.position = 0
        self.line = line
        self.line_start = 1 - column  # the index where the current line begins, negative for a text inside a line
        self.tokens: list[Token] = []
        self.diagnostics: list[Diagnostic] = []

    def run(self) -> None:
        """Fill `tokens` (the last one is END) and `diagnostics`."""
        while self.position < len(self.text):
            self._next_token()
        self._add(TokenKind.END, "", self.line, self._column_of(len(self.text)))

    def _next_token(self) -> None:
        code = self._code(0)
        if code == _SPACE or code == _TAB:
            self.position += 1
        elif code == _LINE_FEED or code == _CARRIAGE_RETURN:
            self._line_break()
        elif code == _HASH or code == _SLASH and self._code(1) == _SLASH:
            self._line_comment()
        elif code == _SLASH and self._code(1) == _STAR:
            self._block_comment()
        elif _starts_name(code):
            self._name()
        elif _is_digit(code):
            self._number()
        elif code == _QUOTE:
            self._string()
        else:
            self._symbol(code)

    def _code(self, ahead: int) -> int:
        """The code point `ahead` of the current one; _AT_END beyond the text."""
        index = self.position + ahead
        return code_at(self.text, index) if index < len(self.text) else _AT_END

    def _column_of(self, index: int) -> int:
        return index - self.line_start + 1

    def _add(self, kind: int, text: str, line: int, column: int) -> None:
        self.tokens.append(Token(kind, text, line, column, 0, 0.0, _NO_PIECES))

    def _complain(self, code: str, message: str, line: int, column: int) -> None:
        self.diagnostics.append(Diagnostic(code, "lexer", message, line, column))

    def _line_break(self) -> None:
        """Pass the line break here; a carriage return and the line feed after it are one."""
        if self._code(0) == _CARRIAGE_RETURN and self._code(1) == _LINE_FEED:
            self.position += 1
        self.position += 1
        self.line += 1
        self.line_start = self.position

    def _line_comment(self) -> None:
        while self.position < len(self.text):
            code = self._code(0)
            if code == _LINE_FEED or code == _CARRIAGE_RETURN:
                return
            self.position += 1

    def _block_comment(self) -> None:
        line = self.line
        column = self._column_of(self.position)
        self.position += 2
        while self.position < len(self.text):
            code = self._code(0)
            if code == _STAR and self._code(1) == _SLASH:
                self.position += 2
                return
            if code == _LINE_FEED or code == _CARRIAGE_RETURN:
                self._line_break()
            else:
                self.position += 1
        self._complain("RUFLEX004", "Unterminated block comment", line, column)

    def _name(self) -> None:
        start = self.position
        while _continues_name(self._code(0)):
            self.position += 1
        text = self.text[start : self.position]
        column = self._column_of(start)
        if len(text) > MAXIMUM_IDENTIFIER:
            message = f"Identifier exceeds max length of {MAXIMUM_IDENTIFIER} characters"
            self._complain("RUFLEX008", message, self.line, column)
        if text == "true" or text == "false":
            self._add(TokenKind.BOOLEAN, text, self.line, column)
        elif text in KEYWORDS:
            self._add(TokenKind.KEYWORD, text, self.line, column)
        else:
            self._add(TokenKind.IDENTIFIER, text, self.line, column)

    def _digits(self) -> None:
        while _is_digit(self._code(0)):
            self.position += 1

    def _at_fraction(self) -> bool:
        return self._code(0) == _DOT and _is_digit(self._code(1))

    def _number(self) -> None:
        start = self.position
        self._digits()
        is_float = self._at_fraction()
        if is_float:
            self.position += 1
            self._digits()
        column = self._column_of(start)
        token = Token(TokenKind.INTEGER, "", self.line, column, 0, 0.0, _NO_PIECES)
        self.tokens.append(token)
        if _continues_name(self._code(0)) or is_float and self._at_fraction():
            while _continues_name(self._code(0)) or self._at_fraction():
                self.position += 1
            message = f"Malformed numeric literal: {self.text[start : self.position]}"
            self._complain("RUFLEX007", message, self.line, column)
            return
        token.text = self.text[start : self.position]
        if len(token.text) > MAXIMUM_NUMBER:
            message = f"Numeric literal exceeds max length of {MAXIMUM_NUMBER} characters"
            self._complain("RUFLEX010", message, self.line, column)
        elif is_float:
            token.kind = TokenKind.FLOAT
            token.number = float(token.text)
            if is_infinite(token.number):
                self._complain("RUFLEX006", f"Numeric literal overflow: {token.text}", self.line, column)
        else:
            try:
                token.integer = _parse_integer(token.text)
            except OverflowError:
                self._complain("RUFLEX006", f"Numeric literal overflow: {token.text}", self.line, column)

    def _symbol(self, code: int) -> None:
        column = self._column_of(self.position)
        if code in _LONG_BY_FIRST:
            for operator in _LONG_BY_FIRST[code]:
                if self.text[self.position : self.position + len(operator)] == operator:
                    self.position += len(operator)
                    self._add(TokenKind.OPERATOR, operator, self.line, column)
                    return
        self.position += 1
        if code in _SHORT:
            self._add(TokenKind.OPERATOR, _SHORT[code], self.line, column)
        elif code in _PUNCTUATION:
            self._add(TokenKind.PUNCTUATION, _PUNCTUATION[code], self.line, column)
        elif code == 0:
            self._complain("RUFLEX002", "Null byte is not allowed in source", self.line, column)
        else:
            self._complain("RUFLEX001", f"Invalid character: '{chr(code)}'", self.line, column)

    def _string(self) -> None:
        """A string literal: its plain text between interpolations is cut into pieces."""
        line = self.line
        column = self._column_of(self.position)
        pieces: list[Piece] = []
        plain: list[str] = []
        length = 0
        self.position += 1
        while True:
            code = self._code(0)
            if code == _QUOTE:
                self.position += 1
                break
            if code == _AT_END or code == _LINE_FEED or code == _CARRIAGE_RETURN:
                self._complain("RUFLEX003", "Unterminated string literal", line, column)
                break
            if code == _DOLLAR and self._code(1) == _OPEN_BRACE:
                self._end_plain_piece(pieces, plain, length, line, column)
                plain = []
                length = 0
                if not self._interpolation(pieces):
                    break
            else:
                length += 1
                plain.append(self._string_character(code))
        self._end_plain_piece(pieces, plain, length, line, column)
        token = Token(TokenKind.STRING, "", line, column, 0, 0.0, _NO_PIECES)
        if len(pieces) == 1 and not pieces[0].is_expression:
            token.text = pieces[0].text
        elif len(pieces) > 0:
            token.kind = TokenKind.INTERPOLATION
            token.pieces = pieces
        self.tokens.append(token)

    def _end_plain_piece(self, pieces: list[Piece], plain: list[str], length: int, line: int, column: int) -> None:
        if length > MAXIMUM_STRING:
            message = f"String literal exceeds max length of {MAXIMUM_STRING} characters"
            self._complain("RUFLEX009", message, line, column)
        if length > 0:
            pieces.append(Piece("".join(plain), False, line, column))

    def _string_character(self, code: int) -> str:
        """The character that the source at the current position stands for; empty after an escape nobody knows."""
        if code != _BACKSLASH:
            self.position += 1
            return chr(code)
        escaped = self._code(1)
        if escaped == _AT_END or escaped == _LINE_FEED or escaped == _CARRIAGE_RETURN:
            self.position += 1  # the caller finds the end of line or text and complains about that
            return ""
        name = chr(escaped)
        column = self._column_of(self.position)
        self.position += 2
        if name in _STRING_ESCAPES:
            return _STRING_ESCAPES[name]
        self._complain("RUFLEX005", f"Invalid escape sequence: \\\\{name}", self.line, column)
        return ""

    def _interpolation(self, pieces: list[Piece]) -> bool:
        """Add the source between `${` and its `}`; False where the text ends first.

        The end is found by counting braces alone: quotes inside mean nothing here.
        """
        dollar_line = self.line
        dollar_column = self._column_of(self.position)
        self.position += 2
        start = self.position
        line = self.line
        column = self._column_of(start)
        depth = 1
        while self.position < len(self.text):
            code = self._code(0)
            if code == _LINE_FEED or code == _CARRIAGE_RETURN:
                self._line_break()
                continue
            self.position += 1
            if code == _OPEN_BRACE:
                depth += 1
            elif code == _CLOSE_BRACE:
                depth -= 1
                if depth == 0:
                    pieces.append(Piece(self.text[start : self.position - 1], True, line, column))
                    return True
        self._complain("RUFLEX003", "Unterminated interpolated string expression", dollar_line, dollar_column)
        return False


def _parse_integer(digits: str) -> int:
    """The value of decimal digits; raises OverflowError beyond 64 bits."""
    value = 0
    for digit in digits:
        value = ovf_add(ovf_mul(value, 10), ord(digit) - 48)
    return value
