"""Assignments to several targets: `a, b = items` and `a, *b, c = items`.

Of a tuple or list a trace takes the items one by one: a tuple that was made for this is never made, nor is the list of the starred target where
it does not leave the loop.
"""

from __future__ import annotations

from typing import Final

from tracewright.core.arrays import Array, unchecked_get, unchecked_set
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.hints import dont_look_inside, isconstant, promote, promote_few, unroll_safe, we_are_jitted
from tracewright_python.conversions import next_value, values_of
from tracewright_python.exceptions import type_error, value_error
from tracewright_python.iterators import iterator_of
from tracewright_python.lists import PyList, PyTuple
from tracewright_python.objects import special
from tracewright_python.session import Session
from tracewright_python.special_names import Special
from tracewright_python.values import type_of

MOST_UNROLLED: Final = 16  # items that a trace takes one by one where there is a starred target


@unroll_safe
def unpack(session: Session, stack: VMStack, first: int, value: Value, count: int) -> None:
    """Exactly `count` items. Raises ValueError, TypeError."""
    if value.is_object() and type_of(value).is_builtin:
        thing = value.as_object()
        if isinstance(thing, PyTuple):
            if promote(len(thing.items)) == count:
                for k in range(count):
                    stack[first + k] = unchecked_get(thing.items, k)
                return
        elif isinstance(thing, PyList):
            if promote(thing.count) == count:
                for k in range(count):
                    stack[first + k] = thing.at(k)
                return
    items = unpacked(session, value, count)
    for k in range(count):
        stack[first + k] = unchecked_get(items, k)


@dont_look_inside
def unpacked(session: Session, value: Value, count: int) -> Array[Value]:
    """The same of any iterable."""
    kind = type_of(value)
    if special(kind, Special.ITER).same(Value.UNDEFINED) and special(kind, Special.GETITEM).same(Value.UNDEFINED):
        raise type_error(f"cannot unpack non-iterable {kind.name} object")
    iterator = iterator_of(session, value)
    items: Array[Value] = Array(count, Value.UNDEFINED)
    for k in range(count):
        item = next_value(session, iterator)
        if item.same(Value.UNDEFINED):
            raise value_error(f"not enough values to unpack (expected {count}, got {k})")
        items[k] = item
    if not next_value(session, iterator).same(Value.UNDEFINED):
        raise value_error(f"too many values to unpack (expected {count})")
    return items


@unroll_safe
def unpack_starred(session: Session, stack: VMStack, first: int, value: Value, before: int, behind: int) -> None:
    """`before` items, a list of what is left, `behind` items. Raises ValueError, TypeError."""
    if value.is_object() and type_of(value).is_builtin:
        thing = value.as_object()
        if isinstance(thing, PyTuple):
            length = promote_few(len(thing.items))
            if _is_unpacked_at_once(length, before + behind):
                _unpack_items(stack, first, thing.items, length, before, behind)
                return
        elif isinstance(thing, PyList):
            count = promote_few(thing.count)
            if _is_unpacked_at_once(count, before + behind):
                _unpack_items(stack, first, thing.values_now(), count, before, behind)
                return
    _unpack_any(session, stack, first, value, before, behind)


def _is_unpacked_at_once(count: int, fewest: int) -> bool:
    """Whether so many items are enough, and in traces known and few."""
    if we_are_jitted() and not (isconstant(count) and count <= MOST_UNROLLED):
        return False
    return count >= fewest


@unroll_safe
def _unpack_items(stack: VMStack, first: int, items: Array[Value], count: int, before: int, behind: int) -> None:
    left = count - before - behind
    rest: Array[Value] = Array(left, Value.UNDEFINED)
    for k in range(left):
        unchecked_set(rest, k, unchecked_get(items, before + k))
    for k in range(before):
        stack[first + k] = unchecked_get(items, k)
    stack[first + before] = Value.of_object(PyList(rest, left))
    for k in range(behind):
        stack[first + before + 1 + k] = unchecked_get(items, count - behind + k)


@dont_look_inside
def _unpack_any(session: Session, stack: VMStack, first: int, value: Value, before: int, behind: int) -> None:
    """The same of any iterable."""
    kind = type_of(value)
    if special(kind, Special.ITER).same(Value.UNDEFINED) and special(kind, Special.GETITEM).same(Value.UNDEFINED):
        raise type_error(f"cannot unpack non-iterable {kind.name} object")
    values = values_of(session, value)
    if len(values) < before + behind:
        raise value_error(f"not enough values to unpack (expected at least {before + behind}, got {len(values)})")
    items: Array[Value] = Array(len(values), Value.UNDEFINED)
    for k in range(len(values)):
        items[k] = values[k]
    _unpack_items(stack, first, items, len(values), before, behind)
