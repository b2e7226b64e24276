"""Packages that people use, installed by pip, doing their main job under this engine and under CPython.

    pip install --target FOLDER attrs jinja2 markdown lark mako pyparsing
    python -m tracewright_testing.python_packages EXECUTABLE FOLDER

The programs are `tests/languages/python/programs/packages/use_*.py`; each must print the same under both.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

PROGRAMS = Path(__file__).parents[2] / "languages/python/programs/packages"


def output_of(command: list[str], folder: Path) -> str:
    """Output, errors and exit code."""
    finished = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env={**os.environ, "PYTHONPATH": str(folder), "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"},
    )
    return f"{finished.stdout}{finished.stderr}exit code {finished.returncode}\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("executable", type=Path)
    parser.add_argument("folder", type=Path)
    arguments = parser.parse_args()
    different = 0
    for program in sorted(PROGRAMS.glob("use_*.py")):
        name = program.stem.removeprefix("use_")
        wanted = output_of([sys.executable, str(program)], arguments.folder)
        found = output_of([str(arguments.executable.resolve()), str(program)], arguments.folder)
        different += wanted != found
        print(f"{name:12} {'the same' if wanted == found else 'different'}")
        if wanted != found:
            print(f"--- CPython\n{wanted}--- here\n{found}")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
