"""`Reflect`: the internal methods as functions."""

from __future__ import annotations

from typing import Final

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright_javascript.access import key_value
from tracewright_javascript.builtins.arguments import argument_at
from tracewright_javascript.builtins.descriptions import from_property, to_description
from tracewright_javascript.builtins.function import list_from_array_like
from tracewright_javascript.builtins.objects import prototype_value
from tracewright_javascript.builtins.rows import NativeRow, install_namespace
from tracewright_javascript.bytecode import AnyRealm
from tracewright_javascript.calls import call, construct
from tracewright_javascript.conversions import to_display, to_key
from tracewright_javascript.errors import type_error
from tracewright_javascript.objects import JSObject, as_object, is_callable
from tracewright_javascript.realm import Realm, as_realm


def _target(stack: VMStack, frame: int, count: int, name: str) -> JSObject:
    thing = as_object(argument_at(stack, frame, count, 0))
    if thing is None:
        raise type_error(f"Reflect.{name} called on non-object")
    return thing


def _apply(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    function = argument_at(stack, frame, count, 0)
    if not is_callable(function):
        raise type_error(f"{to_display(function)} is not a function")
    arguments = list_from_array_like(argument_at(stack, frame, count, 2))
    return call(function, argument_at(stack, frame, count, 1), arguments)


def _construct(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    target = _constructor(argument_at(stack, frame, count, 0))
    new_target = _constructor(argument_at(stack, frame, count, 2)) if count > 2 else target
    return construct(target, list_from_array_like(argument_at(stack, frame, count, 1)), new_target)


def _constructor(value: Value) -> JSObject:
    thing = as_object(value)
    if thing is None or not thing.can_construct():
        raise type_error(f"{to_display(value)} is not a constructor")
    return thing


def _define_property(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    thing = _target(stack, frame, count, "defineProperty")
    key = to_key(argument_at(stack, frame, count, 1))
    return Value.of_bool(thing.define_property(key, to_description(argument_at(stack, frame, count, 2))))


def _delete_property(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    thing = _target(stack, frame, count, "deleteProperty")
    return Value.of_bool(thing.delete_property(to_key(argument_at(stack, frame, count, 1))))


def _get(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    thing = _target(stack, frame, count, "get")
    key = to_key(argument_at(stack, frame, count, 1))
    return thing.get_property(key, argument_at(stack, frame, count, 2) if count > 2 else Value.of_object(thing))


def _set(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    thing = _target(stack, frame, count, "set")
    key = to_key(argument_at(stack, frame, count, 1))
    receiver = argument_at(stack, frame, count, 3) if count > 3 else Value.of_object(thing)
    return Value.of_bool(thing.set_property(key, argument_at(stack, frame, count, 2), receiver))


def _get_own_property_descriptor(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    thing = _target(stack, frame, count, "getOwnPropertyDescriptor")
    return from_property(as_realm(realm), thing.own_property(to_key(argument_at(stack, frame, count, 1))))


def _get_prototype_of(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return prototype_value(_target(stack, frame, count, "getPrototypeOf"))


def _set_prototype_of(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    thing = _target(stack, frame, count, "setPrototypeOf")
    prototype = argument_at(stack, frame, count, 1)
    parent = as_object(prototype)
    if parent is None and not prototype.same(Value.NULL):
        raise type_error(f"Object prototype may only be an Object or null: {to_display(prototype)}")
    return Value.of_bool(thing.change_prototype(parent))


def _has(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    thing = _target(stack, frame, count, "has")
    return Value.of_bool(thing.has_property(to_key(argument_at(stack, frame, count, 1))))


def _is_extensible(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return Value.of_bool(_target(stack, frame, count, "isExtensible").extensible())


def _prevent_extensions(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return Value.of_bool(_target(stack, frame, count, "preventExtensions").prevent_extensions())


def _own_keys(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    keys = _target(stack, frame, count, "ownKeys").own_keys()
    return Value.of_object(as_realm(realm).array_of([key_value(as_realm(realm), key) for key in keys]))


FUNCTIONS: Final[list[NativeRow]] = [
    ("apply", 3, _apply),
    ("construct", 2, _construct),
    ("defineProperty", 3, _define_property),
    ("deleteProperty", 2, _delete_property),
    ("get", 2, _get),
    ("getOwnPropertyDescriptor", 2, _get_own_property_descriptor),
    ("getPrototypeOf", 1, _get_prototype_of),
    ("has", 2, _has),
    ("isExtensible", 1, _is_extensible),
    ("ownKeys", 1, _own_keys),
    ("preventExtensions", 1, _prevent_extensions),
    ("set", 3, _set),
    ("setPrototypeOf", 2, _set_prototype_of),
]


def install_reflection(realm: Realm) -> None:
    """Give a realm its `Reflect`."""
    install_namespace(realm, "Reflect", FUNCTIONS)
