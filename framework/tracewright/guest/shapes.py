"""Hidden classes: which property of an object lives at which index; and the types that objects of a shape have.

    p := {}          root
    p.x := 1         root -x-> shape 1
    p.y := 2         root -x-> shape 1 -y-> shape 2        every object built in this order has shape 2

Objects with the same names in the same order share one `Shape`, so a trace that has promoted the shape reads a property as a
load from a known place. What all objects of a type have in common (methods, a class's attributes) is in a `GuestType`, to
which the shape leads: one guard on the shape proves both.

The shapes of one line of successors share one `Layout`, of which each has as much as its `count` says:

    root -x-> shape 1 -y-> shape 2 -z-> shape 3        the layout x, y, z
                           shape 2 -w-> shape 4        behind y there is a z already: a layout of its own, x, y, w

so to build an object property by property, and to ask each time whether the next one is there, takes time in proportion to their number.

The index of a property is its number, unless the `Placement` of the root says otherwise. A type whose objects may have room for more or fewer
properties has a root for each (`RootShapes`); an object keeps the room that it was made with.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.value import Value
from tracewright.guest.placements import IN_A_ROW, Placement, placement_for
from tracewright.hints import dont_look_inside, elidable, immutable_fields

MAX_TRANSITIONS: Final = 48  # more successors than this: the names are data, not a layout
NOT_FOUND: Final = -1  # as a place and as an index
ATTRIBUTE_BITS: Final = 5  # of a place, below the index: the attributes, and WATCHED
ATTRIBUTE_MASK: Final = 15
WATCHED: Final = 16  # in a place: the object wants to know of assignments


@immutable_fields("name", "version?")
class GuestType:
    """A name and members by name. `version` changes with the members, so that a trace looks a member up once."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.members: dict[str, Value] = {}
        self.version = 0
        self.roots: RootShapes | None = None

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
@immutable_fields("placement", "names", "places")
class Layout:
    """The properties of a shape and of some of its successors, in order of their indexes. It only grows."""

    def __init__(self, placement: Placement) -> None:
        self.placement = placement
        self.names: list[str] = []
        self.places: dict[str, int] = {}

    def add(self, name: str, bits: int) -> None:
        """One more property, with its attributes and perhaps WATCHED."""
        self.places[name] = self.placement.index(len(self.names)) << ATTRIBUTE_BITS | bits
        self.names.append(name)


