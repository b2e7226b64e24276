"""Fixtures of the fuzzing tests."""

from tracewright_testing.native import ruff_executable

__all__ = ["ruff_executable"]
