"""Lox's entry point: handed to the translator, and `python -m tracewright_lox.target` when hosted."""

from tracewright.core.system import run_as_program
from tracewright.guest.command import run_command
from tracewright_lox.interpreter import run_program
from tracewright_lox.parser import parse_program


def main() -> int:
    """The `lox` command."""
    return run_command("lox", lambda text: run_program(parse_program(text)), parse_program)


if __name__ == "__main__":
    run_as_program(main)
