"""Ruff's entry points: handed to the translator, and `python -m tracewright_ruff.target` when hosted."""

from tracewright.guest.embedding import serve
from tracewright_ruff.command_line import run_command
from tracewright_ruff.embedding import EMBEDDED


def main() -> int:
    """Run the `ruff` command; returns the exit code."""
    return run_command()


def library() -> int:
    """Answer one request of a host program; returns 0."""
    serve(EMBEDDED)
    return 0


if __name__ == "__main__":
    from tracewright.core.system import run_as_program

    run_as_program(main)
