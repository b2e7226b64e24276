"""The regular-expression engine against node on random patterns and texts, and what random ones seldom meet."""

import json
import random
import shutil
import subprocess
from pathlib import Path
from typing import Final

import pytest

from tracewright.lib.regular_expressions import matcher
from tracewright.lib.regular_expressions.case_variants import BY_FOLDING
from tracewright.lib.regular_expressions.compiler import compile_pattern
from tracewright.lib.regular_expressions.flags import flags_of
from tracewright.lib.regular_expressions.matcher import Matcher, MatchLimitExceeded
from tracewright.lib.regular_expressions.openings import Openings
from tracewright.lib.regular_expressions.parser import PatternError, parse_pattern
from tracewright.lib.utf16 import code_point_at, units_of_text
from tracewright_testing.native_programs import build
from tracewright_testing.random_patterns import random_pattern, random_text
from tracewright_testing.samples import regular_expressions as program

Spans = list[int]
CASES: Final = 1200
STEPS: Final = 10_000
# Reads lines of pattern, flags and texts; writes the ends of all groups for each text, null where nothing matches.
NODE_PROGRAM: Final = r"""
for (const line of require('fs').readFileSync(0, 'utf8').split('\n')) {
    if (line === '') continue;
    const [source, flags, texts] = JSON.parse(line);
    let pattern;
    try { pattern = new RegExp(source, flags + 'd'); } catch { console.log('"refused"'); continue; }
    console.log(JSON.stringify(texts.map(text => {
        pattern.lastIndex = 0;
        const match = pattern.exec(text);
        return match && match.indices.flatMap(ends => ends ?? [-1, -1]);
    })));
}
"""


def matcher_of(source: str, letters: str) -> Matcher:
    flags = flags_of(letters)
    assert flags is not None
    return Matcher(compile_pattern(parse_pattern(units_of_text(source), flags)))


def find(ready: Matcher, text: str) -> Spans | None:
    text = units_of_text(text)
    found = ready.match_at(text, 0, STEPS) if ready.program.flags.is_sticky else ready.search(text, 0, STEPS)
    return list(ready.groups()) if found else None


def node_answers(cases: list[tuple[str, str, list[str]]]) -> list[object]:
    if shutil.which("node") is None:
        pytest.skip("no node to compare with")
    finished = subprocess.run(
        ["node", "-e", NODE_PROGRAM],
        input="\n".join(json.dumps(case) for case in cases),
        capture_output=True,
        text=True,
        timeout=100,
        check=True,
    )
    return [json.loads(line) for line in finished.stdout.splitlines()]


def splits_pair(units: str, place: int) -> bool:
    return 0 < place < len(units) and code_point_at(units, place - 1) >= 0x10000


def compare(cases: list[tuple[str, str, list[str]]]) -> int:
    """Compare all cases; gives how many texts matched."""
    matches = 0
    for (source, letters, texts), answer in zip(cases, node_answers(cases), strict=True):
        if answer == "refused":
            with pytest.raises(PatternError):
                matcher_of(source, letters)
            continue
        assert isinstance(answer, list)
        ready = matcher_of(source, letters)
        for text, expected in zip(texts, answer, strict=True):
            if expected is not None and splits_pair(units_of_text(text), expected[0]) and letters.strip("imsy") != "":
                continue  # node begins an empty match between the halves of a pair; the standard does not
            try:
                found = find(ready, text)
            except MatchLimitExceeded:
                continue  # it would take very long here
            assert found == expected, (source, letters, text)
            matches += expected is not None
    return matches


