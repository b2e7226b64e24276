"""Hidden classes: which property of an object lives at which index; and the types that objects of a shape have.

    p := {}          root
    p.x := 1         root -x-> shape 1
    p.y := 2         root -x-> shape 1 -y-> shape 2        every object built in this order has shape 2

Objects with the same names in the same order share one `Shape`, so a trace that has promoted the shape reads a property as a
load from a known place. What all objects of a type have in common (methods, a class's attributes) is in a `GuestType`, to
which the shape leads: one guard on the shape proves both.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.value import Value
from tracewright.hints import dont_look_inside, elidable, immutable_fields

MAX_TRANSITIONS: Final = 48  # more successors than this: the names are data, not a layout
NOT_FOUND: Final = -1


@immutable_fields("name", "version?")
class GuestType:
    """A name and members by name. `version` changes with the members, so that a trace looks a member up once."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.members: dict[str, Value] = {}
        self.version = 0

    @dont_look_inside
    def define(self, name: str, member: Value) -> None:
        """Add or replace one member. Discards the machine code that relied on this type's members."""
        self.members[name] = member
        self.version += 1

    def find(self, name: str) -> Value:
        """The member as of now, UNDEFINED where there is none. A constant in traces once the type is one."""
        return find_member(self, self.version, name)


@elidable
def find_member(guest_type: GuestType, version: int, name: str) -> Value:
    """The member `name` of that version of the type; UNDEFINED where there is none."""
    return guest_type.members.get(name, Value.UNDEFINED)


@final
@immutable_fields("guest_type", "count", "last", "parent", "number")
class Shape:
    """An ordered row of property names. Made only by `root_shape` and `extended`, so equal rows of one type are one object."""

    def __init__(
        self, guest_type: GuestType, parent: Shape | None, last: str, count: int, counter: ShapeCounter
    ) -> None:
        self.guest_type = guest_type
        self.parent = parent
        self.last = last  # the name at index count - 1
        self.count = count
        self.counter = counter
        self.number = counter.next()
        self.known: dict[str, int] = {}  # filled when first asked: the shapes on the way to a large one never are
        self.successors: dict[str, Shape] = {}

    def indexes(self) -> dict[str, int]:
        """Where each property lives, in order of the indexes."""
        if len(self.known) < self.count:
            names: list[str] = []
            shape: Shape | None = self
            while shape is not None and shape.parent is not None:
                names.append(shape.last)
                shape = shape.parent
            names.reverse()
            for name in names:
                self.known[name] = len(self.known)
        return self.known

    def names(self) -> list[str]:
        """All names in order of their indexes."""
        return list(self.indexes())

    @elidable
    def index_of(self, name: str) -> int:
        """Where the property lives, or NOT_FOUND. Of a shape and a name that a trace knows, nothing is searched."""
        return self.indexes().get(name, NOT_FOUND)

    @elidable
    def extended(self, name: str) -> Shape:
        """This shape with one more property, which it must not have yet: always the same one."""
        successor = self.successors.get(name)
        if successor is None:
            successor = Shape(self.guest_type, self, name, self.count + 1, self.counter)
            self.successors[name] = successor
        return successor

    @elidable
    def next_shape(self, name: str) -> Shape | None:
        """`extended`, or None where that would be yet another successor of a shape that has too many."""
        if len(self.successors) >= MAX_TRANSITIONS and name not in self.successors:
            return None
        return self.extended(name)


@final
class ShapeCounter:
    """Numbers the shapes of one tree, so that tables can spread them."""

    def __init__(self) -> None:
        self.count = 0

    def next(self) -> int:
        """A new number."""
        self.count += 1
        return self.count


def root_shape(guest_type: GuestType) -> Shape:
    """The shape of an object of this type without properties, made once by whoever owns the type."""
    return Shape(guest_type, None, "", 0, ShapeCounter())
