"""Sorting values: stable, by `<`, which may be a function of the program."""

from __future__ import annotations

from tracewright.core.value import Value
from tracewright.hints import dont_look_inside
from tracewright_python.calls import call_with_one
from tracewright_python.containers import values_less
from tracewright_python.lists import PyList
from tracewright_python.session import Session
from tracewright_python.texts import as_str
from tracewright_python.values import NONE, type_of

MOST_COUNTERS = 1 << 40  # between bounds of this size differences do not overflow
SHORT_RUN = 8  # values that are put in order by insertion


@dont_look_inside
def sort_values(session: Session, values: list[Value], key: Value, is_reversed: bool) -> None:
    """Put values in order, by `key` of each if it is not None or UNDEFINED."""
    keys = values
    if not key.same(NONE) and not key.same(Value.UNDEFINED):
        keys = [call_with_one(session, key, value) for value in values]
    elif all_ints(values):
        sort_ints(values, is_reversed)
        return
    before = values.copy()
    order = sorted_places(session, keys, is_reversed)
    for index in range(len(order)):
        values[index] = before[order[index]]


def sort_ints(values: list[Value], is_reversed: bool) -> None:
    """Put ints in order, of which equal ones cannot be told apart: where there are few different ones, by counting them."""
    if len(values) <= SHORT_RUN:
        _sort_few_ints(values)
        if is_reversed:
            values.reverse()
        return
    numbers = [value.as_int() for value in values]
    least = min(numbers) if len(numbers) > 0 else 0
    most = max(numbers) if len(numbers) > 0 else 0
    if -MOST_COUNTERS < least and most < MOST_COUNTERS and most - least < len(numbers):
        counters = [0] * (most - least + 1)
        for number in numbers:
            counters[number - least] += 1
        place = 0
        for index in range(len(counters)):
            for _ in range(counters[index]):
                numbers[place] = least + index
                place += 1
    else:
        numbers.sort()
    if is_reversed:
        numbers.reverse()
    for index in range(len(numbers)):
        values[index] = Value.of_int(numbers[index])


def _sort_few_ints(values: list[Value]) -> None:
    for index in range(1, len(values)):
        moved = values[index]
        number = moved.as_int()
        hole = index
        while hole > 0 and values[hole - 1].as_int() > number:
            values[hole] = values[hole - 1]
            hole -= 1
        values[hole] = moved


@dont_look_inside
def sort_by_keys(session: Session, row: PyList, keys: list[Value], is_reversed: bool) -> None:
    """Put a list in the order of the keys of its elements."""
    values = row.values()
    order = sorted_places(session, keys, is_reversed)
    for index in range(min(len(order), row.count)):
        row.put(index, values[order[index]])


def sorted_places(session: Session, keys: list[Value], is_reversed: bool) -> list[int]:
    """The places of the keys in their order."""
    order = list(range(len(keys)))
    if is_reversed:
        order.reverse()  # so that equal values keep their order when all is turned round
    if len(keys) <= SHORT_RUN:
        insert_run(session, keys, order, 0, len(keys))
    elif all_ints(keys):
        numbers = [value.as_int() for value in keys]
        order.sort(key=lambda index: numbers[index])
    elif all_texts(keys):
        texts = [text_of(value) for value in keys]
        order.sort(key=lambda index: texts[index])
    elif all_ordered_floats(keys):
        floats = [value.as_float() for value in keys]
        order.sort(key=lambda index: floats[index])
    else:
        order = merged(session, keys, order)
    if is_reversed:
        order.reverse()
    return order


def all_ints(values: list[Value]) -> bool:
    """Whether all are ints of the machine."""
    for value in values:
        if not value.is_int():
            return False
    return True


def all_texts(values: list[Value]) -> bool:
    """Whether all are of class `str`."""
    for value in values:
        if as_str(value) is None or not type_of(value).is_builtin:
            return False
    return True


def text_of(value: Value) -> str:
    """The text of a str."""
    found = as_str(value)
    assert found is not None
    return found.text()


def all_ordered_floats(values: list[Value]) -> bool:
    """Whether all are floats, and none is NaN, which is neither less nor greater than another one."""
    for value in values:
        if not value.is_float() or value.as_float() != value.as_float():
            return False
    return True


def merged(session: Session, keys: list[Value], order: list[int]) -> list[int]:
    """The places in the order of their keys: runs of a few, then merged in pairs, so that no comparison is lost where guests watch."""
    count = len(order)
    for start in range(0, count, SHORT_RUN):
        insert_run(session, keys, order, start, min(start + SHORT_RUN, count))
    width = SHORT_RUN
    while width < count:
        result: list[int] = []
        start = 0
        while start < count:
            middle = min(start + width, count)
            end = min(start + 2 * width, count)
            merge_into(session, keys, order, start, middle, end, result)
            start = end
        order = result
        width *= 2
    return order


def insert_run(session: Session, keys: list[Value], order: list[int], start: int, end: int) -> None:
    """Put a few places in order, in place."""
    for index in range(start + 1, end):
        place = order[index]
        hole = index
        while hole > start and values_less(session, keys[place], keys[order[hole - 1]]):
            order[hole] = order[hole - 1]
            hole -= 1
        order[hole] = place


def merge_into(
    session: Session, keys: list[Value], order: list[int], start: int, middle: int, end: int, result: list[int]
) -> None:
    """Two runs in order, behind what is in the result."""
    left, right = start, middle
    while left < middle and right < end:
        if values_less(session, keys[order[right]], keys[order[left]]):
            result.append(order[right])
            right += 1
        else:
            result.append(order[left])
            left += 1
    result.extend(order[left:middle])
    result.extend(order[right:end])
