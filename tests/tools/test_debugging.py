"""gdb, addr2line and perf show the author's source: functions by their dialect names, lines of the .py files, traces by name."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tracewright_testing.native import ruff_executable
from tracewright_testing.native_programs import build, module_from_text

__all__ = ["ruff_executable"]

SOURCE = """
from tracewright.core.system import write_output


def middle_of(low: int, high: int) -> int:
    distance = high - low
    while distance > 1000:
        distance = distance - 7
    return low + distance // 2


def main() -> int:
    write_output(b"ready")
    return middle_of(10, 30)
"""
FIRST, LAST = 5, 9  # lines of middle_of


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("debugging")
    build(module_from_text("debugged_program", SOURCE, folder), folder / "program")
    return folder / "program"


def tool(name: str) -> str:
    path = shutil.which(name)
    if path is None:
        pytest.skip(f"{name} is not installed")
    return path


def address_and_size(program: Path, symbol: str) -> tuple[int, int]:
    listed = subprocess.run([tool("nm"), "-S", program], capture_output=True, text=True, check=True).stdout
    row = next(line.split() for line in listed.splitlines() if line.endswith(f" {symbol}"))
    return int(row[0], 16), int(row[1], 16)


def test_addresses_lead_to_the_dialect_source(program: Path) -> None:
    """Every instruction of a translated function lies on a line of that function."""
    address, size = address_and_size(program, "debugged_program_main")
    places = subprocess.run(
        [tool("addr2line"), "-e", program, "-f", *(hex(address + offset) for offset in range(size))],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    found = {re.sub(r" \(discriminator.*", "", place) for place in places[1::2]}
    lines = {
        int(place.rpartition(":")[2]) for place in found if place.startswith(f"{program.parent}/debugged_program.py:")
    }
    assert len(found) == len(lines), f"other places: {found}"
    assert lines and lines <= set(range(FIRST, FIRST + 10))
    assert {13, 14} & lines


def test_gdb_stops_at_a_line_of_the_dialect_source(program: Path) -> None:
    commands = ["info line debugged_program_main", "break debugged_program.py:13", "run", "bt 1", "list 13,13"]
    words = [word for command in commands for word in ("-ex", command)]
    said = subprocess.run(
        [tool("gdb"), "-q", "-nx", "-batch", *words, str(program)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    ).stdout
    if "ptrace" in said:
        pytest.skip("gdb may not trace processes here")
    assert re.search(r'Line 1[234] of ".*debugged_program\.py" starts at address', said)
    assert re.search(r"Breakpoint 1, debugged_program_main .*debugged_program\.py:13", said, re.DOTALL)
    assert 'write_output(b"ready")' in said


LOOP = "func spin(n) { i := 0\n while i < n { i := i + 1 }\n return i }\nprint(spin(100000))\n"


def test_perf_learns_the_names_of_traces(ruff_executable: Path, tmp_path: Path) -> None:
    """The map that perf reads: start, size and name of each piece of machine code, in hexadecimal."""
    (tmp_path / "spin.ruff").write_text(LOOP)
    process = subprocess.Popen(
        [ruff_executable, "run", tmp_path / "spin.ruff"],
        stdout=subprocess.PIPE,
        env={**os.environ, "TRACEWRIGHT_PERF": "1"},
    )
    output, _ = process.communicate(timeout=60)
    names = Path(f"/tmp/perf-{process.pid}.map")
    try:
        assert output == b"100000\n"
        rows = [line.split(" ", 2) for line in names.read_text().splitlines()]
    finally:
        names.unlink(missing_ok=True)
    loops = [name for _, _, name in rows if re.fullmatch(r"trace \d+: loop at .*spin\.ruff:2\b.*", name)]
    assert len(loops) == 1, rows
    assert all(int(start, 16) >= 0x20000000 and 0 < int(size, 16) < 1 << 20 for start, size, _ in rows)
