"""What is said about texts that are wrong: a table (each text as a Python string, below it CPython 3.11's words), and broken library code."""

import ast
import sys
from pathlib import Path

import pytest

from tracewright_testing.python_mutations import compare
from tracewright_testing.python_oracle import Verdict, oracle_verdict, our_verdict

TABLE = Path(__file__).parent / "mistakes.txt"
IS_ORACLE = (3, 11, 7) <= sys.version_info[:3] < (3, 12)  # earlier ones have other places, too
SAME_WORDS = 0.99  # of the mutations; measured: 0.996


def shown(verdict: Verdict) -> str:
    return f"{verdict.line}:{verdict.column} {verdict.kind}: {verdict.message}"


def rows() -> list[tuple[str, str]]:
    lines = TABLE.read_text().splitlines()
    return [(ast.literal_eval(text), words.strip()) for text, words in zip(lines[::2], lines[1::2], strict=True)]


@pytest.mark.parametrize(("text", "words"), rows())
def test_words_and_place(text: str, words: str) -> None:
    assert shown(our_verdict(text)) == words


@pytest.mark.skipif(not IS_ORACLE, reason="other versions of CPython have other words")
def test_table_is_cpythons() -> None:
    for text, words in rows():
        assert shown(oracle_verdict(text)) == words


@pytest.mark.skipif(not IS_ORACLE, reason="other versions of CPython have other words")
def test_broken_programs() -> None:
    outcome = compare(600, 11)
    assert outcome.same_verdict == outcome.total
    assert outcome.same >= outcome.total * SAME_WORDS
