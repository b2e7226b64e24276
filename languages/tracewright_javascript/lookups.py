"""How a named property is found: in the object's shape, or beyond it, elsewhere in the object or in its prototypes."""

from __future__ import annotations

from tracewright.core.value import Value
from tracewright.guest.shapes import ATTRIBUTE_BITS, NOT_FOUND
from tracewright.guest.sites import PropertySite
from tracewright.hints import dont_look_inside, promote, unroll_safe
from tracewright_javascript.epochs import Finding
from tracewright_javascript.families import Kind, family_of
from tracewright_javascript.keys import NO_INDEX, Key, is_lazy_name
from tracewright_javascript.number_reading import spells_number
from tracewright_javascript.objects import JSObject, call_getter, shape_now, slot_now, value_of
from tracewright_javascript.properties import ACCESSOR
from tracewright_javascript.values import EMPTY


def get_at_site(thing: JSObject, site: PropertySite, receiver: Value) -> Value:
    """`thing.name`, undefined where nobody has it. Raises Thrown."""
    place = site.place_in(thing.shape)
    if place == NOT_FOUND:
        return get_beyond(thing, site.name, receiver)
    slot = thing.item(place >> ATTRIBUTE_BITS)
    return slot if place & ACCESSOR == 0 else call_getter(slot, receiver)


def get_named(thing: JSObject, name: str) -> Value:
    """The same by a name that is no index. Raises Thrown."""
    place = promote(thing.shape).place_of(name)
    if place == NOT_FOUND:
        return get_beyond(thing, name, Value.of_object(thing))
    slot = thing.item(place >> ATTRIBUTE_BITS)
    return slot if place & ACCESSOR == 0 else call_getter(slot, Value.of_object(thing))


def get_beyond(thing: JSObject, name: str, receiver: Value) -> Value:
    """A property that is not in the shape of an object: from elsewhere in it, or inherited. Raises Thrown."""
    found = find_beyond(thing, name, receiver)
    return found if not found.same(EMPTY) else call_getter(inherited_accessor(thing, name), receiver)


@unroll_safe
def find_beyond(thing: JSObject, name: str, receiver: Value) -> Value:
    """The same; EMPTY where an accessor in the shape of a prototype answers: `inherited_accessor` finds it. Raises Thrown."""
    holder: JSObject = thing
    shape = promote(thing.shape)
    while True:
        family = family_of(shape)
        if shape.is_table or family.kind != Kind.ORDINARY:
            if family.kind == Kind.EXOTIC:
                return holder.get_property(Key(name, NO_INDEX), receiver)
            if family.kind == Kind.TYPED and spells_number(name):
                return Value.UNDEFINED
            is_lazy = family.kind == Kind.LAZY and is_lazy_name(name)
            if shape.is_table or is_lazy or family.kind == Kind.ARRAY and name == "length":
                found = holder.own_property(Key(name, NO_INDEX))
                if found is not None:
                    return value_of(found, receiver)
        facts = family.facts
        if facts is None:
            return Value.UNDEFINED
        holder = facts.holder
        shape = shape_now(facts)
        place = shape.place_of(name)
        if place != NOT_FOUND:
            return slot_now(facts, place) if place & ACCESSOR == 0 else EMPTY


@unroll_safe
def inherited_accessor(thing: JSObject, name: str) -> Value:
    """The slot of the accessor that `find_beyond` has met."""
    facts = family_of(promote(thing.shape)).facts
    while facts is not None:
        shape = shape_now(facts)
        place = shape.place_of(name)
        if place != NOT_FOUND:
            return slot_now(facts, place)
        facts = family_of(shape).facts
    raise AssertionError("no accessor")


@dont_look_inside
def note_finding(finding: Finding, first: JSObject, second: JSObject) -> None:
    """Something is so because of what is in two objects now, or above them."""
    one, other = first.watch(), second.watch()
    if one.epoch is other.epoch and one.is_steady and other.is_steady:
        finding.note(one.epoch)
