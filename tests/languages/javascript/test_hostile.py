"""Bad and enormous texts: an answer with a place, never a crash, in time that grows with the text."""

import random
import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracewright_javascript.parser_cursor import MAXIMUM_NESTING
from tracewright_javascript.tokens import SPELLINGS
from tracewright_testing.javascript_rows import read_rows, verdict

FOLDER = Path(__file__).parent
MANY = 100_000
TOO_DEEP = [
    "[",
    "(",
    "{",
    "!",
    "a**",
    "a=>",
    "a=",
    "`${",
    "new ",
    "f(",
    "function f(){",
    "class A extends ",
    "class A{static{",
    "for(;;)",
    "if(a)",
    "x={a:",
    "async()=>{",
    "({a(){",
]
LONG = ["1+", "a.b().", "a?b:", "if(a);else ", "a,", "a;", "'a'+", "a||", "a=>a;"]
WORDS = [
    *[spelling for spelling in SPELLINGS if spelling],
    *[
        "a",
        "#a",
        "1",
        "08",
        "2n",
        "'s'",
        "'use strict';",
        "`t",
        "`",
        "/r/",
        "\n",
        "//",
        "/*",
        "*/",
        "<!--",
        "-->",
        "\\u0061",
    ],
]
PROGRAMS = [row.source for name in ("accepted.txt", "early_errors.txt") for row in read_rows(FOLDER / name)]
TREES = [path.read_text() for path in sorted((FOLDER / "trees").glob("*.*js"))]


@pytest.mark.parametrize("opening", TOO_DEEP)
def test_what_is_too_deep_is_said(opening: str) -> None:
    line = verdict(opening * (MAXIMUM_NESTING + 1), False)
    assert line.endswith(" Too deeply nested") and line.startswith("1:")


def test_patterns_are_not_endless() -> None:
    assert verdict("var " + "[" * (MAXIMUM_NESTING + 1), False) == f"1:{MAXIMUM_NESTING + 4} Too deeply nested"


@pytest.mark.parametrize("piece", LONG)
def test_what_is_only_long_is_read(piece: str) -> None:
    assert verdict(piece * 5_000 + "a", False) == ""


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=30), st.booleans())
def test_any_row_of_tokens(words: list[str], is_module: bool) -> None:
    verdict(" ".join(words), is_module)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.sampled_from("ab1.:=>?{}()[]\"'`$\\/*#\n\r\té😀\ud800\u2028+-"), max_size=40))
def test_any_text(text: str) -> None:
    verdict(text, False)


@pytest.mark.parametrize("seed", range(4))
def test_mutated_programs(seed: int) -> None:
    """Programs with tokens taken out, put in, exchanged: whatever they are then, there is an answer and a place in the text."""
    chance = random.Random(seed)
    sources = [*PROGRAMS, *TREES]
    for _ in range(250):
        pieces = re.findall(r"\w+|\s+|.", chance.choice(sources), re.S)
        for _ in range(chance.randint(1, 3)):
            place = chance.randrange(len(pieces))
            pieces[place : place + chance.randrange(2)] = chance.choices(WORDS, k=chance.randrange(3))
            pieces = pieces or [" "]
        verdict("".join(pieces), chance.random() < 0.3)


def native_check(
    executable: Path, folder: Path, source: str, name: str = "program.js", *words: str
) -> subprocess.CompletedProcess[str]:
    path = folder / name
    path.write_text(source)
    return subprocess.run(
        [str(executable), "check", *words, name], cwd=folder, capture_output=True, text=True, timeout=60, check=False
    )


def test_native_nesting_and_length(js_executable: Path, tmp_path: Path) -> None:
    for opening in TOO_DEEP:
        finished = native_check(js_executable, tmp_path, opening * MANY)
        assert finished.returncode == 1 and "SyntaxError: Too deeply nested" in finished.stderr, opening
    for piece in LONG:
        finished = native_check(js_executable, tmp_path, piece * MANY + "a")
        assert finished.stdout == "check passed: program.js\n", piece


def test_ten_megabytes(js_executable: Path, tmp_path: Path) -> None:
    function = "function name(a, b = [1, 'two', `three${a}`]) { return a ? b.map(x => x * 2) : /re/g.test(b) }\n"
    source = "".join(function.replace("name", f"name{number}") for number in range(100_000))
    assert len(source) > 9_000_000
    assert native_check(js_executable, tmp_path, source).returncode == 0


def test_native_words_and_places(js_executable: Path, tmp_path: Path) -> None:
    """The executable says what the hosted parser says, of every row of the two tables."""
    for name in ("early_errors.txt", "accepted.txt"):
        for row in read_rows(FOLDER / name):
            file, words = ("program.mjs", []) if row.is_module else ("program.js", ["--script"])
            finished = native_check(js_executable, tmp_path, row.source, file, *words)
            if name == "accepted.txt":
                assert (finished.returncode, finished.stderr) == (0, ""), row.line
            else:
                place, message = row.expected.split(" ", 1)
                head = finished.stderr.split("\n  ")[0]
                assert finished.returncode == 1 and head.startswith(f"{file}:{place}: SyntaxError: {message}"), row.line
