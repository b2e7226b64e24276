"""Containers are shared and changed in place, and no program can tell."""

import pytest

from tracewright_testing.ruff_session import run_source
from tracewright_testing.ruff_sharing import SharingPrograms, copying_always


@pytest.mark.parametrize("seed", range(40))
def test_sharing_cannot_be_seen(seed: int) -> None:
    source = SharingPrograms(seed).program()
    shared = run_source(source)
    with copying_always():
        copied = run_source(source)
    assert shared == copied
    assert len(shared.printed) > 0


def test_the_oracle_notices_a_missing_mark(monkeypatch: pytest.MonkeyPatch) -> None:
    """`share` without its effect must make a difference, or the test above proves nothing."""
    source = "a := [1]  b := a  b[0] := 2  print(a, b)"
    with copying_always():
        expected = run_source(source)
    assert expected.printed == ["[1] [2]"]
    monkeypatch.setattr("tracewright_ruff.interpreter.share", lambda value: value)
    assert run_source(source) != expected
