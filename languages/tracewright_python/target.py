"""Python's entry point: handed to the translator, and `python -m tracewright_python.target` when hosted."""

from typing import Final

from tracewright.core.system import run_as_program
from tracewright_python.command_line import run_python

EXTENSIONS: Final = (".py",)
# What runs once for a program, a request to the outside, or a person (`translate/emit_c/seldom.py`).
SELDOM: Final = (
    "code_objects", "command_line", "diagnosis", "diagnostics", "given_warnings", "language", "library_folder", "messages",
    "object_fields", "object_trees", "repl", "source_marks", "source_warnings", "suggestions", "syntax_errors", "system_calls", "tracebacks",
    "tree_*", "builtins.code_methods", "cpython.finding",
    "modules.clock", "modules.compression", "modules.posix_calls", "modules.socket_calls", "modules.system",
)  # fmt: skip


def main() -> int:
    """The `python` command."""
    return run_python()


if __name__ == "__main__":
    run_as_program(main)
