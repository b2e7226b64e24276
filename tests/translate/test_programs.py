"""Dialect programs behave the same hosted and native: output and exit code are compared."""

from pathlib import Path

import pytest

from tracewright_testing.native_programs import load, run_hosted, run_native

PROGRAMS = sorted(Path(__file__).parent.joinpath("programs").glob("*.py"))
ROOT = Path(__file__).parents[2]
ROOTS = [str(ROOT / name) for name in ("framework", "backends", "languages", "tests/helpers")]


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_same_output_hosted_and_native(path: Path, tmp_path: Path) -> None:
    hosted = run_hosted(path, ROOTS)
    assert b"Traceback" not in hosted.stderr, hosted.stderr.decode()
    native = run_native(load(path), tmp_path)
    assert native.stdout.decode().splitlines() == hosted.stdout.decode().splitlines()
    assert native.returncode == hosted.returncode
