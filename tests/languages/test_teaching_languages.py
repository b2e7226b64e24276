"""The three teaching languages: their programs on every way to run them, and their examples, which the JIT must make fast."""

import resource
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

import tracewright_forth.target
import tracewright_lox.target
import tracewright_moth.target
from tracewright_testing.guest_programs import (
    CommandRunner,
    GuestProgram,
    HostedRunner,
    check_program,
    load_programs,
)
from tracewright_testing.native import built_once, shared_folder

ROOT = Path(__file__).parents[2]
JIT: Final = {
    "off": "off",
    "hot": "threshold=1,function_threshold=1,short_function=0",
    "bridges": "threshold=2,function_threshold=3,bridge_threshold=1,both_ways=1",
    "failing": "threshold=1,function_threshold=1,short_function=0,bridge_threshold=1,fail_every=5",
}
LEAST_SPEEDUP = 5  # measured on a quiet machine: see languages/README.md; this leaves room for a busy one


@dataclass(frozen=True)
class Teaching:
    name: str
    comment: str
    main: Callable[[], int]

    def programs(self) -> list[GuestProgram]:
        return load_programs(Path(__file__).parent / self.name / "programs", f"*.{self.name}", self.comment)

    def examples(self) -> list[GuestProgram]:
        folder = ROOT / "languages" / f"tracewright_{self.name}" / "examples"
        return load_programs(folder, f"*.{self.name}", self.comment)


LANGUAGES = [
    Teaching("forth", "\\", tracewright_forth.target.main),
    Teaching("lox", "//", tracewright_lox.target.main),
    Teaching("moth", "--", tracewright_moth.target.main),
]
PROGRAMS = [
    pytest.param(language, program, id=f"{language.name}-{program.name}")
    for language in LANGUAGES
    for program in language.programs()
]
EXAMPLES = [
    pytest.param(language, program, id=f"{language.name}-{program.name}")
    for language in LANGUAGES
    for program in language.examples()
]


@pytest.mark.parametrize(("language", "program"), PROGRAMS)
def test_hosted(language: Teaching, program: GuestProgram) -> None:
    check_program(program, HostedRunner("hosted", language.main, ["run"]))


@pytest.mark.parametrize("mode", JIT)
@pytest.mark.parametrize(("language", "program"), PROGRAMS)
def test_native(language: Teaching, program: GuestProgram, mode: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    executable = built_once(language.name, shared_folder(tmp_path_factory))
    check_program(program, CommandRunner(mode, [str(executable), "run", "--jit", JIT[mode]]))


def seconds(command: list[str]) -> float:
    """Processor time of a run that succeeds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before


@pytest.mark.parametrize(("language", "example"), EXAMPLES)
def test_the_jit_makes_examples_fast(
    language: Teaching, example: GuestProgram, tmp_path_factory: pytest.TempPathFactory
) -> None:
    executable = str(built_once(language.name, shared_folder(tmp_path_factory)))
    check_program(example, CommandRunner("default", [executable, "run"]))
    interpreted = seconds([executable, "run", "--jit", "off", str(example.path)])
    compiled = min(seconds([executable, "run", str(example.path)]) for _ in range(3))
    assert interpreted / max(compiled, 0.001) > LEAST_SPEEDUP
