"""Every program in `programs/`, on every way there is to run it.

A translated executable is named by the environment variable RUFF_EXECUTABLE; it then runs each program cold, with an
eager JIT, and with the JIT off.
"""

import os
from pathlib import Path

import pytest

from tracewright_ruff.target import main
from tracewright_testing.guest_programs import (
    CommandRunner,
    GuestProgram,
    HostedRunner,
    Runner,
    check_program,
    load_programs,
)

PROGRAMS = load_programs(Path(__file__).parent / "programs", "*.ruff")
JIT_FLAGS = {"off": "off=1", "eager": "threshold=2,function_threshold=2"}


def runners() -> list[Runner]:
    found: list[Runner] = [HostedRunner("hosted", main, ["run"])]
    executable = os.environ.get("RUFF_EXECUTABLE")
    if executable is not None:
        found.append(CommandRunner("native", [executable, "run"]))
        found.extend(
            CommandRunner(f"native-{name}", [executable, "run", "--jit", flags]) for name, flags in JIT_FLAGS.items()
        )
    return found


@pytest.mark.parametrize("runner", runners(), ids=lambda runner: runner.name)
@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.name)
def test_program(program: GuestProgram, runner: Runner) -> None:
    check_program(program, runner)
