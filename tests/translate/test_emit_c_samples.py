"""Translated programs write what they write under CPython, also when every allocation collects."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tracewright.tools.toolchain import build_program
from tracewright_testing.samples import endless, everything, greedy, weak

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


@pytest.fixture(scope="module")
def weak_executable(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("weak")
    build_program(weak.main, folder / "weak", jit=False, cache=folder / "cache")
    return folder / "weak"


@pytest.mark.parametrize("stress", ["", "3", "50"])
def test_weak_references_and_finalizers_mean_the_same(weak_executable: Path, stress: str) -> None:
    path = os.pathsep.join(sys.path)
    hosted = subprocess.run(
        [sys.executable, "-c", HOSTED.replace("everything", "weak")],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": path},
    )
    environment = {**os.environ, "TRACEWRIGHT_GC_STRESS": stress} if stress else dict(os.environ)
    native = subprocess.run(
        [weak_executable], capture_output=True, text=True, check=False, env=environment, timeout=100
    )
    assert (native.stdout, native.stderr, native.returncode) == (hosted.stdout, hosted.stderr, hosted.returncode)
    assert native.stdout.startswith("kept 100, lost True, 7\n")


def test_a_memory_limit_raises_memory_error(tmp_path: Path) -> None:
    """Three times the program fills its 40 MB, notices, and can use the memory again."""
    build_program(greedy.main, tmp_path / "greedy", jit=False, cache=tmp_path / "cache")
    environment = {**os.environ, "TRACEWRIGHT_MEMORY": "40M"}
    native = subprocess.run(
        [tmp_path / "greedy"], capture_output=True, text=True, check=False, env=environment, timeout=100
    )
    assert (native.stdout, native.stderr, native.returncode) == ("enough\n" * 3, "", 0)


def test_interrupts_raise_keyboard_interrupt(tmp_path: Path) -> None:
    """One that is caught goes on; one that nobody catches ends the process as shells expect."""
    build_program(endless.main, tmp_path / "endless", jit=False, cache=tmp_path / "cache")
    with subprocess.Popen([tmp_path / "endless"], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        process.send_signal(signal.SIGINT)
        assert process.stdout.readline() == "interrupted\n"
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 130
