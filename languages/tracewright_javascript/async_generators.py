"""Async functions and async generators: how their frames end, and the queue of requests of the latter (27.6.3)."""

from __future__ import annotations

from typing import final

from tracewright.core.cast import unsafe_cast
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.guest.objects import GuestObject
from tracewright.guest.shapes import Shape
from tracewright.hints import dont_look_inside
from tracewright_javascript.bytecode import CALLEE, FIRST, AnyRealm, Code, CodeKind
from tracewright_javascript.calls import error_in, resume_frame
from tracewright_javascript.construction import prototype_from
from tracewright_javascript.errors import GuestFault, Thrown
from tracewright_javascript.functions import JSFunction, NativeFunction, new_native
from tracewright_javascript.generators import AsyncActivation, JSGenerator, Resumable, Resumption, result_object
from tracewright_javascript.promises import (
    JSPromise,
    Reaction,
    new_promise,
    perform_then,
    promise_resolve,
    reject,
    resolve_promise,
)
from tracewright_javascript.realm import Realm, as_realm


def new_generator(function: JSFunction, code: Code) -> Resumable:
    """The object of a call of a generator function."""
    if code.kind == CodeKind.GENERATOR:
        prototype = prototype_from(function, lambda realm: realm.generator_prototype)
        return JSGenerator(prototype.bare_shape_of_children(), code)
    prototype = prototype_from(function, lambda realm: realm.async_generator_prototype)
    return AsyncGenerator(prototype.bare_shape_of_children(), code)


@dont_look_inside
def new_activation(realm: Realm, code: Code) -> Value:
    """The object of a call of an async function."""
    return Value.of_object(AsyncActivation(realm.bare_shape, code, new_promise(realm)))


def promise_of(value: Value) -> Value:
    """The promise of a call of an async function; undefined for an async generator."""
    return unsafe_cast(Resumable, value.as_object()).promise_value()


@dont_look_inside
def end_async(realm: Realm, value: Value, result: Value) -> Value:
    """An async function returns; gives its promise."""
    activation = unsafe_cast(AsyncActivation, value.as_object())
    activation.finish_frame()
    resolve_promise(realm, unsafe_cast(JSPromise, activation.promise), result)
    return Value.of_object(activation.promise)


@dont_look_inside
def end_by_error(realm: Realm, code: Code, stack: VMStack, base: int, thrown: Value) -> bool:
    """An error leaves the frame of a function that stops in the middle; True where that ends here, in a promise."""
    if not stack[base + code.generator_slot].is_object():
        return False  # it has not begun: its parameters failed
    running = stack[base + code.generator_slot].as_object()
    if isinstance(running, AsyncActivation):
        running.finish_frame()
        reject(realm, unsafe_cast(JSPromise, running.promise), thrown)
        return True
    if isinstance(running, AsyncGenerator):
        running.finish_frame()
        running.is_running = False
        _answer_error(realm, running, thrown)
        go_on(realm, running)
        return True
    if isinstance(running, Resumable):
        running.finish_frame()
    return False


@final
class Request(GuestObject):
    """A call of `next`, `throw` or `return` that waits for its turn."""

    def __init__(self, mode: int, value: Value, promise: JSPromise) -> None:
        self.mode = mode
        self.value = value
        self.promise = promise


@final
class AsyncGenerator(Resumable):
    """What a call of an async generator function returns."""

    def __init__(self, shape: Shape, code: Code) -> None:
        super().__init__(shape, code)
        self.requests: list[Request] = []
        self.is_running = False  # or waiting for a promise: no request is looked at
        self.has_begun = False


@dont_look_inside
def enqueue(realm: Realm, generator: AsyncGenerator, request: Request) -> None:
    """A request comes."""
    generator.requests.append(request)
    if not generator.is_running:
        go_on(realm, generator)


def go_on(realm: Realm, generator: AsyncGenerator) -> None:
    """Look at the next requests of a generator that does not run, until one makes it run or wait."""
    while len(generator.requests) > 0 and not generator.is_running:
        request = generator.requests[0]
        if not generator.has_begun and request.mode != Resumption.NEXT and not generator.is_finished():
            generator.finish_frame()
        if generator.is_finished():
            if request.mode == Resumption.NEXT:
                _answer(realm, generator, Value.UNDEFINED, True)
            elif request.mode == Resumption.THROW:
                _answer_error(realm, generator, request.value)
            else:
                _await_return(realm, generator, request.value)
            continue
        generator.is_running = True
        generator.has_begun = True
        resume_frame(generator, request.mode, request.value)


def _answer(realm: Realm, generator: AsyncGenerator, value: Value, done: bool) -> None:
    request = generator.requests[0]
    del generator.requests[0]
    resolve_promise(realm, request.promise, result_object(realm, value, done))


def _answer_error(realm: Realm, generator: AsyncGenerator, reason: Value) -> None:
    request = generator.requests[0]
    del generator.requests[0]
    reject(realm, request.promise, reason)


@dont_look_inside
def async_yield(realm: Realm, generator: AsyncGenerator, value: Value) -> bool:
    """`yield` in an async generator: answer the request; True where another one waits already, with which it goes on."""
    _answer(realm, generator, value, False)
    if len(generator.requests) == 0:
        generator.is_running = False
        return False
    generator.mode = generator.requests[0].mode
    generator.sent = generator.requests[0].value
    return True


@dont_look_inside
def end_async_generator(realm: Realm, value: Value, result: Value) -> None:
    """An async generator returns."""
    generator = unsafe_cast(AsyncGenerator, value.as_object())
    generator.finish_frame()
    generator.is_running = False
    _answer(realm, generator, result, True)
    go_on(realm, generator)


def _await_return(realm: Realm, generator: AsyncGenerator, value: Value) -> None:
    """AsyncGeneratorAwaitReturn: a generator that has ended was asked to return a value, which may be a promise."""
    generator.is_running = True
    handlers: list[Value] = []
    for function in (_return_fulfilled, _return_rejected):
        native = new_native(realm, "", 1, function)
        native.data = Value.of_object(generator)
        handlers.append(Value.of_object(native))
    try:
        promise = promise_resolve(realm, realm.promise_constructor, value).as_object()
    except (Thrown, GuestFault) as error:
        generator.is_running = False
        _answer_error(realm, generator, error_in(realm, error))
        return
    perform_then(realm, unsafe_cast(JSPromise, promise), Reaction(None, handlers[0], handlers[1]))


def _return_fulfilled(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    generator = _waiting_generator(stack, frame)
    _answer(as_realm(realm), generator, stack[frame + FIRST], True)
    go_on(as_realm(realm), generator)
    return Value.UNDEFINED


def _return_rejected(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    generator = _waiting_generator(stack, frame)
    _answer_error(as_realm(realm), generator, stack[frame + FIRST])
    go_on(as_realm(realm), generator)
    return Value.UNDEFINED


def _waiting_generator(stack: VMStack, frame: int) -> AsyncGenerator:
    function = unsafe_cast(NativeFunction, stack[frame + CALLEE].as_object())
    generator = unsafe_cast(AsyncGenerator, function.data.as_object())
    generator.is_running = False
    return generator
