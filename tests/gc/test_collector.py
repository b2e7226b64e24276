"""The collector keeps exactly what the roots lead to, on simulated memory."""

from __future__ import annotations

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tracewright.core.memory import load8, load32, load64, store64
from tracewright.core.system import monotonic_nanoseconds
from tracewright.core.weak import CHAIN_OFFSET, EPHEMERON_CHAIN_OFFSET, TARGET_OFFSET, VALUE_OFFSET
from tracewright.gc.bitmaps import bit_at, count_set, next_clear, next_set, set_range
from tracewright.gc.collect import begin, go_on, next_threshold, next_young, retire_runs
from tracewright.gc.deadline import NEVER
from tracewright.gc.header import AGE_OFFSET, CARDED, NEW, OLD
from tracewright.gc.heap import (
    BEGIN,
    CHAIN_END,
    CLEAN,
    CLEARING,
    FIRST_FULL,
    FREE,
    IDLE,
    KIND,
    LEAST_THRESHOLD,
    MARKING,
    MARKING_YOUNG,
    RECORD_BYTES,
    SPAN,
    SWEEPING,
    YOUNG,
    YOUNG_BYTES,
)
from tracewright.gc.mark import PIECE, UNLIMITED, is_unmet
from tracewright.gc.size_classes import (
    BLOCK_BYTES,
    BLOCK_SHIFT,
    CELL_SIZES,
    LARGEST_SMALL,
    RECIPROCALS,
    SIZE_CLASSES,
    size_class_of,
)
from tracewright.gc.sweep import (
    FIRST_HUGE_PAGE,
    KEPT_FREE,
    RELEASED_AT_ONCE,
    STACK_COST,
    allocate_large_swept,
    next_full,
    sweep_blocks,
)
from tracewright.gc.weak import register, take_due
from tracewright_testing.simulated_heap import (
    EPHEMERON,
    FINALIZER,
    PAIR,
    PAIR_SIZE,
    PLAIN,
    REFERENCES,
    ROOT_WORDS,
    WEAK,
    WIDE,
    WIDE_FIELDS,
    WORDS,
    SimulatedHeap,
)

ROOTS = 3
SIZES = st.one_of(
    st.integers(24, 300), st.integers(300, LARGEST_SMALL), st.sampled_from([LARGEST_SMALL + 8, 40000, 3 * BLOCK_BYTES])
)


def occupied(size: int) -> int:
    """Bytes that an object of this size takes."""
    if size > LARGEST_SMALL:
        return (size + BLOCK_BYTES - 1) // BLOCK_BYTES * BLOCK_BYTES
    return CELL_SIZES[size_class_of(size)]


