"""Translated programs write what they write under CPython, also when every allocation collects."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tracewright.tools.toolchain import build_program
from tracewright_testing.samples import everything, greedy

HOSTED = "from tracewright_testing.samples import everything; import sys; code = everything.main(); sys.stdout.flush(); sys.exit(code)"


@pytest.fixture(scope="module")
def executable(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("samples")
    build_program(everything.main, folder / "everything", jit=False, cache=folder / "cache")
    return folder / "everything"


@pytest.fixture(scope="module")
def hosted() -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.run([sys.executable, "-c", HOSTED], capture_output=True, check=False, env=environment)


@pytest.mark.parametrize("stress", ["", "1", "7"])
def test_native_equals_hosted(executable: Path, hosted: subprocess.CompletedProcess[bytes], stress: str) -> None:
    environment = {**os.environ, "TRACEWRIGHT_GC_STRESS": stress} if stress else dict(os.environ)
    native = subprocess.run([executable], capture_output=True, check=False, env=environment, timeout=100)
    assert native.stderr == b""
    assert native.stdout.decode() == hosted.stdout.decode()
    assert native.returncode == hosted.returncode == 3


def test_a_memory_limit_raises_memory_error(tmp_path: Path) -> None:
    """Three times the program fills its 40 MB, notices, and can use the memory again."""
    build_program(greedy.main, tmp_path / "greedy", jit=False, cache=tmp_path / "cache")
    environment = {**os.environ, "TRACEWRIGHT_MEMORY": "40M"}
    native = subprocess.run(
        [tmp_path / "greedy"], capture_output=True, text=True, check=False, env=environment, timeout=100
    )
    assert (native.stdout, native.stderr, native.returncode) == ("enough\n" * 3, "", 0)
