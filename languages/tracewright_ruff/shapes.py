"""Hidden classes: which field lives at which index. Structs have them, and small dicts with string keys.

Instances built with the same names in the same order have the same `Shape`, so a trace that has promoted the shape
reads a field as a load at a constant index.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.value import Value
from tracewright.hints import dont_look_inside, elidable, immutable_fields

MAX_TRANSITIONS: Final = 48  # more successors than this: the names are data, not a layout


@final
@immutable_fields("name", "version?")
class StructType:
    """A struct name of the program and its methods. Structs need no declaration, so any name may have one."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.methods: dict[str, Value] = {}
        self.version = 0  # changes with `methods`, so that traces may look methods up once

    def define(self, name: str, method: Value) -> None:
        """Add or replace one method."""
        self.methods[name] = method
        self.version += 1


@elidable
def find_method_at(struct_type: StructType, version: int, name: str) -> Value:
    """The method `name` in that version of the type; UNDEFINED where there is none."""
    return struct_type.methods.get(name, Value.UNDEFINED)


def find_method(struct_type: StructType, name: str) -> Value:
    """The method `name` as of now; UNDEFINED where there is none. Constant in traces once the type is."""
    return find_method_at(struct_type, struct_type.version, name)


@final
@immutable_fields("struct_type", "count", "last", "parent")
class Shape:
    """An ordered row of field names. Made only by `empty_shape` and `Shape.extended`, so equal rows are one object."""

    def __init__(self, struct_type: StructType, parent: Shape | None, last: str, count: int) -> None:
        self.struct_type = struct_type
        self.parent = parent
        self.last = last  # the name at index count - 1
        self.count = count
        self.indexes: dict[str, int] = {}
        self.successors: dict[str, Shape] = {}
        if parent is not None:
            self.indexes.update(parent.indexes)
            self.indexes[last] = count - 1

    def names(self) -> list[str]:
        """All names in order of their indexes."""
        return list(self.indexes)

    @dont_look_inside
    def extended(self, name: str) -> Shape:
        """This shape with one more field, which it must not have yet."""
        successor = self.successors.get(name)
        if successor is None:
            successor = Shape(self.struct_type, self, name, self.count + 1)
            self.successors[name] = successor
        return successor

    def crowded(self, name: str) -> bool:
        """Whether adding `name` would make yet another successor of a shape that has too many."""
        return len(self.successors) >= MAX_TRANSITIONS and name not in self.successors


@elidable
def index_of(shape: Shape, name: str) -> int:
    """Where the field lives, or -1."""
    return shape.indexes.get(name, -1)


def empty_shape(struct_type: StructType) -> Shape:
    """The root of the shapes of one type."""
    return Shape(struct_type, None, "", 0)
