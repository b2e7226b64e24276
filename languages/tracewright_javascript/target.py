"""JavaScript's entry point: handed to the translator, and `python -m tracewright_javascript.target` when hosted."""

from typing import Final

from tracewright.core.system import leave
from tracewright_javascript.command_line import run_javascript

EXTENSIONS: Final = (".js", ".mjs", ".cjs")
# What runs once for a program, a request to the outside, or a person (`translate/emit_c/seldom.py`).
SELDOM: Final = (
    "bytecode_file", "command_line", "diagnostics", "messages", "module_evaluation", "module_loading", "programs", "prompt", "uncaught", "zones",
    "builtins.call_sites", "builtins.host_hooks",
    "host.compiled", "host.compression", "host.descriptors", "host.file*", "host.imports", "host.library", "host.processes", "host.running",
    "host.zones",
)  # fmt: skip


def main() -> int:
    """The `js` command."""
    return run_javascript()


if __name__ == "__main__":
    import sys

    sys.setrecursionlimit(60_000)  # the parser nests deeper than CPython's default allows
    leave(main())
