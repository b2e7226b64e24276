"""`List` against CPython's `list`: the same random operations on both, the same results, contents and exceptions."""

from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tracewright.core.integers import MAX_INT
from tracewright.lib.lists import (
    List,
    list_from_list,
    list_from_range,
    list_from_str,
    list_sorted,
    list_sum_float,
    list_sum_int,
)

INDEX = st.integers(-12, 12)
ITEM = st.integers(0, 5)
ITEMS = st.lists(ITEM, max_size=9)


def list_of(items: list[int]) -> List[int]:
    result: List[int] = List()
    result.reserve(len(items))
    for item in items:
        result.append(item)
    return result


def contents(items: List[int]) -> list[int]:
    return [items[index] for index in range(len(items))]


def outcome(action: Callable[[], object]) -> object:
    try:
        return action()
    except (IndexError, ValueError) as error:
        return type(error)


class ListMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.ours: List[int] = List()
        self.theirs: list[int] = []

    @rule(item=ITEM)
    def append(self, item: int) -> None:
        self.ours.append(item)
        self.theirs.append(item)

    @rule(items=ITEMS)
    def extend(self, items: list[int]) -> None:
        self.ours.extend(list_of(items))
        self.theirs.extend(items)

    @rule()
    def extend_by_itself(self) -> None:
        if len(self.theirs) < 40:
            self.ours += self.ours
            self.theirs += self.theirs

    @rule(index=INDEX, item=ITEM)
    def insert(self, index: int, item: int) -> None:
        self.ours.insert(index, item)
        self.theirs.insert(index, item)

    @rule(index=INDEX)
    def pop(self, index: int) -> None:
        assert outcome(lambda: self.ours.pop(index)) == outcome(lambda: self.theirs.pop(index))

    @rule()
    def pop_last(self) -> None:
        assert outcome(lambda: self.ours.pop()) == outcome(lambda: self.theirs.pop())

    @rule(index=INDEX, item=ITEM)
    def item(self, index: int, item: int) -> None:
        assert outcome(lambda: self.ours[index]) == outcome(lambda: self.theirs[index])
        assert outcome(lambda: self.ours.__setitem__(index, item)) == outcome(
            lambda: self.theirs.__setitem__(index, item)
        )

    @rule(index=INDEX)
    def delete(self, index: int) -> None:
        assert outcome(lambda: self.ours.__delitem__(index)) == outcome(lambda: self.theirs.__delitem__(index))

    @rule(item=ITEM)
    def search(self, item: int) -> None:
        assert (item in self.ours) == (item in self.theirs)
        assert self.ours.count(item) == self.theirs.count(item)
        assert outcome(lambda: self.ours.index(item)) == outcome(lambda: self.theirs.index(item))

    @rule(item=ITEM)
    def remove(self, item: int) -> None:
        assert outcome(lambda: self.ours.remove(item)) == outcome(lambda: self.theirs.remove(item))

    @rule(start=INDEX, stop=INDEX | st.just(MAX_INT))
    def get_slice(self, start: int, stop: int) -> None:
        assert contents(self.ours.get_slice(start, stop)) == self.theirs[start:stop]

    @rule(start=INDEX, stop=INDEX | st.just(MAX_INT), items=ITEMS)
    def set_slice(self, start: int, stop: int, items: list[int]) -> None:
        self.ours.set_slice(start, stop, list_of(items))
        self.theirs[start:stop] = items

    @rule(start=INDEX, stop=INDEX)
    def set_slice_to_itself(self, start: int, stop: int) -> None:
        if len(self.theirs) < 40:
            self.ours.set_slice(start, stop, self.ours)
            self.theirs[start:stop] = self.theirs

    @rule(start=INDEX, stop=INDEX)
    def delete_slice(self, start: int, stop: int) -> None:
        self.ours.delete_slice(start, stop)
        del self.theirs[start:stop]

    @rule(times=st.integers(-1, 3), items=ITEMS)
    def add_and_multiply(self, times: int, items: list[int]) -> None:
        assert contents(self.ours + list_of(items)) == self.theirs + items
        assert contents(self.ours * times) == self.theirs * times

    @rule()
    def order(self) -> None:
        assert contents(list_sorted(self.ours)) == sorted(self.theirs)
        self.ours.reverse()
        self.theirs.reverse()

    @rule()
    def sort(self) -> None:
        self.ours.sort()
        self.theirs.sort()

    @rule()
    def clear(self) -> None:
        self.ours.clear()
        self.theirs.clear()

    @rule()
    def continue_with_a_copy(self) -> None:
        old = self.ours
        self.ours = list_from_list(old)
        old.clear()

    @invariant()
    def same_contents_and_nothing_kept_alive(self) -> None:
        assert contents(self.ours) == self.theirs
        assert all(item is None for item in self.ours.items.items[self.ours.length :])
        assert list_sum_int(self.ours) == sum(self.theirs)


TestListMachine = ListMachine.TestCase
TestListMachine.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.integers(0, 30) | st.integers(), max_size=200))
def test_sorts(items: list[int]) -> None:
    ours = list_of(items)
    ours.sort()
    assert contents(ours) == sorted(items)


class Card:
    """Ordered by rank only, so that a test can see whether equal ranks keep their order."""

    def __init__(self, rank: int, place: int) -> None:
        self.rank = rank
        self.place = place

    def __lt__(self, other: "Card") -> bool:
        return self.rank < other.rank


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(0, 8), max_size=150))
def test_sort_is_stable(ranks: list[int]) -> None:
    cards: List[Card] = List()
    for place, rank in enumerate(ranks):
        cards.append(Card(rank, place))
    cards.sort()
    found = [(cards[index].rank, cards[index].place) for index in range(len(cards))]
    assert found == sorted((rank, place) for place, rank in enumerate(ranks))


def test_sorts_long_runs_both_ways() -> None:
    for items in (
        list(range(1000)),
        list(range(1000, 0, -1)),
        list(range(500)) + list(range(700, 100, -1)) + [7] * 100,
    ):
        ours = list_of(items)
        ours.sort()
        assert contents(ours) == sorted(items)


@given(st.integers(-20, 20), st.integers(-20, 20), st.integers(-5, 5))
def test_list_of_a_range(start: int, stop: int, step: int) -> None:
    ours = outcome(lambda: contents(list_from_range(start, stop, step)))
    assert ours == outcome(lambda: list(range(start, stop, step)))


@given(st.text())
def test_list_of_a_str(text: str) -> None:
    items = list_from_str(text)
    assert [items[index] for index in range(len(items))] == list(text)


@given(st.lists(st.floats(-1e10, 1e10)))
def test_sum_of_floats_adds_from_the_left(numbers: list[float]) -> None:
    items: List[float] = List()
    total = 0.0
    for number in numbers:
        items.append(number)
        total += number
    assert list_sum_float(items) == total


def test_appending_moves_each_element_a_bounded_number_of_times() -> None:
    items: List[int] = List()
    moves = 0
    for number in range(20000):
        before = items.items
        items.append(number)
        if items.items is not before:
            moves += number
    assert moves < 20000 * 10
