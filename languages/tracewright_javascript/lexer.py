"""Source text to tokens, one at a time: what a slash or a brace begins is known to the parser only.

The text is a `str` of UTF-16 units, as JavaScript's own strings are: `eval` and `Function` hand theirs over as they are, the text of
a function is a slice, columns count as in other engines. A file's code points beyond 0xFFFF become pairs once, when it is read.

The parser asks `next_token`, and again as a regular expression (`reread_as_regular_expression`) where an operand is expected and a
slash was found, or as the next stretch of a template (`reread_as_template`) where a closing brace ends a substitution.
"""

from __future__ import annotations

from typing import Final, final
from unicodedata import category

from tracewright.core.text import code_at
from tracewright.lib.regular_expressions.unicode_names import ASCII_NAMES, continues_identifier, starts_identifier
from tracewright.lib.utf16 import code_point_at, units_in_code_point, units_of_code_point
from tracewright_javascript import messages
from tracewright_javascript.diagnostics import SyntaxFault, is_line_terminator
from tracewright_javascript.lexer_literals import AT_END, LiteralReader
from tracewright_javascript.tokens import (
    ASSIGNING,
    FIRST_RESERVED,
    LAST_RESERVED,
    SPELLINGS,
    WORDS,
    Kind,
    LegacyForm,
    Token,
)

_LINE_FEED, _CARRIAGE_RETURN, _SPACE = 0x0A, 0x0D, 0x20
_EXCLAMATION, _QUOTE, _HASH, _DOLLAR, _PERCENT, _AMPERSAND, _APOSTROPHE = 0x21, 0x22, 0x23, 0x24, 0x25, 0x26, 0x27
_STAR, _PLUS, _MINUS, _DOT, _SLASH, _ZERO, _NINE = 0x2A, 0x2B, 0x2D, 0x2E, 0x2F, 0x30, 0x39
_LESS, _EQUAL, _GREATER, _QUESTION = 0x3C, 0x3D, 0x3E, 0x3F
_BACKSLASH, _CARET, _BACKTICK, _BAR, _SMALL_U = 0x5C, 0x5E, 0x60, 0x7C, 0x75

# White space beyond ASCII: the byte order mark and Unicode's space separators.
_WIDE_SPACES: Final[dict[int, bool]] = {
    0xFEFF: True,
    **{code: True for code in range(0x80, 0x10000) if category(chr(code)) == "Zs"},
}
# Punctuators of one unit that begin no longer one.
_SINGLE: Final[dict[int, int]] = {
    ord(SPELLINGS[kind]): kind
    for kind in (
        Kind.OPEN_BRACE,
        Kind.CLOSE_BRACE,
        Kind.OPEN_PARENTHESIS,
        Kind.CLOSE_PARENTHESIS,
        Kind.OPEN_BRACKET,
        Kind.CLOSE_BRACKET,
        Kind.SEMICOLON,
        Kind.COMMA,
        Kind.COLON,
        Kind.BITWISE_NOT,
    )
}


@final
class LexerState:
    """Where a lexer was, to look ahead and come back."""

    def __init__(self, position: int, token: Token) -> None:
        self.position = position
        self.token: Token = Token()
        self.token.copy_from(token)


