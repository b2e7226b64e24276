"""Assignments to named properties, as instructions do them: to what is in an object's shape, or beyond it.

p.x = 1      a store, where x is a plain property of p's own; else it is added, unless somebody on the way up has a say in it
"""

from __future__ import annotations

from typing import Final

from tracewright.core.value import Value
from tracewright.guest.shapes import ATTRIBUTE_BITS, NOT_FOUND, WATCHED
from tracewright.hints import dont_look_inside, inlined, isconstant, promote, promote_few, unroll_safe, we_are_jitted
from tracewright_javascript.families import Kind, family_of, is_one_of_many
from tracewright_javascript.keys import NO_INDEX, Key
from tracewright_javascript.lookups import inherited_accessor
from tracewright_javascript.number_reading import spells_number
from tracewright_javascript.objects import JSObject, shape_now
from tracewright_javascript.properties import ACCESSOR, NOT_WRITABLE
from tracewright_javascript.write_sites import WriteSite


class Outcome:
    """What has become of an assignment."""

    REFUSED: Final = 0  # an error in strict code
    DONE: Final = 1
    SETTER: Final = 2  # an accessor in a shape is to be asked (`accessor_slot`)


@inlined
def set_at_once(thing: JSObject, write_site: WriteSite, value: Value) -> bool:
    """The same in the cold interpreter, for an object like the last one that has the property, or gets it in a field of its own;
    False, and nothing done, for another."""
    shape = thing.shape
    if write_site.shape is shape:
        thing.put(write_site.index, value)
        return True
    addition = write_site.recent
    if addition is None or addition.field == NOT_FOUND or not addition.holds(shape):
        return False
    thing.put(addition.field, value)
    thing.shape = addition.larger
    return True


def set_at_site(thing: JSObject, write_site: WriteSite, value: Value) -> int:
    """`thing.name = value`; gives an Outcome. Raises Thrown."""
    site = write_site.own
    shape = thing.shape
    place = site.place_in(shape)
    if place != NOT_FOUND and place & (ACCESSOR | NOT_WRITABLE | WATCHED) == 0:
        thing.put(place >> ATTRIBUTE_BITS, value)
        if not we_are_jitted():
            write_site.remember(shape, place)
        return Outcome.DONE
    if we_are_jitted() and not (site.megamorphic and is_one_of_many(shape)):
        return set_beyond(thing, site.name, value)
    return _set_and_learn(thing, write_site, value)


@dont_look_inside
def _set_and_learn(thing: JSObject, write_site: WriteSite, value: Value) -> int:
    """Where the property is no plain one in the shape, in the cold interpreter, and in traces that meet many shapes."""
    site = write_site.own
    shape = thing.shape
    if write_site.adds_freely(shape):
        thing.add(site.name, value)
        return Outcome.DONE
    outcome = set_beyond(thing, site.name, value)
    if outcome == Outcome.DONE:
        write_site.learn(shape, thing.shape)
    return outcome


@unroll_safe
def set_beyond(thing: JSObject, name: str, value: Value) -> int:
    """Assign to a property that is no plain one in the shape of an object; gives an Outcome. Raises Thrown."""
    shape = promote(thing.shape)
    place = shape.place_of(name)
    if place != NOT_FOUND and place & (ACCESSOR | NOT_WRITABLE) == 0:
        thing.put(place >> ATTRIBUTE_BITS, value)
        thing.note_change(True)
        return Outcome.DONE
    is_new = shape.is_table and not _is_in_table(thing, name)  # then prototypes are still to be asked
    while True:
        family = family_of(shape)
        if shape.is_table and not is_new or family.kind == Kind.EXOTIC:
            return _set_slowly(thing, name, value)
        found = shape.place_of(name)
        if found != NOT_FOUND and found & ACCESSOR != 0:
            return Outcome.SETTER
        if found != NOT_FOUND and found & NOT_WRITABLE != 0:
            return _set_slowly(thing, name, value)
        if found != NOT_FOUND:
            break  # a plain property of a prototype, behind one of the object's own from now on
        is_new = False
        if family.kind == Kind.LAZY or family.kind == Kind.ARRAY and name == "length":
            return _set_slowly(thing, name, value)
        if family.kind == Kind.TYPED and spells_number(name):
            return _set_slowly(thing, name, value)
        facts = family.facts
        if facts is None:
            break
        shape = shape_now(facts)
    if promote(thing.shape).is_closed:
        return Outcome.REFUSED
    thing.add(name, value)
    return Outcome.DONE


def accessor_slot(thing: JSObject, name: str) -> Value:
    """The slot of the accessor that an assignment has met: the object's own, or an inherited one."""
    shape = promote_few(thing.shape)
    if we_are_jitted() and not isconstant(shape):
        return accessor_among_many(thing, name)
    place = shape.place_of(name)
    return inherited_accessor(thing, name) if place == NOT_FOUND else thing.item(place >> ATTRIBUTE_BITS)


@dont_look_inside
def accessor_among_many(thing: JSObject, name: str) -> Value:
    """The same for an object of any shape."""
    return accessor_slot(thing, name)


@dont_look_inside
def _is_in_table(thing: JSObject, name: str) -> bool:
    table = thing.table()
    return table is not None and name in table.values


@dont_look_inside
def _set_slowly(thing: JSObject, name: str, value: Value) -> int:
    return Outcome.DONE if thing.set_property(Key(name, NO_INDEX), value, Value.of_object(thing)) else Outcome.REFUSED
