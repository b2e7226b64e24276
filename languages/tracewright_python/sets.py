"""`set` and `frozenset`. The members come in CPython's order, where that depends on nothing but their hashes: ints, for instance.

Open addressing: from the place of the hash some neighbours are looked at, then the next place is one that depends on all bits of the hash.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array, copy_items, unchecked_get, unchecked_set
from tracewright.core.integers import count_trailing_zeros, urshift, wrap_add, wrap_lshift, wrap_mul, wrap_sub
from tracewright.core.value import Value
from tracewright.hints import dont_look_inside
from tracewright_python import builtin_types as types
from tracewright_python.exceptions import error
from tracewright_python.iterators import PyIterator
from tracewright_python.keys import DEEPEST, EQUAL, NOT_PLAIN, is_plain_key, key_hash, keys_equal, plainly_equal
from tracewright_python.objects import Marker, PyInstance, PyObject, PyType, special
from tracewright_python.session import Session
from tracewright_python.special_names import Special

SMALLEST: Final = 8
WORD: Final = 64  # places of the largest table whose members are also bits of a word
NEIGHBOURS: Final = 9
PERTURB_SHIFT: Final = 5
REMOVED: Final = Value.of_object(Marker("removed"))
REMOVED_HASH: Final = -1  # no hash of a member
ABSENT: Final = -1
UNDECIDED: Final = -(1 << 62)  # no complement of a place


class PySet(PyObject):
    """A set. A place of `keys` holds a member, UNDEFINED, or REMOVED."""

    def __init__(self) -> None:
        self.keys: Array[Value] = Array(SMALLEST, Value.UNDEFINED)
        self.hashes: Array[int] = Array(SMALLEST, 0)
        self.bits = 0  # of a table of at most WORD places: those with members. They come in no pattern, so looking at each would cost
        self.count = 0
        self.filled = 0  # places that are not UNDEFINED
        self.finger = 0  # where `pop` looks next
        self.is_plain = True  # its members are such that no comparison of them asks the program

    def type_of(self) -> PyType:
        return types.SET

    def has(self, session: Session, key: Value) -> bool:
        """Whether it is a member."""
        return self.find(session, key, searched_hash(session, key)) != ABSENT

    def add(self, session: Session, key: Value) -> None:
        """Make it a member."""
        self.add_hashed(session, key, key_hash(session, key))

    def add_hashed(self, session: Session, key: Value, code: int) -> None:
        """The same, where its hash is known."""
        if self._add_plainly(key, code) == UNDECIDED and self._find_slowly(session, key, code) == ABSENT:
            self.add_new(key, code)

    @dont_look_inside
    def _add_plainly(self, key: Value, code: int) -> int:
        """Make it a member where the program need not be asked; else UNDECIDED."""
        place = self._probe(key, code)
        if place < 0 and place != UNDECIDED:
            self._put(~place, key, code)
        return place

    @dont_look_inside
    def discard(self, session: Session, key: Value) -> bool:
        """Take it out; False where it is no member."""
        return self.discard_hashed(session, key, searched_hash(session, key))

    @dont_look_inside
    def discard_hashed(self, session: Session, key: Value, code: int) -> bool:
        """The same, where its hash is known."""
        place = self.find(session, key, code)
        if place == ABSENT:
            return False
        self._remove(place)
        return True

    @dont_look_inside
    def pop(self) -> Value:
        """Take any member out of a set that has some: the search goes on where the last one ended."""
        place = self.next_place(self.finger & (len(self.keys) - 1))
        if place == ABSENT:
            place = self.next_place(0)
        member = self.keys[place]
        self._remove(place)
        self.finger = place + 1
        return member

    def _remove(self, place: int) -> None:
        self.keys[place] = REMOVED
        self.hashes[place] = REMOVED_HASH
        self.bits &= ~bit_of(place)
        self.count -= 1

    def find(self, session: Session, key: Value, code: int) -> int:
        """The place of a member, or ABSENT."""
        start = code & (len(self.keys) - 1)
        known = unchecked_get(self.keys, start)
        if known.same(Value.UNDEFINED):
            return ABSENT
        if known.same(key) and unchecked_get(self.hashes, start) == code:  # its hash may be another one by now
            return start
        place = self.find_plainly(key, code)
        return place if place != UNDECIDED else self._find_slowly(session, key, code)

    @dont_look_inside
    def find_plainly(self, key: Value, code: int) -> int:
        """The same where the program need not be asked; else UNDECIDED."""
        place = self._probe(key, code)
        return place if place >= 0 or place == UNDECIDED else ABSENT

    def lacks(self, key: Value, code: int) -> bool:
        """Whether something is no member; the set is plain, and so is the key."""
        start = code & (len(self.keys) - 1)
        known = unchecked_get(self.keys, start)
        if known.same(Value.UNDEFINED):
            return True
        return not known.same(key) and self._probe(key, code) < 0

    def _probe(self, key: Value, code: int) -> int:
        """The place of a member; `~place` of where it would be put; or UNDECIDED."""
        keys, hashes = self.keys, self.hashes
        mask = len(keys) - 1
        start = code & mask
        perturb = code
        removed = ABSENT
        while True:
            last = start + NEIGHBOURS if start + NEIGHBOURS <= mask else start
            for place in range(start, last + 1):
                known = unchecked_get(keys, place)
                if known.same(Value.UNDEFINED):
                    return ~(place if removed == ABSENT else removed)
                found = unchecked_get(hashes, place)
                if found == REMOVED_HASH:
                    removed = place
                elif found == code:
                    if known.same(key):
                        return place
                    answer = plainly_equal(known, key, DEEPEST)
                    if answer == EQUAL:
                        return place
                    if answer == NOT_PLAIN:
                        return UNDECIDED
            perturb = urshift(perturb, PERTURB_SHIFT)
            start = _next_start(start, perturb, mask)

    @dont_look_inside
    def _find_slowly(self, session: Session, key: Value, code: int) -> int:
        keys = self.keys
        mask = len(keys) - 1
        start = code & mask
        perturb = code
        while True:
            last = start + NEIGHBOURS if start + NEIGHBOURS <= mask else start
            for place in range(start, last + 1):
                known = keys[place]
                if known.same(Value.UNDEFINED):
                    return ABSENT
                if not known.same(REMOVED) and self.hashes[place] == code:
                    equal = keys_equal(session, known, key)
                    if self.keys is not keys or not keys[place].same(known):
                        return self._find_slowly(session, key, code)  # the comparison has changed the set
                    if equal:
                        return place
            perturb = urshift(perturb, PERTURB_SHIFT)
            start = _next_start(start, perturb, mask)

    @dont_look_inside
    def add_new(self, key: Value, code: int) -> None:
        """Make something with this hash a member which is none."""
        self._put(_free_place(self.keys, code), key, code)

    def _put(self, place: int, key: Value, code: int) -> None:
        """Make it a member, at a place that has none."""
        if unchecked_get(self.keys, place).same(Value.UNDEFINED):
            self.filled += 1
        if key.is_object() and not is_plain_key(key):
            self.is_plain = False
        unchecked_set(self.keys, place, key)
        unchecked_set(self.hashes, place, code)
        self.bits |= bit_of(place)
        self.count += 1
        if self.filled * 5 >= (len(self.keys) - 1) * 3:
            self._grow()

    def _grow(self) -> None:
        self._resize(self.count * 2 if self.count > 50000 else self.count * 4)

    def reserve(self, more: int) -> None:
        """Room for more members, all at once."""
        if (self.filled + more) * 5 >= (len(self.keys) - 1) * 3:
            self._resize((self.count + more) * 2)

    def sweep(self) -> None:
        """Sweep out the marks of removed members, where they are more than a quarter."""
        if self.filled - self.count > (len(self.keys) - 1) // 4:
            self._grow()

    @dont_look_inside
    def take_all(self, source: PySet) -> None:
        """Give a set without members, and with room, those of another."""
        if len(self.keys) == len(source.keys) and source.filled == source.count:
            copy_items(source.keys, 0, self.keys, 0, len(self.keys))
            copy_items(source.hashes, 0, self.hashes, 0, len(self.keys))
            self.bits = source.bits
        else:
            self._insert_all(source.keys, source.hashes, source.bits)
        self.count = source.count
        self.filled = source.count
        self.is_plain = self.is_plain and source.is_plain

    def become(self, made: PySet) -> None:
        """Have the members of a set that nobody else knows."""
        self.keys, self.hashes, self.bits = made.keys, made.hashes, made.bits
        self.count, self.filled = made.count, made.filled
        self.is_plain = made.is_plain

    def _resize(self, wanted: int) -> None:
        size = SMALLEST
        while size <= wanted:
            size *= 2
        keys, hashes, bits = self.keys, self.hashes, self.bits
        self.keys = Array(size, Value.UNDEFINED)
        self.hashes = Array(size, 0)
        self.bits = 0
        self._insert_all(keys, hashes, bits)
        self.filled = self.count

    def _insert_all(self, keys: Array[Value], hashes: Array[int], bits: int) -> None:
        """Put in what another table has, all of which is new here."""
        if len(keys) <= WORD:
            while bits != 0:
                place = count_trailing_zeros(bits)
                self._insert(unchecked_get(keys, place), unchecked_get(hashes, place))
                bits &= wrap_sub(bits, 1)
            return
        for place in range(len(keys)):
            key = unchecked_get(keys, place)
            if not key.same(Value.UNDEFINED) and not key.same(REMOVED):
                self._insert(key, unchecked_get(hashes, place))

    def _insert(self, key: Value, code: int) -> None:
        free = _free_place(self.keys, code)
        unchecked_set(self.keys, free, key)
        unchecked_set(self.hashes, free, code)
        self.bits |= bit_of(free)

    @dont_look_inside
    def clear(self) -> None:
        """Take everything out."""
        self.keys = Array(SMALLEST, Value.UNDEFINED)
        self.hashes = Array(SMALLEST, 0)
        self.bits = 0
        self.count = 0
        self.filled = 0

    def next_place(self, start: int) -> int:
        """The first place from `start` on that has a member, or ABSENT."""
        keys = self.keys
        if len(keys) <= WORD:
            bits = urshift(self.bits, start) if start < len(keys) else 0
            return start + count_trailing_zeros(bits) if bits != 0 else ABSENT
        for place in range(start, len(keys)):
            key = unchecked_get(keys, place)
            if not key.same(Value.UNDEFINED) and not key.same(REMOVED):
                return place
        return ABSENT

    def mixed_hash(self) -> int:
        """CPython's hash of a frozenset, which does not depend on the order of members."""
        mixed = 0
        for place in range(len(self.keys)):
            key = self.keys[place]
            if not key.same(Value.UNDEFINED) and not key.same(REMOVED):
                code = self.hashes[place]
                mixed ^= wrap_mul(code ^ 89869747 ^ wrap_lshift(code, 16), 3644798167)
        mixed ^= wrap_mul(self.count + 1, 1927868237)
        mixed ^= urshift(mixed, 11) ^ urshift(mixed, 25)
        mixed = wrap_add(wrap_mul(mixed, 69069), 907133923)
        return mixed if mixed != -1 else 590923713

    @dont_look_inside
    def members(self) -> list[Value]:
        """All members."""
        keys = self.keys
        members = [Value.UNDEFINED] * self.count
        count = 0
        if len(keys) <= WORD:
            bits = self.bits
            while bits != 0:
                members[count] = unchecked_get(keys, count_trailing_zeros(bits))
                bits &= wrap_sub(bits, 1)
                count += 1
            return members
        for place in range(len(keys)):
            key = unchecked_get(keys, place)
            if not key.same(Value.UNDEFINED) and not key.same(REMOVED):
                members[count] = key
                count += 1
        return members


