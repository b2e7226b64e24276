"""Programs print, to the byte, what CPython 3.11 printed (`programs/*.expected`): hosted, native, and with every kind of trace."""

import os
import sys
from pathlib import Path

import pytest

from tracewright_testing.python_programs import TIERS, result_of

FOLDER = Path(__file__).parent / "programs"
PROGRAMS = sorted(FOLDER.glob("*.py"))
NATIVE_ONLY = (
    "csv_files",
    "decimal_numbers",
    "finalizers",
    "future_annotations",
    "hot",
    "identities_end",
    "json_texts",
    "library",
    "machine_code_substitutes",
    "weak_tables",
)  # they run long, import much of the library, or wait for a collection that CPython sees no garbage in


def expected(program: Path, update: bool) -> str:
    """What CPython does with the program; with `--update-golden` it is asked, which must be a 3.11."""
    kept = program.with_suffix(".expected")
    if update:
        assert sys.version_info[:2] == (3, 11), "what is expected is what CPython 3.11 prints"
        kept.write_text(result_of([sys.executable], program, {"PYTHONHASHSEED": "0"}))
    return kept.read_text()


@pytest.mark.parametrize("program", [p for p in PROGRAMS if p.stem not in NATIVE_ONLY], ids=lambda path: path.stem)
def test_hosted(program: Path, pytestconfig: pytest.Config) -> None:
    path = os.pathsep.join(os.path.abspath(part) for part in sys.path if part)
    command = [sys.executable, "-m", "tracewright_python.target"]
    wanted = expected(program, pytestconfig.getoption("--update-golden"))
    assert result_of(command, program, {"PYTHONPATH": path}) == wanted


@pytest.mark.parametrize("tier", TIERS)
@pytest.mark.parametrize("program", PROGRAMS, ids=lambda path: path.stem)
def test_native(program: Path, tier: str, python_executable: Path, pytestconfig: pytest.Config) -> None:
    knobs, variables = TIERS[tier]
    wanted = expected(program, pytestconfig.getoption("--update-golden"))
    assert result_of([str(python_executable), "--jit", knobs], program, variables) == wanted
