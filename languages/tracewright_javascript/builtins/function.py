"""`Function.prototype` (20.2.3)."""

from __future__ import annotations

from typing import Final

from tracewright.core.arrays import Array
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright_javascript.arrays import JSArray
from tracewright_javascript.builtins.arguments import argument_at, arguments_from, this_of
from tracewright_javascript.builtins.rows import NativeRow, install_methods, install_value
from tracewright_javascript.bytecode import AnyRealm
from tracewright_javascript.calls import call
from tracewright_javascript.conversions import to_display, to_integer_float, to_length
from tracewright_javascript.errors import type_error
from tracewright_javascript.families import Kind
from tracewright_javascript.functions import BoundFunction, JSFunction, NativeFunction, Special, new_native
from tracewright_javascript.instances import is_instance_of
from tracewright_javascript.keys import HAS_INSTANCE, key_of_index, key_of_text
from tracewright_javascript.lookups import get_named
from tracewright_javascript.objects import JSObject, as_object
from tracewright_javascript.properties import FIXED, HIDDEN, AccessorPair, accessor_descriptor
from tracewright_javascript.realm import Realm, as_realm
from tracewright_javascript.values import (
    JSString,
    as_string,
    concatenated,
    is_nullish,
    is_number,
    number_value,
    string_value,
)


def _function(stack: VMStack, frame: int, method: str) -> JSObject:
    thing = as_object(this_of(stack, frame))
    if thing is None or not thing.can_call():
        raise type_error(f"Function.prototype.{method} was called on {to_display(this_of(stack, frame))}")
    return thing


def _call(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    function = _function(stack, frame, "call")
    return call(Value.of_object(function), argument_at(stack, frame, count, 0), arguments_from(stack, frame, count, 1))


def list_from_array_like(value: Value) -> list[Value]:
    """CreateListFromArrayLike. Raises GuestFault and Thrown."""
    thing = as_object(value)
    if thing is None:
        raise type_error("CreateListFromArrayLike called on non-object")
    if isinstance(thing, JSArray):
        length = thing.length()
    else:
        length = to_length(get_named(thing, "length"))
    return [thing.get_property(key_of_index(index), value) for index in range(length)]


def _apply(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    function = _function(stack, frame, "apply")
    values = argument_at(stack, frame, count, 1)
    arguments: list[Value] = []
    if not is_nullish(values):
        arguments = list_from_array_like(values)
    return call(Value.of_object(function), argument_at(stack, frame, count, 0), arguments)


def _bind(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    where = as_realm(realm)
    target = _function(stack, frame, "bind")
    bound = arguments_from(stack, frame, count, 1)
    length = 0.0
    if target.own_property(key_of_text("length")) is not None:
        said = get_named(target, "length")
        if is_number(said):
            length = max(to_integer_float(said) - float(len(bound)), 0.0)
    name = as_string(get_named(target, "name"))
    arguments: Array[Value] = Array(len(bound), Value.UNDEFINED)
    for index in range(len(bound)):
        arguments[index] = bound[index]
    prototype = target.get_prototype()
    shape = where.function_shape if prototype is None else prototype.special_shape_of_children(Kind.LAZY)
    shown = concatenated(JSString("bound "), JSString("") if name is None else name)
    made = BoundFunction(shape, target, argument_at(stack, frame, count, 0), arguments, number_value(length), shown)
    if prototype is None:
        made.change_prototype(None)
    return Value.of_object(made)


def _has_instance(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    thing = as_object(this_of(stack, frame))
    if thing is None or not thing.can_call():
        return Value.FALSE
    return Value.of_bool(is_instance_of(argument_at(stack, frame, count, 0), thing))


def _restricted(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    """`caller` and `arguments`: of the functions of sloppy code nobody is told, as in other engines; else %ThrowTypeError%."""
    function = as_object(this_of(stack, frame))
    if isinstance(function, JSFunction):
        code = function.code
        if code.is_constructor and not code.is_strict and not code.is_class:
            return Value.NULL
    raise type_error(
        "'caller', 'callee', and 'arguments' properties may not be accessed on strict mode functions or the arguments "
        "objects for calls to them"
    )


def _text(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    thing = as_object(this_of(stack, frame))
    if isinstance(thing, JSFunction):
        return string_value(thing.code.source)
    if isinstance(thing, NativeFunction):
        return string_value(f"function {thing.name}() {{ [native code] }}")
    if thing is not None and thing.can_call():
        return string_value("function () { [native code] }")
    raise type_error("Function.prototype.toString requires that 'this' be a Function")


METHODS: Final[list[NativeRow]] = [
    ("bind", 1, _bind),
    ("toString", 0, _text),
]


def install_function(realm: Realm) -> None:
    """What functions inherit; `Function` itself is made where source text is compiled."""
    prototype = realm.function_prototype
    install_methods(realm, prototype, METHODS)
    install_value(prototype, "apply", Value.of_object(new_native(realm, "apply", 2, _apply, False, Special.APPLY)))
    install_value(prototype, "call", Value.of_object(new_native(realm, "call", 1, _call, False, Special.CALL)))
    has_instance = new_native(realm, "[Symbol.hasInstance]", 1, _has_instance)
    install_value(prototype, HAS_INSTANCE.name, Value.of_object(has_instance), FIXED)
    thrower = new_native(realm, "", 0, _restricted)
    thrower.prevent_extensions()
    for name in ("length", "name"):
        thrower.set_attributes(name, FIXED)
    pair = Value.of_object(thrower)
    realm.thrower = AccessorPair(pair, pair)
    for name in ("caller", "arguments"):
        prototype.define_property(key_of_text(name), accessor_descriptor(pair, pair, HIDDEN))
