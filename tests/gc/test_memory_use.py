"""How memory is handed out, swept, used again and given back."""

from __future__ import annotations

from tracewright.core.memory import load64, store64
from tracewright.gc.collect import KEPT_FREE
from tracewright.gc.heap import CLEAN, FREE, IDLE, KIND, LOOK_AFTER, RECORD_BYTES, SPAN
from tracewright.gc.size_classes import BLOCK_BYTES, BLOCK_SHIFT, LARGEST_SMALL
from tracewright.gc.sweep import FIRST_HUGE_PAGE, RELEASED_AT_ONCE, allocate_large_swept
from tracewright.gc.young_size import YOUNG_BYTES
from tracewright_testing.simulated_heap import PAIR, PAIR_SIZE, PLAIN, REFERENCES, SimulatedHeap


def test_memory_is_used_again() -> None:
    """A hundred megabytes of short-lived objects pass through a heap of two."""
    memory = SimulatedHeap(64)
    memory.heap.threshold = 1 << 20
    memory.memory_limit = 1 << 20
    for number in range(3000):
        thing = memory.allocate(PLAIN, 2000 + number % 7 * 5000)
        assert thing != 0
        memory.set_root(number % 3, thing)
    assert memory.heap.collections >= 8
    assert memory.heap.frontier <= 64


def test_slices_of_marking_leave_a_class_its_run() -> None:
    """Otherwise each slice would cost a block of every class in use."""
    memory = SimulatedHeap(64)
    memory.heap.portion = 1
    memory.set_root(0, memory.allocate(PAIR, PAIR_SIZE))
    memory.collect()
    for index in range(1, 40):
        memory.set_root(index, memory.allocate(PAIR, PAIR_SIZE))
    memory.collect(False)
    assert memory.heap.young_begun
    before = memory.heap.frontier
    for _ in range(20):
        first = memory.allocate(PAIR, PAIR_SIZE)
        memory.collect(False)
        assert memory.allocate(PAIR, PAIR_SIZE) == first + PAIR_SIZE
    assert memory.heap.young_begun and memory.heap.frontier == before


def test_no_memory_gives_null() -> None:
    memory = SimulatedHeap(8)
    for index in range(7):
        memory.set_root(index, memory.allocate(PLAIN, BLOCK_BYTES))
    assert memory.allocate(PLAIN, 2 * BLOCK_BYTES) == 0
    assert memory.allocate(PLAIN, 64) != 0


def test_blocks_of_the_young_come_back_as_one_run() -> None:
    memory = SimulatedHeap(64)
    for _ in range(40):
        assert memory.allocate(PLAIN, LARGEST_SMALL) and memory.allocate(PLAIN, LARGEST_SMALL)
    memory.collect(False)
    assert memory.allocate(PLAIN, 40 * BLOCK_BYTES) != 0
    assert memory.heap.frontier == 40


def test_sweeping_goes_on_as_memory_is_wanted() -> None:
    memory = SimulatedHeap(512)
    table = memory.allocate(REFERENCES, 16 + 8 * 800)
    store64(table + 8, 800)
    memory.set_root(0, table)
    for place in range(800):
        memory.store(table, 16 + 8 * place, memory.allocate(PLAIN, LARGEST_SMALL))
    memory.collect()
    memory.set_root(0, 0)
    memory.mark_fully()
    frontier = memory.heap.frontier
    memory.allocate(PLAIN, LARGEST_SMALL)
    assert 0 < memory.heap.sweep_next < memory.heap.sweep_end
    for _ in range(100):
        memory.allocate(PLAIN, BLOCK_BYTES)
    assert (memory.heap.frontier, memory.heap.phase) == (frontier, IDLE)


def test_what_is_taken_after_sweeping_is_not_given_back() -> None:
    """Sweeping ends while the program allocates; what goes back to the system is chosen in the next pause, not before."""
    memory = SimulatedHeap(64)
    heap = memory.heap
    heap.young_size.least = BLOCK_BYTES
    for root in range(32):
        memory.set_root(root, memory.allocate(PLAIN, BLOCK_BYTES))
    memory.collect()
    for root in range(32):
        memory.set_root(root, 0)
    memory.mark_fully()
    things: list[int] = []
    while len(things) < 8:
        thing = allocate_large_swept(heap, BLOCK_BYTES)
        store64(thing, PLAIN)
        store64(thing + 8, 0x1234)
        memory.set_root(len(things), thing)
        things.append(thing)
    assert heap.phase == IDLE
    memory.collect(False)
    assert [load64(thing + 8) for thing in things] == [0x1234] * len(things)


