"""The constructors of errors, and what errors inherit."""

from __future__ import annotations

from typing import Final

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.guest.objects import GuestObject
from tracewright.guest.placements import row_for
from tracewright_javascript.builtins.arguments import (
    argument_at,
    callee_of,
    native_data,
    new_target_of,
    prototype_to_make,
    this_of,
)
from tracewright_javascript.builtins.call_sites import install_call_sites, new_call_site
from tracewright_javascript.builtins.rows import install_constructor, install_methods, install_value
from tracewright_javascript.bytecode import AnyRealm
from tracewright_javascript.calls import call
from tracewright_javascript.conversions import error_text, to_display, to_text
from tracewright_javascript.error_objects import JSError
from tracewright_javascript.errors import type_error
from tracewright_javascript.functions import Native, Special, new_native
from tracewright_javascript.iteration import iterator_of, next_value
from tracewright_javascript.keys import NO_INDEX, Key
from tracewright_javascript.lookups import get_named
from tracewright_javascript.objects import JSObject, as_object, is_callable
from tracewright_javascript.properties import (
    ACCESSOR,
    HIDDEN,
    AccessorPair,
    accessor_descriptor,
    data_descriptor,
)
from tracewright_javascript.realm import ERROR_KINDS, Realm, as_realm
from tracewright_javascript.stack_traces import DEFAULT_LIMIT, LIMIT_NAME, StackTrace, trace_of_native
from tracewright_javascript.values import EMPTY, string_value

AGGREGATE: Final = "AggregateError"
STACK: Final = Key("stack", NO_INDEX)


def _make(realm: Realm, stack: VMStack, frame: int, count: int, kind: str, first: int) -> JSError:
    """The object, with the message at argument `first` and the options behind it. Raises Thrown."""
    prototype = prototype_to_make(stack, frame, lambda where: where.error_prototypes[kind])
    error = JSError(prototype.bare_shape_of_children(), row_for(2))
    error.add("stack", realm.error_stack, HIDDEN | ACCESSOR)
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
        error = _make(as_realm(realm), stack, frame, count, kind, 0)
        _note_calls(as_realm(realm), error, stack, frame)
        return Value.of_object(error)

    return construct


CONSTRUCTORS: Final[dict[str, Native]] = {kind: _constructor(kind) for kind in ERROR_KINDS}


def _aggregate(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    error = _make(as_realm(realm), stack, frame, count, AGGREGATE, 1)
    errors: list[Value] = []
    iteration = iterator_of(as_realm(realm), argument_at(stack, frame, count, 0))
    value = next_value(iteration)
    while not value.same(EMPTY):
        errors.append(value)
        value = next_value(iteration)
    error.store_named("errors", Value.of_object(as_realm(realm).array_of(errors)), HIDDEN)
    _note_calls(as_realm(realm), error, stack, frame)
    return Value.of_object(error)


def _note_calls(realm: Realm, error: JSError, stack: VMStack, frame: int) -> None:
    """The frames inside of the constructor that `new` has called are not the program's concern."""
    target = new_target_of(stack, frame)
    skipped = None if target is callee_of(stack, frame) else target
    error.trace = trace_of_native(realm, stack, frame, skipped)


def _get_stack(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    thing = as_object(this_of(stack, frame))
    while thing is not None and not isinstance(thing, JSError):
        thing = thing.get_prototype()
    return Value.UNDEFINED if thing is None else stack_value(as_realm(realm), thing, thing.trace)


def _get_captured(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    """`stack` of what `captureStackTrace` was called with."""
    thing = as_object(this_of(stack, frame))
    trace = native_data(stack, frame).as_object()
    assert isinstance(trace, StackTrace)
    return Value.UNDEFINED if thing is None else stack_value(as_realm(realm), thing, trace)


def _set_stack(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    thing = as_object(this_of(stack, frame))
    if thing is not None:
        thing.define_property(STACK, data_descriptor(argument_at(stack, frame, count, 0), HIDDEN))
    return Value.UNDEFINED


def stack_value(realm: Realm, thing: JSObject, trace: GuestObject | None) -> Value:
    """What `stack` is: the text, or what the program's `Error.prepareStackTrace` makes of the calls. It stays so."""
    if not isinstance(trace, StackTrace):  # nobody knows where it was made
        return string_value(error_text(thing))
    constructor = realm.error_constructor
    prepare = Value.UNDEFINED if constructor is None else get_named(constructor, "prepareStackTrace")
    if is_callable(prepare) and not realm.prepares_trace:
        realm.prepares_trace = True
        try:
            sites = realm.array_of([new_call_site(realm, each) for each in trace.frames])
            value = call(prepare, Value.of_object(constructor), [Value.of_object(thing), Value.of_object(sites)])
        finally:
            realm.prepares_trace = False
    else:
        value = string_value(error_text(thing) + trace.text())
    thing.define_property(STACK, data_descriptor(value, HIDDEN))
    return value


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
    function = as_object(argument_at(stack, frame, count, 1))
    trace = trace_of_native(as_realm(realm), stack, frame, function)
    trace.is_open = False
    getter = new_native(as_realm(realm), "stack", 0, _get_captured)
    getter.data = Value.of_object(trace)
    setter = Value.of_object(new_native(as_realm(realm), "stack", 1, _set_stack))
    thing.define_property(STACK, accessor_descriptor(Value.of_object(getter), setter, HIDDEN))
    return Value.UNDEFINED


def install_errors(realm: Realm) -> None:
    """Give a realm its errors."""
    getter, setter = new_native(realm, "stack", 0, _get_stack), new_native(realm, "stack", 1, _set_stack)
    realm.error_stack = Value.of_object(AccessorPair(Value.of_object(getter), Value.of_object(setter)))
    base = realm.new_object()
    base_constructor: JSObject | None = None
    for kind in [*ERROR_KINDS, AGGREGATE]:
        prototype = base if kind == "Error" else realm.new_child(base)
        realm.error_prototypes[kind] = prototype
        is_aggregate = kind == AGGREGATE
        native = _aggregate if is_aggregate else CONSTRUCTORS[kind]
        constructor = install_constructor(
            realm, kind, 2 if is_aggregate else 1, native, prototype, base_constructor, Special.SEES_CALLS
        )
        install_value(prototype, "name", string_value(kind))
        install_value(prototype, "message", string_value(""))
        if kind == "Error":
            base_constructor = constructor
            realm.error_constructor = constructor
            install_methods(realm, prototype, [("toString", 0, _text)])
            capture = new_native(realm, "captureStackTrace", 2, _capture_stack_trace, False, Special.SEES_CALLS)
            install_value(constructor, "captureStackTrace", Value.of_object(capture))
            install_value(constructor, LIMIT_NAME, Value.of_int(DEFAULT_LIMIT), 0)
    install_call_sites(realm)
