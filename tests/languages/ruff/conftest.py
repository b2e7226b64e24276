"""Hosted, the parser and the compiler use the stack of CPython, whose default limit is below what Ruff allows to nest."""

import sys

from tracewright_testing.native import ruff_executable

sys.setrecursionlimit(20_000)

__all__ = ["ruff_executable"]
