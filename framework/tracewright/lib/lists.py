"""The dialect's `list`: the class, the built-in functions that make or consume one, and what tuples search as lists do."""

from typing import TypeVar

from tracewright.core.generic import equal
from tracewright.core.integers import MAX_INT
from tracewright.core.text import StrBuffer, code_at
from tracewright.lib.dicts import Dict
from tracewright.lib.list_core import List, clamp_index, grown_capacity
from tracewright.lib.list_sort import sort_items
from tracewright.lib.sets import Set

__all__ = [
    "List",
    "clamp_index",
    "grown_capacity",
    "list_from_keys",
    "list_from_list",
    "list_from_range",
    "list_from_set",
    "list_from_str",
    "list_sorted",
    "list_sum_float",
    "list_sum_int",
    "tuple_count",
    "tuple_index",
]

T = TypeVar("T")
K = TypeVar("K")
V = TypeVar("V")


def list_from_list(items: List[T]) -> List[T]:
    """`list(items)`: a copy."""
    return items.copy()


def list_from_range(start: int, stop: int, step: int) -> List[int]:
    """`list(range(start, stop, step))`."""
    if step == 0:
        raise ValueError("range() arg 3 must not be zero")
    result: List[int] = List()
    if step > 0 and start < stop:
        result.reserve((stop - start - 1) // step + 1)
    elif step < 0 and start > stop:
        result.reserve((start - stop - 1) // -step + 1)
    for number in range(start, stop, step):
        result.append(number)
    return result


def list_from_str(text: str) -> List[str]:
    """`list(text)`: its characters."""
    result: List[str] = List()
    result.reserve(len(text))
    for index in range(len(text)):
        code = code_at(text, index)
        buffer = StrBuffer(1 if code < 0x100 else 2 if code < 0x10000 else 4, 1)
        buffer.put(0, code)
        result.append(buffer.finish())
    return result


def list_sorted(items: List[T]) -> List[T]:
    """`sorted(items)`."""
    result = items.copy()
    sort_items(result.items, result.length)
    return result


def list_sum_int(items: List[int], total: int = 0) -> int:
    """`sum(items, total)` of ints; overflow is as for `+`."""
    for index in range(items.length):
        total += items.items[index]
    return total


def list_sum_float(items: List[float], total: float = 0.0) -> float:
    """`sum(items, total)` of floats, added from the left."""
    for index in range(items.length):
        total += items.items[index]
    return total


def list_from_keys(table: Dict[K, V]) -> List[K]:
    """`list(d)`: the keys."""
    return table.keys()


def list_from_set(items: Set[T]) -> List[T]:
    """`list(s)`: the elements."""
    return items.items()


def tuple_count(items: List[T], value: T) -> int:
    """`count` of a tuple, given its items."""
    return items.count(value)


def tuple_index(items: List[T], value: T, start: int = 0, stop: int = MAX_INT) -> int:
    """`index` of a tuple, given its items."""
    for index in range(clamp_index(start, len(items)), clamp_index(stop, len(items))):
        if equal(items[index], value):
            return index
    raise ValueError("tuple.index(x): x not in tuple")
