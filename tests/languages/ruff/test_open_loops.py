"""A loop that carries an object it never makes is no place for bridges to come to: where they matter, it makes the object."""

import re
import subprocess
from pathlib import Path

import pytest

# A line is short text at first, then the front of a builder: two ways to append, of which the loop knows one.
PROGRAM = """
func line(number) {
    mut text := ""
    mut i := 0
    while i < 90 {
        text := text + to_string((number + i * i) % 10)
        i := i + 1
    }
    return text
}
mut total := 0
mut number := 0
while number < 1500 {
    let text := line(number)
    total := total + len(text) + to_int(text[number % 90])
    number := number + 1
}
print(total)
"""


def expected() -> str:
    total = 0
    for number in range(1500):
        total += 90 + (number + (number % 90) ** 2) % 10
    return f"{total}\n"


def run(ruff: Path, path: Path, knobs: str) -> tuple[str, str]:
    command = [str(ruff), "run", "--stats", "--jit", knobs, str(path)]
    finished = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    return finished.stdout, finished.stderr


def test_most_turns_stay_in_machine_code(ruff_executable: Path, tmp_path: Path) -> None:
    path = tmp_path / "lines.ruff"
    path.write_text(PROGRAM)
    output, report = run(ruff_executable, path, "threshold=130")
    assert output == expected()
    assert "the loop carries objects that bridges cannot bring" in report
    exits = re.search(r"^exits +(\d+)$", report, re.MULTILINE)
    assert exits is not None and int(exits.group(1)) < 2000
    log = tmp_path / "log"
    subprocess.run([str(ruff_executable), "--jit-log", str(log), "run", str(path)], capture_output=True, check=True)
    assert "enter_label" in log.read_text()


@pytest.mark.parametrize("every", [3, 11, 100])
def test_while_guards_fail(ruff_executable: Path, tmp_path: Path, every: int) -> None:
    path = tmp_path / "lines.ruff"
    path.write_text(PROGRAM)
    assert run(ruff_executable, path, f"threshold=5,bridge_threshold=2,fail_every={every}")[0] == expected()
