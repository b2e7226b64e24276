"""Objects: properties by shape, with the prototype in the shape's type; arrays, functions, errors.

    p = {x: 1}; q = {x: 2}      p and q have one shape: (prototype Object.prototype; x at 0)

One guard on the shape proves the places of an object's own properties and which object is asked next.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, final

from tracewright.core.arrays import Array, copy_items, unchecked_get, unchecked_set
from tracewright.core.cast import unsafe_cast
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.guest.property_map import PropertyMap
from tracewright.guest.shapes import NOT_FOUND, GuestType, Shape, root_shape
from tracewright.guest.sites import PropertySite
from tracewright.hints import dont_look_inside, immutable_fields, promote, unroll_safe
from tracewright_javascript.bytecode import AnyRealm, Code
from tracewright_javascript.errors import type_error
from tracewright_javascript.values import EMPTY, is_nullish

INLINE_SLOTS: Final = 4  # of a new object


def index_of_text(name: str) -> int:
    """The index that a name spells, or -1 (also for those beyond nine digits)."""
    if 0 < len(name) <= 9 and name.isdigit() and name.isascii() and (name[0] != "0" or name == "0"):
        return int(name)
    return -1


@final
@immutable_fields("prototype")
class Family(GuestType):
    """The type of shapes whose objects have this prototype."""

    def __init__(self, name: str, prototype: JSObject | None) -> None:
        super().__init__(name)
        self.prototype = prototype


class JSObject(PropertyMap):
    """An object. `child_shape` is that of new objects whose prototype it is."""

    def __init__(self, shape: Shape, values: Array[Value]) -> None:
        super().__init__(shape, values)
        self.child_shape: Shape | None = None
        self.hidden = 0  # so many properties, the first ones, are not enumerable

    def visible_names(self) -> list[str]:
        """The names of enumerable properties: those that spell an index come first, in ascending order."""
        names = self.names()
        if self.hidden > 0:
            names = names[self.hidden :]
        indexes = [index_of_text(name) for name in names if index_of_text(name) >= 0]
        if len(indexes) == 0:
            return names
        indexes.sort()
        return [*[str(index) for index in indexes], *[name for name in names if index_of_text(name) < 0]]

    def hide(self) -> None:
        """What it has now is not enumerable."""
        self.hidden = len(self.names())

    def shape_of_children(self) -> Shape:
        """The shape of an object without properties that has this one as its prototype."""
        found = self.child_shape
        if found is None:
            found = root_shape(Family("object", self))
            self.child_shape = found
        return found


@final
class JSError(JSObject):
    """What `new Error` makes."""


@final
class JSArray(JSObject):
    """An array without holes: the first `count` of `items`."""

    def __init__(self, shape: Shape, items: Array[Value], count: int) -> None:
        super().__init__(shape, Array(0, Value.UNDEFINED))
        self.items = items
        self.count = count

    def push(self, value: Value) -> None:
        """One more element."""
        if self.count == len(self.items):
            self._grow()
        unchecked_set(self.items, self.count, value)
        self.count += 1

    @dont_look_inside
    def _grow(self) -> None:
        larger: Array[Value] = Array(self.count * 2 + 4, Value.UNDEFINED)
        copy_items(self.items, 0, larger, 0, self.count)
        self.items = larger


@final
@immutable_fields("code", "captured[*]")
class JSFunction(JSObject):
    """A function of the program, with what it took along from around."""

    def __init__(self, shape: Shape, code: Code, captured: Array[Value]) -> None:
        super().__init__(shape, Array(0, Value.UNDEFINED))
        self.code = code
        self.captured = captured
        self.home: JSObject | None = None  # of a method: where it was defined
        self.fields: Value = Value.UNDEFINED  # of a class: the function that gives instances their fields


@final
@immutable_fields("realm", "name", "length", "function", "builds")
class NativeFunction(JSObject):
    """A built-in: called with its realm, the stack, the base of its frame, and the number of arguments."""

    def __init__(
        self,
        shape: Shape,
        realm: AnyRealm,
        name: str,
        length: int,
        function: Callable[[AnyRealm, VMStack, int, int], Value],
        builds: bool,
    ) -> None:
        super().__init__(shape, Array(0, Value.UNDEFINED))
        self.realm = realm
        self.name = name
        self.length = length
        self.function = function
        self.builds = builds  # may stand behind `new`


def as_object(value: Value) -> JSObject | None:
    """The object that a value is, or None."""
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, JSObject):
            return thing
    return None


def prototype_of(thing: JSObject) -> JSObject | None:
    """The object that is asked for what this one has not."""
    return unsafe_cast(Family, promote(thing.shape).guest_type).prototype


@dont_look_inside
def set_prototype(thing: JSObject, prototype: JSObject) -> None:
    """Give an object another prototype; its properties stay where they are."""
    shape = prototype.shape_of_children()
    if thing.table is None:
        for name in thing.names():
            shape = shape.extended(name)
    thing.shape = shape


def own_at_site(thing: JSObject, site: PropertySite) -> Value:
    """The object's own property, or EMPTY."""
    index = site.index_in(thing.shape)
    if index != NOT_FOUND:
        return unchecked_get(thing.values, index)
    table = thing.table
    return EMPTY if table is None else _in_table(table, site.name)


