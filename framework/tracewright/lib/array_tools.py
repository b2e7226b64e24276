"""Arrays from lists: compilers collect in lists, and freeze what they have collected."""

from __future__ import annotations

from typing import TypeVar

from tracewright.core.arrays import Array

T = TypeVar("T")


def array_from(items: list[T], fill: T) -> Array[T]:
    """The items in an Array; `fill` is any value of their type."""
    array: Array[T] = Array(len(items), fill)
    for index in range(len(items)):
        array[index] = items[index]
    return array
