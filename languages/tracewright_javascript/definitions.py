"""How instructions define properties: in literals and classes, and the globals of scripts."""

from __future__ import annotations

from tracewright.core.cast import unsafe_cast
from tracewright.core.value import Value
from tracewright.guest.shapes import ATTRIBUTE_BITS, ATTRIBUTE_MASK, NOT_FOUND, WATCHED
from tracewright.hints import dont_look_inside, inlined, promote, we_are_jitted
from tracewright_javascript.access import key_value, no_property_to_read, not_assignable
from tracewright_javascript.conversions import key_in_words, to_key
from tracewright_javascript.errors import GuestFault, type_error
from tracewright_javascript.families import Kind, family_of
from tracewright_javascript.functions import JSFunction, name_of_key
from tracewright_javascript.global_object import GlobalCell
from tracewright_javascript.keys import NO_INDEX, Key
from tracewright_javascript.objects import JSObject, as_object
from tracewright_javascript.opcodes import GlobalKind, Op
from tracewright_javascript.properties import (
    HIDDEN,
    NOT_CONFIGURABLE,
    PLAIN,
    Descriptor,
    accessor_descriptor,
    data_descriptor,
)
from tracewright_javascript.prototypes import set_prototype
from tracewright_javascript.realm import Realm
from tracewright_javascript.values import EMPTY, is_nullish, string_value
from tracewright_javascript.write_sites import WriteSite


@inlined
def define_at_site(thing: JSObject, site: WriteSite, value: Value) -> None:
    """`{name: value}`, and `class { name = value }`. Raises GuestFault and Thrown."""
    known = None if we_are_jitted() else site.defined
    if known is not None and known.shape is thing.shape:
        thing.put(known.field, value)
        thing.shape = known.larger
    else:
        _define_at_site(thing, site, value)


def _define_at_site(thing: JSObject, write_site: WriteSite, value: Value) -> None:
    site = write_site.own
    place = site.place_in(thing.shape)
    if place != NOT_FOUND and place & (ATTRIBUTE_MASK | WATCHED) == PLAIN:
        thing.put(place >> ATTRIBUTE_BITS, value)
        return
    shape = promote(thing.shape)
    if place != NOT_FOUND or shape.is_table or shape.is_closed or family_of(shape).kind != Kind.ORDINARY:
        define(thing, Key(site.name, NO_INDEX), data_descriptor(value))
    else:
        thing.add(site.name, value)
        if not we_are_jitted():
            write_site.learn_definition(shape, thing.shape)


@dont_look_inside
def define(thing: JSObject, key: Key, description: Descriptor) -> None:
    """DefinePropertyOrThrow. Raises GuestFault and Thrown."""
    if not thing.define_property(key, description):
        raise type_error(f"Cannot redefine property: {key_in_words(key)}")


@dont_look_inside
def define_computed(operation: int, value: Value, key_word: Value, new: Value) -> None:
    """The instructions whose key is a value. Raises GuestFault and Thrown."""
    thing = unsafe_cast(JSObject, value.as_object())
    key = to_key(key_word)
    match operation:
        case Op.DEFINE_METHOD:
            define(thing, key, data_descriptor(new, HIDDEN))
        case Op.DEFINE_GETTER:
            define(thing, key, accessor_descriptor(new, EMPTY))
        case Op.DEFINE_SETTER:
            define(thing, key, accessor_descriptor(EMPTY, new))
        case Op.HIDE:
            define(thing, key, Descriptor(EMPTY, HIDDEN, HIDDEN))
        case _:
            define(thing, key, data_descriptor(new))


@dont_look_inside
def key_as_value(realm: Realm, value: Value) -> Value:
    """ToPropertyKey: an int of an index stays what it is. Raises GuestFault and Thrown."""
    return value if value.is_int() and value.as_int() >= 0 else key_value(realm, to_key(value))


def key_of_property(realm: Realm, value: Value, key: Value) -> Value:
    """The key of `value[key]` where it is both read and written: it is converted once. Raises GuestFault and Thrown."""
    if key.is_int() and key.as_int() >= 0 and value.is_object():
        return key
    if is_nullish(value):
        raise no_property_to_read(value, key_in_words(to_key(key)) if as_object(key) is None else "[object]")
    return key_as_value(realm, key)


@dont_look_inside
def set_function_name(realm: Realm, value: Value, key_word: Value, accessor: int) -> None:
    """The name of a function whose key was computed."""
    key = to_key(key_word)
    name = name_of_key(realm, key.name) if key.index == NO_INDEX else str(key.index)
    prefix = "get " if accessor == 1 else "set " if accessor == 2 else ""
    function = unsafe_cast(JSFunction, value.as_object())
    function.make_facts().name = string_value(prefix + name)
    if function.code.is_class:  # which has got its properties when it got its prototype
        function.set_named("name", function.name())


