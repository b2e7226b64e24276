"""Unpredictable branches in a loop: its ways meet again, so that the bridges stay few and the guest stays in machine code; and where both
ways of a branch only compute, there is no bridge at all."""

import re
import subprocess
from pathlib import Path

import pytest

TURNS = 60_000


def program(branches: int) -> str:
    """A loop with so many branches whose ways nobody can foretell."""
    lines = ["func ways(n) {", "    mut x := 12345", "    mut s := 0", "    mut i := 0", "    while i < n {"]
    lines.append("        x := (x * 1103515245 + 12345) % 2147483648")
    for k in range(branches):
        lines.append(f"        if (x / {256 << k}) % 2 == 1 {{ s := s + {k + 1} }} else {{ s := s + {2 * k + 3} }}")
    lines += ["        i := i + 1", "    }", "    return s", "}", f"print(ways({TURNS}))", ""]
    return "\n".join(lines)


def expected(branches: int) -> int:
    x, total = 12345, 0
    for _ in range(TURNS):
        x = (x * 1103515245 + 12345) % 2147483648
        for k in range(branches):
            total += k + 1 if (x // (256 << k)) % 2 == 1 else 2 * k + 3
    return total


def counters(ruff: Path, path: Path, knobs: str) -> tuple[str, dict[str, int]]:
    finished = subprocess.run(
        [str(ruff), "run", "--stats", "--jit", knobs, str(path)], capture_output=True, text=True, check=True, timeout=60
    )
    rows = re.findall(r"^([a-z ]+?) +(\d+)$", finished.stderr, re.MULTILINE)
    return finished.stdout, {name: int(number) for name, number in rows}


@pytest.mark.parametrize("branches", [4, 8, 12])
def test_ways_meet(ruff_executable: Path, tmp_path: Path, branches: int) -> None:
    path = tmp_path / "ways.ruff"
    path.write_text(program(branches))
    output, counts = counters(ruff_executable, path, "threshold=130,bridge_threshold=12,both_ways=0")
    assert output == f"{expected(branches)}\n"
    assert counts["loops"] <= branches + 2
    assert counts["bridges"] <= 2 * branches * (branches + 2)
    assert counts["exits"] < TURNS // 6  # nearly all turns stay in machine code


def test_without_meetings_ways_multiply(ruff_executable: Path, tmp_path: Path) -> None:
    path = tmp_path / "ways.ruff"
    path.write_text(program(12))
    output, counts = counters(ruff_executable, path, "meeting_threshold=1000000,both_ways=0")
    assert output == f"{expected(12)}\n"
    assert counts["loops"] == 1 and counts["exits"] > TURNS // 2


@pytest.mark.parametrize("branches", [4, 8, 12])
def test_short_branches_are_walked_both_ways(ruff_executable: Path, tmp_path: Path, branches: int) -> None:
    path = tmp_path / "ways.ruff"
    path.write_text(program(branches))
    output, counts = counters(ruff_executable, path, "threshold=130,bridge_threshold=12,both_ways=1")
    assert output == f"{expected(branches)}\n"
    assert counts["loops"] == counts["invalidated traces"] + 1  # the last one has no exit that is hot
    assert counts["bridges"] <= 2 * branches + 2
    assert counts["exits"] < TURNS // 20


def test_they_are_when_several_bridges_hang_there(ruff_executable: Path, tmp_path: Path) -> None:
    path = tmp_path / "ways.ruff"
    path.write_text(program(12))
    at_once = counters(ruff_executable, path, "both_ways=1")[1]
    output, counts = counters(ruff_executable, path, "both_ways=5")
    assert output == f"{expected(12)}\n"
    assert 0 < counts["invalidated traces"] < at_once["invalidated traces"]


@pytest.mark.parametrize("both_ways", [0, 1, 5])
@pytest.mark.parametrize("every", [3, 10, 101])
def test_ways_meet_while_guards_fail(ruff_executable: Path, tmp_path: Path, every: int, both_ways: int) -> None:
    path = tmp_path / "ways.ruff"
    path.write_text(program(6))
    knobs = f"threshold=3,bridge_threshold=2,meeting_threshold=1,fail_every={every},both_ways={both_ways}"
    assert counters(ruff_executable, path, knobs)[0] == f"{expected(6)}\n"
