"""Collections, and when the next one is due.

    young    everything allocated since the last collection that neither the roots nor remembered objects lead to goes
    full     all marks are made anew, so that old objects go too

Both are done in slices, between which the program runs, where one pause is too little time for them (deadline.py); most young ones need one.
Young ones come and go while a full one is marking, so that what dies young does not wait for it.

    full     IDLE | MARKING: old objects, slice by slice              | SWEEPING: a block at a time | IDLE
    young      o  |    o      o      o      o      o      o      o    |                             |  o
                  begins behind one                      ends with one

A slice of the full one scans old objects that were met; for what the program does meanwhile it relies on the young ones. Those look at the
roots, at all that is new, and at the old objects into which something was stored (an object that was scanned is OLD, so the barrier notes
it), and give what these refer to to the full one (mark.py). Where nothing was left to scan before a young collection, and what that has found can be
scanned in the same pause, all that can be reached has been met, and what has no mark is dead.

A slice of a young one begins with what was met; when nothing is left to scan it looks at the roots, and at the objects into which something
was stored. If what those lead to can be scanned in the same pause, it has met all it can.
Most objects die young, and a young collection costs what the roots and the survivors cost, however much is alive.
"""

from typing import Final

from tracewright.core.memory import store64
from tracewright.core.system import monotonic_nanoseconds
from tracewright.gc.deadline import NEVER, has_clock, is_over
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
    SWEEPING,
    YOUNG,
    Heap,
    retire_run,
)
from tracewright.gc.mark import drain, forget_dead_remembered, hold_range, mark_range, take_remembered
from tracewright.gc.marker import Marker
from tracewright.gc.size_classes import SIZE_CLASSES
from tracewright.gc.sweep import begin_sweeping, plan_release, sweep_blocks, sweep_young
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
# Or an eighth of what is alive: what may grow old during marking before it takes all the time it can get.
USUALLY_GROWN: Final = 32 << 20
USUALLY_MADE: Final = 128 << 20  # or half of what is alive: what may be made during marking before it hurries
LARGE_GAPS: Final = 2  # slices' bytes: who makes more between two pauses makes large objects
PATIENCE: Final = 8  # attempts to end marking, or pauses behind large objects, before it hurries
HASTE: Final = 3  # slices more for each time that what is usual has grown, at most
MOST_HASTE: Final = 15  # a slice takes so many times longer, and one time
STACK_LOOKS: Final = 2  # a pause of a young collection looks at the native stack so often, at most
MOST_ATTEMPTS: Final = 100  # then marking ends in one pause
GROWING: Final = 5  # a young collection that one object in 32 survives says that the program builds something
STRESSED_FULL: Final = 4  # under stress every so many collections are full
IDLE_CHANGE: Final = 64 << 10  # a program that waits, and has made so much since its old objects were looked at, ...
IDLE_LEAST: Final = 8 << 20  # ... and then has so much, is worth another look
LOOK_REST: Final = 2  # nothing has grown: at least so many times as long as the last look took
IDLE_REST: Final = 4  # but it waits so many times as long as the last one took
KEPT_FREE: Final = 24 << 20  # what is given back costs page faults to take again


def collect(heap: Heap, stack: int, stack_end: int, memory_limit: int) -> None:
    """Go on with what is under way, or begin the next collection, from the native stack from `stack` to `stack_end`, until this pause
    is over."""
    begin_pause(heap, memory_limit)
    if is_resting(heap):
        heap.threshold = next_threshold(heap)
        return
    heap.collections += 1
    hurry(heap)
    if sweep_on(heap):
        was_marking = heap.phase == MARKING
        if heap.young_begun or is_young_due(heap):
            collect_young(heap, stack, stack_end)
            # Behind large objects every pause may be one for a young collection, and marking would never go on.
            if was_marking and may_mark_old(heap) and makes_large(heap):
                mark_old(heap)
        else:
            mark_old(heap)
    if heap.live > memory_limit:  # the program would hear of it
        collect_fully(heap, stack, stack_end, memory_limit)
        return
    if heap.phase != SWEEPING and not heap.young_begun:
        plan_release(heap, free_to_keep(heap))
    heap.threshold = next_threshold(heap)


