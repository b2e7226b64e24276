"""The benchmark programs in JavaScript: complete, and right on every tier."""

import subprocess
from pathlib import Path

import harness
import javascript
import pytest
from harness import Implementation
from larger import Times

from tracewright_testing.native import built_once, shared_folder
from tracewright_testing.tiers import BRIDGES, FAILING, OFF, Tier

AS_SHIPPED = Tier("as shipped")
PROGRAMS = {program.name: program for program in javascript.all_programs()}
OWN = [name for name, program in PROGRAMS.items() if program.group == "own"]
KERNELS = [name for name, program in PROGRAMS.items() if program.group == "kernels"]


@pytest.fixture(scope="session")
def js_executable(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Path of the native `js`; skips where it cannot be built."""
    return built_once("javascript", shared_folder(tmp_path_factory))


def test_every_kernel_has_a_javascript_form() -> None:
    kernels = {path.name for path in harness.PROGRAMS.iterdir() if (path / "expected.txt").exists()}
    assert kernels - {harness.STARTUP} == set(KERNELS)


@pytest.mark.parametrize("tier", [OFF, AS_SHIPPED, BRIDGES, FAILING], ids=lambda tier: tier.name)
@pytest.mark.parametrize("name", OWN)
def test_own_programs_are_right_on_every_tier(name: str, tier: Tier, js_executable: Path, tmp_path: Path) -> None:
    answers(name, tier, js_executable, tmp_path, 2 if tier is AS_SHIPPED else 1)


@pytest.mark.parametrize("name", KERNELS)
def test_kernels_are_right_as_shipped(name: str, js_executable: Path, tmp_path: Path) -> None:
    answers(name, AS_SHIPPED, js_executable, tmp_path, 1)


def answers(name: str, tier: Tier, js_executable: Path, folder: Path, rounds: int) -> None:
    """Run a program and compare each round's answer."""
    program = PROGRAMS[name]
    implementation = Implementation("js", "js", tuple(tier.command(js_executable)))
    command = javascript.prepare(program, implementation, folder, rounds)
    finished = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert finished.stderr == ""
    assert [line.split(maxsplit=2)[2] for line in finished.stdout.splitlines()] == [program.expected] * rounds


def test_the_table_compares_each_group() -> None:
    program = PROGRAMS[OWN[0]]
    times = {
        (program.name, "js"): Times(30.0, 1.0),
        (program.name, "node"): Times(60.0, 2.0),
    }
    table = javascript.table(times, [program], ["js", "node"])
    assert "own: js / node: first 0.50, best 0.50, worst best 0.50 (1)" in table
