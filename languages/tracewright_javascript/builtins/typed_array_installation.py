"""Puts `%TypedArray%` and the constructors of the eleven kinds into a realm."""

from __future__ import annotations

from typing import Final

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright_javascript.builtins import typed_array_callbacks, typed_array_methods
from tracewright_javascript.builtins.arguments import this_of
from tracewright_javascript.builtins.iterators import installed_value
from tracewright_javascript.builtins.rows import (
    install_constant,
    install_constructor,
    install_getter,
    install_methods,
    install_species,
    install_value,
    new_constructor,
)
from tracewright_javascript.builtins.typed_array_making import constructor_of
from tracewright_javascript.bytecode import AnyRealm
from tracewright_javascript.element_kinds import KIND_COUNT, NAMES, SHIFTS
from tracewright_javascript.errors import type_error
from tracewright_javascript.functions import Native, Special, new_native
from tracewright_javascript.keys import ITERATOR, NO_INDEX, TO_STRING_TAG, Key
from tracewright_javascript.objects import JSObject
from tracewright_javascript.properties import HIDDEN, accessor_descriptor
from tracewright_javascript.realm import Realm

CONSTRUCTORS: Final[list[Native]] = [constructor_of(kind) for kind in range(KIND_COUNT)]


def _abstract(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    raise type_error("Abstract class TypedArray not directly constructable")


def _this(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return this_of(stack, frame)


def install_typed_arrays(realm: Realm) -> None:
    """Give a realm its typed arrays."""
    prototype = realm.typed_array_prototype
    parent = new_constructor(realm, "TypedArray", 0, _abstract, prototype)
    install_methods(realm, parent, typed_array_callbacks.STATIC_METHODS)
    install_species(realm, parent, _this)
    install_methods(realm, prototype, typed_array_methods.METHODS)
    install_methods(realm, prototype, typed_array_callbacks.METHODS)
    install_value(prototype, ITERATOR.name, installed_value(prototype, "values"))
    install_value(prototype, "toString", installed_value(realm.array_prototype, "toString"))
    install_getter(realm, prototype, "buffer", typed_array_methods.get_buffer)
    install_getter(realm, prototype, "byteLength", typed_array_methods.get_byte_length)
    install_getter(realm, prototype, "byteOffset", typed_array_methods.get_byte_offset)
    install_getter(realm, prototype, TO_STRING_TAG.name, typed_array_methods.get_tag)
    length = new_native(realm, "get length", 0, typed_array_methods.get_length, False, Special.VIEW_LENGTH)
    reader = accessor_descriptor(Value.of_object(length), Value.UNDEFINED, HIDDEN)
    prototype.define_property(Key("length", NO_INDEX), reader)
    for kind in range(KIND_COUNT):
        _install_kind(realm, kind, parent)


def _install_kind(realm: Realm, kind: int, parent: JSObject) -> None:
    prototype = realm.typed_prototypes[kind]
    constructor = install_constructor(realm, NAMES[kind] + "Array", 3, CONSTRUCTORS[kind], prototype, parent)
    size = Value.of_int(1 << SHIFTS[kind])
    install_constant(constructor, "BYTES_PER_ELEMENT", size)
    install_constant(prototype, "BYTES_PER_ELEMENT", size)
    realm.typed_constructors.append(constructor)