def bit_of(place: int) -> int:
    """The bit of a place in a table of at most WORD places; any, in a larger one."""
    return wrap_lshift(1, place & (WORD - 1))


def _next_start(start: int, perturb: int, mask: int) -> int:
    """Where to look after the neighbours of `start`."""
    return wrap_add(wrap_add(wrap_mul(start, 5), 1), perturb) & mask


def _free_place(keys: Array[Value], code: int) -> int:
    """Where something with this hash is put that is no member: the last place on the way from which one was removed, else the first free one."""
    mask = len(keys) - 1
    start = code & mask
    perturb = code
    removed = ABSENT
    while True:
        last = start + NEIGHBOURS if start + NEIGHBOURS <= mask else start
        for place in range(start, last + 1):
            known = unchecked_get(keys, place)
            if known.same(Value.UNDEFINED):
                return place if removed == ABSENT else removed
            if known.same(REMOVED):
                removed = place
        perturb = urshift(perturb, PERTURB_SHIFT)
        start = _next_start(start, perturb, mask)


@final
class PyFrozenSet(PySet):
    def __init__(self) -> None:
        super().__init__()
        self.known_hash = -1

    def type_of(self) -> PyType:
        return types.FROZENSET

    def plain_hash(self) -> int:
        if self.known_hash == -1:
            self.known_hash = self.mixed_hash()
        return self.known_hash


