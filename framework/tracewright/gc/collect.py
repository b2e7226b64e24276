"""A whole collection, and when the next one is due.

    young    everything allocated since the last collection that neither the roots nor remembered objects lead to goes
    full     all marks are made anew, so that old objects go too

Most objects die young, and a young collection costs what the roots and the survivors cost, however much is alive.
"""

from typing import Final

from tracewright.core.memory import store64, zero_memory
from tracewright.gc.heap import (
    BITMAP_BYTES,
    CLASS_STATE_BYTES,
    FIRST_FULL,
    RUN_BLOCK,
    RUN_END,
    RUN_START,
    YOUNG_BYTES,
    Heap,
    retire_run,
)
from tracewright.gc.mark import drain, hold_range, mark_range, take_remembered
from tracewright.gc.size_classes import SIZE_CLASSES
from tracewright.gc.sweep import plan_release, sweep, sweep_young
from tracewright.gc.weak import mark_finalizers, settle_weak

LEAST_THRESHOLD: Final = 4 << 20  # near the memory limit collections come more often, but not at every block
STRESSED_FULL: Final = 4  # under stress every so many collections are full


def collect(heap: Heap, stack: int, stack_end: int, memory_limit: int) -> None:
    """Free young objects that the native stack from `stack` to `stack_end` and old objects do not lead to; all that are not
    reachable, where that is due."""
    retire_runs(heap)
    take_remembered(heap, True)
    mark_finalizers(heap, False)
    hold_range(heap, stack, stack_end)
    drain(heap)
    settle_weak(heap, False)
    sweep_young(heap)
    heap.collections += 1
    if is_full_due(heap, memory_limit):
        collect_fully(heap, stack, stack_end, memory_limit)
    else:
        heap.threshold = next_threshold(heap.live, memory_limit)


def is_full_due(heap: Heap, memory_limit: int) -> bool:
    """Whether so much has grown old that old objects must be looked at, or so much seems to live that the program would hear of it."""
    if heap.stress > 0 and heap.collections % STRESSED_FULL == 0:
        return True
    return heap.live + heap.outside >= heap.full_at or heap.live > memory_limit


def collect_fully(heap: Heap, stack: int, stack_end: int, memory_limit: int) -> None:
    """Free what the native stack and the static objects do not lead to."""
    retire_runs(heap)
    before = heap.live + heap.outside
    zero_memory(heap.marks, heap.frontier * BITMAP_BYTES)
    take_remembered(heap, False)
    hold_range(heap, stack, stack_end)
    mark_range(heap, heap.roots, heap.roots_end)
    mark_finalizers(heap, True)
    drain(heap)
    settle_weak(heap, True)
    sweep(heap)
    heap.collections += 1
    heap.full_collections += 1
    heap.threshold = next_threshold(heap.live, memory_limit)
    heap.full_at = next_full(before, heap.live + heap.outside, memory_limit)
    plan_release(heap)


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


def next_threshold(live: int, memory_limit: int) -> int:
    """How much may be allocated before the next collection: what the caches can hold, but not far over the limit."""
    return max(min(YOUNG_BYTES, memory_limit - live), LEAST_THRESHOLD)


def next_full(before: int, live: int, memory_limit: int) -> int:
    """How much may survive young collections before old objects are looked at again, where the last look found that `live` of
    `before` bytes were alive.

    Half of what lives now, so that marking it costs a constant per byte that grew old; as much again as lives where less than a tenth
    was dead: a program that builds something large leaves little garbage among it. Not beyond the limit, unless nothing can be done
    about that.
    """
    growth = live if live > before // 10 * 9 else live >> 1
    wanted = max(live + growth, FIRST_FULL)
    return max(min(wanted, memory_limit), live + LEAST_THRESHOLD)
