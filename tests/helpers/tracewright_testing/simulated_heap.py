"""The collector on memory that a test owns: allocation as C code does it, a class table, and a root area."""

from __future__ import annotations

import ctypes
import mmap
from collections.abc import Callable

from tracewright.core.memory import load8, load32, load64, store8, store64
from tracewright.core.vm_stack import CELLS_OFFSET, LIMIT_OFFSET, SLOT_BYTES
from tracewright.gc.cards import remember_item
from tracewright.gc.collect import begin_marking, collect, collect_fully, collect_idle, collect_young
from tracewright.gc.deadline import NEVER
from tracewright.gc.header import AGE_OFFSET, CARDED, OLD
from tracewright.gc.heap import BEGIN, MARKING, SWEEPING, Heap, remember, table_bytes
from tracewright.gc.size_classes import (
    BLOCK_BYTES,
    BLOCK_SHIFT,
    CARD_SHIFT,
    CELL_SIZES,
    CLASS_ROW_BYTES,
    LARGEST_SMALL,
    SHAPE_EPHEMERON,
    SHAPE_FIELDS,
    SHAPE_MANY_FIELDS,
    SHAPE_PLAIN,
    SHAPE_REFERENCES,
    SHAPE_STACK,
    SHAPE_WEAK,
    SHAPE_WORDS,
    SIZE_CLASSES,
    STACK_HEADER,
    size_class_of,
)
from tracewright.gc.sweep import allocate_large_swept, next_dead_stack, next_to_release, refill_swept, register_stack
from tracewright.gc.unused import next_unused

PLAIN, PAIR, REFERENCES, WORDS, STACK, WIDE, WEAK, EPHEMERON, FINALIZER = range(1, 10)  # class ids
PAIR_SIZE = 32  # header, reference, number, reference
WIDE_FIELDS = 130  # more than 128 words: its references are fields 0, 64 and 129
ROOT_WORDS = 64


def occupied(size: int) -> int:
    """Bytes that an object of this size takes."""
    if size > LARGEST_SMALL:
        return (size + BLOCK_BYTES - 1) // BLOCK_BYTES * BLOCK_BYTES
    return CELL_SIZES[size_class_of(size)]


