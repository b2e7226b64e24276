"""The stable sort: natural runs, short ones extended by insertion, merged pairwise.

Already sorted and strictly descending rows cost one pass. Equal elements keep their order, as in Python.
"""

from typing import Final, TypeVar

from tracewright.core.arrays import Array, copy_items, unchecked_get, unchecked_set
from tracewright.core.generic import less, zero_of

T = TypeVar("T")

SHORT_RUN: Final = 16  # below this, insertion moves less than merging does


def sort_items(items: Array[T], length: int) -> None:
    """Sort the first `length` elements in place."""
    end = _natural_run(items, 0, length)
    if end == length:
        return
    starts: Array[int] = Array(length // SHORT_RUN + 2, 0)  # where the runs start, and the end of the last
    runs = 0
    start = 0
    while start < length:
        if end - start < SHORT_RUN:
            sorted_end = end
            end = start + SHORT_RUN if start + SHORT_RUN < length else length
            _insert_into_run(items, start, sorted_end, end)
        starts[runs] = start
        runs += 1
        start = end
        end = _natural_run(items, start, length)
    starts[runs] = length
    spare: Array[T] = Array(length, zero_of(items))
    while runs > 1:
        runs = _merge_pairs(items, spare, starts, runs)


def _natural_run(items: Array[T], start: int, stop: int) -> int:
    """The end of the ascending run at `start`; a strictly descending one is turned round first."""
    end = start + 1
    if end >= stop:
        return stop
    if less(unchecked_get(items, end), unchecked_get(items, start)):
        end += 1
        while end < stop and less(unchecked_get(items, end), unchecked_get(items, end - 1)):
            end += 1
        reverse_items(items, start, end)
    else:
        end += 1
        while end < stop and not less(unchecked_get(items, end), unchecked_get(items, end - 1)):
            end += 1
    return end


def reverse_items(items: Array[T], start: int, stop: int) -> None:
    """Turn the order of a range round."""
    stop -= 1
    while start < stop:
        item = items[start]
        items[start] = items[stop]
        items[stop] = item
        start += 1
        stop -= 1


def _insert_into_run(items: Array[T], start: int, sorted_end: int, stop: int) -> None:
    """Sort `start..stop`, of which `start..sorted_end` is sorted already."""
    while sorted_end < stop:
        item = unchecked_get(items, sorted_end)
        place = sorted_end
        while place > start and less(item, unchecked_get(items, place - 1)):
            unchecked_set(items, place, unchecked_get(items, place - 1))
            place -= 1
        unchecked_set(items, place, item)
        sorted_end += 1


def _merge_pairs(items: Array[T], spare: Array[T], starts: Array[int], runs: int) -> int:
    """Merge each run with its right neighbour; gives the new number of runs."""
    merged = 0
    index = 0
    while index + 1 < runs:
        start = starts[index]
        _merge(items, spare, start, starts[index + 1], starts[index + 2])
        starts[merged] = start
        merged += 1
        index += 2
    if index < runs:
        starts[merged] = starts[index]
        merged += 1
    starts[merged] = starts[runs]
    return merged


def _merge(items: Array[T], spare: Array[T], start: int, middle: int, stop: int) -> None:
    """Merge `start..middle` and `middle..stop`; what is in place already at either end is not touched."""
    right_first = items[middle]
    while start < middle and not less(right_first, unchecked_get(items, start)):
        start += 1
    if start == middle:
        return
    count = middle - start
    copy_items(items, start, spare, 0, count)
    left = 0
    right = middle
    place = start
    while left < count and right < stop:
        if less(unchecked_get(items, right), unchecked_get(spare, left)):
            unchecked_set(items, place, unchecked_get(items, right))
            right += 1
        else:
            unchecked_set(items, place, unchecked_get(spare, left))
            left += 1
        place += 1
    copy_items(spare, left, items, place, count - left)
