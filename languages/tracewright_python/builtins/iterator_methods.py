"""How far the iterators of built-in types are: `__length_hint__`, and `__reduce__` and `__setstate__`, by which `copy` and `pickle` take them along.

An iterator is taken apart as CPython does it: into the call that makes it anew, and how far it was.

    it = iter([1, 2, 3]); next(it)      it.__reduce__() == (iter, ([1, 2, 3],), 1)      at its end (iter, ([],))
"""

from __future__ import annotations

from typing import Final

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright_python import builtin_types as types
from tracewright_python.byte_objects import ByteArrayIterator, BytesIterator, bytes_value
from tracewright_python.code_objects import suspended_variables
from tracewright_python.conversions import index_value
from tracewright_python.dictionaries import ABSENT
from tracewright_python.functions import PyBuiltin
from tracewright_python.generators import PyGenerator
from tracewright_python.iterators import (
    DictIterator,
    DictPart,
    ListIterator,
    PyRange,
    RangeIterator,
    SequenceIterator,
    StrIterator,
    TupleIterator,
)
from tracewright_python.library_iterators import (
    CallableIterator,
    Enumerate,
    Filter,
    Map,
    ReversedList,
    ReversedSequence,
    Zip,
)
from tracewright_python.lists import EMPTY_TUPLE, PyTuple, list_of, pair, tuple_of
from tracewright_python.objects import PyObject, PyType, as_py_object
from tracewright_python.session import Session
from tracewright_python.sets import SetIterator
from tracewright_python.texts import text_value
from tracewright_python.values import NONE


def made_by(session: Session, name: str, argument: Value) -> Value:
    """`(iter, (argument,))`"""
    return pair(session.builtins.get_named(name), tuple_of([argument]))


def made_and_moved(session: Session, name: str, argument: Value, position: int) -> Value:
    """The same with how far it was."""
    return tuple_of([session.builtins.get_named(name), tuple_of([argument]), Value.of_int(position)])


