"""Iterators of built-in types: `step` gives the next value, or UNDEFINED at the end.

A `for` over one of them leaves nothing of it in a trace but what it counts with.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array, unchecked_get
from tracewright.core.integers import ovf_add
from tracewright.core.value import Value
from tracewright.hints import dont_look_inside, immutable_fields
from tracewright_python import builtin_types as types
from tracewright_python.dictionaries import ABSENT, PyDict
from tracewright_python.errors import Raised
from tracewright_python.exceptions import as_exception, error, type_error
from tracewright_python.functions import is_native
from tracewright_python.lists import PyList, PyTuple, pair
from tracewright_python.objects import PyObject, PyType, special
from tracewright_python.session import Session
from tracewright_python.special_names import Special
from tracewright_python.texts import PyStr, character_value
from tracewright_python.values import type_name, type_of


class PyIterator(PyObject):
    """An iterator of a built-in type."""

    def step(self, session: Session) -> Value:
        """The next value; UNDEFINED at the end."""
        raise NotImplementedError("step")

    def is_iterable(self) -> bool:
        """Whether `iter` gives it: coroutines stop and go on as generators do, but nobody iterates over them."""
        return True


@final
@immutable_fields("start", "stop", "stride")
class PyRange(PyObject):
    """`range(start, stop, stride)`; `stride` is not 0."""

    def __init__(self, start: int, stop: int, stride: int) -> None:
        self.start = start
        self.stop = stop
        self.stride = stride

    def type_of(self) -> PyType:
        return types.RANGE

    def length(self) -> int:
        """How many numbers."""
        if self.stride > 0:
            return (self.stop - self.start + self.stride - 1) // self.stride if self.stop > self.start else 0
        return (self.start - self.stop - self.stride - 1) // -self.stride if self.start > self.stop else 0


@final
@immutable_fields("stop", "stride")
class RangeIterator(PyIterator):
    def __init__(self, current: int, stop: int, stride: int) -> None:
        self.current = current
        self.stop = stop
        self.stride = stride

    def type_of(self) -> PyType:
        return types.RANGE_ITERATOR

    def step(self, session: Session) -> Value:
        current = self.current
        if self.stride > 0:
            if current >= self.stop:
                return Value.UNDEFINED
        elif current <= self.stop:
            return Value.UNDEFINED
        try:
            self.current = ovf_add(current, self.stride)
        except OverflowError:
            self.current = self.stop
        return Value.of_int(current)


@final
@immutable_fields("source")
class ListIterator(PyIterator):
    def __init__(self, source: PyList) -> None:
        self.source = source
        self.position = 0

    def type_of(self) -> PyType:
        return types.LIST_ITERATOR

    def step(self, session: Session) -> Value:
        position = self.position
        source = self.source
        if position < 0 or position >= source.count:
            self.position = -1  # at the end for good
            return Value.UNDEFINED
        self.position = position + 1
        return source.at(position)


@final
@immutable_fields("items")
class TupleIterator(PyIterator):
    def __init__(self, items: Array[Value]) -> None:
        self.items = items
        self.position = 0

    def type_of(self) -> PyType:
        return types.TUPLE_ITERATOR

    def step(self, session: Session) -> Value:
        position = self.position
        if position >= len(self.items):
            return Value.UNDEFINED
        self.position = position + 1
        return unchecked_get(self.items, position)


@final
@immutable_fields("text")
class StrIterator(PyIterator):
    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0

    def type_of(self) -> PyType:
        return types.STR_ITERATOR

    def step(self, session: Session) -> Value:
        position = self.position
        if position >= len(self.text):
            return Value.UNDEFINED
        self.position = position + 1
        return character_value(self.text, position)


class DictPart:
    """What of a dict is iterated over."""

    KEYS: Final = 0
    VALUES: Final = 1
    ITEMS: Final = 2


@final
@immutable_fields("source", "part", "is_reversed")
class DictIterator(PyIterator):
    """Over keys, values or items."""

    def __init__(self, source: PyDict, part: int, is_reversed: bool) -> None:
        self.source = source
        self.part = part
        self.is_reversed = is_reversed
        self.place: int = source.used - 1 if is_reversed else 0
        self.count: int = source.length()
        self.left: int = self.count  # elements that have not come yet
        self.keys: Array[Value] = source.keys

    def type_of(self) -> PyType:
        if self.is_reversed:
            if self.part == DictPart.KEYS:
                return types.DICT_REVERSE_KEY_ITERATOR
            is_values = self.part == DictPart.VALUES
            return types.DICT_REVERSE_VALUE_ITERATOR if is_values else types.DICT_REVERSE_ITEM_ITERATOR
        if self.part == DictPart.KEYS:
            return types.DICT_KEY_ITERATOR
        return types.DICT_VALUE_ITERATOR if self.part == DictPart.VALUES else types.DICT_ITEM_ITERATOR

    def step(self, session: Session) -> Value:
        source = self.source
        if self.place < 0 and not self.is_reversed:
            return Value.UNDEFINED
        if source.count != self.count:
            self.place = -1
            raise error(types.RUNTIME_ERROR, "dictionary changed size during iteration")
        if source.keys is not self.keys:
            self.place = -1
            raise error(types.RUNTIME_ERROR, "dictionary keys changed during iteration")
        place = self._previous() if self.is_reversed else source.next_place(self.place)
        if place == ABSENT:
            self.place = -1
            return Value.UNDEFINED
        left = self.left
        if left == 0:
            self.place = -1
            raise error(types.RUNTIME_ERROR, "dictionary keys changed during iteration")
        self.left = left - 1
        self.place = place - 1 if self.is_reversed else place + 1
        if self.part == DictPart.KEYS:
            return unchecked_get(source.keys, place)
        if self.part == DictPart.VALUES:
            return unchecked_get(source.values, place)
        return pair(unchecked_get(source.keys, place), unchecked_get(source.values, place))

    @dont_look_inside
    def _previous(self) -> int:
        place = self.place
        while place >= 0 and self.source.keys[place].same(Value.UNDEFINED):
            place -= 1
        return place


@final
@immutable_fields("source", "part")
class PyDictView(PyObject):
    """`d.keys()`, `d.values()`, `d.items()`"""

    def __init__(self, source: PyDict, part: int) -> None:
        self.source = source
        self.part = part

    def type_of(self) -> PyType:
        if self.part == DictPart.KEYS:
            return types.DICT_KEYS
        return types.DICT_VALUES if self.part == DictPart.VALUES else types.DICT_ITEMS


@final
class SequenceIterator(PyIterator):
    """Over an object whose class has `__getitem__` but no `__iter__`."""

    def __init__(self, source: Value) -> None:
        self.source = source
        self.position = 0

    def type_of(self) -> PyType:
        return types.SEQUENCE_ITERATOR

    def step(self, session: Session) -> Value:
        return _item_or_end(session, self)


@dont_look_inside
def _item_or_end(session: Session, iterator: SequenceIterator) -> Value:
    if iterator.position < 0:
        return Value.UNDEFINED
    method = special(type_of(iterator.source), Special.GETITEM)
    try:
        value = session.call(session, method, [iterator.source, Value.of_int(iterator.position)])
    except Raised as raised:
        exception = as_exception(raised.value)
        assert exception is not None
        kind = exception.type_of()
        if kind.derives_from(types.INDEX_ERROR) or kind.derives_from(types.STOP_ITERATION):
            iterator.position = -1
            return Value.UNDEFINED
        raise
    iterator.position += 1
    return value


def builtin_iterator(value: Value) -> PyIterator | None:
    """An iterator of a built-in container, or the built-in iterator itself; None where the class must be asked."""
    if not value.is_object():
        return None
    thing = value.as_object()
    if isinstance(thing, PyIterator):
        return thing if thing.is_iterable() else None
    if isinstance(thing, PyRange):
        return RangeIterator(thing.start, thing.stop, thing.stride)
    if isinstance(thing, PyDictView):
        return DictIterator(thing.source, thing.part, False)
    if not is_native(type_of(value), Special.ITER):
        return None
    if isinstance(thing, PyList):
        return ListIterator(thing)
    if isinstance(thing, PyTuple):
        return TupleIterator(thing.items)
    if isinstance(thing, PyStr):
        return StrIterator(thing.text())
    if isinstance(thing, PyDict):
        return DictIterator(thing, DictPart.KEYS, False)
    return None


@dont_look_inside
def iterator_of(session: Session, value: Value) -> Value:
    """`iter(value)`. Raises TypeError."""
    found = builtin_iterator(value)
    if found is not None:
        return Value.of_object(found)
    kind = type_of(value)
    method = special(kind, Special.ITER)
    if method.same(Value.UNDEFINED):
        if special(kind, Special.GETITEM).same(Value.UNDEFINED):
            raise type_error(f"'{kind.name}' object is not iterable")
        return Value.of_object(SequenceIterator(value))
    if method.same(Value.NULL):
        raise type_error(f"'{kind.name}' object is not iterable")
    return checked_iterator(session.call(session, method, [value]))


def checked_iterator(value: Value) -> Value:
    """What `__iter__` has returned. Raises TypeError where it is no iterator."""
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, PyIterator) and thing.is_iterable():
            return value
    if special(type_of(value), Special.NEXT).same(Value.UNDEFINED):
        raise not_an_iterator(value)
    return value


@dont_look_inside
def not_an_iterator(value: Value) -> Raised:
    return type_error(f"iter() returned non-iterator of type '{type_name(value)}'")
