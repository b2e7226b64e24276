"""The knobs: what their text form accepts, and what it says about anything else."""

import pytest

from tracewright.jit.tables import parameters as knobs
from tracewright.jit.tables.parameters import ROWS, Parameters


def test_defaults_lie_within_the_limits() -> None:
    for row in ROWS:
        assert row.minimum <= row.default <= row.maximum, row.name


def test_names_are_distinct() -> None:
    assert len({row.name for row in ROWS}) == len(ROWS)


def test_several_knobs_at_once() -> None:
    parameters = Parameters()
    assert parameters.set_from_text("threshold=7, bridge_threshold=3,cse=0") == ""
    assert parameters.get(knobs.THRESHOLD) == 7
    assert parameters.get(knobs.BRIDGE_THRESHOLD) == 3
    assert not parameters.options.cse


def test_a_name_alone_means_one() -> None:
    parameters = Parameters()
    assert parameters.set_from_text("off") == ""
    assert parameters.get(knobs.OFF) == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("treshold=7", "there is no JIT parameter 'treshold'"),
        ("threshold=seven", "needs a number, not 'seven'"),
        ("threshold=0", "must be between 1 and"),
        ("off=2", "must be between 0 and 1, not 2"),
    ],
)
def test_mistakes_are_explained(text: str, words: str) -> None:
    assert words in Parameters().set_from_text(text)
