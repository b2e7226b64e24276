"""Private names of classes: properties under keys that no program can write, which no internal method sees."""

from __future__ import annotations

from tracewright.core.value import Value
from tracewright.guest.shapes import ATTRIBUTE_BITS, NOT_FOUND, Shape
from tracewright.hints import dont_look_inside, promote, we_are_jitted
from tracewright_javascript.conversions import to_display
from tracewright_javascript.errors import GuestFault, type_error
from tracewright_javascript.keys import JSSymbol
from tracewright_javascript.objects import JSObject, as_object, call_getter, call_setter
from tracewright_javascript.opcodes import Op
from tracewright_javascript.properties import ACCESSOR, NOT_WRITABLE, AccessorPair, pair_in
from tracewright_javascript.realm import Realm


@dont_look_inside
def new_private_name(realm: Realm, description: str) -> Value:
    """The key that a private name means, each time its class is evaluated."""
    return Value.of_object(realm.agent.new_private_name(description))


def get_private(value: Value, name: JSSymbol) -> Value:
    """`value.#name`. Raises GuestFault and Thrown."""
    thing = as_object(value)
    if thing is not None:
        shape = promote(thing.shape)
        place = _place_in(shape, name)
        if place != NOT_FOUND:
            slot = thing.item(place >> ATTRIBUTE_BITS)
            return slot if place & ACCESSOR == 0 else _read(slot, value, name)
        if shape.is_table:
            return _get_in_table(thing, value, name)
    raise _missing("read", name)


@dont_look_inside
def _read(slot: Value, value: Value, name: JSSymbol) -> Value:
    if pair_in(slot).getter.same(Value.UNDEFINED):
        raise type_error(f"'{name.description}' was defined without a getter")
    return call_getter(slot, value)


@dont_look_inside
def _get_in_table(thing: JSObject, value: Value, name: JSSymbol) -> Value:
    found = thing.named_property(name.name)
    if found is None:
        raise _missing("read", name)
    return _read(found.slot, value, name) if found.is_accessor() else found.slot


@dont_look_inside
def _missing(what: str, name: JSSymbol) -> GuestFault:
    preposition = "from" if what == "read" else "to"
    return type_error(
        f"Cannot {what} private member {name.description} {preposition} an object whose class did not declare it"
    )


def _place_in(shape: Shape, name: JSSymbol) -> int:
    if we_are_jitted():
        return shape.place_of(promote(name).name)
    place = name.known_place(shape)
    if place == NOT_FOUND:
        place = shape.place_of(name.name)
        if place != NOT_FOUND:
            name.remember(shape, place)
    return place


def set_private(value: Value, name: JSSymbol, new: Value) -> None:
    """`value.#name = new`. Raises GuestFault and Thrown."""
    thing = as_object(value)
    if thing is not None:
        place = _place_in(promote(thing.shape), name)
        if place != NOT_FOUND and place & (ACCESSOR | NOT_WRITABLE) == 0:  # nobody inherits it, so nobody relies on it
            thing.put(place >> ATTRIBUTE_BITS, new)
            return
    _set_slowly(value, name, new)


@dont_look_inside
def _set_slowly(value: Value, name: JSSymbol, new: Value) -> None:
    thing = as_object(value)
    found = thing.named_property(name.name) if thing is not None else None
    if thing is None or found is None:
        raise _missing("write", name)
    if found.is_accessor():
        if not call_setter(found.slot, new, value):
            raise type_error(f"'{name.description}' was defined without a setter")
    elif not found.is_writable():
        raise type_error(f"Private method '{name.description}' is not writable")
    else:
        thing.set_named(name.name, new)


def has_private(value: Value, name: JSSymbol) -> bool:
    """`#name in value`. Raises GuestFault."""
    thing = as_object(value)
    if thing is None:
        raise type_error(f"Cannot use 'in' operator to search for '{name.description}' in {to_display(value)}")
    shape = promote(thing.shape)
    return shape.place_of(promote(name).name) != NOT_FOUND or shape.is_table and _in_table(thing, name)


@dont_look_inside
def _in_table(thing: JSObject, name: JSSymbol) -> bool:
    return thing.named_property(name.name) is not None


def add_private(value: Value, name: JSSymbol, new: Value) -> None:
    """Give an object a private field. Raises GuestFault."""
    thing = as_object(value)
    assert thing is not None
    shape = promote(thing.shape)
    if shape.is_table or shape.is_closed or shape.place_of(promote(name).name) != NOT_FOUND:
        _add_slowly(thing, name, new, 0)
    else:
        thing.add(name.name, new)


@dont_look_inside
def _add_slowly(thing: JSObject, name: JSSymbol, new: Value, attributes: int) -> None:
    if thing.named_property(name.name) is not None:
        raise type_error("Cannot initialize " + name.description + " twice on the same object")
    is_closed = thing.shape.is_closed
    thing.add(name.name, new, attributes)
    if is_closed:
        thing.close()


@dont_look_inside
def add_private_method(operation: int, value: Value, name_value: Value, function: Value) -> None:
    """Give an object a private method, or a half of an accessor. Raises GuestFault."""
    thing = as_object(value)
    name = name_value.as_object()
    assert thing is not None and isinstance(name, JSSymbol)
    if operation == Op.ADD_PRIVATE_METHOD:
        _add_slowly(thing, name, function, NOT_WRITABLE)
        return
    found = thing.named_property(name.name)
    is_getter = operation == Op.ADD_PRIVATE_GETTER
    if found is None or not found.is_accessor():
        pair = AccessorPair(function, Value.UNDEFINED) if is_getter else AccessorPair(Value.UNDEFINED, function)
        _add_slowly(thing, name, Value.of_object(pair), ACCESSOR)
        return
    known = pair_in(found.slot)
    if not (known.getter if is_getter else known.setter).same(Value.UNDEFINED):
        raise type_error("Cannot initialize " + name.description + " twice on the same object")
    if is_getter:
        known.getter = function
    else:
        known.setter = function