@pytest.mark.parametrize("seed", range(4))
def test_random_patterns(seed: int) -> None:
    source = random.Random(seed)
    cases = []
    for _ in range(CASES // 4):
        pattern, flags = random_pattern(source)
        cases.append((pattern, flags, [random_text(source) for _ in range(6)]))
    assert compare(cases) > CASES // 4


@pytest.mark.parametrize("seed", range(2))
def test_search_skips_no_place(seed: int) -> None:
    """A search finds what trying at every place finds first."""
    source = random.Random(f"places {seed}")
    found = 0
    for _ in range(CASES // 4):
        pattern, letters = random_pattern(source)
        try:
            ready = matcher_of(pattern, letters)
            text = units_of_text(random_text(source))
            places = [
                place for place in range(len(text) + 1) if not (ready.program.reads_points and splits_pair(text, place))
            ]
            first = next((place for place in places if ready.match_at(text, place, STEPS)), None)
            expected = None if first is None else list(ready.groups())
            assert (list(ready.groups()) if ready.search(text, 0, STEPS) else None) == expected, (
                pattern,
                letters,
                text,
            )
        except (PatternError, MatchLimitExceeded):
            continue
        found += expected is not None
    assert found > CASES // 12


@pytest.mark.parametrize(
    "pattern, text, first, prefix, is_anchored",
    [
        ("abc|abd", "ab abx abd", 7, "", False),
        ("(?:a|b)c", "aabbxbc", 5, "", False),
        ("x+y", "zzxx", 2, "", False),
        ("x*y", "zzxx", 2, "", False),
        ("(a)(b)?", "cba", 2, "a", False),
        ("^a|^b", "ca", -1, "", True),
        ("^a|b", "ccb", 2, "", False),
        ("(?:ab){2}", "aab", 1, "", False),
        ("(?!x)ab", "xab", 1, "", False),
        (r"\bword", "awo word", 4, "word", False),
        ("(?<=a)b", "ab", 0, "", False),
        ("a|b|c|d|e|f|g|h|i|j", "xyzj", 3, "", False),
    ],
)
def test_openings(pattern: str, text: str, first: int, prefix: str, is_anchored: bool) -> None:
    openings = Openings(matcher_of(pattern, "").program)
    assert openings.first_place(text, 0 if not is_anchored else 1) == first
    assert (openings.prefix, openings.is_anchored) == (prefix, is_anchored)


def test_chosen_patterns() -> None:
    texts = [
        "",
        "aaa",
        "abcabc",
        "2024-11-29",
        "foo=bar; baz=qux",
        'say "a\\"b" now',
        "\u2028x\ny",
        "ABCabc",
        "aaaaaaaab",
        "😀😁",
    ]
    sources = [
        "(a*)*", "(a*)+", "(?:a?){3}b", "(?:a?)*?$", "(?:(a)|b)*", "(?:(a)|(b)|(c))+", "(z)((a+)?(b+)?(c))*", "(?=(a+))a*b\\1",
        "(.*?)a(?!(a+)b\\2c)\\2(.*)", "(?<year>\\d{4})-(?<month>\\d{2})-(?<day>\\d{2})", "\"(?:[^\"\\\\]|\\\\.)*\"", "(\\w+)=(\\w+)",
        "(?<=(\\w+)=)\\w+", "(?<!\\w)b\\w+", "(?<=([abc]+)([abc]+))$", "^$", "$^", "[^]", "[]", "(?:)", "a{0}", "(?:a|ab)(?:c|bcd)(d*)",
        "(a)|(b)|c", "\\k<n>(?<n>a)", "(?<n>a)\\k<n>", "(?:ab){2,}", "(?:a{2}){2}", "(?:(?:a)*)*", "((((a))))", "(?=(a))\\1", "(?!(a))\\1b?",
        "(?:a+)+b", "a.c", "^y", "x$", "\\bfoo\\b", "(?:aa|aaa)+b", "(?:){1000000000}", "(?:a{0,1000000}){5}",
    ]  # fmt: skip
    assert compare([(source, flags, texts) for source in sources for flags in ("", "i", "gm", "u", "s", "v")]) > 500


def test_case_variants_of_every_character() -> None:
    """What node takes for the same, ignoring case, is one family here, and the other way round."""
    codes = list(BY_FOLDING.codes)
    for letters in ("iu", "i"):
        wanted = [
            (f"\\u{{{code:x}}}" if "u" in letters else f"\\u{code:04x}")
            for code in codes
            if "u" in letters or code < 0x10000
        ]
        everything = "".join(chr(code) for code in codes if "u" in letters or code < 0x10000)
        cases = [(f"^{one}", letters, list(everything)) for one in wanted[:: 1 + len(wanted) // 60]]
        compare(cases)


@pytest.mark.parametrize(
    "name",
    [
        "Lu",
        "L",
        "Cn",
        "C",
        "Script=Latin",
        "scx=Grek",
        "Script=Unknown",
        "scx=Zzzz",
        "Alphabetic",
        "Emoji",
        "ASCII",
        "Any",
        "Assigned",
        "ID_Start",
    ],
)
def test_properties(name: str) -> None:
    texts = [chr(code) for code in range(0, 0x110000, 997)]
    compare([(f"\\p{{{name}}}", "u", texts), (f"\\P{{{name}}}", "iu", texts)])


def test_limits() -> None:
    ready = matcher_of("(?:a+)+b|(x+x+)+y|\\1z", "")
    assert ready.search("xxxy", 0) and list(ready.groups())[:2] == [0, 4]
    with pytest.raises(MatchLimitExceeded):
        ready.search("x" * 60, 0, 10_000)
    assert ready.search("aab", 0, 10_000)  # nothing is left of what was given up
    assert list(ready.groups()) == [0, 3, -1, -1]


ENDLESS = [
    ("^(a+)+$", "a" * 100 + "b"),
    ("^(a|aa)+$", "a" * 100 + "b"),
    ("(x+x+)+y", "x" * 60),
    ("^(([a-z])+.)+[A-Z]([a-z])+$", "a" * 100),
    ("^(a*)*b", "a" * 100),
    ("^(?:a?)*?(?:a|aa)*c", "a" * 60),
]


@pytest.mark.parametrize(("pattern", "text"), ENDLESS, ids=[pattern for pattern, _ in ENDLESS])
def test_what_would_never_end(pattern: str, text: str) -> None:
    """States that have failed are not tried again, so time grows with the text."""
    ready = matcher_of(pattern, "")
    assert not ready.search(text, 0, 500_000)
    assert ready.failed is not None


def test_failed_states_change_no_match(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same groups are found when states are noted from the first step on, and when they never are."""
    source = random.Random(7)
    compared = 0
    for _ in range(200):
        pattern, flags = random_pattern(source)
        texts = [random_text(source) for _ in range(4)]
        try:
            plain, noting = matcher_of(pattern, flags), matcher_of(pattern, flags)
        except PatternError:
            continue
        for text in texts:
            monkeypatch.setattr(matcher, "STEPS_BETWEEN_POLLS", 1 << 16)
            try:
                expected = find(plain, text)
            except MatchLimitExceeded:
                continue
            monkeypatch.setattr(matcher, "STEPS_BETWEEN_POLLS", 1)
            assert find(noting, text) == expected, (pattern, flags, text)
            compared += noting.failed is not None
    assert compared > 25


def test_stack_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matcher, "MOST_ENTRIES", 1 << 10)
    ready = matcher_of("(?:a|b)*c", "s")
    assert ready.search("a" * 100 + "c", 0)
    ready = matcher_of("(?:a|b)*?(?:ab|a|b)*[^]", "")
    with pytest.raises(MatchLimitExceeded):
        ready.search("ab" * 5000, 0)


def test_long_texts_without_native_depth() -> None:
    text = "a" * 50_000
    assert find(matcher_of("(?:a|b)*$", ""), text) == [0, 50_000]
    assert find(matcher_of("(a|ab)*$", ""), text) == [0, 50_000, 49_999, 50_000]


def test_too_large_a_pattern() -> None:
    with pytest.raises(PatternError):
        matcher_of("(" * 5000 + ")" * 5000, "")


def in_hexadecimal(*texts: str) -> str:
    return " ".join(text.encode().hex() for text in texts)


def test_native(tmp_path: Path) -> None:
    """The same engine translated: more patterns, and no step limit that a match could come by."""
    source = random.Random(5)
    cases: list[tuple[str, str, list[str]]] = []
    for _ in range(2500):
        pattern, flags = random_pattern(source)
        text = random_text(source).replace("\ud83d", "").replace("\ude00", "")
        if pattern != "" and text != "":  # an empty one would not be seen between two blanks
            cases.append((pattern, flags, [text]))
    executable = tmp_path / "searcher"
    build(program, executable)
    lines = [in_hexadecimal(pattern, flags + "d", *texts) for pattern, flags, texts in cases]
    finished = subprocess.run(
        [str(executable)], input="\n".join(lines) + "\n", capture_output=True, text=True, timeout=100, check=True
    )
    answers = finished.stdout.splitlines()
    done = [(case, answer) for case, answer in zip(cases, answers, strict=True) if answer != "too long"]
    asked = [case for case, _ in done]
    for (case, answer), expected in zip(done, node_answers(asked), strict=True):
        pattern, flags, texts = case
        if isinstance(expected, list):
            spans = expected[0]
            if spans is not None and splits_pair(units_of_text(texts[0]), spans[0]) and flags.strip("imsy") != "":
                continue
            expected = "null" if spans is None else ",".join(map(str, spans))
        assert answer == expected, (pattern, flags, texts)
