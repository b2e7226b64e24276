"""Marking goes on in slices while the program moves things about."""

from __future__ import annotations

from tracewright.core.memory import load8, load32, load64, store64
from tracewright.gc.header import AGE_OFFSET, CARDED, NEW, OLD
from tracewright.gc.heap import MARKING, YOUNG
from tracewright.gc.mark import PIECE
from tracewright.gc.size_classes import LARGEST_SMALL
from tracewright_testing.simulated_heap import PAIR, PAIR_SIZE, REFERENCES, SimulatedHeap, occupied


def test_marking_in_slices_follows_what_the_program_moves() -> None:
    """A list of pairs is taken apart at its head and put into a new object, while marking is on its way down."""
    memory = SimulatedHeap(256)
    memory.heap.portion = 10
    memory.heap.full_at = 0
    first = 0
    count = 500
    for _ in range(count):
        pair = memory.allocate(PAIR, PAIR_SIZE)
        store64(pair + 8, first)
        memory.set_root(0, pair)
        first = pair
    old = memory.allocate(PAIR, PAIR_SIZE)
    memory.store(old, 8, first)
    memory.set_root(0, old)
    memory.begin_full()
    slices = 0
    while memory.heap.phase == MARKING:
        place = old
        for _ in range(slices):
            place = load64(place + 8)
        rest = load64(place + 8)
        memory.store(place, 8, 0)  # cut the list behind what was marked, and let the rest hang on a new object ...
        new = memory.allocate(PAIR, PAIR_SIZE)
        store64(new + 8, rest)
        memory.store(old, 24, new)
        memory.collect(False)
        memory.store(place, 8, load64(load64(old + 24) + 8))  # ... and put it together again
        memory.store(old, 24, 0)
        slices += 1
    assert slices > 3
    length = 0
    place = load64(old + 8)
    while place:
        length += 1
        assert load32(place) == PAIR
        place = load64(place + 8)
    assert length == count
    memory.collect()
    assert memory.heap.live == (count + 1) * PAIR_SIZE


def test_a_large_array_is_marked_in_pieces() -> None:
    memory = SimulatedHeap(256)
    count = 3 * PIECE + 7
    table = memory.allocate(REFERENCES, 16 + 8 * count)
    store64(table + 8, count)
    memory.set_root(0, table)
    memory.heap.portion = 1
    memory.heap.full_at = 0
    for place in range(0, count, 1000):
        memory.store(table, 16 + 8 * place, memory.allocate(PAIR, PAIR_SIZE))
    memory.begin_full()
    slices = 0
    while memory.heap.phase == MARKING:
        memory.store(table, 16 + 8 * (slices % count), memory.allocate(PAIR, PAIR_SIZE))
        memory.collect(False)
        slices += 1
    assert slices > 3
    memory.collect()
    held = {load64(table + 16 + 8 * place) for place in range(count)} - {0}
    assert memory.heap.live == occupied(16 + 8 * count) + PAIR_SIZE * len(held)


def test_a_young_collection_goes_on_in_slices() -> None:
    """A list grows and is cut while the collection of its first part is on its way down."""
    memory = SimulatedHeap(256)
    heap = memory.heap
    holder = memory.allocate(PAIR, PAIR_SIZE)
    memory.set_root(0, holder)
    memory.collect(False)
    heap.portion = 10
    count = 300
    for _ in range(count):
        pair = memory.allocate(PAIR, PAIR_SIZE)
        store64(pair + 8, load64(holder + 8))
        memory.store(holder, 8, pair)
    for _ in range(50):
        memory.allocate(PAIR, PAIR_SIZE)  # dead at once
    slices = 0
    memory.collect(False)
    assert heap.young_begun and heap.pause == YOUNG
    while heap.young_begun:
        new = memory.allocate(PAIR, PAIR_SIZE)
        rest = load64(holder + 8)
        store64(new + 8, rest)
        memory.store(holder, 8, new)
        memory.store(rest, 24, memory.allocate(PAIR, PAIR_SIZE))
        slices += 1
        memory.collect(False)
    assert slices > 10
    assert heap.live == (1 + count + 2 * slices) * PAIR_SIZE
    place, length = load64(holder + 8), 0
    while place:
        assert load32(place) == PAIR and (load64(place + 24) == 0 or load32(load64(place + 24)) == PAIR)
        place, length = load64(place + 8), length + 1
    assert length == count + slices


def test_a_young_collection_looks_at_what_was_stored_and_leaves_other_old_objects() -> None:
    memory = SimulatedHeap(64)
    old = memory.allocate(REFERENCES, LARGEST_SMALL + 16)
    store64(old + 8, LARGEST_SMALL // 8)
    memory.set_root(0, old)
    memory.collect(False)
    assert load8(old + AGE_OFFSET) == OLD
    kept, lost = memory.allocate(PAIR, PAIR_SIZE), memory.allocate(PAIR, PAIR_SIZE)
    memory.store(old, 16, kept)
    assert load8(old + AGE_OFFSET) == CARDED
    memory.collect(False)
    assert memory.heap.live == occupied(LARGEST_SMALL + 16) + PAIR_SIZE
    assert load8(kept + AGE_OFFSET) == load8(old + AGE_OFFSET) == OLD
    assert load8(lost + AGE_OFFSET) == NEW
    memory.set_root(0, 0)
    memory.collect(False)
    assert memory.heap.live == occupied(LARGEST_SMALL + 16) + PAIR_SIZE
    memory.collect()
    assert memory.heap.live == 0
