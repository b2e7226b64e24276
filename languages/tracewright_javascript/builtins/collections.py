"""`Map` and `Set`."""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.guest.placements import NO_ROW
from tracewright.guest.shapes import Shape
from tracewright_javascript.builtins.arguments import argument_at, prototype_to_make, require_new, this_of
from tracewright_javascript.builtins.iterators import install_iterator
from tracewright_javascript.builtins.rows import (
    NativeRow,
    install_constructor,
    install_getter,
    install_methods,
    install_self_hosted,
    install_species,
    install_tag,
    install_value,
)
from tracewright_javascript.bytecode import AnyRealm
from tracewright_javascript.calls import call
from tracewright_javascript.conversions import to_display
from tracewright_javascript.errors import GuestFault, Thrown, type_error
from tracewright_javascript.functions import new_native
from tracewright_javascript.iteration import NativeIterator, close_after_error, iterator_of, next_value
from tracewright_javascript.keys import ITERATOR, key_of_index
from tracewright_javascript.lookups import get_named
from tracewright_javascript.objects import JSObject, as_object, is_callable
from tracewright_javascript.ordered_table import ABSENT, OrderedTable, Walk
from tracewright_javascript.realm import Realm, as_realm
from tracewright_javascript.values import EMPTY, int_number, is_nullish

MAP_ITERATOR: Final = "Map Iterator"
SET_ITERATOR: Final = "Set Iterator"


class Part:
    """What an iterator gives of each entry."""

    KEYS: Final = 0
    VALUES: Final = 1
    ENTRIES: Final = 2


@final
class JSMap(JSObject):
    """What `new Map` makes."""

    def __init__(self, shape: Shape) -> None:
        super().__init__(shape, NO_ROW)
        self.entries: OrderedTable = OrderedTable(True)


@final
class JSSet(JSObject):
    """What `new Set` makes: keys are their own values."""

    def __init__(self, shape: Shape) -> None:
        super().__init__(shape, NO_ROW)
        self.entries: OrderedTable = OrderedTable(False)


def this_map(value: Value, method: str) -> OrderedTable:
    """The table of a map that a method is called on. Raises GuestFault."""
    thing = as_object(value)
    if isinstance(thing, JSMap):
        return thing.entries
    shown = to_display(value)
    raise type_error(f"Method Map.prototype.{method} called on incompatible receiver {shown}")


def this_set(value: Value, method: str) -> OrderedTable:
    """The table of a set that a method is called on. Raises GuestFault."""
    thing = as_object(value)
    if isinstance(thing, JSSet):
        return thing.entries
    shown = to_display(value)
    raise type_error(f"Method Set.prototype.{method} called on incompatible receiver {shown}")


# Constructors


def fill_from_entries(realm: Realm, target: JSObject, iterable: Value, adder_name: str) -> None:
    """Call the `set` of a new map for each entry of an iterable. Raises GuestFault and Thrown."""
    if is_nullish(iterable):
        return
    adder = get_named(target, adder_name)
    if not is_callable(adder):
        raise type_error(f"'{to_display(adder)}' returned for property '{adder_name}' is not a function")
    iteration = iterator_of(realm, iterable)
    entry = next_value(iteration)
    while not entry.same(EMPTY):
        try:
            thing = as_object(entry)
            if thing is None:
                raise type_error(f"Iterator value {to_display(entry)} is not an entry object")
            key = thing.get_property(key_of_index(0), entry)
            call(adder, Value.of_object(target), [key, thing.get_property(key_of_index(1), entry)])
        except (GuestFault, Thrown):
            close_after_error(iteration)
            raise
        entry = next_value(iteration)


def fill_from_values(realm: Realm, target: JSObject, iterable: Value) -> None:
    """Call the `add` of a new set for each value of an iterable. Raises GuestFault and Thrown."""
    if is_nullish(iterable):
        return
    adder = get_named(target, "add")
    if not is_callable(adder):
        raise type_error(f"'{to_display(adder)}' returned for property 'add' is not a function")
    iteration = iterator_of(realm, iterable)
    value = next_value(iteration)
    while not value.same(EMPTY):
        try:
            call(adder, Value.of_object(target), [value])
        except (GuestFault, Thrown):
            close_after_error(iteration)
            raise
        value = next_value(iteration)


