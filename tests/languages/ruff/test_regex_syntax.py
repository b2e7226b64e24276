"""Patterns of Rust's syntax against Python's `re`, where both mean the same; and those that are none."""

import random
import re

import pytest

from tracewright.lib.regular_expressions.matcher import Matcher
from tracewright_ruff.regex_syntax import matcher_of

PARTS = [
    "a",
    "b",
    ".",
    "[ab]",
    "[^a]",
    "(a|b)",
    "(?:ab)",
    "\\d",
    "\\w",
    "\\s",
    "^",
    "$",
    "\\b",
    "[a-c]",
    "(b?)",
    "1",
    "\\.",
    "-",
    "é",
]
LOOPS = ["", "", "", "*", "+", "?", "{2}", "{1,2}", "*?", "+?"]
TEXTS = ["", "ab", "aab b1", "a.b-é a", "b\nab", "11 aé", "cab ba"]


def made(chance: random.Random) -> str:
    pieces = []
    for _ in range(chance.randrange(1, 6)):
        part = chance.choice(PARTS)
        pieces.append(part + ("" if part in ("^", "$", "\\b") else chance.choice(LOOPS)))
    return chance.choice(["", "", "(?i)", "(?m)", "(?s)"]) + "".join(pieces)


def spans(matcher: Matcher, text: str) -> list[tuple[int, int]]:
    """The first match's groups."""
    if not matcher.search(text, 0):
        return []
    return [(matcher.registers[2 * k], matcher.registers[2 * k + 1]) for k in range(matcher.program.group_count() + 1)]


def test_patterns_against_python() -> None:
    chance = random.Random(7)
    for _ in range(300):
        pattern = made(chance)
        matcher = matcher_of(pattern)
        assert matcher is not None, pattern
        model = re.compile(pattern.replace("$", "\\Z") if "(?m)" not in pattern else pattern)
        for text in TEXTS:
            found = model.search(text)
            expected = [] if found is None else [found.span(k) for k in range(model.groups + 1)]
            if "(b?)" not in pattern:  # a group in a loop: JavaScript forgets what it caught the turn before
                assert spans(matcher, text) == expected, (pattern, text)
            else:
                assert spans(matcher, text)[:1] == expected[:1], (pattern, text)


@pytest.mark.parametrize(
    "pattern",
    ["(", ")", "[", "[]", "[z-a]", "a{2,1}", "a{x}", "{", "a{,2}", "(?=a)", "(?!a)", "(?<=a)", "\\1", "\\k<n>", "\\q", "\\", "\\x4", "\\x{}", "\\p{None}", "[[:none:]]", "(?P<>a)", "(?P<a", "(?i", "+", "[a&&", "\\u{110000}"],
)  # fmt: skip
def test_what_is_no_pattern(pattern: str) -> None:
    assert matcher_of(pattern) is None


@pytest.mark.parametrize(
    ("pattern", "model"),
    [
        ("a(?i)b|c", "a(?i:b)|(?i:c)"),
        ("(a(?i)b|c)d", "(a(?i:b)|(?i:c))d"),
        ("(?i)a(?-i)b|c", "(?i:a)b|c"),
        ("(?i)a(?-i:b)c", "(?i:a)b(?i:c)"),
        ("x(?i:a(?-i:b)[a-c])+", "x(?i:a(?-i:b)[a-c])+"),
        ("a(?s).(?-s).", "a(?s:.)."),
        ("b(?s:.)|^a.(?m)$", "b(?s:.)|^a.(?m:$)"),
        ("(?x: a b # c\n )a", "aba"),
        ("(?i:é)+", "(?i:é)+"),
        ("(?U)a+(b?)", "a+?(b??)"),
        ("(?U:a+?)b", "a+b"),
    ],
)
def test_flags_in_the_middle(pattern: str, model: str) -> None:
    matcher = matcher_of(pattern)
    assert matcher is not None
    for text in [*TEXTS, "AB", "xaBb xABa", "aB cD", "aba ABA", "a\nb\na", "éÉ aÉé"]:
        found = re.search(model, text)
        expected = [] if found is None else [found.span(k) for k in range(found.re.groups + 1)]
        assert spans(matcher, text) == expected, text


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("(?Rm)^b", "a\r\nb", [(3, 4)]),
        ("(?Rm)a$", "a\r\nb", [(0, 1)]),
        ("(?Rm)^$", "a\r\nb", []),
        ("(?R)a.", "a\r\na\n", []),
        ("(?-u:\\w)+", "éab", [(1, 3)]),
        ("(?-u)é\\b", "é", []),
    ],
)
def test_line_ends_and_ascii(pattern: str, text: str, expected: list[tuple[int, int]]) -> None:
    matcher = matcher_of(pattern)
    assert matcher is not None and spans(matcher, text) == expected


@pytest.mark.parametrize("pattern", ["(?)", "(?-)", "(?i-)", "(?ii)", "(?i-i)", "(?q)", "a(?i", "(?i)*", "(?i:a", "a)"])
def test_flags_that_are_none(pattern: str) -> None:
    assert matcher_of(pattern) is None
