"""A whole collection, and when the next one is due."""

from tracewright.core.memory import store64
from tracewright.gc.heap import (
    CLASS_STATE_BYTES,
    EASY_THRESHOLD,
    FIRST_THRESHOLD,
    RUN_BLOCK,
    RUN_END,
    RUN_START,
    Heap,
    retire_run,
)
from tracewright.gc.mark import drain, mark_range
from tracewright.gc.size_classes import SIZE_CLASSES
from tracewright.gc.sweep import plan_release, sweep

LEAST_THRESHOLD = 4 << 20  # near the memory limit collections come more often, but not at every block


def collect(heap: Heap, stack: int, stack_end: int, memory_limit: int) -> None:
    """Free what the native stack from `stack` to `stack_end` and the static objects do not lead to."""
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
    mark_range(heap, stack, stack_end)
    mark_range(heap, heap.roots, heap.roots_end)
    drain(heap)
    sweep(heap)
    heap.collections += 1
    heap.threshold = next_threshold(heap.live, memory_limit)
    plan_release(heap)


def next_threshold(live: int, memory_limit: int) -> int:
    """How much may be allocated before the next collection.

    As much as lives now, so that marking costs a constant per byte allocated. A small heap may grow by eight times of what
    lives, so that marking costs little, up to EASY_THRESHOLD; not more, because memory that was never used before is dear
    too (the system must clear it). Not far over the limit.
    """
    wanted = max(live, FIRST_THRESHOLD, min(live * 8, EASY_THRESHOLD))
    room = memory_limit - live
    return max(min(wanted, room), LEAST_THRESHOLD)
