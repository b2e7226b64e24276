"""Random Ruff programs do the same on every tier, and what once failed stays mended.

This is a small slice; `python -m tracewright_testing.fuzz --executable PATH` goes on and on.
"""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tracewright_testing.fuzz import RUFF, Failure, compare, shrink_failure
from tracewright_testing.guest_programs import GuestProgram, check_program, load_programs
from tracewright_testing.ruff_generator import programs, random_program
from tracewright_testing.shrinking import shrink
from tracewright_testing.tiers import (
    HOSTED,
    HOT,
    NATIVE_TIERS,
    OFF,
    STRESSED,
    TIMED_OUT,
    Tier,
    TierRunner,
    varied_tier,
)

FAILURES = load_programs(Path(__file__).parent / "failures", "*.ruff")
FIRST_SEED = 1000
BATCHES = 8
BATCH = 5
HOSTED_BUDGET = 4_000  # statements; hosted is some hundred times slower


def check(failure: Failure | None, ruff: Path | None) -> None:
    """Fail with a program small enough to read."""
    if failure is not None:
        smaller = shrink_failure(failure, ruff, seconds=20.0)
        pytest.fail(f"{smaller}\n{smaller.program}", pytrace=False)


@pytest.mark.parametrize("batch", range(BATCHES))
def test_native_tiers_agree(batch: int, ruff_executable: Path) -> None:
    runners = [TierRunner(tier, ruff_executable) for tier in NATIVE_TIERS]
    for seed in range(FIRST_SEED + batch * BATCH, FIRST_SEED + (batch + 1) * BATCH):
        varied = TierRunner(varied_tier(seed), ruff_executable)
        check(compare(random_program(seed), [*runners, varied]), ruff_executable)


@pytest.mark.parametrize("seed", range(FIRST_SEED, FIRST_SEED + 5))
def test_hosted_and_native_agree(seed: int, ruff_executable: Path) -> None:
    runners = [TierRunner(HOSTED), TierRunner(OFF, ruff_executable), TierRunner(HOT, ruff_executable)]
    check(compare(random_program(seed, HOSTED_BUDGET), runners), ruff_executable)


@pytest.mark.parametrize("seed", range(FIRST_SEED, FIRST_SEED + 4))
def test_collecting_often_changes_nothing(seed: int, ruff_executable: Path) -> None:
    runners = [TierRunner(tier, ruff_executable) for tier in (OFF, STRESSED)]
    check(compare(random_program(seed, HOSTED_BUDGET), runners), ruff_executable)


@settings(
    max_examples=3, deadline=None, derandomize=True, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)
@given(programs(HOSTED_BUDGET))
def test_hosted_runs_end_as_programs_should(program: str) -> None:
    outcome = TierRunner(HOSTED).run_text(program)
    assert not RUFF.is_broken(outcome), f"{outcome.errors}\n{program}"


@pytest.mark.parametrize("tier", NATIVE_TIERS, ids=lambda tier: tier.name)
@pytest.mark.parametrize("program", FAILURES, ids=lambda program: program.name)
def test_what_once_failed_stays_mended(program: GuestProgram, tier: Tier, ruff_executable: Path) -> None:
    check_program(program, TierRunner(tier, ruff_executable))


# --- the tools themselves --------------------------------------------------------------------------------------------
def test_a_seed_always_gives_the_same_program() -> None:
    assert random_program(7) == random_program(7)
    assert len({random_program(seed) for seed in range(30)}) == 30


def test_most_random_programs_get_somewhere() -> None:
    """A generator whose programs fail at once would find nothing."""
    outcomes = [TierRunner(HOSTED).run_text(random_program(seed, 1_500)) for seed in range(4)]
    assert TIMED_OUT not in outcomes
    assert sum("section" in outcome.output for outcome in outcomes) >= 2


def test_shrinking_keeps_what_matters() -> None:
    text = "a := 1;\nwhile a < 100 { a := a + 1;\n    if a > 5 {\n        b := 2;\n        print(a);\n    } else {\n        c := 3;\n    }\n}\nd := 4;\n"
    assert shrink(text, lambda smaller: "print(a)" in smaller) == "print(a);\n"
    assert shrink(text, lambda smaller: "while" in smaller and "c := 3" in smaller).count("\n") <= 3


def test_a_difference_is_found_and_shrunk(tmp_path: Path) -> None:
    """With an "executable" that goes wrong, unless the JIT is off, at programs that say bad."""
    ruff = tmp_path / "ruff"
    ruff.write_text('#!/bin/sh\nif [ "$3" = off ]; then echo 0; else grep -c bad "$4"; fi; exit 0\n')
    ruff.chmod(0o755)
    runners = [TierRunner(OFF, ruff), TierRunner(HOT, ruff)]
    assert compare("x := 1;\n", runners) is None
    failure = compare("x := 1;\nif x == 1 {\n    y := 2;\n    print(bad);\n}\n", runners)
    assert failure is not None and failure.seen_on == HOT and "line 1 of output" in str(failure)
    assert shrink_failure(failure, ruff, seconds=20.0).program == "bad;\n"


def test_a_crash_is_a_failure_even_where_all_tiers_crash(tmp_path: Path) -> None:
    ruff = tmp_path / "ruff"
    ruff.write_text("#!/bin/sh\nkill -SEGV $$\n")
    ruff.chmod(0o755)
    failure = compare("x := 1;\n", [TierRunner(OFF, ruff)])
    assert failure is not None and failure.seen.exit_code < 0
