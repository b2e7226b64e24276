"""WeakRef, WeakMap and FinalizationRegistry with a collector behind them. A word on the stack may happen to look like a reference, so the
programs drop a hundred objects and ask for most."""

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

TIERS = {
    "hosted": (),
    "off": ("--jit", "off"),
    "hot": ("--jit", "threshold=1,function_threshold=1,short_function=0"),
    "stressed": ("--jit", "threshold=2,function_threshold=2", "--gc", "stress=50"),
}

DROPPED = """
const cleaned = [];
const registry = new FinalizationRegistry((held) => { cleaned.push(held); });
const token = {};
function make(count) {
    const made = [];
    for (let i = 0; i < count; i++) {
        const thing = { other: { i } };
        thing.other.back = thing;
        registry.register(thing, i);
        made.push(new WeakRef(thing));
    }
    return made;
}
function unwanted(count) {
    for (let i = 0; i < count; i++) registry.register({ i }, "unwanted", token);
}
const made = make(100);
unwanted(10);
console.log(registry.unregister(token), registry.unregister(token));
const alive = () => made.filter((each) => each.deref() !== undefined).length;
gc();
console.log(alive());            // what a program has seen in a turn stays until its end
setTimeout(() => {
    gc();
    const left = alive();
    console.log(left <= 10);
    setTimeout(() => {
        const unique = new Set(cleaned).size === cleaned.length;
        console.log(100 - left <= cleaned.length, cleaned.length <= 100, unique, !cleaned.includes("unwanted"));
    });
});
"""

CYCLES = """
let gone = 0;
const registry = new FinalizationRegistry(() => { gone++; });
const table = new WeakMap();
const kept = [];
function fill() {
    for (let i = 0; i < 200; i++) {
        const key = { i };
        table.set(key, { key, more: new Array(10).fill(key) });
        registry.register(key);
        if (i % 2) kept.push(key);
    }
}
fill();
setTimeout(() => {
    gc();
    setTimeout(() => console.log(gone >= 90, gone <= 100, kept.every((key) => table.get(key).key === key)));
});
"""

WORKING = """
let rounds = 0;
const registry = new FinalizationRegistry((held) => {   // allocates, collects, registers anew
    const list = [];
    for (let i = 0; i < 1000; i++) list.push({ i });
    gc();
    if (held < 3) watch(held + 1);
    rounds = Math.max(rounds, held + list.length);
});
function watch(round) {
    for (let i = 0; i < 5; i++) registry.register({ i }, round);
}
watch(1);
let turns = 0;
(function turn() {
    gc();
    if (++turns < 8) setTimeout(turn);
    else console.log(rounds);
})();
"""

THROWING = """
const registry = new FinalizationRegistry((held) => { throw new Error("from " + held); });
function watch() { for (let i = 0; i < 50; i++) registry.register({ i }, "clean-up"); }
watch();
setTimeout(() => { gc(); setTimeout(() => console.log("not reached"), 5); });
"""

ENDLESS = """
const registry = new FinalizationRegistry(() => { for (;;); });   // nothing is cleaned up at the end
const kept = [];
for (let i = 0; i < 50; i++) {
    kept.push({ i });
    registry.register(kept[i], i);
}
console.log("the end");
"""

CLEANING = """
const registry = new FinalizationRegistry(() => { console.log("begun"); %s });
function watch() { for (let i = 0; i < 50; i++) registry.register({ i }, i); }
watch();
setTimeout(() => { gc(); setTimeout(() => console.log("not reached"), 5); });
"""


@pytest.fixture(params=TIERS)
def command(request: pytest.FixtureRequest) -> list[str]:
    tier = str(request.param)
    if tier == "hosted":
        return [sys.executable, "-m", "tracewright_javascript.target", "--expose-gc"]
    return [str(request.getfixturevalue("js_executable")), "--expose-gc", *TIERS[tier]]


def run(command: Sequence[str], folder: Path, text: str) -> tuple[int, str, str]:
    (folder / "program.js").write_text(text)
    finished = subprocess.run(
        [*command, "program.js"],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
    )
    return finished.returncode, finished.stdout, finished.stderr


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        (DROPPED, "true false\n100\ntrue\ntrue true true true\n"),
        (WORKING, "1003\n"),
        (ENDLESS, "the end\n"),
    ],
    ids=["dropped", "working", "endless"],
)
def test_what_is_printed(command: list[str], tmp_path: Path, text: str, printed: str) -> None:
    assert run(command, tmp_path, text) == (0, printed, "")


def test_a_value_that_leads_to_its_key_keeps_neither(command: list[str], tmp_path: Path) -> None:
    if command[0] == sys.executable:
        pytest.skip("CPython's weak references cannot say that of a table's entry (core/weak.py)")
    assert run(command, tmp_path, CYCLES) == (0, "true true true\n", "")


def test_what_a_clean_up_throws_ends_the_program(command: list[str], tmp_path: Path) -> None:
    code, output, error = run(command, tmp_path, THROWING)
    assert (code, output) == (1, "") and "Error: from clean-up" in error


def test_a_clean_up_may_end_the_program(command: list[str], tmp_path: Path) -> None:
    assert run(command, tmp_path, CLEANING % "process.exit(3);") == (3, "begun\n", "")


def test_a_clean_up_that_never_returns_can_be_interrupted(js_executable: Path, tmp_path: Path) -> None:
    program = tmp_path / "program.js"
    program.write_text(CLEANING % "for (;;);")
    for knobs in TIERS.values():
        with subprocess.Popen(
            [str(js_executable), "--expose-gc", *knobs, str(program)], stdout=subprocess.PIPE, text=True
        ) as process:
            with pytest.raises(subprocess.TimeoutExpired):
                process.wait(0.5)
            process.send_signal(signal.SIGINT)
            output, _ = process.communicate(timeout=20)
        assert output == "begun\n" and process.returncode in (130, -signal.SIGINT)
