"""Promises: their states, what waits for them, and the jobs that come of it (27.2).

`await` of a promise of the engine's own needs no functions: the reaction refers to the frame that waits.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.guest.objects import GuestObject
from tracewright.guest.placements import NO_ROW
from tracewright.guest.shapes import Shape
from tracewright.hints import dont_look_inside, immutable_fields
from tracewright.lib.event_loop import Job
from tracewright_javascript.bytecode import FIRST, AnyRealm
from tracewright_javascript.calls import call, construct, error_in, resume_frame
from tracewright_javascript.conversions import to_display
from tracewright_javascript.errors import GuestFault, Thrown, type_error
from tracewright_javascript.functions import NativeFunction, new_native
from tracewright_javascript.generators import Resumable, Resumption
from tracewright_javascript.lookups import get_named
from tracewright_javascript.objects import JSObject, as_object, is_callable
from tracewright_javascript.realm import Realm, as_realm


class State:
    """What has become of a promise."""

    PENDING: Final = 0
    FULFILLED: Final = 1
    REJECTED: Final = 2


@final
class JSPromise(JSObject):
    """A promise."""

    def __init__(self, shape: Shape) -> None:
        super().__init__(shape, NO_ROW)
        self.state = State.PENDING
        self.result: Value = Value.UNDEFINED
        self.reactions: list[Reaction] = []
        self.is_handled = False

    def class_text(self) -> str:
        return "Object"


@final
@immutable_fields("promise", "resolve", "reject")
class Capability(GuestObject):
    """A promise of any class, and the functions that settle it."""

    def __init__(self, promise: Value, resolve: Value, reject: Value) -> None:
        self.promise = promise
        self.resolve = resolve
        self.reject = reject


@final
class Reaction(GuestObject):
    """What happens when a promise is settled: handlers run, whose result goes to a capability; or a frame goes on."""

    def __init__(self, capability: Capability | None, fulfilled: Value, rejected: Value) -> None:
        self.capability = capability
        self.fulfilled = fulfilled
        self.rejected = rejected
        self.waiting: Resumable | None = None
        self.context: Value = Value.UNDEFINED  # the agent's `async_context` when somebody began to wait


def new_promise(realm: Realm) -> JSPromise:
    """A promise that is pending."""
    return JSPromise(realm.promise_prototype.bare_shape_of_children())


# Settling


@dont_look_inside
def fulfil(realm: Realm, promise: JSPromise, value: Value) -> None:
    """FulfillPromise"""
    _settle(realm, promise, State.FULFILLED, value)


@dont_look_inside
def reject(realm: Realm, promise: JSPromise, reason: Value) -> None:
    """RejectPromise"""
    if not promise.is_handled:
        realm.agent.rejected.append(promise)
    _settle(realm, promise, State.REJECTED, reason)


def _settle(realm: Realm, promise: JSPromise, state: int, value: Value) -> None:
    reactions = promise.reactions
    promise.reactions = []
    promise.state = state
    promise.result = value
    for reaction in reactions:
        realm.agent.loop.add(ReactionJob(realm, reaction, state, value))


@dont_look_inside
def resolve_promise(realm: Realm, promise: JSPromise, resolution: Value) -> None:
    """What a promise's resolve function does when it is first called."""
    if resolution.is_object() and resolution.as_object() is promise:
        reject(realm, promise, realm.error_of(type_error("Chaining cycle detected for promise #<Promise>")))
        return
    thing = as_object(resolution)
    if thing is None:
        fulfil(realm, promise, resolution)
        return
    try:
        then = get_named(thing, "then")
    except (Thrown, GuestFault) as error:
        reject(realm, promise, error_in(realm, error))
        return
    if is_callable(then):
        realm.agent.loop.add(ThenableJob(realm, promise, resolution, then))
    else:
        fulfil(realm, promise, resolution)


@final
class ResolvingState(GuestObject):
    """What the two functions that settle a promise share."""

    def __init__(self, promise: JSPromise) -> None:
        self.promise = promise
        self.is_resolved = False


@final
class Resolver(GuestObject):
    """What such a function needs, kept in the function."""

    def __init__(self, state: ResolvingState, rejects: bool) -> None:
        self.state = state
        self.rejects = rejects


def resolving_functions(realm: Realm, promise: JSPromise) -> Capability:
    """CreateResolvingFunctions, with the promise."""
    state = ResolvingState(promise)
    resolve = _resolver(realm, Resolver(state, False))
    return Capability(Value.of_object(promise), resolve, _resolver(realm, Resolver(state, True)))


def _resolver(realm: Realm, resolver: Resolver) -> Value:
    function = new_native(realm, "", 1, _resolve_or_reject)
    function.data = Value.of_object(resolver)
    return Value.of_object(function)