@dont_look_inside
def set_literal_prototype(value: Value, prototype: Value) -> None:
    """`{__proto__: prototype}`: what is neither an object nor null is passed over."""
    parent = as_object(prototype)
    if parent is not None or prototype.same(Value.NULL):
        set_prototype(unsafe_cast(JSObject, value.as_object()), parent)


# Globals


@dont_look_inside
def load_uncommon(realm: Realm, cell: GlobalCell) -> Value:
    """A global that is not in its cell: an accessor, inherited, or not there. Raises GuestFault and Thrown."""
    key = Key(cell.name, NO_INDEX)
    thing = realm.global_object
    if cell.is_lexical or not thing.has_property(key):
        raise cell.missing()
    return thing.get_property(key, Value.of_object(thing))


@dont_look_inside
def store_uncommon(realm: Realm, cell: GlobalCell, value: Value, is_strict: bool) -> None:
    """An assignment to a global that is not simply writable. Raises GuestFault and Thrown."""
    if cell.is_lexical:
        if cell.value.same(EMPTY):
            raise cell.missing()
        raise type_error("Assignment to constant variable.")
    thing = realm.global_object
    key = Key(cell.name, NO_INDEX)
    if is_strict and not thing.has_property(key):
        raise cell.missing()
    if not thing.set_property(key, value, Value.of_object(thing)) and is_strict:
        raise not_assignable(thing, key)


def initialize(realm: Realm, cell: GlobalCell, value: Value) -> None:
    """The declaration of a name at the top of a script is reached. Raises GuestFault and Thrown."""
    if cell.is_lexical:
        realm.global_object.initialize(cell, value)
    elif cell.is_guarded:
        store_uncommon(realm, cell, value, False)
    else:
        cell.write(value)


@dont_look_inside
def check_declaration(realm: Realm, kind: int, name: str) -> None:
    """Whether a script may declare a name at its top (GlobalDeclarationInstantiation). Raises GuestFault and Thrown."""
    thing = realm.global_object
    if thing.cell(name).is_lexical:
        raise _redeclared(name)
    existing = thing.own_property(Key(name, NO_INDEX))
    if kind >= GlobalKind.LEXICAL:
        if existing is not None and not existing.is_configurable():
            raise _redeclared(name)
    elif existing is None:
        if not thing.extensible():
            raise type_error(f"Cannot declare global '{name}': the global object is not extensible")
    elif kind == GlobalKind.FUNCTION and not existing.is_configurable():
        if existing.is_accessor() or not existing.is_writable() or not existing.is_enumerable():
            raise type_error(f"Identifier '{name}' has already been declared")


def _redeclared(name: str) -> GuestFault:
    return GuestFault("SyntaxError", f"Identifier '{name}' has already been declared")


@dont_look_inside
def declare_global(realm: Realm, how: int, name: str) -> None:
    """Declare a name that may be declared. Raises GuestFault and Thrown."""
    thing = realm.global_object
    key = Key(name, NO_INDEX)
    attributes = PLAIN if how & GlobalKind.DELETABLE != 0 else NOT_CONFIGURABLE
    kind = how & ~GlobalKind.DELETABLE
    if kind >= GlobalKind.LEXICAL:
        thing.declare_lexical(name, kind == GlobalKind.CONSTANT)
        return
    existing = thing.own_property(key)
    if kind == GlobalKind.VAR:
        if existing is None:
            define(thing, key, data_descriptor(Value.UNDEFINED, attributes))
    elif existing is None or existing.is_configurable():
        define(thing, key, data_descriptor(Value.UNDEFINED, attributes))
    else:
        define(thing, key, Descriptor(Value.UNDEFINED))


def global_or_undefined(realm: Realm, cell: GlobalCell) -> Value:
    """The value of a global name; undefined where it does not exist. Raises GuestFault and Thrown."""
    value = cell.read()
    if not value.same(EMPTY):
        return value
    if cell.is_lexical:
        raise cell.missing()
    return realm.global_object.get_property(Key(cell.name, NO_INDEX), Value.of_object(realm.global_object))


@dont_look_inside
def delete_global(realm: Realm, name: Value) -> Value:
    """`delete name`, of a name at the top. Raises Thrown."""
    key = to_key(name)
    cell = realm.global_object.cell(key.name)
    return Value.of_bool(not cell.is_lexical and realm.global_object.delete_property(key))
