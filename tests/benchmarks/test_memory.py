"""The programs about memory: small, they answer the same in Ruff, whatever the collector is told, and in Python."""

import subprocess
import sys
from pathlib import Path

import memory
import pytest
from harness import Implementation

from tracewright_testing.native import ruff_executable

__all__ = ["ruff_executable"]

PYTHON = Implementation("cpython", "py", (sys.executable,))
COLLECTORS = ("stress=0", "young_kb=64,slice_kb=64", "stress=997")


@pytest.mark.parametrize("program", memory.known_programs())
def test_right_with_every_collector(program: str, ruff_executable: Path, tmp_path: Path) -> None:
    answer = memory.run_once(program, PYTHON, 1, 3, tmp_path)
    assert answer.answer and not answer.problem
    if not (memory.PROGRAMS / program / f"{program}.ruff").exists():
        return
    for knobs in COLLECTORS:
        ruff = Implementation("ruff", "ruff", (str(ruff_executable), "--stats", "--gc", knobs, "run"))
        run = memory.run_once(program, ruff, 1, 3, tmp_path)
        assert (run.answer, run.problem) == (answer.answer, "")
        assert {"prepare", "steps", "worst", "pause", "alive"} <= set(run.numbers)


def test_memory_goes_back_to_the_system_after_a_peak(ruff_executable: Path, tmp_path: Path) -> None:
    """Two seconds of short-lived objects after 100 megabytes were dropped."""
    ruff = Implementation("ruff", "ruff", (str(ruff_executable), "--stats", "run"))
    run = memory.run_once("after_peak", ruff, 100, 2400, tmp_path)
    assert not run.problem
    assert run.numbers["peak"] > 76 and run.numbers["at end"] < 64  # 800 trees of 2047 objects: 76 MB


def test_a_wrong_answer_and_a_crash_have_no_row(tmp_path: Path) -> None:
    good, other, wrong, crashed = (
        memory.Run("beside_list", name, {"prepare": 1.0, "steps": 2.0, "worst": 0.5}, answer, problem)
        for name, answer, problem in (
            ("ruff", "7", ""),
            ("node", "7", ""),
            ("js", "8", ""),
            ("pypy", "", "exit code 1"),
        )
    )
    checked = memory.check_answers([good, other, wrong, crashed])
    assert [run.problem for run in checked] == ["", "", "answered 8, others 7", "exit code 1"]
    printed = memory.table(memory.medians(checked), ["beside_list"], ["ruff", "js", "node", "pypy"])
    assert [line.split()[1] for line in printed.splitlines()[1:]] == ["ruff", "node"]
    assert printed.splitlines()[1].split()[-3:] == ["1.00", "-", "-"]


def test_what_is_beside_is_compared_with_the_same_beside_little() -> None:
    numbers = {"prepare": 1.0, "steps": 3.0, "worst": 0.5, "alive": 100.0, "peak": 214.0}
    found = {
        ("beside_table", "ruff"): numbers,
        ("beside_table" + memory.LITTLE, "ruff"): {**numbers, "steps": 2.0},
    }
    printed = memory.table(found, ["beside_table"], ["ruff"])
    assert printed.splitlines()[1].split()[-3:] == ["-", "1.50", "1.50"]


def test_a_program_that_fails_says_why(tmp_path: Path) -> None:
    failing = Implementation("false", "py", (sys.executable, "-c", "raise SystemExit('no memory')"))
    assert "no memory" in memory.run_once("beside_list", failing, 1, 1, tmp_path).problem


def test_the_command_prints_a_table() -> None:
    command = [sys.executable, memory.__file__, "--only", "beside_nothing", "--with", "node", "--warm-up", "1"]
    finished = subprocess.run([*command, "--steps", "1", "--rounds", "1"], capture_output=True, text=True, check=True)
    assert "prepare" in finished.stdout
