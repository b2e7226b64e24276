"""What an instruction that names an attribute has learned about the objects that come by.

    p.x       of a shape and a version of its type: the attribute is at place 0 of the object (OWN); a function of the class (MEMBER); ...

The cold interpreter compares with the shapes that it has met here; a trace promotes the shape, and then all of it is constant.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.value import Value
from tracewright.guest.shapes import NOT_FOUND, GuestType, Shape, root_shape
from tracewright.hints import dont_look_inside, elidable, immutable_fields, promote, we_are_jitted
from tracewright_python.functions import PyBuiltin, PyFunction, PyGetSet, PyMember, PyProperty
from tracewright_python.objects import OBJECT, PyType, find_member, find_special, member_value, type_of_shape
from tracewright_python.special_names import Special
from tracewright_python.texts import PyStr
from tracewright_python.values import type_of

KNOWN_SHAPES: Final = 4


class Found:
    """Where an attribute is."""

    OWN: Final = 0  # a place of the object
    ABSENT: Final = 1  # nowhere; a store adds it
    MEMBER: Final = 2  # in the class
    CUSTOM: Final = 3  # the class has methods of its own to ask
    REFUSED: Final = 4  # a store of a name that is not in the slots of the class


@final
@immutable_fields("shape", "version", "found", "index", "member", "larger")
class AttributeEntry:
    """What is known for one shape and one version of its type. `larger`: the shape with the attribute behind the others, of a store that adds it."""

    def __init__(
        self, shape: Shape, version: int, found: int, index: int, member: Value, larger: Shape | None = None
    ) -> None:
        self.shape = shape
        self.version = version
        self.found = found
        self.index = index
        self.member = member
        self.larger = larger


NO_ENTRY: Final = AttributeEntry(root_shape(GuestType("")), -1, Found.ABSENT, NOT_FOUND, Value.UNDEFINED)


def is_data_descriptor(member: Value) -> bool:
    """Whether a member of a class goes before an attribute of the object."""
    if not member.is_object():
        return False
    thing = member.as_object()
    if isinstance(thing, (PyFunction, PyBuiltin)):
        return False
    if isinstance(thing, (PyProperty, PyGetSet, PyMember)):
        return True
    kind = type_of(member)
    return not (has_no(kind, Special.SET) and has_no(kind, Special.DELETE))


def is_slot(member: Value) -> bool:
    """Whether a member of a class stands for a name in `__slots__`, whose value lies in the object as any attribute does."""
    return member.is_object() and isinstance(member.as_object(), PyMember)


def has_no(kind: PyType, number: int) -> bool:
    """Whether a class lacks a special method."""
    return find_special(kind, kind.family.version, number).same(Value.UNDEFINED)


def overrides(kind: PyType, version: int, number: int) -> bool:
    """Whether a class has another special method than `object`."""
    return not find_special(kind, version, number).same(find_special(OBJECT, OBJECT.family.version, number))


@elidable
def entry_for_load(shape: Shape, version: int, name: str) -> AttributeEntry:
    """Where `thing.name` is, of an object of a shape."""
    kind = type_of_shape(shape)
    if overrides(kind, version, Special.GETATTRIBUTE):
        return AttributeEntry(shape, version, Found.CUSTOM, NOT_FOUND, Value.UNDEFINED)
    member = find_member(kind, version, name)
    index = shape.index_of(name)
    if index != NOT_FOUND and (is_slot(member) or not is_data_descriptor(member_value(member))):
        return AttributeEntry(shape, version, Found.OWN, index, member)
    found = Found.ABSENT if member.same(Value.UNDEFINED) else Found.MEMBER
    return AttributeEntry(shape, version, found, NOT_FOUND, member)


@elidable
def entry_for_store(shape: Shape, version: int, name: str) -> AttributeEntry:
    """What `thing.name = value` does to an object of a shape."""
    kind = type_of_shape(shape)
    if overrides(kind, version, Special.SETATTR):
        return AttributeEntry(shape, version, Found.CUSTOM, NOT_FOUND, Value.UNDEFINED)
    member = find_member(kind, version, name)
    if is_data_descriptor(member_value(member)) and not is_slot(member):
        return AttributeEntry(shape, version, Found.MEMBER, NOT_FOUND, member)
    index = shape.index_of(name)
    if index != NOT_FOUND:
        return AttributeEntry(shape, version, Found.OWN, index, member)
    if kind.has_dictionary or is_slot(member):
        larger = None if shape.is_table else shape.next_shape(name)
        return AttributeEntry(shape, version, Found.ABSENT, NOT_FOUND, member, larger)
    return AttributeEntry(shape, version, Found.REFUSED, NOT_FOUND, member)


@final
@immutable_fields("name", "key", "is_store")
class AttributeSite:
    """Where an instruction names an attribute. `key` is the name as a str of the program."""

    def __init__(self, name: str, key: PyStr, is_store: bool) -> None:
        self.name = name
        self.key = key
        self.is_store = is_store
        self.recent: AttributeEntry = NO_ENTRY
        self.others: list[AttributeEntry] = []

    def entry(self, shape: Shape) -> AttributeEntry:
        """Where an object of this shape has the attribute."""
        if we_are_jitted():
            known = promote(shape)
            if self.is_store:
                return entry_for_store(known, known.guest_type.version, self.name)
            return entry_for_load(known, known.guest_type.version, self.name)
        recent = self.recent
        if recent.shape is shape and recent.version == shape.guest_type.version:
            return recent
        return self._met_another(shape)

    @dont_look_inside
    def _met_another(self, shape: Shape) -> AttributeEntry:
        version = shape.guest_type.version
        others = self.others
        for place in range(len(others)):
            entry = others[place]
            if entry.shape is shape and entry.version == version:
                others[place] = self.recent
                self.recent = entry
                return entry
        if len(others) == KNOWN_SHAPES:
            others.pop(0)
        if self.recent is not NO_ENTRY:
            others.append(self.recent)
        if self.is_store:
            self.recent = entry_for_store(shape, version, self.name)
        else:
            self.recent = entry_for_load(shape, version, self.name)
        return self.recent
