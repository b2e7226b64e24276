"""Options that all tests share."""

import os

import pytest

os.environ.setdefault("TRACEWRIGHT_VERIFY", "1")  # the translator checks its graphs after every pass
os.environ.setdefault("TRACEWRIGHT_PYTHON_CACHE", "")  # nothing is left in the user's cache folder


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write what is computed into the golden files")
