"""`list` and `tuple`."""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array, copy_items, unchecked_get, unchecked_set
from tracewright.core.value import Value
from tracewright.hints import dont_look_inside, immutable_fields
from tracewright.lib.array_tools import array_from
from tracewright_python.builtin_types import LIST, TUPLE
from tracewright_python.objects import PyInstance, PyObject, PyType


@immutable_fields("items[*]")
class PyTuple(PyObject):
    """A tuple; `items` never change once it has been handed out."""

    def __init__(self, items: Array[Value]) -> None:
        self.items = items

    def type_of(self) -> PyType:
        return TUPLE


@final
class InstanceOfTuple(PyTuple):
    """An object of a class of the program that derives from `tuple`."""

    def __init__(self, items: Array[Value], instance: PyInstance) -> None:
        super().__init__(items)
        self.instance = instance
        self.known_hash = 0  # 0: not yet asked for; -1: it cannot be remembered (`keys.py`)

    def type_of(self) -> PyType:
        return self.instance.type_of()

    def attributes(self) -> PyInstance | None:
        return self.instance


class PyList(PyObject):
    """A list: the first `count` of `items`."""

    def __init__(self, items: Array[Value], count: int) -> None:
        self.items = items
        self.count = count

    def type_of(self) -> PyType:
        return LIST

    def append(self, value: Value) -> None:
        """One more element."""
        if self.count == len(self.items):
            self._grow(self.count + 1)
        unchecked_set(self.items, self.count, value)
        self.count += 1

    @dont_look_inside
    def _grow(self, count: int) -> None:
        larger: Array[Value] = Array(count + (count >> 1) + 4, Value.UNDEFINED)
        copy_items(self.items, 0, larger, 0, self.count)
        self.items = larger

    @dont_look_inside
    def extend(self, items: Array[Value], count: int) -> None:
        """Put the first `count` values behind the others."""
        if self.count + count > len(self.items):
            self._grow(self.count + count)
        copy_items(items, 0, self.items, self.count, count)
        self.count += count

    @dont_look_inside
    def insert(self, index: int, value: Value) -> None:
        """Put a value before place `index`, which lies between 0 and `count`."""
        if self.count == len(self.items):
            self._grow(self.count + 1)
        copy_items(self.items, index, self.items, index + 1, self.count - index)
        self.items[index] = value
        self.count += 1

    def pop_last(self) -> Value:
        """Take the last element of a list that is not empty."""
        last = self.count - 1
        value = unchecked_get(self.items, last)
        unchecked_set(self.items, last, Value.UNDEFINED)
        self.count = last
        return value

    @dont_look_inside
    def remove_at(self, index: int) -> Value:
        """Take out the element at `index`, which there is."""
        value = self.items[index]
        copy_items(self.items, index + 1, self.items, index, self.count - index - 1)
        self.count -= 1
        self.items[self.count] = Value.UNDEFINED
        return value

    @dont_look_inside
    def replace(self, start: int, stop: int, items: Array[Value], count: int) -> None:
        """`self[start:stop] = items[:count]`; 0 <= start <= stop <= self.count. The items are not this list's own."""
        removed = stop - start
        if removed == count:
            copy_items(items, 0, self.items, start, count)
            return
        total = self.count - removed + count
        if total > len(self.items):
            self._grow(total)
        copy_items(self.items, stop, self.items, start + count, self.count - stop)
        copy_items(items, 0, self.items, start, count)
        for index in range(total, self.count):
            self.items[index] = Value.UNDEFINED
        self.count = total

    @dont_look_inside
    def values(self) -> list[Value]:
        """The elements, as a list of the dialect."""
        items = self.items
        values = [Value.UNDEFINED] * self.count
        for index in range(self.count):
            values[index] = unchecked_get(items, index)
        return values


@final
class InstanceOfList(PyList):
    """An object of a class of the program that derives from `list`."""

    def __init__(self, items: Array[Value], count: int, instance: PyInstance) -> None:
        super().__init__(items, count)
        self.instance = instance

    def type_of(self) -> PyType:
        return self.instance.type_of()

    def attributes(self) -> PyInstance | None:
        return self.instance


NO_VALUES: Final[Array[Value]] = Array(0, Value.UNDEFINED)
EMPTY_TUPLE: Final = Value.of_object(PyTuple(NO_VALUES))


@dont_look_inside
def joined_items(first: Array[Value], first_count: int, second: Array[Value], second_count: int) -> Array[Value]:
    """The first values of one array, and behind them those of another."""
    result: Array[Value] = Array(first_count + second_count, Value.UNDEFINED)
    copy_items(first, 0, result, 0, first_count)
    copy_items(second, 0, result, first_count, second_count)
    return result


def as_list(value: Value) -> PyList | None:
    """The list, also of a derived class, or None for anything else."""
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, PyList):
            return thing
    return None


def as_tuple(value: Value) -> PyTuple | None:
    """The tuple, also of a derived class, or None for anything else."""
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, PyTuple):
            return thing
    return None


@dont_look_inside
def list_of(values: list[Value]) -> Value:
    """A new list."""
    return Value.of_object(PyList(array_from(values, Value.UNDEFINED), len(values)))


@dont_look_inside
def tuple_of(values: list[Value]) -> Value:
    """A tuple."""
    if len(values) == 0:
        return EMPTY_TUPLE
    return Value.of_object(PyTuple(array_from(values, Value.UNDEFINED)))


def pair(first: Value, second: Value) -> Value:
    """A tuple of two."""
    items: Array[Value] = Array(2, first)
    unchecked_set(items, 1, second)
    return Value.of_object(PyTuple(items))
