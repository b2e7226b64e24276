"""`Dict` and `Set` against CPython's: the same random operations on both, the same results, order and exceptions."""

from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tracewright.lib.dicts import Dict
from tracewright.lib.hash_table import HOLE
from tracewright.lib.lists import List, list_from_keys, list_from_set
from tracewright.lib.sets import Set, set_from_list


class Clash:
    """A key whose hash many others share."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __hash__(self) -> int:
        return len(self.name)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Clash) and other.name == self.name

    def __repr__(self) -> str:
        return f"Clash({self.name!r})"


Key = int | str | tuple[int, str] | Clash
CLASHES = st.text("ab", max_size=3).map(Clash)
KEY = st.integers(-4, 12) | st.text("xy", max_size=2) | st.tuples(st.integers(0, 2), st.text("z", max_size=1)) | CLASHES
VALUE = st.integers(0, 9)


def python_list(items: List[Key]) -> list[Key]:
    return [items[index] for index in range(len(items))]


def outcome(action: Callable[[], object]) -> object:
    try:
        return action()
    except KeyError:
        return KeyError


class DictMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.ours: Dict[Key, int] = Dict()
        self.theirs: dict[Key, int] = {}

    @rule(key=KEY, value=VALUE)
    def set_item(self, key: Key, value: int) -> None:
        self.ours[key] = value
        self.theirs[key] = value

    @rule(start=st.integers(0, 100), count=st.integers(1, 40))
    def set_many(self, start: int, count: int) -> None:
        for key in range(start, start + count):
            self.ours[key] = -key
            self.theirs[key] = -key

    @rule(count=st.integers(1, 40))
    def remove_oldest(self, count: int) -> None:
        for key in list(self.theirs)[:count]:
            del self.ours[key]
            del self.theirs[key]

    @rule(key=KEY)
    def look_up(self, key: Key) -> None:
        assert outcome(lambda: self.ours[key]) == outcome(lambda: self.theirs[key])
        assert (key in self.ours) == (key in self.theirs)
        assert self.ours.get(key, -1) == self.theirs.get(key, -1)
        assert self.ours.get_or_none(key) == self.theirs.get(key)

    @rule(key=KEY)
    def delete(self, key: Key) -> None:
        assert outcome(lambda: self.ours.__delitem__(key)) == outcome(lambda: self.theirs.__delitem__(key))

    @rule(key=KEY, default=VALUE)
    def pop(self, key: Key, default: int) -> None:
        assert self.ours.pop_or(key, default) == self.theirs.pop(key, default)
        assert outcome(lambda: self.ours.pop(key)) == outcome(lambda: self.theirs.pop(key))

    @rule(key=KEY)
    def pop_without_default(self, key: Key) -> None:
        assert outcome(lambda: self.ours.pop(key)) == outcome(lambda: self.theirs.pop(key))

    @rule()
    def pop_last(self) -> None:
        assert outcome(self.ours.popitem) == outcome(self.theirs.popitem)

    @rule(key=KEY, value=VALUE)
    def set_default(self, key: Key, value: int) -> None:
        assert self.ours.setdefault(key, value) == self.theirs.setdefault(key, value)

    @rule(more=st.dictionaries(KEY, VALUE, max_size=10))
    def update(self, more: dict[Key, int]) -> None:
        other: Dict[Key, int] = Dict()
        other.reserve(len(more))
        for key, value in more.items():
            other[key] = value
        self.ours.update(other)
        self.theirs.update(more)

    @rule()
    def clear(self) -> None:
        self.ours.clear()
        self.theirs.clear()

    @rule()
    def continue_with_a_copy(self) -> None:
        old = self.ours
        self.ours = old.copy()
        old.clear()

    @invariant()
    def same_contents_in_the_same_order(self) -> None:
        assert len(self.ours) == len(self.theirs)
        pairs = self.ours.items()
        assert [pairs[index] for index in range(len(pairs))] == list(self.theirs.items())
        assert python_list(list_from_keys(self.ours)) == list(self.theirs)
        values = self.ours.values()
        assert [values[index] for index in range(len(values))] == list(self.theirs.values())

    @invariant()
    def holes_keep_nothing_alive(self) -> None:
        table = self.ours.table
        for position in range(len(table.keys)):
            if position >= table.used or table.hashes[position] == HOLE:
                assert table.keys[position] is None and self.ours.values_row[position] is None
        assert len(table.keys) <= max(5, 10 * max(table.used, 40 + table.count))


class SetMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.ours: Set[Key] = Set()
        self.theirs: set[Key] = set()

    @rule(key=KEY)
    def add(self, key: Key) -> None:
        self.ours.add(key)
        self.theirs.add(key)

    @rule(key=KEY)
    def discard(self, key: Key) -> None:
        self.ours.discard(key)
        self.theirs.discard(key)

    @rule(key=KEY)
    def remove(self, key: Key) -> None:
        assert outcome(lambda: self.ours.remove(key)) == outcome(lambda: self.theirs.remove(key))

    @rule()
    def pop(self) -> None:
        if self.theirs:
            self.theirs.remove(self.ours.pop())
        else:
            assert outcome(lambda: self.ours.pop()) == outcome(lambda: self.theirs.pop())

    @rule(keys=st.lists(KEY, max_size=12))
    def combine(self, keys: list[Key]) -> None:
        items: List[Key] = List()
        for key in keys:
            items.append(key)
        other = set_from_list(items)
        for ours, theirs in (
            (self.ours | other, self.theirs | set(keys)),
            (self.ours & other, self.theirs & set(keys)),
            (self.ours - other, self.theirs - set(keys)),
            (self.ours ^ other, self.theirs ^ set(keys)),
        ):
            assert set(python_list(ours.items())) == theirs and len(ours) == len(theirs)
        for name in ("issubset", "issuperset", "isdisjoint"):
            assert getattr(self.ours, name)(other) == getattr(self.theirs, name)(set(keys)), name
        self.ours.update(other)
        self.theirs.update(keys)

    @rule()
    def clear(self) -> None:
        self.ours.clear()
        self.theirs.clear()

    @invariant()
    def same_contents(self) -> None:
        assert set(python_list(list_from_set(self.ours))) == self.theirs
        assert len(self.ours) == len(self.theirs)
        assert all(key in self.ours for key in self.theirs)


TestDictMachine = DictMachine.TestCase
TestDictMachine.settings = settings(max_examples=50, stateful_step_count=30, deadline=None)
TestSetMachine = SetMachine.TestCase
TestSetMachine.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 300))
def test_reserving_makes_room(count: int) -> None:
    ours: Dict[int, int] = Dict()
    ours.reserve(count)
    keys = ours.table.keys
    for key in range(count):
        ours[key] = key
    assert ours.table.keys is keys or count == 0


def test_a_queue_of_keys_does_not_grow() -> None:
    ours: Dict[int, int] = Dict()
    for key in range(3000):
        ours[key] = key
        if key >= 10:
            assert ours.pop(key - 10) == key - 10
    assert len(ours) == 10 and len(ours.table.keys) <= 40
