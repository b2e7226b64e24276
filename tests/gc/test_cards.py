"""Cards: a store into a large array costs the next young collection a look at its neighbours, not at the array."""

from __future__ import annotations

import pytest

from tracewright.core.memory import copy_memory, load8, load64, store8, store64
from tracewright.gc.cards import LOOK_COST, end_of, next_dirty, remember_items
from tracewright.gc.header import AGE_OFFSET, CARDED, OLD
from tracewright.gc.heap import IDLE
from tracewright.gc.mark import is_unmet
from tracewright.gc.size_classes import BLOCK_SHIFT, CARD_BYTES, CARD_SHIFT
from tracewright_testing.simulated_heap import PAIR, PAIR_SIZE, REFERENCES, SimulatedHeap

ITEMS = CARD_BYTES // 8
COUNT = 240 * ITEMS


def new_array(memory: SimulatedHeap, count: int = COUNT, root: int = 0) -> int:
    array = memory.allocate(REFERENCES, 16 + 8 * count)
    store64(array + 8, count)
    memory.set_root(root, array)
    return array


def new_pair(memory: SimulatedHeap) -> int:
    return memory.allocate(PAIR, PAIR_SIZE)


def dirty_cards(memory: SimulatedHeap, array: int) -> set[int]:
    """By the numbers of the items that they begin with."""
    cards = range(array >> CARD_SHIFT, (end_of(array) - 1 >> CARD_SHIFT) + 1)
    return {(card << CARD_SHIFT) - array - 16 >> 3 for card in cards if load8(memory.cards + card)}


