"""Every knob of the JIT has an effect on a running program, and none on what it prints."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tracewright.jit.tables.parameters import ROWS

PROGRAM = """
func small(x) { return x + 1 }
func fib(n) {
    if n < 2 { return n }
    return fib(n - 1) + fib(n - 2)
}
func nested(a, depth) {
    if depth == 0 { return small(a) }
    return nested(a, depth - 1)
}
callbacks := [func(x) { return x }, func(x) { return x * 2 }, func(x) { return 0 - x }, func(x) { return x - 1 }]
func work(n) {
    mut total := 0
    mut i := 0
    while i < n {
        if i % 3 == 0 { total := total + small(i) } else { total := total + i * 2 }
        f := callbacks[i % 4]
        total := total + f(i)
        if i % 7 == 0 { total := total - nested(i, 3) }
        i := i + 1
    }
    return total
}
func short(n) {
    mut x := 12345
    mut total := 0
    mut i := 0
    while i < n {
        x := (x * 1103515245 + 12345) % 2147483648
        if (x / 256) % 2 == 1 { total := total + 1 } else { total := total + 2 }
        if (x / 512) % 2 == 1 { total := total + 3 } else { total := total + 4 }
        if (x / 1024) % 2 == 1 { total := total + 5 } else { total := total + 6 }
        i := i + 1
    }
    return total
}
mut round := 0
mut sum := short(4000)
while round < 40 {
    sum := sum + work(500)
    round := round + 1
}
print(sum, fib(18))
"""


class Run:
    """What a run printed, and the counters of `--stats` by name."""

    def __init__(self, ruff: Path, program: Path, knobs: str) -> None:
        words = [str(ruff), "run", "--stats", *(["--jit", knobs] if knobs else []), str(program)]
        finished = subprocess.run(words, capture_output=True, text=True, check=True, timeout=120)
        self.output = finished.stdout
        rows = re.findall(r"^([a-z ]+?) +(\d+)$", finished.stderr, re.MULTILINE)
        self.counts = {name: int(number) for name, number in rows}
        self.given_up = [line for line in finished.stderr.splitlines() if line.startswith("given up")]

    def __getitem__(self, name: str) -> int:
        return self.counts[name]


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("knobs") / "program.ruff"
    path.write_text(PROGRAM)
    return path


@pytest.fixture(scope="module")
def usual(ruff_executable: Path, program: Path) -> Run:
    return Run(ruff_executable, program, "")


def compiled(run: Run) -> int:
    return run["loops"] + run["functions"] + run["bridges"]


# The knob's setting, and whether the counters show it, given the usual run and this one.
EFFECTS: dict[str, Callable[[Run, Run], bool]] = {
    "off=1": lambda usual, run: compiled(usual) > 0 and compiled(run) == 0,
    "threshold=1000000": lambda usual, run: usual["loops"] > 0 and run["loops"] == 0,
    "function_threshold=100000000": lambda usual, run: run["functions"] < usual["functions"],
    "bridge_threshold=1000000000": lambda usual, run: usual["bridges"] > 0 and run["bridges"] == 0,
    "both_ways=0": lambda usual, run: usual["invalidated traces"] > run["invalidated traces"],
    "meeting_threshold=1,both_ways=0": lambda usual, run: run["loops"] > usual["loops"],
    "bridge_limit=0": lambda usual, run: run["bridges"] == 0 and run["bridges refused"] > usual["bridges refused"],
    "few=1": lambda usual, run: run["trace instructions"] != usual["trace instructions"],
    "rising=1": lambda usual, run: 0 < compiled(run) < compiled(usual),
    "trace_limit=12": lambda usual, run: any("trace_limit" in line for line in run.given_up),
    "short_loop=100000": lambda usual, run: any("left after a few bytecodes" in line for line in run.given_up),
    "short_function=0": lambda usual, run: run["functions"] > usual["functions"],
    "segment=20": lambda usual, run: run["bridges"] > usual["bridges"],
    "inline_length=0": lambda usual, run: run["trace instructions"] != usual["trace instructions"],
    "inline_depth=0": lambda usual, run: run["trace instructions"] != usual["trace instructions"],
    "recursion_depth=5": lambda usual, run: run["trace instructions"] != usual["trace instructions"],
    "recursion_length=0": lambda usual, run: run["trace instructions"] != usual["trace instructions"],
    "trace_limit=12,attempts=1": lambda usual, run: len(run.given_up) > 0,
    "fail_every=5": lambda usual, run: run["exits"] > 2 * usual["exits"],
    "code_kb=16": lambda usual, run: run["machine code bytes"] <= 16 * 1024,
    "first_trace=1000000": lambda usual, run: compiled(run) == 0,
    "last_trace=1": lambda usual, run: compiled(run) == 1,
}


@pytest.mark.parametrize("knobs", EFFECTS)
def test_knob_has_an_effect(ruff_executable: Path, program: Path, usual: Run, knobs: str) -> None:
    run = Run(ruff_executable, program, knobs)
    assert run.output == usual.output
    assert EFFECTS[knobs](usual, run), (usual.counts, run.counts, run.given_up)


def test_every_knob_is_here() -> None:
    named = {part.split("=")[0] for knobs in EFFECTS for part in knobs.split(",")}
    assert named == {row.name for row in ROWS}


def test_an_unknown_knob_is_a_usage_error(ruff_executable: Path, program: Path) -> None:
    finished = subprocess.run(
        [ruff_executable, "run", "--jit", "speed=11", program], capture_output=True, text=True, check=False
    )
    assert finished.returncode == 2
    assert "there is no JIT parameter 'speed'" in finished.stderr
