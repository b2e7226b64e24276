"""Slices with a step: `x[start:stop:step]` of lists, strings and bytes."""

from typing import TypeVar, final

from tracewright.core.arrays import unchecked_get
from tracewright.core.text import BytesBuffer, StrBuffer, byte_at, code_at, width_of
from tracewright.lib.list_core import List

T = TypeVar("T")


@final
class Steps:
    """The places that a slice takes: `first`, `first + step`, ..., `count` of them."""

    def __init__(self, length: int, start: int, stop: int, step: int, has_start: bool, has_stop: bool) -> None:
        if step == 0:
            raise ValueError("slice step cannot be zero")
        lowest, highest = (0, length) if step > 0 else (-1, length - 1)
        first = _clamped(start, length, lowest, highest) if has_start else (lowest if step > 0 else highest)
        last = _clamped(stop, length, lowest, highest) if has_stop else (highest if step > 0 else lowest)
        self.first: int = first
        self.count = 0
        if step > 0 and first < last:
            self.count = (last - first - 1) // step + 1
        elif step < 0 and last < first:
            self.count = (first - last - 1) // -step + 1


def _clamped(place: int, length: int, lowest: int, highest: int) -> int:
    if place < 0:
        place += length
    return lowest if place < lowest else highest if place > highest else place


def list_stepped(items: List[T], start: int, stop: int, step: int, has_start: bool, has_stop: bool) -> List[T]:
    """`items[start:stop:step]`."""
    steps = Steps(items.length, start, stop, step, has_start, has_stop)
    result: List[T] = List()
    result.reserve(steps.count)
    for index in range(steps.count):
        result.append(unchecked_get(items.items, steps.first + index * step))
    return result


def str_stepped(text: str, start: int, stop: int, step: int, has_start: bool, has_stop: bool) -> str:
    """`text[start:stop:step]`."""
    steps = Steps(len(text), start, stop, step, has_start, has_stop)
    largest = 0
    for index in range(steps.count):
        code = code_at(text, steps.first + index * step)
        if code > largest:
            largest = code
    width = width_of(text)
    if largest < 0x100:
        width = 1
    elif largest < 0x10000:
        width = 2
    buffer = StrBuffer(width, steps.count)
    for index in range(steps.count):
        buffer.put(index, code_at(text, steps.first + index * step))
    return buffer.finish()


def bytes_stepped(data: bytes, start: int, stop: int, step: int, has_start: bool, has_stop: bool) -> bytes:
    """`data[start:stop:step]`."""
    steps = Steps(len(data), start, stop, step, has_start, has_stop)
    buffer = BytesBuffer(steps.count)
    for index in range(steps.count):
        buffer.put(index, byte_at(data, steps.first + index * step))
    return buffer.finish()
