"""Maps of guest programs: keyed by Values, in the order of insertion.

Ints and floats that are equal are one key (1 and 1.0; 0.0 and -0.0; NaN is found again), texts are keys by content, everything
else by identity, unless a language's subclass says otherwise (`hash_of_object`, `objects_equal`). Two layouts:

    DENSE     keys 0, 1, 2, ... in this order: the key is the position, nothing is hashed
    HASHED    `slots` maps a hash to a position by open addressing; half of them or more stay empty

    positions   0      1      2      3                 "b" was removed: its position stays empty until the table grows
    keys       "a"  (empty)  "c"     7
    values      1             3      4

Traces see all of a lookup of an int, and of a text that is the very object in the table, if the first slot looked at decides.
Where it does not, and for insertions into HASHED, they call a function. Positions serve as iterators: `next_position`.
"""

from __future__ import annotations

from typing import Final

from tracewright.core.arrays import Array, copy_items, unchecked_get, unchecked_set
from tracewright.core.generic import hash_of
from tracewright.core.integers import wrap_mul
from tracewright.core.mathematics import floor
from tracewright.core.value import Value
from tracewright.guest.objects import GuestObject, Text, as_guest_object, texts_equal
from tracewright.hints import dont_look_inside

ABSENT: Final = -1  # a position that is none
EMPTY: Final = -1  # a slot that has never been used
REMOVED: Final = -2  # a slot whose key is gone
FEWEST_SLOTS: Final = 16
SMALL: Final = (
    512  # keys; up to here three quarters of the slots stay empty, so that nearly all keys are in their first one
)
SPREAD: Final = -7046029254386353131  # 2**64 / golden ratio, odd: consecutive numbers differ in high bits
SPREAD_SHIFT: Final = 24
LARGEST_KEY_FLOAT: Final = 9007199254740992.0  # floats beyond are not the same key as an int


