"""Every program in `programs/` prints what its `# expect:` lines say: under CPython, natively, and with an eager JIT."""

import subprocess
import sys
from pathlib import Path

import pytest

import tracewright
from tracewright.embed import EmbeddedLanguage, GuestError, Plain

PROJECT = Path(__file__).parents[1]
PROGRAMS = sorted((Path(__file__).parent / "programs").glob("*.newlang"))
KNOBS = {
    "jit-off": "off=1",
    "jit-eager": "off=0,threshold=1,function_threshold=1,bridge_threshold=100",
    "jit-bridges": "off=0,threshold=2,function_threshold=2,bridge_threshold=1",
}


def expected(program: Path) -> str:
    lines = program.read_text().splitlines()
    return "".join(line.removeprefix("# expect: ") + "\n" for line in lines if line.startswith("# expect: "))


# --- as a command ----------------------------------------------------------------------------------------------------
@pytest.fixture(scope="session")
def commands(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """The two ways to run a program, in the project's folder, where Python finds the package."""
    executable = tmp_path_factory.mktemp("native") / "newlang"
    subprocess.run([sys.executable, "-m", "tracewright", "build", PROJECT, "-o", executable], check=True, cwd=PROJECT)
    return {"hosted": [sys.executable, "-m", "newlang.target", "run"], "native": [str(executable), "run"]}


@pytest.mark.parametrize("way", ["hosted", "native"])
@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.stem)
def test_command(program: Path, way: str, commands: dict[str, list[str]]) -> None:
    finished = subprocess.run(
        [*commands[way], program], capture_output=True, text=True, timeout=600, check=False, cwd=PROJECT
    )
    assert expected(program) != ""
    assert finished.stdout + finished.stderr.replace(str(program), program.name) == expected(program)


# --- inside this process: what else there is to say about a program needs no file of its own -------------------------
@pytest.fixture(scope="session")
def loaded() -> EmbeddedLanguage:
    """A process has room for one language, so all tests share it."""
    return tracewright.load(PROJECT, time_limit=60.0, memory_limit=256 << 20)


@pytest.fixture
def newlang(loaded: EmbeddedLanguage) -> EmbeddedLanguage:
    loaded.reset()
    return loaded


@pytest.mark.parametrize("knobs", KNOBS)
@pytest.mark.parametrize(
    "program", [each for each in PROGRAMS if each.stem != "errors"], ids=lambda program: program.stem
)
def test_jit(program: Path, knobs: str, newlang: EmbeddedLanguage) -> None:
    newlang.configure(KNOBS[knobs])
    result = newlang.run(program.read_text())
    assert (result.stdout, result.stderr, result.exit_code) == (expected(program), "", 0)


MISTAKES = {
    "print 1 + nil": "1:9: these operands do not go together",
    "print\nprint 1": "2:1: an expression cannot begin with 'print'",
    "print 1 $ 2": "1:9: '$' means nothing here",
    "print 1 / 0": "1:9: division by zero",
    "nothing()": "1:1: 'nothing' is not defined",
}


@pytest.mark.parametrize("source", MISTAKES)
def test_mistakes(source: str, newlang: EmbeddedLanguage) -> None:
    result = newlang.run(source)
    assert (result.stderr, result.exit_code) == (f"<embedded>:{MISTAKES[source]}\n", 1)


@pytest.mark.parametrize(("argument", "result"), [(21, 42), (0.5, 1.0), ("ab", "abab")])
def test_functions_are_called(argument: Plain, result: Plain, newlang: EmbeddedLanguage) -> None:
    newlang.run("fun double(x) { return x + x }")
    assert newlang.call("double", argument) == result
    with pytest.raises(GuestError, match="double takes 1 arguments"):
        newlang.call("double", argument, argument)


def test_globals_stay_until_a_reset(newlang: EmbeddedLanguage) -> None:
    newlang.run("fun double(x) { return x + x } let a = 21")
    assert newlang.run("print double(a)").stdout == "42\n"
    newlang.reset()
    assert newlang.run("print a").exit_code == 1


def test_a_hot_loop_becomes_machine_code(newlang: EmbeddedLanguage) -> None:
    newlang.configure("off=0,threshold=50")
    before = newlang.statistics()["loops"]
    newlang.run("let i = 0 while i < 1000 { i = i + 1 }")
    assert newlang.statistics()["loops"] == before + 1
