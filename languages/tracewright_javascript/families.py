"""What shapes lead to: the prototype of their objects, and what is known of it; and what few objects have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, final

from tracewright.core.cast import unsafe_cast
from tracewright.core.value import Value
from tracewright.guest.placements import BARE
from tracewright.guest.shapes import ATTRIBUTE_BITS, GuestType, RootShapes, Shape, root_shape
from tracewright.hints import elidable, immutable_fields, isconstant, promote_few, we_are_jitted
from tracewright_javascript.elements import Elements
from tracewright_javascript.epochs import Epoch

if TYPE_CHECKING:
    from tracewright_javascript.objects import JSObject

MOST_REPLACEMENTS: Final = 16  # of values in a watched object, while traces rely on them


class Kind:
    """Where an object's own named properties are, besides its shape or table."""

    ORDINARY: Final = 0  # nowhere
    LAZY: Final = 1  # a function that has not got its `length`, `name` and `prototype` yet: `complete` adds them
    ARRAY: Final = 2  # `length` is a field
    TYPED: Final = 3  # nowhere; but names that spell numbers are no properties
    EXOTIC: Final = 4  # the internal methods have to be asked, always


@final
@immutable_fields("prototype", "kind", "facts")
class Family(GuestType):
    """The type of shapes whose objects have this prototype."""

    def __init__(self, prototype: JSObject | None, kind: int) -> None:
        super().__init__("object")
        self.prototype = prototype
        self.kind = kind
        self.facts: WatchedFacts | None = None if prototype is None else prototype.watch()


def family_of(shape: Shape) -> Family:
    """The prototype and kind of objects of a shape."""
    return unsafe_cast(Family, shape.guest_type)


@final
@immutable_fields("lazy", "array", "typed", "exotic")
class SpecialShapes:
    """The shapes of objects without properties that have one prototype and are not ordinary."""

    def __init__(self, prototype: JSObject) -> None:
        self.lazy: Shape = root_shape(Family(prototype, Kind.LAZY), BARE)
        self.array: Shape = root_shape(Family(prototype, Kind.ARRAY), BARE)
        self.typed: Shape = root_shape(Family(prototype, Kind.TYPED), BARE)
        self.exotic: Shape = root_shape(Family(prototype, Kind.EXOTIC), BARE)


@final
@immutable_fields("holder", "shape?", "version?", "is_steady?", "has_elements?", "instances?", "children?", "epoch")
class WatchedFacts:
    """What is known of an object whose changes are noticed: a prototype, a namespace, a constructor. Traces take its shape and the values in
    it as they are now; a change discards the machine code that has done so. An object whose values change often is not steady."""

    def __init__(self, holder: JSObject) -> None:
        above = family_of(holder.shape).facts
        self.epoch: Epoch = Epoch() if above is None else above.epoch
        self.holder = holder
        self.shape = holder.shape
        self.version = 0  # of its values
        self.is_steady = True
        self.replacements = 0
        self.has_elements = (
            holder.index_elements() is not None
        )  # of no dense array: of these, whoever wants to know asks
        self.keeps_prototype = False  # of `Object.prototype`: it never gets another one
        self.children: RootShapes | None = None  # of plain objects whose prototype it is
        self.bare_shape: Shape | None = None  # of other objects of the ordinary kind
        self.special_shapes: SpecialShapes | None = None
        self.instances: RootShapes | None = (
            None  # of a constructor: of what `new` makes, while its `prototype` is what it was
        )

    def note_change(self, is_replaced: bool) -> None:
        """Something in it has changed; `is_replaced` says that a value was there before."""
        if self.shape is not self.holder.shape:
            self.shape = self.holder.shape
        if self.instances is not None:
            self.instances = None
        self.version += 1
        if self.is_steady or not is_replaced:
            self.epoch.number += 1
        if self.is_steady and is_replaced:
            self.replacements += 1
            self.is_steady = self.replacements < MOST_REPLACEMENTS


@elidable
def facts_of_watched(thing: JSObject) -> WatchedFacts:
    """What is known of an object that is watched: for good, so that it is a constant in traces once the object is one."""
    extra = thing.get_extra()
    assert extra is not None
    facts = extra.facts
    assert facts is not None
    return facts


@elidable
def steady_value(facts: WatchedFacts, version: int, place: int) -> Value:
    """What is at a place of a watched object, as of now."""
    return facts.holder.item(place >> ATTRIBUTE_BITS)


@final
class Extra:
    """What few objects have."""

    def __init__(self) -> None:
        self.facts: WatchedFacts | None = None  # of an object that is watched, for good
        self.elements: Elements | None = None


def is_one_of_many(shape: Shape) -> bool:
    """Whether a trace goes for all shapes here, for it has met too many to tell them apart. Never so in the cold interpreter."""
    return we_are_jitted() and not isconstant(promote_few(shape))
