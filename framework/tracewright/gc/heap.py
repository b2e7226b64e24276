"""The heap: blocks of cells of one size, and how free cells are found again.

    block      | cell | cell | cell | ...      all of one size class; or part of a large object's span of blocks
    objects       1      0      0              which cells hold objects (one bitmap per block)
    young.marks   1      0      0              which of them the last collections have met, and so are old; the others are young
    touched       1                            whether any were allocated since the last collection: elsewhere all are old
    full.marks    1      0      0              which of the old the full collection that is under way has met, and all of the young
    run                  |------|              free neighbours, zeroed, handed out by moving the class's cursor

Allocation itself is two words per size class, `cursors` and `limits`: C code and machine code take `cursor` and advance it
by the cell size while that stays within `limit`. Only when a run is used up do they come here (`refill`).

Every address is an int and all memory is reached by load64 and store64, so that the same text runs on the real heap and,
hosted, on memory that a test provides. Nothing here may allocate or raise.
"""

from typing import Final, final

from tracewright.core.arrays import Array, unchecked_get
from tracewright.core.memory import load64, store8, store64, zero_memory
from tracewright.gc.bitmaps import next_clear, next_set, set_range
from tracewright.gc.header import AGE_OFFSET, REMEMBERED
from tracewright.gc.marker import Chain, Marker
from tracewright.gc.pages import RANGE_WORDS, Pages, hand_out
from tracewright.gc.size_classes import (
    BLOCK_BYTES,
    BLOCK_SHIFT,
    CELL_SIZES,
    CELLS_PER_BLOCK,
    RECIPROCALS,
    SINGLE_PAGES_BYTES,
    SIZE_CLASSES,
)
from tracewright.gc.young_size import YOUNG_BYTES, YoungSize

# A block's record.
KIND: Final = 0  # one of the kinds below
RECIPROCAL: Final = 8  # offset in the block * RECIPROCAL >> 32 is the cell's number; 0 for large objects
CELL: Final = 16  # bytes per cell; of a large object, its size
SPAN: Final = 24  # blocks of a free run or large object; in REST, how far back its first block lies
NEXT: Final = 32  # 1 + the next block in the list that this one is in (free, with room, touched); 0 at the end
CLEAN: Final = 40  # 1: the memory is known to be zero
SIZE_CLASS: Final = 48
LIVE: Final = 56  # cells (large object: 0 or 1) that survived the last collection of this block
RECORD_BYTES: Final = 64

FREE: Final = 0  # first block of a free run
SMALL: Final = 1  # holds cells
LARGE: Final = 2  # first block of a large object
REST: Final = 3  # further block of a large object; blocks inside a free run may say anything

BITMAP_BYTES: Final = BLOCK_BYTES // 16 // 8

# What is kept per size class.
RUN_START: Final = 0  # cells from here to the cursor are not in `objects` yet
RUN_END: Final = 8  # the run's end; `limits` says less while every allocation must come here (stress)
RUN_BLOCK: Final = 16  # 1 + the block that the run is in; 0: none
PARTIAL_HEAD: Final = 24  # 1 + the first block with free cells; 0: none
PARTIAL_TAIL: Final = 32
RUN_FIRST: Final = 40  # number of the cell at the run's start
RUN_STOP: Final = 48  # and of the one behind its end
CLASS_STATE_BYTES: Final = 64

AHEAD: Final = 16  # how many marked objects wait for their memory; a power of two
RECENT_WORDS: Final = 16  # a power of two
GROWTH: Final = 40  # percent by which the old may grow before they are looked at
SLICE_BYTES: Final = 1 << 19  # while a collection is under way, so much is handed out between two slices
SLICE_NANOSECONDS: Final = 3_000_000  # what a slice may take
REST_TIMES: Final = 7  # after a slice of a full collection the program runs so many times as long, while nothing grows
PORTION: Final = 1 << 10  # objects that are scanned between two looks at the clock: tenths of a millisecond
STRESSED_PORTION: Final = 40  # under stress, when a slice is one portion
FIRST_FULL: Final = 32 << 20
LEAST_GROWTH: Final = 24 << 20
LEAST_THRESHOLD: Final = 4 << 20  # near the memory limit collections come more often, but not at every block
LOOK_AFTER: Final = 500_000_000  # nanoseconds after which old objects are looked at again though nothing has grown; longer if that finds little
LOOK_AFTER_MOST: Final = 120 * LOOK_AFTER
SWEPT_AHEAD: Final = 128


