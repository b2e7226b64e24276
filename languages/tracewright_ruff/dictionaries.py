"""Guest dictionaries: keys are text, int keys mean their decimal text; insertion order is kept.

Four layouts, chosen by what the dictionary has seen:

    SHAPED    few text keys: a hidden class and a row of values, as in a struct; the empty dictionary is one
    DENSE     int keys 0 .. count-1: a growing row of values
    INTS      int keys in general
    TEXTS     many text keys

A dictionary of int keys stays one until a text key that is not a decimal number is inserted.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array, copy_items, unchecked_get, unchecked_set
from tracewright.core.value import Value
from tracewright.guest.shapes import Shape
from tracewright.hints import dont_look_inside
from tracewright.lib.dicts import Dict
from tracewright.lib.string_core import one_object
from tracewright_ruff.containers import EMPTY_ITEMS, W_Container, grown, share, shared_items

SHAPED: Final = 0
DENSE: Final = 1
INTS: Final = 2
TEXTS: Final = 3

MAX_SHAPED: Final = 12  # more keys than this are data, not a layout
NUMBER_LIMIT: Final = 1_000_000_000_000_000_000  # numbers of up to 18 digits
NOT_A_NUMBER: Final = -(1 << 63)  # no key text of at most 18 digits means it


@dont_look_inside
def number_of_key(text: str) -> int:
    """The int whose decimal text this is (up to 18 digits), else NOT_A_NUMBER."""
    start = 1 if text.startswith("-") else 0
    digits = len(text) - start
    if digits < 1 or digits > 18 or (text[start] == "0" and len(text) > 1):
        return NOT_A_NUMBER
    number = 0
    for index in range(start, len(text)):
        digit = ord(text[index]) - 48
        if digit < 0 or digit > 9:
            return NOT_A_NUMBER
        number = number * 10 + digit
    return -number if start == 1 else number


def has_number_text(key: int) -> bool:
    """Whether `number_of_key` would find the key again in its text."""
    return -NUMBER_LIMIT < key < NUMBER_LIMIT


@final
class W_Dict(W_Container):
    """A dictionary. `values` is used by SHAPED and DENSE, without holes; `ints` and `texts` by the others."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.layout: int = SHAPED
        self.shape = shape  # the root of dictionary shapes at first; only meaningful while SHAPED
        self.values: Array[Value] = EMPTY_ITEMS
        self.count = 0
        self.ints: dict[int, Value] | None = None
        self.texts: Dict[str, Value] | None = None
        # What TEXTS was asked for last: programs ask `has_key(d, k)`, then read `d[k]`, then write it.
        self.recent_key: str | None = None
        self.recent_place = -1

    # --- reading: UNDEFINED where the key is missing ---
    def get_text(self, key: str) -> Value:
        """The value under a text key."""
        if self.layout == SHAPED:
            index = self.shape.index_of(key)
            return unchecked_get(self.values, index) if index >= 0 else Value.UNDEFINED
        if self.layout == TEXTS and one_object(key, self.recent_key):
            return self._recent_value()
        return self._get_text_slow(key)

    def _recent_value(self) -> Value:
        """What is under the key that TEXTS was asked for last."""
        place = self.recent_place
        texts = self.texts
        return texts.value_at(place) if texts is not None and place >= 0 else Value.UNDEFINED

    @dont_look_inside
    def _get_text_slow(self, key: str) -> Value:
        if self.layout == TEXTS:
            assert self.texts is not None
            place = self._place_of(key)
            return self.texts.value_at(place) if place >= 0 else Value.UNDEFINED
        number = number_of_key(key)
        return self.get_int(number) if number != NOT_A_NUMBER else Value.UNDEFINED

    def _place_of(self, key: str) -> int:
        """Where TEXTS has the key, or -1."""
        if one_object(key, self.recent_key):
            return self.recent_place
        assert self.texts is not None
        place = self.texts.find(key)
        self.recent_key = key
        self.recent_place = place
        return place

    def has_dense(self, key: int) -> bool:
        """Whether the int key is one of DENSE's."""
        return self.layout == DENSE and 0 <= key < self.count

    def dense_value(self, key: int) -> Value:
        """The value under one of these keys."""
        return unchecked_get(self.values, key)

    def get_int(self, key: int) -> Value:
        """The value under an int key."""
        if self.layout == DENSE:
            return self.dense_value(key) if self.has_dense(key) else Value.UNDEFINED
        return self._get_int_slow(key)

    @dont_look_inside
    def _get_int_slow(self, key: int) -> Value:
        if self.layout == INTS:
            assert self.ints is not None
            return self.ints.get(key, Value.UNDEFINED)
        return self.get_text(str(key))

    # --- writing: the dictionary must be unshared, the value owned ---
    def set_text(self, key: str, value: Value) -> None:
        """Insert or replace under a text key."""
        texts = self.texts
        if self.layout == TEXTS and texts is not None and self.recent_place >= 0 and one_object(key, self.recent_key):
            texts.put_at(self.recent_place, value)
        else:
            self._set_text_slow(key, value)

    @dont_look_inside
    def _set_text_slow(self, key: str, value: Value) -> None:
        if self.layout == SHAPED:
            index = self.shape.index_of(key)
            if index >= 0:
                self.values[index] = value
                return
            larger = self.shape.next_shape(key) if self.count < MAX_SHAPED else None
            if larger is not None:
                if self.count == len(self.values):
                    self.values = grown(self.values, self.count)
                self.values[self.count] = value
                self.count += 1
                self.shape = larger
                return
        elif self.layout != TEXTS:
            number = number_of_key(key)
            if number != NOT_A_NUMBER:
                self.set_int(number, value)
                return
        self._become_texts()
        assert self.texts is not None
        place = self._place_of(key)
        if place >= 0:
            self.texts.put_at(place, value)
            return
        self.recent_key = None
        self.texts.append_new(key, value)
        self.count = len(self.texts)

    def set_int(self, key: int, value: Value) -> None:
        """Insert or replace under an int key."""
        if self.layout == DENSE and 0 <= key < self.count:
            unchecked_set(self.values, key, value)
        else:
            self._set_int_slow(key, value)

    @dont_look_inside
    def _set_int_slow(self, key: int, value: Value) -> None:
        if self.count == 0 and has_number_text(key):
            self.layout = DENSE
            self.ints = None
            self.texts = None
        if not has_number_text(key) or self.layout == SHAPED or self.layout == TEXTS:
            if self.layout == DENSE or self.layout == INTS:
                self._become_texts()  # such a number could not be found again under its text
            self.set_text(str(key), value)
            return
        if self.layout == DENSE:
            if key == self.count:
                if self.count == len(self.values):
                    self.values = grown(self.values, self.count)
                self.values[key] = value
                self.count += 1
                return
            self._become_ints()
        assert self.ints is not None
        self.ints[key] = value
        self.count = len(self.ints)

    def _become_ints(self) -> None:
        table: dict[int, Value] = {}
        for index in range(self.count):
            table[index] = self.values[index]
        self.ints = table
        self.values = EMPTY_ITEMS
        self.layout = INTS

    def _become_texts(self) -> None:
        if self.layout == TEXTS:
            return
        names = self.keys()
        table: Dict[str, Value] = Dict()
        for index in range(len(names)):
            table.append_new(names[index], self.get_text(names[index]))
        self.texts = table
        self.recent_key = None
        self.ints = None
        self.values = EMPTY_ITEMS
        self.layout = TEXTS

    @dont_look_inside
    def remove_text(self, key: str) -> Value:
        """Take the entry out and give its value; UNDEFINED where there is none. The dictionary must be unshared."""
        number = number_of_key(key) if self.layout == DENSE or self.layout == INTS else NOT_A_NUMBER
        old = self.get_text(key)
        if old.same(Value.UNDEFINED):
            return old
        if number != NOT_A_NUMBER:
            if self.layout == DENSE and number == self.count - 1:
                self.values[number] = Value.UNDEFINED
                self.count -= 1
                return old
            if self.layout == DENSE:
                self._become_ints()
            assert self.ints is not None
            del self.ints[number]
            self.count = len(self.ints)
            return old
        self._become_texts()
        assert self.texts is not None
        self.recent_key = None
        self.texts.pop(key)
        self.count = len(self.texts)
        return old

    # --- as a whole ---
    @dont_look_inside
    def keys(self) -> list[str]:
        """The keys in insertion order."""
        if self.layout == SHAPED:
            return self.shape.names()
        if self.layout == DENSE:
            return [str(index) for index in range(self.count)]
        if self.layout == INTS:
            assert self.ints is not None
            return [str(key) for key in self.ints]
        assert self.texts is not None
        names: list[str] = []
        position = self.texts.next_position(0)
        while position >= 0:
            names.append(self.texts.key_at(position))
            position = self.texts.next_position(position + 1)
        return names

    @dont_look_inside
    def sorted_keys(self) -> list[str]:
        """The keys as they are shown: by number if all are ints, else by code point."""
        if self.layout == INTS:
            assert self.ints is not None
            return [str(key) for key in sorted(list(self.ints))]
        if self.layout == DENSE:
            return self.keys()
        return sorted(self.keys())

    @dont_look_inside
    def copied(self) -> W_Dict:
        result = W_Dict(self.shape)
        result.layout = self.layout
        result.count = self.count
        if self.layout == SHAPED or self.layout == DENSE:
            result.values = shared_items(self.values, self.count)
        elif self.ints is not None:
            result.ints = self.ints.copy()
            for value in self.ints.values():
                share(value)
        elif self.texts is not None:
            result.texts = self.texts.copy()
            position = self.texts.next_position(0)
            while position >= 0:
                share(self.texts.value_at(position))
                position = self.texts.next_position(position + 1)
        return result


def shaped_dict(shape: Shape, values: Array[Value]) -> W_Dict:
    """A dictionary with the fields of `shape`; takes `values`, one for each."""
    result = W_Dict(shape)
    result.values = values
    result.count = shape.count
    return result


def truncated_copy(items: Array[Value], count: int) -> Array[Value]:
    """The first `count` values, moved to a row of their own."""
    result: Array[Value] = Array(count, Value.UNDEFINED)
    copy_items(items, 0, result, 0, count)
    return result
