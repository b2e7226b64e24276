"""The constructors of errors, and what errors inherit."""

from __future__ import annotations

from typing import Final

from tracewright.core.arrays import Array
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright_javascript.builtins.arguments import argument_at, prototype_to_make, this_of
from tracewright_javascript.builtins.rows import install_constructor, install_methods, install_value
from tracewright_javascript.bytecode import AnyRealm
from tracewright_javascript.conversions import error_text, to_display, to_text
from tracewright_javascript.errors import type_error
from tracewright_javascript.functions import Native
from tracewright_javascript.iteration import iterator_of, next_value
from tracewright_javascript.keys import NO_INDEX, Key
from tracewright_javascript.objects import JSError, JSObject, as_object
from tracewright_javascript.properties import HIDDEN, data_descriptor
from tracewright_javascript.realm import ERROR_KINDS, Realm, as_realm
from tracewright_javascript.values import EMPTY, string_value

AGGREGATE: Final = "AggregateError"


def _make(stack: VMStack, frame: int, count: int, kind: str, first: int) -> JSError:
    """The object, with the message at argument `first` and the options behind it. Raises Thrown."""
    prototype = prototype_to_make(stack, frame, lambda where: where.error_prototypes[kind])
    error = JSError(prototype.shape_of_children(), Array(1, Value.UNDEFINED))
    message = argument_at(stack, frame, count, first)
    if not message.same(Value.UNDEFINED):
        error.add("message", string_value(to_text(message)), HIDDEN)
    options = as_object(argument_at(stack, frame, count, first + 1))
    if options is not None and options.has_property(Key("cause", NO_INDEX)):
        cause = options.get_property(Key("cause", NO_INDEX), Value.of_object(options))
        error.store_named("cause", cause, HIDDEN)
    return error


def _constructor(kind: str) -> Native:
    def construct(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
        error = _make(stack, frame, count, kind, 0)
        add_stack(error)
        return Value.of_object(error)

    return construct


CONSTRUCTORS: Final[dict[str, Native]] = {kind: _constructor(kind) for kind in ERROR_KINDS}


def _aggregate(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    error = _make(stack, frame, count, AGGREGATE, 1)
    errors: list[Value] = []
    iteration = iterator_of(as_realm(realm), argument_at(stack, frame, count, 0))
    value = next_value(iteration)
    while not value.same(EMPTY):
        errors.append(value)
        value = next_value(iteration)
    error.store_named("errors", Value.of_object(as_realm(realm).array_of(errors)), HIDDEN)
    add_stack(error)
    return Value.of_object(error)


def add_stack(error: JSObject) -> None:
    """`stack`: the error's text, without the calls, which are not there yet."""
    error.define_property(Key("stack", NO_INDEX), data_descriptor(string_value(error_text(error)), HIDDEN))


def _text(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    thing = as_object(this_of(stack, frame))
    if thing is None:
        shown = to_display(this_of(stack, frame))
        raise type_error(f"Error.prototype.toString requires that 'this' be a JSReceiver, not {shown}")
    return string_value(error_text(thing))


def _capture_stack_trace(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    thing = as_object(argument_at(stack, frame, count, 0))
    if thing is None:
        raise type_error(f"Invalid argument: {to_display(argument_at(stack, frame, count, 0))}")
    add_stack(thing)
    return Value.UNDEFINED


def install_errors(realm: Realm) -> None:
    """Give a realm its errors."""
    base = realm.new_object()
    base_constructor: JSObject | None = None
    for kind in [*ERROR_KINDS, AGGREGATE]:
        prototype = base if kind == "Error" else realm.new_child(base)
        realm.error_prototypes[kind] = prototype
        is_aggregate = kind == AGGREGATE
        native = _aggregate if is_aggregate else CONSTRUCTORS[kind]
        constructor = install_constructor(realm, kind, 2 if is_aggregate else 1, native, prototype, base_constructor)
        install_value(prototype, "name", string_value(kind))
        install_value(prototype, "message", string_value(""))
        if kind == "Error":
            base_constructor = constructor
            install_methods(realm, prototype, [("toString", 0, _text)])
            install_methods(realm, constructor, [("captureStackTrace", 2, _capture_stack_trace)])
            install_value(constructor, "stackTraceLimit", Value.of_int(10), 0)
