"""Where an instruction assigns to a property by name: what it has learned of objects that get the property there.

    this.x = x        an object of this shape gets x: as of now, no prototype of it has a setter for x, or an x that cannot be written

That is asked by name of each prototype, so the cold interpreter remembers it. To traces shapes and prototypes are constants.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.guest.objects import GuestObject
from tracewright.guest.placements import INSIDE
from tracewright.guest.shapes import ATTRIBUTE_BITS, NOT_FOUND, Shape
from tracewright.guest.sites import NO_ENTRY, PropertySite
from tracewright.hints import dont_look_inside, immutable_fields
from tracewright_javascript.epochs import Epoch
from tracewright_javascript.families import Kind, family_of
from tracewright_javascript.properties import ACCESSOR, NOT_WRITABLE

MOST_LESSONS: Final = 200  # a place below which prototypes change all the time stops learning


def free_field(shape: Shape, larger: Shape) -> int:
    """The number of the field that an object of a shape, which has become another, keeps its new property in; NOT_FOUND if that is not all."""
    is_simple = shape.next_index < INSIDE and not shape.is_watched and larger.parent is shape
    return shape.next_index if is_simple else NOT_FOUND


@final
@immutable_fields("shape", "epoch", "number", "larger", "field")
class Addition:
    """Objects of a shape may get the property, as long as no prototype changes; `larger` is the shape that they have then."""

    def __init__(self, shape: Shape, epoch: Epoch, larger: Shape) -> None:
        self.shape = shape
        self.epoch = epoch
        self.number = epoch.number
        self.larger = larger
        self.field = free_field(shape, larger)

    def holds(self, shape: Shape) -> bool:
        """Whether it is so for objects of a shape."""
        return self.shape is shape and self.epoch.number == self.number


@final
@immutable_fields("shape", "larger", "field")
class Definition:
    """Objects of a shape keep the property in a field of their own when it is defined, whatever prototypes say, and have a larger shape then."""

    def __init__(self, shape: Shape, larger: Shape, field: int) -> None:
        self.shape = shape
        self.larger = larger
        self.field = field


@final
@immutable_fields("own")
class WriteSite(GuestObject):
    """A place that assigns to one name, or defines it in a literal or a class."""

    def __init__(self, name: str) -> None:
        self.own: PropertySite = PropertySite(name)
        self.shape: Shape = (
            NO_ENTRY.shape
        )  # of the object met last that has the property, to be replaced without a question
        self.index = 0  # and where
        self.defined: Definition | None = None
        self.recent: Addition | None = None
        self.other: Addition | None = None  # the one before
        self.lessons = 0

    def adds_freely(self, shape: Shape) -> bool:
        """Whether objects of a shape are known to get the property without anybody being asked."""
        recent = self.recent
        if recent is not None and recent.holds(shape):
            return True
        other = self.other
        return other is not None and other.holds(shape)

    def remember(self, shape: Shape, place: int) -> None:
        """Objects of a shape have the property there, and may be assigned to: the cold interpreter shall know at once."""
        if not self.own.megamorphic:
            self.shape = shape
            self.index = place >> ATTRIBUTE_BITS

    @dont_look_inside
    def learn_definition(self, shape: Shape, larger: Shape) -> None:
        """The property was defined in an object of a shape, which has another one now."""
        field = free_field(shape, larger)
        if field != NOT_FOUND and self.lessons < MOST_LESSONS:
            self.lessons += 1
            self.defined = Definition(shape, larger, field)

    @dont_look_inside
    def learn(self, shape: Shape, larger: Shape) -> None:
        """An object of a shape has been assigned to, and has another one now: remember it, if the property was added and only ordinary
        prototypes had to be asked."""
        if self.lessons == MOST_LESSONS:
            return
        self.lessons += 1
        first = family_of(shape).facts
        if first is None or not _is_ordinary(shape) or shape.is_closed or shape.place_of(self.own.name) != NOT_FOUND:
            return
        above = first
        while above.epoch is first.epoch and _is_ordinary(above.holder.shape):
            place = above.holder.shape.place_of(self.own.name)
            if place != NOT_FOUND and place & (ACCESSOR | NOT_WRITABLE) != 0:
                return
            next_facts = family_of(above.holder.shape).facts
            if place != NOT_FOUND or next_facts is None:
                self.other = self.recent
                self.recent = Addition(shape, first.epoch, larger)
                return
            above = next_facts


def _is_ordinary(shape: Shape) -> bool:
    return not shape.is_table and family_of(shape).kind == Kind.ORDINARY