def collect_idle(heap: Heap, stack: int, stack_end: int, memory_limit: int) -> None:
    """A pause of a program that waits: go on with what is under way, or look for what has died since old objects were looked at. `idle_wait`
    then says when to come again."""
    begin_pause(heap, memory_limit)
    heap.idle_wait = 0
    hurry(heap)
    if sweep_on(heap):
        if may_mark_old(heap):
            heap.collections += 1
            mark_old(heap)
        elif heap.phase == MARKING or heap.young_begun:
            heap.collections += 1
            collect_young(heap, stack, stack_end)
        elif is_worth_looking(heap):
            heap.collections += 1
            heap.full_wanted = True
            collect_young(heap, stack, stack_end)
        else:
            if heap.idle_free != heap.dirty_free:  # some was given back the last time, or has become free
                heap.idle_wait = 0
            heap.idle_free = heap.dirty_free
            plan_release(heap, heap.young_size.least)
    heap.threshold = next_threshold(heap)


def is_worth_looking(heap: Heap) -> bool:
    """Whether old objects should be looked at now that the program waits: it has made something since, and not only a little. Where
    it is too early for that, `idle_wait` says when."""
    changed = heap.bytes_total - heap.total_at_look
    if changed < IDLE_CHANGE or heap.live + heap.made < IDLE_LEAST:
        heap.idle_wait = -1
        return False
    heap.idle_wait = max(heap.looked_at + max(LOOK_AFTER, IDLE_REST * heap.look_cost) - heap.now, 0)
    return heap.idle_wait == 0


def begin_pause(heap: Heap, memory_limit: int) -> None:
    """What every pause begins with, whatever it then does."""
    heap.memory_limit = memory_limit
    heap.deadline = heap.now + heap.slice_nanoseconds
    heap.pause = SLICE
    heap.stacks_settled = False
    heap.release_next = 0
    heap.lately = heap.allocated
    retire_runs(heap)


def free_to_keep(heap: Heap) -> int:
    """Memory that stays free for a program that goes on: what it will take before the next collection, and some of what a program whose live
    data goes up and down would take again."""
    return max(heap.young_size.now + heap.young_size.least, KEPT_FREE + (heap.live >> 3))


def collect_fully(heap: Heap, stack: int, stack_end: int, memory_limit: int) -> None:
    """Free all that the native stack and the static objects do not lead to, at once."""
    heap.memory_limit = memory_limit
    heap.deadline = NEVER
    retire_runs(heap)
    sweep_on(heap)
    if heap.phase == MARKING:  # what died since it began would stay
        end_marking(heap, stack, stack_end)
    collect_young(heap, stack, stack_end)
    if heap.phase == IDLE:
        begin_marking(heap, stack, stack_end)
    end_marking(heap, stack, stack_end)
    plan_release(heap, free_to_keep(heap))
    heap.pause = FULL
    heap.collections += 1
    heap.threshold = next_threshold(heap)


def end_marking(heap: Heap, stack: int, stack_end: int) -> None:
    """Do all that is left of a full collection."""
    while heap.phase == MARKING:
        heap.drained = True
        collect_young(heap, stack, stack_end)
    sweep_on(heap)


def is_young_due(heap: Heap) -> bool:
    """Whether this pause is for a young collection, and not for a slice of a full one."""
    if heap.phase != MARKING or heap.drained or heap.made >= young_budget(heap):
        return True
    return heap.stress > 0 and heap.collections & 1 != 0


def is_full_due(heap: Heap) -> bool:
    """Whether so much has grown old that old objects must be looked at."""
    if heap.stress > 0 and heap.collections % STRESSED_FULL == 0:
        return True
    if heap.live + heap.outside >= heap.full_at:
        heap.look_after = LOOK_AFTER >> 1
        return True
    return heap.live >= FIRST_FULL and heap.now - heap.looked_at >= max(heap.look_after, LOOK_REST * heap.look_cost)