class Collector(RuleBasedStateMachine):
    """A model keeps, for every object, its size, a stamp in its last word and what its reference words refer to."""

    @initialize(stress=st.sampled_from([0, 1, 1, 5]), portion=st.sampled_from([1, 2, 5, 1000]))
    def start(self, stress: int, portion: int) -> None:
        self.memory = SimulatedHeap(64)
        self.memory.heap.set_stress(stress)
        self.memory.heap.portion = portion
        self.sizes: dict[int, int] = {}
        self.places: dict[int, list[int]] = {}  # offsets of the words that may refer
        self.stamps: dict[int, int] = {}
        self.stamp = 0

    def reachable(self) -> set[int]:
        found: set[int] = set()
        waiting = [self.owner(self.memory.root(index)) for index in range(ROOTS)]
        while waiting:
            thing = waiting.pop()
            if thing and thing not in found:
                found.add(thing)
                waiting += [load64(thing + offset) for offset in self.places[thing]]
        return found

    def owner(self, word: int) -> int:
        return next((a for a, size in self.sizes.items() if a <= word < a + occupied(size)), 0) if word else 0

    def forget_dead(self) -> None:
        alive = self.reachable()
        for table in (self.sizes, self.places, self.stamps):
            for address in [address for address in table if address not in alive]:
                del table[address]

    def adopt(self, thing: int, size: int, places: list[int], index: int) -> None:
        """A new object must be zero and must not lie on a live one."""
        self.forget_dead()
        assert all(load64(thing + offset) == 0 for offset in range(8, size - 7, 8))
        for other, other_size in self.sizes.items():
            assert thing + occupied(size) <= other or other + occupied(other_size) <= thing
        self.stamp += 1
        self.sizes[thing] = size
        self.places[thing] = places
        self.stamps[thing] = self.stamp
        if size % 8 == 0 and size - 8 not in places:
            store64(thing + size - 8, self.stamp)
        self.memory.set_root(index, thing)

    @rule(index=st.integers(0, ROOTS - 1), size=SIZES)
    def new_plain(self, index: int, size: int) -> None:
        size = size // 8 * 8
        if thing := self.memory.allocate(PLAIN, size):
            self.adopt(thing, size, [], index)

    @rule(index=st.integers(0, ROOTS - 1))
    def new_pair(self, index: int) -> None:
        if thing := self.memory.allocate(PAIR, PAIR_SIZE):
            self.adopt(thing, PAIR_SIZE, [8, 24], index)

    @rule(index=st.integers(0, ROOTS - 1))
    def new_wide(self, index: int) -> None:
        if thing := self.memory.allocate(WIDE, 8 + 8 * WIDE_FIELDS):
            self.adopt(thing, 8 + 8 * WIDE_FIELDS, [8, 8 + 8 * 64, 8 + 8 * 129], index)

    @rule(
        index=st.integers(0, ROOTS - 1),
        count=st.sampled_from([1, 5, 200, 5000]),
        kind=st.sampled_from([REFERENCES, WORDS]),
    )
    def new_array(self, index: int, count: int, kind: int) -> None:
        if thing := self.memory.allocate(kind, 16 + 8 * count):
            places = [16, 16 + 8 * (count // 2), 16 + 8 * (count - 1)]
            self.adopt(thing, 16 + 8 * count, sorted(set(places)), index)
            store64(thing + 8, count)

    @rule(source=st.integers(0, ROOTS - 1), referent=st.integers(0, ROOTS - 1), place=st.integers(0, 2))
    def link(self, source: int, referent: int, place: int) -> None:
        thing = self.owner(self.memory.root(source))
        if thing and self.places[thing]:
            offset = self.places[thing][place % len(self.places[thing])]
            self.memory.store(thing, offset, self.owner(self.memory.root(referent)))

    @rule(index=st.integers(0, ROOTS - 1), referent=st.integers(0, ROOTS - 1), fully=st.booleans())
    def fill_what_the_stack_holds(self, index: int, referent: int, fully: bool) -> None:
        """Who has made an object and still holds it needs no barrier, whatever collections come in between."""
        kept = self.owner(self.memory.root(referent))
        if thing := self.memory.allocate(PAIR, PAIR_SIZE):
            self.adopt(thing, PAIR_SIZE, [8, 24], index)
            for place in (8, 24):
                self.memory.collect(fully)
                self.forget_dead()
                made = self.memory.allocate(PAIR, PAIR_SIZE)
                if made and self.memory.root(index) == thing:
                    self.forget_dead()
                    self.sizes[made], self.places[made], self.stamps[made] = PAIR_SIZE, [8, 24], 0
                    store64(made + 8, kept if kept in self.sizes else 0)
                    store64(thing + place, made)

    @rule()
    @precondition(lambda self: hasattr(self, "memory"))
    def collect_young(self) -> None:
        """What was old may stay although it is dead; what is reachable stays. Under stress this may be a slice of a full collection."""
        known = dict(self.sizes)
        self.memory.collect(False)
        self.forget_dead()
        if self.memory.heap.phase == IDLE:
            assert self.memory.heap.live >= sum(occupied(size) for size in self.sizes.values())
        unused = self.memory.unused()
        for thing in known:
            if thing in self.sizes:
                assert not any(start < thing + occupied(self.sizes[thing]) and thing < stop for start, stop in unused)

    @rule(index=st.integers(0, ROOTS - 1), length=st.integers(1, 5))
    def chain(self, index: int, length: int) -> None:
        """Pairs that are reachable only through one another."""
        for _ in range(length):
            if thing := self.memory.allocate(PAIR, PAIR_SIZE):
                self.forget_dead()
                before = self.owner(self.memory.root(index))
                self.sizes[thing], self.places[thing], self.stamps[thing] = PAIR_SIZE, [8, 24], 0
                store64(thing + 8, before)  # new, so there is no barrier
                self.memory.set_root(index, thing)

    @rule(index=st.integers(0, ROOTS - 1), offset=st.integers(0, 3 * BLOCK_BYTES - 1))
    def collect_with_a_pointer_inside(self, index: int, offset: int) -> None:
        """The only way to a large object is a word that points somewhere into it."""
        size = 3 * BLOCK_BYTES
        if thing := self.memory.allocate(PLAIN, size):
            self.adopt(thing, size, [], index)
            self.memory.set_root(index, thing + offset)
            self.collect()

    @rule(index=st.integers(0, ROOTS - 1))
    def drop(self, index: int) -> None:
        self.memory.set_root(index, 0)

    @rule(index=st.integers(0, ROOTS - 1), offset=st.integers(0, 1 << 16))
    def point_inside(self, index: int, offset: int) -> None:
        thing = self.owner(self.memory.root(index))
        if thing:
            self.memory.set_root(index, thing + offset % self.sizes[thing])

    @rule(word=st.integers(-(1 << 63), (1 << 63) - 1))
    def noise_on_the_stack(self, word: int) -> None:
        """Words that are no pointers into the heap keep nothing alive and break nothing."""
        heap = self.memory.heap
        if not heap.base <= word < heap.base + heap.blocks * BLOCK_BYTES:
            self.memory.set_root(ROOT_WORDS - 1, word)

    @rule()
    @precondition(lambda self: hasattr(self, "memory"))
    def collect(self) -> None:
        known = dict(self.sizes)
        self.memory.collect()
        self.forget_dead()
        assert self.memory.heap.live == sum(occupied(size) for size in self.sizes.values())
        unused = self.memory.unused()
        for thing, size in known.items():
            inside = any(start <= thing and thing + occupied(size) <= stop for start, stop in unused)
            outside = all(thing + occupied(size) <= start or stop <= thing for start, stop in unused)
            assert outside if thing in self.sizes else inside

    @invariant()
    def live_objects_are_untouched(self) -> None:
        if hasattr(self, "memory"):
            for thing in self.reachable():
                size = self.sizes[thing]
                if size - 8 not in self.places[thing]:
                    assert load64(thing + size - 8) == self.stamps[thing]


TestCollector = Collector.TestCase
TestCollector.settings = settings(max_examples=60, stateful_step_count=60, deadline=None)


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
    assert memory.heap.phase == MARKING_YOUNG
    before = memory.heap.frontier
    for _ in range(20):
        first = memory.allocate(PAIR, PAIR_SIZE)
        memory.collect(False)
        assert memory.allocate(PAIR, PAIR_SIZE) == first + PAIR_SIZE
    assert memory.heap.phase == MARKING_YOUNG and memory.heap.frontier == before


def test_no_memory_gives_null() -> None:
    memory = SimulatedHeap(8)
    for index in range(7):
        memory.set_root(index, memory.allocate(PLAIN, BLOCK_BYTES))
    assert memory.allocate(PLAIN, 2 * BLOCK_BYTES) == 0
    assert memory.allocate(PLAIN, 64) != 0


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


@pytest.mark.parametrize("size_class", range(SIZE_CLASSES))
def test_reciprocals_divide(size_class: int) -> None:
    size, reciprocal = CELL_SIZES[size_class], RECIPROCALS[size_class]
    assert all(offset * reciprocal >> 32 == offset // size for offset in range(BLOCK_BYTES))


@pytest.mark.parametrize("size", [8, 16, 17, 256, 257, 320, 321, 5000, LARGEST_SMALL])
def test_size_class_is_the_smallest_that_fits(size: int) -> None:
    size_class = size_class_of(size)
    assert CELL_SIZES[size_class] >= size
    assert size_class == 0 or CELL_SIZES[size_class - 1] < size


def test_thresholds_follow_the_live_heap_and_the_limit() -> None:
    heap = SimulatedHeap(1).heap

    def threshold(live: int, limit: int) -> int:
        heap.live = live
        return next_threshold(heap, limit)

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


def begin_full(memory: SimulatedHeap) -> None:
    """A young collection finds that a full one is due, which begins in the next pause."""
    heap = memory.heap
    memory.collect(False)
    assert (heap.pause, heap.full_wanted) == (YOUNG, heap.phase == IDLE)
    while not heap.full_wanted:
        memory.collect(False)
    memory.collect(False)
    assert heap.pause == BEGIN
    while heap.phase == CLEARING:
        memory.collect(False)
    assert heap.phase == MARKING


def mark_fully(memory: SimulatedHeap) -> None:
    """The marking of a full collection, without the sweeping."""
    memory.heap.deadline = NEVER
    memory.heap.full_wanted = True
    begin(memory.heap)
    go_on(memory.heap, memory.roots, memory.roots + 8 * ROOT_WORDS)
    assert memory.heap.phase == SWEEPING


def test_old_objects_are_looked_at_some_time_after_nothing_has_grown() -> None:
    memory = SimulatedHeap(1200)
    heap = memory.heap
    for root in range(2):
        memory.set_root(root, memory.allocate(PLAIN, FIRST_FULL // 2))
    heap.full_at = 1 << 40
    memory.collect(False)
    assert heap.live >= FIRST_FULL

    def looks() -> int:
        """Seconds from now until a full collection begins."""
        seconds = 0
        while not heap.full_wanted:
            seconds += 1
            heap.now += 1_000_000_000
            memory.collect(False)
        while heap.full_wanted or heap.phase != IDLE:
            memory.collect(False)
        heap.full_at = 1 << 40
        return seconds

    assert [looks() for _ in range(4)] == [1, 2, 4, 8]
    memory.set_root(0, 0)
    assert looks() == 16 and heap.live < FIRST_FULL
    assert heap.look_after == 1_000_000_000


def test_memory_goes_back_in_portions() -> None:
    memory = SimulatedHeap(64 + (RELEASED_AT_ONCE * 5 // 2 >> BLOCK_SHIFT))
    heap = memory.heap
    heap.young_bytes = BLOCK_BYTES
    memory.set_root(0, memory.allocate(PLAIN, RELEASED_AT_ONCE * 5 // 2))
    memory.collect(False)
    memory.set_root(0, 0)
    memory.collect()
    left = [heap.dirty_free]
    while left[-1] > KEPT_FREE:
        memory.collect(False)
        left.append(heap.dirty_free)
    assert left == [RELEASED_AT_ONCE * 3 // 2, RELEASED_AT_ONCE // 2] and KEPT_FREE == RELEASED_AT_ONCE // 2
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


def test_the_young_may_wait_longer_where_that_lets_them_die() -> None:
    heap = SimulatedHeap(1).heap

    def next_size(now: int, survived: int) -> int:
        heap.young_now, heap.made = now, 1 << 20
        return next_young(heap, survived)

    assert next_size(YOUNG_BYTES, 1 << 18) == 2 * YOUNG_BYTES
    assert next_size(4 * YOUNG_BYTES, 1 << 18) == 4 * YOUNG_BYTES
    assert next_size(2 * YOUNG_BYTES, 1 << 10) == next_size(YOUNG_BYTES, 1 << 10) == YOUNG_BYTES
    assert next_size(2 * YOUNG_BYTES, (1 << 20) - 5) == next_size(2 * YOUNG_BYTES, 1 << 16) == 2 * YOUNG_BYTES


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
    begin_full(memory)
    waiting = 0
    while heap.phase == MARKING:
        waiting += heap.ephemeron_head != CHAIN_END
        memory.collect(False)
    assert waiting > 10
    entries = [load64(table + 16 + 8 * place) for place in range(count)]
    assert [load64(entry + TARGET_OFFSET) != 0 for entry in entries] == [False, True] * (count // 2)
    assert [load64(entry + VALUE_OFFSET) != 0 for entry in entries] == [False, True] * (count // 2)
    weaks = [load64(weak_table + 16 + 8 * place) for place in range(count)]
    assert [load64(weak + TARGET_OFFSET) != 0 for weak in weaks] == [False, True] * (count // 2)
    assert all(load64(entry + EPHEMERON_CHAIN_OFFSET) == 0 for entry in entries)
    assert all(load64(weak + CHAIN_OFFSET) == 0 for weak in weaks)


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
    begin_full(memory)
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
    begin_full(memory)
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
    assert (heap.phase, heap.pause) == (MARKING_YOUNG, YOUNG)
    while heap.phase == MARKING_YOUNG:
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
        begin_full(memory)
    made = memory.allocate(PAIR, PAIR_SIZE)
    memory.set_root(1, made)
    if not fully:
        hang_a_list()
    memory.store(old, 24, made)
    lost = 0
    while heap.collections < 1000:
        memory.collect(False)
        if load8(made + AGE_OFFSET) != NEW and not lost:
            lost = memory.allocate(PAIR, PAIR_SIZE)
            store64(made + 8, lost)  # `made` is on the stack: no barrier
        if heap.phase == IDLE and not heap.full_wanted:
            break
    assert lost and is_unmet(heap, lost) is False and load32(lost) == PAIR
    memory.set_root(1, 0)
    memory.collect()
    assert heap.live == (20 + 3) * PAIR_SIZE


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
    begin_full(memory)
    kinds = set()
    while heap.phase == MARKING:
        for name in ("new_finalizers", "marked_finalizers", "open_finalizers", "due_finalizers"):
            if getattr(heap, name).head != CHAIN_END:
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
        heap.full_wanted = True
        before, count = heap.full_collections, 0
        while heap.full_collections == before:
            heap.now = monotonic_nanoseconds()
            memory.collect(False)
            count += 1
        while heap.phase != IDLE or heap.full_wanted:
            memory.collect(False)
        return count

    pauses(0)  # all are old now
    assert pauses(3_600_000_000_000) == 1
    assert pauses(0) >= 4000 // 50
    assert pauses(2_000_000) > 1


def test_sweeping_goes_on_as_memory_is_wanted() -> None:
    memory = SimulatedHeap(512)
    for _ in range(400):
        memory.allocate(PLAIN, LARGEST_SMALL)
        memory.allocate(PLAIN, LARGEST_SMALL)
    retire_runs(memory.heap)
    mark_fully(memory)
    frontier = memory.heap.frontier
    memory.allocate(PLAIN, LARGEST_SMALL)
    assert 0 < memory.heap.sweep_next < memory.heap.sweep_end
    for _ in range(100):
        memory.allocate(PLAIN, BLOCK_BYTES)
    assert (memory.heap.frontier, memory.heap.phase) == (frontier, IDLE)


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


def test_blocks_of_the_young_come_back_as_one_run() -> None:
    memory = SimulatedHeap(64)
    for _ in range(40):
        assert memory.allocate(PLAIN, LARGEST_SMALL) and memory.allocate(PLAIN, LARGEST_SMALL)
    memory.collect(False)
    assert memory.allocate(PLAIN, 40 * BLOCK_BYTES) != 0
    assert memory.heap.frontier == 40


def test_bitmaps() -> None:
    memory = SimulatedHeap(1)
    bits = memory.roots
    set_range(bits, 3, 130)
    assert [bit_at(bits, place) for place in (2, 3, 64, 129, 130)] == [False, True, True, True, False]
    assert count_set(bits, 192) == 127
    assert (next_clear(bits, 3, 192), next_clear(bits, 0, 192), next_clear(bits, 3, 100)) == (130, 0, 100)
    assert (next_set(bits, 0, 192), next_set(bits, 130, 192)) == (3, 192)


def test_what_is_taken_after_sweeping_is_not_given_back() -> None:
    """Sweeping ends while the program allocates; what goes back to the system is chosen in the next pause, not before."""
    memory = SimulatedHeap(64)
    heap = memory.heap
    heap.young_bytes = BLOCK_BYTES
    for _ in range(32):
        memory.allocate(PLAIN, BLOCK_BYTES)
    retire_runs(heap)
    sweep_blocks(heap, UNLIMITED)
    mark_fully(memory)
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
