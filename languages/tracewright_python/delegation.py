"""`yield from` and `await`: the iterator behind them, and what is sent and thrown into it."""

from __future__ import annotations

from tracewright.core.value import Value
from tracewright.hints import dont_look_inside, promote
from tracewright_python import builtin_types as types
from tracewright_python.async_generators import as_step, step_on
from tracewright_python.bytecode import Awaited, CodeKind
from tracewright_python.calls import call
from tracewright_python.conversions import next_value
from tracewright_python.errors import Raised
from tracewright_python.exceptions import as_exception, type_error
from tracewright_python.generators import (
    AsyncStep,
    PyGenerator,
    as_generator,
    close_natively,
    resume_natively,
    stop_value,
    throw_natively,
)
from tracewright_python.handlers import is_error
from tracewright_python.iterators import PyIterator
from tracewright_python.objects import special
from tracewright_python.session import Session
from tracewright_python.special_names import Special
from tracewright_python.values import NONE, type_name, type_of


def stopped_value(value: Value) -> Value:
    """The value of a StopIteration."""
    exception = as_exception(value)
    return stop_value(exception) if exception is not None else NONE


def is_delegate(value: Value) -> bool:
    """Whether `yield from value` has its iterator in it; else ITERATE finds one. Raises TypeError for a coroutine."""
    generator = as_generator(value)
    if generator is None:
        return False
    kind = promote(generator.code).kind
    if kind == CodeKind.COROUTINE:
        raise type_error("cannot 'yield from' a coroutine object in a non-coroutine generator")
    return kind == CodeKind.GENERATOR


def awaitable_of(session: Session, value: Value, reason: int) -> Value:
    """The iterator of `await value`, for a reason of `Awaited`. Raises TypeError."""
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, PyGenerator) and (
            promote(thing.code).kind == CodeKind.COROUTINE or thing.code.may_be_awaited
        ):
            return value
        if isinstance(thing, AsyncStep):
            return value
    return _awaitable_by_method(session, value, reason)


@dont_look_inside
def _awaitable_by_method(session: Session, value: Value, reason: int) -> Value:
    method = special(type_of(value), Special.AWAIT)
    if method.same(Value.UNDEFINED):
        raise _not_awaitable(value, reason)
    result = call(session, method, [value])
    if special(type_of(result), Special.NEXT).same(Value.UNDEFINED):
        raise type_error(f"__await__() returned non-iterator of type '{type_name(result)}'")
    return result


def _not_awaitable(value: Value, reason: int) -> Raised:
    name = type_name(value)
    match reason:
        case Awaited.ENTER:
            return type_error(
                f"'async with' received an object from __aenter__ that does not implement __await__: {name}"
            )
        case Awaited.EXIT:
            return type_error(
                f"'async with' received an object from __aexit__ that does not implement __await__: {name}"
            )
        case Awaited.NEXT:
            return type_error(f"'async for' received an invalid object from __anext__: {name}")
        case _:
            return type_error(f"object {name} can't be used in 'await' expression")


@dont_look_inside
def sent_to(session: Session, iterator: Value, value: Value) -> Value:
    """What an iterator yields next when a value is sent; UNDEFINED at its end, whose value is then `session.returned`."""
    session.returned = NONE
    generator = as_generator(iterator)
    if generator is not None:
        result = resume_natively(session, generator, value)
        session.returned = generator.result
        return result
    step = as_step(iterator)
    try:
        if step is not None:
            return step_on(session, step, value)
        if not value.same(NONE):
            return call(session, session.get_attribute(session, iterator, "send"), [value])
        if iterator.is_object() and isinstance(iterator.as_object(), PyIterator):
            return next_value(session, iterator)
        method = special(type_of(iterator), Special.NEXT)
        return call(session, method, [iterator])
    except Raised as raised:
        if not is_error(raised.value, types.STOP_ITERATION):
            raise
        session.returned = stopped_value(raised.value)
        return Value.UNDEFINED


@dont_look_inside
def thrown_into(session: Session, iterator: Value, value: Value) -> Value:
    """What an iterator yields when an exception is thrown into it; UNDEFINED at its end, whose value is then `session.returned`."""
    session.returned = NONE
    generator = as_generator(iterator)
    try:
        if is_error(value, types.GENERATOR_EXIT):
            if generator is not None:
                close_natively(session, generator)
            else:
                closing = session.find_attribute(session, iterator, "close")
                if not closing.same(Value.UNDEFINED):
                    call(session, closing, [])
            raise Raised(value, True)
        if generator is not None:
            result = throw_natively(session, generator, value)
            session.returned = generator.result
            return result
        throwing = session.find_attribute(session, iterator, "throw")
        if throwing.same(Value.UNDEFINED):
            raise Raised(value, True)
        return call(session, throwing, [value])
    except Raised as raised:
        if not is_error(raised.value, types.STOP_ITERATION) or raised.value.same(value):
            raise
        session.returned = stopped_value(raised.value)
        return Value.UNDEFINED
