"""`Promise` (27.2)."""

from __future__ import annotations

from typing import Final, final

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.guest.objects import GuestObject
from tracewright_javascript.access import get_by_key
from tracewright_javascript.builtins.arguments import (
    argument_at,
    is_construction,
    native_data,
    prototype_to_make,
    this_of,
)
from tracewright_javascript.builtins.rows import (
    NativeRow,
    install_constructor,
    install_methods,
    install_species,
    install_tag,
)
from tracewright_javascript.bytecode import AnyRealm
from tracewright_javascript.calls import call, error_in
from tracewright_javascript.conversions import to_display
from tracewright_javascript.errors import GuestFault, Thrown, type_error
from tracewright_javascript.functions import new_native
from tracewright_javascript.iteration import Iterator, close_after_error, iterator_of, next_value
from tracewright_javascript.keys import SPECIES, key_of_text
from tracewright_javascript.lookups import get_named
from tracewright_javascript.objects import JSObject, as_object, is_callable
from tracewright_javascript.promises import (
    Capability,
    JSPromise,
    Reaction,
    new_capability,
    perform_then,
    promise_resolve,
    resolving_functions,
)
from tracewright_javascript.properties import HIDDEN, data_descriptor
from tracewright_javascript.realm import Realm, as_realm
from tracewright_javascript.values import EMPTY, is_nullish, string_value


