"""Generator objects, sync and async, and the constructors of the functions that make them (27.3 to 27.6)."""

from __future__ import annotations

from typing import Final

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright_javascript.async_generators import AsyncGenerator, Request, enqueue
from tracewright_javascript.async_iteration import AsyncFromSyncIterator
from tracewright_javascript.builtins.arguments import argument_at, arguments_from, native_data, this_of
from tracewright_javascript.builtins.iterators import installed_value
from tracewright_javascript.builtins.rows import NativeRow, install_methods, install_tag, install_value
from tracewright_javascript.bytecode import AnyRealm
from tracewright_javascript.calls import call, error_in, resume_frame
from tracewright_javascript.conversions import get_method, to_display
from tracewright_javascript.errors import GuestFault, Thrown, type_error
from tracewright_javascript.functions import Special, new_native
from tracewright_javascript.generators import JSGenerator, Resumption, result_object
from tracewright_javascript.iteration import result_done, result_value
from tracewright_javascript.objects import as_object
from tracewright_javascript.promises import (
    JSPromise,
    Reaction,
    new_promise,
    perform_then,
    promise_resolve,
    reject,
    resolve_promise,
    resolving_functions,
)
from tracewright_javascript.properties import READ_ONLY
from tracewright_javascript.realm import Realm, as_realm

# Generators


def _resume(realm: AnyRealm, stack: VMStack, frame: int, count: int, mode: int) -> Value:
    """GeneratorResume, and GeneratorResumeAbrupt. Raises GuestFault and Thrown."""
    where = as_realm(realm)
    generator = as_object(this_of(stack, frame))
    sent = argument_at(stack, frame, count, 0)
    if not isinstance(generator, JSGenerator):
        raise type_error(f"next method called on incompatible receiver {to_display(this_of(stack, frame))}")
    if generator.frame.pc == generator.start_pc and mode != Resumption.NEXT:
        generator.finish_frame()
    if generator.is_finished():
        if mode == Resumption.THROW:
            raise Thrown(sent)
        return result_object(where, sent if mode == Resumption.RETURN else Value.UNDEFINED, True)
    generator.prepare(mode, sent)
    return resume_frame(generator, mode, sent)


