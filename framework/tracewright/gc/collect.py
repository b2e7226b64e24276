"""Collections, and when the next one is due.

    young    everything allocated since the last collection that neither the roots nor remembered objects lead to goes
    full     all marks are made anew, so that old objects go too

Both are done in slices, between which the program runs, where one pause is too little time for them (deadline.py); most young ones need one.

            IDLE | CLEARING: all marks | MARKING, slice by slice            | SWEEPING        | IDLE      a full one
            IDLE |                       MARKING_YOUNG, mostly in one slice |                   IDLE      a young one
    marks        | are cleared         | made (a young one adds the new)    | a block at a time

A slice of marking scans what was met. When nothing is left to scan it looks at the roots, and at the objects into which something was stored.
If what those lead to can be scanned in the same pause, all that can be reached has been met, and what has no mark is dead.

While marking is under way an object that was scanned is OLD, so the barrier notes it when it comes to refer to something else, and the
roots are looked at in the pause in which marking ends. So nothing escapes, wherever the program moved it in the meantime. Most objects die
young, and a young collection costs what the roots and the survivors cost, however much is alive.
"""

from typing import Final

from tracewright.core.memory import store64
from tracewright.gc.deadline import NEVER, is_over
from tracewright.gc.heap import (
    BEGIN,
    CLASS_STATE_BYTES,
    CLEARING,
    END,
    FIRST_FULL,
    FULL,
    IDLE,
    LEAST_THRESHOLD,
    LOOK_AFTER,
    MARKING,
    MARKING_YOUNG,
    MOST_YOUNG,
    RUN_BLOCK,
    RUN_END,
    RUN_START,
    SLICE,
    SWEEPING,
    YOUNG,
    Heap,
    retire_run,
)
from tracewright.gc.mark import drain, hold_range, mark_range, take_remembered
from tracewright.gc.size_classes import SIZE_CLASSES
from tracewright.gc.sweep import begin_sweeping, clear_marks, plan_release, sweep_blocks, sweep_young
from tracewright.gc.weak import (
    ask_all_finalizers,
    ask_finalizers,
    clear_dead,
    find_due,
    forget_met,
    mark_finalizers,
    trace_ephemerons,
)

SWEPT_AT_ONCE: Final = 512  # blocks between two looks at the clock
USUALLY_MADE: Final = 128 << 20  # or half of what is alive: what may be made during marking before it hurries
PATIENCE: Final = 8  # attempts to end marking before it hurries
MOST_HASTE: Final = 15  # a slice takes so many times longer, and one time
MOST_ATTEMPTS: Final = 100  # then marking ends in one pause
STRESSED_FULL: Final = 4  # under stress every so many collections are full


def collect(heap: Heap, stack: int, stack_end: int, memory_limit: int) -> None:
    """Go on with the collection that is under way, or begin the next, from the native stack from `stack` to `stack_end`, until this pause
    is over."""
    heap.memory_limit = memory_limit
    heap.collections += 1
    heap.deadline = heap.now + heap.slice_nanoseconds
    heap.pause = SLICE
    heap.stacks_settled = False
    heap.release_next = 0
    if sweep_on(heap):
        if heap.phase != IDLE:
            heap.marking_allocated += heap.allocated
            hurry(heap)
        retire_runs(heap)
        if heap.phase == IDLE:
            begin(heap)
        go_on(heap, stack, stack_end)
    if heap.live > memory_limit:  # the program would hear of it
        collect_fully(heap, stack, stack_end, memory_limit)
        return
    if heap.phase == IDLE:
        plan_release(heap)
    under_way = (heap.phase != IDLE and heap.pause != END) or heap.full_wanted
    heap.threshold = heap.allocated + (heap.slice_bytes if under_way else next_threshold(heap, memory_limit))


def collect_fully(heap: Heap, stack: int, stack_end: int, memory_limit: int) -> None:
    """Free all that the native stack and the static objects do not lead to, at once."""
    heap.memory_limit = memory_limit
    heap.deadline = NEVER
    retire_runs(heap)
    if heap.phase == MARKING or heap.phase == MARKING_YOUNG:  # what died since it began would stay
        go_on(heap, stack, stack_end)
    sweep_on(heap)
    heap.full_wanted = True
    if heap.phase == IDLE:
        begin(heap)
    go_on(heap, stack, stack_end)
    sweep_on(heap)
    plan_release(heap)
    heap.pause = FULL
    heap.collections += 1
    heap.threshold = next_threshold(heap, memory_limit)


def is_full_due(heap: Heap) -> bool:
    """Whether so much has grown old that old objects must be looked at."""
    if heap.stress > 0 and heap.collections % STRESSED_FULL == 0:
        return True
    if heap.live + heap.outside >= heap.full_at:
        heap.look_after = LOOK_AFTER >> 1
        return True
    return heap.live >= FIRST_FULL and heap.now - heap.looked_at >= heap.look_after


# --- one collection, in slices ----------------------------------------------------------------------------------------
def begin(heap: Heap) -> None:
    """Begin the collection that is due: nothing is under way."""
    heap.marking_allocated = 0
    heap.large_met = 0
    heap.attempts = 0
    if heap.full_wanted:
        heap.full_wanted = False
        heap.pause = BEGIN
        heap.phase = CLEARING
        heap.clear_next = 0
        heap.found_before = heap.live + heap.outside
    else:
        heap.pause = YOUNG
        heap.phase = MARKING_YOUNG


