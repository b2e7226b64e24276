"""`for await`, `yield*`, and async iterators made of ordinary ones."""

from __future__ import annotations

from typing import final

from tracewright.core.cast import unsafe_cast
from tracewright.core.value import Value
from tracewright.guest.placements import NO_ROW
from tracewright.guest.shapes import Shape
from tracewright.hints import dont_look_inside, immutable_fields
from tracewright_javascript.access import get_by_key
from tracewright_javascript.calls import call
from tracewright_javascript.conversions import get_method, to_display
from tracewright_javascript.errors import type_error
from tracewright_javascript.generators import Resumption
from tracewright_javascript.iteration import (
    Iterator,
    IteratorKind,
    close_iterator,
    iterator_from,
    iterator_of,
)
from tracewright_javascript.keys import ASYNC_ITERATOR, key_of_symbol
from tracewright_javascript.lookups import get_named
from tracewright_javascript.objects import JSObject, as_object
from tracewright_javascript.realm import Realm
from tracewright_javascript.values import EMPTY, is_nullish


@final
@immutable_fields("iterator")
class AsyncFromSyncIterator(JSObject):
    """An async iterator whose values come from an ordinary one (27.1.6)."""

    def __init__(self, shape: Shape, iterator: JSObject, next_method: Value) -> None:
        super().__init__(shape, NO_ROW)
        self.iterator = iterator
        self.next_method = next_method


@dont_look_inside
def async_iterator_of(realm: Realm, value: Value) -> Iterator:
    """GetIterator(value, async). Raises GuestFault and Thrown."""
    method = Value.UNDEFINED
    if not is_nullish(value):
        method = get_by_key(realm, value, key_of_symbol(ASYNC_ITERATOR))
    if is_nullish(method):
        plain = object_iterator(realm, value)
        shape = realm.async_from_sync_prototype.bare_shape_of_children()
        made = AsyncFromSyncIterator(shape, plain.thing, plain.next_method)
        return Iterator(IteratorKind.PROTOCOL, made, get_named(made, "next"))
    thing_made = as_object(call(method, value, []))
    if thing_made is None:
        raise type_error("Result of the Symbol.asyncIterator method is not an object")
    return Iterator(IteratorKind.PROTOCOL, thing_made, get_named(thing_made, "next"))


@dont_look_inside
def next_async(value: Value) -> Value:
    """What `next()` of an async iterator returns: it is to be awaited. Raises GuestFault and Thrown."""
    iterator = unsafe_cast(Iterator, value.as_object())
    return call(iterator.next_method, Value.of_object(iterator.thing), [])


@dont_look_inside
def close_async(value: Value) -> Value:
    """Begin to close an async iterator: what its `return` returns is to be awaited; EMPTY where there is nothing to do. Raises
    GuestFault and Thrown."""
    iterator = unsafe_cast(Iterator, value.as_object())
    if iterator.is_done:
        return EMPTY
    iterator.is_done = True
    method = get_method(iterator.thing, "return")
    return EMPTY if method.same(Value.UNDEFINED) else call(method, Value.of_object(iterator.thing), [])


def require_result(value: Value) -> None:
    """What `return` of an async iterator gave must be an object, or EMPTY. Raises GuestFault."""
    if not value.same(EMPTY) and as_object(value) is None:
        raise type_error(f"{to_display(value)} is not an object")


@dont_look_inside
def delegate(realm: Realm, value: Value, received: Value, mode: Value, is_async: bool) -> Value:
    """One step of `yield*`: the inner iterator is asked as the outer one was. EMPTY where the outer one shall return, and the
    inner one has no `return`. Raises GuestFault and Thrown."""
    iterator = unsafe_cast(Iterator, value.as_object())
    thing = Value.of_object(iterator.thing)
    match mode.as_int():
        case Resumption.NEXT:
            return call(iterator.next_method, thing, [received])
        case Resumption.THROW:
            method = get_method(iterator.thing, "throw")
            if not method.same(Value.UNDEFINED):
                return call(method, thing, [received])
            close_iterator(iterator)
            raise type_error("The iterator does not provide a 'throw' method")
        case _:
            method = get_method(iterator.thing, "return")
            return EMPTY if method.same(Value.UNDEFINED) else call(method, thing, [received])


@dont_look_inside
def object_iterator(realm: Realm, value: Value) -> Iterator:
    """GetIterator, for those who need an iterator object also of an array. Raises GuestFault and Thrown."""
    found = iterator_of(realm, value)
    return found if found.kind != IteratorKind.ARRAY else iterator_from(call(realm.array_values, value, []))
