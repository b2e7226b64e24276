"""A program that only waits gives memory back, natively."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

from tracewright_testing.native import ruff_executable

__all__ = ["ruff_executable"]

# What the interpreter's own frame has kept of the last cell it came by is overwritten by whatever the program does next.
PROGRAM = """
struct Cell { rest: any, number: int, }
func build(count) {
    mut kept := null
    mut i := 0
    while i < count {
        kept := Cell { rest: kept, number: i }
        i := i + 1
    }
    return kept.number
}
struct Other { number: int, }
func others(count) {
    mut kept := []
    mut total := 0
    mut i := 0
    while i < count {
        kept := push(kept, Other { number: i })
        total := total + kept[i].number + len(kept)
        i := i + 1
    }
    return total
}
print(build(1500000))
print(others(100))
sleep(60000)
"""
WITHIN = 30.0  # seconds on a busy machine; idle it takes one
LEAST_PEAK, AT_REST = 60, 30  # megabytes


def resident(process: int) -> float:
    """Megabytes."""
    return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * 4096 / (1 << 20)


def test_a_program_that_waits_gives_back_what_it_has_dropped(ruff_executable: Path, tmp_path: Path) -> None:
    file = tmp_path / "waiting.ruff"
    file.write_text(PROGRAM)
    with subprocess.Popen([str(ruff_executable), "run", str(file)], stdout=subprocess.DEVNULL) as process:
        try:
            end = time.monotonic() + WITHIN
            peak = 0.0
            while time.monotonic() < end and (peak < LEAST_PEAK or resident(process.pid) > AT_REST):
                peak = max(peak, resident(process.pid))
                time.sleep(0.02)
            assert peak >= LEAST_PEAK and resident(process.pid) <= AT_REST
        finally:
            process.kill()
