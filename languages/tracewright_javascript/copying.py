"""Copies of all own properties of an object, as `{...o}` and `{a, ...rest} = o` make them.

{...o, y: 1}     o's shape says what to copy: to a trace that is a load and a store for each property, and the copy may stay virtual
"""

from __future__ import annotations

from typing import Final

from tracewright.core.value import Value
from tracewright.guest.shapes import ATTRIBUTE_BITS, ATTRIBUTE_MASK, NOT_FOUND, Shape
from tracewright.hints import dont_look_inside, elidable, isconstant, promote, promote_few, unroll_safe, we_are_jitted
from tracewright_javascript.families import Kind, family_of
from tracewright_javascript.keys import Key, is_private_name
from tracewright_javascript.objects import JSObject, as_object
from tracewright_javascript.properties import ACCESSOR, NOT_ENUMERABLE, Property
from tracewright_javascript.realm import Realm
from tracewright_javascript.values import is_nullish
from tracewright_javascript.wrappers import to_object

MOST_IN_TRACES: Final = 16  # properties that a trace copies one by one


def copy_all_properties(realm: Realm, target: JSObject, value: Value) -> None:
    """CopyDataProperties to an object that a literal is making. Raises Thrown."""
    source = as_object(value)
    shape = None if source is None else shape_to_copy(source)
    if source is not None and shape is not None and not target.shape.is_table:
        copy_named(target, source, shape)
    else:
        _copy_slowly(realm, target, value)


def shape_to_copy(source: JSObject) -> Shape | None:
    """The shape of an object that says all that there is to copy; None where that is more, or too much for a trace."""
    shape = promote_few(source.shape)
    if we_are_jitted() and not (isconstant(shape) and shape.count <= MOST_IN_TRACES):
        return None
    return shape if is_plain(shape) and has_no_elements(source) else None


def is_plain(shape: Shape) -> bool:
    """Whether objects of a shape are plain ones whose enumerable values are all their named properties."""
    if shape.placement.inside == 0 or shape.is_table or family_of(shape).kind != Kind.ORDINARY:
        return False
    return shape.all_attributes & (ACCESSOR | NOT_ENUMERABLE) == 0


def has_no_elements(thing: JSObject) -> bool:
    """Whether an object without elements of its own kind has no properties whose keys are indexes."""
    extra = thing.get_extra()
    return extra is None or extra.elements is None


@unroll_safe
def copy_named(target: JSObject, source: JSObject, shape: Shape) -> None:
    """Copy what a plain object of this shape has."""
    is_empty = promote(target.shape).count == 0
    for number in range(shape.count):
        if is_copied(shape, number):
            name = shape.name_of(number)
            value = source.item(shape.placement.index(number))
            place = NOT_FOUND if is_empty else promote(target.shape).place_of(name)
            if place == NOT_FOUND and not target.shape.is_table:
                target.add(name, value)
            elif place & ATTRIBUTE_MASK == 0:
                target.put(place >> ATTRIBUTE_BITS, value)
            else:
                target.store_named(name, value, 0)


@elidable
def is_copied(shape: Shape, number: int) -> bool:
    """Whether the property of that number is no private field."""
    return not is_private_name(shape.name_of(number))


@dont_look_inside
def _copy_slowly(realm: Realm, target: JSObject, value: Value) -> None:
    copy_properties(realm, target, value, [])


def copy_properties(realm: Realm, target: JSObject, value: Value, excluded: list[Key]) -> None:
    """CopyDataProperties: the own enumerable properties of a value, except some, become properties of another object. Raises Thrown."""
    if is_nullish(value):
        return
    source = to_object(realm, value)
    for key in source.own_keys():
        if any(key.same(other) for other in excluded):
            continue
        found = source.own_property(key)
        if found is not None and found.is_enumerable():
            target.store_property(key, Property(source.get_property(key, Value.of_object(source))))
