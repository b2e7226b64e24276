"""What `Array(length, fill)` does after the array is made.

Natively a loop. In a trace that knows the length, the stores stand one after the other, so that an array which does not escape is
never made; in one that does not, or where they are many, the loop is a call.
"""

from typing import Final, TypeVar

from tracewright.core.arrays import Array, unchecked_set
from tracewright.hints import isconstant, unroll_safe

T = TypeVar("T")

MOST_IN_TRACES: Final = 64  # more would make traces long for little; the longest array that exits can rebuild, too


def fill(items: Array[T], length: int, value: T) -> None:
    """Store `value` in all places of the array, of which there are `length`."""
    if isconstant(length) and length <= MOST_IN_TRACES:
        _fill_in_trace(items, length, value)
    else:
        _fill_by_loop(items, length, value)


@unroll_safe
def _fill_in_trace(items: Array[T], length: int, value: T) -> None:
    for index in range(length):
        unchecked_set(items, index, value)


def _fill_by_loop(items: Array[T], length: int, value: T) -> None:
    for index in range(length):
        unchecked_set(items, index, value)