def _promise(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    if not is_construction(stack, frame):
        raise type_error("Promise constructor cannot be invoked without 'new'")
    where = as_realm(realm)
    executor = argument_at(stack, frame, count, 0)
    if not is_callable(executor):
        raise type_error(f"Promise resolver {to_display(executor)} is not a function")
    promise = JSPromise(prototype_to_make(stack, frame, lambda other: other.promise_prototype).bare_shape_of_children())
    functions = resolving_functions(where, promise)
    try:
        call(executor, Value.UNDEFINED, [functions.resolve, functions.reject])
    except (Thrown, GuestFault) as error:
        call(functions.reject, Value.UNDEFINED, [error_in(where, error)])
    return Value.of_object(promise)


# Methods


def species_constructor(realm: Realm, thing: JSObject, default: Value) -> Value:
    """SpeciesConstructor. Raises GuestFault and Thrown."""
    constructor = get_named(thing, "constructor")
    if constructor.same(Value.UNDEFINED):
        return default
    holder = as_object(constructor)
    if holder is None:
        raise type_error("The .constructor property is not an object")
    species = get_named(holder, SPECIES.name)
    if is_nullish(species):
        return default
    found = as_object(species)
    if found is None or not found.can_construct():
        raise type_error("object.constructor[Symbol.species] is not a constructor")
    return species


def _then(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    where = as_realm(realm)
    promise = as_object(this_of(stack, frame))
    if not isinstance(promise, JSPromise):
        shown = to_display(this_of(stack, frame))
        raise type_error(f"Method Promise.prototype.then called on incompatible receiver {shown}")
    capability = new_capability(where, species_constructor(where, promise, where.promise_constructor))
    fulfilled, rejected = argument_at(stack, frame, count, 0), argument_at(stack, frame, count, 1)
    reaction = Reaction(
        capability,
        fulfilled if is_callable(fulfilled) else Value.UNDEFINED,
        rejected if is_callable(rejected) else Value.UNDEFINED,
    )
    perform_then(where, promise, reaction)
    return capability.promise


def _invoke_then(realm: Realm, value: Value, arguments: list[Value]) -> Value:
    """Call the `then` of any value. Raises GuestFault and Thrown."""
    return call(get_by_key(realm, value, key_of_text("then")), value, arguments)


def _catch(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return _invoke_then(as_realm(realm), this_of(stack, frame), [Value.UNDEFINED, argument_at(stack, frame, count, 0)])


@final
class FinallyParts(GuestObject):
    """What the functions that `finally` makes refer to."""

    def __init__(self, constructor: Value, function: Value) -> None:
        self.constructor = constructor
        self.function = function


def _finally(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    where = as_realm(realm)
    this = this_of(stack, frame)
    thing = as_object(this)
    if thing is None:
        raise type_error("Promise.prototype.finally called on a non-object")
    constructor = species_constructor(where, thing, where.promise_constructor)
    function = argument_at(stack, frame, count, 0)
    if not is_callable(function):
        return _invoke_then(where, this, [function, function])
    handlers: list[Value] = []
    for native in (_finally_fulfilled, _finally_rejected):
        made = new_native(where, "", 1, native)
        made.data = Value.of_object(FinallyParts(constructor, function))
        handlers.append(Value.of_object(made))
    return _invoke_then(where, this, handlers)


def _run_finally(realm: Realm, stack: VMStack, frame: int, count: int, throws: bool) -> Value:
    parts = native_data(stack, frame).as_object()
    assert isinstance(parts, FinallyParts)
    result = call(parts.function, Value.UNDEFINED, [])
    promise = promise_resolve(realm, parts.constructor, result)
    thrower = new_native(realm, "", 0, _throw_data if throws else _return_data)
    thrower.data = argument_at(stack, frame, count, 0)
    return _invoke_then(realm, promise, [Value.of_object(thrower)])


def _finally_fulfilled(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return _run_finally(as_realm(realm), stack, frame, count, False)


def _finally_rejected(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return _run_finally(as_realm(realm), stack, frame, count, True)


def _return_data(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return native_data(stack, frame)


def _throw_data(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    raise Thrown(native_data(stack, frame))


# Functions of the constructor


def _resolve(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    if as_object(this_of(stack, frame)) is None:
        raise type_error("PromiseResolve called on non-object")
    return promise_resolve(as_realm(realm), this_of(stack, frame), argument_at(stack, frame, count, 0))


def _reject(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    capability = new_capability(as_realm(realm), this_of(stack, frame))
    call(capability.reject, Value.UNDEFINED, [argument_at(stack, frame, count, 0)])
    return capability.promise


def _with_resolvers(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    capability = new_capability(as_realm(realm), this_of(stack, frame))
    result = as_realm(realm).new_object()
    result.add("promise", capability.promise)
    result.add("resolve", capability.resolve)
    result.add("reject", capability.reject)
    return Value.of_object(result)


class Combination:
    """How promises become one."""

    ALL: Final = 0
    ALL_SETTLED: Final = 1
    ANY: Final = 2
    RACE: Final = 3


@final
class Gathered(GuestObject):
    """What the elements' functions of one combination share."""

    def __init__(self, how: int, capability: Capability) -> None:
        self.how = how
        self.capability = capability
        self.values: list[Value] = []
        self.remaining = 1


@final
class Element(GuestObject):
    """One element; both functions of `allSettled` share one."""

    def __init__(self, gathered: Gathered, index: int) -> None:
        self.gathered = gathered
        self.index = index
        self.is_called = False


def _finish(realm: Realm, gathered: Gathered) -> None:
    """The last of them has answered. Raises Thrown."""
    capability = gathered.capability
    values = Value.of_object(realm.array_of(gathered.values))
    if gathered.how != Combination.ANY:
        call(capability.resolve, Value.UNDEFINED, [values])
        return
    error = realm.new_error("AggregateError", "All promises were rejected")
    error.define_property(key_of_text("errors"), data_descriptor(values, HIDDEN))
    call(capability.reject, Value.UNDEFINED, [Value.of_object(error)])


def _answer(realm: Realm, stack: VMStack, frame: int, count: int, rejected: bool) -> Value:
    element = native_data(stack, frame).as_object()
    assert isinstance(element, Element)
    if element.is_called:
        return Value.UNDEFINED
    element.is_called = True
    gathered = element.gathered
    value = argument_at(stack, frame, count, 0)
    if gathered.how == Combination.ALL_SETTLED:
        settled = realm.new_object()
        settled.add("status", string_value("rejected" if rejected else "fulfilled"))
        settled.add("reason" if rejected else "value", value)
        value = Value.of_object(settled)
    gathered.values[element.index] = value
    gathered.remaining -= 1
    if gathered.remaining == 0:
        _finish(realm, gathered)
    return Value.UNDEFINED


def _element_fulfilled(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return _answer(as_realm(realm), stack, frame, count, False)


def _element_rejected(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return _answer(as_realm(realm), stack, frame, count, True)


def _element_function(realm: Realm, element: Element, rejected: bool) -> Value:
    native = new_native(realm, "", 1, _element_rejected if rejected else _element_fulfilled)
    native.data = Value.of_object(element)
    return Value.of_object(native)


def _combine(realm: AnyRealm, stack: VMStack, frame: int, count: int, how: int) -> Value:
    where = as_realm(realm)
    constructor = this_of(stack, frame)
    capability = new_capability(where, constructor)
    iterator: Iterator | None = None
    try:
        thing = as_object(constructor)
        assert thing is not None
        resolve = get_named(thing, "resolve")
        if not is_callable(resolve):
            raise type_error("Promise resolve or reject function is not callable")
        iterator = iterator_of(where, argument_at(stack, frame, count, 0))
        _combine_all(where, Gathered(how, capability), iterator, constructor, resolve)
    except (Thrown, GuestFault) as error:
        reason = error_in(where, error)
        if iterator is not None:
            close_after_error(iterator)
        call(capability.reject, Value.UNDEFINED, [reason])
    return capability.promise


def _combine_all(realm: Realm, gathered: Gathered, iterator: Iterator, constructor: Value, resolve: Value) -> None:
    capability = gathered.capability
    how = gathered.how
    value = next_value(iterator)
    while not value.same(EMPTY):
        promise = call(resolve, constructor, [value])
        fulfilled, rejected = capability.resolve, capability.reject
        if how != Combination.RACE:
            element = Element(gathered, len(gathered.values))
            gathered.values.append(Value.UNDEFINED)
            gathered.remaining += 1
            if how != Combination.ANY:
                fulfilled = _element_function(realm, element, False)
            if how != Combination.ALL:
                rejected = _element_function(realm, element, True)
        _invoke_then(realm, promise, [fulfilled, rejected])
        value = next_value(iterator)
    if how != Combination.RACE:
        gathered.remaining -= 1
        if gathered.remaining == 0:
            _finish(realm, gathered)


def _all(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return _combine(realm, stack, frame, count, Combination.ALL)


def _all_settled(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return _combine(realm, stack, frame, count, Combination.ALL_SETTLED)


def _any(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return _combine(realm, stack, frame, count, Combination.ANY)


def _race(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return _combine(realm, stack, frame, count, Combination.RACE)


def _this(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return this_of(stack, frame)


METHODS: Final[list[NativeRow]] = [("then", 2, _then), ("catch", 1, _catch), ("finally", 1, _finally)]
FUNCTIONS: Final[list[NativeRow]] = [
    ("all", 1, _all),
    ("allSettled", 1, _all_settled),
    ("any", 1, _any),
    ("race", 1, _race),
    ("reject", 1, _reject),
    ("resolve", 1, _resolve),
    ("withResolvers", 0, _with_resolvers),
]


def install_promise(realm: Realm) -> None:
    """`Promise`"""
    constructor = install_constructor(realm, "Promise", 1, _promise, realm.promise_prototype)
    realm.promise_constructor = Value.of_object(constructor)
    install_methods(realm, constructor, FUNCTIONS)
    install_species(realm, constructor, _this)
    install_methods(realm, realm.promise_prototype, METHODS)
    install_tag(realm.promise_prototype, "Promise")
