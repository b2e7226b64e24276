"""`dict`: in the order of insertion, keys by `hash` and `==`.

    {"a": 1, "b": 2}      entries  0: "a" 1    1: "b" 2          slots  [ . 1 . . 0 . . . ]

`slots` is a hash table of places of entries; a dict of names has it only once somebody looks for a key, so that `f(**names)` needs none. A key that is taken out leaves a hole in the entries; `_grow` squeezes the holes out.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array, copy_items, unchecked_get, unchecked_set
from tracewright.core.integers import urshift, wrap_add, wrap_mul
from tracewright.core.value import Value
from tracewright.hints import dont_look_inside
from tracewright_python.builtin_types import DICT, RUNTIME_ERROR
from tracewright_python.exceptions import error
from tracewright_python.keys import DEEPEST, EQUAL, NOT_PLAIN, key_hash, keys_equal, plainly_equal
from tracewright_python.objects import PyInstance, PyMapping, PyObject, PyType
from tracewright_python.session import Session
from tracewright_python.texts import PyStr, as_str, text_value, texts_equal
from tracewright_python.values import type_of

EMPTY: Final = -1  # in a slot that was never used
REMOVED: Final = -2
ABSENT: Final = -1
UNDECIDED: Final = -3
FEWEST_SLOTS: Final = 8
PERTURB_SHIFT: Final = 5
NO_SLOTS: Final[Array[int]] = Array(0, EMPTY)
NO_ENTRIES: Final[Array[Value]] = Array(0, Value.UNDEFINED)


def are_equal_texts(known: Value, key: Value) -> bool:
    """Whether both are plain texts, and the same: the quick part of the question whether two keys with one hash are equal."""
    left, right = as_str(known), as_str(key)
    if left is None or right is None or not type_of(known).is_builtin or not type_of(key).is_builtin:
        return False
    return texts_equal(left, right)


def first_slot(code: int, mask: int) -> int:
    """Where the search for a hash begins: neighbouring ints are neighbours in memory, and so are objects by their addresses."""
    return wrap_add(code, code >> 4) & mask


def next_slot(slot: int, perturb: int, mask: int) -> int:
    """Where it goes on; `perturb` is the hash without the bits that have been used."""
    return wrap_add(wrap_add(wrap_mul(slot, 5), 1), perturb) & mask


class PyDict(PyObject):
    """A dict. `count` keys are among the first `used` entries; a hole has UNDEFINED as its key."""

    def __init__(self) -> None:
        self.keys: Array[Value] = NO_ENTRIES
        self.values: Array[Value] = NO_ENTRIES
        self.hashes: Array[int] = NO_SLOTS
        self.slots: Array[int] = NO_SLOTS
        self.used = 0
        self.count = 0
        self.taken = 0  # slots that are not EMPTY

    def type_of(self) -> PyType:
        return DICT

    # --- by key ---
    def find(self, session: Session, key: Value) -> int:
        """The place of a key's entry, or ABSENT. Raises what hashing and comparing raise."""
        return self._find(session, key, key_hash(session, key))

    def _find(self, session: Session, key: Value, code: int) -> int:
        if self.count == 0:
            return ABSENT
        if len(self.slots) == 0:
            self._make_index()
        place = unchecked_get(self.slots, first_slot(code, len(self.slots) - 1))
        if place == EMPTY:
            return ABSENT
        if place >= 0:
            known = unchecked_get(self.keys, place)
            if known.same(key):
                return place
            if unchecked_get(self.hashes, place) == code and are_equal_texts(known, key):
                return place
        place = self._find_plainly(key, code)
        return place if place != UNDECIDED else self._find_slowly(session, key, code)

    def get(self, session: Session, key: Value) -> Value:
        """The value, or UNDEFINED."""
        place = self.find(session, key)
        return unchecked_get(self.values, place) if place != ABSENT else Value.UNDEFINED

    def set(self, session: Session, key: Value, value: Value) -> None:
        """Change the value of a key, or add it behind the others."""
        code = key_hash(session, key)
        place = self._find(session, key, code)
        if place != ABSENT:
            unchecked_set(self.values, place, value)
        else:
            self._add(key, code, value)

    def remove(self, session: Session, key: Value) -> Value:
        """Take a key out and give its value; UNDEFINED where it is not in."""
        place = self.find(session, key)
        return self.remove_at(place) if place != ABSENT else Value.UNDEFINED

    # --- by names ---
    def get_named(self, name: str) -> Value:
        """The value of a text, or UNDEFINED."""
        place = self.find_text(PyStr(name))
        return self.values[place] if place != ABSENT else Value.UNDEFINED

    def set_text(self, key: PyStr, value: Value) -> None:
        """Change the value of a text, or add it."""
        place = self.find_text(key)
        if place != ABSENT:
            self.values[place] = value
        else:
            self._add(Value.of_object(key), key.hashed(), value)

    @dont_look_inside
    def find_text(self, key: PyStr) -> int:
        if self.count == 0:
            return ABSENT
        if len(self.slots) == 0:
            self._make_index()
        code = key.hashed()
        mask = len(self.slots) - 1
        slot = first_slot(code, mask)
        perturb = code
        while True:
            place = self.slots[slot]
            if place == EMPTY:
                return ABSENT
            if place >= 0 and self.hashes[place] == code:
                known = as_str(self.keys[place])
                if known is not None and known.text() == key.text():
                    return place
            perturb = urshift(perturb, PERTURB_SHIFT)
            slot = next_slot(slot, perturb, mask)

    # --- in order ---
    def next_place(self, start: int) -> int:
        """The first place from `start` on that has a key, or ABSENT."""
        if start < self.used and not unchecked_get(self.keys, start).same(Value.UNDEFINED):
            return start
        return self._next_slowly(start)

    def length(self) -> int:
        """The number of keys."""
        return self.count

    @dont_look_inside
    def all_keys(self) -> list[Value]:
        """The keys in order."""
        return [self.keys[place] for place in range(self.used) if not self.keys[place].same(Value.UNDEFINED)]

    @dont_look_inside
    def update_from(self, session: Session, other: PyDict) -> None:
        """All entries of another dict."""
        place = other.next_place(0)
        count = other.count
        while place != ABSENT:
            self.set(session, other.keys[place], other.values[place])
            if other.count != count:
                raise error(RUNTIME_ERROR, "dict mutated during update")
            place = other.next_place(place + 1)

    @dont_look_inside
    def duplicate(self) -> PyDict:
        """A dict with the same entries, which has little room for more."""
        self.length()
        result = PyDict()
        if self.count > 0:
            result.keys, result.values, result.hashes = self.keys, self.values, self.hashes
            result.used, result.count = self.used, self.count
            result._move(self.count + (self.count >> 1), len(self.slots) > 0)
        return result

    @dont_look_inside
    def clear(self) -> None:
        """Take everything out."""
        self.keys = NO_ENTRIES
        self.values = NO_ENTRIES
        self.hashes = NO_SLOTS
        self.slots = NO_SLOTS
        self.used = 0
        self.count = 0
        self.taken = 0

    @dont_look_inside
    def remove_at(self, place: int) -> Value:
        """Take out the entry at a place; gives its value."""
        if len(self.slots) == 0:
            self._make_index()
        mask = len(self.slots) - 1
        slot = first_slot(self.hashes[place], mask)
        perturb = self.hashes[place]
        while self.slots[slot] != place:
            perturb = urshift(perturb, PERTURB_SHIFT)
            slot = next_slot(slot, perturb, mask)
        self.slots[slot] = REMOVED
        value = self.values[place]
        self.keys[place] = Value.UNDEFINED
        self.values[place] = Value.UNDEFINED
        self.count -= 1
        if place == self.used - 1:
            self.used = place
        return value

    # --- the slow ways ---
    @dont_look_inside
    def _next_slowly(self, start: int) -> int:
        for place in range(start, self.used):
            if not self.keys[place].same(Value.UNDEFINED):
                return place
        return ABSENT

    @dont_look_inside
    def _find_plainly(self, key: Value, code: int) -> int:
        """The place of a key where the program need not be asked; else UNDECIDED."""
        slots, hashes = self.slots, self.hashes
        mask = len(slots) - 1
        slot = first_slot(code, mask)
        perturb = code
        while True:
            place = unchecked_get(slots, slot)
            if place == EMPTY:
                return ABSENT
            if place >= 0 and unchecked_get(hashes, place) == code:
                answer = plainly_equal(unchecked_get(self.keys, place), key, DEEPEST)
                if answer == EQUAL:
                    return place
                if answer == NOT_PLAIN:
                    return UNDECIDED
            perturb = urshift(perturb, PERTURB_SHIFT)
            slot = next_slot(slot, perturb, mask)

    @dont_look_inside
    def _find_slowly(self, session: Session, key: Value, code: int) -> int:
        slots = self.slots
        if len(slots) == 0:
            return ABSENT  # a comparison has emptied the dict
        mask = len(slots) - 1
        slot = first_slot(code, mask)
        perturb = code
        while True:
            place = slots[slot]
            if place == EMPTY:
                return ABSENT
            if place >= 0 and self.hashes[place] == code:
                known = self.keys[place]
                equal = keys_equal(session, known, key)
                if self.slots is not slots or not self.keys[place].same(known):
                    return self._find_slowly(session, key, code)  # the comparison has changed the dict
                if equal:
                    return place
            perturb = urshift(perturb, PERTURB_SHIFT)
            slot = next_slot(slot, perturb, mask)

    @dont_look_inside
    def _add(self, key: Value, code: int, value: Value) -> None:
        """A key that is not in."""
        if len(self.slots) == 0 and self.count > 0:
            self._make_index()
        if self.used == len(self.keys) or 2 * self.taken >= len(self.slots):
            self._grow()
        place = self.used
        unchecked_set(self.keys, place, key)
        unchecked_set(self.values, place, value)
        unchecked_set(self.hashes, place, code)
        self._take_slot(code, place)
        self.used = place + 1
        self.count += 1

    @dont_look_inside
    def _make_index(self) -> None:
        """The hashes and slots of a dict whose keys are names."""
        hashes: Array[int] = Array(len(self.keys), 0)
        for place in range(self.used):
            name = as_str(self.keys[place])
            assert name is not None
            hashes[place] = name.hashed()
        self.hashes = hashes
        self._make_slots(len(self.keys))

    def _make_slots(self, room: int) -> None:
        slots = FEWEST_SLOTS
        while slots < 2 * room:
            slots *= 2
        self.slots = Array(slots, EMPTY)
        self.taken = 0
        for place in range(self.used):
            self._take_slot(self.hashes[place], place)

    def _take_slot(self, code: int, place: int) -> None:
        slots = self.slots
        mask = len(slots) - 1
        slot = first_slot(code, mask)
        perturb = code
        while unchecked_get(slots, slot) >= 0:
            perturb = urshift(perturb, PERTURB_SHIFT)
            slot = next_slot(slot, perturb, mask)
        if unchecked_get(slots, slot) == EMPTY:  # not REMOVED: a key that comes and goes needs no new rows
            self.taken += 1
        unchecked_set(slots, slot, place)

    def _grow(self) -> None:
        """Room for as many again."""
        self._move(max(4, 2 * self.count), True)

    def _move(self, room: int, is_indexed: bool) -> None:
        """New rows without holes, for so many entries. Without an index, all keys are names, none was removed, and there are no hashes."""
        keys: Array[Value] = Array(room, Value.UNDEFINED)
        values: Array[Value] = Array(room, Value.UNDEFINED)
        hashes: Array[int] = Array(room, 0) if is_indexed else NO_SLOTS
        if self.used == 0:
            pass  # an empty dict gets its first rows
        elif self.count == self.used:
            copy_items(self.keys, 0, keys, 0, self.used)
            copy_items(self.values, 0, values, 0, self.used)
            if is_indexed:
                copy_items(self.hashes, 0, hashes, 0, self.used)
        else:
            count = 0
            for place in range(self.used):
                if not self.keys[place].same(Value.UNDEFINED):
                    keys[count] = self.keys[place]
                    values[count] = self.values[place]
                    hashes[count] = self.hashes[place]
                    count += 1
        self.keys = keys
        self.values = values
        self.hashes = hashes
        self.used = self.count
        if is_indexed:
            self._make_slots(room)


@final
class InstanceOfDict(PyDict):
    """An object of a class of the program that derives from `dict`."""

    def __init__(self, instance: PyInstance) -> None:
        super().__init__()
        self.instance = instance

    def type_of(self) -> PyType:
        return self.instance.type_of()

    def attributes(self) -> PyInstance | None:
        return self.instance


def dict_of_rows(names: Array[Value], values: Array[Value], count: int) -> PyDict:
    """A dict of `count` different names, in rows of that length which are its own from now on. A trace need not make it."""
    result = PyDict()
    result.keys = names
    result.values = values
    result.used = count
    result.count = count
    return result


def as_dict(value: Value) -> PyDict | None:
    """The dict, also of a derived class, or None for anything else."""
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, PyDict):
            return thing
    return None


@dont_look_inside
def dict_of_names(mapping: PyMapping) -> PyDict:
    """A new dict with the names and values of a namespace."""
    result = PyDict()
    for name in mapping.all_names():
        result.set_text(PyStr(name), mapping.get_named(name))
    return result


def name_value(name: str) -> Value:
    """A name as a key."""
    return text_value(name)
