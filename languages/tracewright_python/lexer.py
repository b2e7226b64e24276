"""Source text to tokens.

The text ends its lines with line feeds only and has one at its end (`source_text.py`). What is no token ends the table with FAULT: the
parser raises it when it gets there, so that an earlier mistake is told first, as in CPython, whose tokenizer runs just ahead of its parser.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.text import code_at
from tracewright.guest.diagnostics import Span
from tracewright.lib.normal_forms import normalized_kc
from tracewright_python.diagnostics import FaultKind, LineIndex, SyntaxFault
from tracewright_python.identifiers import continues_name, starts_name
from tracewright_python.lexer_numbers import AT_END, NumberReader, is_digit, is_name_part
from tracewright_python.tokens import KEYWORDS, PUNCTUATORS, Kind, Tokens

MOST_BRACKETS: Final = 200  # inside each other, as in CPython
MOST_INDENTATIONS: Final = 99
TAB_WIDTH: Final = 8

_TAB, _LINE_FEED, _FORM_FEED, _SPACE = 0x09, 0x0A, 0x0C, 0x20
_QUOTE, _HASH, _APOSTROPHE, _DOT, _BACKSLASH = 0x22, 0x23, 0x27, 0x2E, 0x5C
_LAST_ASCII: Final = 0x7E
# Letters that may stand before a quote: which others may not be there any more.
_PREFIX_LETTERS: Final[dict[int, str]] = {ord("b"): "buf", ord("u"): "burf", ord("r"): "ur", ord("f"): "bfu"}
_CLOSING: Final[dict[int, int]] = {
    Kind.CLOSE_PARENTHESIS: Kind.OPEN_PARENTHESIS,
    Kind.CLOSE_BRACKET: Kind.OPEN_BRACKET,
    Kind.CLOSE_BRACE: Kind.OPEN_BRACE,
}


@final
class Lexer(NumberReader):
    """Fills the table of one text. The offsets of a part, such as an expression in an f-string, are those of the whole text."""

    def __init__(self, text: str, lines: LineIndex, start: int, stop: int, is_enclosed: bool) -> None:
        """`is_enclosed`: the characters around the part count as parentheses, so that its line ends mean nothing."""
        super().__init__(text, lines, start, stop)
        self.tokens: Tokens = Tokens(text, lines)
        self.name_numbers: dict[str, int] = {}
        self.is_enclosed = is_enclosed
        self.open: list[int] = []  # offsets of the brackets that are open
        # The columns of the blocks that are open, with tabs to multiples of TAB_WIDTH and with tabs of width 1: both must agree.
        self.columns: list[int] = [0]
        self.narrow_columns: list[int] = [0]

    def read_all(self) -> Tokens:
        """Tokenize to the end or to the first mistake."""
        tokens = self.tokens
        if self.is_enclosed:
            tokens.add(Kind.OPEN_PARENTHESIS, self.position - 1, self.position, 0)
        try:
            self._read_lines()
        except SyntaxFault as fault:
            fault.is_final = True
            tokens.fault = fault
            if len(self.open) > 0:
                tokens.unclosed = self.open[len(self.open) - 1]
            tokens.add(Kind.FAULT, self.position, self.position, 0)
        return tokens

    def _read_lines(self) -> None:
        at_line_start = not self.is_enclosed
        is_blank = False
        while True:
            if at_line_start:
                at_line_start = False
                is_blank = self._read_indentation()
            self._skip_spaces()
            start = self.position
            code = self.code(0)
            if code == _HASH:
                self._skip_comment()
                code = self.code(0)
            if code == AT_END:
                self._end()
                return
            if code == _LINE_FEED:
                self.position += 1
                if len(self.open) > 0 or self.is_enclosed:
                    continue
                at_line_start = True
                if not is_blank:
                    self.tokens.add(Kind.NEWLINE, start, self.position - 1, 0)
            elif code == _BACKSLASH:
                self._pass_continuation()
            else:
                self._read_token(start, code)

    def _end(self) -> None:
        if len(self.open) > 0:
            raise self._never_closed()
        if self.is_enclosed:
            self.tokens.add(Kind.CLOSE_PARENTHESIS, self.position, self.position + 1, 0)
        self.tokens.add(Kind.END, self.position, self.position, 0)

    def _never_closed(self) -> SyntaxFault:
        bracket = self.open[len(self.open) - 1]
        line = self.lines.line(bracket)
        span = Span(line, self.lines.column(bracket), line, 0)
        return self._deferred(SyntaxFault(f"'{self.text[bracket]}' was never closed", span))

    def _deferred(self, fault: SyntaxFault) -> SyntaxFault:
        """Mark a fault that does not push aside a mistake of grammar before it."""
        self.tokens.fault_is_deferred = True
        return fault

    # Lines

    def _read_indentation(self) -> bool:
        """Read the blanks at the head of a line and the blocks that they open or close; whether nothing else is in the line."""
        column = 0
        narrow = 0
        continued = -1  # the column before a backslash that goes on in the next line
        start = self.position
        while True:
            code = self.code(0)
            if code == _SPACE:
                column += 1
                narrow += 1
            elif code == _TAB:
                column = (column // TAB_WIDTH + 1) * TAB_WIDTH
                narrow += 1
            elif code == _FORM_FEED:
                column = 0
                narrow = 0
            elif code == _BACKSLASH:
                if continued <= 0:
                    continued = column
                self._pass_continuation()
                continue
            else:
                break
            self.position += 1
        if code == _HASH or code == _LINE_FEED:
            return True
        if continued > 0:
            column = continued
            narrow = continued
        self._change_blocks(column, narrow, start)
        return False

    def _change_blocks(self, column: int, narrow: int, start: int) -> None:
        top = len(self.columns) - 1
        position = self.position
        if column == self.columns[top]:
            if narrow != self.narrow_columns[top]:
                raise self._bad_tabs()
        elif column > self.columns[top]:
            if top >= MOST_INDENTATIONS:
                raise self._bad_indentation("too many levels of indentation", FaultKind.INDENTATION)
            if narrow <= self.narrow_columns[top]:
                raise self._bad_tabs()
            self.columns.append(column)
            self.narrow_columns.append(narrow)
            self.tokens.add(Kind.INDENT, start, position, 0)
        else:
            count = 0
            while top > 0 and column < self.columns[top]:
                self.columns.pop()
                self.narrow_columns.pop()
                top -= 1
                count += 1
            if column != self.columns[top]:
                line = self.lines.line(position)
                end = self._line_end(position) + 1 - self.lines.starts[line - 1]
                message = "unindent does not match any outer indentation level"
                raise self._deferred(SyntaxFault(message, Span(line, end, line, -1), FaultKind.INDENTATION))
            if narrow != self.narrow_columns[top]:
                raise self._bad_tabs()
            for _ in range(count):
                self.tokens.add(Kind.DEDENT, position, position, 0)

    def _bad_tabs(self) -> SyntaxFault:
        return self._bad_indentation("inconsistent use of tabs and spaces in indentation", FaultKind.TAB)

    def _bad_indentation(self, message: str, kind: int) -> SyntaxFault:
        line = self.lines.line(self.position)
        return self._deferred(SyntaxFault(message, Span(line, 1, line, 0), kind))

    def _line_end(self, position: int) -> int:
        end = self.text.find("\n", position)
        return end if end >= 0 else self.stop

    def _skip_spaces(self) -> None:
        while True:
            code = self.code(0)
            if not (code == _SPACE or code == _TAB or code == _FORM_FEED):
                return
            self.position += 1

    def _skip_comment(self) -> None:
        self.position = min(self._line_end(self.position), self.stop)

    def _pass_continuation(self) -> None:
        """Go behind a backslash and the end of the line, after which something must come."""
        line = self.lines.line(self.position)
        column = self.position - self.lines.starts[line - 1] + 1
        if self.code(1) != _LINE_FEED:
            message = "unexpected character after line continuation character"
            raise self._deferred(SyntaxFault(message, Span(line, column + 1, line, 0)))
        self.position += 2
        if self.code(0) == AT_END:
            raise self._deferred(SyntaxFault("unexpected EOF while parsing", Span(line, column + 1, line, -1)))

    # Tokens

    def _read_token(self, start: int, code: int) -> None:
        if code >= 128 or is_name_part(code) and not is_digit(code):
            self._read_word(start, code)
        elif is_digit(code) or code == _DOT and is_digit(self.code(1)):
            self.read_number()
            self.tokens.add(Kind.NUMBER, start, self.position, 0)
        elif code == _QUOTE or code == _APOSTROPHE:
            self._read_string(start, code)
        else:
            self._read_punctuator(start, code)

    def _read_word(self, start: int, code: int) -> None:
        banned = ""
        while code < 128:
            letter = code | 0x20
            if letter not in _PREFIX_LETTERS or chr(letter) in banned:
                break
            banned += _PREFIX_LETTERS[letter]
            self.position += 1
            code = self.code(0)
            if code == _QUOTE or code == _APOSTROPHE:
                self._read_string(start, code)
                return
            if code < 0:
                break
        is_wide = False
        while is_name_part(code):
            is_wide = is_wide or code >= 128
            self.position += 1
            code = self.code(0)
        if is_wide:
            self._check_name(start)
        text = self.text[start : self.position]
        kind = KEYWORDS.get(text, Kind.NAME)
        if kind == Kind.NAME:
            self.tokens.add(kind, start, self.position, self._name_number(normalized_kc(text) if is_wide else text))
        else:
            self.tokens.add(kind, start, self.position, 0)

    def _name_number(self, name: str) -> int:
        number = self.name_numbers.get(name, -1)
        if number < 0:
            number = len(self.tokens.names)
            self.name_numbers[name] = number
            self.tokens.names.append(name)
        return number

    def _check_name(self, start: int) -> None:
        """Refuse characters beyond ASCII that no name has."""
        for index in range(start, self.position):
            code = code_at(self.text, index)
            if not (starts_name(code) if index == start else continues_name(code)):
                self.position = index + 1
                raise self.fault_before(self.position, _invalid_character(code))

    def _read_string(self, start: int, quote: int) -> None:
        """A string whose first quote is here; `start` is where its prefix begins."""
        self.position += 1
        quotes = 1
        if self.code(0) == quote:
            if self.code(1) != quote:
                self.position += 1
                self.tokens.add(Kind.STRING, start, self.position, 0)
                return
            quotes = 3
            self.position += 2
        seen = 0
        while seen < quotes:
            code = self.code(0)
            if code == AT_END or (quotes == 1 and code == _LINE_FEED):
                detected = self.lines.line(self.position if code == _LINE_FEED else self.stop - 1)
                kind = "triple-quoted string" if quotes == 3 else "string"
                raise self.fault_before(start + 1, f"unterminated {kind} literal (detected at line {detected})")
            self.position += 1
            if code == quote:
                seen += 1
            else:
                seen = 0
                if code == _BACKSLASH and self.code(0) != AT_END:
                    self.position += 1
        self.tokens.add(Kind.STRING, start, self.position, 0)

    def _read_punctuator(self, start: int, code: int) -> None:
        kind = -1
        for length in range(3, 0, -1):
            if start + length <= self.stop:
                kind = PUNCTUATORS.get(self.text[start : start + length], -1)
                if kind >= 0:
                    self.position = start + length
                    break
        if kind < 0:
            if self.text[start : start + 2] == "<>":
                self.position = start + 2
            else:
                self.position = start + 1
                if code < _SPACE or code > _LAST_ASCII:
                    raise self.fault_before(self.position, _invalid_character(code))
            kind = Kind.STRAY
        elif Kind.OPEN_PARENTHESIS <= kind <= Kind.CLOSE_BRACE:
            self._pass_bracket(start, kind)
        self.tokens.add(kind, start, self.position, 0)

    def _pass_bracket(self, start: int, kind: int) -> None:
        opening = _CLOSING.get(kind, -1)
        if opening < 0:
            if len(self.open) >= MOST_BRACKETS:
                raise self.fault_before(self.position, "too many nested parentheses")
            self.open.append(start)
            return
        shown = self.text[start]
        if len(self.open) == 0:
            raise self.fault_before(self.position, f"unmatched '{shown}'")
        before = self.open.pop()
        if PUNCTUATORS[self.text[before]] != opening:
            message = f"closing parenthesis '{shown}' does not match opening parenthesis '{self.text[before]}'"
            line = self.lines.line(before)
            if line != self.lines.line(start):
                message += f" on line {line}"
            raise self.fault_before(self.position, message)


def _invalid_character(code: int) -> str:
    digits = f"U+{code:04X}"
    character = chr(code)
    if character.isprintable():
        return f"invalid character '{character}' ({digits})"
    return f"invalid non-printable character {digits}"
