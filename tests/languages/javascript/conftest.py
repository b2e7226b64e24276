"""Hosted, the parser uses the stack of CPython, whose default limit is below what the parser allows to nest."""

import os
import sys
from pathlib import Path

import pytest

from tracewright_testing.native import built_once, shared_folder

EXECUTABLE_VARIABLE = "TRACEWRIGHT_JS"  # an executable to test instead of building one
sys.setrecursionlimit(60_000)


@pytest.fixture(scope="session")
def js_executable(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Path of the native `js`; skips where it cannot be built."""
    given = os.environ.get(EXECUTABLE_VARIABLE)
    if given:
        return Path(given).resolve()
    return built_once("javascript", shared_folder(tmp_path_factory))
