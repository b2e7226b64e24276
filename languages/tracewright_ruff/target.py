"""Ruff's entry point: handed to the translator, and `python -m tracewright_ruff.target` when hosted."""

from tracewright_ruff.command_line import run_command


def main() -> int:
    """Run the `ruff` command; returns the exit code."""
    return run_command()


if __name__ == "__main__":
    import sys

    from tracewright.core.system import leave

    sys.setrecursionlimit(20_000)  # the parser nests deeper than CPython's default allows
    leave(main())
