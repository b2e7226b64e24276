"""Tokens of small languages: what numbers and strings mean, and what is said of those that mean nothing."""

import pytest

from tracewright.guest.diagnostics import SourceError
from tracewright.guest.tokens import FLOAT, INTEGER, NAME, TEXT, TokenRules, tokenize

RULES = TokenRules("if", "+ - .", "#")


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
