"""Every knob of the collector has an effect, and mistakes are told."""

import pytest

from tracewright.gc.heap import Heap
from tracewright.guest import collector_settings as settings


@pytest.mark.parametrize("knob", settings.KNOBS, ids=lambda knob: knob.name)
def test_a_knob_changes_the_heap_and_its_default_does_not(knob: settings.Knob) -> None:
    heap, other = Heap(), Heap()
    same = [name for name, value in vars(heap).items() if not isinstance(value, int)]
    settings.set_knob(heap, knob.name, knob.default)
    assert all(value == vars(other)[name] for name, value in vars(heap).items() if name not in same)
    settings.set_knob(heap, knob.name, knob.maximum)
    assert any(value != vars(other)[name] for name, value in vars(heap).items() if name not in same)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", ""),
        ("growth=many", "GC parameter 'growth' needs a number, not 'many'"),
        ("growth", "GC parameter 'growth' needs a number, not ''"),
        ("portion=0", "GC parameter 'portion' must be between 1 and 1073741824, not 0"),
        (
            "nursery=3",
            "there is no GC parameter 'nursery'; there are: young_kb, growth, slice_kb, slice_us, rest, portion, log, stress",
        ),
    ],
)
def test_mistakes_are_told(text: str, problem: str) -> None:
    assert settings.configure(text) == problem
