"""The benchmark harness: it must not let a wrong answer count, and every program must be complete."""

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2] / "benchmarks"
PROGRAMS = sorted(path.name for path in (ROOT / "programs").iterdir())


def load_harness() -> ModuleType:
    specification = importlib.util.spec_from_file_location("benchmark_harness", ROOT / "harness.py")
    assert specification is not None and specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    sys.modules[specification.name] = module  # dataclasses look their module up
    specification.loader.exec_module(module)
    return module


harness = load_harness()


@pytest.mark.parametrize("program", PROGRAMS)
def test_programs_are_complete(program: str) -> None:
    extensions = ["ruff", "py", "lua", "c"] if program == harness.STARTUP else ["ruff", "js", "py", "lua", "c"]
    names = {f"{program}.{extension}" for extension in extensions} | {"expected.txt"}
    assert {path.name for path in (ROOT / "programs" / program).iterdir()} == names


def test_a_right_answer_counts_and_a_wrong_one_does_not() -> None:
    command = [sys.executable, "-c", "print(42)"]
    wall, cpu, memory, problem = harness.measure(command, b"42\n")
    assert not problem and 0 < wall < 60 and cpu > 0 and memory > 0
    assert "instead of" in harness.measure(command, b"43\n")[3]


def test_a_crash_is_told_apart() -> None:
    assert (
        "exit code 3: oh"
        in harness.measure([sys.executable, "-c", "import sys; sys.exit(print('oh', file=sys.stderr) or 3)"], b"")[3]
    )


def run_of(program: str, name: str, turn: int, wall: float, correct: bool = True) -> object:
    return harness.Run(program, name, turn, wall, wall, 1, correct, "" if correct else "wrong")


def test_one_wrong_round_takes_the_program_out_of_the_table() -> None:
    runs = [run_of("sieve", "cpython", turn, 1.0) for turn in range(3)]
    runs += [run_of("sieve", "quick", turn, 0.25 * (turn + 1)) for turn in range(3)]
    runs += [run_of("sieve", "broken", turn, 0.1, correct=turn != 1) for turn in range(3)]
    assert harness.medians(runs) == {("sieve", "cpython"): 1.0, ("sieve", "quick"): 0.5}
    row = next(
        line for line in harness.table(runs, ["sieve"], ["cpython", "quick", "broken"]).splitlines() if "sieve" in line
    )
    assert "2.0x" in row and row.rstrip().endswith("-")


def test_implementations_take_turns_and_runs_are_recorded(tmp_path: Path) -> None:
    python = harness.Implementation("cpython", "py", (sys.executable,))
    again = harness.Implementation("again", "py", (sys.executable, "-S"))
    output = tmp_path / "runs.jsonl"
    runs = harness.run_all(["hello"], [python, again], 2, tmp_path, output)
    assert [(run.round, run.implementation) for run in runs] == [
        (0, "cpython"),
        (0, "again"),
        (1, "cpython"),
        (1, "again"),
    ]
    assert [json.loads(line)["correct"] for line in output.read_text().splitlines()] == [True] * 4
