"""What the system grants is enough, or the program says so: little address space."""

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from tracewright_testing.native import ruff_executable, ruff_library

__all__ = ["ruff_executable", "ruff_library"]

WORK = """
func depth(n) { if n == 0 { return 0 } return 1 + depth(n - 1) }
total := 0
for i in range(100000) { xs := [i, total]  total := total + len(xs) }
print(total, depth(10000))
"""
HOARD = "xs := []\nwhile true { xs := push(xs, [1, 2, 3]) }"


def with_address_space(kilobytes: int, command: list[str]) -> subprocess.CompletedProcess[str]:
    """Run the command as after `ulimit -v`."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (kilobytes << 10, kilobytes << 10))

    return subprocess.run(command, preexec_fn=limit, capture_output=True, text=True, check=False, timeout=60)  # noqa: PLW1509


@pytest.mark.parametrize("kilobytes", [1_000_000, 16_000_000])
@pytest.mark.parametrize("jit", ["off", "threshold=1,function_threshold=1,short_function=0"])
def test_a_program_runs_in_little_address_space(
    kilobytes: int, jit: str, ruff_executable: Path, tmp_path: Path
) -> None:
    program = tmp_path / "work.ruff"
    program.write_text(WORK)
    finished = with_address_space(kilobytes, [str(ruff_executable), "run", "--jit", jit, str(program)])
    assert (finished.stdout, finished.stderr, finished.returncode) == ("200000 10000\n", "", 0)


def test_a_program_that_needs_more_gets_the_languages_error(ruff_executable: Path, tmp_path: Path) -> None:
    program = tmp_path / "hoard.ruff"
    program.write_text(HOARD)
    finished = with_address_space(1_000_000, [str(ruff_executable), "run", str(program)])
    assert finished.returncode == 4
    assert finished.stderr.startswith("[RUFVM001] [vm] Runtime Error: Out of memory")


def test_too_little_is_said(ruff_executable: Path) -> None:
    finished = with_address_space(30_000, [str(ruff_executable), "--version"])
    assert finished.returncode == 6
    assert "ulimit -v" in finished.stderr


def test_a_library_in_little_address_space(ruff_library: Path) -> None:
    host = f"import tracewright\nprint(tracewright.load({str(ruff_library)!r}).run({WORK!r}).stdout, end='')"
    finished = with_address_space(2_000_000, [sys.executable, "-c", host])
    assert (finished.stdout, finished.stderr) == ("200000 10000\n", "")
