"""Moth's heap objects: strings, lists, closures, and objects with shapes.

A shape says which field is where. Objects made in the same way share one, so a trace asks for the shape once, and after that a
field is a load from a known place.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array, array_of, copy_items, unchecked_get
from tracewright.core.value import Value
from tracewright.hints import GuestCode, dont_look_inside, elidable, immutable_fields
from tracewright.lib.guest_globals import Global
from tracewright.lib.numeric_values import is_number, number_text, values_same
from tracewright.lib.tokens import SourceError


class Thing:
    """Base class of everything a Value can point to."""


@final
@immutable_fields("text")
class Text(Thing):
    def __init__(self, text: str) -> None:
        self.text = text


@final
class Cell(Thing):
    """A variable that a closure shares with the function around it."""

    def __init__(self, value: Value) -> None:
        self.value = value


@final
@immutable_fields("parent", "name", "count", "prototype")
class Shape:
    """The fields of an object: those of `parent`, then `name`. The empty shape knows the prototype."""

    def __init__(self, parent: Shape | None, name: str, count: int, prototype: Value) -> None:
        self.parent = parent
        self.name = name
        self.count = count
        self.prototype = prototype
        self.extensions: dict[str, Shape] = {}

    @elidable
    def extended(self, name: str) -> Shape:
        """With one more field: always the same answer."""
        found = self.extensions.get(name)
        if found is None:
            found = Shape(self, name, self.count + 1, self.prototype)
            self.extensions[name] = found
        return found


@elidable
def index_of(shape: Shape, name: str) -> int:
    """Where the field is, -1: nowhere."""
    here: Shape | None = shape
    while here is not None:
        if here.count > 0 and here.name == name:
            return here.count - 1
        here = here.parent
    return -1


@final
@immutable_fields("names[*]")
class Layout:
    """The field names of an object literal."""

    def __init__(self, names: Array[str]) -> None:
        self.names = names


@elidable
def shape_of(empty: Shape, layout: Layout) -> Shape:
    """The shape of an object made by a literal."""
    shape = empty
    for name in layout.names:
        shape = shape.extended(name)
    return shape


@final
class Object(Thing):
    """Fields, and (`offspring`) the empty shape of objects that have this one as their prototype."""

    def __init__(self, shape: Shape, values: Array[Value]) -> None:
        self.shape = shape
        self.values = values
        self.offspring: Shape | None = None

    @dont_look_inside
    def add(self, name: str, value: Value) -> None:
        """A new field."""
        values: Array[Value] = Array(len(self.values) + 1, value)
        copy_items(self.values, 0, values, 0, len(self.values))
        self.shape = self.shape.extended(name)
        self.values = values

    @dont_look_inside
    def make_offspring(self) -> Shape:
        made = Shape(None, "", 0, Value.of_object(self))
        self.offspring = made
        return made


@final
class List(Thing):
    """Items 1 to `length`; there may be room for more."""

    def __init__(self, items: Array[Value], length: int) -> None:
        self.items = items
        self.length = length

    @dont_look_inside
    def grow(self) -> None:
        items: Array[Value] = Array(2 * self.length + 4, Value.NULL)
        copy_items(self.items, 0, items, 0, self.length)
        self.items = items

    def push(self, value: Value) -> None:
        if self.length == len(self.items):
            self.grow()
        self.items[self.length] = value
        self.length += 1


@final
@immutable_fields(
    "name", "parameters", "frame_size", "words[*]", "constants[*]", "names[*]", "globals[*]", "codes[*]", "layouts[*]", "captures[*]",
)  # fmt: skip
class Code(GuestCode):
    """A compiled function. The compiler fills it in."""

    def __init__(self, name: str) -> None:
        super().__init__(0)
        self.name = name
        self.parameters = 0
        self.frame_size = 0
        self.words: Array[int] = Array(0, 0)
        self.lines: Array[int] = Array(0, 0)
        self.constants: Array[Value] = Array(0, Value.NULL)
        self.names: Array[str] = Array(0, "")
        self.globals: Array[Global] = NO_GLOBALS
        self.codes: Array[Code] = NO_CODES
        self.layouts: Array[Layout] = NO_LAYOUTS
        self.captures: Array[int] = Array(0, 0)  # k >= 0: the cell in the maker's register k, else its captured ~k


NO_GLOBALS: Final[Array[Global]] = array_of([])
NO_CODES: Final[Array[Code]] = array_of([])
NO_LAYOUTS: Final[Array[Layout]] = array_of([])
NO_CELLS: Final[Array[Cell]] = array_of([])


@final
@immutable_fields("code", "captured[*]")
class Closure(Thing):
    """A function with the variables it has from outside."""

    def __init__(self, code: Code, captured: Array[Cell]) -> None:
        self.code = code
        self.captured = captured


# --- what is true of all values --------------------------------------------------------------------------------------
def truth(value: Value) -> bool:
    """Everything is true but nil and false."""
    return not (value.same(Value.NULL) or value.same(Value.FALSE))


def as_object(value: Value) -> Object:
    """The object; an error for anything else."""
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, Object):
            return thing
    raise SourceError("this is not an object", 0)


def as_list(value: Value) -> List:
    """The list; an error for anything else."""
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, List):
            return thing
    raise SourceError("this is not a list", 0)


def equal(left: Value, right: Value) -> bool:
    if left.is_object() and right.is_object():
        a, b = left.as_object(), right.as_object()
        if isinstance(a, Text) and isinstance(b, Text):
            return texts_equal(a, b)
    return values_same(left, right)


@elidable
def texts_equal(left: Text, right: Text) -> bool:
    return left.text == right.text


@dont_look_inside
def shown(value: Value) -> str:
    """What `print` writes."""
    if is_number(value):
        return number_text(value)
    if value.is_bool():
        return "true" if value.as_bool() else "false"
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, Text):
            return thing.text
        if isinstance(thing, List):
            return "[" + ", ".join([shown(unchecked_get(thing.items, k)) for k in range(thing.length)]) + "]"
        return "<function>" if isinstance(thing, Closure) else "<object>"
    return "nil"
