"""The runner of test262: front matter, verdicts, and whole runs of a small checkout made here."""

import sys
from pathlib import Path

import pytest

from tracewright_testing.test262 import MODULE, RAW, SLOPPY, STRICT, differences, read_header, report, run_all, verdict

ENGINE = [sys.executable, "-m", "tracewright_javascript.target", "run", "--host-hooks", "--unhandled-rejections=none"]


def header(text: str) -> str:
    return f"/*---\n{text}\n---*/\n"


@pytest.mark.parametrize(
    ("flags", "modes"),
    [
        ("", [SLOPPY, STRICT]),
        ("flags: [onlyStrict]", [STRICT]),
        ("flags:\n  - noStrict\n  - async", [SLOPPY]),
        ("flags: [module, async]", [MODULE]),
        ("flags: [raw]", [RAW]),
    ],
)
def test_modes(flags: str, modes: list[str]) -> None:
    assert list(read_header(header(flags)).modes()) == modes


def test_header() -> None:
    found = read_header(
        header(
            "description: >\n  includes: [no.js]\nincludes: [a.js, b.js]\nnegative:\n  phase: parse\n  type: SyntaxError\nfeatures: [x]"
        )
    )
    assert found.includes == ("a.js", "b.js")
    assert (found.phase, found.error) == ("parse", "SyntaxError")
    assert found.features == {"x"}


def test_verdicts() -> None:
    plain, negative = read_header(header("")), read_header(header("negative:\n  phase: runtime\n  type: TypeError"))
    asynchronous = read_header(header("flags: [async]"))
    assert verdict(plain, 0, "", "") == ""
    assert verdict(plain, 1, "", "x.js:1:1: Uncaught Test262Error: no").startswith("Test262Error: no")
    assert verdict(plain, -11, "", "") == "killed by signal 11"
    assert verdict(negative, 1, "", "Uncaught TypeError: x") == ""
    assert verdict(negative, 0, "", "") == "TypeError expected"
    assert verdict(asynchronous, 0, "Test262:AsyncTestComplete\n", "") == ""
    assert verdict(asynchronous, 0, "", "") == "$DONE was not called"


FILES = {
    "harness/assert.js": "function assert(x) { if (!x) throw new Error('Test262Error: not true') }",
    "harness/sta.js": "",
    "harness/doneprintHandle.js": "function $DONE(e) { print(e ? 'Test262:AsyncTestFailure:' + e : 'Test262:AsyncTestComplete') }",
    "harness/extra.js": "var extra = 5",
    "test/language/a/right.js": header("includes: [extra.js]") + "assert(extra === 5)",
    "test/language/a/strict.js": header("flags: [onlyStrict]")
    + "assert((function () { return this })() === undefined)",
    "test/language/a/wrong.js": header("flags: [noStrict]") + "assert(1 === 2)",
    "test/language/a/negative.js": header("negative:\n  phase: parse\n  type: SyntaxError") + "var 1",
    "test/language/a/async.js": header("flags: [async]") + "Promise.resolve(1).then(() => $DONE(), $DONE)",
    "test/language/a/module.js": header("flags: [module]") + "import { x } from './module_FIXTURE.js'\nassert(x === 7)",
    "test/language/a/module_FIXTURE.js": "export const x = 7",
    "test/language/a/hooks.js": header("flags: [noStrict]")
    + "$262.evalScript('var made = 1'); assert(made === 1 && $262.global === this)",
    "test/language/a/later.js": header("features: [Temporal]") + "nothing",
}


def test_the_list_of_expected_failures_has_reasons() -> None:
    lines = (Path(__file__).parent / "test262_expected.txt").read_text().splitlines()
    rows = [line.partition(": ") for line in lines if line.strip() and not line.startswith("#")]
    assert rows and all(name.startswith(("language/", "built-ins/", "annexB/")) and reason for name, _, reason in rows)
    assert len({name for name, _, _ in rows}) == len(rows)


def test_a_small_checkout(tmp_path: Path) -> None:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    outcome = run_all(tmp_path, ENGINE, ["language"], 2)
    assert list(outcome.failures) == ["language/a/wrong.js sloppy"]
    assert (outcome.files, outcome.omitted, outcome.passed) == (7, 1, 9)
    assert "9 of 10 runs pass" in report(outcome, 5)
    assert differences(outcome, ["language/a/wrong.js sloppy: why"]) == []
    assert differences(outcome, ["# why", "", "language/a/wr*: why"]) == []
    assert differences(outcome, ["language/a/right.js strict"]) == [
        f"fails: language/a/wrong.js sloppy: {outcome.failures['language/a/wrong.js sloppy']}",
        "passes now, or was not run: language/a/right.js strict",
    ]
