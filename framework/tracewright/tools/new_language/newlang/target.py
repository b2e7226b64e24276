"""The entry point: handed to the translator, and `python -m newlang.target` under CPython."""

from newlang.compiler import compile_program
from newlang.interpreter import run_program
from tracewright.core.system import leave
from tracewright.jit.command import run_command


def run_text(text: str) -> None:
    """Compile and run a program."""
    run_program(compile_program(text))


def main() -> int:
    """The `newlang` command."""
    return run_command("newlang", run_text)


if __name__ == "__main__":
    leave(main())
