"""Ruff's entry points: handed to the translator, and `python -m tracewright_ruff.target` when hosted."""

from typing import Final

from tracewright.guest.embedding import serve
from tracewright_ruff.command_line import run_command
from tracewright_ruff.embedding import EMBEDDED

# What runs once for a program, a request to the outside, or a person (`translate/emit_c/seldom.py`).
SELDOM: Final = (
    "capabilities", "command_line", "compiler", "compiler_*", "connections", "databases_*", "diagnostics", "disassembly", "http_*",
    "libraries_*", "module_files", "options", "parser", "parser_*", "regex_syntax", "repl", "reports", "sockets", "test_blocks", "test_fixtures",
    "builtins.archives", "builtins.argument_parser", "builtins.assertions", "builtins.async_files", "builtins.byte_files",
    "builtins.database*", "builtins.denied", "builtins.environment", "builtins.files", "builtins.http_*", "builtins.images",
    "builtins.key_value_store", "builtins.language_models", "builtins.library_state", "builtins.paths", "builtins.processes",
    "builtins.program", "builtins.registry", "builtins.site_pages", "builtins.sockets", "builtins.toml*", "builtins.web_tokens",
    "builtins.yaml*",
)  # fmt: skip


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
