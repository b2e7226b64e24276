"""Collections, and when the next one is due.

    young    everything allocated since the last collection that neither the roots nor remembered objects lead to goes
    full     all marks are made anew, so that old objects go too: in slices, between which the program runs

            young | begin, slice, slice, ..., slice: nothing is left to scan, and the roots lead to nothing new | sweeping | young
    marks         | cleared, then made anew                                                                     | settled a block at a time

Most objects die young, and a young collection costs what the roots and the survivors cost, however much is alive.

While marking is under way there are no young collections. An object that was scanned in this full collection is OLD, so the barrier
notes it when it comes to refer to something else, and the native stack is scanned in the pause in which marking ends. So whatever can
be reached then has been marked, wherever the program moved it in the meantime.
"""

from typing import Final

from tracewright.core.memory import store64
from tracewright.gc.heap import (
    BEGIN,
    CLASS_STATE_BYTES,
    END,
    FIRST_FULL,
    FULL,
    IDLE,
    LEAST_THRESHOLD,
    LOOK_AFTER,
    MARKING,
    RUN_BLOCK,
    RUN_END,
    RUN_START,
    SLICE,
    YOUNG,
    Heap,
    retire_run,
)
from tracewright.gc.mark import UNLIMITED, drain, hold_range, mark_range, take_remembered
from tracewright.gc.size_classes import SIZE_CLASSES
from tracewright.gc.sweep import begin_sweeping, clear_marks, plan_release, sweep_blocks, sweep_young
from tracewright.gc.weak import forget_met, mark_finalizers, settle_weak, trace_ephemerons

HASTE: Final = 2  # a slice that must hurry does so many doublings more
MOST_ATTEMPTS: Final = 8  # then marking ends in one pause: the program makes more than slices can follow
STRESSED_FULL: Final = 4  # under stress every so many collections are full


def collect(heap: Heap, stack: int, stack_end: int, memory_limit: int) -> None:
    """Free young objects that the native stack from `stack` to `stack_end` and old objects do not lead to, or do a slice of a full
    collection, where one is under way or due."""
    heap.memory_limit = memory_limit
    heap.collections += 1
    if heap.phase == MARKING:
        heap.pause = SLICE
        heap.marking_allocated += heap.allocated
        retire_runs(heap)
        mark_slice(heap, stack, stack_end)
    elif heap.full_wanted:
        heap.pause = BEGIN
        sweep_blocks(heap, UNLIMITED)
        retire_runs(heap)
        begin_marking(heap, stack, stack_end)
    else:
        heap.pause = YOUNG
        sweep_blocks(heap, UNLIMITED)
        retire_runs(heap)
        collect_young(heap, stack, stack_end)
        heap.full_wanted = is_full_due(heap)
    if heap.live > memory_limit:  # the program would hear of it
        collect_fully(heap, stack, stack_end, memory_limit)
    if heap.phase == IDLE:
        plan_release(heap)
    heap.stacks_settled = heap.phase != MARKING
    sliced = heap.phase == MARKING or heap.full_wanted
    heap.threshold = heap.slice_bytes if sliced else next_threshold(heap, memory_limit)


def collect_fully(heap: Heap, stack: int, stack_end: int, memory_limit: int) -> None:
    """Free all that the native stack and the static objects do not lead to, at once."""
    heap.memory_limit = memory_limit
    retire_runs(heap)
    if heap.phase == MARKING:  # what died since it began would stay
        rescan(heap, stack, stack_end)
        finish_marking(heap)
    sweep_blocks(heap, UNLIMITED)
    begin_marking(heap, stack, stack_end)
    finish_marking(heap)
    sweep_blocks(heap, UNLIMITED)
    plan_release(heap)
    heap.pause = FULL
    heap.collections += 1
    heap.stacks_settled = True
    heap.threshold = next_threshold(heap, memory_limit)


def collect_young(heap: Heap, stack: int, stack_end: int) -> None:
    """Free what was allocated since the last collection and cannot be reached."""
    take_remembered(heap, True)
    mark_finalizers(heap, False)
    hold_range(heap, stack, stack_end)
    drain(heap, UNLIMITED)
    settle_weak(heap, False)
    sweep_young(heap)


def is_full_due(heap: Heap) -> bool:
    """Whether so much has grown old that old objects must be looked at."""
    if heap.stress > 0 and heap.collections % STRESSED_FULL == 0:
        return True
    if heap.live + heap.outside >= heap.full_at:
        heap.look_after = LOOK_AFTER >> 1
        return True
    return heap.live >= FIRST_FULL and heap.now - heap.looked_at >= heap.look_after


# --- a full collection -----------------------------------------------------------------------------------------------
def begin_marking(heap: Heap, stack: int, stack_end: int) -> None:
    """Forget all marks, and mark what the roots lead to."""
    heap.phase = MARKING
    heap.full_wanted = False
    heap.marking_allocated = 0
    heap.attempts = 0
    heap.found_before = heap.live + heap.outside
    clear_marks(heap)
    take_remembered(heap, False)
    mark_range(heap, heap.roots, heap.roots_end)
    mark_finalizers(heap, True)
    hold_range(heap, stack, stack_end)


def mark_slice(heap: Heap, stack: int, stack_end: int) -> None:
    """Go on marking; end it if the roots lead to nothing new that is more than a slice's work.

    Remembered objects wait until nothing else is left: a large table that is written all the time would take each slice for itself.
    """
    work = slice_work(heap)
    if drain(heap, work) and trace_ephemerons(heap, work) and forget_met(heap, work):
        rescan(heap, stack, stack_end)
        heap.attempts += 1
        if drain(heap, work if heap.attempts < MOST_ATTEMPTS else UNLIMITED):
            finish_marking(heap)


def slice_work(heap: Heap) -> int:
    """How much a slice scans: more where the program makes more than usual while marking is under way. Small objects cannot outrun slices,
    for there is one for each half megabyte of them; large ones can."""
    made = heap.marking_allocated
    if heap.live + made > heap.memory_limit or made > 2 * heap.live + heap.young_bytes:
        return UNLIMITED
    return heap.slice_work << HASTE if made > (heap.live >> 1) + heap.young_bytes else heap.slice_work


def rescan(heap: Heap, stack: int, stack_end: int) -> None:
    """Mark what has come to be reachable since the roots were scanned."""
    take_remembered(heap, True)
    mark_finalizers(heap, True)
    hold_range(heap, stack, stack_end)


def finish_marking(heap: Heap) -> None:
    """In the pause in which the roots were scanned: what has no mark now is dead."""
    drain(heap, UNLIMITED)
    settle_weak(heap, True)
    begin_sweeping(heap)
    heap.pause = END
    heap.full_collections += 1


# --- between collections ---------------------------------------------------------------------------------------------
def retire_runs(heap: Heap) -> None:
    """All that was handed out is in `objects`, and the next allocation of each class looks for a run."""
    for size_class in range(SIZE_CLASSES):
        retire_run(heap, size_class)
        state = heap.class_state + size_class * CLASS_STATE_BYTES
        store64(state + RUN_START, 0)
        store64(state + RUN_END, 0)
        store64(state + RUN_BLOCK, 0)
        store64(heap.cursors + size_class * 8, 0)
        store64(heap.limits + size_class * 8, 0)
    heap.bytes_total += heap.allocated
    heap.allocated = 0


def next_threshold(heap: Heap, memory_limit: int) -> int:
    """How much may be allocated before the next collection: what the caches can hold, but not far over the limit."""
    return max(min(heap.young_bytes, memory_limit - heap.live), min(heap.young_bytes, LEAST_THRESHOLD))