# What the full collection is at (collect.py). Between its slices the program runs, and young collections come and go.
IDLE: Final = 0
MARKING: Final = 1
SWEEPING: Final = 2

# What the last pause was for: one of those that `collect.py` draws.
YOUNG: Final = 0
BEGIN: Final = 1
SLICE: Final = 2
END: Final = 3
FULL: Final = 4


@final
class Heap:
    """All state of one heap; `initialize` gives it its memory."""

    def __init__(self) -> None:
        self.base = 0  # address of block 0
        self.blocks = 0  # how many there is room for
        self.frontier = 0  # blocks from here on were never used
        self.used_bytes = 0  # frontier in bytes
        self.records = 0
        self.objects = 0  # bitmaps of cells that hold objects
        self.class_state = 0
        self.cursors = 0
        self.limits = 0
        self.classes = 0  # the class table
        self.roots = 0  # static objects that may refer to the heap
        self.roots_end = 0
        self.cards = 0  # a card is at this plus its address >> CARD_SHIFT (cards.py)
        self.young = Marker(False)  # its marks stay: the old objects
        self.full = Marker(True)  # its marks are zero when none is under way
        self.greying = False  # what is scanned for the young counts for the full collection too
        self.remembered = (
            0  # the remembered objects: a stack that grows downwards from where the mark stacks' memory ends
        )
        self.remembered_end = 0
        self.recent_words: Array[int] = Array(RECENT_WORDS, 0)  # which the scan of a stack has met last
        self.mark_queue: Array[int] = Array(AHEAD, 0)  # a ring; static in a translated program, like the heap itself
        self.stacks = 0  # addresses of the cells of all VM stacks
        self.stack_count = 0
        self.set_aside = 0  # bytes free in blocks that are not allocated in, for they are scattered (sweep.py)
        self.free_head = 0  # 1 + the first free run; 0: none
        self.pages = Pages()
        self.touched = 0  # 1 + the first block in which something was allocated since the last collection
        self.touched_map = 0  # a byte per block: whether it is in that list
        self.finalizers = Chain()  # those whose targets the last collections have met
        self.due_finalizers = Chain()  # those that the program may run
        self.outside = 0  # bytes that objects hold outside the heap
        self.allocated = 0  # bytes handed out since the last collection
        self.threshold = YOUNG_BYTES  # collect when so many are
        # How it collects; `--gc` sets these (guest/collector_settings.py).
        self.young_size = YoungSize()
        self.growth = GROWTH
        self.slice_bytes = SLICE_BYTES
        self.slice_nanoseconds = SLICE_NANOSECONDS  # what a pause may take (deadline.py)
        self.rest_times = REST_TIMES
        self.grows = False  # more than a little has survived the last young collection
        self.portion = PORTION
        self.deadline = 0
        self.phase = IDLE
        self.young_begun = False  # a young collection is under way
        self.lately = 0  # bytes handed out between the last two pauses
        self.large_pauses = 0  # how often they were much, and what is under way had more than usual to do
        self.attempts = 0  # how often nothing was left to scan for it, and the roots then led to more
        self.drained = (
            False  # nothing was left to scan for the full one: the next young one, which looks at the roots, may end it
        )
        self.full_wanted = False  # the young collection that is under way ends with the beginning of a full one
        self.stack_cost = 0  # nanoseconds that the last look at the native stack took
        self.look_cost = 0  # nanoseconds that the slices of the last full one took
        self.total_at_look = 0  # `bytes_total` when it began
        self.idle_wait = 0  # nanoseconds after which a program that waits should come again; -1: it need not
        self.idle_free = 0  # `dirty_free` when it came last
        self.rest_until = 0  # nanoseconds: no slice of it before
        self.found_before = 0  # bytes that seemed to live when marking began, some of them outside the heap ...
        self.live_before = 0  # ... and without those
        self.made = 0  # bytes handed out since the last young collection
        self.sweep_next = 0  # the block that sweeping comes to next ...
        self.sweep_end = 0  # ... and where it ends: what was never used when marking ended need not be swept
        self.sweep_step = SWEPT_AHEAD  # units swept for each run that is handed out
        self.now = 0  # nanoseconds, as the runtime gives them for each collection; hosted always 0
        self.looked_at = 0  # when the last full collection ended
        self.look_after = LOOK_AFTER  # so long after that, another is due even if nothing has grown
        self.stacks_settled = False  # the last collection has met every VM stack that is alive
        self.memory_limit = 0
        self.full_at = FIRST_FULL  # `live` from which on old objects are collected too
        self.live = 0  # bytes that survived the last collection, old objects that died since they became so among them
        self.dirty_free = 0  # bytes in free runs that are not known to be zero
        self.release_excess = 0  # how much of that goes back to the system
        self.release_left = 0  # how much in this pause
        self.release_huge = False  # only whole huge pages
        self.release_next = 0  # 1 + the free run to look at next, 0: none ...
        self.release_before = 0  # ... and 1 + the one before it, which is clean
        self.release_bitmaps = 0  # how many bitmaps' rows of the blocks that were last given back are to follow ...
        self.release_block = 0
        self.release_span = 0
        self.release_stack = 0  # the VM stack to look at next
        self.release_pair = 0  # address of the (start, bytes) that `next_to_release` and `next_unused` give
        self.unused_block = 0  # where `next_unused` goes on: a block, ...
        self.unused_cell = 0  # ... and a cell of it
        self.stress = 0  # collect at every so many allocations; 0: only when due
        self.stress_left = 0
        self.log_from = 0  # nanoseconds: pauses from here on are told of on standard error; 0: none
        self.pause = YOUNG
        self.collections = 0
        self.full_collections = 0
        self.bytes_total = 0  # handed out before the last collection
        self.nanoseconds = 0
        self.longest_pause = 0

    def initialize(
        self,
        base: int,
        size: int,
        tables: int,
        cards: int,
        mark_stack: int,
        mark_stack_end: int,
        cursors: int,
        limits: int,
    ) -> None:
        """Take over `size` bytes at `base`, a multiple of the block size, and zeroed tables of `table_bytes(size)`."""
        self.cards = cards
        self.base = base
        self.blocks = size >> BLOCK_SHIFT
        self.records = tables
        self.objects = self.records + self.blocks * RECORD_BYTES
        self.young.marks = self.objects + self.blocks * BITMAP_BYTES
        self.full.marks = self.young.marks + self.blocks * BITMAP_BYTES
        self.class_state = self.full.marks + self.blocks * BITMAP_BYTES
        self.release_pair = self.class_state + SIZE_CLASSES * CLASS_STATE_BYTES
        self.pages.range = self.release_pair + 16
        self.pages.first = base + SINGLE_PAGES_BYTES
        self.touched_map = self.pages.range + RANGE_WORDS * 8
        self.stacks = self.touched_map + ((self.blocks + 7) & -8)
        self.full.stack = mark_stack
        self.full.top = mark_stack
        self.young.stack = mark_stack + (((mark_stack_end - mark_stack) >> 1) & -8)
        self.young.top = self.young.stack
        self.remembered_end = mark_stack_end
        self.remembered = mark_stack_end
        self.cursors = cursors
        self.limits = limits

    def set_stress(self, every: int) -> None:
        """Collect at every `every`-th allocation from now on (0: only when due)."""
        self.stress = every
        self.stress_left = every
        self.portion = PORTION if every == 0 else STRESSED_PORTION

    def is_due(self, size: int) -> bool:
        """Whether a collection should come before `size` more bytes are handed out."""
        return self.allocated > 0 and self.allocated + size > self.threshold

    def must_stress(self) -> bool:
        """Count an allocation under stress; whether it is one that collects."""
        self.stress_left -= 1
        if self.stress_left >= 0:
            return False
        self.stress_left = self.stress
        return True