# --- young ones, in slices --------------------------------------------------------------------------------------------
def collect_young(heap: Heap, stack: int, stack_end: int) -> None:
    """Begin a young collection or go on with it, until this pause is over or the collection is; it may be that a full one begins or ends
    with it."""
    if not heap.young_begun:
        heap.young_begun = True
        heap.pause = YOUNG
    if heap.deadline != NEVER:
        # Looks at a deep native stack can take longer than a pause; marking gets its time all the same, or would never end.
        heap.deadline += STACK_LOOKS * heap.stack_cost
    marker = heap.young
    if mark_on(heap, marker) and mark_roots(heap, stack, stack_end) and settle(heap, marker):
        finish_young(heap, stack, stack_end)
    else:
        hold_stack(heap, stack, stack_end)  # what was scanned in this pause may be what the native stack holds


def mark_on(heap: Heap, marker: Marker) -> bool:
    """Scan what has been met and what that leads to. False: this pause is over."""
    while not mark_portion(heap, marker, heap.portion):
        if is_over(heap):
            return False
    return True


def mark_portion(heap: Heap, marker: Marker, work: int) -> bool:
    """Do some of the marking; whether nothing is left. Each step gives the one before it more to do, so they begin again after the last."""
    return (
        drain(heap, marker, work)
        and mark_finalizers(heap, marker, work)
        and drain(heap, marker, work)
        and trace_ephemerons(heap, marker, work)
        and forget_met(heap, marker, work)
        and ask_finalizers(heap, marker, work)
    )


def mark_roots(heap: Heap, stack: int, stack_end: int) -> bool:
    """Mark all that has come to be reachable since marking began. False: this pause is over.

    It waits until nothing else is left to scan: a large table that is written all the time would take each slice for itself.
    """
    if not take_remembered(heap):
        return False
    hold_stack(heap, stack, stack_end)
    heap.attempts += 1
    return mark_on(heap, heap.young)


def hold_stack(heap: Heap, stack: int, stack_end: int) -> None:
    """Look at all of the native stack, and say how long it takes."""
    began = monotonic_nanoseconds() if has_clock(heap) else 0
    hold_range(heap, stack, stack_end)
    if has_clock(heap):
        heap.stack_cost = monotonic_nanoseconds() - began


def settle(heap: Heap, marker: Marker) -> bool:
    """What has no mark now is dead, but for what finalizers are still to get. False: this pause is over before all of that is marked."""
    clear_dead(heap, marker)
    if find_due(heap, marker):
        if not mark_on(heap, marker):
            return False
        clear_dead(heap, marker)
    return True


def finish_young(heap: Heap, stack: int, stack_end: int) -> None:
    """All that is alive is old now."""
    heap.young_begun = False
    heap.stacks_settled = True
    forget_runs(heap)
    before = heap.live
    sweep_young(heap)
    survived = heap.live - before
    heap.grows = survived > heap.made >> GROWING
    if heap.made >= heap.young_size.now >> 1:  # after less than that, what survives says nothing about the size
        heap.young_size.adapt(heap.made, survived)
    heap.made = 0
    heap.attempts = 0
    if heap.phase == MARKING:
        if heap.drained:
            try_to_end(heap)
    elif heap.full_wanted or is_full_due(heap):
        begin_marking(heap, stack, stack_end)


# --- full ones, in slices ---------------------------------------------------------------------------------------------
def begin_marking(heap: Heap, stack: int, stack_end: int) -> None:
    """A full collection begins: all objects are old, none has a mark."""
    heap.pause = BEGIN
    heap.phase = MARKING
    heap.drained = False
    heap.full_wanted = False
    heap.rest_until = 0
    heap.look_cost = 0
    heap.total_at_look = heap.bytes_total
    heap.live_before = heap.live
    heap.found_before = heap.live + heap.outside
    heap.greying = False
    mark_range(heap, heap.full, heap.roots, heap.roots_end)
    mark_range(heap, heap.full, stack, stack_end)
    ask_all_finalizers(heap)


def mark_old(heap: Heap) -> None:
    """A slice of marking."""
    began = monotonic_nanoseconds() if has_clock(heap) else 0
    heap.greying = False
    heap.drained = mark_on(heap, heap.full)
    if has_clock(heap):
        ended = monotonic_nanoseconds()
        heap.look_cost += ended - began
        heap.rest_until = ended + (ended - began) * rest(heap, heap.live - heap.live_before)


