"""What a Ruff program prints, and what the JIT says of the run (`--stats`)."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path


def run(ruff: Path, path: Path, text: str, *words: str) -> tuple[str, str]:
    """Write the program and run it with these further words; gives its output and the statistics."""
    path.write_text(text)
    command = [str(ruff), "run", "--stats", *words, str(path)]
    finished = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    return finished.stdout, finished.stderr


def count(statistics: str, name: str) -> int:
    """The number in the row of that name."""
    found = re.search(rf"^{name} +(\d+)$", statistics, re.MULTILINE)
    assert found is not None
    return int(found.group(1))
