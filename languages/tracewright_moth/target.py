"""Moth's entry point: handed to the translator, and `python -m tracewright_moth.target` when hosted."""

from tracewright.core.system import run_as_program
from tracewright.core.vm_stack import VMStack
from tracewright.guest.command import run_command
from tracewright_moth.compiler import compile_program
from tracewright_moth.interpreter import run


def run_text(text: str) -> None:
    """Compile and run a program. Raises SourceError."""
    code = compile_program(text)
    stack = VMStack(1 << 20)
    stack.reserve(code.frame_size)
    run(code, 0, stack, 0)


def main() -> int:
    """The `moth` command."""
    return run_command("moth", run_text, compile_program)


if __name__ == "__main__":
    run_as_program(main)
