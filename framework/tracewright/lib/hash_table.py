"""`HashTable[K]`: the insertion-ordered set of keys under both `Dict` and `Set`.

Keys lie in the order of their insertion in `keys`, beside their hashes; `index` maps a hash to such a position by open
addressing. A removed key leaves a hole in both until the next rebuild:

    index    0 (empty)   -1 (removed)   the hash's upper half, and position + 1 in the lower
    hashes   >= 0        HOLE where the key was removed

The half hash tells most keys apart without a look at the keys themselves.

Whoever keeps a value per position (Dict) moves it along with `compacted` when the table says it is full.
"""

from typing import Final, Generic, TypeVar, final

from tracewright.core.arrays import Array, copy_items, unchecked_get, unchecked_set
from tracewright.core.generic import equal, hash_of, zero_of
from tracewright.core.integers import MAX_INT, count_leading_zeros, urshift, wrap_mul
from tracewright.hints import rare

K = TypeVar("K")
T = TypeVar("T")

HOLE: Final = -1
EMPTY: Final = 0
REMOVED: Final = -1
FEWEST_SLOTS: Final = 8
POSITION_BITS: Final = 32
POSITION_MASK: Final = (1 << POSITION_BITS) - 1
GOLDEN: Final = -7046029254386353131  # 2**64 / golden ratio, odd: spreads consecutive numbers over the high bits


@final
class HashTable(Generic[K]):
    """The keys `0..used` with their holes; `count` of them are there."""

    index: Array[int]
    keys: Array[K]
    hashes: Array[int]
    shift: int
    used: int
    count: int

    def __init__(self) -> None:
        self.index = Array(0, EMPTY)
        self.keys = Array(0, zero_of(self.keys))  # zero_of asks for the type only
        self.hashes = Array(0, HOLE)
        self.shift = 0  # a hash, multiplied, is shifted right by this much to give a slot
        self.used = 0
        self.count = 0

    def clear(self) -> None:
        """Forget all keys."""
        self.index = Array(0, EMPTY)
        self.keys = Array(0, zero_of(self.keys))
        self.hashes = Array(0, HOLE)
        self.used = 0
        self.count = 0

    def find(self, key: K) -> int:
        """The position of the key, or -1."""
        if self.count == 0:
            return -1
        return self.find_hashed(key, hash_of(key) & MAX_INT)

    def find_hashed(self, key: K, code: int) -> int:
        """The position of the key whose hash is `code`, or -1; only while there is an index."""
        index = self.index
        last = len(index) - 1
        slot = urshift(wrap_mul(code, GOLDEN), self.shift)
        while True:
            entry = unchecked_get(index, slot)
            if entry == EMPTY:
                return -1
            if (entry ^ code) >> POSITION_BITS == 0:  # hashes are >= 0, so a removed entry differs from all
                position = (entry & POSITION_MASK) - 1
                if equal(unchecked_get(self.keys, position), key):
                    return position
            slot = (slot + 1) & last

    def is_full(self) -> bool:
        """Whether there is no place for another key before `rebuild`."""
        return self.used == len(self.keys)

    def add_new(self, key: K, code: int) -> int:
        """Append a key that is not there, while the table is not full; gives its position."""
        position = self.used
        unchecked_set(self.keys, position, key)
        unchecked_set(self.hashes, position, code)
        self._enter(position, code)
        self.used = position + 1
        self.count += 1
        return position

    def _enter(self, position: int, code: int) -> None:
        """Make the index lead to a position."""
        index = self.index
        last = len(index) - 1
        slot = urshift(wrap_mul(code, GOLDEN), self.shift)
        while unchecked_get(index, slot) > 0:
            slot = (slot + 1) & last
        unchecked_set(index, slot, (code & ~POSITION_MASK) | (position + 1))

    def remove_at(self, position: int) -> None:
        """Make the occupied position a hole."""
        index = self.index
        last = len(index) - 1
        slot = urshift(wrap_mul(self.hashes[position], GOLDEN), self.shift)
        while unchecked_get(index, slot) & POSITION_MASK != position + 1:
            slot = (slot + 1) & last
        unchecked_set(index, slot, REMOVED)
        self.keys[position] = zero_of(self.keys)
        self.hashes[position] = HOLE
        self.count -= 1

    def next_position(self, position: int) -> int:
        """The first occupied position >= `position`, or -1."""
        while position < self.used:
            if unchecked_get(self.hashes, position) != HOLE:
                return position
            position += 1
        return -1

    def capacity_for(self, count: int) -> int:
        """How many positions a rebuilt table should have to hold `count` keys and half as many more."""
        # At most 5/8 of the slots are ever used, so that probing ends soon.
        slots = FEWEST_SLOTS
        wanted = (count + (count >> 1) + 1) * 8 // 5 + 1
        if wanted > FEWEST_SLOTS:
            slots = 1 << (64 - count_leading_zeros(wanted - 1))
        return slots * 5 // 8

    @rare
    def rebuild(self, capacity: int) -> None:
        """Close the holes and make `capacity` positions, a number that `capacity_for` gave."""
        keys: Array[K] = compacted(self.keys, self.hashes, self.used, capacity)
        hashes = compacted(self.hashes, self.hashes, self.used, capacity)
        slots = 1 << (64 - count_leading_zeros(capacity))  # capacity is 5/8 of it
        self.index = Array(slots, EMPTY)
        self.shift = count_leading_zeros(slots) + 1
        self.keys = keys
        self.hashes = hashes
        self.used = self.count
        for position in range(self.used):
            self._enter(position, unchecked_get(hashes, position))

    def add(self, key: K) -> None:
        """Append the key unless it is there; for tables without values."""
        code = hash_of(key) & MAX_INT
        if self.count > 0 and self.find_hashed(key, code) >= 0:
            return
        if self.is_full():
            self.rebuild(self.capacity_for(self.count))
        self.add_new(key, code)

    def copy(self) -> "HashTable[K]":
        """Another table with the same keys in the same order."""
        result: HashTable[K] = HashTable()
        result.used = self.used
        result.count = self.count
        if self.has_holes():
            result.keys = self.keys
            result.hashes = self.hashes
            result.rebuild(result.capacity_for(result.count))
        else:
            result.index = duplicated(self.index)
            result.shift = self.shift
            result.keys = duplicated(self.keys)
            result.hashes = duplicated(self.hashes)
        return result

    def has_holes(self) -> bool:
        """Whether keys were removed since the last rebuild."""
        return self.used != self.count


def duplicated(items: Array[T]) -> Array[T]:
    """A new array of the same items."""
    result: Array[T] = Array(len(items), zero_of(items))
    copy_items(items, 0, result, 0, len(items))
    return result


def compacted(items: Array[T], hashes: Array[int], used: int, capacity: int) -> Array[T]:
    """A new array of what stands beside the occupied positions, in order."""
    result: Array[T] = Array(capacity, zero_of(items))
    place = 0
    for position in range(used):
        if unchecked_get(hashes, position) != HOLE:
            result[place] = unchecked_get(items, position)
            place += 1
    return result


# Hosted, `__init__` reads the field before it is assigned; natively a new object's fields are zero already.
setattr(HashTable, "keys", Array(0, None))  # noqa: B010
