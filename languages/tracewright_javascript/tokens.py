"""The kinds of tokens and the token that the lexer fills in.

Words come first, in an order that answers the parser's questions by comparing numbers: names, then words that are names in
some places (contextual ones), then reserved words.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array, array_of


class Kind:
    """What a token is. Words are named as they are spelled; `PUNCTUATORS` has the spelling of the rest."""

    END: Final = 0

    NAME: Final = 1
    # Contextual: names, unless the grammar expects them where they stand, or the code is strict.
    ARGUMENTS: Final = 2
    AS: Final = 3
    ASYNC: Final = 4
    EVAL: Final = 5
    FROM: Final = 6
    GET: Final = 7
    META: Final = 8
    OF: Final = 9
    SET: Final = 10
    TARGET: Final = 11
    AWAIT: Final = 12
    LET: Final = 13  # from here on reserved in strict code
    STATIC: Final = 14
    YIELD: Final = 15
    IMPLEMENTS: Final = 16
    INTERFACE: Final = 17
    PACKAGE: Final = 18
    PRIVATE: Final = 19
    PROTECTED: Final = 20
    PUBLIC: Final = 21
    # Reserved everywhere.
    BREAK: Final = 22
    CASE: Final = 23
    CATCH: Final = 24
    CLASS: Final = 25
    CONST: Final = 26
    CONTINUE: Final = 27
    DEBUGGER: Final = 28
    DEFAULT: Final = 29
    DELETE: Final = 30
    DO: Final = 31
    ELSE: Final = 32
    ENUM: Final = 33
    EXPORT: Final = 34
    EXTENDS: Final = 35
    FALSE: Final = 36
    FINALLY: Final = 37
    FOR: Final = 38
    FUNCTION: Final = 39
    IF: Final = 40
    IMPORT: Final = 41
    IN: Final = 42
    INSTANCEOF: Final = 43
    NEW: Final = 44
    NULL: Final = 45
    RETURN: Final = 46
    SUPER: Final = 47
    SWITCH: Final = 48
    THIS: Final = 49
    THROW: Final = 50
    TRUE: Final = 51
    TRY: Final = 52
    TYPEOF: Final = 53
    VAR: Final = 54
    VOID: Final = 55
    WHILE: Final = 56
    WITH: Final = 57
    ESCAPED_RESERVED: Final = 58  # a reserved word written with an escape: a property name and nothing else

    PRIVATE_NAME: Final = 60
    NUMBER: Final = 61
    BIG_INTEGER: Final = 62
    STRING: Final = 63
    TEMPLATE: Final = 64  # one stretch of text of a template, up to `${` or the closing backtick
    REGULAR_EXPRESSION: Final = 65

    OPEN_BRACE: Final = 70
    CLOSE_BRACE: Final = 71
    OPEN_PARENTHESIS: Final = 72
    CLOSE_PARENTHESIS: Final = 73
    OPEN_BRACKET: Final = 74
    CLOSE_BRACKET: Final = 75
    DOT: Final = 76
    ELLIPSIS: Final = 77
    SEMICOLON: Final = 78
    COMMA: Final = 79
    QUESTION: Final = 80
    OPTIONAL: Final = 81
    COLON: Final = 82
    ARROW: Final = 83
    INCREMENT: Final = 84
    DECREMENT: Final = 85
    NOT: Final = 86
    BITWISE_NOT: Final = 87

    # Binary operators. An assignment operator is the operator's number plus ASSIGNING.
    COALESCE: Final = 90
    OR: Final = 91
    AND: Final = 92
    BITWISE_OR: Final = 93
    BITWISE_XOR: Final = 94
    BITWISE_AND: Final = 95
    EQUAL: Final = 96
    NOT_EQUAL: Final = 97
    SAME: Final = 98
    NOT_SAME: Final = 99
    LESS: Final = 100
    LESS_EQUAL: Final = 101
    GREATER: Final = 102
    GREATER_EQUAL: Final = 103
    SHIFT_LEFT: Final = 104
    SHIFT_RIGHT: Final = 105
    SHIFT_RIGHT_UNSIGNED: Final = 106
    PLUS: Final = 107
    MINUS: Final = 108
    MULTIPLY: Final = 109
    DIVIDE: Final = 110
    REMAINDER: Final = 111
    POWER: Final = 112

    ASSIGN: Final = 119  # `=`, before the compound ones
    DIVIDE_ASSIGN: Final = 140  # DIVIDE + ASSIGNING, which may begin a regular expression
    LAST_ASSIGNMENT: Final = 142  # POWER + ASSIGNING


ASSIGNING: Final = 30  # COALESCE + ASSIGNING is `??=`
FIRST_CONTEXTUAL: Final = Kind.ARGUMENTS
FIRST_STRICT_RESERVED: Final = Kind.LET
LAST_CONTEXTUAL: Final = Kind.PUBLIC
FIRST_RESERVED: Final = Kind.BREAK
LAST_RESERVED: Final = Kind.WITH
LAST_WORD: Final = Kind.ESCAPED_RESERVED

# Kind, spelling, and of binary operators how tightly they bind (15 is the tightest); `**` alone groups from the right.
PUNCTUATORS: Final[list[tuple[int, str, int]]] = [
    (Kind.OPEN_BRACE, "{", 0),
    (Kind.CLOSE_BRACE, "}", 0),
    (Kind.OPEN_PARENTHESIS, "(", 0),
    (Kind.CLOSE_PARENTHESIS, ")", 0),
    (Kind.OPEN_BRACKET, "[", 0),
    (Kind.CLOSE_BRACKET, "]", 0),
    (Kind.DOT, ".", 0),
    (Kind.ELLIPSIS, "...", 0),
    (Kind.SEMICOLON, ";", 0),
    (Kind.COMMA, ",", 0),
    (Kind.QUESTION, "?", 0),
    (Kind.OPTIONAL, "?.", 0),
    (Kind.COLON, ":", 0),
    (Kind.ARROW, "=>", 0),
    (Kind.INCREMENT, "++", 0),
    (Kind.DECREMENT, "--", 0),
    (Kind.NOT, "!", 0),
    (Kind.BITWISE_NOT, "~", 0),
    (Kind.ASSIGN, "=", 0),
    (Kind.COALESCE, "??", 3),
    (Kind.OR, "||", 4),
    (Kind.AND, "&&", 5),
    (Kind.BITWISE_OR, "|", 6),
    (Kind.BITWISE_XOR, "^", 7),
    (Kind.BITWISE_AND, "&", 8),
    (Kind.EQUAL, "==", 9),
    (Kind.NOT_EQUAL, "!=", 9),
    (Kind.SAME, "===", 9),
    (Kind.NOT_SAME, "!==", 9),
    (Kind.LESS, "<", 10),
    (Kind.LESS_EQUAL, "<=", 10),
    (Kind.GREATER, ">", 10),
    (Kind.GREATER_EQUAL, ">=", 10),
    (Kind.SHIFT_LEFT, "<<", 11),
    (Kind.SHIFT_RIGHT, ">>", 11),
    (Kind.SHIFT_RIGHT_UNSIGNED, ">>>", 11),
    (Kind.PLUS, "+", 12),
    (Kind.MINUS, "-", 12),
    (Kind.MULTIPLY, "*", 13),
    (Kind.DIVIDE, "/", 13),
    (Kind.REMAINDER, "%", 13),
    (Kind.POWER, "**", 14),
]
RELATION_PRECEDENCE: Final = 10  # of `in` and `instanceof`
COALESCE_PRECEDENCE: Final = 3  # the loosest binary operator
POWER_PRECEDENCE: Final = 14

_ASSIGNABLE = (Kind.COALESCE, Kind.OR, Kind.AND, Kind.BITWISE_OR, Kind.BITWISE_XOR, Kind.BITWISE_AND)


def _is_assignable(kind: int) -> bool:
    return kind in _ASSIGNABLE or Kind.SHIFT_LEFT <= kind <= Kind.POWER


def _spellings() -> list[str]:
    spellings = [""] * (Kind.LAST_ASSIGNMENT + 1)
    for name, kind in vars(Kind).items():
        if isinstance(kind, int) and Kind.NAME < kind <= LAST_RESERVED:
            spellings[kind] = name.lower()
    for kind, spelling, _ in PUNCTUATORS:
        spellings[kind] = spelling
        if _is_assignable(kind):
            spellings[kind + ASSIGNING] = spelling + "="
    return spellings


SPELLINGS: Final[list[str]] = _spellings()
"""By kind; empty for those whose text varies."""

WORDS: Final[dict[str, int]] = {SPELLINGS[kind]: kind for kind in range(FIRST_CONTEXTUAL, LAST_RESERVED + 1)}
"""The kind of every word that is not just a name."""


def _precedences() -> Array[int]:
    table = [0] * (Kind.LAST_ASSIGNMENT + 1)
    for kind, _, precedence in PUNCTUATORS:
        table[kind] = precedence
    table[Kind.IN] = table[Kind.INSTANCEOF] = RELATION_PRECEDENCE
    return array_of(table)


PRECEDENCES: Final = _precedences()
"""By kind; 0 for what is no binary operator."""


class LegacyForm:
    """What strict code forbids about a literal."""

    NONE: Final = 0
    OCTAL_NUMBER: Final = 1  # 017
    LEADING_ZERO: Final = 2  # 089
    OCTAL_ESCAPE: Final = 3  # "\17"
    DIGIT_ESCAPE: Final = 4  # "\8"


@final
class Token:
    """One token; the lexer fills the same object again and again. Places are offsets in the source's units."""

    def __init__(self) -> None:
        self.kind: int = Kind.END
        self.start = 0
        self.end = 0
        self.newline_before = False
        self.escaped = False  # a word that is written with an escape
        self.text = ""  # a word; what a string stands for; digits of a BigInt; pattern of a regular expression
        self.number = 0.0
        self.legacy: int = LegacyForm.NONE
        self.legacy_start = 0
        self.raw = ""  # a template's text as written; a regular expression's flags
        self.has_cooked = True  # False: the template's `text` has an escape that means nothing
        self.ends_template = False

    def copy_from(self, other: Token) -> None:
        """Become what another token is."""
        self.kind = other.kind
        self.start = other.start
        self.end = other.end
        self.newline_before = other.newline_before
        self.escaped = other.escaped
        self.text = other.text
        self.number = other.number
        self.legacy = other.legacy
        self.legacy_start = other.legacy_start
        self.raw = other.raw
        self.has_cooked = other.has_cooked
        self.ends_template = other.ends_template

    def is_name(self) -> bool:
        """Whether this may be an identifier, if the context allows."""
        return Kind.NAME <= self.kind <= LAST_CONTEXTUAL

    def is_word(self) -> bool:
        """Whether this may be a property name without quotes."""
        return Kind.NAME <= self.kind <= LAST_WORD
