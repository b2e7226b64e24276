"""Lists compared item by item, sorted by keys, and searched for their smallest and largest item."""

from typing import TypeVar

from tracewright.core.arrays import Array, unchecked_get, unchecked_set
from tracewright.core.generic import equal, less, zero_of
from tracewright.lib.dicts import Dict
from tracewright.lib.list_core import List
from tracewright.lib.list_sort import reverse_items, sort_items
from tracewright.lib.sets import Set

T = TypeVar("T")
K = TypeVar("K")
V = TypeVar("V")


def list_equal(a: List[T], b: List[T]) -> bool:
    """`a == b`."""
    if a.length != b.length:
        return False
    for index in range(a.length):
        if not equal(a.items[index], b.items[index]):
            return False
    return True


def list_less(a: List[T], b: List[T]) -> bool:
    """`a < b`: the first items that differ decide."""
    count = a.length if a.length < b.length else b.length
    for index in range(count):
        if not equal(a.items[index], b.items[index]):
            return less(a.items[index], b.items[index])
    return a.length < b.length


def list_less_or_equal(a: List[T], b: List[T]) -> bool:
    """`a <= b`. Not the opposite of `b < a`: of items that have no order, such as NaN, neither holds."""
    count = a.length if a.length < b.length else b.length
    for index in range(count):
        if not equal(a.items[index], b.items[index]):
            return less(a.items[index], b.items[index])
    return a.length <= b.length


def dict_equal(a: Dict[K, V], b: Dict[K, V]) -> bool:
    """`a == b`: the same keys with equal values, in any order."""
    if a.table.count != b.table.count:
        return False
    position = a.next_position(0)
    while position >= 0:
        place = b.table.find(a.key_at(position))
        if place < 0 or not equal(a.value_at(position), unchecked_get(b.values_row, place)):
            return False
        position = a.next_position(position + 1)
    return True


def set_equal(a: Set[T], b: Set[T]) -> bool:
    """`a == b`."""
    return len(a) == len(b) and set_within(a, b)


def set_within(a: Set[T], b: Set[T]) -> bool:
    """`a <= b`: every element of `a` is in `b`."""
    position = a.next_position(0)
    while position >= 0:
        if a.key_at(position) not in b:
            return False
        position = a.next_position(position + 1)
    return True


# --- sorting ---


def list_sort(items: List[T], backward: bool) -> None:
    """`items.sort(reverse=backward)`: equal items keep their order either way."""
    if backward:
        reverse_items(items.items, 0, items.length)
    sort_items(items.items, items.length)
    if backward:
        reverse_items(items.items, 0, items.length)


def list_sort_by(items: List[T], keys: List[K], backward: bool) -> None:
    """`items.sort(key=..., reverse=backward)`, where `keys` holds the key of each item."""
    length = items.length
    order: Array[int] = Array(length, 0)
    for index in range(length):
        order[index] = length - 1 - index if backward else index
    _merge_sort(order, keys.items, length)
    if backward:
        reverse_items(order, 0, length)
    old: Array[T] = Array(length, zero_of(items.items))
    for index in range(length):
        unchecked_set(old, index, items.items[index])
    for index in range(length):
        items.items[index] = old[order[index]]


def _merge_sort(order: Array[int], keys: Array[K], length: int) -> None:
    """Sort positions by their keys: runs of 1, 2, 4, ... merged pairwise."""
    spare: Array[int] = Array(length, 0)
    width = 1
    while width < length:
        start = 0
        while start < length:
            middle = start + width if start + width < length else length
            stop = middle + width if middle + width < length else length
            _merge(order, spare, keys, start, middle, stop)
            start = stop
        for index in range(length):
            unchecked_set(order, index, unchecked_get(spare, index))
        width *= 2


def _merge(order: Array[int], spare: Array[int], keys: Array[K], start: int, middle: int, stop: int) -> None:
    left, right = start, middle
    for place in range(start, stop):
        take_right = left >= middle
        if left < middle and right < stop:
            take_right = less(keys[order[right]], keys[order[left]])
        if take_right:
            spare[place] = order[right]
            right += 1
        else:
            spare[place] = order[left]
            left += 1


def list_best(keys: List[K], largest: bool) -> int:
    """The position of the first smallest (or largest) key; -1 in an empty list."""
    best = -1
    for index in range(keys.length):
        if best < 0:
            best = index
        elif largest:
            if less(keys.items[best], keys.items[index]):
                best = index
        elif less(keys.items[index], keys.items[best]):
            best = index
    return best
