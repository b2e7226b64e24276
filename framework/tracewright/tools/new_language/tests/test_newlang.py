"""Every program in `programs/` prints what its `# expect:` lines say: under CPython, and natively with the JIT off and eager."""

import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
PROGRAMS = sorted((Path(__file__).parent / "programs").glob("*.newlang"))
MODES = {
    "jit-off": ["--jit", "off"],
    "jit-eager": ["--jit", "threshold=1,function_threshold=1"],
    "jit-bridges": ["--jit", "threshold=2,function_threshold=2,bridge_threshold=1"],
}


def expected(program: Path) -> str:
    lines = program.read_text().splitlines()
    return "".join(line.removeprefix("# expect: ") + "\n" for line in lines if line.startswith("# expect: "))


def output(command: list[str], program: Path) -> str:
    """Run it in the project's folder, where Python finds the package; errors name the file without its folder."""
    command = [*command, str(program)]
    finished = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, cwd=PROJECT)
    return finished.stdout + finished.stderr.replace(str(program), program.name)


@pytest.fixture(scope="session")
def executable(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = str(tmp_path_factory.mktemp("build") / "newlang")
    subprocess.run([sys.executable, "-m", "tracewright", "build", ".", "-o", path], check=True, cwd=PROJECT)
    return path


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.stem)
def test_hosted(program: Path) -> None:
    assert expected(program) != ""
    assert output([sys.executable, "-m", "newlang.target", "run"], program) == expected(program)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.stem)
def test_native(program: Path, mode: str, executable: str) -> None:
    assert output([executable, "run", *MODES[mode]], program) == expected(program)
