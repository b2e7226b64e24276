"""A whole language, built with the C compiler's sanitizers, under GC stress: every access to memory is watched.

The smallest language without the JIT, for such a build takes long; and the large ones where such builds are given by the environment, a few programs on
every tier. `tracewright_testing.gc_stress` says how to build one and run all programs.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tracewright_testing.gc_stress import TIERS, differences, programs
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


GIVEN = {
    language: os.environ.get(variable, "")
    for language, variable in {
        "ruff": "TRACEWRIGHT_SANITIZED_RUFF",
        "javascript": "TRACEWRIGHT_SANITIZED_JS",
        "python": "TRACEWRIGHT_SANITIZED_PYTHON",
    }.items()
}
CHOSEN = {
    "ruff": ("closures_copy", "generators"),
    "javascript": ("closures", "generators", "classes"),
    "python": ("classes", "constructors"),
}


@pytest.mark.parametrize("tier", TIERS)
@pytest.mark.parametrize("language", GIVEN)
def test_a_large_language_is_watched_where_it_is_given(language: str, tier: str) -> None:
    if GIVEN[language] == "":
        pytest.skip("no sanitized build in TRACEWRIGHT_SANITIZED_RUFF, _JS, _PYTHON")
    chosen = [path for path in programs(language) if path.stem in CHOSEN[language]]
    found = differences(Path(GIVEN[language]).resolve(), language, chosen, [tier], (31, 997), 60.0)
    assert [str(each) for each in found] == []
