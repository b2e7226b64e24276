"""Random JavaScript and Python programs do the same on every tier as under another implementation, where there is one.

This is a small slice; `python -m tracewright_testing.fuzz --language javascript --executable PATH --tiers peer,off,hot` goes on and on.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tracewright_testing.fuzz import JAVASCRIPT, PYTHON, FuzzedLanguage, compare, shrink_failure
from tracewright_testing.random_javascript import random_javascript_program
from tracewright_testing.random_python import random_python_program
from tracewright_testing.shrinking import shrink
from tracewright_testing.tiers import NATIVE_TIERS, STRESSED, varied_tier

FIRST_SEED = 5000
BATCHES = 4
BATCH = 5


def check(language: FuzzedLanguage, executable: Path, has_peer: bool, batch: int) -> None:
    """A batch of programs on all tiers; the other implementation is the model where it is there."""
    peers = [language.peer_tier()] if has_peer else []
    for seed in range(FIRST_SEED + batch * BATCH, FIRST_SEED + (batch + 1) * BATCH):
        tiers = [*peers, *NATIVE_TIERS, varied_tier(seed)]
        failure = compare(language.program(seed), [language.runner(tier, executable) for tier in tiers], language)
        if failure is not None:
            smaller = shrink_failure(failure, executable, 20.0, language)
            pytest.fail(f"{smaller}\n{smaller.program}", pytrace=False)


@pytest.mark.parametrize("batch", range(BATCHES))
def test_javascript(batch: int, js_executable: Path) -> None:
    check(JAVASCRIPT, js_executable, shutil.which("node") is not None, batch)


@pytest.mark.parametrize("batch", range(BATCHES))
def test_python(batch: int, python_executable: Path) -> None:
    check(PYTHON, python_executable, sys.version_info[:2] == (3, 11) and shutil.which("python3") is not None, batch)


@pytest.mark.parametrize("seed", range(FIRST_SEED, FIRST_SEED + 2))
def test_collecting_often_changes_nothing(seed: int, js_executable: Path, python_executable: Path) -> None:
    for language, executable in ((JAVASCRIPT, js_executable), (PYTHON, python_executable)):
        runners = [language.runner(tier, executable) for tier in (NATIVE_TIERS[0], STRESSED)]
        failure = compare(language.program(seed), runners, language)
        assert failure is None, f"{failure}\n{failure.program}"


# --- the generators themselves -----------------------------------------------------------------------------------------
def test_a_seed_always_gives_the_same_program() -> None:
    for program in (random_javascript_program, random_python_program):
        assert program(7) == program(7)
        assert len({program(seed) for seed in range(20)}) == 20


def test_random_python_programs_are_python_and_most_get_somewhere() -> None:
    """A generator whose programs fail at once would find nothing."""
    ended = printed = 0
    for seed in range(12):
        command = [sys.executable, "-c", random_python_program(seed)]
        output = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout
        ended += "end " in output
        printed += output.count("section ")
    assert ended == 12
    assert printed >= 24


def test_shrinking_knows_blocks_without_braces() -> None:
    text = "a = 1\ntry:\n    b = 2\n    if a:\n        print(b)\n    else:\n        c = 3\nexcept ValueError:\n    d = 4\ne = 5\n"
    assert shrink(text, lambda smaller: "print(b)" in smaller) == "print(b)\n"
