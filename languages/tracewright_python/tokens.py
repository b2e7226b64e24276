"""The kinds of tokens, and the table of a text's tokens.

A text is tokenized at once, into columns of numbers instead of objects: the parser looks ahead and goes back by changing an index, and a
source of ten megabytes costs some forty bytes per token.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array, array_of
from tracewright.guest.diagnostics import Span
from tracewright_python.diagnostics import LineIndex, SyntaxFault
from tracewright_python.syntax import BinaryOperator, Comparison


class Kind:
    """What a token is. Keywords are named as they are spelled; `SPELLINGS` has the text of the rest."""

    END: Final = 0
    NEWLINE: Final = 1  # the end of a logical line
    INDENT: Final = 2
    DEDENT: Final = 3
    FAULT: Final = 4  # here the text stops being tokens; the table says why
    NAME: Final = 5
    NUMBER: Final = 6
    STRING: Final = 7  # with its prefix and quotes; f-strings are one token, too

    FALSE: Final = 10
    NONE: Final = 11
    TRUE: Final = 12
    AND: Final = 13
    AS: Final = 14
    ASSERT: Final = 15
    ASYNC: Final = 16
    AWAIT: Final = 17
    BREAK: Final = 18
    CLASS: Final = 19
    CONTINUE: Final = 20
    DEF: Final = 21
    DEL: Final = 22
    ELIF: Final = 23
    ELSE: Final = 24
    EXCEPT: Final = 25
    FINALLY: Final = 26
    FOR: Final = 27
    FROM: Final = 28
    GLOBAL: Final = 29
    IF: Final = 30
    IMPORT: Final = 31
    IN: Final = 32
    IS: Final = 33
    LAMBDA: Final = 34
    NONLOCAL: Final = 35
    NOT: Final = 36
    OR: Final = 37
    PASS: Final = 38
    RAISE: Final = 39
    RETURN: Final = 40
    TRY: Final = 41
    WHILE: Final = 42
    WITH: Final = 43
    YIELD: Final = 44

    OPEN_PARENTHESIS: Final = 50
    CLOSE_PARENTHESIS: Final = 51
    OPEN_BRACKET: Final = 52
    CLOSE_BRACKET: Final = 53
    OPEN_BRACE: Final = 54
    CLOSE_BRACE: Final = 55
    COLON: Final = 56
    COMMA: Final = 57
    SEMICOLON: Final = 58
    DOT: Final = 59
    ELLIPSIS: Final = 60
    ARROW: Final = 61
    ASSIGN: Final = 62
    WALRUS: Final = 63
    TILDE: Final = 64
    STRAY: Final = 65  # `$`, `?`, `!` or a backquote: no token of the language

    LESS: Final = 70
    GREATER: Final = 71
    EQUAL: Final = 72
    NOT_EQUAL: Final = 73
    LESS_EQUAL: Final = 74
    GREATER_EQUAL: Final = 75

    # Binary operators; their assigning forms are further on by ASSIGNING.
    BAR: Final = 80
    CARET: Final = 81
    AMPERSAND: Final = 82
    LEFT_SHIFT: Final = 83
    RIGHT_SHIFT: Final = 84
    PLUS: Final = 85
    MINUS: Final = 86
    STAR: Final = 87
    SLASH: Final = 88
    DOUBLE_SLASH: Final = 89
    PERCENT: Final = 90
    AT: Final = 91
    DOUBLE_STAR: Final = 92

    LAST_ASSIGNMENT: Final = 112  # DOUBLE_STAR + ASSIGNING


ASSIGNING: Final = 20  # PLUS + ASSIGNING is `+=`
FIRST_KEYWORD: Final = Kind.FALSE
LAST_KEYWORD: Final = Kind.YIELD
FIRST_ASSIGNMENT: Final = Kind.BAR + ASSIGNING

_FIXED: Final[list[tuple[int, str]]] = [
    (Kind.OPEN_PARENTHESIS, "("),
    (Kind.CLOSE_PARENTHESIS, ")"),
    (Kind.OPEN_BRACKET, "["),
    (Kind.CLOSE_BRACKET, "]"),
    (Kind.OPEN_BRACE, "{"),
    (Kind.CLOSE_BRACE, "}"),
    (Kind.COLON, ":"),
    (Kind.COMMA, ","),
    (Kind.SEMICOLON, ";"),
    (Kind.DOT, "."),
    (Kind.ELLIPSIS, "..."),
    (Kind.ARROW, "->"),
    (Kind.ASSIGN, "="),
    (Kind.WALRUS, ":="),
    (Kind.TILDE, "~"),
]
# Kind, spelling, operator of the tree, and how tightly it binds; `**` stands above them all and has a rule of its own.
_BINARY: Final[list[tuple[int, str, int, int]]] = [
    (Kind.BAR, "|", BinaryOperator.BITWISE_OR, 1),
    (Kind.CARET, "^", BinaryOperator.BITWISE_XOR, 2),
    (Kind.AMPERSAND, "&", BinaryOperator.BITWISE_AND, 3),
    (Kind.LEFT_SHIFT, "<<", BinaryOperator.LEFT_SHIFT, 4),
    (Kind.RIGHT_SHIFT, ">>", BinaryOperator.RIGHT_SHIFT, 4),
    (Kind.PLUS, "+", BinaryOperator.ADD, 5),
    (Kind.MINUS, "-", BinaryOperator.SUBTRACT, 5),
    (Kind.STAR, "*", BinaryOperator.MULTIPLY, 6),
    (Kind.SLASH, "/", BinaryOperator.DIVIDE, 6),
    (Kind.DOUBLE_SLASH, "//", BinaryOperator.FLOOR_DIVIDE, 6),
    (Kind.PERCENT, "%", BinaryOperator.MODULO, 6),
    (Kind.AT, "@", BinaryOperator.MATRIX_MULTIPLY, 6),
    (Kind.DOUBLE_STAR, "**", BinaryOperator.POWER, 0),
]
LOOSEST: Final = 1  # how tightly `|` binds

# Comparisons of one token; `is not` and `not in` have two.
_COMPARISONS: Final[list[tuple[int, str, int]]] = [
    (Kind.LESS, "<", Comparison.LESS),
    (Kind.GREATER, ">", Comparison.GREATER),
    (Kind.EQUAL, "==", Comparison.EQUAL),
    (Kind.NOT_EQUAL, "!=", Comparison.NOT_EQUAL),
    (Kind.LESS_EQUAL, "<=", Comparison.LESS_EQUAL),
    (Kind.GREATER_EQUAL, ">=", Comparison.GREATER_EQUAL),
    (Kind.IN, "in", Comparison.IN),
    (Kind.IS, "is", Comparison.IS),
]
_CAPITALIZED = ("FALSE", "NONE", "TRUE")


def _spellings() -> list[str]:
    spellings = [""] * (Kind.LAST_ASSIGNMENT + 1)
    for name, kind in vars(Kind).items():
        if isinstance(kind, int) and FIRST_KEYWORD <= kind <= LAST_KEYWORD:
            spellings[kind] = name.title() if name in _CAPITALIZED else name.lower()
    for kind, spelling in _FIXED:
        spellings[kind] = spelling
    for kind, spelling, _ in _COMPARISONS:
        spellings[kind] = spelling
    for kind, spelling, _, _ in _BINARY:
        spellings[kind] = spelling
        spellings[kind + ASSIGNING] = spelling + "="
    return spellings


SPELLINGS: Final[list[str]] = _spellings()
"""By kind; empty for those whose text varies."""

KEYWORDS: Final[dict[str, int]] = {SPELLINGS[kind]: kind for kind in range(FIRST_KEYWORD, LAST_KEYWORD + 1)}
PUNCTUATORS: Final[dict[str, int]] = {
    SPELLINGS[kind]: kind for kind in range(Kind.OPEN_PARENTHESIS, Kind.LAST_ASSIGNMENT + 1) if SPELLINGS[kind] != ""
}


def _by_kind(rows: list[tuple[int, int]], nothing: int) -> Array[int]:
    table = [nothing] * (Kind.LAST_ASSIGNMENT + 1)
    for kind, entry in rows:
        table[kind] = entry
    return array_of(table)


PRECEDENCES: Final = _by_kind([(kind, precedence) for kind, _, _, precedence in _BINARY], 0)
"""How tightly a binary operator binds; 0 for anything else."""
BINARY_OPERATORS: Final = _by_kind([(kind, operator) for kind, _, operator, _ in _BINARY], -1)
COMPARISONS: Final = _by_kind([(kind, comparison) for kind, _, comparison in _COMPARISONS], -1)


@final
class Tokens:
    """The tokens of one text. The last one is END or FAULT."""

    def __init__(self, text: str, lines: LineIndex) -> None:
        self.text = text
        self.lines = lines
        self.kinds: list[int] = []
        self.starts: list[int] = []  # offsets
        self.ends: list[int] = []
        self.values: list[int] = []  # of a name its number in `names`
        self.names: list[str] = []  # each name of the text once, in Unicode's normal form KC
        self.fault: SyntaxFault | None = None  # of the token FAULT
        self.fault_is_deferred = False  # a mistake of grammar before it is told instead
        self.unclosed = -1  # the offset of the innermost bracket that is open at the fault

    def add(self, kind: int, start: int, end: int, value: int) -> None:
        """One more token."""
        self.kinds.append(kind)
        self.starts.append(start)
        self.ends.append(end)
        self.values.append(value)

    def spelling(self, index: int) -> str:
        """The text of a token."""
        return self.text[self.starts[index] : self.ends[index]]

    def span(self, index: int) -> Span:
        """The place of a token."""
        return self.lines.span(self.starts[index], self.ends[index])

    def fault_span(self, index: int) -> Span:
        """The place of a token as errors show it; where nothing is written, CPython counts how far it has read."""
        kind = self.kinds[index]
        if kind == Kind.END:
            last = max(len(self.text) - 1, 0)
            column = len(self.text) - self.lines.starts[self.lines.line(last) - 1]
            return Span(self.lines.line(last), column, self.lines.line(last), -1)
        if kind == Kind.INDENT or kind == Kind.DEDENT:
            line = self.lines.line(self.ends[index])
            return Span(line, self.ends[index] - self.lines.starts[line - 1], line, -1)
        return self.span(index)