def table_bytes(size: int) -> int:
    """Bytes of tables for a heap of `size` bytes, without the row of VM stacks at their end."""
    return (
        (size >> BLOCK_SHIFT) * (RECORD_BYTES + 3 * BITMAP_BYTES)
        + SIZE_CLASSES * CLASS_STATE_BYTES
        + 16
        + RANGE_WORDS * 8
        + (((size >> BLOCK_SHIFT) + 7) & -8)
    )


def remember(heap: Heap, thing: int) -> None:
    """Note an object whose references the next collection must look at although it is old."""
    store8(thing + AGE_OFFSET, REMEMBERED)
    heap.remembered -= 8
    store64(heap.remembered, thing)


# --- cells -----------------------------------------------------------------------------------------------------------
def refill(heap: Heap, size_class: int) -> int:
    """One zeroed cell, and a new run behind it if the old one was used up; 0: collect first (or memory is at its end)."""
    state = heap.class_state + size_class * CLASS_STATE_BYTES
    cell_size = unchecked_get(CELL_SIZES, size_class)
    if heap.stress > 0 and heap.must_stress():
        return 0
    cursor = load64(heap.cursors + size_class * 8)
    if cursor + cell_size > load64(state + RUN_END):
        retire_run(heap, size_class)
        if heap.is_due(0):
            return 0
        cursor = find_run(heap, size_class)
        if cursor == 0:
            return 0
    after = cursor + cell_size
    store64(heap.cursors + size_class * 8, after)
    store64(heap.limits + size_class * 8, load64(state + RUN_END) if heap.stress == 0 else after)
    return cursor


