"""The methods of arrays that are self-hosted, because they call a function for each element; and `Array.of` and `flat`, their kin."""

from __future__ import annotations

from typing import Final

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright_javascript.builtins.arguments import argument_at, arguments_from, this_of
from tracewright_javascript.builtins.array_access import (
    create_item,
    flatten,
    length_of,
    new_array,
    put_length,
    species_array,
)
from tracewright_javascript.builtins.arrays import this_object
from tracewright_javascript.builtins.rows import NativeRow, SelfHostedRow
from tracewright_javascript.bytecode import AnyRealm
from tracewright_javascript.calls import construct
from tracewright_javascript.conversions import to_integer
from tracewright_javascript.objects import JSObject, as_object
from tracewright_javascript.realm import Realm, as_realm
from tracewright_javascript.values import int_number


def _flat(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    thing = this_object(realm, stack, frame)
    length = length_of(thing)
    given = argument_at(stack, frame, count, 0)
    depth = 1 if given.same(Value.UNDEFINED) else to_integer(given)
    result = species_array(as_realm(realm), thing, 0)
    flatten(result, thing, length, 0, depth)
    return Value.of_object(result)


def _constructed(realm: Realm, constructor: Value, arguments: list[Value], length: int) -> JSObject:
    """What the constructor that a static method is called on makes; an array where it is none. Raises GuestFault and Thrown."""
    thing = as_object(constructor)
    if thing is None or not thing.can_construct():
        return new_array(realm, length)
    made = as_object(construct(thing, arguments, thing))
    assert made is not None
    return made


def _of(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    values = arguments_from(stack, frame, count, 0)
    result = _constructed(as_realm(realm), this_of(stack, frame), [int_number(count)], count)
    for index in range(count):
        create_item(result, index, values[index])
    put_length(result, count)
    return Value.of_object(result)


STATIC_METHODS: Final[list[NativeRow]] = [("of", 0, _of)]
METHODS: Final[list[NativeRow]] = [("flat", 0, _flat)]
SELF_HOSTED_STATIC_METHODS: Final[list[SelfHostedRow]] = [("from", 1, "array.from")]
SELF_HOSTED_METHODS: Final[list[SelfHostedRow]] = [
    ("every", 1, "array.every"),
    ("filter", 1, "array.filter"),
    ("find", 1, "array.find"),
    ("findIndex", 1, "array.findIndex"),
    ("findLast", 1, "array.findLast"),
    ("findLastIndex", 1, "array.findLastIndex"),
    ("flatMap", 1, "array.flatMap"),
    ("forEach", 1, "array.forEach"),
    ("map", 1, "array.map"),
    ("reduce", 1, "array.reduce"),
    ("reduceRight", 1, "array.reduceRight"),
    ("some", 1, "array.some"),
    ("sort", 1, "array.sort"),
    ("toSorted", 1, "array.toSorted"),
]
