"""What Moth's values point to, besides strings: closures, and objects with shapes."""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.guest.diagnostics import SourceError
from tracewright.guest.objects import GuestObject, as_guest_object
from tracewright.guest.placements import row_for
from tracewright.guest.property_map import SlottedMap
from tracewright.guest.register_code import RegisterCode
from tracewright.guest.shapes import Shape
from tracewright.guest.sites import PropertySite
from tracewright.hints import immutable_fields, unroll_safe

PARENT: Final = "parent"  # the field with the object that is asked for fields which an object lacks


@final
@immutable_fields("code", "values[*]")
class Closure(GuestObject):
    """A function, and the values that the variables around it had when it was made."""

    def __init__(self, code: RegisterCode, values: Array[Value]) -> None:
        self.code = code
        self.values = values

    def shown(self) -> str:
        return f"<function {self.code.name}>"


@final
class Object(SlottedMap):
    """Fields by name."""


@unroll_safe
def object_of(shape: Shape, stack: VMStack, first: int) -> Object:
    """An object whose fields are the values in adjacent registers. A trace knows the shape, and makes no object that does not leave the loop."""
    result = Object(shape)
    inside = shape.placement.inside
    if shape.count > inside:
        result.row = row_for(shape.count - inside)
    for number in range(shape.count):
        result.put(shape.placement.index(number), stack[first + number])
    return result


def as_object(value: Value) -> Object:
    """The object; an error for anything else."""
    thing = as_guest_object(value)
    if isinstance(thing, Object):
        return thing
    raise SourceError("this is not an object")


def load_field(target: Value, site: PropertySite) -> Value:
    """The object's field, or else its parent's."""
    thing = as_object(target)
    value = thing.get(site)
    return value if not value.same(Value.UNDEFINED) else inherited(thing, site.name)


def inherited(thing: Object, name: str) -> Value:
    """The field of the object's parent, or of that one's."""
    parent = thing.get_named(PARENT)
    if parent.same(Value.UNDEFINED):
        raise SourceError(f"there is no field '{name}'")
    ancestor = as_object(parent)
    value = ancestor.get_named(name)
    return value if not value.same(Value.UNDEFINED) else inherited(ancestor, name)
