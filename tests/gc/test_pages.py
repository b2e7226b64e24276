"""How memory comes from the system: what is asked for, and that the dearer kind of page is left alone."""

from __future__ import annotations

from tracewright.core.memory import load64
from tracewright.gc.pages import (
    FIRST_SINGLE,
    LEAST_SINGLE,
    MOST_AHEAD,
    PIECE_BYTES,
    RANGE_BYTES,
    RANGE_HUGE,
    RANGE_NOW,
    RANGE_START,
    next_to_take,
    taken,
)
from tracewright.gc.size_classes import BLOCK_BYTES, HUGE_PAGE_BYTES, SINGLE_PAGES_BYTES
from tracewright_testing.simulated_heap import PLAIN, SimulatedHeap

MICROSECOND = 1000
SINGLE_PIECE = 90 * MICROSECOND  # what PIECE_BYTES of single pages take


class Machine:
    """Takes memory as the runtime does, on a machine where a huge page takes so many microseconds."""

    def __init__(self, megabytes: int) -> None:
        self.memory = SimulatedHeap((megabytes << 20) // BLOCK_BYTES)
        self.huge_page = 200
        self.asked: list[tuple[int, int, bool, bool]] = []

    def allocate(self, size: int) -> int:
        thing = self.memory.allocate(PLAIN, size)
        pages = self.memory.heap.pages
        while address := next_to_take(pages):
            start, size = load64(address + RANGE_START), load64(address + RANGE_BYTES)
            is_huge, is_now = load64(address + RANGE_HUGE) == 1, load64(address + RANGE_NOW) == 1
            self.asked.append((start, size, is_huge, is_now))
            if is_now:
                taken(pages, self.huge_page * MICROSECOND if is_huge else SINGLE_PIECE * size // PIECE_BYTES)
        return thing

    def fill(self, megabytes: int) -> None:
        """Hand out small objects that stay."""
        for _ in range((megabytes << 20) // 16384):
            assert self.allocate(16384)

    def huge_bytes(self) -> int:
        return sum(size for _, size, is_huge, _ in self.asked if is_huge)


def test_a_little_is_taken_as_it_is_touched() -> None:
    machine = Machine(1)
    for _ in range(SINGLE_PAGES_BYTES // BLOCK_BYTES):
        machine.allocate(BLOCK_BYTES)
    assert machine.asked == []
    machine.allocate(64)
    ((start, size, is_huge, is_now),) = machine.asked
    to_unit_end = HUGE_PAGE_BYTES - start % HUGE_PAGE_BYTES  # of memory that lies anywhere, in a test
    assert (size, is_huge, is_now) == (min(PIECE_BYTES, to_unit_end), False, True)


def test_everything_is_asked_for_once() -> None:
    machine = Machine(64)
    machine.memory.heap.threshold = 1 << 40
    machine.fill(60)
    end = machine.memory.heap.base + SINGLE_PAGES_BYTES
    for start, size, _, _ in machine.asked:
        assert start == end
        end += size
    assert end >= machine.memory.heap.base + (60 << 20)


def test_cheap_huge_pages_are_used_throughout() -> None:
    machine = Machine(64)
    machine.memory.heap.threshold = 1 << 40
    machine.fill(60)
    assert machine.huge_bytes() >= (60 << 20) - SINGLE_PAGES_BYTES - FIRST_SINGLE - 2 * HUGE_PAGE_BYTES


def test_dear_huge_pages_are_tried_now_and_then() -> None:
    machine = Machine(256)
    machine.memory.heap.threshold = 1 << 40
    machine.huge_page = 5000
    machine.fill(220)  # tried at about 2, 36 and 102 MB
    assert machine.huge_bytes() == 3 * HUGE_PAGE_BYTES
    machine.huge_page = 200
    machine.fill(30)  # and at 232, with what then follows
    assert machine.huge_bytes() >= 8 * HUGE_PAGE_BYTES


def test_of_a_large_object_what_lies_far_ahead_comes_as_it_is_touched() -> None:
    machine = Machine(192)
    machine.memory.heap.threshold = 1 << 40
    machine.fill(8)
    machine.asked.clear()
    thing = machine.allocate(160 << 20)
    start, size, is_huge, is_now = machine.asked[-1]
    assert (start + size, is_huge, is_now) == (thing + (160 << 20), True, False)
    assert MOST_AHEAD <= start - thing < MOST_AHEAD + 2 * HUGE_PAGE_BYTES


def test_memory_that_was_given_back_is_taken_again() -> None:
    machine = Machine(256)
    memory = machine.memory
    memory.set_root(0, machine.allocate(LEAST_SINGLE * 5))
    memory.set_root(0, 0)
    memory.collect()
    while memory.heap.dirty_free > memory.heap.young_size.least:
        memory.collect_idle()
    machine.asked.clear()
    memory.heap.threshold = 1 << 40
    frontier = memory.heap.frontier
    machine.fill(32)
    assert memory.heap.frontier == frontier and sum(size for _, size, _, _ in machine.asked) >= 16 << 20
