"""What maps and sets are made of: values by key, in the order in which the keys came, for walks that go on while the table changes.

Keys are the same as SameValueZero says. A removed key leaves a hole; when there are more holes than keys, they are squeezed out. Every key has a
number, larger than those before it, by which a walk finds its place again.

    place     0      1      2      3              "b" was removed
    keys     "a"  EMPTY   "c"      7
    numbers   0      1      2      3

A few keys are looked at one after the other. From MOST_SCANNED on, `slots` leads from a hash to a place by open addressing; half of them or more stay
free. An entry is the upper half of the hash, which tells most keys apart, and the place + 1 in the lower.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array, unchecked_get, unchecked_set
from tracewright.core.generic import hash_of
from tracewright.core.integers import MAX_INT, bits_of_float, count_leading_zeros, urshift, wrap_mul
from tracewright.core.mathematics import is_nan
from tracewright.core.value import Value
from tracewright.guest.objects import GuestObject
from tracewright.hints import dont_look_inside
from tracewright_javascript.conversions import to_text
from tracewright_javascript.values import EMPTY, JSBigInt, JSString, number_value

ABSENT: Final = -1
FEWEST_HOLES: Final = 16
MOST_SCANNED: Final = 8  # keys and holes that need no slots
_FREE: Final = 0
_REMOVED: Final = -1
_PLACE_BITS: Final = 32
_PLACE_MASK: Final = (1 << _PLACE_BITS) - 1
_SPREAD: Final = (
    -7046029254386353131
)  # 2**64 / golden ratio, odd: whatever bits hashes differ in, the product's highest do
_NO_SLOTS: Final[Array[int]] = Array(0, _FREE)


@final
class OrderedTable(GuestObject):
    """A map from values to values."""

    def __init__(self) -> None:
        self.keys: list[Value] = []
        self.values: list[Value] = []
        self.numbers: list[int] = []
        self.next_number = 0
        self.count = 0
        self.epoch = 0  # changes when places do
        self.slots: Array[int] = _NO_SLOTS

    @dont_look_inside
    def find(self, key: Value) -> int:
        """The place of a key, or ABSENT."""
        return ABSENT if self.count == 0 else self._place_of(_normal(key))

    def has(self, key: Value) -> bool:
        """Whether there is such a key."""
        return self.find(key) != ABSENT

    def get(self, key: Value) -> Value:
        """The value under a key; undefined where there is none."""
        place = self.find(key)
        return self.values[place] if place != ABSENT else Value.UNDEFINED

    @dont_look_inside
    def set(self, given: Value, value: Value) -> None:
        """Insert behind the others, or replace."""
        key = _normal(given)
        place = self._place_of(key)
        if place != ABSENT:
            self.values[place] = value
            return
        self.keys.append(key)
        self.values.append(value)
        self.numbers.append(self.next_number)
        self.next_number += 1
        self.count += 1
        if len(self.keys) > MOST_SCANNED:
            if 2 * len(self.keys) > len(self.slots):
                self._make_slots()
            else:
                self._take_slot(len(self.keys) - 1)

    @dont_look_inside
    def remove(self, key: Value) -> bool:
        """Take a key out; False where it is not in."""
        place = self.find(key)
        if place == ABSENT:
            return False
        if len(self.slots) > 0:
            self._leave_slot(place)
        self.keys[place] = EMPTY
        self.values[place] = Value.UNDEFINED
        self.count -= 1
        if len(self.keys) - self.count > max(self.count, FEWEST_HOLES):
            self._squeeze()
        return True

    @dont_look_inside
    def clear(self) -> None:
        """Take everything out."""
        self.keys = []
        self.values = []
        self.numbers = []
        self.count = 0
        self.epoch += 1
        self.slots = _NO_SLOTS

    def _place_of(self, key: Value) -> int:
        slots = self.slots
        if len(slots) == 0:
            for place in range(len(self.keys)):
                if _are_same(self.keys[place], key):
                    return place
            return ABSENT
        mask = len(slots) - 1
        code = _hash(key)
        slot = _first_slot(code, mask)
        while True:
            entry = unchecked_get(slots, slot)
            if entry == _FREE:
                return ABSENT
            if (entry ^ code) >> _PLACE_BITS == 0:  # hashes are >= 0, so a removed entry differs from all
                place = (entry & _PLACE_MASK) - 1
                if _are_same(self.keys[place], key):
                    return place
            slot = slot + 1 & mask

    def _make_slots(self) -> None:
        """As many as the keys and holes need, and some more."""
        if len(self.keys) <= MOST_SCANNED:
            self.slots = _NO_SLOTS
            return
        number = 4 * MOST_SCANNED
        while number < 3 * len(self.keys):
            number *= 2
        self.slots = Array(number, _FREE)
        for place in range(len(self.keys)):
            if not self.keys[place].same(EMPTY):
                self._take_slot(place)

    def _take_slot(self, place: int) -> None:
        mask = len(self.slots) - 1
        code = _hash(self.keys[place])
        slot = _first_slot(code, mask)
        while unchecked_get(self.slots, slot) != _FREE:
            slot = slot + 1 & mask
        unchecked_set(self.slots, slot, code & ~_PLACE_MASK | place + 1)

    def _leave_slot(self, place: int) -> None:
        mask = len(self.slots) - 1
        slot = _first_slot(_hash(self.keys[place]), mask)
        while unchecked_get(self.slots, slot) & _PLACE_MASK != place + 1:
            slot = slot + 1 & mask
        unchecked_set(self.slots, slot, _REMOVED)

    def _squeeze(self) -> None:
        keys, values, numbers = self.keys, self.values, self.numbers
        self.keys = []
        self.values = []
        self.numbers = []
        self.epoch += 1
        for place in range(len(keys)):
            if not keys[place].same(EMPTY):
                self.keys.append(keys[place])
                self.values.append(values[place])
                self.numbers.append(numbers[place])
        self._make_slots()

    def place_of_number(self, number: int) -> int:
        """The first place whose key has this number or a larger one."""
        low = 0
        high = len(self.numbers)
        while low < high:
            middle = (low + high) >> 1
            if self.numbers[middle] < number:
                low = middle + 1
            else:
                high = middle
        return low


@final
class Walk(GuestObject):
    """A walk over a table's keys: those that are added before its end are visited, those that are removed before their turn are not."""

    def __init__(self, table: OrderedTable) -> None:
        self.table = table
        self.place = 0
        self.number = 0  # that of the next key, or a smaller one behind the last visited
        self.epoch = table.epoch

    def next_place(self) -> int:
        """The place of the next key, or ABSENT at the end."""
        table = self.table
        place = self.place
        if self.epoch != table.epoch or place >= len(table.keys) or table.keys[place].same(EMPTY):
            return self._next_elsewhere()
        self.place = place + 1
        self.number = table.numbers[place] + 1
        return place

    @dont_look_inside
    def _next_elsewhere(self) -> int:
        """The same where places have changed, or keys were removed, or the end may have come."""
        table = self.table
        if self.epoch != table.epoch:
            self.epoch = table.epoch
            self.place = table.place_of_number(self.number)
        while self.place < len(table.keys):
            place = self.place
            self.place += 1
            self.number = table.numbers[place] + 1
            if not table.keys[place].same(EMPTY):
                return place
        return ABSENT


