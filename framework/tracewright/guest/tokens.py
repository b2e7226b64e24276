"""Tokens of small languages: names, numbers, strings, and the symbols that a table lists.

A language with ordinary lexical habits gives its keywords and operators, and parses with a `TokenStream`:

    RULES: Final = TokenRules("while print", "<= < + - ( )", "//")
    tokens = TokenStream(tokenize(text, RULES))
    if tokens.accept("while"): ...

Numbers are `12`, `1.5`, `2e3`, `1.5e-3`. In strings `\\n`, `\\t`, `\\r`, `\\0`, `\\"`, `\\\\`, `\\u00e9` and `\\u{1f600}` stand for
other characters; every other backslash is a mistake.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.guest.diagnostics import SourceError
from tracewright.lib.float_parse import parse_float

END: Final = 0
NAME: Final = 1
INTEGER: Final = 2
FLOAT: Final = 3
TEXT: Final = 4
SYMBOL: Final = 5  # a keyword or an operator

MOST_NESTED: Final = 1000  # calls of a parser inside each other
_LONGEST_INTEGER: Final = 18  # digits; longer ones could overflow
_ESCAPES: Final[dict[str, str]] = {"n": "\n", "t": "\t", "r": "\r", "0": "\0", '"': '"', "\\": "\\"}
_HEX_DIGITS: Final = "0123456789abcdefABCDEF"
_LAST_CODE_POINT: Final = 0x10FFFF


@final
class TokenRules:
    """Keywords and operators, separated by blanks (an operator before those it begins with), and how a comment starts."""

    def __init__(self, keywords: str, operators: str, comment: str) -> None:
        self.keywords: list[str] = keywords.split()
        self.operators: list[str] = operators.split()
        self.comment = comment


@final
class Token:
    """`text` is what was written; of a string, what it means. Numbers are in `integer` and `real`."""

    def __init__(self, kind: int, text: str, line: int, column: int) -> None:
        self.kind = kind
        self.text = text
        self.line = line
        self.column = column
        self.integer = 0
        self.real = 0.0

    def error(self, message: str) -> SourceError:
        """A SourceError about this token."""
        return SourceError(message, self.line, self.column)


@final
class _Scanner:
    """Takes the text apart; `token_line` and `token_column` are where the token in hand begins."""

    def __init__(self, text: str, rules: TokenRules) -> None:
        self.text = text
        self.rules = rules
        self.position = 0
        self.line = 1
        self.line_start = 0
        self.token_line = 1
        self.token_column = 1
        self.tokens: list[Token] = []

    def scan(self) -> list[Token]:
        text = self.text
        while self._skip_blanks():
            self._begin()
            start = text[self.position]
            if start.isdigit():
                self._number()
            elif start.isalpha() or start == "_":
                word = self._run_of_letters()
                self._add(SYMBOL if word in self.rules.keywords else NAME, word)
            elif start == '"':
                self._string()
            else:
                self._operator()
        self._begin()
        self._add(END, "end of file")
        return self.tokens

    def _begin(self) -> None:
        self.token_line = self.line
        self.token_column = self.position - self.line_start + 1

    def _next_line(self) -> None:
        """Called where a newline ends the line."""
        self.line += 1
        self.line_start = self.position + 1

    def _error(self, message: str) -> SourceError:
        return SourceError(message, self.token_line, self.token_column)

    def _add(self, kind: int, text: str) -> Token:
        token = Token(kind, text, self.token_line, self.token_column)
        self.tokens.append(token)
        return token

    def _skip_blanks(self) -> bool:
        """Go to where the next token starts; False at the end."""
        text = self.text
        while self.position < len(text):
            if text[self.position].isspace():
                if text[self.position] == "\n":
                    self._next_line()
                self.position += 1
            elif text.startswith(self.rules.comment, self.position):
                end = text.find("\n", self.position)
                self.position = end if end >= 0 else len(text)
            else:
                return True
        return False

    def _run_of_letters(self) -> str:
        start = self.position
        while self.position < len(self.text) and (
            self.text[self.position].isalnum() or self.text[self.position] == "_"
        ):
            self.position += 1
        return self.text[start : self.position]

    def _digits(self) -> None:
        while self.position < len(self.text) and self.text[self.position].isdigit():
            self.position += 1

    def _digit_at(self, position: int) -> bool:
        return position < len(self.text) and self.text[position].isdigit()

    def _number(self) -> None:
        text, start = self.text, self.position
        self._digits()
        is_float = False
        if self._digit_at(self.position + 1) and text[self.position] == ".":
            is_float = True
            self.position += 1
            self._digits()
        if self.position < len(text) and text[self.position] in "eE":
            exponent = self.position + 1
            if exponent < len(text) and text[exponent] in "+-":
                exponent += 1
            if self._digit_at(exponent):
                is_float = True
                self.position = exponent
                self._digits()
        written = text[start : self.position]
        if is_float:
            self._add(FLOAT, written).real = parse_float(written)
        elif len(written) > _LONGEST_INTEGER:
            raise self._error(f"the number {written} is too large")
        else:
            self._add(INTEGER, written).integer = int(written)

    def _string(self) -> None:
        pieces: list[str] = []
        self.position += 1
        while self.position < len(self.text) and self.text[self.position] != '"':
            character = self.text[self.position]
            if character == "\\" and self.position + 1 < len(self.text):
                pieces.append(self._escape())
                continue
            if character == "\n":
                self._next_line()
            pieces.append(character)
            self.position += 1
        if self.position >= len(self.text):
            raise self._error("this string does not end")
        self.position += 1
        self._add(TEXT, "".join(pieces))

    def _escape(self) -> str:
        """What a backslash and what follows it mean."""
        start = self.position
        kind = self.text[start + 1]
        if kind in _ESCAPES:
            self.position = start + 2
            return _ESCAPES[kind]
        if kind == "u":
            first = start + 2
            end = first + 4
            if first < len(self.text) and self.text[first] == "{":
                first += 1
                end = self.text.find("}", first)
                self.position = end + 1
            else:
                self.position = end
            digits = self.text[first:end] if end >= 0 else ""
            if 0 < len(digits) <= 6 and end <= len(self.text) and self._all_hex(digits):
                code = int(digits, 16)
                if code <= _LAST_CODE_POINT:
                    return chr(code)
        column = start - self.line_start + 1
        wanted = (
            "four hexadecimal digits, or some in braces, belong behind \\u"
            if kind == "u"
            else f"\\{kind} means nothing"
        )
        raise SourceError(f"{wanted}; a backslash itself is \\\\", self.line, column)

    def _all_hex(self, digits: str) -> bool:
        for digit in digits:
            if digit not in _HEX_DIGITS:
                return False
        return True

    def _operator(self) -> None:
        for operator in self.rules.operators:
            if self.text.startswith(operator, self.position):
                self.position += len(operator)
                self._add(SYMBOL, operator)
                return
        raise self._error(f"'{self.text[self.position]}' means nothing here")


def tokenize(text: str, rules: TokenRules) -> list[Token]:
    """The tokens of a program; the last is END. Raises SourceError."""
    return _Scanner(text, rules).scan()


@final
class Nesting:
    """How deep a parser is in its own calls; more than MOST_NESTED is a mistake in the program."""

    def __init__(self, tokens: TokenStream) -> None:
        self.tokens = tokens
        self.depth = 0

    def __enter__(self) -> None:
        self.depth += 1
        if self.depth > MOST_NESTED:
            raise self.tokens.error(f"this is nested more than {MOST_NESTED} deep")

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        self.depth -= 1


@final
class TokenStream:
    """What a recursive-descent parser reads from.

    Where it calls itself, it says `with tokens.nesting:`, so that text of any depth has one answer, and no stack ends.
    """

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.position = 0
        self.nesting = Nesting(self)

    def peek(self) -> Token:
        """The next token."""
        return self.tokens[self.position]

    def next(self) -> Token:
        """The next token, taken."""
        token = self.tokens[self.position]
        if token.kind != END:
            self.position += 1
        return token

    def line(self) -> int:
        """Where the next token stands."""
        return self.tokens[self.position].line

    def at(self, symbol: str) -> bool:
        """Whether this symbol comes next."""
        token = self.tokens[self.position]
        return token.kind == SYMBOL and token.text == symbol

    def accept(self, symbol: str) -> bool:
        """Take this symbol if it comes next."""
        if not self.at(symbol):
            return False
        self.position += 1
        return True

    def expect(self, symbol: str) -> None:
        """Take this symbol, which must come next."""
        if not self.accept(symbol):
            raise self.error(f"'{symbol}' is missing before '{self.peek().text}'")

    def separate(self, close: str) -> None:
        """Behind an item of a list that `close` ends: take the comma, which only the last item may lack.

        while not tokens.accept(")"):
            names.append(tokens.name())
            tokens.separate(")")
        """
        if not self.accept(",") and not self.at(close):
            raise self.error(f"',' or '{close}' is missing before '{self.peek().text}'")

    def name(self) -> str:
        """Take a name, which must come next."""
        token = self.next()
        if token.kind != NAME:
            raise token.error(f"a name is missing before '{token.text}'")
        return token.text

    def at_end(self) -> bool:
        """Whether nothing is left."""
        return self.tokens[self.position].kind == END

    def error(self, message: str) -> SourceError:
        """A SourceError about the next token."""
        return self.peek().error(message)