class SimulatedHeap:
    """A heap of `blocks` blocks. `roots` are words of the simulated native stack."""

    def __init__(self, blocks: int = 64) -> None:
        size = blocks * BLOCK_BYTES
        tables = table_bytes(size) + 4096
        cards = ((size + BLOCK_BYTES) >> CARD_SHIFT) + 16
        self._memory = mmap.mmap(-1, size + 2 * BLOCK_BYTES + tables + 16 * 32768 + 65536 + cards)
        start = ctypes.addressof(ctypes.c_char.from_buffer(self._memory))
        base = (start + BLOCK_BYTES - 1) & -BLOCK_BYTES
        after = base + size + BLOCK_BYTES  # a block for static data
        self.heap = Heap()
        self.heap.slice_nanoseconds = 0  # what a pause does must not depend on the clock
        self.cursors = after + tables + 16 * 32768
        self.limits = self.cursors + 8 * SIZE_CLASSES
        self.cards = self.cursors + 65536 - ((base >> CARD_SHIFT) & -8)
        self.heap.initialize(base, size, after, self.cards, after + tables, self.cursors, self.cursors, self.limits)
        self.roots = self.limits + 8 * SIZE_CLASSES
        self.classes = self.roots + 8 * ROOT_WORDS
        self.heap.classes = self.classes
        self.memory_limit = size
        bits = self.classes + 10 * CLASS_ROW_BYTES
        for place, word in enumerate((1, 1, 1 << 1)):
            store64(bits + 8 * place, word)
        rows = {
            PLAIN: (SHAPE_PLAIN, 16, 0),
            PAIR: (SHAPE_FIELDS, PAIR_SIZE, 0b101),
            REFERENCES: (SHAPE_REFERENCES, 16, 0),
            WORDS: (SHAPE_WORDS, 16, 0),
            STACK: (SHAPE_STACK, 32, 0),
            WEAK: (SHAPE_WEAK, PAIR_SIZE, 0),  # target, chain
            EPHEMERON: (SHAPE_EPHEMERON, PAIR_SIZE, 0),  # key, value, chain
            FINALIZER: (SHAPE_FIELDS, PAIR_SIZE, 0b100),  # target (weak), chain, what it holds
            WIDE: (SHAPE_MANY_FIELDS, 8 + 8 * WIDE_FIELDS, bits),
        }
        for class_id, row in rows.items():
            for place, word in enumerate(row):
                store64(self.classes + class_id * CLASS_ROW_BYTES + 8 * place, word)
        self._stacks: list[mmap.mmap] = []
        self.unmapped: list[int] = []

    def allocate(self, class_id: int, size: int) -> int:
        """A new object of `size` bytes, header written; 0 where there is no memory. May collect."""
        if size > LARGEST_SMALL:
            thing = allocate_large_swept(self.heap, size)
            if thing == 0:
                self.collect(False)
                thing = allocate_large_swept(self.heap, size)
            if thing == 0:
                self.collect()
                thing = allocate_large_swept(self.heap, size)
        else:
            thing = self._allocate_small(size_class_of(size))
        if thing:
            store64(thing, class_id)
            if class_id == REFERENCES and size > LARGEST_SMALL:
                store8(thing + AGE_OFFSET, CARDED)
        return thing

    def _allocate_small(self, size_class: int) -> int:
        cell = load64(self.cursors + 8 * size_class)
        after = cell + CELL_SIZES[size_class]
        if after <= load64(self.limits + 8 * size_class):
            store64(self.cursors + 8 * size_class, after)
            return cell
        cell = refill_swept(self.heap, size_class)
        if cell == 0:
            self.collect(False)
            cell = refill_swept(self.heap, size_class)
        if cell == 0:
            self.collect()
            cell = refill_swept(self.heap, size_class)
        return cell

    def new_stack(self, limit: int) -> int:
        """A VMStack object with cells of its own."""
        stack = self.allocate(STACK, 32)
        memory = mmap.mmap(-1, STACK_HEADER + SLOT_BYTES * limit + 4096)
        start = ctypes.addressof(ctypes.c_char.from_buffer(memory))
        self._stacks.append(memory)
        store64(start + 8, STACK_HEADER + SLOT_BYTES * limit)
        register_stack(self.heap, start + STACK_HEADER)
        store64(stack + CELLS_OFFSET, start + STACK_HEADER)
        store64(stack + LIMIT_OFFSET, limit)
        return stack

    def new_static(self) -> int:
        """A pair in the static data."""
        memory = mmap.mmap(-1, 4096)
        self._stacks.append(memory)
        thing = ctypes.addressof(ctypes.c_char.from_buffer(memory))
        store64(thing, PAIR | OLD << 8 * AGE_OFFSET)
        self.heap.roots, self.heap.roots_end = thing, thing + PAIR_SIZE
        return thing

    def new_static_array(self, count: int) -> int:
        """An array of references in the static data, which lies behind the heap here so that it has cards."""
        thing = self.heap.base + (self.heap.blocks << BLOCK_SHIFT)
        store64(thing, REFERENCES | OLD << 8 * AGE_OFFSET)
        store64(thing + 8, count)
        self.heap.roots, self.heap.roots_end = thing, thing + 16 + 8 * count
        return thing

    def store(self, thing: int, offset: int, word: int) -> None:
        """Store a reference as C code and traces do."""
        store64(thing + offset, word)
        if load8(thing + AGE_OFFSET) & OLD:
            if load32(thing) != REFERENCES:
                remember(self.heap, thing)
            elif load8(self.cards + ((thing + offset) >> CARD_SHIFT)) == 0:
                remember_item(self.heap, thing + offset)

    def collect(self, fully: bool = True) -> None:
        self._pause(collect_fully if fully else collect)

    def collect_idle(self) -> int:
        """A pause while the program waits; after how long to come again."""
        self._pause(collect_idle)
        return self.heap.idle_wait

    def _pause(self, how: Callable[[Heap, int, int, int], None]) -> None:
        how(self.heap, self.roots, self.roots + 8 * ROOT_WORDS, self.memory_limit)
        while pair := next_to_release(self.heap):
            ctypes.memset(load64(pair), 0, load64(pair + 8))  # what the system would do
        while cells := next_dead_stack(self.heap):
            self.unmapped.append(cells)

    def begin_full(self) -> None:
        """A young collection finds that a full one is due, which begins."""
        self.heap.full_at = 0
        while self.heap.phase != MARKING:
            self.collect(False)
        assert self.heap.pause == BEGIN

    def mark_fully(self) -> None:
        """A full collection without the sweeping."""
        heap = self.heap
        heap.deadline = NEVER
        stack_end = self.roots + 8 * ROOT_WORDS
        collect_young(heap, self.roots, stack_end)
        begin_marking(heap, self.roots, stack_end)
        heap.drained = True
        collect_young(heap, self.roots, stack_end)
        assert heap.phase == SWEEPING

    def unused(self) -> list[tuple[int, int]]:
        """Start and end of the memory in which the last collection left no object."""
        found = []
        while pair := next_unused(self.heap):
            start = load64(pair)
            found.append((start, start + load64(pair + 8)))
        return found

    def root(self, index: int) -> int:
        return load64(self.roots + 8 * index)

    def set_root(self, index: int, word: int) -> None:
        store64(self.roots + 8 * index, word)