def _resolve_or_reject(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    from tracewright_javascript.builtins.arguments import callee_of

    function = callee_of(stack, frame)
    assert isinstance(function, NativeFunction)
    resolver = function.data.as_object()
    assert isinstance(resolver, Resolver)
    state = resolver.state
    if state.is_resolved:
        return Value.UNDEFINED
    state.is_resolved = True
    value = stack[frame + FIRST] if count > 0 else Value.UNDEFINED
    if resolver.rejects:
        reject(as_realm(realm), state.promise, value)
    else:
        resolve_promise(as_realm(realm), state.promise, value)
    return Value.UNDEFINED


# Capabilities


@final
class CapabilityParts(GuestObject):
    """What an executor was called with."""

    def __init__(self) -> None:
        self.resolve: Value = Value.UNDEFINED
        self.reject: Value = Value.UNDEFINED


def _executor(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    from tracewright_javascript.builtins.arguments import argument_at, callee_of

    function = callee_of(stack, frame)
    assert isinstance(function, NativeFunction)
    parts = function.data.as_object()
    assert isinstance(parts, CapabilityParts)
    if not parts.resolve.same(Value.UNDEFINED) or not parts.reject.same(Value.UNDEFINED):
        raise type_error("Promise executor has already been invoked with non-undefined arguments")
    parts.resolve = argument_at(stack, frame, count, 0)
    parts.reject = argument_at(stack, frame, count, 1)
    return Value.UNDEFINED


@dont_look_inside
def new_capability(realm: Realm, constructor: Value) -> Capability:
    """NewPromiseCapability. Raises GuestFault and Thrown."""
    if constructor.same(realm.promise_constructor):
        return resolving_functions(realm, new_promise(realm))
    thing = as_object(constructor)
    if thing is None or not thing.can_construct():
        raise type_error(f"{to_display(constructor)} is not a constructor")
    parts = CapabilityParts()
    executor = new_native(realm, "", 2, _executor)
    executor.data = Value.of_object(parts)
    promise = construct(thing, [Value.of_object(executor)], thing)
    if not is_callable(parts.resolve) or not is_callable(parts.reject):
        raise type_error("Promise resolve or reject function is not callable")
    return Capability(promise, parts.resolve, parts.reject)


@dont_look_inside
def promise_resolve(realm: Realm, constructor: Value, value: Value) -> Value:
    """PromiseResolve: a promise of this class stays what it is. Raises GuestFault and Thrown."""
    thing = as_object(value)
    if isinstance(thing, JSPromise) and get_named(thing, "constructor").same(constructor):
        return value
    capability = new_capability(realm, constructor)
    call(capability.resolve, Value.UNDEFINED, [value])
    return capability.promise


@dont_look_inside
def perform_then(realm: Realm, promise: JSPromise, reaction: Reaction) -> None:
    """PerformPromiseThen"""
    reaction.context = realm.agent.async_context
    if promise.state == State.PENDING:
        promise.reactions.append(reaction)
    else:
        realm.agent.loop.add(ReactionJob(realm, reaction, promise.state, promise.result))
    promise.is_handled = True


@dont_look_inside
def await_value(realm: Realm, waiting: Resumable, value: Value) -> None:
    """Await: the frame goes on when a value, as a promise, is settled. Raises GuestFault and Thrown."""
    thing = as_object(value)
    if not isinstance(thing, JSPromise) or not get_named(thing, "constructor").same(realm.promise_constructor):
        promise = new_promise(realm)
        resolve_promise(realm, promise, value)
    else:
        promise = thing
    reaction = Reaction(None, Value.UNDEFINED, Value.UNDEFINED)
    reaction.waiting = waiting
    perform_then(realm, promise, reaction)


# Jobs


@final
class ReactionJob(Job):
    """NewPromiseReactionJob"""

    def __init__(self, realm: Realm, reaction: Reaction, state: int, argument: Value) -> None:
        self.realm = realm
        self.reaction = reaction
        self.state = state
        self.argument = argument

    def run(self) -> None:
        reaction = self.reaction
        self.realm.agent.async_context = reaction.context
        waiting = reaction.waiting
        if waiting is not None:
            resume_frame(waiting, Resumption.NEXT if self.state == State.FULFILLED else Resumption.THROW, self.argument)
            return
        handler = reaction.fulfilled if self.state == State.FULFILLED else reaction.rejected
        capability = reaction.capability
        rejected = self.state == State.REJECTED
        result = self.argument
        if not handler.same(Value.UNDEFINED):
            try:
                result = call(handler, Value.UNDEFINED, [self.argument])
                rejected = False
            except (Thrown, GuestFault) as error:
                result = error_in(self.realm, error)
                rejected = True
        if capability is not None:
            call(capability.reject if rejected else capability.resolve, Value.UNDEFINED, [result])


@final
class ThenableJob(Job):
    """NewPromiseResolveThenableJob"""

    def __init__(self, realm: Realm, promise: JSPromise, thenable: Value, then: Value) -> None:
        self.realm = realm
        self.promise = promise
        self.thenable = thenable
        self.then = then
        self.context = realm.agent.async_context

    def run(self) -> None:
        self.realm.agent.async_context = self.context
        capability = resolving_functions(self.realm, self.promise)
        try:
            call(self.then, self.thenable, [capability.resolve, capability.reject])
        except (Thrown, GuestFault) as error:
            call(capability.reject, Value.UNDEFINED, [error_in(self.realm, error)])
