"""An object gets another prototype: another family of shapes, in which its properties stay where they are."""

from __future__ import annotations

from tracewright.guest.placements import BARE, THREE
from tracewright.guest.shapes import RootShapes, Shape, root_shape
from tracewright.hints import dont_look_inside
from tracewright_javascript.families import Family, Kind, family_of
from tracewright_javascript.objects import JSObject, prototype_of


@dont_look_inside
def set_prototype(thing: JSObject, prototype: JSObject | None) -> None:
    """Give an object another prototype, allowed or not; its properties stay where they are."""
    kind = family_of(thing.shape).kind
    placement = thing.shape.placement
    if placement is not BARE:
        thing.move_to((_orphan_shapes(thing) if prototype is None else prototype.shapes_of_children()).of(placement))
    elif prototype is None:
        thing.move_to(bare_orphan_shape(kind))
    elif kind == Kind.ORDINARY:
        thing.move_to(prototype.bare_shape_of_children())
    else:
        thing.move_to(prototype.special_shape_of_children(kind))


def bare_orphan_shape(kind: int) -> Shape:
    """A shape of objects without prototype and properties that are no plain ones."""
    return root_shape(Family(None, kind), BARE)


def _orphan_shapes(thing: JSObject) -> RootShapes:
    """The shapes of plain objects without prototype and properties: what is behind every chain of prototypes has one of them, as a rule."""
    last = thing
    parent = prototype_of(last)
    while parent is not None:
        last = parent
        parent = prototype_of(last)
    roots = last.shape.guest_type.roots
    return RootShapes(Family(None, Kind.ORDINARY), THREE) if roots is None else roots
