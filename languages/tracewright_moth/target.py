"""Moth's entry point: handed to the translator, and `python -m tracewright_moth.target` when hosted."""

from tracewright.core.system import leave
from tracewright.jit.command import run_command
from tracewright_moth.compiler import compile_program
from tracewright_moth.interpreter import run_program


def run_text(text: str) -> None:
    """Compile and run a program."""
    run_program(compile_program(text))


def main() -> int:
    """The `moth` command."""
    return run_command("moth", run_text)


if __name__ == "__main__":
    leave(main())
