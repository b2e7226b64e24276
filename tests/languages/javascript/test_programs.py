"""Programs that run: what they print is what node printed (`programs/*.expected`), hosted, native, and with every kind of trace."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent
PROGRAMS = sorted([*(FOLDER / "programs").glob("*.js"), *(FOLDER / "programs").glob("*.mjs")])
NATIVE_ONLY = ("hot", "recursion")  # they run long, or use the whole stack
SCRIPTS = ("evaluation",)  # their names are globals: in node, `vm.runInThisContext`
JIT = {
    "off": "off",
    "default": "threshold=1000",
    "hot": "threshold=1,function_threshold=1,short_function=0",
    "bridges": "threshold=2,function_threshold=3,bridge_threshold=1,both_ways=1",
    "failing": "threshold=1,function_threshold=1,short_function=0,bridge_threshold=1,fail_every=5",
}


def output_of(command: list[str], program: Path) -> str:
    kind = ["--script"] if program.stem in SCRIPTS else []
    finished = subprocess.run(
        [*command, *kind, str(program)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, "TZ": "UTC", "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
    )
    return finished.stdout + finished.stderr


@pytest.mark.parametrize("program", [p for p in PROGRAMS if p.stem not in NATIVE_ONLY], ids=lambda path: path.stem)
def test_hosted(program: Path) -> None:
    command = [sys.executable, "-m", "tracewright_javascript.target"]
    assert output_of(command, program) == program.with_suffix(".expected").read_text()


@pytest.mark.parametrize("knobs", JIT.values(), ids=JIT)
@pytest.mark.parametrize("program", PROGRAMS, ids=lambda path: path.stem)
def test_native(program: Path, knobs: str, js_executable: Path) -> None:
    assert output_of([str(js_executable), "--jit", knobs], program) == program.with_suffix(".expected").read_text()
