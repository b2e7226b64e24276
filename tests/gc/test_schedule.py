"""When a collection is due, and how long a pause takes."""

from __future__ import annotations

from tracewright.core.memory import store64
from tracewright.core.system import monotonic_nanoseconds
from tracewright.gc.collect import (
    HASTE,
    MOST_HASTE,
    PATIENCE,
    USUALLY_GROWN,
    USUALLY_MADE,
    hurry,
    next_threshold,
    rest,
    young_budget,
)
from tracewright.gc.heap import FIRST_FULL, IDLE, LEAST_THRESHOLD, LOOK_AFTER, MARKING
from tracewright.gc.size_classes import BLOCK_BYTES
from tracewright.gc.sweep import next_full
from tracewright.gc.young_size import SETTLED, YOUNG_BYTES, YoungSize
from tracewright_testing.simulated_heap import PAIR, PAIR_SIZE, PLAIN, SimulatedHeap


def test_thresholds_follow_the_live_heap_and_the_limit() -> None:
    heap = SimulatedHeap(1).heap

    def threshold(live: int, limit: int) -> int:
        heap.live, heap.memory_limit = live, limit
        return next_threshold(heap)

    def full(before: int, live: int, limit: int) -> int:
        heap.found_before, heap.memory_limit = before, limit
        return next_full(heap, live)

    assert threshold(1000, 1 << 40) == YOUNG_BYTES
    assert threshold(1 << 30, (1 << 30) + (6 << 20)) == 6 << 20
    assert threshold(1 << 30, 1 << 29) == LEAST_THRESHOLD
    assert full(1000, 1000, 1 << 40) == FIRST_FULL
    assert full(2_000_000_000, 1_000_000_000, 1 << 40) == 1_400_000_000
    assert full(1_000_000_000, 1_000_000_000, 1 << 40) == 1_800_000_000
    assert full(1 << 30, 1 << 30, (1 << 30) + (16 << 20)) == (1 << 30) + (16 << 20)
    assert full(1 << 30, 1 << 30, 1 << 29) == (1 << 30) + LEAST_THRESHOLD


