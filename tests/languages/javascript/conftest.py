"""Fixtures of JavaScript's tests. Hosted, the parser uses the stack of CPython, whose default limit is below what the parser allows to nest."""

import sys

from tracewright_testing.native import js_executable

__all__ = ["js_executable"]

sys.setrecursionlimit(60_000)
