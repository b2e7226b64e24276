"""Every program in `programs/` on every native tier, and the benchmarks in small sizes, with CPython as the model."""

import subprocess
import sys
from pathlib import Path

import pytest

from tracewright_testing.guest_programs import GuestProgram, check_program, load_programs
from tracewright_testing.small_benchmarks import SMALL_SIZES, small
from tracewright_testing.tiers import BRIDGES, FAILING, HOT, OFF, STRESSED, WARM, Tier, TierRunner

PROGRAMS = load_programs(Path(__file__).parent / "programs", "*.ruff")
BENCHMARKS = Path(__file__).parents[3] / "benchmarks" / "programs"
TIERS = (OFF, HOT, WARM, BRIDGES, FAILING, STRESSED)


@pytest.mark.parametrize("tier", TIERS, ids=lambda tier: tier.name)
@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.name)
def test_program(program: GuestProgram, tier: Tier, ruff_executable: Path) -> None:
    check_program(program, TierRunner(tier, ruff_executable))


@pytest.mark.parametrize("tier", TIERS, ids=lambda tier: tier.name)
@pytest.mark.parametrize("benchmark", sorted(SMALL_SIZES))
def test_small_benchmark(benchmark: str, tier: Tier, ruff_executable: Path) -> None:
    folder = BENCHMARKS / benchmark
    model = small((folder / f"{benchmark}.py").read_text(encoding="utf-8"), benchmark)
    expected = subprocess.run([sys.executable, "-c", model], capture_output=True, text=True, check=True, timeout=60)
    seen = TierRunner(tier, ruff_executable).run_text(small((folder / f"{benchmark}.ruff").read_text(), benchmark))
    assert (seen.output, seen.errors, seen.exit_code) == (expected.stdout, "", 0)


def test_every_benchmark_has_a_small_size() -> None:
    folders = {folder.name for folder in BENCHMARKS.iterdir() if (folder / f"{folder.name}.ruff").exists()}
    assert folders - {"hello"} == set(SMALL_SIZES)
