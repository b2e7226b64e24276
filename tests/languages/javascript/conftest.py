"""Hosted, the parser uses the stack of CPython, whose default limit is below what the parser allows to nest."""

import sys
from pathlib import Path

import pytest

from tracewright_testing.native import built_once, shared_folder

sys.setrecursionlimit(60_000)


@pytest.fixture(scope="session")
def js_executable(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Path of the native `js`; skips where it cannot be built."""
    return built_once("javascript", shared_folder(tmp_path_factory))