class ValueTable(GuestObject):
    """A map. `count` keys are in it; positions below `used` hold them, with holes where UNDEFINED is the key.

    `epoch` changes when positions do: when holes are squeezed out, and when the table is cleared.
    """

    def __init__(self) -> None:
        self.is_dense = True
        self.count = 0
        self.used = 0
        self.epoch = 0
        self.keys: Array[Value] = Array(0, Value.UNDEFINED)
        self.values: Array[Value] = Array(0, Value.UNDEFINED)
        self.slots: Array[int] = Array(0, EMPTY)
        self.slots_used = 0  # slots that are not EMPTY

    # --- what a language may decide ---
    def hash_of_object(self, thing: GuestObject) -> int:
        """A hash for a key that is neither number nor text; equal keys have equal ones."""
        return hash_of(thing)

    def objects_equal(self, left: GuestObject, right: GuestObject) -> bool:
        """Whether two such objects are the same key."""
        return left is right

    # --- keys ---
    def get(self, key: Value) -> Value:
        """The value under a key; UNDEFINED where there is none."""
        position = self.find(key)
        return unchecked_get(self.values, position) if position != ABSENT else Value.UNDEFINED

    def set(self, key: Value, value: Value) -> None:
        """Insert behind the others, or replace."""
        position = self.find(key)
        if position != ABSENT:
            unchecked_set(self.values, position, value)
            return
        if self.is_dense and key.is_int() and key.as_int() == self.used and self.used < len(self.keys):
            unchecked_set(self.keys, self.used, key)
            unchecked_set(self.values, self.used, value)
            self.used += 1
            self.count += 1
            return
        self._insert(key, value)

    def has(self, key: Value) -> bool:
        """Whether there is such a key."""
        return self.find(key) != ABSENT

    def find(self, key: Value) -> int:
        """The position of a key, or ABSENT."""
        if key.is_int():
            if self.is_dense:
                return key.as_int() if 0 <= key.as_int() < self.used else ABSENT
            slot = wrap_mul(key.as_int(), SPREAD) >> SPREAD_SHIFT & (len(self.slots) - 1)
        else:
            text = as_guest_object(key)
            if not isinstance(text, Text) or self.is_dense:
                return self._find_slowly(key)
            slot = text.hashed() & (len(self.slots) - 1)
        position = unchecked_get(self.slots, slot)
        if position == EMPTY:
            return ABSENT
        if position >= 0 and unchecked_get(self.keys, position).same(key):
            return position
        return self._find_slowly(key)

    @dont_look_inside
    def remove(self, key: Value) -> bool:
        """Take a key out; False where it is not in."""
        position = self._find_slowly(key)
        if position == ABSENT:
            return False
        self.count -= 1
        if self.is_dense and position == self.used - 1:
            self.used = position
        elif self.is_dense:
            self._become_hashed(len(self.keys))
            self._leave_slot(position)
        else:
            self._leave_slot(position)
        self.keys[position] = Value.UNDEFINED
        self.values[position] = Value.UNDEFINED
        return True

    @dont_look_inside
    def clear(self) -> None:
        """Take everything out."""
        self.is_dense = True
        self.count = 0
        self.used = 0
        self.epoch += 1
        self.keys = Array(0, Value.UNDEFINED)
        self.values = Array(0, Value.UNDEFINED)
        self.slots = Array(0, EMPTY)
        self.slots_used = 0

    # --- in order ---
    def next_position(self, start: int) -> int:
        """The first position from `start` on that holds a key, or ABSENT: `next_position(0)` is the first key's."""
        if start < self.used and not unchecked_get(self.keys, start).same(Value.UNDEFINED):
            return start
        return self._next_slowly(start)

    def key_at(self, position: int) -> Value:
        """The key at a position that `next_position` or `find` has just given."""
        return unchecked_get(self.keys, position)

    def value_at(self, position: int) -> Value:
        """The value at such a position."""
        return unchecked_get(self.values, position)

    @dont_look_inside
    def copy_into(self, other: ValueTable) -> None:
        """Make an empty table equal to this one."""
        position = self.next_position(0)
        while position != ABSENT:
            other.set(self.key_at(position), self.value_at(position))
            position = self.next_position(position + 1)

    # --- the slow ways ---
    @dont_look_inside
    def _next_slowly(self, start: int) -> int:
        for position in range(start, self.used):
            if not self.keys[position].same(Value.UNDEFINED):
                return position
        return ABSENT

    @dont_look_inside
    def _find_slowly(self, given: Value) -> int:
        key = normal_key(given)
        if self.is_dense:
            return key.as_int() if key.is_int() and 0 <= key.as_int() < self.used else ABSENT
        mask = len(self.slots) - 1
        slot = self._hash(key) & mask
        while True:
            position = self.slots[slot]
            if position == EMPTY:
                return ABSENT
            if position >= 0 and self._equal(self.keys[position], key):
                self._remember(position, key)
                return position
            slot = slot + 1 & mask

    def _remember(self, position: int, key: Value) -> None:
        """Keep, of equal texts, the object that was asked for last: `find` will know it at a glance. Nobody can tell them apart."""
        if isinstance(as_guest_object(key), Text):
            self.keys[position] = key

    @dont_look_inside
    def _insert(self, given: Value, value: Value) -> None:
        """A key that is not in the table."""
        key = normal_key(given)
        if self.is_dense and (not key.is_int() or key.as_int() != self.used):
            self._become_hashed(len(self.keys))
        if self.used == len(self.keys) or (not self.is_dense and 2 * self.slots_used >= len(self.slots)):
            self._grow()
        if not self.is_dense:
            self._take_slot(key, self.used)
        self.keys[self.used] = key
        self.values[self.used] = value
        self.used += 1
        self.count += 1

    def _grow(self) -> None:
        """Room for more: holes are squeezed out, and if there were few, everything is doubled."""
        room = max(4, 2 * self.count)
        keys: Array[Value] = Array(room, Value.UNDEFINED)
        values: Array[Value] = Array(room, Value.UNDEFINED)
        if self.count == self.used:
            copy_items(self.keys, 0, keys, 0, self.used)
            copy_items(self.values, 0, values, 0, self.used)
        else:
            self.epoch += 1
            count = 0
            for position in range(self.used):
                if not self.keys[position].same(Value.UNDEFINED):
                    keys[count] = self.keys[position]
                    values[count] = self.values[position]
                    count += 1
            self.used = count
        self.keys = keys
        self.values = values
        if not self.is_dense:
            self._become_hashed(room)

    def _become_hashed(self, room: int) -> None:
        """Slots for `room` keys, and those there are in them."""
        slots = FEWEST_SLOTS
        while slots < (4 if room <= SMALL else 2) * room:
            slots *= 2
        self.is_dense = False
        self.slots = Array(slots, EMPTY)
        self.slots_used = 0
        for position in range(self.used):
            if not self.keys[position].same(Value.UNDEFINED):
                self._take_slot(self.keys[position], position)

    def _take_slot(self, key: Value, position: int) -> None:
        mask = len(self.slots) - 1
        slot = self._hash(key) & mask
        while self.slots[slot] != EMPTY:
            slot = slot + 1 & mask
        self.slots[slot] = position
        self.slots_used += 1

    def _leave_slot(self, position: int) -> None:
        mask = len(self.slots) - 1
        slot = self._hash(self.keys[position]) & mask
        while self.slots[slot] != position:
            slot = slot + 1 & mask
        self.slots[slot] = REMOVED

    def _hash(self, key: Value) -> int:
        """Of a normal key; the same numbers as in `find`."""
        if key.is_int():
            return wrap_mul(key.as_int(), SPREAD) >> SPREAD_SHIFT
        if key.is_float():
            number = key.as_float()
            return hash_of(number) if number == number else 4  # CPython's NaNs have hashes of their own
        thing = as_guest_object(key)
        if thing is None:
            return 1 if key.same(Value.TRUE) else 2 if key.same(Value.FALSE) else 3
        return thing.hashed() if isinstance(thing, Text) else self.hash_of_object(thing)

    def _equal(self, known: Value, key: Value) -> bool:
        if known.same(key):
            return True
        if known.is_int() or key.is_int():
            return known.is_int() and key.is_int() and known.as_int() == key.as_int()
        if known.is_float() and key.is_float():
            left, right = known.as_float(), key.as_float()
            return left == right or (left != left and right != right)
        left_thing, right_thing = as_guest_object(known), as_guest_object(key)
        if left_thing is None or right_thing is None:
            return False
        if isinstance(left_thing, Text) or isinstance(right_thing, Text):
            return (
                isinstance(left_thing, Text) and isinstance(right_thing, Text) and texts_equal(left_thing, right_thing)
            )
        return self.objects_equal(left_thing, right_thing)


def normal_key(key: Value) -> Value:
    """The one of all equal keys that is kept: an int for a float that equals one, one NaN."""
    if key.is_float():
        number = key.as_float()
        if number != number:
            return Value.of_float(float("nan"))
        if -LARGEST_KEY_FLOAT <= number <= LARGEST_KEY_FLOAT and floor(number) == number:
            return Value.of_int(int(number))
    return key