@final
class Lexer(LiteralReader):
    """The tokens of one source text; `token` is the one read last."""

    def __init__(self, text: str, is_module: bool) -> None:
        super().__init__(text)
        self.is_module = is_module
        if self.code(0) == _HASH and self.code(1) == _EXCLAMATION:
            self._skip_line()

    def save(self) -> LexerState:
        """What `restore` comes back to."""
        return LexerState(self.position, self.token)

    def restore(self, state: LexerState) -> None:
        """Go back to where `save` was called."""
        self.position = state.position
        self.token.copy_from(state.token)

    def next_token(self) -> None:
        """Read the next token into `token`; at the end of the text it is END, however often it is asked. Raises SyntaxFault."""
        token = self.token
        token.newline_before = self.position == 0
        token.escaped = False
        self._skip_blanks()
        token.start = self.position
        code = self.code(0)
        if code < 128:
            if code == AT_END:
                token.kind = Kind.END
                token.text = ""
            elif ASCII_NAMES[code] == 2:
                self._read_word()
            elif _ZERO <= code <= _NINE or (code == _DOT and _ZERO <= self.code(1) <= _NINE):
                self.read_number()
            elif code == _QUOTE or code == _APOSTROPHE:
                self.read_string(code)
            elif code == _BACKTICK:
                self.position += 1
                self.read_template()
            elif code == _BACKSLASH:
                self._read_word()
            elif code == _HASH:
                self._read_private_name()
            else:
                self._read_punctuator(code)
        elif starts_identifier(code_point_at(self.text, self.position)):
            self._read_word()
        else:
            width = units_in_code_point(code_point_at(self.text, self.position))
            raise SyntaxFault(messages.INVALID_TOKEN, token.start, token.start + width)
        token.end = self.position

    def reread_as_regular_expression(self) -> None:
        """The current token is `/` or `/=`: read a regular expression instead."""
        self.position = self.token.start + 1
        self.read_regular_expression()

    def reread_as_template(self) -> None:
        """The current token is `}`: read the text of a template behind it instead."""
        self.position = self.token.start + 1
        self.read_template()
        self.token.end = self.position

    # Blanks and comments

    def _skip_blanks(self) -> None:
        token = self.token
        while True:
            code = self.code(0)
            if code == _SPACE:
                self.position += 1
            elif code == _SLASH and self.code(1) == _SLASH:
                self._skip_line()
            elif code == _SLASH and self.code(1) == _STAR:
                self._skip_block_comment()
            elif 0 <= code < _SPACE:
                if code == _LINE_FEED or code == _CARRIAGE_RETURN:
                    token.newline_before = True
                elif not (code == 0x09 or code == 0x0B or code == 0x0C):
                    return
                self.position += 1
            elif code == _LESS and self._at("<!--") or code == _MINUS and token.newline_before and self._at("-->"):
                if self.is_module:
                    raise self.fault(messages.HTML_COMMENT, self.position, self.position + 3)
                self._skip_line()
            elif code >= 128 and (code in _WIDE_SPACES or is_line_terminator(code)):
                token.newline_before = token.newline_before or is_line_terminator(code)
                self.position += 1
            else:
                return

    def _at(self, text: str) -> bool:
        return self.text[self.position : self.position + len(text)] == text

    def _skip_line(self) -> None:
        while self.position < self.length and not is_line_terminator(code_at(self.text, self.position)):
            self.position += 1

    def _skip_block_comment(self) -> None:
        start = self.position
        self.position += 2
        while True:
            code = self.code(0)
            if code == AT_END:
                raise SyntaxFault(messages.INVALID_TOKEN, start, self.position, True)
            if code == _STAR and self.code(1) == _SLASH:
                self.position += 2
                return
            if is_line_terminator(code):
                self.token.newline_before = True
            self.position += 1

    # Words

    def _read_word(self) -> None:
        token = self.token
        self._skip_ascii_name()
        code = self.code(0)
        if code == _BACKSLASH or code >= 128:
            token.text = self._read_wide_name(token.start)
        else:
            token.text = self.text[token.start : self.position]
        token.kind = WORDS.get(token.text, Kind.NAME)
        if token.escaped and FIRST_RESERVED <= token.kind <= LAST_RESERVED:
            token.kind = Kind.ESCAPED_RESERVED

    def _skip_ascii_name(self) -> None:
        while True:
            code = self.code(0)
            if code < 0 or code >= 128 or ASCII_NAMES[code] == 0:
                return
            self.position += 1

    def _read_wide_name(self, start: int) -> str:
        """The rest of a name with an escape or a letter beyond ASCII in it; the whole name."""
        parts: list[str] = []
        plain = start
        while True:
            begin = self.position
            code = self.code(0)
            if code == _BACKSLASH:
                parts.append(self.text[plain:begin])
                self.token.escaped = True
                if self.code(1) != _SMALL_U:
                    raise self.fault(messages.INVALID_TOKEN, begin, begin + 1)
                self.position += 2
                point = self.read_unicode_escape(begin)
                parts.append(units_of_code_point(point))
                plain = self.position
                if not (starts_identifier(point) if begin == start else continues_identifier(point)):
                    raise self.fault(messages.UNICODE_ESCAPE, begin, self.position)
            elif code == AT_END:
                break
            else:
                point = code_point_at(self.text, begin)
                if not (starts_identifier(point) if begin == start else continues_identifier(point)):
                    break
                self.position += units_in_code_point(point)
        parts.append(self.text[plain : self.position])
        return "".join(parts)

    def _read_private_name(self) -> None:
        token = self.token
        self.position += 1
        start = self.position
        code = code_point_at(self.text, start) if start < self.length else AT_END
        if code != _BACKSLASH and not starts_identifier(code):
            raise self.fault(messages.INVALID_TOKEN, token.start, start)
        token.text = "#" + self._read_wide_name(start)
        token.kind = Kind.PRIVATE_NAME

    # Punctuators

    def _read_punctuator(self, code: int) -> None:
        kind = _SINGLE.get(code, -1)
        if kind < 0:
            kind = self._long_punctuator(code)
        self.token.kind = kind
        self.token.text = SPELLINGS[kind]
        self.position = self.token.start + len(self.token.text)

    def _long_punctuator(self, code: int) -> int:
        """The kind of the longest punctuator here, of those that share their first unit with others."""
        second = self.code(1)
        match code:
            case 0x2E:  # .
                return Kind.ELLIPSIS if second == _DOT and self.code(2) == _DOT else Kind.DOT
            case 0x3D:  # =
                if second == _EQUAL:
                    return Kind.SAME if self.code(2) == _EQUAL else Kind.EQUAL
                return Kind.ARROW if second == _GREATER else Kind.ASSIGN
            case 0x21:  # !
                if second == _EQUAL:
                    return Kind.NOT_SAME if self.code(2) == _EQUAL else Kind.NOT_EQUAL
                return Kind.NOT
            case 0x2B:  # +
                return Kind.INCREMENT if second == _PLUS else self._assigning(Kind.PLUS, 1)
            case 0x2D:  # -
                return Kind.DECREMENT if second == _MINUS else self._assigning(Kind.MINUS, 1)
            case 0x2A:  # *
                return self._assigning(Kind.POWER, 2) if second == _STAR else self._assigning(Kind.MULTIPLY, 1)
            case 0x2F:  # /
                return self._assigning(Kind.DIVIDE, 1)
            case 0x25:  # %
                return self._assigning(Kind.REMAINDER, 1)
            case 0x26:  # &
                return self._assigning(Kind.AND, 2) if second == _AMPERSAND else self._assigning(Kind.BITWISE_AND, 1)
            case 0x7C:  # |
                return self._assigning(Kind.OR, 2) if second == _BAR else self._assigning(Kind.BITWISE_OR, 1)
            case 0x5E:  # ^
                return self._assigning(Kind.BITWISE_XOR, 1)
            case 0x3C | 0x3E:
                return self._angle(code, second)
            case 0x3F:  # ?
                if second == _QUESTION:
                    return self._assigning(Kind.COALESCE, 2)
                is_chain = second == _DOT and not _ZERO <= self.code(2) <= _NINE
                return Kind.OPTIONAL if is_chain else Kind.QUESTION
            case _:
                raise self.fault(messages.INVALID_TOKEN, self.token.start, self.token.start + 1)

    def _angle(self, code: int, second: int) -> int:
        """The kind of what begins with `<` or `>`."""
        if code == _LESS:
            if second == _LESS:
                return self._assigning(Kind.SHIFT_LEFT, 2)
            return Kind.LESS_EQUAL if second == _EQUAL else Kind.LESS
        if second != _GREATER:
            return Kind.GREATER_EQUAL if second == _EQUAL else Kind.GREATER
        if self.code(2) == _GREATER:
            return self._assigning(Kind.SHIFT_RIGHT_UNSIGNED, 3)
        return self._assigning(Kind.SHIFT_RIGHT, 2)

    def _assigning(self, kind: int, length: int) -> int:
        """The operator, or its assigning form if an equals sign stands behind its `length` units."""
        return kind + ASSIGNING if self.code(length) == _EQUAL else kind


def legacy_message(token: Token) -> str:
    """Why strict code refuses a literal; empty where it does not."""
    match token.legacy:
        case LegacyForm.OCTAL_NUMBER:
            return messages.STRICT_OCTAL
        case LegacyForm.LEADING_ZERO:
            return messages.STRICT_LEADING_ZERO
        case LegacyForm.OCTAL_ESCAPE:
            return messages.STRICT_OCTAL_ESCAPE
        case LegacyForm.DIGIT_ESCAPE:
            return messages.STRICT_DIGIT_ESCAPE
        case _:
            return ""
