"""Python's entry point: handed to the translator, and `python -m tracewright_python.target` when hosted."""

from typing import Final

from tracewright.core.system import run_as_program
from tracewright_python.command_line import run_python

EXTENSIONS: Final = (".py",)


def main() -> int:
    """The `python` command."""
    return run_python()


if __name__ == "__main__":
    run_as_program(main)