def retire_run(heap: Heap, size_class: int) -> None:
    """Note in `objects` what was allocated from the class's run."""
    state = heap.class_state + size_class * CLASS_STATE_BYTES
    block = load64(state + RUN_BLOCK) - 1
    start = load64(state + RUN_START)
    cursor = load64(heap.cursors + size_class * 8)
    if block >= 0 and start < cursor:
        first = load64(state + RUN_FIRST)
        stop = load64(state + RUN_STOP)
        if cursor != load64(state + RUN_END):
            stop = first + ((cursor - start) * unchecked_get(RECIPROCALS, size_class) >> 32)
        set_range(heap.objects + block * BITMAP_BYTES, first, stop)
        store64(state + RUN_START, cursor)
        store64(state + RUN_FIRST, stop)


def find_run(heap: Heap, size_class: int) -> int:
    """Make the next free cells of this class its run: later in the same block, in another block, in a new one. 0: no memory."""
    state = heap.class_state + size_class * CLASS_STATE_BYTES
    cells = unchecked_get(CELLS_PER_BLOCK, size_class)
    block = load64(state + RUN_BLOCK) - 1
    first = cells
    if block >= 0:
        first = next_clear(heap.objects + block * BITMAP_BYTES, load64(state + RUN_STOP), cells)
    while first >= cells:
        block = _block_with_room(heap, size_class)
        if block < 0:
            return 0
        first = next_clear(heap.objects + block * BITMAP_BYTES, 0, cells)
    stop = next_set(heap.objects + block * BITMAP_BYTES, first, cells)
    return _start_run(heap, state, block, unchecked_get(CELL_SIZES, size_class), first, stop)


def _start_run(heap: Heap, state: int, block: int, cell_size: int, first: int, stop: int) -> int:
    """The cells `first` to `stop` of the block."""
    record = heap.records + block * RECORD_BYTES
    start = heap.base + (block << BLOCK_SHIFT) + first * cell_size
    size = (stop - first) * cell_size
    if load64(record + CLEAN) == 0:
        zero_memory(start, size)
    store64(record + CLEAN, 0)
    store64(state + RUN_START, start)
    store64(state + RUN_END, start + size)
    store64(state + RUN_BLOCK, block + 1)
    store64(state + RUN_FIRST, first)
    store64(state + RUN_STOP, stop)
    if heap.phase == MARKING:
        set_range(heap.full.marks + block * BITMAP_BYTES, first, stop)
    heap.allocated += size
    return start


