"""`Dict[K, V]`, the dialect's `dict`: a hash table of keys with a row of values beside it, in order of insertion."""

from typing import Generic, TypeVar, final

from tracewright.core.arrays import Array, unchecked_get, unchecked_set
from tracewright.core.generic import hash_of, key_error, zero_of
from tracewright.core.integers import MAX_INT
from tracewright.hints import rare
from tracewright.lib.hash_table import HashTable, compacted, duplicated
from tracewright.lib.list_core import List

K = TypeVar("K")
V = TypeVar("V")


@final
class Dict(Generic[K, V]):
    """`values[p]` belongs to `table.keys[p]`. Positions stay valid until a key is added."""

    table: HashTable[K]
    values_row: Array[V]

    def __init__(self) -> None:
        self.table = HashTable()
        self.values_row = Array(0, zero_of(self.values_row))  # zero_of asks for the type only

    @rare
    def reserve(self, count: int) -> None:
        """Make room for about `count` keys in all, for displays and copies."""
        capacity = self.table.capacity_for(count * 2 // 3)
        if capacity > len(self.table.keys):
            self._rebuild(capacity)

    @rare
    def _rebuild(self, capacity: int) -> None:
        table = self.table
        self.values_row = compacted(self.values_row, table.hashes, table.used, capacity)
        table.rebuild(capacity)

    def __len__(self) -> int:
        return self.table.count

    def find(self, key: K) -> int:
        """The position of a key, or -1."""
        return self.table.find(key)

    def __contains__(self, key: K) -> bool:
        return self.table.find(key) >= 0

    def __getitem__(self, key: K) -> V:
        position = self.table.find(key)
        if position < 0:
            raise key_error(key)
        return unchecked_get(self.values_row, position)

    def __setitem__(self, key: K, value: V) -> None:
        table = self.table
        code = hash_of(key) & MAX_INT
        if table.count > 0:
            position = table.find_hashed(key, code)
            if position >= 0:
                unchecked_set(self.values_row, position, value)
                return
        self._append(key, code, value)

    def append_new(self, key: K, value: V) -> None:
        """Add a key that is not there."""
        self._append(key, hash_of(key) & MAX_INT, value)

    def _append(self, key: K, code: int, value: V) -> None:
        """The same for who knows the hash."""
        if self.table.is_full():
            self._rebuild(self.table.capacity_for(self.table.count))
        unchecked_set(self.values_row, self.table.add_new(key, code), value)

    def __delitem__(self, key: K) -> None:
        position = self.table.find(key)
        if position < 0:
            raise key_error(key)
        self._remove_at(position)

    def _remove_at(self, position: int) -> V:
        value = unchecked_get(self.values_row, position)
        self.table.remove_at(position)
        unchecked_set(self.values_row, position, zero_of(self.values_row))
        return value

    def get(self, key: K, default: V) -> V:
        """`self.get(key, default)`; for one argument see `get_or_none`."""
        position = self.table.find(key)
        return default if position < 0 else unchecked_get(self.values_row, position)

    def get_or_none(self, key: K) -> V | None:
        """`self.get(key)`, where V is a pointer type."""
        position = self.table.find(key)
        return None if position < 0 else unchecked_get(self.values_row, position)

    def pop(self, key: K) -> V:
        """`self.pop(key)`; with a default see `pop_or`."""
        position = self.table.find(key)
        if position < 0:
            raise key_error(key)
        return self._remove_at(position)

    def pop_or(self, key: K, default: V) -> V:
        """`self.pop(key, default)`."""
        position = self.table.find(key)
        return default if position < 0 else self._remove_at(position)

    def setdefault(self, key: K, default: V) -> V:
        code = hash_of(key) & MAX_INT
        if self.table.count > 0:
            position = self.table.find_hashed(key, code)
            if position >= 0:
                return unchecked_get(self.values_row, position)
        self._append(key, code, default)
        return default

    def clear(self) -> None:
        self.table.clear()
        self.values_row = Array(0, zero_of(self.values_row))

    def copy(self) -> "Dict[K, V]":
        result: Dict[K, V] = Dict()
        table = self.table
        if table.count > 0:
            result.table = table.copy()
            if table.has_holes():
                result.values_row = compacted(self.values_row, table.hashes, table.used, len(result.table.keys))
            else:
                result.values_row = duplicated(self.values_row)
        return result

    def update(self, other: "Dict[K, V]") -> None:
        position = other.next_position(0)
        while position >= 0:
            self[other.key_at(position)] = other.value_at(position)
            position = other.next_position(position + 1)

    def popitem(self) -> tuple[K, V]:
        """Remove the entry that was added last."""
        position = self.table.used - 1
        while position >= 0 and self.table.next_position(position) != position:
            position -= 1
        if position < 0:
            raise KeyError("popitem(): dictionary is empty")
        key = self.key_at(position)
        return (key, self._remove_at(position))

    def __or__(self, other: "Dict[K, V]") -> "Dict[K, V]":
        result = self.copy()
        result.update(other)
        return result

    def keys(self) -> List[K]:
        """The keys as a new list; a loop over `d.keys()` walks positions instead."""
        result: List[K] = List()
        result.reserve(self.table.count)
        position = self.next_position(0)
        while position >= 0:
            result.append(self.key_at(position))
            position = self.next_position(position + 1)
        return result

    def values(self) -> List[V]:
        """The values as a new list."""
        result: List[V] = List()
        result.reserve(self.table.count)
        position = self.next_position(0)
        while position >= 0:
            result.append(self.value_at(position))
            position = self.next_position(position + 1)
        return result

    def items(self) -> List[tuple[K, V]]:
        """The pairs as a new list."""
        result: List[tuple[K, V]] = List()
        result.reserve(self.table.count)
        position = self.next_position(0)
        while position >= 0:
            result.append((self.key_at(position), self.value_at(position)))
            position = self.next_position(position + 1)
        return result

    def next_position(self, position: int) -> int:
        """The first occupied position >= `position`, or -1."""
        return self.table.next_position(position)

    def key_at(self, position: int) -> K:
        """The key at an occupied position."""
        return self.table.keys[position]

    def value_at(self, position: int) -> V:
        """The value at an occupied position."""
        return self.values_row[position]

    def put_at(self, position: int, value: V) -> None:
        """Replace the value at an occupied position."""
        self.values_row[position] = value


# Hosted, `__init__` reads the field before it is assigned; natively a new object's fields are zero already.
setattr(Dict, "values_row", Array(0, None))  # noqa: B010


def dict_from_pairs(pairs: List[tuple[K, V]]) -> Dict[K, V]:
    """`dict(pairs)`."""
    result: Dict[K, V] = Dict()
    for index in range(pairs.length):
        key, value = pairs[index]
        result[key] = value
    return result


def dict_from_keys(keys: List[K], value: V) -> Dict[K, V]:
    """`dict.fromkeys(keys, value)`."""
    result: Dict[K, V] = Dict()
    for index in range(keys.length):
        result[keys[index]] = value
    return result
