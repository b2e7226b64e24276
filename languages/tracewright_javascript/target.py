"""JavaScript's entry point: handed to the translator, and `python -m tracewright_javascript.target` when hosted."""

from typing import Final

from tracewright.core.system import leave
from tracewright_javascript.command_line import run_javascript

EXTENSIONS: Final = (".js", ".mjs", ".cjs")


def main() -> int:
    """The `js` command."""
    return run_javascript()


if __name__ == "__main__":
    import sys

    sys.setrecursionlimit(60_000)  # the parser nests deeper than CPython's default allows
    leave(main())
