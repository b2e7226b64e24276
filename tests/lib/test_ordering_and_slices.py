"""Sorting by keys, comparison of containers, and slices with a step do what Python's own do."""

from collections.abc import Callable
from functools import partial

from hypothesis import given
from hypothesis import strategies as st

from tracewright.lib.list_order import list_best, list_equal, list_less, list_sort, list_sort_by
from tracewright.lib.lists import List
from tracewright.lib.slices import bytes_stepped, list_delete_stepped, list_set_stepped, list_stepped, str_stepped

small_lists = st.lists(st.integers(-5, 5), max_size=12)
ends = st.one_of(st.none(), st.integers(-15, 15))
steps = st.integers(-4, 4).filter(bool)


def made(items: list[int]) -> List[int]:
    result: List[int] = List()
    for item in items:
        result.append(item)
    return result


def taken(items: List[int]) -> list[int]:
    return [items[index] for index in range(len(items))]


@given(small_lists, small_lists)
def test_comparison(a: list[int], b: list[int]) -> None:
    assert list_equal(made(a), made(b)) == (a == b)
    assert list_less(made(a), made(b)) == (a < b)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers()), max_size=40), st.booleans())
def test_sorting_by_keys_is_stable_both_ways(rows: list[tuple[int, int]], backward: bool) -> None:
    positions = made(list(range(len(rows))))
    list_sort_by(positions, made([key for key, _ in rows]), backward)
    expected = sorted(range(len(rows)), key=lambda index: rows[index][0], reverse=backward)
    assert taken(positions) == expected


@given(small_lists, st.booleans())
def test_sorting(items: list[int], backward: bool) -> None:
    result = made(items)
    list_sort(result, backward)
    assert taken(result) == sorted(items, reverse=backward)


@given(small_lists, st.booleans())
def test_best_is_the_first_of_equals(items: list[int], largest: bool) -> None:
    expected = items.index(max(items) if largest else min(items)) if items else -1
    assert list_best(made(items), largest) == expected


@given(small_lists, ends, ends, steps)
def test_slices_with_a_step(items: list[int], start: int | None, stop: int | None, step: int) -> None:
    given_ends = (start or 0, stop or 0, step, start is not None, stop is not None)
    assert taken(list_stepped(made(items), *given_ends)) == items[start:stop:step]
    data = bytes(item + 5 for item in items)
    assert bytes_stepped(data, *given_ends) == data[start:stop:step]
    text = "".join(chr(0xFE + 0x8000 * (item + 5)) for item in items)
    assert str_stepped(text, *given_ends) == text[start:stop:step]


@given(small_lists, ends, ends, steps, small_lists)
def test_changing_slices_with_a_step(
    items: list[int], start: int | None, stop: int | None, step: int, new: list[int]
) -> None:
    given_ends = (start or 0, stop or 0, step, start is not None, stop is not None)
    ours, theirs = made(items), list(items)
    list_delete_stepped(ours, *given_ends)
    del theirs[start:stop:step]
    assert taken(ours) == theirs
    for fitting in (new, items[start:stop:step][::-1]):
        ours, theirs = made(items), list(items)
        ours_says = outcome(partial(list_set_stepped, ours, *given_ends, made(fitting)))
        assert ours_says == outcome(partial(theirs.__setitem__, slice(start, stop, step), fitting))
        assert taken(ours) == theirs


def outcome(action: Callable[[], object]) -> object:
    try:
        return action()
    except ValueError as error:
        return str(error)
