"""After marking: which blocks are free, which have room, what goes back to the system.

Only bitmaps and records are touched here; the cells themselves are zeroed when they are handed out again, a run at a time.
"""

from typing import Final

from tracewright.core.memory import copy_memory, load8, load64, store8, store64, zero_memory
from tracewright.gc.bitmaps import count_clear_runs, count_set
from tracewright.gc.cards import clean_cards
from tracewright.gc.deadline import is_late
from tracewright.gc.header import AGE_OFFSET, CARDED
from tracewright.gc.heap import (
    BITMAP_BYTES,
    CELL,
    CLASS_STATE_BYTES,
    CLEAN,
    FIRST_FULL,
    FREE,
    IDLE,
    KIND,
    LARGE,
    LEAST_GROWTH,
    LEAST_THRESHOLD,
    LIVE,
    LOOK_AFTER,
    LOOK_AFTER_MOST,
    MARKING,
    NEXT,
    PARTIAL_HEAD,
    PARTIAL_TAIL,
    RECORD_BYTES,
    SIZE_CLASS,
    SMALL,
    SPAN,
    SWEEPING,
    SWEPT_AHEAD,
    Heap,
    allocate_large,
    refill,
)
from tracewright.gc.size_classes import (
    BLOCK_BYTES,
    BLOCK_SHIFT,
    HUGE_PAGE_BYTES,
    SINGLE_PAGES_BYTES,
    SIZE_CLASSES,
    STACK_HEADER,
)

PAGE_BYTES = 4096
RELEASED_AT_ONCE = 64 << 20  # bytes given back in one pause, if there is time for so much
# If no more than this, and a quarter of what is alive, is to be given back, only whole huge pages are.
LITTLE_TO_RELEASE = 32 << 20
HUGE_PAGE_BLOCKS: Final = HUGE_PAGE_BYTES >> BLOCK_SHIFT
FIRST_HUGE_PAGE: Final = SINGLE_PAGES_BYTES >> BLOCK_SHIFT  # the block that it begins with
RELEASED_PIECE = 4 << 20  # what the system is told of at once: it takes up to a tenth of a millisecond for a megabyte
LEAST_ROOM = 8  # a block is allocated in again when so many-th part of it is free: short runs are dear
LEAST_RUN = 1024  # bytes; and when its free stretches are as long as this on average, or too much is set aside already
STACK_COST = (
    2 * PAGE_BYTES
)  # counts as allocated for each new VM stack: a program that drops many must come to a collection
KEPT_ABOVE_TOP = (
    1 << 16
)  # bytes of a VM stack that stay though nothing is there now: giving pages back and forth is dear


def sweep_young(heap: Heap) -> None:
    """Look only at blocks in which something was allocated since the last collection: elsewhere nothing can have died."""
    block = heap.touched - 1
    heap.touched = 0
    while block >= 0:
        record = heap.records + block * RECORD_BYTES
        following = load64(record + NEXT) - 1
        store8(heap.touched_map + block, 0)
        held = _keeps_unit(heap, block, heap.young.marks, heap.objects)
        if heap.phase == MARKING:
            _unmark_dead(heap, block)
        if not held:
            _give_back(heap, block, load64(record + SPAN), 0)
        block = following


