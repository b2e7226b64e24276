"""Where an instruction reads a property by name: what it has learned of objects' own properties, and of those that they inherit.

    p.move()        the shape of p, the facts of Point.prototype at version 3, the function

The cold interpreter compares the shape and the versions of the prototypes up to the one that has the property, instead of searching each of them by name.
Traces need no such thing: to them the prototypes are constants.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.value import Value
from tracewright.guest.objects import GuestObject
from tracewright.guest.shapes import NOT_FOUND, Shape
from tracewright.guest.sites import PropertySite
from tracewright.hints import dont_look_inside, immutable_fields
from tracewright_javascript.objects import JSObject, Kind, WatchedFacts, family_of, is_lazy_name, slot_now
from tracewright_javascript.properties import ACCESSOR
from tracewright_javascript.values import EMPTY

MOST_LESSONS: Final = 16  # a place that meets many kinds of objects stops learning


@final
@immutable_fields("shape", "first", "first_version", "holder", "holder_version", "slot")
class Inherited:
    """What objects of a shape inherit, from their prototype or from that one's: as long as both are what they were."""

    def __init__(self, shape: Shape, first: WatchedFacts, holder: WatchedFacts, slot: Value) -> None:
        self.shape = shape
        self.first = first
        self.first_version = first.version
        self.holder = holder
        self.holder_version = holder.version
        self.slot = slot

    def holds(self, shape: Shape) -> bool:
        """Whether it is so for objects of a shape."""
        return (
            self.shape is shape
            and self.first.version == self.first_version
            and self.holder.version == self.holder_version
        )


@final
@immutable_fields("own")
class ReadSite(GuestObject):
    """A place that reads one name."""

    def __init__(self, name: str) -> None:
        self.own: PropertySite = PropertySite(name)
        self.recent: Inherited | None = None
        self.other: Inherited | None = None  # the one before
        self.lessons = 0

    def inherited(self, shape: Shape) -> Value:
        """What objects of a shape inherit; EMPTY where that is not known."""
        recent = self.recent
        if recent is not None and recent.holds(shape):
            return recent.slot
        other = self.other
        return other.slot if other is not None and other.holds(shape) else EMPTY

    @dont_look_inside
    def learn(self, thing: JSObject) -> None:
        """Remember what an object inherits, if it is a value of its prototype, or of that one's."""
        if self.lessons == MOST_LESSONS:
            return
        self.lessons += 1
        shape = thing.shape
        first = family_of(shape).facts
        holder = first
        while holder is not None and self._is_passed_over(shape):
            shape = holder.holder.shape
            place = shape.place_of(self.own.name)
            if place != NOT_FOUND:
                if place & ACCESSOR == 0 and first is not None:
                    self.other = self.recent
                    self.recent = Inherited(thing.shape, first, holder, slot_now(holder, place))
                return
            if holder is not first:
                return
            holder = family_of(shape).facts

    def _is_passed_over(self, shape: Shape) -> bool:
        """Whether an object whose shape has not the name has no such property."""
        return not shape.is_table and family_of(shape).kind <= Kind.ARRAY and not is_lazy_name(self.own.name)
