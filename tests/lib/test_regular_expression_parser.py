"""Patterns of regular expressions: their trees, and what is wrong with the wrong ones."""

from __future__ import annotations

from dataclasses import fields

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracewright.lib.regular_expressions.flags import Flags, flags_of
from tracewright.lib.regular_expressions.parser import PatternError, parse_pattern
from tracewright.lib.regular_expressions.syntax import Node
from tracewright.lib.utf16 import units_of_text


def show(node: object) -> str:
    """A tree on one line: the class and its fields, places left out."""
    if isinstance(node, Node):
        parts = [show(getattr(node, field.name)) for field in fields(node) if field.name != "start"]
        return f"{type(node).__name__}({', '.join(parts)})"
    if isinstance(node, list):
        return f"[{', '.join(show(item) for item in node)}]"
    return repr(node)


def tree(pattern: str, letters: str = "") -> str:
    flags = flags_of(letters)
    assert flags is not None
    return show(parse_pattern(pattern, flags).body)


@pytest.mark.parametrize(
    ("pattern", "letters", "expected"),
    [
        ("", "", "Sequence([])"),
        ("a|", "", "Alternatives([Character(97), Sequence([])])"),
        ("(a)*?", "", "Repeat(Group(1, '', Character(97)), 0, -1, False, 1, 2, False)"),
        ("a{2,}b{3}", "", "Sequence([Repeat(Character(97), 2, -1, True, 1, 1, False), Repeat(Character(98), 3, 3, True, 1, 1, False)])"),
        ("a{,2}", "", "Sequence([Character(97), Character(123), Character(44), Character(50), Character(125)])"),
        ("[^a-c\\d]", "", "CharacterClass(True, 0, [CharacterRange(97, 99), ClassEscape('d', False)])"),
        ("[\\d-a]", "", "CharacterClass(False, 0, [ClassEscape('d', False), CharacterRange(45, 45), CharacterRange(97, 97)])"),
        ("\\1(a)", "", "Sequence([BackReference(1, ''), Group(1, '', Character(97))])"),
        ("\\2(a)\\101", "", "Sequence([Character(2), Group(1, '', Character(97)), Character(65)])"),
        ("(?<n>a)\\k<n>", "", "Sequence([Group(1, 'n', Character(97)), BackReference(1, 'n')])"),
        ("\\k<n>", "", "Sequence([Character(107), Character(60), Character(110), Character(62)])"),
        ("(?<=a)(?!b)", "", "Sequence([LookAround(Character(97), True, False, 1, 1), LookAround(Character(98), False, True, 1, 1)])"),
        ("^\\b$", "", "Sequence([Anchor(0), Anchor(2), Anchor(1)])"),
        ("(?i-m:a)b", "s", "Sequence([Modified(Character(97), Flags(has_indices=False, is_global=False, ignores_case=True, is_multiline=False, dot_matches_all=True, is_unicode=False, is_unicode_sets=False, is_sticky=False)), Character(98)])"),
        ("\\cA\\c\\x4\\x41\\u0041", "", "Sequence([Character(1), Character(92), Character(99), Character(120), Character(52), Character(65), Character(65)])"),
        ("\ud83d\ude00", "", "Sequence([Character(55357), Character(56832)])"),
        ("\ud83d\ude00\\u{1F600}\\ud83d\\ude00", "u", "Sequence([Character(128512), Character(128512), Character(128512)])"),
        ("\\P{Lu}\\p{sc=Grek}", "u", "Sequence([PropertyEscape('Lu', '', True), PropertyEscape('sc', 'Grek', False)])"),
        ("[a-z--[aeiou]]", "v", "CharacterClass(False, 2, [CharacterRange(97, 122), CharacterClass(False, 0, [CharacterRange(97, 97), CharacterRange(101, 101), CharacterRange(105, 105), CharacterRange(111, 111), CharacterRange(117, 117)])])"),
        ("[\\q{ab|}&&\\w]", "v", "CharacterClass(False, 1, [TextChoice([[97, 98], []]), ClassEscape('w', False)])"),
    ],
)  # fmt: skip
def test_tree(pattern: str, letters: str, expected: str) -> None:
    assert tree(pattern, letters) == expected


@pytest.mark.parametrize(
    ("pattern", "letters", "position", "message"),
    [
        ("(", "", 1, "Unterminated group"),
        ("a)", "", 1, "Unmatched ')'"),
        ("*", "", 0, "Nothing to repeat"),
        ("{1}", "", 0, "Nothing to repeat"),
        ("^*", "", 1, "Nothing to repeat"),
        ("(?<=a)*", "", 6, "Nothing to repeat"),
        ("(?=a)*", "u", 5, "Nothing to repeat"),
        ("a{2,1}", "", 1, "numbers out of order in {} quantifier"),
        ("[b-a]", "", 1, "Range out of order in character class"),
        ("[a", "", 2, "Unterminated character class"),
        ("\\", "", 0, "\\ at end of pattern"),
        ("(?a)", "", 0, "Invalid group"),
        ("(?<1>a)", "", 3, "Invalid capture group name"),
        ("(?<a>)(?<a>)", "", 11, "Duplicate capture group name"),
        ("\\k<a>(?<b>)", "", 0, "Invalid named capture referenced"),
        ("\\k(?<b>)", "", 0, "Invalid named reference"),
        ("a{", "u", 1, "Incomplete quantifier"),
        ("}", "u", 0, "Lone quantifier brackets"),
        ("\\a", "u", 0, "Invalid escape"),
        ("\\1", "u", 0, "Invalid escape"),
        ("\\u{110000}", "u", 0, "Invalid Unicode escape"),
        ("\\p{Latin}", "u", 0, "Invalid property name"),
        ("\\P{RGI_Emoji}", "v", 0, "Invalid property name"),
        ("[\\w-a]", "u", 1, "Invalid character class"),
        ("[(]", "v", 1, "Invalid character in character class"),
        ("[a&&b--c]", "v", 5, "Invalid set operation in character class"),
        ("[^\\p{RGI_Emoji}]", "v", 0, "Negated character class may contain strings"),
    ],
)
def test_mistakes(pattern: str, letters: str, position: int, message: str) -> None:
    with pytest.raises(PatternError) as caught:
        tree(pattern, letters)
    assert (caught.value.message, caught.value.position) == (message, position)


def test_what_is_too_deep_or_too_much() -> None:
    for pattern, letters in (("(" * 10_000, ""), ("[" * 10_000, "v"), ("()" * 70_000, "")):
        with pytest.raises(PatternError):
            tree(pattern, letters)


def test_flags() -> None:
    assert flags_of("dgimsuy") == Flags(True, True, True, True, True, True, False, True)
    assert flags_of("gg") is None and flags_of("uv") is None and flags_of("x") is None


@settings(max_examples=300, deadline=None)
@given(
    st.text(alphabet=st.sampled_from("ab01(?<>:=!)[]^-{},*+|\\kpPuxcqdB&.$/😀\ud800"), max_size=25),
    st.sampled_from(["", "u", "v"]),
)
def test_any_text(text: str, letters: str) -> None:
    pattern = units_of_text(text)
    try:
        tree(pattern, letters)
    except PatternError as error:
        assert 0 <= error.position <= len(pattern) and error.message != ""
