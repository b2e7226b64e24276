"""Every language's programs do the same while the collector works at every n-th allocation: a slice of `tracewright_testing.gc_stress`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tracewright_testing.gc_stress import PATTERNS, TIERS, differences, programs
from tracewright_testing.native import built_once, ruff_executable, shared_folder

__all__ = ["ruff_executable"]

# Small programs that have closures, suspended frames, tables and texts; all programs are a matter of an hour.
CHOSEN = {
    "ruff": ("closures_copy", "dictionaries", "generators", "strings_that_grow"),
    "javascript": ("closures", "generators", "classes"),
    "python": ("classes", "constructors", "weak_tables"),
}


@pytest.fixture(params=PATTERNS)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """A language and its executable."""
    language = str(request.param)
    if language == "ruff":
        return language, request.getfixturevalue("ruff_executable")
    return language, built_once(language, shared_folder(tmp_path_factory))


@pytest.mark.parametrize("tier", TIERS)
def test_nothing_changes(built: tuple[str, Path], tier: str) -> None:
    language, executable = built
    chosen = [path for path in programs(language) if path.stem in CHOSEN[language]]
    assert len(chosen) == len(CHOSEN[language])
    assert [str(found) for found in differences(executable, language, chosen, [tier], (31,))] == []
