"""Guest programs of all languages on the other machine, under an emulator: they must say what they say here.

A bounded slice by default; TRACEWRIGHT_EMULATION=all in the environment runs every program on every tier:

    TRACEWRIGHT_EMULATION=all python -m pytest -n 2 tests/emulation
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tracewright.translate.emit_c.target import TARGETS, Target
from tracewright_testing.guest_programs import CommandRunner, GuestProgram, check_program, load_programs
from tracewright_testing.machine_places import why_not_remote
from tracewright_testing.native import built_once, shared_folder
from tracewright_testing.small_benchmarks import SMALL_SIZES, small
from tracewright_testing.tiers import BRIDGES, FAILING, HOT, OFF, STRESSED, WARM, Tier, TierRunner

ROOT = Path(__file__).parents[2]
EVERYTHING = os.environ.get("TRACEWRIGHT_EMULATION") == "all"
SLICE = 11  # of the pairs of program and tier, one in so many is in the slice
PATIENCE_SECONDS = 600.0
TIERS = (OFF, HOT, WARM, BRIDGES, FAILING, STRESSED)
COMMENTS = {"forth": "\\", "lox": "//", "moth": "--"}
OTHERS = [target for target in TARGETS.values() if not target.is_host]


def programs(language: str, comment: str) -> list[GuestProgram]:
    folder = ROOT / "tests" / "languages" / language / "programs"
    return load_programs(folder, f"*.{language}", comment)


def in_slice(number: int) -> bool:
    return EVERYTHING or number % SLICE == 0


RUFF = [(program, tier) for program in programs("ruff", "#") for tier in TIERS]
TEACHING = [
    (name, program, tier) for name in COMMENTS for program in programs(name, COMMENTS[name]) for tier in TIERS[:5]
]
SMALL = [(name, tier) for name in sorted(SMALL_SIZES) for tier in TIERS]


@pytest.fixture(scope="session", params=OTHERS, ids=lambda target: target.name)
def target(request: pytest.FixtureRequest) -> Target:
    """A machine that is not this one."""
    chosen: Target = request.param
    missing = why_not_remote(chosen)
    if missing is not None:
        pytest.skip(f"programs for {chosen.name} cannot be built and run here: {missing}")
    return chosen


def built(language: str, target: Target, factory: pytest.TempPathFactory) -> Path:
    return built_once(language, shared_folder(factory), f"{language}-{target.machine}", target.name)


def command(target: Target) -> list[str]:
    emulator = shutil.which(target.emulator[0])
    assert emulator is not None
    return [emulator, *target.emulator[1:]]


@pytest.mark.parametrize(
    ("program", "tier"),
    [pytest.param(*pair, id=f"{pair[0].name}-{pair[1].name}") for k, pair in enumerate(RUFF) if in_slice(k)],
)
def test_ruff(program: GuestProgram, tier: Tier, target: Target, tmp_path_factory: pytest.TempPathFactory) -> None:
    ruff = built("ruff", target, tmp_path_factory)
    check_program(program, TierRunner(tier, ruff, PATIENCE_SECONDS, command(target)))


@pytest.mark.parametrize(
    ("language", "program", "tier"),
    [
        pytest.param(*row, id=f"{row[0]}-{row[1].name}-{row[2].name}")
        for k, row in enumerate(TEACHING)
        if in_slice(k + 2)
    ],
)
def test_teaching_languages(
    language: str, program: GuestProgram, tier: Tier, target: Target, tmp_path_factory: pytest.TempPathFactory
) -> None:
    executable = built(language, target, tmp_path_factory)
    switches = ["--jit", tier.jit] if tier.jit else []
    check_program(
        program, CommandRunner(tier.name, [*command(target), str(executable), "run", *switches], PATIENCE_SECONDS)
    )


@pytest.mark.parametrize(
    ("benchmark", "tier"),
    [pytest.param(name, tier, id=f"{name}-{tier.name}") for k, (name, tier) in enumerate(SMALL) if in_slice(k)],
)
def test_small_benchmark(benchmark: str, tier: Tier, target: Target, tmp_path_factory: pytest.TempPathFactory) -> None:
    ruff = built("ruff", target, tmp_path_factory)
    folder = ROOT / "benchmarks" / "programs" / benchmark
    model = small((folder / f"{benchmark}.py").read_text(encoding="utf-8"), benchmark)
    expected = subprocess.run([sys.executable, "-c", model], capture_output=True, text=True, check=True, timeout=60)
    runner = TierRunner(tier, ruff, PATIENCE_SECONDS, command(target))
    seen = runner.run_text(small((folder / f"{benchmark}.ruff").read_text(), benchmark))
    assert (seen.output, seen.errors, seen.exit_code) == (expected.stdout, "", 0)
