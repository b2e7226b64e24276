"""A whole language, built with the C compiler's sanitizers, under GC stress: every access to memory is watched.

The smallest language without the JIT, for such a build takes long; `tracewright_testing.gc_stress` says how to do it with any.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tracewright_testing.guest_programs import CommandRunner, GuestProgram, check_program, load_programs
from tracewright_testing.native import build_language
from tracewright_testing.sanitizers import why_without
from tracewright_testing.tiers import STRESS_VARIABLE

SANITIZERS = "address,undefined"
REASON = why_without(SANITIZERS)
pytestmark = pytest.mark.skipif(REASON != "", reason=REASON)
ROOT = Path(__file__).parents[2]
PROGRAMS = [
    *load_programs(ROOT / "tests" / "languages" / "lox" / "programs", "*.lox", "//"),
    *load_programs(ROOT / "languages" / "tracewright_lox" / "examples", "triples.lox", "//"),
]


@pytest.fixture(scope="module")
def sanitized(tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("sanitized") / "lox"
    assert build_language("lox", output, more=["--no-jit", "--sanitize", SANITIZERS]) == ""
    return output


@pytest.mark.parametrize("program", [pytest.param(program, id=program.name) for program in PROGRAMS])
def test_a_watched_program_does_what_it_always_does(sanitized: Path, program: GuestProgram) -> None:
    for every in (1, 31):
        check_program(program, CommandRunner("sanitized", ["env", f"{STRESS_VARIABLE}={every}", str(sanitized)]))