def go_on(heap: Heap, stack: int, stack_end: int) -> None:
    """Clear, then mark, until this pause is over or the collection is."""
    if heap.phase == CLEARING:
        if not clear_on(heap):
            return
        heap.phase = MARKING
        mark_range(heap, heap.roots, heap.roots_end)
        ask_all_finalizers(heap)
        hold_range(heap, stack, stack_end)
    if mark_on(heap) and mark_roots(heap, stack, stack_end) and settle(heap):
        finish(heap)
    else:
        hold_range(heap, stack, stack_end)  # what was scanned in this pause may be what the native stack holds


def clear_on(heap: Heap) -> bool:
    """Forget all marks, and where the program has stored something: everything will be looked at. False: this pause is over."""
    while clear_marks(heap, SWEPT_AT_ONCE):
        if is_over(heap):
            return False
    return take_remembered(heap, False)


def mark_on(heap: Heap) -> bool:
    """Scan what has been met and what that leads to. False: this pause is over."""
    while not mark_portion(heap, heap.portion):
        if is_over(heap):
            return False
    return True


def mark_portion(heap: Heap, work: int) -> bool:
    """Do some of the marking; whether nothing is left. Each step gives the one before it more to do, so they begin again after the last."""
    return (
        drain(heap, work)
        and mark_finalizers(heap, work)
        and drain(heap, work)
        and trace_ephemerons(heap, work)
        and forget_met(heap, work)
        and ask_finalizers(heap, work)
    )


def mark_roots(heap: Heap, stack: int, stack_end: int) -> bool:
    """Mark all that has come to be reachable since marking began. False: this pause is over.

    It waits until nothing else is left to scan: a large table that is written all the time would take each slice for itself.
    """
    if not take_remembered(heap, True):
        return False
    hold_range(heap, stack, stack_end)
    heap.attempts += 1
    return mark_on(heap)


def settle(heap: Heap) -> bool:
    """What has no mark now is dead, but for what finalizers are still to get. False: this pause is over before all of that is marked."""
    clear_dead(heap)
    if find_due(heap):
        if not mark_on(heap):
            return False
        clear_dead(heap)
    return True


def finish(heap: Heap) -> None:
    """The marks are right."""
    heap.stacks_settled = True
    forget_runs(heap)
    if heap.phase == MARKING:
        heap.pause = END
        heap.full_collections += 1
        begin_sweeping(heap)
    else:
        heap.phase = IDLE
        before = heap.live
        sweep_young(heap)
        heap.young_now = next_young(heap, heap.live - before)
        heap.full_wanted = is_full_due(heap)
    heap.made = 0


def sweep_on(heap: Heap) -> bool:
    """Sweep all blocks that the program has not come to since marking ended. False: this pause is over."""
    while heap.phase == SWEEPING:
        sweep_blocks(heap, SWEPT_AT_ONCE)
        if heap.phase == SWEEPING and is_over(heap):
            return False
    return True


def hurry(heap: Heap) -> None:
    """Give the pause more time where the program makes more than usual while marking is under way. Small objects cannot outrun slices, for
    there is one for each half megabyte of them; large ones can, and so can a program that changes much of what is old."""
    made = heap.marking_allocated
    usual = max((heap.live + heap.large_met) >> 1, USUALLY_MADE)
    if heap.live + made > heap.memory_limit or heap.attempts > MOST_ATTEMPTS:
        heap.deadline = NEVER
    else:
        heap.deadline += heap.slice_nanoseconds * min(made // usual + heap.attempts // PATIENCE, MOST_HASTE)


# --- between collections ---------------------------------------------------------------------------------------------
def retire_runs(heap: Heap) -> None:
    """All that was handed out is in `objects`. Each class goes on with what is left of its run."""
    for size_class in range(SIZE_CLASSES):
        retire_run(heap, size_class)
    heap.bytes_total += heap.allocated
    heap.made += heap.allocated
    heap.allocated = 0


def forget_runs(heap: Heap) -> None:
    """The next allocation of each class looks for a run: blocks are about to be swept."""
    for size_class in range(SIZE_CLASSES):
        state = heap.class_state + size_class * CLASS_STATE_BYTES
        store64(state + RUN_START, 0)
        store64(state + RUN_END, 0)
        store64(state + RUN_BLOCK, 0)
        store64(heap.cursors + size_class * 8, 0)
        store64(heap.limits + size_class * 8, 0)


def next_threshold(heap: Heap, memory_limit: int) -> int:
    """How much may be allocated before the next collection: what the caches can hold, but not far over the limit."""
    return max(min(heap.young_now, memory_limit - heap.live), min(heap.young_bytes, LEAST_THRESHOLD))


def next_young(heap: Heap, survived: int) -> int:
    """How much to hand out before the next young collection, where so many bytes have survived this one.

    What the caches can hold, if nearly everything dies; more where a part of it would have died a little later. Where nearly everything
    survives, waiting longer would not help.
    """
    if survived > heap.made >> 3 and survived < heap.made - (heap.made >> 3):
        return min(2 * heap.young_now, MOST_YOUNG * heap.young_bytes)
    if survived < heap.made >> 5:
        return max(heap.young_now >> 1, heap.young_bytes)
    return heap.young_now
