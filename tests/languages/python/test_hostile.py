"""Bad and enormous texts: an answer, never a crash, in time that grows with the text."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracewright_python.lexer import MOST_BRACKETS
from tracewright_python.tokens import SPELLINGS
from tracewright_testing.python_oracle import Verdict, oracle_tree, our_tree, our_verdict
from tracewright_testing.python_programs import result_of

MANY = 100_000
WORDS = [*[spelling for spelling in SPELLINGS if spelling], "a", "1", "0x", "'s'", 'f"{a}"', 'f"{', "\n", "\n ", "\n  ", "\t", "\\\n", "é", "match", "case", "_", "#"]  # fmt: skip
TOO_DEEP = ["(", "[", "{", "f(", "a[", "{1:"]
DEEP = ["not ", "-", "lambda:", "a if b else ", "a**", "await ", "a.b()."]
LONG = ["1+", "a and ", "a,", "a;", "'a'+", "a<", "if a: b\n", "a = "]


@pytest.mark.parametrize("opening", TOO_DEEP)
def test_brackets_have_a_limit(opening: str) -> None:
    assert our_verdict(opening * MANY).message == "too many nested parentheses"
    closing = {"(": ")", "[": "]", "{": "}"}[opening[0] if len(opening) == 1 else opening.strip("fa1:")[0]]
    if opening in "([":
        assert our_verdict(opening * MOST_BRACKETS + closing * MOST_BRACKETS) == Verdict()


@pytest.mark.parametrize("part", DEEP)
def test_other_nesting_ends_in_an_answer(part: str) -> None:
    assert our_verdict(part * MANY + "a").kind in ("", "SyntaxError")


@pytest.mark.parametrize("part", LONG)
def test_long_rows(part: str) -> None:
    assert our_verdict(part * 20_000 + ("a" if part[-1] != "\n" else "")) == Verdict()


@pytest.mark.parametrize(
    "text", ["(a if (" * 60 + "a b", "f(a=f(" * 60 + "a b", "{1: 2, " * 90 + "+", "[a for (" * 60, "with (" * 90]
)
def test_what_was_meant_is_found_in_time(text: str) -> None:
    assert our_verdict(text).kind == "SyntaxError"


@given(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join))
@settings(max_examples=300, deadline=None)
def test_random_words(text: str) -> None:
    wanted = oracle_tree(text)
    if wanted is not None:
        assert our_tree(text) == wanted
    else:
        assert our_verdict(text).kind != ""


@pytest.mark.parametrize("tier", ["off", "threshold=2,function_threshold=2,bridge_threshold=1"])
@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_json_deeper_than_any_limit_is_refused(
    opening: str, tier: str, python_executable: Path, tmp_path: Path
) -> None:
    """The depth, or the missing end, is told."""
    program = tmp_path / "deep.py"
    program.write_text(
        "import json\n"
        f"try: json.loads({opening!r} * 200000)\n"
        "except (RecursionError, json.JSONDecodeError): print('refused')\n"
    )
    assert result_of([str(python_executable), "--jit", tier], program, {}) == "refused\nexit code 0\n"
