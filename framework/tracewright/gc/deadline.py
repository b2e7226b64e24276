"""How long a pause may take.

Work that has no bound is done in portions, and after each the collector asks whether this pause is over; the rest is for the next. Where time
must not decide (under stress, and in tests: `slice_nanoseconds` is 0) one portion of each kind of work is what a pause does.
"""

from typing import Final

from tracewright.core.system import monotonic_nanoseconds
from tracewright.gc.heap import Heap

NEVER: Final = 1 << 62  # for a pause that does everything


def is_over(heap: Heap) -> bool:
    """Whether what is left to do should wait for the next pause."""
    if heap.deadline == NEVER:
        return False
    return not has_clock(heap) or monotonic_nanoseconds() >= heap.deadline


def has_clock(heap: Heap) -> bool:
    """Whether time decides about anything."""
    return heap.stress == 0 and heap.slice_nanoseconds > 0


def is_late(heap: Heap) -> bool:
    """Whether the clock, where there is one, says that the pause has lasted long enough."""
    return has_clock(heap) and monotonic_nanoseconds() >= heap.deadline
