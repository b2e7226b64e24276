"""Tokens of small languages: names, numbers, strings, and the symbols that a table lists.

A language with ordinary lexical habits gives its keywords and operators, and parses with a `TokenStream`:

    RULES: Final = TokenRules("while print", "<= < + - ( )", "//")
    tokens = TokenStream(tokenize(text, RULES))
    if tokens.accept("while"): ...

Numbers are `12`, `1.5`, `2e3`, `1.5e-3`. In strings `\\n`, `\\t`, `\\r`, `\\0`, `\\"`, `\\\\`, `\\u00e9` and `\\u{1f600}` stand for
other characters; every other backslash is a mistake.

Where the rules allow templates, strings may have expressions in them, each with a format:

    "a{x + 1:>8}b"      TEMPLATE a   NAME x   SYMBOL +   INTEGER 1   FORMAT >8   TEMPLATE_END b

A parser that takes a TEMPLATE reads an expression, a FORMAT if there is one, and goes on with the next TEMPLATE up to the TEMPLATE_END. Braces that are text are
written `\\{` and `\\}` there.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.integers import MAX_INT
from tracewright.guest.diagnostics import SourceError
from tracewright.lib.float_parse import parse_float

END: Final = 0
NAME: Final = 1
INTEGER: Final = 2
FLOAT: Final = 3
TEXT: Final = 4
SYMBOL: Final = 5  # a keyword or an operator
TEMPLATE: Final = 6  # what a string has before an expression
FORMAT: Final = 7  # of an expression in a string
TEMPLATE_END: Final = 8  # what a string has behind its last expression

MOST_NESTED: Final = 1000  # calls of a parser inside each other
MOST_STRINGS: Final = 100  # strings in expressions in strings
_LARGEST_INTEGER: Final = str(MAX_INT)
_ESCAPES: Final[dict[str, str]] = {"n": "\n", "t": "\t", "r": "\r", "0": "\0", '"': '"', "\\": "\\"}
_TEMPLATE_ESCAPES: Final = "{}"
_HEX_DIGITS: Final = "0123456789abcdefABCDEF"
_LAST_CODE_POINT: Final = 0x10FFFF


@final
class TokenRules:
    """Keywords and operators, separated by blanks (an operator before those it begins with), how a comment starts, and whether
    strings may have expressions in them."""

    def __init__(self, keywords: str, operators: str, comment: str, templates: bool = False) -> None:
        self.keywords: list[str] = keywords.split()
        self.operators: list[str] = operators.split()
        self.comment = comment
        self.templates = templates


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
        self.nested = 0  # strings around here
        self.tokens: list[Token] = []

    def scan(self) -> list[Token]:
        while self._skip_blanks():
            self._token()
        self._begin()
        self._add(END, "end of file")
        return self.tokens

    def _token(self) -> None:
        """The token that starts here."""
        self._begin()
        start = self.text[self.position]
        if _is_digit(start):
            self._number()
        elif start.isalpha() or start == "_":
            word = self._run_of_letters()
            self._add(SYMBOL if word in self.rules.keywords else NAME, word)
        elif start == '"':
            self._string()
        else:
            self._operator()

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
        while self._digit_at(self.position):
            self.position += 1

    def _digit_at(self, position: int) -> bool:
        return position < len(self.text) and _is_digit(self.text[position])

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
        elif _is_too_large(written.lstrip("0")):
            raise self._error(f"the number {written} is too large")
        else:
            self._add(INTEGER, written).integer = int(written)

    def _string(self) -> None:
        pieces: list[str] = []
        line, column = self.token_line, self.token_column
        kind = TEXT
        self.position += 1
        while self.position < len(self.text) and self.text[self.position] != '"':
            character = self.text[self.position]
            if character == "\\" and self.position + 1 < len(self.text):
                pieces.append(self._escape())
                continue
            if character == "{" and self.rules.templates:
                self._add(TEMPLATE, "".join(pieces))
                pieces = []
                kind = TEMPLATE_END
                self._expression_in_string()
                self._begin()
                continue
            if character == "\n":
                self._next_line()
            pieces.append(character)
            self.position += 1
        if self.position >= len(self.text):
            raise SourceError("this string does not end", line, column)
        self.position += 1
        self._add(kind, "".join(pieces))

    def _expression_in_string(self) -> None:
        """`{` expression `}`, or `{` expression `:` format `}`."""
        self._begin()
        missing = self._error("this '{' in a string has no '}'")
        self.nested += 1
        if self.nested > MOST_STRINGS:
            raise self._error(f"strings are nested more than {MOST_STRINGS} deep here")
        self.position += 1
        brackets = 0
        while self._skip_blanks():
            character = self.text[self.position]
            if brackets == 0 and (character == "}" or character == ":"):
                break
            self._token()
            token = self.tokens[-1]
            if token.kind == SYMBOL and token.text[-1] in "([{":
                brackets += 1
            elif token.kind == SYMBOL and token.text[-1] in ")]}":
                brackets -= 1
        if self.position < len(self.text) and self.text[self.position] == ":":
            self.position += 1
            self._begin()
            end = self.text.find("}", self.position)
            form = self.text[self.position : end] if end >= 0 else "\n"
            if "\n" in form or '"' in form:
                raise missing
            self._add(FORMAT, form)
            self.position = end
        if self.position >= len(self.text):
            raise missing
        self.position += 1
        self.nested -= 1

    def _escape(self) -> str:
        """What a backslash and what follows it mean."""
        start = self.position
        kind = self.text[start + 1]
        if kind in _ESCAPES:
            self.position = start + 2
            return _ESCAPES[kind]
        if self.rules.templates and kind in _TEMPLATE_ESCAPES:
            self.position = start + 2
            return kind
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


def _is_digit(character: str) -> bool:
    """One that numbers are made of. (`isdigit` holds of others, too, such as a raised 2, which is no number to `int`.)"""
    return "0" <= character <= "9"


def _is_too_large(digits: str) -> bool:
    """Of a number without zeros at its head."""
    length = len(_LARGEST_INTEGER)
    return len(digits) > length or (len(digits) == length and digits > _LARGEST_INTEGER)


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
