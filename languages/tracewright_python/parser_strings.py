"""String literals: those behind each other become one constant, or one f-string.

An f-string is one token here, as CPython 3.11 has it. What stands between its braces is found by counting brackets and quotes; then a
parser of its own reads that part of the same source, as if it stood in parentheses.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import Final, final

from tracewright.core.text import code_at
from tracewright.guest.diagnostics import Span
from tracewright.lib.builder import StringBuilder
from tracewright_python import messages
from tracewright_python.diagnosis import DiagnosingCursor
from tracewright_python.diagnostics import SyntaxFault
from tracewright_python.string_escapes import EscapeFault, unescaped_bytes, unescaped_text
from tracewright_python.syntax import (
    NO_CONVERSION,
    BytesConstant,
    Expression,
    FormattedValue,
    JoinedStr,
    StringConstant,
)
from tracewright_python.tokens import Kind

DEEPEST_SPECIFICATION: Final = 2  # `{a:{b}}` is the deepest that there may be
MOST_BRACKETS: Final = 200

_TAB, _LINE_FEED, _FORM_FEED, _SPACE = 0x09, 0x0A, 0x0C, 0x20
_EXCLAMATION, _QUOTE, _HASH, _APOSTROPHE, _COLON = 0x21, 0x22, 0x23, 0x27, 0x3A
_LESS, _EQUAL, _GREATER, _BACKSLASH = 0x3C, 0x3D, 0x3E, 0x5C
_OPEN_BRACE, _CLOSE_BRACE = 0x7B, 0x7D
_OPENING: Final = "([{"
_CLOSING: Final = ")]}"


@final
class StringToken:
    """A string token, taken apart."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.begin = start
        self.end = end
        self.is_raw = False
        self.is_bytes = False
        self.is_format = False
        self.has_u = False
        while code_at(text, start) != _QUOTE and code_at(text, start) != _APOSTROPHE:
            match text[start]:
                case "r" | "R":
                    self.is_raw = True
                case "b" | "B":
                    self.is_bytes = True
                case "f" | "F":
                    self.is_format = True
                case _:
                    self.has_u = True
            start += 1
        quote = code_at(text, start)
        quotes = (
            3 if end - start >= 6 and code_at(text, start + 1) == quote and code_at(text, start + 2) == quote else 1
        )
        self.start: int = start + quotes  # of what is between the quotes
        self.stop: int = end - quotes


@final
class FormatReader:
    """The place in an f-string, and what was read of it: texts that follow each other become one."""

    def __init__(self, token: StringToken, part_span: Span, specification_span: Span) -> None:
        self.token = token
        self.position = token.start
        self.part_span = part_span  # of all parts: that of the whole row of literals
        self.specification_span = specification_span
        self.values: list[Expression] = []
        self.pending: list[str] = []  # texts since the last value

    def add_text(self, text: str) -> None:
        """A piece of text behind what was read."""
        if text != "":
            self.pending.append(text)

    def finish_text(self, span: Span) -> None:
        """Make a constant of the texts since the last value."""
        if len(self.pending) > 0:
            self.values.append(StringConstant(span, "".join(self.pending), False))
            self.pending = []


