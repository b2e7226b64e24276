"""Hosted, the parser uses the stack of CPython, whose default limit is below what the parser allows to nest."""

import sys
from pathlib import Path

import pytest

from tracewright_testing.native import built_once, shared_folder

sys.setrecursionlimit(20_000)


@pytest.fixture(scope="session")
def python_executable(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Path of the native `python`; skips where it cannot be built."""
    return built_once("python", shared_folder(tmp_path_factory))
