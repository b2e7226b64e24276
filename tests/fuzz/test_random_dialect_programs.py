"""Random dialect programs do the same hosted and native.

Each function is a program of its own; there are many in one executable, because compiling costs most.
`python -m tracewright_testing.dialect_fuzz` goes on and on.
"""

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tracewright.translate.survey import refusals
from tracewright_testing.dialect_fuzz import compare_program, differences, source_of
from tracewright_testing.dialect_generator import dialect_programs, random_dialect_program
from tracewright_testing.native_programs import module_from_text
from tracewright_testing.sanitizers import why_without

SANITIZERS = "address,undefined"
REASON = why_without(SANITIZERS)
# What is compared: the seed, how many functions, and how they are compiled.
SLICES = (
    pytest.param(11, 1000, "", False, id="first_thousand"),
    pytest.param(12, 1000, "", False, id="second_thousand"),
    pytest.param(14, 40, "", True, id="optimized"),
    pytest.param(15, 300, SANITIZERS, False, id="sanitized", marks=pytest.mark.skipif(REASON != "", reason=REASON)),
)


@pytest.mark.parametrize(("seed", "functions", "sanitizers", "optimized"), SLICES)
def test_hosted_and_native_agree(seed: int, functions: int, sanitizers: str, optimized: bool, tmp_path: Path) -> None:
    found = compare_program(random_dialect_program(seed, functions), tmp_path, seed, sanitizers, optimized)
    assert not found, "\n".join(map(str, found[:10]))


@pytest.mark.parametrize("name", ["f0", "Family0", "Money", "Strict", "try_one"])
def test_large_programs_have_all_groups(name: str) -> None:
    assert re.search(rf"^(def|class) {name}\b", random_dialect_program(11, 300), re.MULTILINE)


@settings(
    max_examples=4,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.large_base_example],
)
@given(dialect_programs(count=2))
def test_what_hypothesis_makes_is_in_the_dialect(tmp_path: Path, text: str) -> None:
    errors = refusals([module_from_text("made_by_hypothesis", text, tmp_path)])
    assert not errors, "\n".join(str(error) for error in errors)


def test_a_difference_names_its_function_once() -> None:
    text = "def f0(a: int) -> str:\n    return ''\n\n\ndef f1() -> str:\n    return 'x'\n\n\ndef main() -> int:\n    return 0\n"
    found = differences(text, "f0 0 a\nf1 0 b\nf1 1 c\n", "f0 0 a\nf1 0 x\nf1 1 y\n", 3)
    assert [(each.function, each.seed) for each in found] == [("f1", 3)]
    assert source_of(text, "f1") == "def f1() -> str:\n    return 'x'\n\n\n"
    assert [each.function for each in differences(text, "f0 0 a\n", "", 3)] == ["f0"]


def test_the_same_seed_makes_the_same_program() -> None:
    assert random_dialect_program(4, 3) == random_dialect_program(4, 3)
    assert random_dialect_program(4, 3) != random_dialect_program(5, 3)
