"""`Array[T]`: a fixed-length row of 8-byte words, the container under all others; `Words`: one the collector reads ambiguously."""

from collections.abc import Iterator
from typing import Generic, TypeVar, final

T = TypeVar("T")


@final
class Array(Generic[T]):
    """A fixed number of elements of one type. Indices run from 0; a bad index raises IndexError, negative ones included."""

    __slots__ = ("items",)

    def __init__(self, length: int, fill: T) -> None:
        self.items: list[T] = [fill] * length

    def __len__(self) -> int:
        return len(self.items)

    def __getitem__(self, index: int) -> T:
        if index < 0:
            raise IndexError("array index out of range")
        return self.items[index]

    def __setitem__(self, index: int, value: T) -> None:
        if index < 0:
            raise IndexError("array index out of range")
        self.items[index] = value

    def __iter__(self) -> Iterator[T]:
        return iter(self.items)


def array_of(items: list[T]) -> Array[T]:
    """A prebuilt Array with these elements (import time only)."""
    result: Array[T] = Array(0, items[0]) if items else Array.__new__(Array)
    result.items = list(items)
    return result


def unchecked_get(array: Array[T], index: int) -> T:
    """`array[index]` without the bounds check natively; the caller has proved the index."""
    return array[index]


def unchecked_set(array: Array[T], index: int, value: T) -> None:
    """`array[index] = value` without the bounds check natively; the caller has proved the index."""
    array[index] = value


def copy_items(source: Array[T], source_start: int, target: Array[T], target_start: int, count: int) -> None:
    """Copy `count` elements; the ranges may overlap. Both ranges must lie inside their arrays (checked)."""
    if count < 0 or source_start < 0 or target_start < 0:
        raise IndexError("array copy out of range")
    if source_start + count > len(source) or target_start + count > len(target):
        raise IndexError("array copy out of range")
    target.items[target_start : target_start + count] = source.items[source_start : source_start + count]


@final
class Words:
    """A fixed-length row of machine words, any of which may be a heap pointer: the collector marks what looks like one.

    The tracer keeps the concrete values of a recording in these.
    """

    __slots__ = ("items",)

    def __init__(self, length: int) -> None:
        self.items: list[int] = [0] * length

    def __len__(self) -> int:
        return len(self.items)

    def __getitem__(self, index: int) -> int:
        if index < 0:
            raise IndexError("words index out of range")
        return self.items[index]

    def __setitem__(self, index: int, value: int) -> None:
        if index < 0:
            raise IndexError("words index out of range")
        self.items[index] = value
