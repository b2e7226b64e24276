"""The collector keeps exactly what the roots lead to, whatever a program does, on simulated memory."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tracewright.core.memory import load64, store64
from tracewright.gc.heap import IDLE
from tracewright.gc.size_classes import BLOCK_BYTES, LARGEST_SMALL
from tracewright_testing.simulated_heap import (
    PAIR,
    PAIR_SIZE,
    PLAIN,
    REFERENCES,
    ROOT_WORDS,
    WIDE,
    WIDE_FIELDS,
    WORDS,
    SimulatedHeap,
    occupied,
)

ROOTS = 3
SIZES = st.one_of(
    st.integers(24, 300), st.integers(300, LARGEST_SMALL), st.sampled_from([LARGEST_SMALL + 8, 40000, 3 * BLOCK_BYTES])
)


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
        if self.memory.heap.phase == IDLE and not self.memory.heap.young_begun:
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