def begin_sweeping(heap: Heap) -> None:
    """The marks say from now on what the cells hold, and what is old; what else was old is forgotten as sweeping comes to the blocks.
    The lists of free runs and of blocks with room are made anew then too; until then nothing is allocated in them."""
    objects = heap.full.marks
    heap.full.marks = heap.objects
    heap.objects = objects
    for size_class in range(SIZE_CLASSES):
        state = heap.class_state + size_class * CLASS_STATE_BYTES
        store64(state + PARTIAL_HEAD, 0)
        store64(state + PARTIAL_TAIL, 0)
    heap.touched = 0
    heap.set_aside = 0
    heap.free_head = 0
    heap.dirty_free = 0
    heap.sweep_next = 0
    heap.sweep_end = heap.frontier
    heap.sweep_step = max(SWEPT_AHEAD, heap.frontier // (heap.young_size.least >> BLOCK_SHIFT) + 1)
    heap.phase = SWEEPING


def sweep_blocks(heap: Heap, count: int) -> None:
    """Sweep some units more."""
    while count > 0 and heap.sweep_next < heap.sweep_end:
        block = heap.sweep_next
        record = heap.records + block * RECORD_BYTES
        span = load64(record + SPAN)
        clean = load64(record + CLEAN) if load64(record + KIND) == FREE else 0
        held = _keeps_unit(heap, block, heap.objects, heap.young.marks)
        _clear_marks(heap, block)
        if not held:
            _give_back(heap, block, span, clean)
        heap.sweep_next = block + span
        count -= 1
    if heap.phase == SWEEPING and heap.sweep_next >= heap.sweep_end:
        heap.phase = IDLE
        heap.full_at = next_full(heap, heap.live + heap.outside)
        heap.looked_at = heap.now
        heap.look_after = next_look(heap, heap.live + heap.outside)


def refill_swept(heap: Heap, size_class: int) -> int:
    """`refill`, which finds room where sweeping has been."""
    if heap.phase == SWEEPING:
        sweep_blocks(heap, heap.sweep_step)
    return refill(heap, size_class)


def allocate_large_swept(heap: Heap, size: int) -> int:
    """`allocate_large`, likewise."""
    if heap.phase == SWEEPING:
        sweep_blocks(heap, heap.sweep_step * (1 + (size >> BLOCK_SHIFT)))
    return allocate_large(heap, size)


def next_full(heap: Heap, live: int) -> int:
    """How much may survive young collections before old objects are looked at again, where the last look found that `live` bytes of
    `found_before` were alive.

    Two fifths of what lives now, so that marking it costs a constant per byte that grew old; twice that where less than a tenth was
    dead: a program that builds something large leaves little garbage among it. A fixed amount where that is more. Not beyond the limit,
    unless nothing can be done about that.
    """
    growth = live // 100 * heap.growth
    if live > heap.found_before // 10 * 9:
        growth += growth
    wanted = max(live + max(growth, LEAST_GROWTH), FIRST_FULL)
    return max(min(wanted, heap.memory_limit), live + LEAST_THRESHOLD)


def next_look(heap: Heap, live: int) -> int:
    """How long to wait until old objects are looked at again though nothing has grown: a program may have dropped what it had built.

    LOOK_AFTER; if such a look finds little (a tenth), twice as long as the last time.
    """
    if live <= heap.found_before // 10 * 9:
        return LOOK_AFTER
    return min(2 * heap.look_after, LOOK_AFTER_MOST)


def _keeps_unit(heap: Heap, block: int, source: int, target: int) -> bool:
    """Whether a block or large object still holds something: what the bitmaps at `source` say, which those at `target` then say too.
    Brings `live` up to date."""
    record = heap.records + block * RECORD_BYTES
    kind = load64(record + KIND)
    held = source + block * BITMAP_BYTES
    before = load64(record + LIVE)
    if kind == SMALL:
        cell_size = load64(record + CELL)
        cells = BLOCK_BYTES // cell_size
        copy_memory(target + block * BITMAP_BYTES, held, ((cells + 63) >> 6) * 8)
        living = count_set(held, cells)
        heap.live += (living - before) * cell_size
        store64(record + LIVE, living)
        if 0 < living and (cells - living) * LEAST_ROOM >= cells:
            free = (cells - living) * cell_size
            if _is_in_shreds(held, cells, free) and heap.set_aside < most_set_aside(heap):
                heap.set_aside += free
            else:
                _add_partial(heap, block)
        return living > 0
    if kind == LARGE:
        living = load64(held)
        store64(target + block * BITMAP_BYTES, living)
        heap.live += (living - before) * (load64(record + SPAN) << BLOCK_SHIFT)
        store64(record + LIVE, living)
        thing = heap.base + (block << BLOCK_SHIFT)
        if living == 0 and load8(thing + AGE_OFFSET) == CARDED:
            clean_cards(heap, thing)
        return living != 0
    return False


def _row_bytes(heap: Heap, block: int) -> int:
    """How much of a block's bitmaps it uses."""
    record = heap.records + block * RECORD_BYTES
    if load64(record + KIND) != SMALL:
        return 8
    return ((BLOCK_BYTES // load64(record + CELL) + 63) >> 6) * 8


def _unmark_dead(heap: Heap, block: int) -> None:
    """The young that have died lose the marks that they have had from birth."""
    row = block * BITMAP_BYTES
    stop = row + _row_bytes(heap, block)
    while row < stop:
        store64(heap.full.marks + row, load64(heap.full.marks + row) & load64(heap.young.marks + row))
        row += 8


def _clear_marks(heap: Heap, block: int) -> None:
    """The next full collection begins without marks."""
    zero_memory(heap.full.marks + block * BITMAP_BYTES, _row_bytes(heap, block))


def most_set_aside(heap: Heap) -> int:
    """How many free bytes may be left alone because they are scattered."""
    return min(heap.young_size.least >> 2, heap.memory_limit >> 4) + (heap.live >> 4)


def _is_in_shreds(held: int, cells: int, free: int) -> bool:
    """Whether the free cells of a block are so scattered that allocating in them is dearer than in a new block."""
    return free < count_clear_runs(held, cells) * LEAST_RUN


def _give_back(heap: Heap, block: int, span: int, clean: int) -> None:
    """Put free blocks at the head of the free runs, or join them with the run there if they are its neighbours.

    Sweeping goes upwards, and the blocks of the young come back the other way round than they were taken, so this makes long runs.
    """
    record = heap.records + block * RECORD_BYTES
    head = heap.free_head - 1
    first = heap.records + head * RECORD_BYTES
    following = heap.free_head
    store64(record + KIND, FREE)
    if clean == 0:
        heap.dirty_free += span << BLOCK_SHIFT
    if head >= 0 and load64(first + CLEAN) == clean:
        if head + load64(first + SPAN) == block:
            store64(first + SPAN, load64(first + SPAN) + span)
            return
        if head == block + span:
            span += load64(first + SPAN)
            following = load64(first + NEXT)
    store64(record + SPAN, span)
    store64(record + NEXT, following)
    store64(record + CLEAN, clean)
    heap.free_head = block + 1


def _add_partial(heap: Heap, block: int) -> None:
    """Put into the list of its size class: in front where the young lived, behind where all blocks are swept.

    The caches hold what was just allocated in; and a program that lets some of the young live, block by block, fills the same ones up.
    """
    record = heap.records + block * RECORD_BYTES
    state = heap.class_state + load64(record + SIZE_CLASS) * CLASS_STATE_BYTES
    head = load64(state + PARTIAL_HEAD)
    if head == 0:
        store64(record + NEXT, 0)
        store64(state + PARTIAL_HEAD, block + 1)
        store64(state + PARTIAL_TAIL, block + 1)
    elif heap.phase != SWEEPING:
        store64(record + NEXT, head)
        store64(state + PARTIAL_HEAD, block + 1)
    else:
        store64(record + NEXT, 0)
        tail = load64(state + PARTIAL_TAIL) - 1
        store64(heap.records + tail * RECORD_BYTES + NEXT, block + 1)
        store64(state + PARTIAL_TAIL, block + 1)


# --- back to the system ----------------------------------------------------------------------------------------------
def plan_release(heap: Heap, kept: int) -> None:
    """Free memory beyond `kept` bytes need not stay with us.

    In the pause in which it is given back: the program takes from the free runs that this remembers.
    """
    heap.release_excess = heap.dirty_free - kept
    heap.release_huge = heap.release_excess < (heap.live >> 2) + LITTLE_TO_RELEASE
    heap.release_left = RELEASED_AT_ONCE
    heap.release_next = heap.free_head
    heap.release_before = 0
    heap.release_stack = 0


def next_to_release(heap: Heap) -> int:
    """Address of two words, start and size of memory that the system may take back and then reads as zero; 0: none left.

    Free blocks, then their rows in the bitmaps, which are zero: of a gigabyte they are 24 MiB.
    """
    while heap.release_bitmaps > 0:
        heap.release_bitmaps -= 1
        rows = heap.objects
        if heap.release_bitmaps > 0:
            rows = heap.young.marks if heap.release_bitmaps == 1 else heap.full.marks
        start = (rows + heap.release_block * BITMAP_BYTES + PAGE_BYTES - 1) & -PAGE_BYTES
        stop = (rows + (heap.release_block + heap.release_span) * BITMAP_BYTES) & -PAGE_BYTES
        if start < stop:
            return _release(heap, start, stop - start)
    while heap.release_excess > 0 and heap.release_left > 0 and heap.release_next != 0:
        block = heap.release_next - 1
        record = heap.records + block * RECORD_BYTES
        if load64(record + CLEAN) == 0:
            if heap.release_left < RELEASED_AT_ONCE and is_late(heap):
                break
            most = min(heap.release_left, RELEASED_PIECE) >> BLOCK_SHIFT
            if heap.release_huge:
                if not _is_huge_page(heap, block):
                    continue
                most = min(most, load64(record + SPAN) & -HUGE_PAGE_BLOCKS)
            _shorten(heap, block, most)
            heap.release_bitmaps = 3
            heap.release_block = block
            heap.release_span = load64(record + SPAN)
            size = heap.release_span << BLOCK_SHIFT
            store64(record + CLEAN, 1)
            heap.release_excess -= size
            heap.release_left -= size
            heap.dirty_free -= size
            _join_clean(heap, block)
            return _release(heap, heap.base + (block << BLOCK_SHIFT), size)
        _join_clean(heap, block)
    heap.release_next = 0
    while heap.stacks_settled and heap.release_stack < heap.stack_count:
        cells = load64(heap.stacks + heap.release_stack * 8)
        heap.release_stack += 1
        scanned = load64(cells - STACK_HEADER)
        start = (scanned + KEPT_ABOVE_TOP + PAGE_BYTES - 1) & -PAGE_BYTES
        stop = cells - STACK_HEADER + load64(cells - STACK_HEADER + 8)
        if scanned != 0 and start < stop:
            return _release(heap, start, stop - start)
    return 0


def _shorten(heap: Heap, block: int, most: int) -> None:
    """Make a free run of what is more than `most` blocks of this one, behind it."""
    record = heap.records + block * RECORD_BYTES
    span = load64(record + SPAN)
    if span > most:
        rest = record + most * RECORD_BYTES
        store64(rest + KIND, FREE)
        store64(rest + SPAN, span - most)
        store64(rest + NEXT, load64(record + NEXT))
        store64(rest + CLEAN, load64(record + CLEAN))
        store64(record + SPAN, most)
        store64(record + NEXT, block + most + 1)


def _is_huge_page(heap: Heap, block: int) -> bool:
    """Whether the free run begins with a huge page. If not, go on: to the first one in it, or to the next run.

    The system would take a huge page apart to give part of it away, and hand it out again as small ones, each at the cost of a fault.
    """
    record = heap.records + block * RECORD_BYTES
    span = load64(record + SPAN)
    before_page = (FIRST_HUGE_PAGE - block) & (HUGE_PAGE_BLOCKS - 1)
    if before_page == 0 and span >= HUGE_PAGE_BLOCKS:
        return True
    if 0 < before_page and before_page + HUGE_PAGE_BLOCKS <= span:
        _shorten(heap, block, before_page)
    heap.release_next = load64(record + NEXT)
    heap.release_before = 0
    return False


def _join_clean(heap: Heap, block: int) -> None:
    """Go on to the next free run, behind a clean one, which becomes part of the one before where that is its neighbour."""
    record = heap.records + block * RECORD_BYTES
    heap.release_next = load64(record + NEXT)
    before = heap.release_before - 1
    record_before = heap.records + before * RECORD_BYTES
    if before >= 0 and before + load64(record_before + SPAN) == block:
        store64(record_before + SPAN, load64(record_before + SPAN) + load64(record + SPAN))
        store64(record_before + NEXT, heap.release_next)
    else:
        heap.release_before = block + 1


def _release(heap: Heap, start: int, size: int) -> int:
    store64(heap.release_pair, start)
    store64(heap.release_pair + 8, size)
    return heap.release_pair


# --- VM stacks -------------------------------------------------------------------------------------------------------
def register_stack(heap: Heap, cells: int) -> None:
    """Remember a new VM stack, so that it can be freed when its VMStack object is gone.

    It counts as met by the next collection, which may come before there is a VMStack object that has it.
    """
    store64(cells - STACK_HEADER, cells)
    store64(heap.stacks + heap.stack_count * 8, cells)
    heap.stack_count += 1
    heap.allocated += STACK_COST


def next_dead_stack(heap: Heap) -> int:
    """Forget a VM stack that the last collection did not meet and give its cells; 0: none left. Call it until then."""
    index = heap.release_stack if heap.stacks_settled else 0
    while index > 0:
        index -= 1
        cells = load64(heap.stacks + index * 8)
        if load64(cells - STACK_HEADER) == 0:
            heap.stack_count -= 1
            store64(heap.stacks + index * 8, load64(heap.stacks + heap.stack_count * 8))
            heap.release_stack = index
            return cells
        store64(cells - STACK_HEADER, 0)
    heap.release_stack = 0
    return 0