def own_named(thing: JSObject, name: str) -> Value:
    """The same by name."""
    index = promote(thing.shape).index_of(name)
    if index != NOT_FOUND:
        return unchecked_get(thing.values, index)
    table = thing.table
    return EMPTY if table is None else _in_table(table, name)


@dont_look_inside
def _in_table(table: dict[str, Value], name: str) -> Value:
    return table.get(name, EMPTY)


@unroll_safe
def inherited(thing: JSObject, name: str) -> Value:
    """The property of the first prototype that has it, or EMPTY."""
    holder = prototype_of(thing)
    while holder is not None:
        value = own_named(holder, name)
        if not value.same(EMPTY):
            return value
        holder = prototype_of(holder)
    return EMPTY


def get_at_site(thing: JSObject, site: PropertySite) -> Value:
    """`thing.name` for an object, undefined where nobody has it."""
    value = own_at_site(thing, site)
    if value.same(EMPTY):
        value = inherited_or_special(thing, site.name)
    return value


def get_named(thing: JSObject, name: str) -> Value:
    """The same by name."""
    value = own_named(thing, name)
    if value.same(EMPTY):
        value = inherited_or_special(thing, name)
    return value


def inherited_or_special(thing: JSObject, name: str) -> Value:
    """What an object has not as a plain property of its own: `length` of arrays, `prototype` of functions, or inherited."""
    if isinstance(thing, JSArray) and name == "length":
        return Value.of_int(thing.count)
    value = inherited(thing, name)
    return Value.UNDEFINED if value.same(EMPTY) else value


def set_at_site(thing: JSObject, site: PropertySite, value: Value) -> None:
    """`thing.name = value`."""
    if isinstance(thing, JSArray) and site.name == "length":
        set_length(thing, value)
    else:
        thing.set(site, value)


@dont_look_inside
def set_length(array: JSArray, value: Value) -> None:
    """`array.length = value`, which can only shorten: longer arrays would have holes. Raises GuestFault."""
    if not value.is_int() or not 0 <= value.as_int() <= array.count:
        raise type_error("not there yet: arrays with holes")
    array.count = value.as_int()


def has_property(thing: JSObject, name: str) -> bool:
    """`name in thing`."""
    if isinstance(thing, JSArray) and name == "length":
        return True
    return not own_named(thing, name).same(EMPTY) or not inherited(thing, name).same(EMPTY)


def is_callable(value: Value) -> bool:
    """Whether it can be called."""
    thing = as_object(value)
    return isinstance(thing, (JSFunction, NativeFunction))


def check_object_coercible(value: Value, name: str) -> None:
    """Refuse undefined and null as an object whose property is read. Raises GuestFault."""
    if is_nullish(value):
        word = "undefined" if value.same(Value.UNDEFINED) else "null"
        raise type_error(f"Cannot read properties of {word} (reading '{name}')")