@final
@immutable_fields(
    "guest_type",
    "count",
    "next_index",
    "placement",
    "last",
    "attributes",
    "all_attributes",
    "parent",
    "number",
    "is_closed",
    "is_table",
    "is_watched",
)
class Shape:
    """An ordered row of property names. Made only by `root_shape` and from another shape, so equal rows of one type are one object.

    A property may have attributes: bits whose meaning is the language's. Where they are 0 nothing asks for them, and a trace never does: what
    a shape says of a name is its *place*, `index << ATTRIBUTE_BITS | attributes`, a constant once the shape is one.

    An object may be *watched*: somebody relies on what is in it now. Its shape says so with each place, so that assignments to other objects need
    not ask.
    """

    def __init__(
        self,
        guest_type: GuestType,
        parent: Shape | None,
        last: str,
        attributes: int,
        count: int,
        counter: ShapeCounter,
        placement: Placement,
        is_closed: bool = False,
        is_table: bool = False,
        is_watched: bool = False,
    ) -> None:
        self.guest_type = guest_type
        self.parent = parent
        self.last = last  # the name that came last
        self.attributes = attributes  # of that property
        self.all_attributes: int = attributes if parent is None else attributes | parent.all_attributes  # that any has
        self.count = count
        self.placement = placement
        self.next_index = placement.index(count)  # where one more property will live
        self.counter = counter
        self.number = counter.next()
        self.is_closed = is_closed  # objects of this shape take no more properties
        self.is_table = is_table  # of objects whose properties are in a table: no names here
        self.is_watched = is_watched
        self.closed_form: Shape | None = None
        self.watched_form: Shape | None = None  # of a root
        self.plain_form: Shape | None = None  # of a watched root
        self.table_form: Shape | None = None
        self.restricted_forms: dict[int, Shape] | None = None
        self.known: Layout | None = None  # found when first asked: many shapes on the way to a large one never are
        self.successors: dict[str, Shape] = {}  # by name; where there are attributes, by these and the name
        self.first_successor: Shape | None = None  # one of these: most shapes have no other

    def layout(self) -> Layout:
        """The properties of this shape and perhaps, behind these, of successors."""
        known = self.known
        return self._find_layout() if known is None else known

    def _find_layout(self) -> Layout:
        """That of the nearest shape on the way here behind whose properties there is room for ours, or a new one."""
        layout: Layout | None = None
        steps: list[Shape] = []
        shape = self
        while layout is None and shape.parent is not None:
            steps.append(shape)
            shape = shape.parent
            known = shape.known
            if known is not None and len(known.names) == shape.count:
                layout = known
        found = Layout(self.placement) if layout is None else layout
        watched = WATCHED if self.is_watched else 0
        for index in range(len(steps) - 1, -1, -1):
            found.add(steps[index].last, steps[index].attributes | watched)
        self.known = found
        return found

    def names(self) -> list[str]:
        """All names in order of their indexes."""
        return self.layout().names[: self.count]

    @elidable
    def place_of(self, name: str) -> int:
        """The property's place, or NOT_FOUND. Of a shape and a name that a trace knows, nothing is searched."""
        place = self.layout().places.get(name, NOT_FOUND)
        return place if place >> ATTRIBUTE_BITS < self.next_index else NOT_FOUND

    @elidable
    def name_of(self, number: int) -> str:
        """The name of the `number`-th property, from 0."""
        return self.layout().names[number]

    def index_of(self, name: str) -> int:
        """Where the property lives, or NOT_FOUND."""
        return self.place_of(name) >> ATTRIBUTE_BITS

    @elidable
    def extended(self, name: str, attributes: int = 0) -> Shape:
        """This shape with one more property, which it must not have yet: always the same one."""
        first = self.first_successor
        if first is not None and first.attributes == attributes and first.last == name:
            return first
        key = _successor_key(name, attributes)
        successor = self.successors.get(key)
        if successor is None:
            successor = Shape(
                self.guest_type,
                self,
                name,
                attributes,
                self.count + 1,
                self.counter,
                self.placement,
                False,
                False,
                self.is_watched,
            )
            self.successors[key] = successor
            if first is None:
                self.first_successor = successor
        return successor

    @elidable
    def next_shape(self, name: str, attributes: int = 0) -> Shape | None:
        """`extended`, or None where that would be yet another successor of a shape that has too many."""
        if len(self.successors) >= MAX_TRANSITIONS and _successor_key(name, attributes) not in self.successors:
            return None
        return self.extended(name, attributes)

    @elidable
    def closed(self) -> Shape:
        """The same properties of an object that takes no more: always the same shape."""
        if self.is_closed:
            return self
        found = self.closed_form
        if found is None:
            found = Shape(
                self.guest_type,
                self.parent,
                self.last,
                self.attributes,
                self.count,
                self.counter,
                self.placement,
                True,
                self.is_table,
                self.is_watched,
            )
            self.closed_form = found
        return found

    @elidable
    def restricted(self, added: int, added_to_plain: int, other: int, spared: str) -> Shape:
        """The same properties with more attributes, of an object that takes no more of them: `added`, and `added_to_plain` where an attribute of
        `other` is missing. Names that begin with `spared` keep theirs."""
        forms = self.restricted_forms
        if forms is None:
            forms = {}
            self.restricted_forms = forms
        number = added | added_to_plain << ATTRIBUTE_BITS
        found = forms.get(number)
        if found is None:
            found = self.root()
            for name in self.names():
                attributes = self.place_of(name) & ATTRIBUTE_MASK
                if not name.startswith(spared):
                    attributes |= added | (added_to_plain if attributes & other == 0 else 0)
                found = found.extended(name, attributes)
            found = found.closed()
            forms[number] = found
        return found

    @elidable
    def with_table(self) -> Shape:
        """The shape of objects of this type that have their properties in a table; closed if this one is."""
        if self.is_table:
            return self
        root = self.root()
        found = root.table_form
        if found is None:
            found = Shape(root.guest_type, None, "", 0, 0, root.counter, root.placement, False, True, root.is_watched)
            found.plain_form = root.plain_form
            root.table_form = found
        return found.closed() if self.is_closed else found

    @elidable
    def with_attributes(self, name: str, attributes: int) -> Shape:
        """The same properties in the same order, one of them with other attributes."""
        return self.rebuilt(self.root(), name, attributes)

    def rebuilt(self, root: Shape, name: str = "", attributes: int = 0) -> Shape:
        """These properties, one of them with other attributes, on top of another root: as objects of another type have them."""
        if self.is_table:
            return root.with_table().closed() if self.is_closed else root.with_table()
        shape = root
        for each in self.names():
            bits = attributes if each == name else self.place_of(each) & ATTRIBUTE_MASK
            shape = shape.extended(each, bits)
        return shape.closed() if self.is_closed else shape

    def watched(self) -> Shape:
        """The same properties of an object that is watched."""
        return self if self.is_watched else self.rebuilt(self.root().watched_root())

    @elidable
    def watched_root(self) -> Shape:
        """Of a root: that of the type's objects that are watched."""
        if self.is_watched:
            return self
        found = self.watched_form
        if found is None:
            found = Shape(self.guest_type, None, "", 0, 0, self.counter, self.placement, False, False, True)
            found.plain_form = self
            self.watched_form = found
        return found

    def plain_root(self) -> Shape:
        """The shape of the type's objects without properties that nobody watches."""
        root = self.root()
        plain = root.plain_form
        return root if plain is None else plain

    def root(self) -> Shape:
        """The shape of the type's objects without properties."""
        shape: Shape = self
        while shape.parent is not None:
            shape = shape.parent
        return shape


