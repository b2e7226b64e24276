"""Guest Python programs, run to one text: output, errors and exit code; the tiers that all of them run on."""

import os
import subprocess
import sysconfig
from pathlib import Path
from typing import Final

LIBRARY: Final = sysconfig.get_paths()["stdlib"]  # whose source programs may import
TIERS: Final = {
    "off": ("off", {}),
    "default": ("threshold=1000", {}),
    "hot": ("threshold=1,function_threshold=1,short_function=0", {}),
    "bridges": ("threshold=2,function_threshold=3,bridge_threshold=1,both_ways=1", {}),
    "failing": ("threshold=1,function_threshold=1,short_function=0,bridge_threshold=1,fail_every=5", {}),
    "stressed": ("threshold=2,function_threshold=2,bridge_threshold=1", {"TRACEWRIGHT_GC_STRESS": "50"}),
}


def result_of(command: list[str], program: Path, variables: dict[str, str]) -> str:
    """Output, errors and exit code as one text."""
    finished = subprocess.run(
        [*command, program.name],
        cwd=program.parent,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={"TRACEWRIGHT_PYTHON_STDLIB": LIBRARY, **os.environ, **variables},
    )
    text = f"{finished.stdout}{finished.stderr}exit code {finished.returncode}\n"
    return text.replace(f"{program.parent}{os.sep}", "")
