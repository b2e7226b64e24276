"""After marking: which blocks are free, which have room, what goes back to the system.

Only bitmaps and records are touched here; the cells themselves are zeroed when they are handed out again, a run at a time.
"""

from tracewright.core.memory import copy_memory, load64, store64
from tracewright.gc.bitmaps import count_set
from tracewright.gc.heap import (
    BITMAP_BYTES,
    CELL,
    CLASS_STATE_BYTES,
    CLEAN,
    FREE,
    KIND,
    LARGE,
    LIVE,
    NEXT,
    PARTIAL_HEAD,
    PARTIAL_TAIL,
    RECORD_BYTES,
    SIZE_CLASS,
    SMALL,
    SPAN,
    YOUNG_BYTES,
    Heap,
)
from tracewright.gc.size_classes import BLOCK_BYTES, BLOCK_SHIFT, SIZE_CLASSES, STACK_HEADER

PAGE_BYTES = 4096
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
        if not _keeps_unit(heap, block):
            _give_back(heap, block, load64(record + SPAN))
        block = following


def sweep(heap: Heap) -> None:
    """After all marks were made anew: make the lists of free runs and of blocks with room anew."""
    for size_class in range(SIZE_CLASSES):
        state = heap.class_state + size_class * CLASS_STATE_BYTES
        store64(state + PARTIAL_HEAD, 0)
        store64(state + PARTIAL_TAIL, 0)
    heap.touched = 0
    heap.free_head = 0
    heap.dirty_free = 0
    last_free = -1  # the free run that ends where we are, or the last one before
    block = 0
    while block < heap.frontier:
        record = heap.records + block * RECORD_BYTES
        span = load64(record + SPAN)
        if not _keeps_unit(heap, block):
            last_free = _add_free(heap, last_free, block, span)
        block += span


def _keeps_unit(heap: Heap, block: int) -> bool:
    """Whether a block or large object still holds something. What was marked is what it holds; brings `live` up to date."""
    record = heap.records + block * RECORD_BYTES
    kind = load64(record + KIND)
    marks = heap.marks + block * BITMAP_BYTES
    objects = heap.objects + block * BITMAP_BYTES
    before = load64(record + LIVE)
    if kind == SMALL:
        cell_size = load64(record + CELL)
        cells = BLOCK_BYTES // cell_size
        copy_memory(objects, marks, ((cells + 63) >> 6) * 8)
        marked = count_set(marks, cells)
        heap.live += (marked - before) * cell_size
        store64(record + LIVE, marked)
        if 0 < marked < cells:
            _add_partial(heap, block)
        return marked > 0
    if kind == LARGE:
        marked = load64(marks)
        store64(objects, marked)
        heap.live += (marked - before) * (load64(record + SPAN) << BLOCK_SHIFT)
        store64(record + LIVE, marked)
        return marked != 0
    return False


def _give_back(heap: Heap, block: int, span: int) -> None:
    """Put free blocks at the head of the free runs, joined with the run there if they are its neighbours.

    Blocks that were taken one after the other come back the other way round, so this mostly restores the run they were.
    """
    record = heap.records + block * RECORD_BYTES
    head = heap.free_head - 1
    first = heap.records + head * RECORD_BYTES
    following = heap.free_head
    if head == block + span and load64(first + CLEAN) == 0:
        span += load64(first + SPAN)
        heap.dirty_free -= load64(first + SPAN) << BLOCK_SHIFT
        following = load64(first + NEXT)
    store64(record + KIND, FREE)
    store64(record + SPAN, span)
    store64(record + NEXT, following)
    store64(record + CLEAN, 0)
    heap.free_head = block + 1
    heap.dirty_free += span << BLOCK_SHIFT


def _add_partial(heap: Heap, block: int) -> None:
    """Append to the list of its size class."""
    record = heap.records + block * RECORD_BYTES
    state = heap.class_state + load64(record + SIZE_CLASS) * CLASS_STATE_BYTES
    store64(record + NEXT, 0)
    if load64(state + PARTIAL_HEAD) == 0:
        store64(state + PARTIAL_HEAD, block + 1)
    else:
        tail = load64(state + PARTIAL_TAIL) - 1
        store64(heap.records + tail * RECORD_BYTES + NEXT, block + 1)
    store64(state + PARTIAL_TAIL, block + 1)


def _add_free(heap: Heap, last: int, block: int, span: int) -> int:
    """Append `span` free blocks to the free run before them, or as a run of their own. Gives the last run."""
    record = heap.records + block * RECORD_BYTES
    clean = load64(record + CLEAN) if load64(record + KIND) == FREE else 0
    if clean == 0:
        heap.dirty_free += span << BLOCK_SHIFT
    before = heap.records + last * RECORD_BYTES
    if last >= 0 and last + load64(before + SPAN) == block and load64(before + CLEAN) == clean:
        store64(before + SPAN, load64(before + SPAN) + span)
        store64(record + KIND, FREE)
        return last
    store64(record + KIND, FREE)
    store64(record + SPAN, span)
    store64(record + NEXT, 0)
    store64(record + CLEAN, clean)
    if last < 0:
        heap.free_head = block + 1
    else:
        store64(before + NEXT, block + 1)
    return block


# --- back to the system ----------------------------------------------------------------------------------------------
def plan_release(heap: Heap) -> None:
    """Free memory beyond what will be allocated before the next collection need not stay with us."""
    heap.release_excess = heap.dirty_free - 2 * YOUNG_BYTES
    heap.release_next = heap.free_head
    heap.release_stack = 0


def next_to_release(heap: Heap) -> int:
    """Address of two words, start and size of memory that the system may take back and then reads as zero; 0: none left."""
    while heap.release_excess > 0 and heap.release_next != 0:
        block = heap.release_next - 1
        record = heap.records + block * RECORD_BYTES
        heap.release_next = load64(record + NEXT)
        if load64(record + CLEAN) == 0:
            size = load64(record + SPAN) << BLOCK_SHIFT
            store64(record + CLEAN, 1)
            heap.release_excess -= size
            heap.dirty_free -= size
            return _release(heap, heap.base + (block << BLOCK_SHIFT), size)
    while heap.release_stack < heap.stack_count:
        cells = load64(heap.stacks + heap.release_stack * 8)
        heap.release_stack += 1
        scanned = load64(cells - STACK_HEADER)
        start = (scanned + KEPT_ABOVE_TOP + PAGE_BYTES - 1) & -PAGE_BYTES
        stop = cells - STACK_HEADER + load64(cells - STACK_HEADER + 8)
        if scanned != 0 and start < stop:
            return _release(heap, start, stop - start)
    return 0


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
    index = heap.release_stack
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