def pairs_alive(memory: SimulatedHeap, *arrays: int) -> int:
    occupied = sum((end_of(array) - array + 32767) // 32768 * 32768 for array in arrays)
    return (memory.heap.live - occupied) // PAIR_SIZE


def test_only_dirty_cards_are_looked_at() -> None:
    memory = SimulatedHeap(64)
    array = new_array(memory)
    memory.collect(False)
    assert load8(array + AGE_OFFSET) == OLD
    places = (0, 3, 7 * ITEMS, COUNT - 1)
    for place in places:
        memory.store(array, 16 + 8 * place, new_pair(memory))
    hidden = new_pair(memory)
    store64(array + 16 + 8 * 20 * ITEMS, hidden)  # no barrier: nobody looks there
    assert len(dirty_cards(memory, array)) == 3 and load8(array + AGE_OFFSET) == CARDED
    memory.collect(False)
    assert pairs_alive(memory, array) == len(places)
    assert dirty_cards(memory, array) == set() and load8(array + AGE_OFFSET) == OLD
    store64(array + 16 + 8 * 20 * ITEMS, 0)
    memory.collect()
    assert pairs_alive(memory, array) == len(places)


def test_an_array_has_cards_from_its_birth() -> None:
    memory = SimulatedHeap(64)
    array = new_array(memory)
    memory.store(array, 16, new_pair(memory))
    assert len(dirty_cards(memory, array)) == 1
    memory.collect(False)
    assert pairs_alive(memory, array) == 1 and dirty_cards(memory, array) == set()
    memory.set_root(0, 0)
    array = new_array(memory)
    memory.store(array, 16, new_pair(memory))
    memory.set_root(0, 0)
    memory.collect()
    assert memory.heap.live == 0 and dirty_cards(memory, array) == set()


@pytest.mark.parametrize("shift", [0, 1])
def test_a_copy_is_looked_at_where_its_origin_would_have_been(shift: int) -> None:
    memory = SimulatedHeap(64)
    array = new_array(memory)
    memory.store(array, 16 + 8 * 5, new_pair(memory))
    memory.collect(False)
    memory.store(array, 16 + 8 * 9 * ITEMS, new_pair(memory))
    copy = new_array(memory, 2 * COUNT, 1)
    start = copy + 16 + 8 * shift
    copy_memory(start, array + 16, 8 * COUNT)
    remember_items(memory.heap, start, start + 8 * COUNT, array + 16)
    assert len(dirty_cards(memory, copy)) == (1 if shift == 0 else COUNT // ITEMS + 1)
    memory.set_root(0, 0)
    memory.collect(False)
    assert pairs_alive(memory, array, copy) == 2  # the old array is not looked at
    memory.collect()
    assert pairs_alive(memory, copy) == 2


def test_marking_in_slices_looks_again_where_stores_went() -> None:
    memory = SimulatedHeap(64)
    array = new_array(memory)
    memory.collect(False)
    heap = memory.heap
    heap.portion = 1
    memory.begin_full()
    memory.store(array, 16 + 8 * 10 * ITEMS, new_pair(memory))
    memory.collect(False)  # ... and comes to the array
    memory.store(array, 16 + 8 * 30 * ITEMS, new_pair(memory))
    while heap.full_collections == 0:
        memory.collect(False)
    memory.collect()
    assert pairs_alive(memory, array) == 2
    memory.store(array, 16, new_pair(memory))
    memory.collect()
    assert dirty_cards(memory, array) == set()


def test_an_old_object_that_comes_into_an_array_is_met_by_the_full_collection() -> None:
    """Though all objects in its block are old: the full one, which has been at the array, may not have met it."""
    memory = SimulatedHeap(64)
    heap = memory.heap
    holder = new_pair(memory)
    memory.set_root(0, holder)
    array = new_array(memory, root=1)
    moved = new_pair(memory)
    memory.store(holder, 8, moved)
    memory.collect(False)
    assert load8(heap.touched_map + ((moved - heap.base) >> BLOCK_SHIFT)) == 0
    heap.portion = 1
    memory.begin_full()
    memory.collect(False)  # ... and has scanned the first part of the array, and not the holder
    assert load64(heap.full.stack) == 1024 and is_unmet(heap, heap.full, moved)
    memory.store(array, 16 + 8 * 10 * ITEMS, moved)
    memory.store(holder, 8, 0)
    while heap.full_collections == 0 or heap.phase != IDLE:
        memory.collect(False)
    assert heap.live - (end_of(array) - array + 32767) // 32768 * 32768 == 2 * PAIR_SIZE


def test_many_dirty_cards_are_looked_at_in_slices() -> None:
    memory = SimulatedHeap(64)
    heap = memory.heap
    heap.portion = 1
    array = new_array(memory, 400 * ITEMS)
    while heap.collections == 0 or heap.young_begun:
        memory.collect(False)
    for place in range(0, 400 * ITEMS, ITEMS):
        memory.store(array, 16 + 8 * place, new_pair(memory))
    memory.collect(False)
    slices, stored = 1, 400
    while heap.young_begun:
        if slices < 60:  # who stores in every slice of one object is always ahead
            memory.store(array, 16 + 8 * (7 * slices * ITEMS % (400 * ITEMS) + 1), new_pair(memory))
            stored += 1
        slices += 1
        memory.collect(False)
    assert slices > 3 and dirty_cards(memory, array) == set()
    assert pairs_alive(memory, array) == stored
    memory.collect()
    assert pairs_alive(memory, array) == stored


def test_many_dirty_cards_bring_the_next_collection_nearer() -> None:
    memory = SimulatedHeap(64)
    array = new_array(memory)
    memory.collect(False)
    before = memory.heap.threshold
    for place in range(10 * ITEMS):
        memory.store(array, 16 + 8 * place, array)
    assert before - memory.heap.threshold in (10 * LOOK_COST, 11 * LOOK_COST)


def test_a_static_object_is_found_by_its_card() -> None:
    memory = SimulatedHeap(64)
    static = memory.new_static_array(2 * ITEMS)
    for replaced in (0, 2):
        for place in (0, ITEMS + 1):
            memory.store(static, 16 + 8 * place, new_pair(memory))
        memory.collect(False)
        assert memory.heap.live == (2 + replaced) * PAIR_SIZE
        memory.collect()
        assert memory.heap.live == 2 * PAIR_SIZE


def test_the_next_dirty_card() -> None:
    memory = SimulatedHeap(1)
    first = memory.roots  # any memory that begins with a whole word
    for place in (3, 4, 21):
        store8(first + place, 1)
    assert [next_dirty(first + start, first + 30) - first for start in (0, 4, 5, 22)] == [3, 4, 21, 31]
    assert next_dirty(first + 5, first + 20) == first + 21
