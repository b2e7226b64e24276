"""Modules in machine code, and CPython's own, by the embedded CPython: the programs print what CPython itself prints, on every tier.

The engine has to be native: hosted, there is a CPython in the process already.
"""

import ctypes
import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tracewright_testing.python_programs import TIERS, result_of

FOLDER = Path(__file__).parent / "programs" / "with_cpython"
PROGRAMS = sorted(FOLDER.glob("*.py"))
LIBRARY = "libpython3.11.so.1.0"


def has_library() -> bool:
    """Whether the machine has what is to be embedded: the version that the tests run under, whose packages are used."""
    try:
        ctypes.CDLL(LIBRARY)
    except OSError:
        return False
    return sys.version_info[:2] == (3, 11)


needs_library = pytest.mark.skipif(not has_library(), reason=f"needs {LIBRARY} (Debian: libpython3.11) and Python 3.11")


@needs_library
@pytest.mark.parametrize("tier", TIERS)
@pytest.mark.parametrize("program", PROGRAMS, ids=lambda path: path.stem)
def test_both_sides(program: Path, tier: str, python_executable: Path) -> None:
    if program.stem.startswith("numpy") and importlib.util.find_spec("numpy") is None:
        pytest.skip("numpy is not installed")
    knobs, variables = TIERS[tier]
    places = {**variables, "VIRTUAL_ENV": sys.prefix}
    found = result_of([str(python_executable), "--jit", knobs], program, places)
    assert found == result_of([sys.executable], program, {})


@needs_library
def test_arrays_that_died_give_their_memory_back(python_executable: Path, tmp_path: Path) -> None:
    """A proxy is small and what it stands for may be large: its size drives collections."""
    program = tmp_path / "large.py"
    program.write_text(
        "import _cpython\n"
        "bytearray = _cpython.import_module('builtins').bytearray\n"
        "for k in range(2000):\n"
        "    kept = bytearray(4_000_000)\n"
        "print(len(kept))\n"
    )
    limit = 1 << 20  # KiB of address space; the heap reserves three eighths of it
    command = ["bash", "-c", f"ulimit -v {limit}; exec {python_executable} {program}"]
    finished = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert (finished.stdout, finished.returncode) == ("4000000\n", 0), finished.stderr


def test_without_the_library_the_package_is_named(python_executable: Path, tmp_path: Path) -> None:
    package = tmp_path / "packed"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "core.so").write_bytes(b"")
    program = tmp_path / "program.py"
    program.write_text("try:\n    import packed\nexcept ImportError as error:\n    print(error)\n")
    environment = {**os.environ, "LD_LIBRARY_PATH": str(tmp_path)}
    for version in ("3.9", "3.10", "3.11", "3.12", "3.13"):
        (tmp_path / f"libpython{version}.so.1.0").write_bytes(b"not a library")
    finished = subprocess.run(
        [python_executable, program], capture_output=True, text=True, timeout=60, check=False, env=environment
    )
    assert "cannot be opened; it is in the package libpython3.11" in finished.stdout, finished.stdout + finished.stderr