def _next(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return _resume(realm, stack, frame, count, Resumption.NEXT)


def _throw(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return _resume(realm, stack, frame, count, Resumption.THROW)


def _return(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return _resume(realm, stack, frame, count, Resumption.RETURN)


# Async generators


def _request(realm: AnyRealm, stack: VMStack, frame: int, count: int, mode: int) -> Value:
    where = as_realm(realm)
    promise = new_promise(where)
    generator = as_object(this_of(stack, frame))
    if isinstance(generator, AsyncGenerator):
        enqueue(where, generator, Request(mode, argument_at(stack, frame, count, 0), promise))
    else:
        shown = to_display(this_of(stack, frame))
        reject(where, promise, where.error_of(type_error(f"next method called on incompatible receiver {shown}")))
    return Value.of_object(promise)


def _async_next(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return _request(realm, stack, frame, count, Resumption.NEXT)


def _async_throw(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return _request(realm, stack, frame, count, Resumption.THROW)


def _async_return(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return _request(realm, stack, frame, count, Resumption.RETURN)


# Async iterators made of ordinary ones


def _from_sync(realm: AnyRealm, stack: VMStack, frame: int, count: int, mode: int) -> Value:
    where = as_realm(realm)
    promise = new_promise(where)
    iterator = as_object(this_of(stack, frame))
    assert isinstance(iterator, AsyncFromSyncIterator)
    arguments = arguments_from(stack, frame, min(count, 1), 0)
    try:
        _continue(where, iterator, arguments, mode, promise)
    except (Thrown, GuestFault) as error:
        reject(where, promise, error_in(where, error))
    return Value.of_object(promise)


def _continue(
    realm: Realm, iterator: AsyncFromSyncIterator, arguments: list[Value], mode: int, promise: JSPromise
) -> None:
    """AsyncFromSyncIteratorContinuation, of what the inner iterator says. Raises GuestFault and Thrown."""
    inner = Value.of_object(iterator.iterator)
    if mode == Resumption.NEXT:
        method = iterator.next_method
    else:
        method = get_method(iterator.iterator, "return" if mode == Resumption.RETURN else "throw")
        if method.same(Value.UNDEFINED):
            sent = arguments[0] if len(arguments) > 0 else Value.UNDEFINED
            if mode == Resumption.RETURN:
                resolve_promise(realm, promise, result_object(realm, sent, True))
                return
            _close_inner(iterator)
            raise type_error("The iterator does not provide a 'throw' method")
    result = call(method, inner, arguments)
    done = result_done(result)
    value = result_value(result)
    try:
        awaited = promise_resolve(realm, realm.promise_constructor, value).as_object()
    except (Thrown, GuestFault):
        if not done and mode != Resumption.RETURN:
            _close_quietly(iterator)
        raise
    assert isinstance(awaited, JSPromise)
    unwrap = new_native(realm, "", 1, _unwrap)
    unwrap.data = Value.of_bool(done)
    rejected = Value.UNDEFINED
    if not done and mode != Resumption.RETURN:
        closer = new_native(realm, "", 1, _close_and_throw)
        closer.data = Value.of_object(iterator)
        rejected = Value.of_object(closer)
    perform_then(realm, awaited, Reaction(resolving_functions(realm, promise), Value.of_object(unwrap), rejected))


def _unwrap(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return result_object(as_realm(realm), argument_at(stack, frame, count, 0), native_data(stack, frame).as_bool())


def _close_and_throw(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    iterator = native_data(stack, frame).as_object()
    assert isinstance(iterator, AsyncFromSyncIterator)
    _close_quietly(iterator)
    raise Thrown(argument_at(stack, frame, count, 0))


def _close_inner(iterator: AsyncFromSyncIterator) -> None:
    method = get_method(iterator.iterator, "return")
    if not method.same(Value.UNDEFINED):
        result = call(method, Value.of_object(iterator.iterator), [])
        if as_object(result) is None:
            raise type_error(f"{to_display(result)} is not an object")


def _close_quietly(iterator: AsyncFromSyncIterator) -> None:
    try:
        _close_inner(iterator)
    except (Thrown, GuestFault):
        pass


def _sync_next(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return _from_sync(realm, stack, frame, count, Resumption.NEXT)


def _sync_throw(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return _from_sync(realm, stack, frame, count, Resumption.THROW)


def _sync_return(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return _from_sync(realm, stack, frame, count, Resumption.RETURN)


GENERATOR_METHODS: Final[list[NativeRow]] = [("return", 1, _return), ("throw", 1, _throw)]
ASYNC_METHODS: Final[list[NativeRow]] = [
    ("next", 1, _async_next),
    ("return", 1, _async_return),
    ("throw", 1, _async_throw),
]
FROM_SYNC_METHODS: Final[list[NativeRow]] = [
    ("next", 1, _sync_next),
    ("return", 1, _sync_return),
    ("throw", 1, _sync_throw),
]


def install_generators(realm: Realm) -> None:
    """The prototypes of generators, and of the functions that make them."""
    native = new_native(realm, "next", 1, _next, False, Special.NEXT)
    install_value(realm.generator_prototype, "next", Value.of_object(native))
    realm.generator_next = installed_value(realm.generator_prototype, "next")
    install_methods(realm, realm.generator_prototype, GENERATOR_METHODS)
    install_methods(realm, realm.async_generator_prototype, ASYNC_METHODS)
    install_methods(realm, realm.async_from_sync_prototype, FROM_SYNC_METHODS)
    pairs = [
        (realm.generator_prototype, realm.generator_function_prototype, "Generator"),
        (realm.async_generator_prototype, realm.async_generator_function_prototype, "AsyncGenerator"),
    ]
    for prototype, function_prototype, tag in pairs:
        install_value(prototype, "constructor", Value.of_object(function_prototype), READ_ONLY)
        install_value(function_prototype, "prototype", Value.of_object(prototype), READ_ONLY)
        install_tag(prototype, tag)
        install_tag(function_prototype, f"{tag}Function")
    install_tag(realm.async_function_prototype, "AsyncFunction")
