"""`List[T]`, the growing array behind the dialect's `list`. Import it from `tracewright.lib.lists`."""

from typing import Final, Generic, TypeVar, final

from tracewright.core.arrays import Array, copy_items, unchecked_get, unchecked_set
from tracewright.core.generic import equal, keeps_alive, shown_in_error, zero_of
from tracewright.core.integers import MAX_INT, ult
from tracewright.hints import rare
from tracewright.lib.list_sort import reverse_items, sort_items

T = TypeVar("T")

FIRST_CAPACITY: Final = 4


def grown_capacity(needed: int) -> int:
    """Room for `needed` elements and half as many more, so that a row of appends costs a constant each."""
    return needed + (needed >> 1) + FIRST_CAPACITY


@final
class List(Generic[T]):
    """`length` elements at the start of `items`; the places behind them keep nothing alive."""

    items: Array[T]
    length: int

    def __init__(self) -> None:
        # zero_of asks only for the type, never for the array, which is not there yet.
        self.items = Array(0, zero_of(self.items))
        self.length = 0

    @rare
    def reserve(self, capacity: int) -> None:
        """Make room for `capacity` elements in all."""
        if capacity > len(self.items):
            items: Array[T] = Array(capacity, zero_of(self.items))
            if self.length > 0:  # a call: without it, a trace need not make the first few items' list
                copy_items(self.items, 0, items, 0, self.length)
            self.items = items

    def __len__(self) -> int:
        return self.length

    def __getitem__(self, index: int) -> T:
        if ult(index, self.length):
            return unchecked_get(self.items, index)
        return unchecked_get(self.items, self._from_end(index, "list index out of range"))

    def __setitem__(self, index: int, value: T) -> None:
        if ult(index, self.length):
            unchecked_set(self.items, index, value)
        else:
            unchecked_set(self.items, self._from_end(index, "list assignment index out of range"), value)

    @rare
    def _from_end(self, index: int, complaint: str) -> int:
        """The place of a negative index."""
        place = index + self.length
        if not ult(place, self.length):
            raise IndexError(complaint)
        return place

    def append(self, value: T) -> None:
        length = self.length
        if length == len(self.items):
            self.reserve(grown_capacity(length + 1))
        unchecked_set(self.items, length, value)
        self.length = length + 1

    def _open_gap(self, place: int, count: int) -> None:
        """Move what is at `place` and behind it up by `count`; the gap's contents are left to the caller."""
        if self.length + count > len(self.items):
            self.reserve(grown_capacity(self.length + count))
        copy_items(self.items, place, self.items, place + count, self.length - place)
        self.length += count

    def _close_gap(self, place: int, count: int) -> None:
        """Remove `count` elements at `place`; references in places that fall free at the end are cleared."""
        length = self.length - count
        copy_items(self.items, place + count, self.items, place, length - place)
        if keeps_alive(self.items):
            zero = zero_of(self.items)
            for index in range(length, self.length):
                unchecked_set(self.items, index, zero)
        self.length = length

    def extend(self, other: "List[T]") -> None:
        count = other.length
        length = self.length
        self._open_gap(length, count)
        copy_items(other.items, 0, self.items, length, count)

    def insert(self, index: int, value: T) -> None:
        place = clamp_index(index, self.length)
        self._open_gap(place, 1)
        self.items[place] = value

    def pop(self, index: int = -1) -> T:
        if self.length == 0:
            raise IndexError("pop from empty list")
        place = index + self.length if index < 0 else index
        if not ult(place, self.length):
            raise IndexError("pop index out of range")
        value = unchecked_get(self.items, place)
        if place == self.length - 1:
            unchecked_set(self.items, place, zero_of(self.items))
            self.length = place
        else:
            self._close_gap(place, 1)
        return value

    def _find(self, value: T) -> int:
        for index in range(self.length):
            if equal(unchecked_get(self.items, index), value):
                return index
        return -1

    def __contains__(self, value: T) -> bool:
        return self._find(value) >= 0

    def index(self, value: T, start: int = 0, stop: int = MAX_INT) -> int:
        for index in range(clamp_index(start, self.length), clamp_index(stop, self.length)):
            if equal(unchecked_get(self.items, index), value):
                return index
        raise ValueError(f"{shown_in_error(value)} is not in list")

    def count(self, value: T) -> int:
        total = 0
        for index in range(self.length):
            if equal(unchecked_get(self.items, index), value):
                total += 1
        return total

    def remove(self, value: T) -> None:
        place = self._find(value)
        if place < 0:
            raise ValueError("list.remove(x): x not in list")
        self._close_gap(place, 1)

    def clear(self) -> None:
        self.items = Array(0, zero_of(self.items))
        self.length = 0

    def copy(self) -> "List[T]":
        return self.get_slice(0, self.length)

    def reverse(self) -> None:
        reverse_items(self.items, 0, self.length)

    def sort(self) -> None:
        sort_items(self.items, self.length)

    def __delitem__(self, index: int) -> None:
        place = index + self.length if index < 0 else index
        if not ult(place, self.length):
            raise IndexError("list assignment index out of range")
        self._close_gap(place, 1)

    def get_slice(self, start: int, stop: int) -> "List[T]":
        """`self[start:stop]`; an absent end is 0 or MAX_INT."""
        first = clamp_index(start, self.length)
        count = clamp_index(stop, self.length) - first
        result: List[T] = List()
        if count > 0:
            result.reserve(count)
            copy_items(self.items, first, result.items, 0, count)
            result.length = count
        return result

    def set_slice(self, start: int, stop: int, items: "List[T]") -> None:
        """`self[start:stop] = items`."""
        source = items.items
        count = items.length
        if items is self:
            source = self.copy().items
        first = clamp_index(start, self.length)
        last = clamp_index(stop, self.length)
        if last < first:
            last = first
        if count > last - first:
            self._open_gap(last, count - (last - first))
        elif count < last - first:
            self._close_gap(first + count, last - first - count)
        copy_items(source, 0, self.items, first, count)

    def delete_slice(self, start: int, stop: int) -> None:
        """`del self[start:stop]`."""
        first = clamp_index(start, self.length)
        count = clamp_index(stop, self.length) - first
        if count > 0:
            self._close_gap(first, count)

    def __add__(self, other: "List[T]") -> "List[T]":
        result: List[T] = List()
        result.reserve(self.length + other.length)
        result.extend(self)
        result.extend(other)
        return result

    def __iadd__(self, other: "List[T]") -> "List[T]":
        self.extend(other)
        return self

    def __mul__(self, times: int) -> "List[T]":
        result: List[T] = List()
        if times <= 0 or self.length == 0:
            return result
        if self.length == 1:
            return filled(unchecked_get(self.items, 0), times)
        result.reserve(self.length * times)
        for _ in range(times):
            result.extend(self)
        return result


def filled(item: T, times: int) -> "List[T]":
    """`[item] * times`, without the list of one item."""
    result: List[T] = List()
    if times > 0:
        result.items = Array(times, item)
        result.length = times
    return result


# Hosted, `__init__` reads the field before it is assigned; natively a new object's fields are zero already.
setattr(List, "items", Array(0, None))  # noqa: B010


def clamp_index(index: int, length: int) -> int:
    """A slice end as a place in 0..length; negative ones count from the end."""
    if index < 0:
        index += length
        return index if index > 0 else 0
    return index if index < length else length
