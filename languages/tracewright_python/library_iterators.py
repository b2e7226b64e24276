"""What `enumerate`, `zip`, `map`, `filter`, `reversed` and `iter` with two arguments make."""

from __future__ import annotations

from typing import final

from tracewright.core.arrays import Array, unchecked_get, unchecked_set
from tracewright.core.value import Value
from tracewright.hints import dont_look_inside, immutable_fields, promote, unroll_safe
from tracewright_python import builtin_types as types
from tracewright_python.arithmetic import add
from tracewright_python.calls import call, call_with_one
from tracewright_python.containers import values_equal
from tracewright_python.conversions import next_value, truth
from tracewright_python.exceptions import value_error
from tracewright_python.iterators import PyIterator
from tracewright_python.lists import PyList, PyTuple, pair
from tracewright_python.objects import PyType, special
from tracewright_python.session import Session
from tracewright_python.special_names import Special
from tracewright_python.values import NONE, type_of


def step_of(session: Session, iterator: Value) -> Value:
    """The next value of any iterator; a trace sees into built-in ones."""
    if iterator.is_object():
        thing = iterator.as_object()
        if isinstance(thing, PyIterator):
            return thing.step(session)
    return next_value(session, iterator)


@final
@immutable_fields("source")
class Enumerate(PyIterator):
    def __init__(self, source: Value, start: Value) -> None:
        self.source = source
        self.number = start

    def type_of(self) -> PyType:
        return types.ENUMERATE

    def step(self, session: Session) -> Value:
        value = step_of(session, self.source)
        if value.same(Value.UNDEFINED):
            return value
        number = self.number
        self.number = add(number, Value.of_int(1))
        return pair(number, value)


@final
@immutable_fields("sources[*]")
class Zip(PyIterator):
    def __init__(self, sources: Array[Value], is_strict: bool) -> None:
        self.sources = sources
        self.is_strict = is_strict

    def type_of(self) -> PyType:
        return types.ZIP

    @unroll_safe
    def step(self, session: Session) -> Value:
        sources = self.sources
        count = promote(len(sources))
        if count == 0:
            return Value.UNDEFINED
        items: Array[Value] = Array(count, Value.UNDEFINED)
        for k in range(count):
            value = step_of(session, unchecked_get(sources, k))
            if value.same(Value.UNDEFINED):
                if self.is_strict:
                    self._check_lengths(session, k)
                return value
            unchecked_set(items, k, value)
        return Value.of_object(PyTuple(items))

    @dont_look_inside
    def _check_lengths(self, session: Session, ended: int) -> None:
        if ended > 0:
            plural = " " if ended == 1 else "s 1-"
            raise value_error(f"zip() argument {ended + 1} is shorter than argument{plural}{ended}")
        for k in range(1, len(self.sources)):
            if not step_of(session, self.sources[k]).same(Value.UNDEFINED):
                plural = " " if k == 1 else "s 1-"
                raise value_error(f"zip() argument {k + 1} is longer than argument{plural}{k}")


@final
@immutable_fields("function", "sources[*]")
class Map(PyIterator):
    def __init__(self, function: Value, sources: Array[Value]) -> None:
        self.function = function
        self.sources = sources

    def type_of(self) -> PyType:
        return types.MAP

    def step(self, session: Session) -> Value:
        return self._step(session)

    @dont_look_inside
    def _step(self, session: Session) -> Value:
        if len(self.sources) == 1:
            value = step_of(session, self.sources[0])
            return value if value.same(Value.UNDEFINED) else call_with_one(session, self.function, value)
        arguments: list[Value] = []
        for source in self.sources:
            value = step_of(session, source)
            if value.same(Value.UNDEFINED):
                return value
            arguments.append(value)
        return call(session, self.function, arguments)


@final
@immutable_fields("function", "source")
class Filter(PyIterator):
    def __init__(self, function: Value, source: Value) -> None:
        self.function = function
        self.source = source

    def type_of(self) -> PyType:
        return types.FILTER

    def step(self, session: Session) -> Value:
        return self._step(session)

    @dont_look_inside
    def _step(self, session: Session) -> Value:
        while True:
            value = step_of(session, self.source)
            if value.same(Value.UNDEFINED):
                return value
            answer = value if self.function.same(NONE) else call_with_one(session, self.function, value)
            if truth(session, answer):
                return value


@final
class ReversedList(PyIterator):
    def __init__(self, source: PyList) -> None:
        self.source = source
        self.position: int = source.count - 1

    def type_of(self) -> PyType:
        return types.LIST_REVERSED

    def step(self, session: Session) -> Value:
        position = self.position
        if position < 0 or position >= self.source.count:
            self.position = -1
            return Value.UNDEFINED
        self.position = position - 1
        return self.source.at(position)


@final
class ReversedSequence(PyIterator):
    """Over an object with `__len__` and `__getitem__`."""

    def __init__(self, source: Value, length: int) -> None:
        self.source = source
        self.position: int = length - 1

    def type_of(self) -> PyType:
        return types.REVERSED

    def step(self, session: Session) -> Value:
        return self._step(session)

    @dont_look_inside
    def _step(self, session: Session) -> Value:
        if self.position < 0:
            return Value.UNDEFINED
        method = special(type_of(self.source), Special.GETITEM)
        value = call(session, method, [self.source, Value.of_int(self.position)])
        self.position -= 1
        return value


@final
class CallableIterator(PyIterator):
    """`iter(function, sentinel)`"""

    def __init__(self, function: Value, sentinel: Value) -> None:
        self.function = function
        self.sentinel = sentinel
        self.is_finished = False

    def type_of(self) -> PyType:
        return types.CALLABLE_ITERATOR

    def step(self, session: Session) -> Value:
        return self._step(session)

    @dont_look_inside
    def _step(self, session: Session) -> Value:
        if self.is_finished:
            return Value.UNDEFINED
        value = call(session, self.function, [])
        if values_equal(session, value, self.sentinel):
            self.is_finished = True
            return Value.UNDEFINED
        return value
