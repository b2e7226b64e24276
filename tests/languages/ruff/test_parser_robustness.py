"""Whatever the text, the lexer and the parser come to an end, with a tree or with complaints."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tracewright_ruff.parser import parse
from tracewright_ruff.tokens import KEYWORDS, LONG_OPERATORS, PUNCTUATION, SHORT_OPERATORS

WORDS = [
    *sorted(KEYWORDS),
    *LONG_OPERATORS,
    *PUNCTUATION,
    *SHORT_OPERATORS,
    "x",
    "Ok",
    "throw",
    "1",
    "2.5",
    '"s"',
    '"${x}"',
]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=40))
def test_any_row_of_tokens(words: list[str]) -> None:
    result = parse("\n".join(words))
    for diagnostic in result.diagnostics:
        assert 1 <= diagnostic.line <= max(len(words), 1)
        assert diagnostic.column >= 1


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=st.sampled_from('ab1.:={}()[]"$\\/*#\n\r\té\0+-'), max_size=60))
def test_any_text(text: str) -> None:
    result = parse(text)
    for diagnostic in result.diagnostics:
        assert diagnostic.message != "" and diagnostic.column >= 1
