"""In a checked build plain arithmetic that would wrap ends the program and names the place; meant wrapping goes on."""

import subprocess
from pathlib import Path

import pytest

from tracewright_testing.native_programs import build, module_from_text

SOURCE = """
from tracewright.core.integers import MAX_INT, MIN_INT, ovf_add, wrap_add, wrap_mul
from tracewright.core.system import argument, write_output

def show(value: int) -> None:
    write_output(f"{value}\\n".encode())

def main() -> int:
    given = argument(0)
    n = 0 if given is None else int(given.decode())
    show(n + 1)
    show(wrap_add(MAX_INT, n) & wrap_mul(MAX_INT, 2) & 255)
    try:
        show(ovf_add(MAX_INT, n))
    except OverflowError:
        show(-1)
    match n:
        case 1:
            show(MAX_INT + n)
        case 2:
            show(MIN_INT - n)
        case 3:
            show((MAX_INT - 2) * n)
        case 4:
            show(n << 61)
        case 5:
            show(n << (n + 59))
    return 0
"""
PLACES = {1: "19:18: `+`", 2: "21:18: `-`", 3: "23:18: `*`", 4: "25:18: `<<`", 5: "27:18: `<<`"}


@pytest.fixture(scope="module")
def executable(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("checked")
    build(module_from_text("checked_arithmetic", SOURCE, folder), folder / "program", checked=True)
    return folder / "program"


def run(executable: Path, number: int) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([str(executable), str(number)], capture_output=True, text=True, timeout=20, check=False)


def test_what_fits_is_as_ever(executable: Path) -> None:
    finished = run(executable, 6)
    assert (finished.stdout, finished.stderr, finished.returncode) == ("7\n4\n-1\n", "", 0)


@pytest.mark.parametrize("number", PLACES)
def test_overflow_stops_the_program(executable: Path, number: int) -> None:
    finished = run(executable, number)
    assert finished.returncode not in (0, -11), finished
    assert finished.stdout.splitlines()[0] == str(number + 1)  # what was written before is not lost
    assert "integer overflow at" in finished.stderr
    assert f"checked_arithmetic.py:{PLACES[number]}" in finished.stderr