@final
class InstanceOfSet(PySet):
    """An object of a class of the program that derives from `set` or `frozenset`."""

    def __init__(self, instance: PyInstance) -> None:
        super().__init__()
        self.instance = instance

    def type_of(self) -> PyType:
        return self.instance.type_of()

    def attributes(self) -> PyInstance | None:
        return self.instance


def searched_hash(session: Session, key: Value) -> int:
    """The hash by which a key is looked for: that of a set is that of the equal frozenset, which may be a member."""
    if key.is_object():
        thing = key.as_object()
        if isinstance(thing, PySet) and special(thing.type_of(), Special.HASH).same(Value.NULL):
            return _hash_of_members(session, thing)
    return key_hash(session, key)


@dont_look_inside
def _hash_of_members(session: Session, thing: PySet) -> int:
    for member in thing.members():
        key_hash(session, member)
    return thing.mixed_hash()


@final
class SetIterator(PyIterator):
    def __init__(self, source: PySet) -> None:
        self.source = source
        self.place = 0
        self.count: int = source.count

    def type_of(self) -> PyType:
        return types.SET_ITERATOR

    def step(self, session: Session) -> Value:
        return self._step()

    @dont_look_inside
    def _step(self) -> Value:
        source = self.source
        if self.place < 0:
            return Value.UNDEFINED
        if source.count != self.count:
            self.place = -1
            raise error(types.RUNTIME_ERROR, "Set changed size during iteration")
        place = source.next_place(self.place)
        if place == ABSENT:
            self.place = -1
            return Value.UNDEFINED
        self.place = place + 1
        return source.keys[place]


def as_set(value: Value) -> PySet | None:
    """The set or frozenset, also of a derived class, or None for anything else."""
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, PySet):
            return thing
    return None
