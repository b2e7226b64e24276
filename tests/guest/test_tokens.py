"""Tokens of small languages: what numbers and strings mean, and what is said of those that mean nothing."""

import pytest

from tracewright.guest.diagnostics import SourceError
from tracewright.guest.tokens import (
    FLOAT,
    FORMAT,
    INTEGER,
    MOST_STRINGS,
    NAME,
    SYMBOL,
    TEMPLATE,
    TEMPLATE_END,
    TEXT,
    TokenRules,
    tokenize,
)

RULES = TokenRules("if", "+ - .", "#")
TEMPLATES = TokenRules("if", "+ { } ( ) : .", "#", templates=True)


@pytest.mark.parametrize(
    ("text", "value"),
    [("1.5", 1.5), ("2e3", 2000.0), ("2E3", 2000.0), ("1.5e-3", 0.0015), ("7e+2", 700.0), ("1e999", float("inf"))],
)
def test_floats(text: str, value: float) -> None:
    token, _ = tokenize(text, RULES)
    assert (token.kind, token.text, token.real) == (FLOAT, text, value)


@pytest.mark.parametrize(
    ("text", "kinds"), [("2else", (INTEGER, NAME)), ("2e", (INTEGER, NAME)), ("1.5e x", (FLOAT, NAME, NAME))]
)
def test_no_exponent(text: str, kinds: tuple[int, ...]) -> None:
    assert tuple(token.kind for token in tokenize(text, RULES)[:-1]) == kinds


def test_integers_have_64_bits() -> None:
    for text, value in (("9223372036854775807", 2**63 - 1), ("0009223372036854775807", 2**63 - 1), ("000", 0)):
        token, _ = tokenize(text, RULES)
        assert (token.kind, token.integer) == (INTEGER, value)
    for text in ("9223372036854775808", "10000000000000000000", "9" * 5000):
        with pytest.raises(SourceError, match="is too large"):
            tokenize(text, RULES)


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        (r'"a\n\t\r\0"', "a\n\t\r\0"),
        (r'"\"\\"', '"\\'),
        (r'"\u00e9\u{1f600}\u{41}"', "\u00e9\U0001f600A"),
        ('"two\nlines"', "two\nlines"),
        (r'"\ud83d"', "\ud83d"),  # half a pair: the guest's own business
    ],
)
def test_strings(text: str, meaning: str) -> None:
    token, _ = tokenize(text, RULES)
    assert (token.kind, token.text) == (TEXT, meaning)


@pytest.mark.parametrize(
    ("text", "column", "message"),
    [
        (r'"ab\q"', 4, r"\q means nothing"),
        (r'"\u12"', 2, "four hexadecimal digits"),
        (r'"\u{}"', 2, "four hexadecimal digits"),
        (r'"\u{110000}"', 2, "four hexadecimal digits"),
        (r'"\u{1', 2, "four hexadecimal digits"),
        (r'"\u{+1}"', 2, "four hexadecimal digits"),
        ('"abc', 1, "does not end"),
        ('"abc\\', 1, "does not end"),
        ('"abc\\"', 1, "does not end"),
    ],
)
def test_bad_strings(text: str, column: int, message: str) -> None:
    with pytest.raises(SourceError, match=message.replace("\\", "\\\\")) as caught:
        tokenize("\n" + text, RULES)
    assert (caught.value.line, caught.value.column) == (2, column)


@pytest.mark.parametrize("text", ["\u00b2", "1\u00b2", "1.\u00b2", "\u0663"])
def test_only_ten_characters_are_digits(text: str) -> None:
    """Python's `isdigit` holds of a raised 2, too, of which `int` makes nothing."""
    with pytest.raises(SourceError, match="means nothing here|a name is missing"):
        tokenize(text, RULES)


def shown(text: str) -> list[tuple[int, str]]:
    return [(token.kind, token.text) for token in tokenize(text, TEMPLATES)[:-1]]


def test_strings_have_expressions_in_them() -> None:
    assert shown('"a{x + 1:>8}b{y}"') == [
        (TEMPLATE, "a"),
        (NAME, "x"),
        (SYMBOL, "+"),
        (INTEGER, "1"),
        (FORMAT, ">8"),
        (TEMPLATE, "b"),
        (NAME, "y"),
        (TEMPLATE_END, ""),
    ]
    assert shown(r'"\{\}"') == [(TEXT, "{}")]


def test_an_expression_in_a_string_may_have_brackets_and_strings_in_it() -> None:
    inner = [(TEMPLATE, "<"), (NAME, "x"), (TEMPLATE_END, ">")]
    assert shown('"{({a: "<{x}>"})}"') == [
        (TEMPLATE, ""),
        *[(SYMBOL, "("), (SYMBOL, "{"), (NAME, "a"), (SYMBOL, ":")],
        *inner,
        *[(SYMBOL, "}"), (SYMBOL, ")")],
        (TEMPLATE_END, ""),
    ]


def test_places_in_strings_with_expressions() -> None:
    tokens = tokenize('x\n  "a{b\n + c:d}e"', TEMPLATES)
    assert [(token.text, token.line, token.column) for token in tokens[1:-1]] == [
        ("a", 2, 3),
        ("b", 2, 6),
        ("+", 3, 2),
        ("c", 3, 4),
        ("d", 3, 6),
        ("e", 3, 8),
    ]


@pytest.mark.parametrize(
    ("text", "column", "message"),
    [
        ('"a{b', 3, "this '{' in a string has no '}'"),
        ('"a{b"', 5, "this string does not end"),
        ('"a{b:x" }', 3, "this '{' in a string has no '}'"),
        ('"a{b} c', 1, "this string does not end"),
        ('"a{$}"', 4, "means nothing here"),
        ('"{' * (MOST_STRINGS + 1), 2 * MOST_STRINGS + 2, "strings are nested more than"),
    ],
)
def test_mistakes_in_strings_with_expressions(text: str, column: int, message: str) -> None:
    with pytest.raises(SourceError) as caught:
        tokenize(text, TEMPLATES)
    assert message in caught.value.message
    assert caught.value.column == column


def test_braces_are_text_unless_templates_are_allowed() -> None:
    (token, _) = tokenize('"{x}"', RULES)
    assert (token.kind, token.text) == (TEXT, "{x}")
