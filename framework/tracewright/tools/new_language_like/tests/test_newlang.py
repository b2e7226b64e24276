"""Every program in `programs/` prints what its `expect:` lines say: under CPython (if it is short) and natively, with the JIT and without."""

import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
PROGRAMS = sorted((Path(__file__).parent / "programs").glob("*.newlang"))
SHORT = [program for program in PROGRAMS if program.stem == "hello"]
KNOBS = {"jit": "threshold=1000", "jit-off": "off", "jit-eager": "threshold=1,function_threshold=1,bridge_threshold=10"}


def expected(program: Path) -> str:
    """What stands behind `expect: ` in the comments, a line each."""
    parts = [line.partition(" expect: ") for line in program.read_text().splitlines()]
    return "".join(text + "\n" for before, mark, text in parts if mark)


def printed(command: list[str], program: Path) -> str:
    finished = subprocess.run(
        [*command, str(program)], capture_output=True, text=True, timeout=600, check=False, cwd=PROJECT
    )
    return finished.stdout + finished.stderr


@pytest.fixture(scope="session")
def executable(tmp_path_factory: pytest.TempPathFactory) -> str:
    output = tmp_path_factory.mktemp("native") / "newlang"
    subprocess.run([sys.executable, "-m", "tracewright", "build", PROJECT, "-o", output], check=True, cwd=PROJECT)
    return str(output)


@pytest.mark.parametrize("knobs", KNOBS)
@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.stem)
def test_natively(program: Path, knobs: str, executable: str) -> None:
    assert expected(program) != ""
    assert printed([executable, "run", "--jit", KNOBS[knobs]], program) == expected(program)


@pytest.mark.parametrize("program", SHORT, ids=lambda program: program.stem)
def test_hosted(program: Path) -> None:
    assert printed([sys.executable, "-m", "newlang.target", "run"], program) == expected(program)
