"""Programs that draw numbers and branch on them do the same with the JIT as without, and the same in all three languages.

A small slice; `python -m tracewright_testing.fuzz --language python_walks --executable PATH --tiers off,turns,branches` goes on and on.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tracewright_testing.fuzz import WALKS, FuzzedLanguage, compare, shrink_failure
from tracewright_testing.tiers import BRANCHES, BRIDGES, FAILING, OFF, TURNS

SEEDS = range(300, 316)


@pytest.fixture(name="executables")
def _executables(ruff_executable: Path, js_executable: Path, python_executable: Path) -> list[Path]:
    return [ruff_executable, js_executable, python_executable]


@pytest.mark.parametrize("seed", SEEDS)
def test_walks(seed: int, executables: list[Path]) -> None:
    for language, executable in zip(WALKS, executables, strict=True):
        runners = [language.runner(tier, executable) for tier in (OFF, TURNS, BRANCHES, BRIDGES, FAILING)]
        failure = compare(language.program(seed), runners, language)
        if failure is not None:
            smaller = shrink_failure(failure, executable, 20.0, language)
            pytest.fail(f"{smaller}\n{smaller.program}", pytrace=False)


def test_the_languages_walk_alike(executables: list[Path]) -> None:
    """A generator that means something else in one language would find less there."""

    def numbers(language: FuzzedLanguage, executable: Path) -> list[str]:
        """What it prints, whatever is between them."""
        return re.findall(r"\d+", language.runner(OFF, executable).run_text(language.program(SEEDS[0])).output)

    told = [numbers(language, executable) for language, executable in zip(WALKS, executables, strict=True)]
    assert told[0] == told[1] == told[2] and len(told[0]) > 20
