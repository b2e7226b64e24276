"""How far a trace follows a function that calls itself: into short ones, for a call costs more than they do; not into those that have done much
before, for each way through several activations would be a trace of its own."""

import subprocess
from pathlib import Path

from tracewright_testing.run_statistics import count, run

BRANCHING = """
func score(n, seed) {
    let kind := (seed * 7919 + n * 31) % 13
    let name := "kind " + to_string(kind) + " of " + to_string(n % 5)
    let weight := len(name) * 3 + kind % 4 + seed % 11
    if n <= 0 { return kind }
    if kind < 4 { return score(n - 1, seed + kind) + weight }
    if kind < 8 { return score(n - 2, seed * 3 % 1009) - kind }
    if weight < 40 { return score(n - 1, seed + weight) + score(n - 3, weight) % 7 }
    return score(n - 1, weight) + 1
}
mut i := 0
mut total := 0
while i < 300 {
    total := total + score(24, i)
    i := i + 1
}
print(total)
"""


def test_one_that_branches_on_what_it_has_done_before_is_not(ruff_executable: Path, tmp_path: Path) -> None:
    path = tmp_path / "branching.ruff"
    output, statistics = run(ruff_executable, path, BRANCHING)
    everything, followed = run(ruff_executable, path, BRANCHING, "--jit", "recursion_length=100000")
    interpreted = subprocess.run(
        [ruff_executable, "run", "--jit", "off", path], capture_output=True, text=True, check=True
    )
    assert output == everything == interpreted.stdout
    assert count(statistics, "functions") >= 1
    assert count(statistics, "recorded operations") < count(followed, "recorded operations") * 2 // 3


def test_a_short_one_is(ruff_executable: Path, tmp_path: Path) -> None:
    text = "func fib(n) { if n < 2 { return n } return fib(n - 1) + fib(n - 2) }\nprint(fib(22))\n"
    path = tmp_path / "fib.ruff"
    output, statistics = run(ruff_executable, path, text)
    _, never = run(ruff_executable, path, text, "--jit", "recursion_length=0")
    assert output == "17711\n"
    assert count(statistics, "trace instructions") > count(never, "trace instructions")