def _successor_key(name: str, attributes: int) -> str:
    return name if attributes == 0 else chr(attributes) + name


@final
class ShapeCounter:
    """Numbers the shapes of one type, so that tables can spread them."""

    def __init__(self) -> None:
        self.count = 0

    def next(self) -> int:
        """A new number."""
        self.count += 1
        return self.count


def root_shape(guest_type: GuestType, placement: Placement = IN_A_ROW) -> Shape:
    """The shape of an object of this type and placement without properties, made once by whoever owns the type."""
    return Shape(guest_type, None, "", 0, 0, ShapeCounter(), placement)


@final
@immutable_fields("guest_type", "current?")
class RootShapes:
    """The shapes without properties of one type, by the room in their objects. New objects begin with `current`.

    What an object gets after it was made cannot be in it if there is no room, so the room should be right from the start. `expect` tells what is known
    of a type before the first object. Objects that turn out to be larger get a row: room that grew with them would give the next objects of the type
    other shapes, and machine code that knows the first ones would be left everywhere.
    """

    def __init__(self, guest_type: GuestType, placement: Placement) -> None:
        self.guest_type = guest_type
        self.current: Shape = root_shape(guest_type, placement)
        self._known: list[Shape] = [self.current]
        guest_type.roots = self

    @elidable
    def of(self, placement: Placement) -> Shape:
        """That of objects which have this placement."""
        for shape in self._known:
            if shape.placement is placement:
                return shape
        shape = Shape(self.guest_type, None, "", 0, 0, self.current.counter, placement)
        self._known.append(shape)
        return shape

    @dont_look_inside
    def expect(self, count: int) -> None:
        """New objects will have so many properties, or more. Those that have all in a row keep to that."""
        needed = placement_for(count)
        room = self.current.placement.inside
        if room > 0 and needed.inside > room:
            self.current = self.of(needed)
