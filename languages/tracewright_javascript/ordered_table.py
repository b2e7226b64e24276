"""What maps and sets are made of: values by key, in the order in which the keys came, for walks that go on while the table changes.

Keys are the same as SameValueZero says. A removed key leaves a hole; when there are more holes than keys, they are squeezed out. Every key has a
number, larger than those before it, by which a walk finds its place again: its place, counted from `first_number` on, until holes were squeezed out.

    place     0      1      2      3              "b" was removed
    keys     "a"  EMPTY   "c"      7

While the keys are 0, 1, 2, ... in this order the table is dense: a key is its place. A few keys are looked at one after the other. From MOST_SCANNED
on, `slots` leads from a hash to a place by open addressing; half of them or more stay free. An entry is the upper half of the hash, which tells most keys apart, and the place + 1 in the lower.

Traces see all of a lookup of an int, if the table is dense or the first slot looked at decides, and of the key that was found last: so `has`, `get` and
`set` in a row look for a string once. Elsewhere they call a function.
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
    """A map from values to values; `has_values` is False for a set, whose keys are their own values."""

    def __init__(self, has_values: bool) -> None:
        self.keys: list[Value] = []
        self.values: list[Value] = [] if has_values else self.keys
        self.numbers: list[int] = []  # none while they are the places from `first_number` on
        self.first_number = 0
        self.count = 0
        self.epoch = 0  # changes when places do
        self.is_dense = True
        self.slots: Array[int] = _NO_SLOTS
        self.found_key = EMPTY  # the last one that was looked for and is not an int, or EMPTY
        self.found_place = 0

    def find(self, key: Value) -> int:
        """The place of a key, or ABSENT."""
        if key.is_int():
            if self.is_dense:
                return key.as_int() if 0 <= key.as_int() < len(self.keys) else ABSENT
            if len(self.slots) > 0:
                code = key.as_int() & MAX_INT
                entry = unchecked_get(self.slots, _first_slot(code, len(self.slots) - 1))
                if entry == _FREE:
                    return ABSENT
                if (entry ^ code) >> _PLACE_BITS == 0:
                    place = (entry & _PLACE_MASK) - 1
                    if self.keys[place].same(key):
                        return place
        elif key.same(self.found_key):
            return self.found_place
        return self._find_slowly(key)

    @dont_look_inside
    def _find_slowly(self, key: Value) -> int:
        if self.count == 0:
            return ABSENT
        place = self._place_of(_normal(key))
        if place != ABSENT and not key.is_int():
            self.found_key = key
            self.found_place = place
        return place

    def has(self, key: Value) -> bool:
        """Whether there is such a key."""
        return self.find(key) != ABSENT

    def get(self, key: Value) -> Value:
        """The value under a key; undefined where there is none."""
        place = self.find(key)
        return self.values[place] if place != ABSENT else Value.UNDEFINED

    def set(self, key: Value, value: Value) -> None:
        """Insert behind the others, or replace. Only for maps."""
        if key.is_int():
            place = self.find(key)
        else:
            place = self.found_place if key.same(self.found_key) else ABSENT
        if place != ABSENT:
            self.values[place] = value
        elif self._comes_next(key):
            self.values.append(value)
            self.keys.append(key)
            self.count += 1
        else:
            self._set_slowly(_normal(key), value)

    def add(self, key: Value) -> None:
        """Insert behind the others where there is no such key. Only for sets."""
        if not key.is_int():
            self._add_slowly(_normal(key))
        elif self.find(key) == ABSENT:
            if self._comes_next(key):
                self.keys.append(key)
                self.count += 1
            else:
                self._add_slowly(key)

    def _comes_next(self, key: Value) -> bool:
        """Whether a dense table stays dense with this key."""
        return self.is_dense and key.is_int() and key.as_int() == len(self.keys) and len(self.numbers) == 0

    @dont_look_inside
    def _set_slowly(self, key: Value, value: Value) -> None:
        place = self._place_of(key)
        if place == ABSENT:
            self.values.append(value)
            self._append(key)
        else:
            self.values[place] = value

    @dont_look_inside
    def _add_slowly(self, key: Value) -> None:
        if self._place_of(key) == ABSENT:
            self._append(key)

    def _append(self, key: Value) -> None:
        """A key that is not in the table, behind the others."""
        place = len(self.keys)
        if len(self.numbers) > 0:
            self.numbers.append(self.numbers[-1] + 1)
        was_dense = self.is_dense
        self.is_dense = was_dense and key.is_int() and key.as_int() == place
        self.keys.append(key)
        self.count += 1
        if self.is_dense or place < MOST_SCANNED:
            return
        if was_dense or 2 * len(self.keys) > len(self.slots):
            self._make_slots()
        else:
            self._take_slot(place)

    @dont_look_inside
    def remove(self, key: Value) -> bool:
        """Take a key out; False where it is not in."""
        place = self.find(key)
        if place == ABSENT:
            return False
        if self.is_dense:
            self.is_dense = False
            self._make_slots()
        if len(self.slots) > 0:
            self._leave_slot(place)
        self.values[place] = Value.UNDEFINED
        self.keys[place] = EMPTY
        self.found_key = EMPTY
        self.count -= 1
        if len(self.keys) - self.count > max(self.count, FEWEST_HOLES):
            self._squeeze()
        return True

    @dont_look_inside
    def clear(self) -> None:
        """Take everything out."""
        self.first_number = self._next_number()
        self.numbers = []
        self._take_lists([], [])
        self.is_dense = True
        self.count = 0
        self.epoch += 1
        self.slots = _NO_SLOTS

    def _take_lists(self, keys: list[Value], values: list[Value]) -> None:
        """Other keys and values; those of a set are one list."""
        self.found_key = EMPTY
        self.values = keys if self.values is self.keys else values
        self.keys = keys

    def _place_of(self, key: Value) -> int:
        if self.is_dense:
            return key.as_int() if key.is_int() and 0 <= key.as_int() < len(self.keys) else ABSENT
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
        numbers: list[int] = []
        keys: list[Value] = []
        values: list[Value] = []
        for place in range(len(self.keys)):
            if not self.keys[place].same(EMPTY):
                keys.append(self.keys[place])
                values.append(self.values[place])
                numbers.append(self.number_at(place))
        self.first_number = self._next_number()  # counts where no key is left
        self.numbers = numbers
        self._take_lists(keys, values)
        self.epoch += 1
        self._make_slots()

    def number_at(self, place: int) -> int:
        """The number of the key at a place."""
        return self.first_number + place if len(self.numbers) == 0 else self.numbers[place]

    def _next_number(self) -> int:
        return self.first_number + len(self.keys) if len(self.numbers) == 0 else self.numbers[-1] + 1

    def place_of_number(self, number: int) -> int:
        """The first place whose key has this number or a larger one."""
        low = 0
        high = len(self.keys)
        while low < high:
            middle = (low + high) >> 1
            if self.number_at(middle) < number:
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
        self.number = table.number_at(place) + 1
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
            self.number = table.number_at(place) + 1
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
