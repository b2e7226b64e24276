"""What counts as a root: VM stacks, static objects, words that point to where an array ends, what the native stack holds."""

from __future__ import annotations

import pytest

from tracewright.core.memory import load8, load32, load64, store8, store64
from tracewright.gc.header import AGE_OFFSET, NEW, OLD, REMEMBERED
from tracewright.gc.heap import IDLE
from tracewright.gc.mark import is_unmet
from tracewright.gc.sweep import STACK_COST
from tracewright_testing.simulated_heap import PAIR, PAIR_SIZE, PLAIN, REFERENCES, SimulatedHeap, occupied


def test_a_stack_keeps_what_lies_below_its_top() -> None:
    memory = SimulatedHeap(64)
    stack = memory.new_stack(100)
    memory.set_root(0, stack)
    cells = load64(stack + 8)
    store64(stack + 24, 10)
    kept = memory.allocate(PAIR, PAIR_SIZE)
    store64(cells + 8 * 9, kept)
    store64(cells + 8 * 10, memory.allocate(PAIR, PAIR_SIZE))  # above its top: nobody's any more
    memory.collect()
    assert memory.heap.live == PAIR_SIZE + 32
    assert memory.unmapped == []
    memory.set_root(0, 0)
    memory.collect()
    assert memory.heap.live == 0
    assert memory.unmapped == [cells]


def test_what_many_slots_of_a_stack_refer_to_is_kept() -> None:
    """Again and again the same, in between others that are looked up in the same places of what was met lately."""
    memory = SimulatedHeap(64)
    stack = memory.new_stack(400)
    memory.set_root(0, stack)
    cells = load64(stack + 8)
    store64(stack + 24, 400)
    pairs = [memory.allocate(PAIR, PAIR_SIZE) for _ in range(200)]
    for slot in range(400):
        store64(cells + 8 * slot, pairs[slot // 2] if slot % 2 else pairs[0])
    memory.collect(False)
    memory.collect()
    assert memory.heap.live == 200 * PAIR_SIZE + 32
    store64(stack + 24, 0)
    memory.collect()
    assert memory.heap.live == 32


def test_a_slot_refers_to_an_object_by_its_first_byte_only() -> None:
    """A Value is a number or such an address; what else looks like one was left behind by what ran before."""
    memory = SimulatedHeap(64)
    stack = memory.new_stack(100)
    memory.set_root(0, stack)
    cells = load64(stack + 8)
    store64(stack + 24, 4)
    large = memory.allocate(REFERENCES, 1 << 17)
    store64(large + 8, (1 << 14) - 2)
    kept = memory.allocate(PAIR, PAIR_SIZE)
    inside = memory.allocate(PAIR, PAIR_SIZE) + 8
    before = memory.allocate(REFERENCES, 16 + 8 * 2)
    store64(before + 8, 2)
    for slot, word in enumerate((large, kept, inside, before + 32)):
        store64(cells + 8 * slot, word)
    for _ in range(2):
        memory.collect()
        assert memory.heap.live == occupied(1 << 17) + PAIR_SIZE + 32


def test_dead_stacks_leave_and_live_ones_stay() -> None:
    memory = SimulatedHeap(64)
    stacks = [memory.new_stack(10) for _ in range(5)]
    cells = [load64(stack + 8) for stack in stacks]
    for index in (1, 3):
        memory.set_root(index, stacks[index])
    memory.collect()
    assert memory.unmapped == []  # natively, a stack's object is allocated after its cells, and that may collect
    memory.collect()
    assert sorted(memory.unmapped) == sorted([cells[0], cells[2], cells[4]])
    assert memory.heap.stack_count == 2
    memory.collect()
    assert len(memory.unmapped) == 3


def test_new_stacks_bring_the_next_collection_nearer() -> None:
    memory = SimulatedHeap(64)
    before = memory.heap.allocated
    memory.new_stack(10)
    assert memory.heap.allocated - before >= STACK_COST


@pytest.mark.parametrize("count", [2, 30, 2046, 4094])
def test_the_end_of_an_array_keeps_it(count: int) -> None:
    """Arrays that fill their cell, or their blocks: the address behind the last element belongs to somebody else."""
    memory = SimulatedHeap(64)
    size = 16 + 8 * count
    assert occupied(size) == size
    thing = memory.allocate(REFERENCES, size)
    store64(thing + 8, count)
    memory.set_root(0, thing + size)
    memory.collect()
    assert memory.heap.live == size
    memory.set_root(0, thing + size + 8)
    memory.collect()
    assert memory.heap.live == 0


@pytest.mark.parametrize("fully", [False, True])
def test_a_wide_text_that_only_the_stack_holds_stays(fully: bool) -> None:
    """Texts have no age: where other objects have theirs is the width of their code points."""
    memory = SimulatedHeap(64)
    text = memory.allocate(PLAIN, PAIR_SIZE)
    store8(text + AGE_OFFSET, REMEMBERED)
    memory.set_root(0, text)
    for _ in range(2):
        memory.collect(fully)
        assert memory.heap.live == PAIR_SIZE


def test_a_static_object_is_a_root_of_full_collections_and_remembered_for_young_ones() -> None:
    memory = SimulatedHeap(64)
    static = memory.new_static()
    kept = memory.allocate(PAIR, PAIR_SIZE)
    memory.store(static, 8, kept)
    memory.collect(False)
    assert memory.heap.live == PAIR_SIZE
    memory.collect()
    assert memory.heap.live == PAIR_SIZE
    another = memory.allocate(PAIR, PAIR_SIZE)
    memory.store(static, 8, another)
    memory.collect(False)
    assert (memory.heap.live, load8(another + AGE_OFFSET), load8(static + AGE_OFFSET)) == (2 * PAIR_SIZE, OLD, OLD)
    memory.collect()
    assert memory.heap.live == PAIR_SIZE


@pytest.mark.parametrize("fully", [False, True])
def test_what_the_stack_holds_is_looked_at_again_after_every_slice(fully: bool) -> None:
    """An object is scanned in the middle of marking because an old one leads to it; its maker stores into it later without a barrier."""
    memory = SimulatedHeap(256)
    heap = memory.heap
    old = memory.allocate(PAIR, PAIR_SIZE)
    memory.set_root(0, old)

    def hang_a_list() -> None:
        """So that marking lasts a while behind `made`."""
        rest = 0
        for _ in range(20):
            pair = memory.allocate(PAIR, PAIR_SIZE)
            store64(pair + 8, rest)
            rest = pair
        memory.store(old, 8, rest)

    if fully:
        hang_a_list()
    memory.collect(False)
    heap.portion = 2
    if fully:
        heap.full_at = 0
        memory.begin_full()
    made = memory.allocate(PAIR, PAIR_SIZE)
    memory.set_root(1, made)
    if not fully:
        hang_a_list()
    memory.store(old, 24, made)
    lost = 0
    while heap.collections < 1000:
        memory.collect(False)
        if lost and heap.phase == IDLE and not heap.young_begun:
            break
        if load8(made + AGE_OFFSET) != NEW and not lost:
            lost = memory.allocate(PAIR, PAIR_SIZE)
            store64(made + 8, lost)  # `made` is on the stack: no barrier
    assert lost and is_unmet(heap, heap.young, lost) is False and load32(lost) == PAIR
    memory.set_root(1, 0)
    memory.collect()
    assert heap.live == (20 + 3) * PAIR_SIZE
