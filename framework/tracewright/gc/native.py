"""The heap of a translated program, and the functions that the C runtime calls (`runtime/heap.c`)."""

from typing import Final

from tracewright.gc.cards import remember_item as remember_item_in_heap
from tracewright.gc.cards import remember_items as remember_items_in_heap
from tracewright.gc.collect import collect as collect_heap
from tracewright.gc.collect import collect_fully as collect_heap_fully
from tracewright.gc.collect import collect_idle as collect_heap_idle
from tracewright.gc.heap import FIRST_FULL, Heap
from tracewright.gc.heap import remember as remember_in_heap
from tracewright.gc.pages import next_to_take as next_of_pages
from tracewright.gc.pages import taken as taken_by_pages
from tracewright.gc.sweep import allocate_large_swept, next_dead_stack, refill_swept
from tracewright.gc.sweep import next_to_release as next_in_heap
from tracewright.gc.sweep import register_stack as register_in_heap
from tracewright.gc.unused import next_unused as next_unused_in_heap
from tracewright.gc.weak import register as add_finalizer
from tracewright.gc.weak import take_due

HEAP: Final = Heap()


def initialize(
    base: int,
    size: int,
    tables: int,
    cards: int,
    mark_stack: int,
    mark_stack_end: int,
    cursors: int,
    limits: int,
    classes: int,
    roots: int,
    roots_end: int,
) -> None:
    """Take over the address ranges that the runtime has reserved."""
    HEAP.initialize(base, size, tables, cards, mark_stack, mark_stack_end, cursors, limits)
    HEAP.classes = classes
    HEAP.roots = roots
    HEAP.roots_end = roots_end


def refill(size_class: int) -> int:
    """One zeroed cell; 0: collect first."""
    return refill_swept(HEAP, size_class)


def large(size: int) -> int:
    """A zeroed large object; 0: collect first."""
    return allocate_large_swept(HEAP, size)


def set_time(nanoseconds: int) -> None:
    """When the collection begins that comes next."""
    HEAP.now = nanoseconds


def collect(stack: int, stack_end: int, memory_limit: int) -> None:
    """Free young objects that cannot be reached, and the old ones where that is due."""
    collect_heap(HEAP, stack, stack_end, memory_limit)


def collect_fully(stack: int, stack_end: int, memory_limit: int) -> None:
    """Free everything that cannot be reached."""
    collect_heap_fully(HEAP, stack, stack_end, memory_limit)


def collect_idle(stack: int, stack_end: int, memory_limit: int) -> None:
    """Some milliseconds of collecting while the program waits."""
    collect_heap_idle(HEAP, stack, stack_end, memory_limit)


def idle_wait() -> int:
    """Nanoseconds after which there is something to collect again if the program goes on waiting; -1: nothing."""
    return HEAP.idle_wait


def remember(thing: int) -> None:
    """A reference has been stored into an old object."""
    remember_in_heap(HEAP, thing)


def remember_item(place: int) -> None:
    """A reference has been stored at `place` into an old object."""
    remember_item_in_heap(HEAP, place)


def remember_items(start: int, stop: int, source: int) -> None:
    """References have been copied from `source` to `start` ... `stop` in an old object."""
    remember_items_in_heap(HEAP, start, stop, source)


def register_finalizer(thing: int) -> None:
    """A finalizer has got its target."""
    add_finalizer(HEAP, thing)


def take_due_finalizer() -> int:
    """A finalizer whose target has died; 0: there is none."""
    return take_due(HEAP)


def account_memory(change: int) -> int:
    """Objects hold so much more, or less, outside the heap. 1: collect now; few small objects may hold much, and allocate little."""
    HEAP.outside += change
    if change <= 0:  # finalizers give back what was dead already when the next full collection was planned
        HEAP.full_at = max(HEAP.full_at + change, FIRST_FULL)
        return 0
    HEAP.allocated += change
    return 1 if HEAP.allocated > HEAP.threshold else 0


def next_to_release() -> int:
    """Address of (start, bytes) of memory to give back to the system; 0: none left."""
    return next_in_heap(HEAP)


def next_to_take() -> int:
    """After something was handed out, address of what to ask the system for (`pages.py`); 0: nothing."""
    return next_of_pages(HEAP.pages)


def taken(nanoseconds: int) -> None:
    """That has been done, and kept the processor busy for so long."""
    taken_by_pages(HEAP.pages, nanoseconds)


def next_unused() -> int:
    """After a collection, address of (start, bytes) of memory that holds no object; 0: none left."""
    return next_unused_in_heap(HEAP)


def register_stack(stack_cells: int, size: int) -> None:
    """A VM stack of `size` bytes has been reserved."""
    register_in_heap(HEAP, stack_cells)


def dead_stack() -> int:
    """Cells of a VM stack to unmap; 0: none left."""
    return next_dead_stack(HEAP)


def live_bytes() -> int:
    """Bytes that survived the last collection; while one is under way, also what was made before it began."""
    return HEAP.live + HEAP.made if HEAP.young_begun else HEAP.live


def set_stress(every: int) -> None:
    """Collect at every `every`-th allocation."""
    HEAP.set_stress(every)


def add_time(nanoseconds: int) -> None:
    """Account for the time of a collection, or of a slice of one."""
    HEAP.nanoseconds += nanoseconds
    HEAP.longest_pause = max(HEAP.longest_pause, nanoseconds)


def tells_of_pauses() -> bool:
    """Whether the user wants to hear of pauses."""
    return HEAP.log_from > 0


def is_worth_telling(nanoseconds: int) -> bool:
    """Whether the user wants to hear of a pause of this length."""
    return 0 < HEAP.log_from <= nanoseconds


def last_pause() -> int:
    """What the last pause was for: a code of heap.py."""
    return HEAP.pause


def collection_count() -> int:
    """Collections so far."""
    return HEAP.collections


def allocated_bytes() -> int:
    """Bytes handed out to the program so far."""
    return HEAP.bytes_total + HEAP.allocated


def collection_nanoseconds() -> int:
    """Time spent collecting so far."""
    return HEAP.nanoseconds
