"""Compares the Python parser with CPython's on whole folders: `python -m tracewright_testing.python_parser_tests [FILE|FOLDER ...]`.

Without arguments it reads the standard library of the Python that runs it.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from tracewright_testing.python_oracle import library_files, tree_difference


def main() -> int:
    """The command; its exit code is 0 if all trees are the same."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="*", type=Path)
    arguments = parser.parse_args()
    files: list[Path] = []
    for path in arguments.paths:
        files.extend(sorted(path.rglob("*.py")) if path.is_dir() else [path])
    different = 0
    files = files or library_files()
    for path in files:
        difference = tree_difference(path.read_bytes(), str(path))
        if difference:
            different += 1
            print(difference)
    print(f"{len(files)} files, {different} different")
    return 1 if different else 0


if __name__ == "__main__":
    raise SystemExit(main())