class StringParser(DiagnosingCursor):
    """Reads string literals; the expressions in them are read by another parser."""

    @abstractmethod
    def parse_format_expression(self, start: int, stop: int) -> Expression:
        """What stands between two offsets in an f-string's braces."""

    def parse_strings(self) -> Expression:
        """A row of string literals."""
        begin = self.begin()
        rows: list[StringToken] = []
        while self.kind == Kind.STRING:
            rows.append(StringToken(self.tokens.text, self.begin(), self.tokens.ends[self.index]))
            self.advance()
        span = self.span_from(begin)
        first = rows[0]
        is_format = False
        for row in rows:
            is_format = is_format or row.is_format
            if row.is_bytes:
                self._check_ascii(row)
            if row.is_bytes != first.is_bytes:
                raise self._literal_fault(messages.MIXED_STRINGS)
        try:
            if first.is_bytes:
                return BytesConstant(span, self._bytes_of(rows))
            if is_format:
                return self._joined(rows, span)
            return StringConstant(span, self._text_of(rows), first.has_u)
        except EscapeFault as fault:
            raise self._literal_fault(fault.message)

    def _literal_fault(self, message: str) -> SyntaxFault:
        """Something is wrong inside of a literal; CPython marks the token behind the row."""
        return self.final(SyntaxFault(message, self.tokens.span(self.furthest)))

    def _check_ascii(self, token: StringToken) -> None:
        for index in range(token.start, token.stop):
            if code_at(self.tokens.text, index) >= 128:
                span = self.lines.span(token.begin, token.end)
                raise self.final(SyntaxFault(messages.NON_ASCII_BYTES, span))

    def _bytes_of(self, rows: list[StringToken]) -> bytes:
        parts: list[bytes] = []
        for row in rows:
            if row.is_raw:
                parts.append(self.tokens.text[row.start : row.stop].encode())
            else:
                parts.append(unescaped_bytes(self.tokens.text, row.start, row.stop))
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def _text_of(self, rows: list[StringToken]) -> str:
        if len(rows) == 1:
            return self._literal_text(rows[0], rows[0].start, rows[0].stop)
        builder = StringBuilder()
        for row in rows:
            builder.append(self._literal_text(row, row.start, row.stop))
        return builder.build()

    def _literal_text(self, token: StringToken, start: int, stop: int) -> str:
        return self.tokens.text[start:stop] if token.is_raw else unescaped_text(self.tokens.text, start, stop)

    # f-strings

    def _joined(self, rows: list[StringToken], span: Span) -> Expression:
        values: list[Expression] = []
        pending: list[str] = []
        for row in rows:
            reader = FormatReader(row, span, self.lines.span(row.begin, row.end))
            reader.values = values
            reader.pending = pending
            if row.is_format:
                self._read_parts(reader, 0)
                if reader.position < row.stop:
                    raise self._literal_fault("f-string: unexpected end of string")
            else:
                reader.add_text(self._literal_text(row, row.start, row.stop))
            pending = reader.pending
        last = FormatReader(rows[0], span, span)
        last.values = values
        last.pending = pending
        last.finish_text(span)
        return JoinedStr(span, values)

    def _read_parts(self, reader: FormatReader, depth: int) -> None:
        """Texts and replacement fields, up to the end of the literal or, in a specification, to its closing brace."""
        while True:
            while self._read_text(reader, depth):
                pass
            if reader.position >= reader.token.stop or code_at(self.tokens.text, reader.position) == _CLOSE_BRACE:
                return
            self._read_field(reader, depth)

    def _read_text(self, reader: FormatReader, depth: int) -> bool:
        """Text up to a brace; True if that was a doubled one, so that more text may follow."""
        text = self.tokens.text
        token = reader.token
        start = reader.position
        position = start
        stop = token.stop
        resume = -1
        while position < stop:
            code = code_at(text, position)
            if code == _BACKSLASH and not token.is_raw and position + 1 < stop:
                position += 1
                if text[position] == "N":
                    position = _behind_name(text, position + 1, stop)
                    continue
                code = code_at(text, position)
            if code == _OPEN_BRACE or code == _CLOSE_BRACE:
                if depth == 0:
                    if position + 1 < stop and code_at(text, position + 1) == code:
                        position += 1
                        resume = position + 1
                        break
                    if code == _CLOSE_BRACE:
                        raise self._literal_fault(messages.FORMAT_SINGLE_BRACE)
                break
            position += 1
        reader.add_text(self._literal_text(token, start, position))
        reader.position = resume if resume >= 0 else position
        return resume >= 0

    def _read_field(self, reader: FormatReader, depth: int) -> None:
        """`{expression=!conversion:specification}`"""
        if depth >= DEEPEST_SPECIFICATION:
            raise self._literal_fault(messages.FORMAT_TOO_DEEP)
        text = self.tokens.text
        stop = reader.token.stop
        start = reader.position + 1
        position = self._field_end(start, stop)
        if position >= stop:
            raise self._literal_fault(messages.FORMAT_EXPECTS_BRACE)
        self._check_not_empty(start, position)
        value = self.parse_format_expression(start, position)
        is_debugging = code_at(text, position) == _EQUAL
        if is_debugging:
            position += 1
            while _is_blank(code_at(text, position)):
                position += 1
            reader.add_text(text[start:position])
        reader.finish_text(reader.part_span)
        conversion = NO_CONVERSION
        if position < stop and code_at(text, position) == _EXCLAMATION:
            conversion = self._conversion(position + 1, stop)
            position += 2
        specification: JoinedStr | None = None
        if position < stop and code_at(text, position) == _COLON:
            specification = self._specification(reader, position + 1, depth)
            position = reader.position
        if position >= stop or code_at(text, position) != _CLOSE_BRACE:
            raise self._literal_fault(messages.FORMAT_EXPECTS_BRACE)
        reader.position = position + 1
        if is_debugging and conversion == NO_CONVERSION and specification is None:
            conversion = ord("r")
        reader.values.append(FormattedValue(reader.part_span, value, conversion, specification))

    def _conversion(self, position: int, stop: int) -> int:
        if position >= stop:
            raise self._literal_fault(messages.FORMAT_EXPECTS_BRACE)
        code = code_at(self.tokens.text, position)
        if not (code == ord("s") or code == ord("r") or code == ord("a")):
            raise self._literal_fault(messages.FORMAT_CONVERSION)
        return code

    def _specification(self, reader: FormatReader, start: int, depth: int) -> JoinedStr:
        if start >= reader.token.stop:
            raise self._literal_fault(messages.FORMAT_EXPECTS_BRACE)
        inner = FormatReader(reader.token, reader.part_span, reader.specification_span)
        inner.position = start
        self._read_parts(inner, depth + 1)
        inner.finish_text(reader.specification_span)
        reader.position = inner.position
        return JoinedStr(reader.specification_span, inner.values)

    def _check_not_empty(self, start: int, stop: int) -> None:
        text = self.tokens.text
        for index in range(start, stop):
            code = code_at(text, index)
            if not (code == _SPACE or code == _TAB or code == _LINE_FEED or code == _FORM_FEED):
                return
        after = text[stop]
        if after == "!" or after == ":" or after == "=":
            raise self._literal_fault(f"f-string: expression required before '{after}'")
        raise self._literal_fault(messages.FORMAT_EMPTY)

    def _field_end(self, position: int, stop: int) -> int:
        """Where the expression that begins here ends: at a `!`, `:`, `=` or `}` outside of brackets and strings, or at `stop`."""
        text = self.tokens.text
        brackets: list[str] = []
        while position < stop:
            code = code_at(text, position)
            if code == _QUOTE or code == _APOSTROPHE:
                position = self._string_end(position, stop)
                continue
            self._check_field_character(code)
            shown = text[position]
            if shown in _OPENING:
                if len(brackets) >= MOST_BRACKETS:
                    raise self._literal_fault(messages.FORMAT_TOO_MANY_BRACKETS)
                brackets.append(shown)
            elif len(brackets) == 0 and _may_end_field(code):
                if code != _COLON and code != _CLOSE_BRACE and text[position + 1 : position + 2] == "=":
                    position += 1
                elif code != _LESS and code != _GREATER:
                    return position
            elif shown in _CLOSING:
                self._close_bracket(brackets, shown)
            position += 1
        if len(brackets) > 0:
            raise self._literal_fault(f"f-string: unmatched '{brackets[len(brackets) - 1]}'")
        return position

    def _check_field_character(self, code: int) -> None:
        if code == _BACKSLASH:
            raise self._literal_fault(messages.FORMAT_BACKSLASH)
        if code == _HASH:
            raise self._literal_fault(messages.FORMAT_COMMENT)

    def _close_bracket(self, brackets: list[str], shown: str) -> None:
        if len(brackets) == 0:
            raise self._literal_fault(f"f-string: unmatched '{shown}'")
        opening = brackets.pop()
        if _OPENING.find(opening) != _CLOSING.find(shown):
            raise self._literal_fault(
                f"f-string: closing parenthesis '{shown}' does not match opening parenthesis '{opening}'"
            )

    def _string_end(self, position: int, stop: int) -> int:
        """The place behind the string that begins here, which has no backslashes."""
        text = self.tokens.text
        quote = text[position]
        marks = quote * 3 if text[position : position + 3] == quote * 3 and position + 2 < stop else quote
        position += len(marks)
        while position < stop:
            if code_at(text, position) == _BACKSLASH:
                raise self._literal_fault(messages.FORMAT_BACKSLASH)
            if text[position : position + len(marks)] == marks and position + len(marks) <= stop:
                return position + len(marks)
            position += 1
        raise self._literal_fault(messages.FORMAT_UNTERMINATED)


def _may_end_field(code: int) -> bool:
    return (
        code == _EXCLAMATION
        or code == _COLON
        or code == _CLOSE_BRACE
        or code == _EQUAL
        or code == _LESS
        or code == _GREATER
    )


def _is_blank(code: int) -> bool:
    return code == _SPACE or 9 <= code <= 13


def _behind_name(text: str, position: int, stop: int) -> int:
    """The place behind `{...}` of a named character whose brace may stand here."""
    if position >= stop or code_at(text, position) != _OPEN_BRACE:
        return min(position + 1, stop)
    while position < stop:
        position += 1
        if code_at(text, position - 1) == _CLOSE_BRACE:
            break
    return position