def _map(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    require_new(stack, frame, "Map")
    prototype = prototype_to_make(stack, frame, lambda where: where.map_prototype)
    result = JSMap(prototype.bare_shape_of_children())
    fill_from_entries(as_realm(realm), result, argument_at(stack, frame, count, 0), "set")
    return Value.of_object(result)


def _set(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    require_new(stack, frame, "Set")
    prototype = prototype_to_make(stack, frame, lambda where: where.set_prototype)
    result = JSSet(prototype.bare_shape_of_children())
    fill_from_values(as_realm(realm), result, argument_at(stack, frame, count, 0))
    return Value.of_object(result)


# Maps


def _map_get(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return this_map(this_of(stack, frame), "get").get(argument_at(stack, frame, count, 0))


def _map_set(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    table = this_map(this_of(stack, frame), "set")
    table.set(argument_at(stack, frame, count, 0), argument_at(stack, frame, count, 1))
    return this_of(stack, frame)


def _map_has(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return Value.of_bool(this_map(this_of(stack, frame), "has").has(argument_at(stack, frame, count, 0)))


def _map_delete(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return Value.of_bool(this_map(this_of(stack, frame), "delete").remove(argument_at(stack, frame, count, 0)))


def _map_clear(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    this_map(this_of(stack, frame), "clear").clear()
    return Value.UNDEFINED


def _map_size(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return int_number(this_map(this_of(stack, frame), "size").count)


# Sets


def _set_add(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    this_set(this_of(stack, frame), "add").add(argument_at(stack, frame, count, 0))
    return this_of(stack, frame)


def _set_has(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return Value.of_bool(this_set(this_of(stack, frame), "has").has(argument_at(stack, frame, count, 0)))


def _set_delete(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return Value.of_bool(this_set(this_of(stack, frame), "delete").remove(argument_at(stack, frame, count, 0)))


def _set_clear(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    this_set(this_of(stack, frame), "clear").clear()
    return Value.UNDEFINED


def _set_size(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return int_number(this_set(this_of(stack, frame), "size").count)


# Iterators


@final
class CollectionIterator(NativeIterator):
    """Walks over a map or a set."""

    def __init__(self, shape: Shape, realm: Realm, table: OrderedTable, part: int, brand: str) -> None:
        super().__init__(shape, True)
        self.realm = realm
        self.walk: Walk | None = Walk(table)
        self.part = part
        self.name = brand

    def brand(self) -> str:
        return self.name

    def step(self) -> Value:
        walk = self.walk
        if walk is None:
            return EMPTY
        place = walk.next_place()
        if place == ABSENT:
            self.walk = None
            return EMPTY
        key = walk.table.keys[place]
        if self.part == Part.KEYS:
            return key
        value = walk.table.values[place]
        if self.part == Part.VALUES:
            return value
        entry = Array(2, value)
        entry[0] = key
        return Value.of_object(self.realm.new_array(entry, 2))


def _map_walk(realm: AnyRealm, stack: VMStack, frame: int, part: int, method: str) -> Value:
    own = as_realm(realm)
    table = this_map(this_of(stack, frame), method)
    shape = own.map_iterator_prototype.bare_shape_of_children()
    return Value.of_object(CollectionIterator(shape, own, table, part, MAP_ITERATOR))


def _set_walk(realm: AnyRealm, stack: VMStack, frame: int, part: int, method: str) -> Value:
    own = as_realm(realm)
    table = this_set(this_of(stack, frame), method)
    shape = own.set_iterator_prototype.bare_shape_of_children()
    return Value.of_object(CollectionIterator(shape, own, table, part, SET_ITERATOR))


def _this(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return this_of(stack, frame)


MAP_METHODS: Final[list[NativeRow]] = [
    ("clear", 0, _map_clear),
    ("delete", 1, _map_delete),
    ("get", 1, _map_get),
    ("has", 1, _map_has),
    ("keys", 0, lambda r, s, f, n: _map_walk(r, s, f, Part.KEYS, "keys")),
    ("set", 2, _map_set),
    ("values", 0, lambda r, s, f, n: _map_walk(r, s, f, Part.VALUES, "values")),
]
SET_METHODS: Final[list[NativeRow]] = [
    ("add", 1, _set_add),
    ("clear", 0, _set_clear),
    ("delete", 1, _set_delete),
    ("entries", 0, lambda r, s, f, n: _set_walk(r, s, f, Part.ENTRIES, "entries")),
    ("has", 1, _set_has),
]


def install_collections(realm: Realm) -> None:
    """Give a realm its `Map` and `Set`."""
    maps = install_constructor(realm, "Map", 0, _map, realm.map_prototype)
    install_species(realm, maps, _this)
    install_self_hosted(realm, maps, [("groupBy", 2, "collections.mapGroupBy")])
    install_methods(realm, realm.map_prototype, MAP_METHODS)
    install_self_hosted(realm, realm.map_prototype, [("forEach", 1, "collections.mapForEach")])
    install_getter(realm, realm.map_prototype, "size", _map_size)
    install_tag(realm.map_prototype, "Map")
    entries = Value.of_object(
        new_native(realm, "entries", 0, lambda r, s, f, n: _map_walk(r, s, f, Part.ENTRIES, "entries"))
    )
    install_value(realm.map_prototype, "entries", entries)
    install_value(realm.map_prototype, ITERATOR.name, entries)
    install_iterator(realm, realm.map_iterator_prototype, MAP_ITERATOR)
    sets = install_constructor(realm, "Set", 0, _set, realm.set_prototype)
    install_species(realm, sets, _this)
    install_methods(realm, realm.set_prototype, SET_METHODS)
    install_self_hosted(realm, realm.set_prototype, [("forEach", 1, "collections.setForEach")])
    install_getter(realm, realm.set_prototype, "size", _set_size)
    install_tag(realm.set_prototype, "Set")
    values = Value.of_object(
        new_native(realm, "values", 0, lambda r, s, f, n: _set_walk(r, s, f, Part.VALUES, "values"))
    )
    for name in ("keys", "values", ITERATOR.name):
        install_value(realm.set_prototype, name, values)
    install_iterator(realm, realm.set_iterator_prototype, SET_ITERATOR)
