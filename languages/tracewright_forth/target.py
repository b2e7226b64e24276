"""Forth's entry point: handed to the translator, and `python -m tracewright_forth.target` when hosted."""

from typing import Final

from tracewright.core.system import run_as_program
from tracewright.guest.command import run_command
from tracewright_forth.compiler import Compiler
from tracewright_forth.interpreter import run_word

EXTENSIONS: Final = (".forth", ".fs")


def main() -> int:
    """The `forth` command."""
    return run_command("forth", lambda text: run_word(Compiler(text).program()), lambda text: Compiler(text).program())


if __name__ == "__main__":
    run_as_program(main)
