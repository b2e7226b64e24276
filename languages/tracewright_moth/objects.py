"""What Moth's values point to, besides strings: closures, and objects with shapes."""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array, copy_items, unchecked_get, unchecked_set
from tracewright.core.value import Value
from tracewright.guest.diagnostics import SourceError
from tracewright.guest.objects import GuestObject, as_guest_object
from tracewright.guest.register_code import RegisterCode
from tracewright.hints import dont_look_inside, elidable, immutable_fields, promote

PARENT: Final = "parent"  # the field with the object that is asked for fields which an object lacks
NOT_FOUND: Final = -1


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
class Shape:
    """Which field is where.

    Objects that got the same fields in the same order share one. So a trace asks for the shape once, and after that a
    field is a load from a known place.
    """

    def __init__(self, names: list[str]) -> None:
        self.indexes: dict[str, int] = {name: index for index, name in enumerate(names)}
        self.larger: dict[str, Shape] = {}

    def with_field(self, name: str) -> Shape:
        """The shape with one more field."""
        if name not in self.larger:
            self.larger[name] = Shape([*self.indexes, name])
        return self.larger[name]

    @elidable
    def index_of(self, name: str) -> int:
        """Where the field is, or NOT_FOUND. Of a shape and a name that a trace knows, nothing is searched."""
        return self.indexes.get(name, NOT_FOUND)


@final
class Object(GuestObject):
    """The values of its fields, in the order of its shape."""

    def __init__(self, shape: Shape, values: Array[Value]) -> None:
        self.shape = shape
        self.values = values

    @dont_look_inside
    def add(self, name: str, value: Value) -> None:
        """A new field."""
        values: Array[Value] = Array(len(self.values) + 1, value)
        copy_items(self.values, 0, values, 0, len(self.values))
        self.shape = self.shape.with_field(name)
        self.values = values


def as_object(value: Value) -> Object:
    """The object; an error for anything else."""
    thing = as_guest_object(value)
    if isinstance(thing, Object):
        return thing
    raise SourceError("this is not an object")


def load_field(target: Value, name: str) -> Value:
    """The object's field, or else its parent's."""
    thing = as_object(target)
    shape = promote(thing.shape)
    index = shape.index_of(name)
    if index != NOT_FOUND:
        return unchecked_get(thing.values, index)
    parent = shape.index_of(PARENT)
    if parent == NOT_FOUND:
        raise SourceError(f"there is no field '{name}'")
    return load_field(unchecked_get(thing.values, parent), name)


def store_field(target: Value, name: str, value: Value) -> None:
    """Change a field of the object's own, or add it."""
    thing = as_object(target)
    index = promote(thing.shape).index_of(name)
    if index != NOT_FOUND:
        unchecked_set(thing.values, index, value)
    else:
        thing.add(name, value)
