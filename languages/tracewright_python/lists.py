"""`list` and `tuple`."""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array, copy_items, unchecked_get, unchecked_set
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.hints import dont_look_inside, immutable_fields, inlined, unroll_safe
from tracewright.lib import packed_rows
from tracewright.lib.array_tools import array_from
from tracewright_python.builtin_types import LIST, TUPLE
from tracewright_python.objects import PyInstance, PyObject, PyType

LONGEST: Final = 1 << 40
NO_VALUES: Final[Array[Value]] = Array(0, Value.UNDEFINED)


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
    """A list: the first `count` of a row, which holds ints alone or floats alone as bare words (`lib/packed_rows.py`).

    The first element decides which, and what does not fit makes a row of Values of it.
    """

    def __init__(self, row: Array[Value], count: int) -> None:
        """A list of Values, of which the row is the list's own."""
        self._row = row
        self.count = count
        self._kind: int = packed_rows.VALUES

    def type_of(self) -> PyType:
        return LIST

    # --- elements ---

    @inlined
    def at(self, index: int) -> Value:
        """The element at an index that there is."""
        return packed_rows.get(self._row, self._kind, index)

    def put(self, index: int, value: Value) -> None:
        """Replace the element at an index that there is."""
        if not packed_rows.put(self._row, self._kind, index, value):
            self._put_other(index, value)

    @dont_look_inside
    def _put_other(self, index: int, value: Value) -> None:
        self.hold_values()[index] = value

    def append(self, value: Value) -> None:
        """One more element."""
        count = self.count
        if count < len(self._row):
            if packed_rows.put(self._row, self._kind, count, value):
                self.count = count + 1
                return
        self._append_other(value)

    @dont_look_inside
    def _append_other(self, value: Value) -> None:
        """The same where that takes room, or Values."""
        count = self.count
        if count == 0:
            self._begin(packed_rows.kind_for(value), max(len(self._row), 4))
        elif count == len(self._row):
            self._grow(count + 1)
        self.count = count + 1
        self.put(count, value)

    def pop_last(self) -> Value:
        """Take the last element of a list that is not empty."""
        last = self.count - 1
        value = self.at(last)
        self._forget(last)
        self.count = last
        return value

    def _forget(self, index: int) -> None:
        if self._kind == packed_rows.VALUES:
            unchecked_set(self._row, index, Value.UNDEFINED)

    def ints(self) -> Array[int] | None:
        """The row, where it is one of ints."""
        return packed_rows.ints_of(self._row) if self._kind == packed_rows.INTS else None

    # --- its row ---

    @dont_look_inside
    def _begin(self, kind: int, room: int) -> None:
        """Get room for elements of a kind; those that it has are gone."""
        self._row = packed_rows.new_row(kind, room, Value.UNDEFINED)
        self._kind = kind

    def hold_values(self) -> Array[Value]:
        """Have the elements as Values from now on; gives the row, of which the list has the first `count`."""
        if self._kind != packed_rows.VALUES:
            self._row = packed_rows.as_values(self._row, self._kind, self.count, len(self._row), Value.UNDEFINED)
            self._kind = packed_rows.VALUES
        return self._row

    def hold(self, row: Array[Value], count: int) -> None:
        """Have the first `count` of this row of Values as its elements, and the row as its own."""
        self._row = row
        self._kind = packed_rows.VALUES
        self.count = count

    @dont_look_inside
    def pack(self) -> None:
        """Have the elements bare, where they are ints alone or floats alone."""
        if self._kind == packed_rows.VALUES:
            kind = packed_rows.common_kind(self._row, 0, self.count)
            if kind != packed_rows.VALUES:
                self._row = packed_rows.packed(self._row, 0, self.count, kind, self.count)
                self._kind = kind

    @unroll_safe
    def hold_few(self, stack: VMStack, first: int, count: int) -> None:
        """Get what is in adjacent slots, numbers as a rule, as its elements, of which it has none."""
        kind = packed_rows.kind_for(stack[first])
        for index in range(1, count):
            if packed_rows.kind_for(stack[first + index]) != kind:
                kind = packed_rows.VALUES
        self._row = packed_rows.new_row(kind, count, Value.UNDEFINED)
        self._kind = kind
        self.count = count
        for index in range(count):
            packed_rows.put(self._row, kind, index, stack[first + index])

    def _grow(self, count: int) -> None:
        room = count + (count >> 1) + 4
        self._row = packed_rows.resized(self._row, self._kind, self.count, room, Value.UNDEFINED)

    def _accept(self, kind: int, is_all: bool) -> None:
        """Be ready for elements of a kind, which are to be all that it has, or some."""
        if is_all and kind != self._kind:
            self._begin(kind, len(self._row))
        elif kind != self._kind:
            self.hold_values()

    @dont_look_inside
    def extend(self, items: Array[Value], count: int) -> None:
        """Put the first `count` values behind the others."""
        self.replace(self.count, self.count, items, count)

    def extend_by(self, other: PyList) -> None:
        """Put the elements of a list, which may be itself, behind the others."""
        self.replace(self.count, self.count, other._row, other.count, other._kind)

    def replace_by(self, start: int, stop: int, other: PyList) -> None:
        """`self[start:stop] = other`, which is another list; 0 <= start <= stop <= self.count."""
        self.replace(start, stop, other._row, other.count, other._kind)

    def part(self, start: int, stride: int, count: int) -> PyList:
        """A new list of `count` elements that lie `stride` apart; none where that is not positive."""
        count = max(count, 0)
        made = PyList(self._picked(start, stride, count), count)
        made._kind = self._kind
        return made

    @dont_look_inside
    def _picked(self, start: int, stride: int, count: int) -> Array[Value]:
        row = packed_rows.new_row(self._kind, count, Value.UNDEFINED)
        packed_rows.pick(self._row, start, stride, row, count, self._kind)
        return row

    @dont_look_inside
    def repeated(self, times: int) -> PyList:
        """A new list of the elements, so many times. Raises MemoryError."""
        made = PyList(NO_VALUES, 0)
        count = self.count
        if count == 0 or times <= 0:
            return made
        if count > LONGEST // times:
            raise MemoryError
        self.pack()
        made._begin(self._kind, count * times)
        made.count = count * times
        if count == 1:
            value = self.at(0)
            for index in range(times):
                packed_rows.put(made._row, made._kind, index, value)
        else:
            for turn in range(times):
                packed_rows.copy(self._row, 0, made._row, turn * count, count, self._kind)
        return made

    @dont_look_inside
    def insert(self, index: int, value: Value) -> None:
        """Put a value before place `index`, which lies between 0 and `count`."""
        self.append(value)
        last = self.count - 1
        if index < last:
            packed_rows.copy(self._row, index, self._row, index + 1, last - index, self._kind)
            self.put(index, value)

    @dont_look_inside
    def remove_at(self, index: int) -> Value:
        """Take out the element at `index`, which there is."""
        value = self.at(index)
        last = self.count - 1
        packed_rows.copy(self._row, index + 1, self._row, index, last - index, self._kind)
        self._forget(last)
        self.count = last
        return value

    @dont_look_inside
    def replace(self, start: int, stop: int, row: Array[Value], count: int, kind: int = packed_rows.VALUES) -> None:
        """`self[start:stop] = row[:count]`; 0 <= start <= stop <= self.count. The row, which is of this kind, is not this list's own."""
        if count > 0:
            wanted = packed_rows.common_kind(row, 0, count) if kind == packed_rows.VALUES else kind
            self._accept(wanted, start == 0 and stop == self.count)
        self._open(start, stop, count)
        if self._kind == kind:
            packed_rows.copy(row, 0, self._row, start, count, kind)
        else:
            for index in range(count):
                packed_rows.put(self._row, self._kind, start + index, packed_rows.get(row, kind, index))

    def _open(self, start: int, stop: int, count: int) -> None:
        """Have `count` elements, which are to be written, in place of those from `start` to `stop`."""
        before = self.count
        total = before - (stop - start) + count
        if total > len(self._row):
            self._grow(total)
        if before > stop and total != before:
            packed_rows.copy(self._row, stop, self._row, start + count, before - stop, self._kind)
        for index in range(total, before):
            self._forget(index)
        self.count = total

    @dont_look_inside
    def reverse(self) -> None:
        """Turn it round."""
        low, high = 0, self.count - 1
        while low < high:
            lower, upper = self.at(low), self.at(high)
            self.put(low, upper)
            self.put(high, lower)
            low += 1
            high -= 1

    @dont_look_inside
    def values(self) -> list[Value]:
        """The elements, as a list of the dialect."""
        values = [Value.UNDEFINED] * self.count
        for index in range(self.count):
            values[index] = self.at(index)
        return values

    def values_now(self) -> Array[Value]:
        """The elements in an array to be read at once: the row itself where it is one of Values."""
        return self._row if self._kind == packed_rows.VALUES else self.items()

    @dont_look_inside
    def joined(self, other: PyList) -> PyList:
        """A new list: the elements, and behind them those of another list."""
        made = PyList(NO_VALUES, 0)
        made._begin(self._kind if self.count > 0 else other._kind, self.count + other.count)
        made.extend_by(self)
        made.extend_by(other)
        return made

    @dont_look_inside
    def items(self) -> Array[Value]:
        """The elements, in an array of their own."""
        return packed_rows.as_values(self._row, self._kind, self.count, self.count, Value.UNDEFINED)


@final
class InstanceOfList(PyList):
    """An object of a class of the program that derives from `list`."""

    def __init__(self, row: Array[Value], count: int, instance: PyInstance) -> None:
        super().__init__(row, count)
        self.instance = instance

    def type_of(self) -> PyType:
        return self.instance.type_of()

    def attributes(self) -> PyInstance | None:
        return self.instance


EMPTY_TUPLE: Final = Value.of_object(PyTuple(NO_VALUES))


@dont_look_inside
def joined_items(first: Array[Value], first_count: int, second: Array[Value], second_count: int) -> Array[Value]:
    """The first values of one array, and behind them those of another."""
    result: Array[Value] = Array(first_count + second_count, Value.UNDEFINED)
    copy_items(first, 0, result, 0, first_count)
    copy_items(second, 0, result, first_count, second_count)
    return result


@dont_look_inside
def place_of_int(ints: Array[int], count: int, number: int, start: int) -> int:
    """The first place of a number among the first `count`, from `start` on, or -1."""
    for index in range(start, count):
        if unchecked_get(ints, index) == number:
            return index
    return -1


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
    made = PyList(array_from(values, Value.UNDEFINED), len(values))
    made.pack()
    return Value.of_object(made)


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
