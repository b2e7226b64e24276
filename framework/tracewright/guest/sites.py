"""Inline caches: what a place in the code has learned about the objects that come by.

A site belongs to one instruction, and is used by the cold interpreter and by traces:

    state         the cold interpreter                       a trace
    empty         searches, and remembers the shape          promotes the shape
    1 to 4        compares with the shapes it has met        promotes the shape: one guard, or a bridge for each
    megamorphic   looks into a table of the site's own       looks into the same table, and never promotes

A fifth shape makes a site megamorphic for good; machine code that relied on fewer is discarded. Shapes that machine code has not
seen come to the cold interpreter first, because a guard that fails goes on there: so it counts for both.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array, array_of, unchecked_get, unchecked_set
from tracewright.core.value import Value
from tracewright.guest.shapes import ATTRIBUTE_BITS, NOT_FOUND, GuestType, Shape, find_member, root_shape
from tracewright.hints import dont_look_inside, immutable_fields, promote, we_are_jitted

MAX_SHAPES: Final = 4  # that a site knows one by one
TABLE_SIZE: Final = 256  # a power of two


@final
@immutable_fields("shape", "place")
class SiteEntry:
    """Of which shape a site knows the place of its property (or that it is NOT_FOUND)."""

    def __init__(self, shape: Shape, place: int) -> None:
        self.shape = shape
        self.place = place


NO_ENTRY: Final = SiteEntry(root_shape(GuestType("")), NOT_FOUND)
NO_TABLE: Final[Array[SiteEntry]] = array_of([])


@final
@immutable_fields("name", "megamorphic?", "table?")
class PropertySite:
    """Where an instruction names a property of an object that has a shape."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.recent: SiteEntry = NO_ENTRY  # the newest shape, until there are many
        self.second: SiteEntry = NO_ENTRY
        self.third: SiteEntry = NO_ENTRY
        self.fourth: SiteEntry = NO_ENTRY
        self.megamorphic = False
        self.table: Array[SiteEntry] = NO_TABLE  # made before `megamorphic` is set

    def index_in(self, shape: Shape) -> int:
        """Where an object of this shape has the property, or NOT_FOUND."""
        return self.place_in(shape) >> ATTRIBUTE_BITS

    def place_in(self, shape: Shape) -> int:
        """The property's place in objects of this shape (see `Shape`), or NOT_FOUND."""
        if we_are_jitted():
            return self._place_in_table(shape) if self.megamorphic else promote(shape).place_of(self.name)
        recent = self.recent
        if recent.shape is shape:
            return recent.place
        second = self.second
        if second.shape is shape:
            return second.place
        third = self.third
        if third.shape is shape:
            return third.place
        fourth = self.fourth
        return fourth.place if fourth.shape is shape else self._place_in_another(shape)

    def _place_in_table(self, shape: Shape) -> int:
        entry = unchecked_get(self.table, shape.number & (TABLE_SIZE - 1))
        return entry.place if entry.shape is shape else self._fill_table(shape)

    @dont_look_inside
    def _place_in_another(self, shape: Shape) -> int:
        """The place in a shape that is none of these."""
        return self._place_in_table(shape) if self.megamorphic else self._met_another(shape)

    @dont_look_inside
    def _fill_table(self, shape: Shape) -> int:
        entry = SiteEntry(shape, shape.place_of(self.name))
        self.table[shape.number & (TABLE_SIZE - 1)] = entry
        return entry.place

    def _met_another(self, shape: Shape) -> int:
        """The same while there are few."""
        if self.third is NO_ENTRY:
            self.third = self.second
        elif self.fourth is NO_ENTRY:
            self.fourth = self.second
        else:
            self._become_megamorphic()
            return self._fill_table(shape)
        self.second = self.recent
        self.recent = SiteEntry(shape, shape.place_of(self.name))
        return self.recent.place

    def _become_megamorphic(self) -> None:
        self.table = Array(TABLE_SIZE, NO_ENTRY)
        for entry in (self.third, self.fourth, self.second, self.recent):
            unchecked_set(self.table, entry.shape.number & (TABLE_SIZE - 1), entry)
        self.megamorphic = True


@final
@immutable_fields("name")
class MethodSite:
    """Where an instruction calls a method of a type, and what the name meant for the shape it met last."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.shape: Shape | None = None
        self.version = 0
        self.method: Value = Value.UNDEFINED

    def method_of(self, shape: Shape) -> Value:
        """The member of the shape's type, unless a property of the object itself hides it; then, or without one, UNDEFINED."""
        if we_are_jitted():
            known = promote(shape)
            return known.guest_type.find(self.name) if known.index_of(self.name) == NOT_FOUND else Value.UNDEFINED
        if self.shape is shape and self.version == shape.guest_type.version:
            return self.method
        return self._search(shape)

    @dont_look_inside
    def _search(self, shape: Shape) -> Value:
        if shape.index_of(self.name) != NOT_FOUND:
            return Value.UNDEFINED
        method = find_member(shape.guest_type, shape.guest_type.version, self.name)
        if not method.same(Value.UNDEFINED):
            self.shape = shape
            self.version = shape.guest_type.version
            self.method = method
        return method
