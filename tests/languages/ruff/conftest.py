"""Hosted, the parser and the compiler use the stack of CPython, whose default limit is below what Ruff allows to nest."""

import sys

sys.setrecursionlimit(20_000)
