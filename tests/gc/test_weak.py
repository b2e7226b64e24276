"""Weak references, ephemerons and finalizers."""

from __future__ import annotations

import pytest

from tracewright.core.memory import load32, load64, store64
from tracewright.core.weak import CHAIN_OFFSET, EPHEMERON_CHAIN_OFFSET, TARGET_OFFSET, VALUE_OFFSET
from tracewright.gc.heap import MARKING
from tracewright.gc.marker import CHAIN_END
from tracewright.gc.weak import register, take_due
from tracewright_testing.simulated_heap import (
    EPHEMERON,
    FINALIZER,
    PAIR,
    PAIR_SIZE,
    REFERENCES,
    WEAK,
    SimulatedHeap,
)


@pytest.mark.parametrize("fully", [False, True])
def test_weak_references_are_cleared_when_nothing_else_leads_to_the_target(fully: bool) -> None:
    memory = SimulatedHeap(64)
    target, weak, other = (memory.allocate(kind, PAIR_SIZE) for kind in (PAIR, WEAK, WEAK))
    for cell in (weak, other):
        memory.store(cell, TARGET_OFFSET, target)
    memory.set_root(0, weak)
    memory.set_root(1, other)
    memory.set_root(2, target)
    for _ in range(3):
        memory.collect(fully)
        assert load64(weak + TARGET_OFFSET) == load64(other + TARGET_OFFSET) == target
    memory.set_root(2, 0)
    memory.collect()
    assert (load64(weak + TARGET_OFFSET), load64(other + TARGET_OFFSET), load64(weak + CHAIN_OFFSET)) == (0, 0, 0)
    young = memory.allocate(PAIR, PAIR_SIZE)
    memory.store(weak, TARGET_OFFSET, young)
    memory.collect(fully)
    assert load64(weak + TARGET_OFFSET) == 0


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize("fully", [False, True])
def test_ephemerons_keep_values_as_long_as_keys(fully: bool, order: int) -> None:
    """A chain in which each value is the key of the next entry, and a ring of an entry whose value leads to its key."""
    memory = SimulatedHeap(64)
    count = 50
    table = memory.allocate(REFERENCES, 16 + 8 * (count + 1))
    store64(table + 8, count + 1)
    memory.set_root(0, table)
    keys = [memory.allocate(PAIR, PAIR_SIZE) for _ in range(count + 1)]
    for place in range(count)[::order]:
        entry = memory.allocate(EPHEMERON, PAIR_SIZE)
        memory.store(entry, TARGET_OFFSET, keys[place])
        memory.store(entry, VALUE_OFFSET, keys[place + 1])
        memory.store(table, 16 + 8 * place, entry)
    ring = memory.allocate(EPHEMERON, PAIR_SIZE)
    key, value = memory.allocate(PAIR, PAIR_SIZE), memory.allocate(PAIR, PAIR_SIZE)
    memory.store(value, 8, key)
    memory.store(ring, TARGET_OFFSET, key)
    memory.store(ring, VALUE_OFFSET, value)
    memory.store(table, 16 + 8 * count, ring)
    memory.set_root(1, keys[0])
    memory.collect(fully)
    entries = [load64(table + 16 + 8 * place) for place in range(count)]
    assert [load64(entry + VALUE_OFFSET) for entry in entries] == keys[1:]
    assert (load64(ring + TARGET_OFFSET), load64(ring + VALUE_OFFSET)) == (0, 0)
    memory.set_root(1, keys[20])
    memory.collect()
    assert [load64(entry + VALUE_OFFSET) for entry in entries] == [0] * 20 + keys[21:]
    assert all(load64(entry + EPHEMERON_CHAIN_OFFSET) == 0 for entry in entries)