def test_memory_goes_back_in_portions() -> None:
    memory = SimulatedHeap(64 + (RELEASED_AT_ONCE * 5 // 2 >> BLOCK_SHIFT))
    heap = memory.heap
    heap.young_size.least = BLOCK_BYTES
    memory.set_root(0, memory.allocate(PLAIN, RELEASED_AT_ONCE * 5 // 2))
    memory.collect(False)
    memory.set_root(0, 0)
    memory.collect()
    left = [heap.dirty_free]
    while left[-1] > KEPT_FREE:
        memory.collect(False)
        left.append(heap.dirty_free)
    assert left == [RELEASED_AT_ONCE * 3 // 2, RELEASED_AT_ONCE // 2, KEPT_FREE]
    assert memory.allocate(PLAIN, RELEASED_AT_ONCE // 2) and memory.allocate(PLAIN, RELEASED_AT_ONCE)


def test_of_free_memory_that_is_little_only_huge_pages_go_back() -> None:
    """A free run that begins and ends in the middle of one; the rest of it is there to be allocated in."""
    memory = SimulatedHeap(4096)
    heap = memory.heap
    memory.set_root(0, memory.allocate(PLAIN, (FIRST_HUGE_PAGE + 5) * BLOCK_BYTES))
    kept = KEPT_FREE // BLOCK_BYTES
    memory.set_root(1, memory.allocate(PLAIN, (kept + 200) * BLOCK_BYTES))
    memory.set_root(2, memory.allocate(PLAIN, BLOCK_BYTES))
    memory.set_root(1, 0)
    memory.collect()
    page = heap.records + (FIRST_HUGE_PAGE + 64) * RECORD_BYTES  # blocks in a huge page
    assert (load64(page + KIND), load64(page + CLEAN), load64(page + SPAN)) == (FREE, 1, 256)
    assert heap.dirty_free == (kept + 200 - 256) * BLOCK_BYTES
    frontier = heap.frontier
    for root, blocks in enumerate((5 + kept + 200 - 64 - 256, 256, 64 - 5)):
        memory.set_root(3 + root, memory.allocate(PLAIN, blocks * BLOCK_BYTES))
    assert heap.frontier == frontier


def test_a_program_that_waits_gives_back_what_it_has_dropped() -> None:
    memory = SimulatedHeap(64 + (RELEASED_AT_ONCE * 5 // 2 >> BLOCK_SHIFT))
    heap = memory.heap
    memory.set_root(0, memory.allocate(PLAIN, RELEASED_AT_ONCE * 5 // 2))
    memory.collect()
    memory.set_root(0, 0)
    assert memory.collect_idle() == -1  # nothing was made since old objects were looked at
    heap.looked_at = heap.now = 5 * LOOK_AFTER
    memory.set_root(1, memory.allocate(PLAIN, BLOCK_BYTES * 3))
    assert memory.collect_idle() == LOOK_AFTER
    heap.now += LOOK_AFTER
    pauses = 0
    while memory.collect_idle() == 0:
        pauses += 1
    assert pauses > 3 and heap.live == 3 * BLOCK_BYTES and heap.dirty_free <= YOUNG_BYTES
    before = heap.full_collections
    heap.now += 10 * LOOK_AFTER
    assert memory.collect_idle() == -1 and heap.full_collections == before


def filled_with_survivors(memory: SimulatedHeap, distance: int) -> None:
    """A block and a bit of pairs, of which one in so many survives a young collection."""
    root = 0
    for number in range(1030):
        pair = memory.allocate(PAIR, PAIR_SIZE)
        if number % distance == 0 and root < 63:
            memory.set_root(root, pair)
            root += 1
    memory.collect(False)


def test_blocks_in_shreds_are_set_aside() -> None:
    """One survivor in 17 pairs leaves stretches of half a kilobyte, one in 100 of three."""
    memory = SimulatedHeap(4096)
    filled_with_survivors(memory, 17)
    assert BLOCK_BYTES // 2 < memory.heap.set_aside < BLOCK_BYTES
    assert memory.allocate(PAIR, PAIR_SIZE) >= memory.heap.base + BLOCK_BYTES
    memory = SimulatedHeap(4096)
    filled_with_survivors(memory, 100)
    assert memory.heap.set_aside == 0
    assert memory.allocate(PAIR, PAIR_SIZE) < memory.heap.base + BLOCK_BYTES


def test_little_is_set_aside_where_there_is_little_memory() -> None:
    memory = SimulatedHeap(8)
    filled_with_survivors(memory, 17)
    filled_with_survivors(memory, 17)
    assert memory.heap.set_aside <= BLOCK_BYTES
