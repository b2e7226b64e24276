"""Tokens, their places, and every complaint of the lexer."""

import pytest

from tracewright_ruff.lexer import Lexer
from tracewright_ruff.tokens import Token, TokenKind


def lexed(source: str) -> Lexer:
    lexer = Lexer(source, 1, 1)
    lexer.run()
    return lexer


def tokens_of(source: str) -> list[Token]:
    lexer = lexed(source)
    assert lexer.diagnostics == []
    return lexer.tokens


def spellings(source: str) -> list[str]:
    return [token.text for token in tokens_of(source)[:-1]]


def complaints(source: str) -> list[tuple[str, str, int, int]]:
    return [(d.code, d.message, d.line, d.column) for d in lexed(source).diagnostics]


def test_the_longest_operator_wins() -> None:
    assert spellings("a:=b::c...d?.e??f|>g->h") == "a := b :: c ... d ?. e ?? f |> g -> h".split()
    assert spellings("a..b") == ["a", ".", ".", "b"]
    assert spellings("<= < >= > == = != ! && & || |") == "<= < >= > == = != ! && & || |".split()


def test_places_count_characters_from_one() -> None:
    places = [(token.text, token.line, token.column) for token in tokens_of("a\tb\r\n  ä".replace("ä", "c") + "\rd")]
    assert places == [("a", 1, 1), ("b", 1, 3), ("c", 2, 3), ("d", 3, 1), ("", 3, 2)]


def test_comments_vanish_and_keep_the_line_count() -> None:
    places = [(token.text, token.line) for token in tokens_of("# x\n// y\n/* a\n * b */ c /// d\ne")]
    assert places == [("c", 4), ("e", 5), ("", 5)]


def test_keywords_and_booleans_are_not_identifiers() -> None:
    kinds = [token.kind for token in tokens_of("if iff true self throw Ok")[:-1]]
    identifier = TokenKind.IDENTIFIER
    assert kinds == [TokenKind.KEYWORD, identifier, TokenKind.BOOLEAN, TokenKind.KEYWORD, identifier, identifier]


def test_identifiers_go_on_in_any_alphabet_but_begin_in_ascii() -> None:
    assert spellings("naïve _x9") == ["naïve", "_x9"]
    assert complaints("ä") == [("RUFLEX001", "Invalid character: 'ä'", 1, 1)]


def test_numbers() -> None:
    tokens = tokens_of("9223372036854775807 2.50 5.foo 1.")
    assert tokens[0].integer == 9223372036854775807
    assert (tokens[1].kind, tokens[1].number) == (TokenKind.FLOAT, 2.5)
    assert [(token.kind, token.text) for token in tokens[2:5]] == [
        (TokenKind.INTEGER, "5"),
        (TokenKind.PUNCTUATION, "."),
        (TokenKind.IDENTIFIER, "foo"),
    ]
    assert [token.text for token in tokens[5:7]] == ["1", "."]


def test_string_escapes() -> None:
    assert tokens_of(r'"a\n\t\r\\\"\$ $ # // é"')[0].text == 'a\n\t\r\\"$ $ # // é'


def test_interpolation_is_cut_by_counting_braces() -> None:
    token = tokens_of('"a ${d["k"]}b${ {"x": 1} }"')[0]
    assert token.kind == TokenKind.INTERPOLATION
    pieces = [(piece.text, piece.is_expression, piece.column) for piece in token.pieces]
    assert pieces == [("a ", False, 1), ('d["k"]', True, 6), ("b", False, 1), (' {"x": 1} ', True, 16)]
    assert tokens_of(r'"\${x}"')[0].text == "${x}"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a @", ("RUFLEX001", "Invalid character: '@'", 1, 3)),
        ("\n'x'", ("RUFLEX001", "Invalid character: '''", 2, 1)),
        ("a\x0cb", ("RUFLEX001", "Invalid character: '\x0c'", 1, 2)),
        ("a \x00", ("RUFLEX002", "Null byte is not allowed in source", 1, 3)),
        ('x := "abc', ("RUFLEX003", "Unterminated string literal", 1, 6)),
        ('x := "abc\ny', ("RUFLEX003", "Unterminated string literal", 1, 6)),
        ('"a${b', ("RUFLEX003", "Unterminated interpolated string expression", 1, 3)),
        ("a /* b\n *", ("RUFLEX004", "Unterminated block comment", 1, 3)),
        (r'"ab\q"', ("RUFLEX005", r"Invalid escape sequence: \\q", 1, 4)),
        (r'"\0"', ("RUFLEX005", r"Invalid escape sequence: \\0", 1, 2)),
        ("9223372036854775808", ("RUFLEX006", "Numeric literal overflow: 9223372036854775808", 1, 1)),
        ("x := 1_000", ("RUFLEX007", "Malformed numeric literal: 1_000", 1, 6)),
        ("1e5", ("RUFLEX007", "Malformed numeric literal: 1e5", 1, 1)),
        ("1.5e3", ("RUFLEX007", "Malformed numeric literal: 1.5e3", 1, 1)),
        ("a" * 257, ("RUFLEX008", "Identifier exceeds max length of 256 characters", 1, 1)),
        ('"' + "s" * 8193 + '"', ("RUFLEX009", "String literal exceeds max length of 8192 characters", 1, 1)),
        ("1" * 513, ("RUFLEX010", "Numeric literal exceeds max length of 512 characters", 1, 1)),
    ],
)
def test_each_complaint(source: str, expected: tuple[str, str, int, int]) -> None:
    assert complaints(source)[0] == expected
    assert len(complaints(source)) == (2 if source == "\n'x'" else 1)


def test_what_just_fits_is_accepted() -> None:
    for source in ("a" * 256, '"' + "s" * 8192 + '"', "0" * 512, "0." + "1" * 510):
        assert complaints(source) == []


def test_all_complaints_are_collected() -> None:
    assert [code for code, _, _, _ in complaints('@ 1x "\\q" 2y')] == [
        "RUFLEX001",
        "RUFLEX007",
        "RUFLEX005",
        "RUFLEX007",
    ]
