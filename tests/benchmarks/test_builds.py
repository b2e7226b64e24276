"""The measurement of builds: its edits still find their places."""

import importlib.util
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
specification = importlib.util.spec_from_file_location("benchmark_builds", ROOT / "benchmarks" / "builds.py")
assert specification is not None and specification.loader is not None
builds = importlib.util.module_from_spec(specification)
sys.modules["benchmark_builds"] = builds
specification.loader.exec_module(builds)


@pytest.mark.parametrize("name", ["QUOTING", "INTERPRETER"])
def test_an_edit_finds_its_place(name: str) -> None:
    edit = getattr(builds, name)
    assert edit.old in (ROOT / edit.path).read_text(encoding="utf-8")
