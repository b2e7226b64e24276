"""How built-ins are defined: one row for each function, and functions that put rows into a realm.

    METHODS: Final[list[NativeRow]] = [("push", 1, _push), ...]      name, `length`, function

    def install_widgets(realm: Realm) -> None:
        prototype = realm.widget_prototype                              every intrinsic is a field of `Realm`
        constructor = install_constructor(realm, "Widget", 1, _widget, prototype)
        install_methods(realm, constructor, STATIC_METHODS)
        install_methods(realm, prototype, METHODS)
        install_getter(realm, prototype, "size", _size)
        install_methods(realm, prototype, [(ITERATOR.name, 0, _values)])        symbols are keys by their names
        install_tag(prototype, "Widget")

A built-in function gets its realm, the stack, the base of its frame and the number of arguments; `arguments.py` reads them. It raises a
GuestFault (`errors.type_error`) where the standard throws, and lets Thrown pass.
"""

from __future__ import annotations

from tracewright.core.value import Value
from tracewright_javascript.functions import Native, NativeFunction, Special, name_of_key, new_native
from tracewright_javascript.keys import NO_INDEX, SPECIES, TO_STRING_TAG, Key
from tracewright_javascript.objects import JSObject
from tracewright_javascript.properties import FIXED, HIDDEN, READ_ONLY, accessor_descriptor
from tracewright_javascript.prototypes import set_prototype
from tracewright_javascript.realm import Realm
from tracewright_javascript.self_hosting import new_self_hosted
from tracewright_javascript.values import string_value

NativeRow = tuple[str, int, Native]
SelfHostedRow = tuple[str, int, str]  # name, `length`, and the text of `self_hosting.py`


def install_methods(realm: Realm, thing: JSObject, rows: list[NativeRow]) -> None:
    """Give an object built-in functions; one with a symbol's name has its description in brackets as `name`."""
    for name, length, function in rows:
        native = new_native(realm, name_of_key(realm, name), length, function)
        install_value(thing, name, Value.of_object(native))


def install_self_hosted(realm: Realm, thing: JSObject, rows: list[SelfHostedRow]) -> None:
    """Give an object built-in functions that are written in JavaScript."""
    for name, length, text in rows:
        install_value(thing, name, Value.of_object(new_self_hosted(realm, name, length, text)))


def install_value(thing: JSObject, name: str, value: Value, attributes: int = HIDDEN) -> None:
    """Give an object a property, or replace one."""
    thing.complete()
    thing.store_named(name, value, attributes)


def install_constant(thing: JSObject, name: str, value: Value) -> None:
    """Give an object a property that never changes."""
    install_value(thing, name, value, FIXED)


def install_tag(thing: JSObject, text: str) -> None:
    """`thing[Symbol.toStringTag]`"""
    install_value(thing, TO_STRING_TAG.name, string_value(text), READ_ONLY)


def install_getter(realm: Realm, thing: JSObject, name: str, getter: Native) -> None:
    """Give an object an accessor without setter."""
    install_accessor(realm, thing, name, getter, None)


def install_accessor(realm: Realm, thing: JSObject, name: str, getter: Native | None, setter: Native | None) -> None:
    """Give an object an accessor."""
    shown = name_of_key(realm, name)
    reader, writer = Value.UNDEFINED, Value.UNDEFINED
    if getter is not None:
        reader = Value.of_object(new_native(realm, f"get {shown}", 0, getter))
    if setter is not None:
        writer = Value.of_object(new_native(realm, f"set {shown}", 1, setter))
    thing.define_property(Key(name, NO_INDEX), accessor_descriptor(reader, writer, HIDDEN))


def new_constructor(
    realm: Realm,
    name: str,
    length: int,
    function: Native,
    prototype: JSObject,
    parent: JSObject | None = None,
    special: int = Special.NONE,
) -> NativeFunction:
    """A constructor that makes objects with this prototype; `parent` is the constructor whose statics it inherits."""
    constructor = new_native(realm, name, length, function, True, special)
    constructor.watch()
    if parent is not None:
        set_prototype(constructor, parent)
    install_constant(constructor, "prototype", Value.of_object(prototype))
    install_value(prototype, "constructor", Value.of_object(constructor))
    return constructor


def install_constructor(
    realm: Realm,
    name: str,
    length: int,
    function: Native,
    prototype: JSObject,
    parent: JSObject | None = None,
    special: int = Special.NONE,
) -> NativeFunction:
    """The same, as a global."""
    constructor = new_constructor(realm, name, length, function, prototype, parent, special)
    realm.define(name, Value.of_object(constructor))
    return constructor


def install_species(realm: Realm, constructor: JSObject, getter: Native) -> None:
    """`constructor[Symbol.species]`, which says `this`."""
    install_getter(realm, constructor, SPECIES.name, getter)


def install_namespace(realm: Realm, name: str, rows: list[NativeRow]) -> JSObject:
    """A global object with built-in functions and a tag, such as `Math`."""
    thing = realm.new_object()
    thing.watch()
    install_methods(realm, thing, rows)
    install_tag(thing, name)
    realm.define(name, Value.of_object(thing))
    return thing
