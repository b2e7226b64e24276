"""Fixtures of Python's tests. Hosted, the parser uses the stack of CPython, whose default limit is below what the parser allows to nest."""

import sys

from tracewright_testing.native import python_executable

__all__ = ["python_executable"]

sys.setrecursionlimit(20_000)