def test_old_objects_are_looked_at_some_time_after_nothing_has_grown() -> None:
    memory = SimulatedHeap(1200)
    heap = memory.heap
    for root in range(2):
        memory.set_root(root, memory.allocate(PLAIN, FIRST_FULL // 2))
    heap.full_at = 1 << 40
    memory.collect(False)
    assert heap.live >= FIRST_FULL

    def looks() -> int:
        """From now until a full collection begins, in units of LOOK_AFTER."""
        waited = 0
        while heap.phase != MARKING:
            waited += 1
            heap.now += LOOK_AFTER
            memory.collect(False)
        while heap.phase != IDLE:
            memory.collect(False)
        heap.full_at = 1 << 40
        return waited

    assert [looks() for _ in range(4)] == [1, 2, 4, 8]
    memory.set_root(0, 0)
    assert looks() == 16 and heap.live < FIRST_FULL
    assert heap.look_after == LOOK_AFTER
    memory.set_root(0, memory.allocate(PLAIN, FIRST_FULL // 2))
    heap.look_cost = 3 * LOOK_AFTER  # dear looks are rarer
    assert looks() == 6


def test_the_young_may_wait_longer_where_that_lets_them_die() -> None:
    size = YoungSize()

    def sizes(*survived_percent: int) -> list[int]:
        """After collections of which so much survived: how much then is handed out before the next, in units of YOUNG_BYTES."""
        found = []
        for percent in survived_percent:
            size.adapt(1000, 10 * percent)
            found.append(size.now // YOUNG_BYTES)
        return found

    assert sizes(5, 2, 99) == [1, 1, 1]
    assert sizes(40, 20, 11) == [2, 4, 4]  # it pays, and nothing needs more
    assert sizes(*[11] * SETTLED) == [4] * SETTLED
    assert sizes(11, 22, 11) == [2, 4, 4]  # less was tried, and that was worse
    assert sizes(1, 1, 1) == [2, 1, 1]
    assert sizes(40, 35) == [2, 1]  # it does not pay
    assert sizes(*[40] * SETTLED) == [1] * SETTLED
    assert sizes(40, 20) == [2, 4]
    assert sizes(19, *[6] * SETTLED) == [2] * (SETTLED + 1)
    assert sizes(6, 6) == [1, 1]  # the program does something else by now


def test_a_pause_ends_when_its_time_is_over() -> None:
    """By the clock it looks at after every portion; without a clock the same work would be one portion a pause."""
    memory = SimulatedHeap(256)
    heap = memory.heap
    first = 0
    for _ in range(4000):
        pair = memory.allocate(PAIR, PAIR_SIZE)
        store64(pair + 8, first)
        memory.set_root(0, pair)
        first = pair

    def pauses(nanoseconds: int) -> int:
        """How many a full collection takes that begins at once."""
        heap.slice_nanoseconds = nanoseconds
        heap.portion = 50
        memory.begin_full()
        before, count = heap.full_collections, 0
        while heap.full_collections == before:
            heap.now = monotonic_nanoseconds()
            memory.collect(False)
            count += 1
        while heap.phase != IDLE:
            memory.collect(False)
        return count

    pauses(0)  # all are old now
    assert pauses(3_600_000_000_000) == 2  # the second looks at the roots again
    assert pauses(0) >= 4000 // 50
    assert pauses(2_000_000) > 1


def test_looks_at_a_deep_stack_leave_time_for_marking() -> None:
    """A pause looks at the whole native stack twice: that alone may take longer than pauses should."""
    memory = SimulatedHeap(1024)
    heap = memory.heap
    count = 2000
    first = 0
    for _ in range(count):
        pair = memory.allocate(PAIR, PAIR_SIZE)
        store64(pair + 8, first)
        memory.set_root(0, pair)
        first = pair
    heap.slice_nanoseconds = heap.portion = 1
    pauses = 0
    while pauses == 0 or heap.young_begun:
        heap.now = monotonic_nanoseconds()
        memory.collect(False)
        pauses += 1
        assert heap.stack_cost > 0
    assert heap.live == count * PAIR_SIZE
    assert pauses < count // 4  # one pair a pause otherwise


def test_marking_goes_on_where_every_pause_is_for_a_young_collection() -> None:
    """A program that makes nothing but large objects makes more between two pauses than a young collection waits for."""
    memory = SimulatedHeap(1024)
    heap = memory.heap
    heap.slice_bytes = BLOCK_BYTES
    heap.young_size.set_least(2 * BLOCK_BYTES)
    first, count, portion = 0, 4000, 50
    for _ in range(count):
        pair = memory.allocate(PAIR, PAIR_SIZE)
        store64(pair + 8, first)
        memory.set_root(0, pair)
        first = pair
    memory.collect()
    heap.portion = portion
    memory.begin_full()
    heap.full_at = 1 << 40
    before, made = heap.full_collections, 0
    while heap.full_collections == before:
        assert memory.allocate(PLAIN, 4 * BLOCK_BYTES)
        made += 1
        assert made <= count // portion + 10


def test_slices_rest_unless_something_is_built() -> None:
    memory = SimulatedHeap(8)
    heap = memory.heap
    memory.memory_limit = 1 << 40
    heap.young_size.now = 4 * YOUNG_BYTES
    first = 0
    for _ in range(100):
        pair = memory.allocate(PAIR, PAIR_SIZE)
        store64(pair + 8, first)
        memory.set_root(0, pair)
        first = pair
    memory.collect(False)
    heap.live_before = heap.live
    heap.phase = MARKING
    assert heap.grows
    assert rest(heap, 0) == heap.rest_times
    assert rest(heap, 2 * USUALLY_GROWN) == 0
    assert next_threshold(heap) <= heap.slice_bytes and young_budget(heap) == heap.young_size.least
    heap.phase = IDLE
    for _ in range(100):
        memory.allocate(PAIR, PAIR_SIZE)
    memory.collect(False)
    heap.phase = MARKING
    assert not heap.grows
    assert rest(heap, 2 * USUALLY_GROWN) == heap.rest_times
    assert young_budget(heap) == heap.young_size.now > heap.young_size.least


def test_pauses_are_longer_only_behind_many_large_objects() -> None:
    heap = SimulatedHeap(1).heap
    heap.slice_nanoseconds = 1
    heap.memory_limit = 1 << 40

    def haste(lately: int, grown: int = 0, made: int = 0) -> int:
        """How many times longer a pause is."""
        heap.lately, heap.live, heap.made, heap.deadline = lately, grown, made, 0
        hurry(heap)
        return heap.deadline

    large = 1 << 30
    heap.phase = MARKING
    for _ in range(2 * PATIENCE):
        assert haste(heap.slice_bytes, 100 * USUALLY_GROWN, 100 * USUALLY_MADE) == 0  # small objects
        assert haste(large, USUALLY_GROWN - 1) == 0  # as much as usual
    assert [haste(large, times * USUALLY_GROWN) for times in range(1, PATIENCE + 1)] == [1] * PATIENCE  # an array grows
    assert [haste(large, 100 * USUALLY_GROWN) for _ in range(3)] == [2, 3, 4]
    assert [haste(large, 100 * USUALLY_GROWN) for _ in range(MOST_HASTE)][-1] == MOST_HASTE
    assert [haste(large, times * USUALLY_GROWN) for times in (1, 2)] == [1 + HASTE, 1 + 2 * HASTE]
    heap.phase = IDLE
    heap.young_begun = True
    assert haste(large, made=2 * USUALLY_MADE) == 1 + 2 * HASTE
    heap.young_begun = False
    assert haste(large, made=2 * USUALLY_MADE) == 1  # nothing was under way
