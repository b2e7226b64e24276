"""`Set[T]`, the dialect's `set`: a hash table of keys and nothing else."""

from typing import Generic, TypeVar, final

from tracewright.core.generic import key_error
from tracewright.hints import rare
from tracewright.lib.hash_table import HashTable
from tracewright.lib.list_core import List

T = TypeVar("T")


@final
class Set(Generic[T]):
    """A set that keeps the order of insertion (programs must not rely on it: hosted sets have none)."""

    table: HashTable[T]

    def __init__(self) -> None:
        self.table = HashTable()

    @rare
    def reserve(self, count: int) -> None:
        """Make room for about `count` elements in all."""
        capacity = self.table.capacity_for(count * 2 // 3)
        if capacity > len(self.table.keys):
            self.table.rebuild(capacity)

    def __len__(self) -> int:
        return self.table.count

    def __contains__(self, item: T) -> bool:
        return self.table.find(item) >= 0

    def add(self, item: T) -> None:
        self.table.add(item)

    def discard(self, item: T) -> None:
        position = self.table.find(item)
        if position >= 0:
            self.table.remove_at(position)

    def remove(self, item: T) -> None:
        position = self.table.find(item)
        if position < 0:
            raise key_error(item)
        self.table.remove_at(position)

    def clear(self) -> None:
        self.table.clear()

    def copy(self) -> "Set[T]":
        result: Set[T] = Set()
        if self.table.count > 0:
            result.table = self.table.copy()
        return result

    def update(self, other: "Set[T]") -> None:
        position = other.next_position(0)
        while position >= 0:
            self.table.add(other.key_at(position))
            position = other.next_position(position + 1)

    def __or__(self, other: "Set[T]") -> "Set[T]":
        result = self.copy()
        result.update(other)
        return result

    def _chosen(self, other: "Set[T]", wanted: bool) -> "Set[T]":
        """The elements whose being in `other` is as wanted."""
        result: Set[T] = Set()
        position = self.next_position(0)
        while position >= 0:
            item = self.key_at(position)
            if (other.table.find(item) >= 0) == wanted:
                result.table.add(item)
            position = self.next_position(position + 1)
        return result

    def __and__(self, other: "Set[T]") -> "Set[T]":
        return self._chosen(other, True)

    def __sub__(self, other: "Set[T]") -> "Set[T]":
        return self._chosen(other, False)

    def __xor__(self, other: "Set[T]") -> "Set[T]":
        result = self._chosen(other, False)
        result.update(other._chosen(self, False))
        return result

    def union(self, other: "Set[T]") -> "Set[T]":
        return self | other

    def intersection(self, other: "Set[T]") -> "Set[T]":
        return self & other

    def difference(self, other: "Set[T]") -> "Set[T]":
        return self - other

    def symmetric_difference(self, other: "Set[T]") -> "Set[T]":
        return self ^ other

    def intersection_update(self, other: "Set[T]") -> None:
        self.table = (self & other).table

    def difference_update(self, other: "Set[T]") -> None:
        self.table = (self - other).table

    def symmetric_difference_update(self, other: "Set[T]") -> None:
        self.table = (self ^ other).table

    def isdisjoint(self, other: "Set[T]") -> bool:
        return len(self & other) == 0

    def issubset(self, other: "Set[T]") -> bool:
        return len(self & other) == len(self)

    def issuperset(self, other: "Set[T]") -> bool:
        return other.issubset(self)

    def pop(self) -> T:
        """Remove an element: any, as sets have no order."""
        position = self.next_position(0)
        if position < 0:
            raise KeyError("pop from an empty set")
        item = self.key_at(position)
        self.table.remove_at(position)
        return item

    def items(self) -> List[T]:
        """The elements as a new list."""
        result: List[T] = List()
        result.reserve(self.table.count)
        position = self.next_position(0)
        while position >= 0:
            result.append(self.key_at(position))
            position = self.next_position(position + 1)
        return result

    def next_position(self, position: int) -> int:
        """The first occupied position >= `position`, or -1."""
        return self.table.next_position(position)

    def key_at(self, position: int) -> T:
        """The element at an occupied position."""
        return self.table.keys[position]


def set_from_list(items: List[T]) -> Set[T]:
    """`set(items)`."""
    result: Set[T] = Set()
    for index in range(items.length):
        result.table.add(items.items[index])
    return result
