"""What maps and sets are made of: values by key, in the order in which the keys came, for walks that go on while the table changes.

Keys are the same as SameValueZero says: each kind of value has an index of its own, from key to place. A removed key leaves a hole; when there
are more holes than keys, they are squeezed out. Every key has a number, larger than those before it, by which a walk finds its place again.

    place     0      1      2      3              "b" was removed
    keys     "a"  EMPTY   "c"      7
    numbers   0      1      2      3
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.integers import bits_of_float
from tracewright.core.mathematics import is_nan
from tracewright.core.value import Value
from tracewright.guest.objects import GuestObject
from tracewright.hints import dont_look_inside
from tracewright_javascript.conversions import to_text
from tracewright_javascript.values import EMPTY, JSBigInt, JSString, number_value

ABSENT: Final = -1
FEWEST_HOLES: Final = 16
# undefined, null, false and true in the index of ints of their own.
_UNDEFINED, _NULL, _FALSE, _TRUE = 0, 1, 2, 3


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
        self.by_int: dict[int, int] = {}
        self.by_bits: dict[int, int] = {}  # of doubles that are no ints
        self.by_text: dict[str, int] = {}
        self.by_bigint: dict[str, int] = {}  # by their digits
        self.by_object: dict[GuestObject, int] = {}
        self.by_constant: dict[int, int] = {}

    @dont_look_inside
    def find(self, key: Value) -> int:
        """The place of a key, or ABSENT."""
        if key.is_int():
            return self.by_int.get(key.as_int(), ABSENT)
        if key.is_float():
            number = number_value(key.as_float() + 0.0)  # -0 is 0
            if number.is_int():
                return self.by_int.get(number.as_int(), ABSENT)
            return self.by_bits.get(_bits(key.as_float()), ABSENT)
        if key.is_object():
            thing = key.as_object()
            if isinstance(thing, JSString):
                return self.by_text.get(thing.text(), ABSENT)
            if isinstance(thing, JSBigInt):
                return self.by_bigint.get(to_text(key), ABSENT)
            assert isinstance(thing, GuestObject)
            return self.by_object.get(thing, ABSENT)
        return self.by_constant.get(_constant(key), ABSENT)

    def has(self, key: Value) -> bool:
        """Whether there is such a key."""
        return self.find(key) != ABSENT

    def get(self, key: Value) -> Value:
        """The value under a key; undefined where there is none."""
        place = self.find(key)
        return self.values[place] if place != ABSENT else Value.UNDEFINED

    @dont_look_inside
    def set(self, key: Value, value: Value) -> None:
        """Insert behind the others, or replace."""
        place = self.find(key)
        if place != ABSENT:
            self.values[place] = value
            return
        if key.is_float():
            key = number_value(key.as_float() + 0.0)  # -0 is 0
        self._note(key, len(self.keys))
        self.keys.append(key)
        self.values.append(value)
        self.numbers.append(self.next_number)
        self.next_number += 1
        self.count += 1

    @dont_look_inside
    def remove(self, key: Value) -> bool:
        """Take a key out; False where it is not in."""
        place = self.find(key)
        if place == ABSENT:
            return False
        self._forget(self.keys[place])
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
        self.by_int = {}
        self.by_bits = {}
        self.by_text = {}
        self.by_bigint = {}
        self.by_object = {}
        self.by_constant = {}

    def _note(self, key: Value, place: int) -> None:
        """Say in the index of its kind where a key is."""
        if key.is_int():
            self.by_int[key.as_int()] = place
        elif key.is_float():
            self.by_bits[_bits(key.as_float())] = place
        elif key.is_object():
            thing = key.as_object()
            if isinstance(thing, JSString):
                self.by_text[thing.text()] = place
            elif isinstance(thing, JSBigInt):
                self.by_bigint[to_text(key)] = place
            else:
                assert isinstance(thing, GuestObject)
                self.by_object[thing] = place
        else:
            self.by_constant[_constant(key)] = place

    def _forget(self, key: Value) -> None:
        if key.is_int():
            del self.by_int[key.as_int()]
        elif key.is_float():
            del self.by_bits[_bits(key.as_float())]
        elif key.is_object():
            thing = key.as_object()
            if isinstance(thing, JSString):
                del self.by_text[thing.text()]
            elif isinstance(thing, JSBigInt):
                del self.by_bigint[to_text(key)]
            else:
                assert isinstance(thing, GuestObject)
                del self.by_object[thing]
        else:
            del self.by_constant[_constant(key)]

    def _squeeze(self) -> None:
        keys, values, numbers = self.keys, self.values, self.numbers
        self.keys = []
        self.values = []
        self.numbers = []
        self.epoch += 1
        for place in range(len(keys)):
            if not keys[place].same(EMPTY):
                self._note(keys[place], len(self.keys))
                self.keys.append(keys[place])
                self.values.append(values[place])
                self.numbers.append(numbers[place])

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


def _bits(number: float) -> int:
    """The bits of a double; NaN has one form."""
    return bits_of_float(number) if not is_nan(number) else -1


def _constant(key: Value) -> int:
    if key.same(Value.UNDEFINED):
        return _UNDEFINED
    if key.same(Value.NULL):
        return _NULL
    return _TRUE if key.as_bool() else _FALSE
