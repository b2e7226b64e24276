"""One place that calls many functions: the first few get a bridge each, then machine code calls whatever comes, and is not left."""

import re
import subprocess
from pathlib import Path

import pytest

TURNS = 40_000


def program(callees: int) -> str:
    lines = ["functions := ["]
    lines += [f"    func(x) {{ return x % {k + 3} + {k} }}," for k in range(callees)]
    lines += ["]", "func work(turns) {", "    mut s := 0", "    for i in turns {"]
    lines += ["        f := functions[i % len(functions)]", "        s := s + f(i)", "    }", "    return s", "}"]
    return "\n".join([*lines, f"print(work({TURNS}))", ""])


def expected(callees: int) -> int:
    return sum(turn % (turn % callees + 3) + turn % callees for turn in range(TURNS))


@pytest.mark.parametrize("callees", [3, 12, 60])
def test_machine_code_is_not_left(callees: int, ruff_executable: Path, tmp_path: Path) -> None:
    path = tmp_path / "callees.ruff"
    path.write_text(program(callees))
    finished = subprocess.run(
        [str(ruff_executable), "run", "--stats", str(path)], capture_output=True, text=True, timeout=60, check=True
    )
    assert finished.stdout == f"{expected(callees)}\n"
    counts = {name: int(number) for name, number in re.findall(r"^([a-z ]+?) +(\d+)$", finished.stderr, re.MULTILINE)}
    assert counts["bridges"] < 20
    assert counts["exits"] < TURNS // 10
