"""The cookbook is fresh: its code is that of the recipes, its traces have the operations that the JIT makes today."""

import inspect
from pathlib import Path

import pytest

from tracewright.tools.toolchain import build_program
from tracewright_cookbook import machine, recipes, show
from tracewright_testing.native import shared_folder


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> dict[int, list[str]]:
    shared_folder(tmp_path_factory)  # skips without a C compiler
    executable = tmp_path_factory.mktemp("cookbook") / "cookbook"
    build_program(machine.main, executable, jit=True)
    return show.traces(executable)


def test_before_and_after_compute_the_same() -> None:
    for name in machine.RECIPES:
        before, after = recipes.World(), recipes.World()
        for turn in range(100):
            values = [getattr(recipes, f"{name}_{when}") for when in ("before", "after")]
            assert values[0](before, turn) == values[1](after, turn)


def test_the_page_shows_the_source() -> None:
    text = show.PAGE.read_text()
    for name in machine.RECIPES:
        for when in ("before", "after"):
            assert inspect.getsource(getattr(recipes, f"{name}_{when}")) in text


def test_the_page_shows_the_traces_of_today(fresh: dict[int, list[str]]) -> None:
    shown = show.shown_traces(show.PAGE.read_text())
    assert {number: show.operations(texts) for number, texts in shown.items()} == {
        number: show.operations(texts) for number, texts in fresh.items()
    }, "run `python -m tracewright_cookbook.show`"


def test_every_hint_does_something(fresh: dict[int, list[str]]) -> None:
    """In the trace: fewer instructions, or cheaper ones (`promote` makes a division one by a constant)."""
    for k, name in enumerate(machine.RECIPES):
        before, after = fresh[2 * k], fresh[2 * k + 1]
        assert len(after) < len(before), name


def test_the_readme_links_to_the_page() -> None:
    assert "(cookbook.md)" in (Path(show.PAGE).parent / "README.md").read_text()
