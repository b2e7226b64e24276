"""Cell sizes, and rows of bits."""

from __future__ import annotations

import pytest

from tracewright.gc.bitmaps import bit_at, count_clear_runs, count_set, next_clear, next_set, set_range
from tracewright.gc.size_classes import BLOCK_BYTES, CELL_SIZES, LARGEST_SMALL, RECIPROCALS, SIZE_CLASSES, size_class_of
from tracewright_testing.simulated_heap import SimulatedHeap


@pytest.mark.parametrize("size_class", range(SIZE_CLASSES))
def test_reciprocals_divide(size_class: int) -> None:
    size, reciprocal = CELL_SIZES[size_class], RECIPROCALS[size_class]
    assert all(offset * reciprocal >> 32 == offset // size for offset in range(BLOCK_BYTES))


@pytest.mark.parametrize("size", [8, 16, 17, 256, 257, 320, 321, 5000, LARGEST_SMALL])
def test_size_class_is_the_smallest_that_fits(size: int) -> None:
    size_class = size_class_of(size)
    assert CELL_SIZES[size_class] >= size
    assert size_class == 0 or CELL_SIZES[size_class - 1] < size


def test_bitmaps() -> None:
    memory = SimulatedHeap(1)
    bits = memory.roots
    set_range(bits, 3, 130)
    assert [bit_at(bits, place) for place in (2, 3, 64, 129, 130)] == [False, True, True, True, False]
    assert count_set(bits, 192) == 127
    assert (next_clear(bits, 3, 192), next_clear(bits, 0, 192), next_clear(bits, 3, 100)) == (130, 0, 100)
    assert (next_set(bits, 0, 192), next_set(bits, 130, 192)) == (3, 192)
    assert count_clear_runs(bits, 192) == 2
    set_range(bits, 131, 192)
    assert (count_clear_runs(bits, 192), count_clear_runs(bits, 64), count_clear_runs(bits + 8, 64)) == (2, 1, 0)
    set_range(bits, 0, 3)
    assert count_clear_runs(bits, 192) == 1 and count_clear_runs(bits, 128) == 0
    clear = memory.roots + 64
    for place in range(0, 64, 2):
        set_range(clear, place, place + 1)
    assert count_clear_runs(clear, 64) == 32
