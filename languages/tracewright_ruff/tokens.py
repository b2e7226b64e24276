"""What the lexer hands to the parser."""

from dataclasses import dataclass
from typing import Final, final

from tracewright_ruff.number_text import float_debug
from tracewright_ruff.quoting import quoted


class TokenKind:
    """The kinds of `Token`."""

    IDENTIFIER: Final = 0
    KEYWORD: Final = 1
    INTEGER: Final = 2
    FLOAT: Final = 3
    STRING: Final = 4
    INTERPOLATION: Final = 5
    BOOLEAN: Final = 6
    OPERATOR: Final = 7
    PUNCTUATION: Final = 8
    END: Final = 9


KEYWORDS: set[str] = set(
    """
    let mut const func return enum match case default if else loop while for in break continue try except int float
    string bool import export from struct impl self null spawn test test_setup test_teardown test_group yield async await
    """.split()
)

# The longest match wins, so the parser never sees `: =` for `:=`.
LONG_OPERATORS: list[str] = ["...", *"+= -= *= /= %= := :: == != <= >= && || |> ?? ?. ->".split()]
SHORT_OPERATORS = "+-*/%=<>!&|?"
PUNCTUATION = ".,;:()[]{}"


@final
@dataclass
class Piece:
    """A stretch of an interpolated string: literal text, or the source of the expression between `${` and `}`."""

    text: str
    is_expression: bool
    line: int
    column: int


@final
@dataclass
class Token:
    """One token. `text` is the spelling, or the contents of a string; the number fields hold 0 for other kinds."""

    kind: int
    text: str
    line: int
    column: int
    integer: int
    number: float
    pieces: list[Piece]

    def is_symbol(self, text: str) -> bool:
        """Whether this is the operator or punctuation `text`."""
        return (self.kind == TokenKind.OPERATOR or self.kind == TokenKind.PUNCTUATION) and self.text == text

    def is_keyword(self, text: str) -> bool:
        """Whether this is the keyword `text`."""
        return self.kind == TokenKind.KEYWORD and self.text == text

    def is_name(self, text: str) -> bool:
        """Whether this is the identifier `text`."""
        return self.kind == TokenKind.IDENTIFIER and self.text == text

    def describe(self) -> str:
        """The token as messages show it after "but found"."""
        match self.kind:
            case TokenKind.IDENTIFIER:
                return f"Identifier({quoted(self.text)})"
            case TokenKind.KEYWORD:
                return f"Keyword({quoted(self.text)})"
            case TokenKind.INTEGER:
                return f"Int({self.integer})"
            case TokenKind.FLOAT:
                return "Float(" + float_debug(self.number) + ")"
            case TokenKind.STRING:
                return f"String({quoted(self.text)})"
            case TokenKind.INTERPOLATION:
                return "InterpolatedString"
            case TokenKind.BOOLEAN:
                return f"Bool({self.text})"
            case TokenKind.OPERATOR:
                return f"Operator({quoted(self.text)})"
            case TokenKind.PUNCTUATION:
                return f"Punctuation('{self.text}')"
            case _:
                return "Eof"
