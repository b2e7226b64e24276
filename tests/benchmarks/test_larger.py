"""The larger benchmark programs: complete, right on every tier, and told apart from wrong ones by their harness."""

import os
import subprocess
import sys
from pathlib import Path

import larger
import pytest
from harness import Implementation
from small_functions import NAME as SMALL_FUNCTIONS

from tracewright_testing.native import ruff_executable
from tracewright_testing.tiers import FAILING, OFF, WARM, Tier

__all__ = ["ruff_executable"]

KEPT = [program for program in larger.known_programs() if program != SMALL_FUNCTIONS]
AS_SHIPPED = Tier("as shipped")
PYTHON = Implementation("cpython", "py", (sys.executable,))


@pytest.mark.parametrize("program", KEPT)
def test_programs_are_complete(program: str) -> None:
    names = {path.name for path in (larger.PROGRAMS / program).iterdir()} - {f"{program}.c"}
    assert names == {*(f"{program}.{language}" for language in ("ruff", "js", "lua", "py")), "expected.txt"}


@pytest.mark.parametrize("tier", [OFF, AS_SHIPPED, WARM, FAILING], ids=lambda tier: tier.name)
@pytest.mark.parametrize("program", larger.known_programs())
def test_right_on_every_tier(program: str, tier: Tier, ruff_executable: Path, tmp_path: Path) -> None:
    file = tmp_path / f"{program}.ruff"
    file.write_text(larger.program_text(program, "ruff"))
    finished = subprocess.run(
        [*tier.command(ruff_executable), str(file), "2"],
        env={**os.environ, **tier.environment},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert [line.split()[2] for line in finished.stdout.splitlines()] == [larger.expected_answer(program)] * 2


def run(tmp_path: Path, text: str, rounds: int = 2) -> larger.Process:
    file = tmp_path / "program.py"
    file.write_text(text)
    return larger.run_process("queens", PYTHON, [sys.executable, str(file)], rounds)


def test_a_wrong_answer_a_crash_and_a_missing_round_have_no_times(tmp_path: Path) -> None:
    good = run(tmp_path, "print('round 2.5 724')\nprint('round 1.5 724')")
    assert good.calls == (2.5, 1.5) and not good.problem
    assert "answered 7" in run(tmp_path, "print('round 2.5 7')").problem
    assert "exit code 0" in run(tmp_path, "print('round 2.5 724')").problem
    assert "exit code 1" in run(tmp_path, "raise ValueError").problem


def test_the_table_compares_first_and_best_with_each_peer() -> None:
    processes = [
        larger.Process("queens", "ruff", (8.0, 2.0), ""),
        larger.Process("queens", "node", (4.0, 4.0), ""),
        larger.Process("queens", "luajit", (8.0, 8.0), ""),
    ]
    printed = larger.table(larger.summary(processes), ["queens"], ["ruff", "node", "luajit"])
    assert "node: first 2.00, best 0.50" in printed
    assert "luajit: first 1.00, best 0.25" in printed
    assert "the best peer: first 2.00, best 0.50" in printed
