"""Fixtures of the fuzzing tests."""

from tracewright_testing.native import js_executable, python_executable, ruff_executable

__all__ = ["js_executable", "python_executable", "ruff_executable"]