def may_mark_old(heap: Heap) -> bool:
    """Whether a slice of marking is what could come next."""
    return heap.phase == MARKING and not heap.young_begun and not heap.drained


def is_resting(heap: Heap) -> bool:
    """Whether a full collection is under way, the program has not run for long enough since its last slice, and nothing else is due."""
    if not may_mark_old(heap) or not has_clock(heap):
        return False
    return heap.now < heap.rest_until and heap.made < young_budget(heap)


def rest(heap: Heap, grown: int) -> int:
    """How many times as long as a slice took the program runs before the next: less while what is alive grows, and the more it has grown
    already, for then memory would. A program that has built much, and goes on with what dies young, is not to pay for that at once."""
    if not heap.grows:
        return heap.rest_times
    bearable = bearable_growth(heap)
    return heap.rest_times * max(bearable - grown, 0) // bearable


def bearable_growth(heap: Heap) -> int:
    """How much may grow old while a full collection marks."""
    return max(heap.live_before >> 3, USUALLY_GROWN)


def try_to_end(heap: Heap) -> None:
    """A young collection has looked at the roots. If what it has found can be scanned in this pause, the marks are right."""
    heap.drained = False
    heap.greying = False
    if mark_on(heap, heap.full) and settle(heap, heap.full):
        heap.pause = END
        heap.full_collections += 1
        forget_dead_remembered(heap)
        begin_sweeping(heap)


def sweep_on(heap: Heap) -> bool:
    """Sweep all blocks that the program has not come to since marking ended. False: this pause is over."""
    while heap.phase == SWEEPING:
        sweep_blocks(heap, SWEPT_AT_ONCE)
        if heap.phase == SWEEPING and is_over(heap):
            return False
    return True


def hurry(heap: Heap) -> None:
    """Give the pause more time where the program makes more than usual while marking is under way.

    Small objects cannot outrun slices, for there is one for each half megabyte of them; large ones can, and so can a program that changes
    much of what is old. An array that grows by being copied makes some pauses behind large objects; a program that makes them all the time more than PATIENCE.
    """
    if heap.phase == IDLE and not heap.young_begun:
        heap.large_pauses = 0
    over = times_over(heap)
    haste = heap.attempts // PATIENCE
    if over > 0 and makes_large(heap):
        heap.large_pauses += 1
        haste += 1 + min(max(heap.large_pauses - PATIENCE, 0), HASTE * over)
    if heap.live + heap.made > heap.memory_limit or heap.attempts > MOST_ATTEMPTS or (heap.stress > 0 and over > 0):
        heap.deadline = NEVER
    else:
        heap.deadline += heap.slice_nanoseconds * min(haste, MOST_HASTE)


def times_over(heap: Heap) -> int:
    """How many times what is usual has been made since the last young collection, or has grown since a full one began."""
    over = heap.made // max(heap.live >> 1, USUALLY_MADE)
    if heap.phase == MARKING:
        over = max(over, (heap.live + heap.made - heap.live_before) // bearable_growth(heap))
    return over


def makes_large(heap: Heap) -> bool:
    """Whether more was made since the last pause than small objects could be while a collection is under way."""
    return heap.lately > LARGE_GAPS * heap.slice_bytes


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


def young_budget(heap: Heap) -> int:
    """How much may be made before the next young collection: what the caches can hold, but not far over the limit. While slices do not rest
    because the program builds something, no more than that: it shall be seen soon when it has done so."""
    size = heap.young_size.least if heap.phase == MARKING and heap.grows else heap.young_size.now
    return max(
        min(size, heap.memory_limit - heap.live),
        min(heap.young_size.least, LEAST_THRESHOLD),
    )


def next_threshold(heap: Heap) -> int:
    """How much may be handed out before the next pause."""
    left = young_budget(heap) - heap.made
    return max(min(left, heap.slice_bytes) if heap.young_begun or heap.phase == MARKING else left, 0)