def test_ephemerons_and_weak_references_are_asked_in_slices() -> None:
    memory = SimulatedHeap(256)
    heap = memory.heap
    count = 300
    keys, table = (memory.allocate(REFERENCES, 16 + 8 * count) for _ in range(2))
    weak_table = memory.allocate(REFERENCES, 16 + 8 * count)
    for array in (keys, table, weak_table):
        store64(array + 8, count)
    for root, thing in enumerate((keys, table, weak_table)):
        memory.set_root(root, thing)
    for _ in range(count):  # so that marking comes to the keys last
        pair = memory.allocate(PAIR, PAIR_SIZE)
        memory.store(pair, 8, memory.root(0))
        memory.set_root(0, pair)
    for place in range(count):
        key, value = memory.allocate(PAIR, PAIR_SIZE), memory.allocate(PAIR, PAIR_SIZE)
        entry, weak = memory.allocate(EPHEMERON, PAIR_SIZE), memory.allocate(WEAK, PAIR_SIZE)
        memory.store(keys, 16 + 8 * place, key)
        memory.store(table, 16 + 8 * place, entry)
        memory.store(weak_table, 16 + 8 * place, weak)
        memory.store(entry, TARGET_OFFSET, key)
        memory.store(entry, VALUE_OFFSET, value)
        memory.store(weak, TARGET_OFFSET, key)
    for place in range(0, count, 2):
        memory.store(keys, 16 + 8 * place, 0)
    heap.portion = 7
    heap.full_at = 0
    memory.begin_full()
    waiting = 0
    while heap.phase == MARKING:
        waiting += heap.full.ephemerons != CHAIN_END
        memory.collect(False)
    assert waiting > 10
    entries = [load64(table + 16 + 8 * place) for place in range(count)]
    assert [load64(entry + TARGET_OFFSET) != 0 for entry in entries] == [False, True] * (count // 2)
    assert [load64(entry + VALUE_OFFSET) != 0 for entry in entries] == [False, True] * (count // 2)
    weaks = [load64(weak_table + 16 + 8 * place) for place in range(count)]
    assert [load64(weak + TARGET_OFFSET) != 0 for weak in weaks] == [False, True] * (count // 2)
    assert all(load64(entry + EPHEMERON_CHAIN_OFFSET) == 0 for entry in entries)
    assert all(load64(weak + CHAIN_OFFSET) == 0 for weak in weaks)


@pytest.mark.parametrize("fully", [False, True])
def test_finalizers_become_due_in_order_and_get_their_targets_alive(fully: bool) -> None:
    memory = SimulatedHeap(64)
    targets = [memory.allocate(PAIR, PAIR_SIZE) for _ in range(4)]
    memory.store(targets[0], 8, targets[1])
    memory.store(targets[1], 8, targets[0])  # a ring
    inside = memory.allocate(PAIR, PAIR_SIZE)
    memory.store(targets[1], 24, inside)
    weak = memory.allocate(WEAK, PAIR_SIZE)
    memory.store(weak, TARGET_OFFSET, inside)
    memory.set_root(0, weak)
    memory.set_root(1, targets[3])
    finalizers = [memory.allocate(FINALIZER, PAIR_SIZE) for _ in targets]
    held = memory.allocate(PAIR, PAIR_SIZE)
    for finalizer, target in zip(finalizers, targets, strict=True):
        memory.store(finalizer, TARGET_OFFSET, target)
        memory.store(finalizer, 24, held)
        register(memory.heap, finalizer)
        register(memory.heap, finalizer)
    memory.collect(fully)
    assert load64(weak + TARGET_OFFSET) == 0  # cleared before the finalizers make it reachable again
    memory.collect()
    # three pairs and the one that is alive, what they lead to, what the finalizers hold, four finalizers, the weak reference
    assert memory.heap.live == 11 * PAIR_SIZE
    assert [take_due(memory.heap) for _ in range(4)] == [*finalizers[:3], 0]
    assert [load64(finalizer + TARGET_OFFSET) for finalizer in finalizers] == targets
    memory.collect()
    assert memory.heap.live == 4 * PAIR_SIZE
    memory.set_root(1, 0)
    memory.collect()
    assert take_due(memory.heap) == finalizers[3]


def test_finalizers_are_asked_in_slices() -> None:
    memory = SimulatedHeap(256)
    heap = memory.heap
    count = 200
    targets = memory.allocate(REFERENCES, 16 + 8 * count)
    store64(targets + 8, count)
    memory.set_root(0, targets)
    finalizers = []
    for place in range(count):
        target, finalizer = memory.allocate(PAIR, PAIR_SIZE), memory.allocate(FINALIZER, PAIR_SIZE)
        memory.store(targets, 16 + 8 * place, target)
        memory.store(finalizer, TARGET_OFFSET, target)
        register(heap, finalizer)
        finalizers.append(finalizer)
    memory.collect(False)
    for place in range(0, count, 2):
        seen_by_the_finalizer = memory.allocate(PAIR, PAIR_SIZE)
        memory.store(load64(targets + 16 + 8 * place), 8, seen_by_the_finalizer)
        memory.store(targets, 16 + 8 * place, 0)
    heap.portion = 7
    heap.full_at = 0
    memory.begin_full()
    kinds = set()
    while heap.phase == MARKING:
        for name in ("new_finalizers", "marked_finalizers", "open_finalizers", "due_finalizers"):
            if getattr(heap.full, name).head != CHAIN_END:
                kinds.add(name)
        late = memory.allocate(FINALIZER, PAIR_SIZE)  # attached while the others are asked
        memory.store(late, TARGET_OFFSET, targets)
        register(heap, late)
        memory.collect(False)
    assert kinds == {"new_finalizers", "marked_finalizers", "open_finalizers", "due_finalizers"}
    assert [take_due(heap) for _ in range(count // 2 + 1)] == [*finalizers[::2], 0]
    for finalizer in finalizers[::2]:
        assert load32(load64(load64(finalizer + TARGET_OFFSET) + 8)) == PAIR
    memory.set_root(0, 0)
    memory.collect()
    due = []
    while finalizer := take_due(heap):
        due.append(finalizer)
    assert due[: count // 2] == finalizers[1::2] and len(due) > count // 2