def _block_with_room(heap: Heap, size_class: int) -> int:
    """A block with free cells of this class, or -1."""
    state = heap.class_state + size_class * CLASS_STATE_BYTES
    block = load64(state + PARTIAL_HEAD) - 1
    if block >= 0:
        store64(state + PARTIAL_HEAD, load64(heap.records + block * RECORD_BYTES + NEXT))
        _touch(heap, block)
        return block
    block = take_blocks(heap, 1)
    if block >= 0:
        record = heap.records + block * RECORD_BYTES
        store64(record + KIND, SMALL)
        store64(record + RECIPROCAL, unchecked_get(RECIPROCALS, size_class))
        store64(record + CELL, unchecked_get(CELL_SIZES, size_class))
        store64(record + SPAN, 1)
        store64(record + SIZE_CLASS, size_class)
        _touch(heap, block)
    return block


def _touch(heap: Heap, block: int) -> None:
    """The next collection must look for what has died in this block. It is in no other list."""
    store64(heap.records + block * RECORD_BYTES + NEXT, heap.touched)
    heap.touched = block + 1
    store8(heap.touched_map + block, 1)


# --- blocks ----------------------------------------------------------------------------------------------------------
def take_blocks(heap: Heap, count: int) -> int:
    """The first of `count` neighbouring free blocks, its CLEAN right for all of them; -1: there are none."""
    before = 0
    block = heap.free_head - 1
    while block >= 0:
        record = heap.records + block * RECORD_BYTES
        span = load64(record + SPAN)
        if span >= count:
            after = load64(record + NEXT)
            clean = load64(record + CLEAN)
            if span > count:
                rest = record + count * RECORD_BYTES
                store64(rest + KIND, FREE)
                store64(rest + SPAN, span - count)
                store64(rest + NEXT, after)
                store64(rest + CLEAN, clean)
                after = block + count + 1
            if before == 0:
                heap.free_head = after
            else:
                store64(before + NEXT, after)
            if clean == 0:
                heap.dirty_free -= count << BLOCK_SHIFT
            else:
                _hand_out(heap, block, count, span)
            return block
        before = record
        block = load64(record + NEXT) - 1
    return _grow(heap, count)


def _grow(heap: Heap, count: int) -> int:
    block = heap.frontier
    if block + count > heap.blocks:
        return -1
    heap.frontier = block + count
    heap.used_bytes = heap.frontier << BLOCK_SHIFT
    store64(heap.records + block * RECORD_BYTES + CLEAN, 1)
    _hand_out(heap, block, count, heap.blocks - block)
    return block


def _hand_out(heap: Heap, block: int, count: int, span: int) -> None:
    """So many clean blocks, of a free run of `span`, are about to be used."""
    start = heap.base + (block << BLOCK_SHIFT)
    hand_out(heap.pages, start, start + (count << BLOCK_SHIFT), start + (span << BLOCK_SHIFT))


def allocate_large(heap: Heap, size: int) -> int:
    """A zeroed object of its own blocks; 0: collect first (or memory is at its end)."""
    count = (size + BLOCK_BYTES - 1) >> BLOCK_SHIFT
    if heap.stress > 0 and heap.must_stress() or heap.is_due(count << BLOCK_SHIFT):
        return 0
    block = take_blocks(heap, count)
    if block < 0:
        return 0
    record = heap.records + block * RECORD_BYTES
    address = heap.base + (block << BLOCK_SHIFT)
    if load64(record + CLEAN) == 0:
        zero_memory(address, size)
    store64(record + KIND, LARGE)
    store64(record + RECIPROCAL, 0)
    store64(record + CELL, size)
    store64(record + SPAN, count)
    store64(record + CLEAN, 0)
    store64(heap.objects + block * BITMAP_BYTES, 1)
    if heap.phase == MARKING:
        store64(heap.full.marks + block * BITMAP_BYTES, 1)
    for distance in range(1, count):
        further = record + distance * RECORD_BYTES
        store64(further + KIND, REST)
        store64(further + SPAN, distance)
    _touch(heap, block)
    heap.allocated += count << BLOCK_SHIFT
    return address
