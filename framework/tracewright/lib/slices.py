"""Slices with a step: `x[start:stop:step]` of lists, strings and bytes."""

from typing import TypeVar, final

from tracewright.core.arrays import unchecked_get
from tracewright.core.integers import MAX_INT, MIN_INT
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
            self.count = (first - last - 1) // (-step if step > MIN_INT else MAX_INT) + 1


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


def list_set_stepped(
    items: List[T], start: int, stop: int, step: int, has_start: bool, has_stop: bool, new: List[T]
) -> None:
    """`items[start:stop:step] = new`."""
    if step == 1:
        items.set_slice(start if has_start else 0, stop if has_stop else MAX_INT, new)
        return
    steps = Steps(items.length, start, stop, step, has_start, has_stop)
    if steps.count != new.length:
        raise ValueError(f"attempt to assign sequence of size {new.length} to extended slice of size {steps.count}")
    source = new.copy() if new is items else new
    for index in range(steps.count):
        items.items[steps.first + index * step] = source.items[index]


def list_delete_stepped(items: List[T], start: int, stop: int, step: int, has_start: bool, has_stop: bool) -> None:
    """`del items[start:stop:step]`."""
    steps = Steps(items.length, start, stop, step, has_start, has_stop)
    if steps.count == 0:
        return
    apart = step if step > 0 else -step
    first = steps.first if step > 0 else steps.first + (steps.count - 1) * step
    place = first
    for index in range(first, items.length):
        distance = index - first
        if distance % apart != 0 or distance // apart >= steps.count:
            items.items[place] = items.items[index]
            place += 1
    items.delete_slice(place, MAX_INT)


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
