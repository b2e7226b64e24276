"""Sorting by text, stable. With a comparison function arrays are sorted by self-hosted code."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from tracewright.core.value import Value
from tracewright_javascript.conversions import to_text
from tracewright_javascript.values import as_string

Comes = Callable[[Value, Value], bool]  # whether the second must come before the first
INSERTION_ITEMS: Final = 8


def sorted_by_text(values: list[Value]) -> list[Value]:
    """Sorted by their strings, each of which is made once. Raises GuestFault and Thrown."""
    if all(as_string(value) is not None for value in values):
        return merge_sorted(values, lambda a, b: to_text(b) < to_text(a))
    texts = [to_text(value) for value in values]
    order = sorted(range(len(values)), key=lambda index: texts[index])
    return [values[index] for index in order]


def merge_sorted(values: list[Value], is_after: Comes) -> list[Value]:
    """Sorted by merging runs, the shortest ones sorted by insertion. What `is_after` raises passes through."""
    current = list(values)
    count = len(current)
    for start in range(0, count, INSERTION_ITEMS):
        _sort_run(current, start, min(start + INSERTION_ITEMS, count), is_after)
    size = INSERTION_ITEMS
    while size < count:
        merged: list[Value] = []
        for start in range(0, count, 2 * size):
            middle = min(start + size, count)
            _merge(current, start, middle, min(start + 2 * size, count), merged, is_after)
        current = merged
        size *= 2
    return current


def _sort_run(values: list[Value], start: int, stop: int, is_after: Comes) -> None:
    for index in range(start + 1, stop):
        value = values[index]
        place = index
        while place > start and is_after(values[place - 1], value):
            values[place] = values[place - 1]
            place -= 1
        values[place] = value


def _merge(values: list[Value], start: int, middle: int, stop: int, merged: list[Value], is_after: Comes) -> None:
    left, right = start, middle
    while left < middle and right < stop:
        if is_after(values[left], values[right]):
            merged.append(values[right])
            right += 1
        else:
            merged.append(values[left])
            left += 1
    merged.extend(values[left:middle])
    merged.extend(values[right:stop])
