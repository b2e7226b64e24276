"""`WeakMap[K, V]`: values by the identity of objects that the map does not keep alive (nor do the values, where they lead to them).

slots    entry of a, none, entry of b, entry of a dead key, ...      open addressing; dead entries go when the table is rebuilt
"""

from typing import Final, Generic, TypeVar, final

from tracewright.core.arrays import Array, unchecked_get, unchecked_set
from tracewright.core.generic import hash_of
from tracewright.core.integers import MAX_INT, urshift, wrap_mul
from tracewright.core.weak import Ephemeron
from tracewright.lib.hash_table import GOLDEN

K = TypeVar("K")
V = TypeVar("V")

FEWEST_SLOTS: Final = 8


@final
class WeakMap(Generic[K, V]):
    """Use: `entry = map.find(key)`, and if it is not None, `entry.value`."""

    slots: Array[Ephemeron[K, V] | None]

    def __init__(self) -> None:
        self.slots = Array(FEWEST_SLOTS, None)
        self.used = 0  # slots with an entry, dead or alive

    def find(self, key: K) -> Ephemeron[K, V] | None:
        """The entry of this key, or None."""
        slots = self.slots
        place = _first_place(hash_of(key), len(slots))
        while True:
            entry = unchecked_get(slots, place)
            if entry is None:
                return None
            if entry.get_key() is key:
                return entry
            place = (place + 1) & (len(slots) - 1)

    def set(self, key: K, value: V) -> None:
        """Give the key this value."""
        entry = self.find(key)
        if entry is not None:
            entry.value = value
            return
        if self.used * 4 >= len(self.slots) * 3:
            self._rebuild()
        self._add(Ephemeron(key, value), key)

    def remove(self, key: K) -> bool:
        """Forget the key; whether it was there."""
        entry = self.find(key)
        if entry is None:
            return False
        entry.drop()  # its place stays taken until the next rebuild, so that others are still found
        return True

    def _add(self, entry: Ephemeron[K, V], key: K) -> None:
        slots = self.slots
        place = _first_place(hash_of(key), len(slots))
        while unchecked_get(slots, place) is not None:
            place = (place + 1) & (len(slots) - 1)
        unchecked_set(slots, place, entry)
        self.used += 1

    def _rebuild(self) -> None:
        """Drop dead entries; twice the room where more than half of it is used by living ones."""
        old = self.slots
        living = 0
        for entry in old:
            if entry is not None and entry.get_key() is not None:
                living += 1
        size = len(old)
        while living * 2 >= size:
            size *= 2
        self.slots = Array(size, None)
        self.used = 0
        for entry in old:
            if entry is not None:
                key = entry.get_key()
                if key is not None:
                    self._add(entry, key)


def _first_place(code: int, size: int) -> int:
    return urshift(wrap_mul(code & MAX_INT, GOLDEN), 16) & (size - 1)
