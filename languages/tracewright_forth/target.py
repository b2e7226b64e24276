"""Forth's entry point: handed to the translator, and `python -m tracewright_forth.target` when hosted."""

from typing import Final

from tracewright.core.system import leave
from tracewright.jit.command import run_command
from tracewright_forth.compiler import compile_program
from tracewright_forth.interpreter import run_word

EXTENSIONS: Final = (".forth", ".fs")


def run_text(text: str) -> None:
    """Compile and run a program."""
    run_word(compile_program(text))


def main() -> int:
    """The `forth` command."""
    return run_command("forth", run_text)


if __name__ == "__main__":
    leave(main())
