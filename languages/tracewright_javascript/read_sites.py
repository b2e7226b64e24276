"""Where an instruction reads a property by name: what it has learned of objects' own properties, and of those that they inherit.

    p.move()        the shape of p, the epoch of its prototypes at number 3, the function

The cold interpreter compares the shape and the number, instead of searching each prototype by name. Traces need no such thing as long as few kinds of
objects come by: to them shapes and prototypes are constants. Where there are many, a trace for each would be too much, and they look into the same table.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array, unchecked_get
from tracewright.core.value import Value
from tracewright.guest.objects import GuestObject
from tracewright.guest.shapes import ATTRIBUTE_BITS, NOT_FOUND, Shape
from tracewright.guest.sites import NO_ENTRY, PropertySite
from tracewright.hints import dont_look_inside, immutable_fields, inlined
from tracewright_javascript.epochs import Epoch
from tracewright_javascript.families import Kind, family_of
from tracewright_javascript.keys import is_lazy_name
from tracewright_javascript.objects import JSObject, slot_now
from tracewright_javascript.properties import ACCESSOR
from tracewright_javascript.values import EMPTY

MANY_LESSONS: Final = 16  # after so many a place has a table
MOST_LESSONS: Final = 2000  # a place below which prototypes change all the time stops learning
TABLE_SIZE: Final = 256  # a power of two


@final
@immutable_fields("shape", "epoch", "number", "slot", "accessor")
class Inherited:
    """What objects of a shape inherit, undefined if nobody has the property: as long as no prototype has changed. Where it is an accessor, `slot` is
    EMPTY."""

    def __init__(self, shape: Shape, epoch: Epoch, slot: Value, accessor: Value = EMPTY) -> None:
        self.shape = shape
        self.epoch = epoch
        self.number = epoch.number
        self.slot = slot
        self.accessor = accessor  # what is in the slot of one

    def holds(self, shape: Shape) -> bool:
        """Whether it is so for objects of a shape."""
        return self.shape is shape and self.epoch.number == self.number


@final
@immutable_fields("own", "is_length", "table?")
class ReadSite(GuestObject):
    """A place that reads one name."""

    def __init__(self, name: str) -> None:
        self.own: PropertySite = PropertySite(name)
        self.shape: Shape = NO_ENTRY.shape  # of the object met last that has the property itself, as a value
        self.index = 0  # and where
        self.second_shape: Shape = NO_ENTRY.shape  # of one met before it
        self.second_index = 0
        self.is_length = name == "length"  # which arrays and strings have without its being in a shape
        self.recent: Inherited | None = None
        self.other: Inherited | None = None  # the one before
        self.lessons = 0
        self.table: Array[Inherited | None] | None = None  # by the numbers of shapes, where these are many

    def meets_many(self) -> bool:
        """Whether so many kinds of objects come by that traces ask the table, too: a constant of traces."""
        return self.own.megamorphic and self.table is not None

    def inherited(self, shape: Shape) -> Inherited | None:
        """What objects of a shape inherit; None where that is not known."""
        table = self.table
        if table is not None:
            entry = unchecked_get(table, shape.number & (TABLE_SIZE - 1))
            return entry if entry is not None and entry.holds(shape) else None
        recent = self.recent
        if recent is not None and recent.holds(shape):
            return recent
        other = self.other
        return other if other is not None and other.holds(shape) else None

    @inlined
    def at_once(self, thing: JSObject) -> Value:
        """What an object like one of the last two has or inherits, for the cold interpreter; EMPTY where it is another, or an accessor is to be
        asked."""
        shape = thing.shape
        index = NOT_FOUND
        if self.shape is shape:
            index = self.index
        elif self.second_shape is shape:
            index = self.second_index
        if index != NOT_FOUND:
            return thing.item(index)
        recent = self.recent
        if recent is not None and recent.holds(shape):
            return recent.slot
        other = self.other
        return other.slot if other is not None and other.holds(shape) else EMPTY

    def remember(self, shape: Shape, place: int) -> None:
        """Objects of a shape have the property there, and it is a value: `at_once` shall know, unless there are many such shapes."""
        if self.own.megamorphic or self.shape is shape:
            return
        self.second_shape = self.shape
        self.second_index = self.index
        self.shape = shape
        self.index = place >> ATTRIBUTE_BITS

    @dont_look_inside
    def learn(self, thing: JSObject) -> None:
        """Remember what an object inherits, if nothing but ordinary prototypes has to be asked."""
        if self.lessons >= MOST_LESSONS:
            return
        self.lessons += 1
        found = self._search(thing)
        if found is None:
            return
        table = self.table
        if table is None and self.lessons >= MANY_LESSONS:
            table = Array(TABLE_SIZE, None)
            self.table = table
        if table is not None:
            table[thing.shape.number & (TABLE_SIZE - 1)] = found
            return
        self.other = self.recent
        self.recent = found

    def _search(self, thing: JSObject) -> Inherited | None:
        shape = thing.shape
        first = family_of(shape).facts
        if first is None:
            return None
        facts = first
        while self._is_passed_over(shape):
            if facts.epoch is not first.epoch:
                return None
            shape = facts.holder.shape
            place = shape.place_of(self.own.name)
            if place != NOT_FOUND:
                if not facts.is_steady:
                    return None
                slot = slot_now(facts, place)
                if place & ACCESSOR == 0:
                    return Inherited(thing.shape, first.epoch, slot)
                return Inherited(thing.shape, first.epoch, EMPTY, slot)
            above = family_of(shape).facts
            if above is None:
                return Inherited(thing.shape, first.epoch, Value.UNDEFINED) if self._is_passed_over(shape) else None
            facts = above
        return None

    def _is_passed_over(self, shape: Shape) -> bool:
        """Whether an object whose shape has not the name has no such property."""
        return not shape.is_table and family_of(shape).kind <= Kind.ARRAY and not is_lazy_name(self.own.name)