def reduced(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`iterator.__reduce__()`"""
    thing = as_py_object(stack[first])
    assert thing is not None
    if isinstance(thing, ListIterator):
        if thing.position < 0:
            return made_by(session, "iter", list_of([]))
        return made_and_moved(session, "iter", Value.of_object(thing.source), thing.position)
    if isinstance(thing, ReversedList):
        if thing.position < 0:
            return made_by(session, "iter", list_of([]))
        return made_and_moved(session, "reversed", Value.of_object(thing.source), thing.position)
    if isinstance(thing, TupleIterator):
        if thing.position >= len(thing.items):
            return made_by(session, "iter", EMPTY_TUPLE)
        return made_and_moved(session, "iter", Value.of_object(PyTuple(thing.items)), thing.position)
    if isinstance(thing, RangeIterator):
        rest = Value.of_object(PyRange(thing.current, thing.stop, thing.stride))
        return made_and_moved(session, "iter", rest, 0)
    if isinstance(thing, SequenceIterator):
        if thing.position < 0:
            return made_by(session, "iter", EMPTY_TUPLE)
        return made_and_moved(session, "iter", thing.source, thing.position)
    if isinstance(thing, ReversedSequence):
        if thing.position < 0:
            return made_by(session, "reversed", EMPTY_TUPLE)
        return made_and_moved(session, "reversed", thing.source, thing.position)
    if isinstance(thing, CallableIterator):
        if thing.is_finished:
            return made_by(session, "iter", EMPTY_TUPLE)
        return pair(session.builtins.get_named("iter"), pair(thing.function, thing.sentinel))
    if isinstance(thing, DictIterator) or isinstance(thing, SetIterator):
        return made_by(session, "iter", list_of(items_left(thing)))
    return reduced_text(session, thing)


def reduced_text(session: Session, thing: PyObject) -> Value:
    """The same of texts and bytes."""
    if isinstance(thing, StrIterator):
        if thing.position >= len(thing.text):
            return made_by(session, "iter", text_value(""))
        return made_and_moved(session, "iter", text_value(thing.text), thing.position)
    if isinstance(thing, BytesIterator):
        if thing.position >= len(thing.source):
            return made_by(session, "iter", EMPTY_TUPLE)
        return made_and_moved(session, "iter", bytes_value(thing.source), thing.position)
    assert isinstance(thing, ByteArrayIterator)
    if thing.position < 0:
        return made_by(session, "iter", EMPTY_TUPLE)
    return made_and_moved(session, "iter", Value.of_object(thing.source), thing.position)


def items_left(iterator: PyObject) -> list[Value]:
    """What an iterator over a dict or a set would still give; it stays where it is."""
    result: list[Value] = []
    if isinstance(iterator, SetIterator):
        place = iterator.place
        while place >= 0:
            place = iterator.source.next_place(place)
            if place == ABSENT:
                break
            result.append(iterator.source.keys[place])
            place += 1
        return result
    assert isinstance(iterator, DictIterator)
    source = iterator.source
    if iterator.place < 0:
        return result
    place = iterator.place
    while place >= 0 and place < source.used:
        key, value = source.keys[place], source.values[place]
        place += -1 if iterator.is_reversed else 1
        if key.same(Value.UNDEFINED):
            continue
        if iterator.part == DictPart.KEYS:
            result.append(key)
        else:
            result.append(value if iterator.part == DictPart.VALUES else pair(key, value))
    return result


def reduced_wrapper(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`__reduce__` of what goes over other iterators: it is made anew from these."""
    thing = as_py_object(stack[first])
    if isinstance(thing, Enumerate):
        return pair(Value.of_object(types.ENUMERATE), pair(thing.source, thing.number))
    if isinstance(thing, Map):
        return pair(Value.of_object(types.MAP), tuple_of([thing.function, *list(thing.sources)]))
    if isinstance(thing, Filter):
        return pair(Value.of_object(types.FILTER), pair(thing.function, thing.source))
    if isinstance(thing, PyGenerator):
        return reduced_loop(thing)
    assert isinstance(thing, Zip)
    sources = tuple_of(list(thing.sources))
    if thing.is_strict:
        return tuple_of([Value.of_object(types.ZIP), sources, Value.TRUE])
    return pair(Value.of_object(types.ZIP), sources)


def reduced_loop(generator: PyGenerator) -> Value:
    """The same where the iterator is a loop in guest Python (`program_loops.py`): its variables say what it goes over."""
    variables = suspended_variables(generator.code, generator.frame)
    iterator = variables.get_named("iterator")
    kind = generator.type_of()
    if iterator.same(Value.UNDEFINED):  # it has ended
        iterator = EMPTY_TUPLE
    if kind is types.ENUMERATE:
        number = variables.get_named("number")
        following = number.as_int() + 1 if number.is_int() else 0
        return pair(Value.of_object(kind), pair(iterator, Value.of_int(following)))
    function = variables.get_named("function")
    return pair(Value.of_object(kind), pair(NONE if function.same(Value.UNDEFINED) else function, iterator))


def set_position(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`iterator.__setstate__(position)`: a position out of reach is the nearest one."""
    thing = as_py_object(stack[first])
    number = index_value(session, stack[first + 1])
    given = number.as_int() if number.is_int() else 0
    position = max(given, 0)
    if isinstance(thing, ListIterator):
        if thing.position >= 0:
            thing.position = min(position, thing.source.count)
    elif isinstance(thing, ReversedList):
        if thing.position >= 0:
            thing.position = max(min(given, thing.source.count - 1), -1)
    elif isinstance(thing, TupleIterator):
        thing.position = min(position, len(thing.items))
    elif isinstance(thing, StrIterator):
        thing.position = min(position, len(thing.text))
    elif isinstance(thing, BytesIterator):
        thing.position = min(position, len(thing.source))
    elif isinstance(thing, ByteArrayIterator):
        if thing.position >= 0:
            thing.position = min(position, len(thing.source.data))
    elif isinstance(thing, RangeIterator):
        length = PyRange(thing.current, thing.stop, thing.stride).length()
        thing.current += min(position, length) * thing.stride
    elif isinstance(thing, SequenceIterator):
        if thing.position >= 0:
            thing.position = position
    elif isinstance(thing, ReversedSequence) and thing.position >= 0:
        thing.position = max(min(given, thing.position), -1)
    return NONE


def make_strict(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`zip.__setstate__(is_strict)`"""
    thing = as_py_object(stack[first])
    assert isinstance(thing, Zip)
    thing.is_strict = stack[first + 1].same(Value.TRUE)
    return NONE


def length_hint(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`iterator.__length_hint__()`"""
    return Value.of_int(left_in(session, as_py_object(stack[first])))


def left_in(session: Session, thing: PyObject | None) -> int:
    """How many values an iterator will give as things are."""
    if isinstance(thing, ListIterator):
        return max(thing.source.count - thing.position, 0) if thing.position >= 0 else 0
    if isinstance(thing, ReversedList):
        return thing.position + 1 if thing.position < thing.source.count else 0
    if isinstance(thing, TupleIterator):
        return len(thing.items) - thing.position
    if isinstance(thing, StrIterator):
        return len(thing.text) - thing.position
    if isinstance(thing, BytesIterator):
        return len(thing.source) - thing.position
    if isinstance(thing, ByteArrayIterator):
        return max(len(thing.source.data) - thing.position, 0) if thing.position >= 0 else 0
    if isinstance(thing, RangeIterator):
        return PyRange(thing.current, thing.stop, thing.stride).length()
    if isinstance(thing, SetIterator):
        return len(items_left(thing)) if thing.source.count == thing.count else 0
    if isinstance(thing, DictIterator):
        return len(items_left(thing)) if thing.source.count == thing.count else 0
    if isinstance(thing, ReversedSequence):
        return thing.position + 1
    assert isinstance(thing, SequenceIterator)
    if thing.position < 0:
        return 0
    length = session.call(session, session.builtins.get_named("len"), [thing.source])
    return max(length.as_int() - thing.position, 0)


PLACED: Final[list[PyType]] = [
    types.LIST_ITERATOR,
    types.LIST_REVERSED,
    types.TUPLE_ITERATOR,
    types.STR_ITERATOR,
    types.BYTES_ITERATOR,
    types.BYTEARRAY_ITERATOR,
    types.RANGE_ITERATOR,
    types.SEQUENCE_ITERATOR,
    types.REVERSED,
]
"""Those that count how far they are."""
KEYED: Final[list[PyType]] = [
    types.DICT_KEY_ITERATOR,
    types.DICT_VALUE_ITERATOR,
    types.DICT_ITEM_ITERATOR,
    types.DICT_REVERSE_KEY_ITERATOR,
    types.DICT_REVERSE_VALUE_ITERATOR,
    types.DICT_REVERSE_ITEM_ITERATOR,
    types.SET_ITERATOR,
]
METHODS: Final[list[PyBuiltin]] = [
    *[PyBuiltin("__reduce__", reduced, 1, 1, kind) for kind in [*PLACED, *KEYED, types.CALLABLE_ITERATOR]],
    *[PyBuiltin("__length_hint__", length_hint, 1, 1, kind) for kind in [*PLACED, *KEYED]],
    *[PyBuiltin("__setstate__", set_position, 2, 2, kind) for kind in PLACED],
    *[
        PyBuiltin("__reduce__", reduced_wrapper, 1, 1, kind)
        for kind in (types.ENUMERATE, types.ZIP, types.MAP, types.FILTER)
    ],
    PyBuiltin("__setstate__", make_strict, 2, 2, types.ZIP),
]