def _normal(key: Value) -> Value:
    """The one of all equal numbers that is kept: an int where there is one, 0 for -0."""
    return number_value(key.as_float() + 0.0) if key.is_float() else key


def _hash(key: Value) -> int:
    """0 or more, and equal for normal keys that are the same."""
    code = 0
    if key.is_int():
        code = key.as_int()
    elif key.is_float():
        code = _bits(key.as_float())
    elif key.is_object():
        thing = key.as_object()
        if isinstance(thing, JSString):
            code = hash_of(thing.text())
        elif isinstance(thing, JSBigInt):
            code = hash_of(to_text(key))
        else:
            assert isinstance(thing, GuestObject)
            code = hash_of(thing)
    elif key.same(Value.TRUE):
        code = 1
    elif key.same(Value.FALSE):
        code = 2
    elif key.same(Value.NULL):
        code = 3
    return code & MAX_INT


def _first_slot(code: int, mask: int) -> int:
    return urshift(wrap_mul(code, _SPREAD), count_leading_zeros(mask))


def _are_same(known: Value, key: Value) -> bool:
    """SameValueZero of normal keys; EMPTY is like none."""
    if known.same(key):
        return True
    if known.is_int():
        return key.is_int() and known.as_int() == key.as_int()
    if known.is_float():
        return key.is_float() and _bits(known.as_float()) == _bits(key.as_float())
    if not known.is_object() or not key.is_object():
        return False
    left, right = known.as_object(), key.as_object()
    if isinstance(left, JSString):
        return isinstance(right, JSString) and left.text() == right.text()
    return isinstance(left, JSBigInt) and isinstance(right, JSBigInt) and to_text(known) == to_text(key)


def _bits(number: float) -> int:
    """The bits of a double; NaN has one form."""
    return bits_of_float(number) if not is_nan(number) else -1
