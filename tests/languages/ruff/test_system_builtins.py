"""The programs of `system/`, which work on files and processes: on every tier, each in a folder of its own."""

import errno
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tracewright_ruff.capabilities import NEEDS
from tracewright_testing.guest_programs import GuestProgram, load_programs
from tracewright_testing.tiers import HOSTED, HOT, OFF, STRESSED, Tier, TierRunner

PROGRAMS = load_programs(Path(__file__).parent / "system", "*.ruff")
TIERS = (HOSTED, OFF, HOT, STRESSED)


@pytest.mark.parametrize("tier", TIERS, ids=lambda tier: tier.name)
@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.name)
def test_program(program: GuestProgram, tier: Tier, ruff_executable: Path, tmp_path: Path) -> None:
    shutil.copy(program.path, tmp_path)
    runner = TierRunner(tier, ruff_executable)
    outcome = runner.run_file(Path(program.path.name), program.arguments, program.input, str(tmp_path))
    assert outcome.output == program.output, outcome.errors
    assert (outcome.errors, outcome.exit_code) == ("", 0)


def test_a_write_that_stops_half_way_says_so(ruff_executable: Path, tmp_path: Path) -> None:
    """The file system is full after some of the bytes: here, the largest size of a file."""
    (tmp_path / "program.ruff").write_text(
        'text := repeat("x", 200000)\n'
        'for write in [write_file, append_file] { try { print(write("big", text)) } except e { print(e.message) } }\n'
        'try { print(copy_file("source", "copy")) } except e { print(e.message) }\n'
    )
    (tmp_path / "source").write_bytes(b"y" * 200_000)
    limited = ["bash", "-c", 'trap "" XFSZ; ulimit -f 100; exec "$@"', "-", str(ruff_executable), "run", "program.ruff"]
    finished = subprocess.run(limited, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    reason = os.strerror(errno.EFBIG)
    assert finished.stdout.splitlines() == [
        f"Cannot write file 'big': {reason} (os error {errno.EFBIG})",
        f"Cannot append to file 'big': {reason} (os error {errno.EFBIG})",
        f"Cannot copy file 'source' to 'copy': {reason} (os error {errno.EFBIG})",
    ]


def test_an_untrusted_program_reaches_nothing(ruff_executable: Path, tmp_path: Path) -> None:
    """Whatever its arguments, a builtin that needs a capability says so, and nothing has happened."""
    names = sorted(NEEDS)
    calls = "\n".join(f'try {{ {name}("x", "y") print("{name}") }} except e {{ print(e.message) }}' for name in names)
    (tmp_path / "program.ruff").write_text(calls)
    finished = subprocess.run(
        [str(ruff_executable), "run", "--untrusted", "program.ruff"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert finished.stdout.splitlines() == [
        f"Capability denied: {NEEDS[name][0]} required for {name}; rerun with --allow-{NEEDS[name][0]}"
        for name in names
    ]
    assert os.listdir(tmp_path) == ["program.ruff"]


FULL_DEVICE = """
f := "/dev/full"
for write in [
    func() { return write_file(f, "x", true) }, func() { return append_file(f, "x") }, func() { return write_binary_file(f, bytes([1]), true) },
    func() { return io_write_bytes(f, bytes([1])) }, func() { return io_append_bytes(f, bytes([1])) }, func() { return io_write_at(f, bytes([1]), 0) },
    func() { return copy_file("program.ruff", f) }, func() { return await async_write_file(f, "x") }, func() { return await async_write_files([f], ["x"]) },
] { try { print(write()) } except e { print(ends_with(e.message, "No space left on device (os error 28)"), contains(e.message, f)) } }
try { read_file("/dev/zero") } except e { print(e.message) }
print(read_file("/dev/null") == "", len(read_file("/proc/self/status")) > 100)
"""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize("tier", (HOSTED, OFF), ids=lambda tier: tier.name)
def test_devices_that_are_full_or_have_no_end(tier: Tier, ruff_executable: Path, tmp_path: Path) -> None:
    (tmp_path / "program.ruff").write_text(FULL_DEVICE)
    outcome = TierRunner(tier, ruff_executable).run_file(Path("program.ruff"), folder=str(tmp_path))
    endless = "Cannot read file '/dev/zero': it is no file, and longer than 67108864 bytes"
    assert outcome.output.splitlines() == [*["true 1"] * 9, endless, "true true"]
