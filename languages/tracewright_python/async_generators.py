"""Asynchronous generators: what `__anext__`, `asend`, `athrow` and `aclose` give, and what happens when that is awaited.

    async def numbers():            step = numbers().__anext__()      an AsyncStep
        await pause()               await step                        resumes the frame: what `pause` hands out, the awaiter hands out, too;
        yield 1                                                       at `yield 1` the step ends, and its value is 1

So to await a step is SEND of the generator's own frame (`interpreter.py`), and YIELD_ASYNC comes back as a return does.
"""

from __future__ import annotations

from typing import final

from tracewright.core.value import Value
from tracewright.guest.suspended import RUNNING, is_finished
from tracewright.hints import dont_look_inside, promote
from tracewright_python import builtin_types as types
from tracewright_python.bytecode import CodeKind
from tracewright_python.errors import Raised
from tracewright_python.exceptions import as_exception, error, new_exception
from tracewright_python.generators import (
    AsyncStep,
    PyGenerator,
    StepState,
    as_generator,
    end_step,
    resume_natively,
    stop_iteration,
    throw_natively,
)
from tracewright_python.iterators import PyIterator
from tracewright_python.lists import NO_VALUES
from tracewright_python.objects import PyType
from tracewright_python.session import Session
from tracewright_python.values import NONE


@final
class AsyncSend(AsyncStep):
    """`generator.__anext__()`, `generator.asend(value)`"""

    def type_of(self) -> PyType:
        return types.ASYNC_GENERATOR_SEND

    def step(self, session: Session) -> Value:
        return step_on(session, self, NONE)


@final
class AsyncThrow(AsyncStep):
    """`generator.athrow(exception)`, which is `sent`; `generator.aclose()` if it is UNDEFINED."""

    def type_of(self) -> PyType:
        return types.ASYNC_GENERATOR_THROW

    def step(self, session: Session) -> Value:
        return step_on(session, self, NONE)

    def is_close(self) -> bool:
        return self.sent.same(Value.UNDEFINED)


@final
class CoroutineIterator(PyIterator):
    """`coroutine.__await__()`"""

    def __init__(self, coroutine: PyGenerator) -> None:
        self.coroutine = coroutine

    def type_of(self) -> PyType:
        return types.COROUTINE_WRAPPER

    def step(self, session: Session) -> Value:
        value = resume_natively(session, self.coroutine, NONE)
        if value.same(Value.UNDEFINED):
            raise stop_iteration(self.coroutine.result)
        return value


def as_step(value: Value) -> AsyncStep | None:
    """The step of an asynchronous generator, or None for anything else."""
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, AsyncStep):
            return thing
    return None


def begun(session: Session, value: Value) -> PyGenerator:
    """An asynchronous generator of which something is asked; whom `sys.set_asyncgen_hooks` names is told the first time."""
    generator = as_generator(value)
    assert generator is not None
    if not generator.is_known:
        generator.is_known = True
        if not session.first_iteration.same(NONE):
            session.call(session, session.first_iteration, [value])
    return generator


def next_step_of(session: Session, value: Value) -> Value:
    """What `__anext__` of an asynchronous generator of the language gives; UNDEFINED for anything else."""
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, PyGenerator) and promote(thing.code).kind == CodeKind.ASYNC_GENERATOR:
            return Value.of_object(AsyncSend(begun(session, value), NONE))
    return Value.UNDEFINED


def begin_or_go_on(step: AsyncSend, sent: Value) -> Value:
    """What its generator is sent when somebody who awaits it goes on. Raises RuntimeError, StopAsyncIteration."""
    if step.state == StepState.UNDER_WAY:
        return sent
    if step.state == StepState.DONE:
        raise error(types.RUNTIME_ERROR, "cannot reuse already awaited __anext__()/asend()")
    generator = step.generator
    if generator.step_under_way is not None:
        step.state = StepState.DONE
        raise error(types.RUNTIME_ERROR, "anext(): asynchronous generator is already running")
    if is_finished(generator.frame):
        step.state = StepState.DONE
        raise stop_async_iteration()
    step.state = StepState.UNDER_WAY
    generator.step_under_way = step
    return step.sent if sent.same(NONE) else sent


@dont_look_inside
def stop_async_iteration() -> Raised:
    """The end of an asynchronous iterator."""
    return Raised(new_exception(types.STOP_ASYNC_ITERATION, NO_VALUES))


@dont_look_inside
def step_on(session: Session, step: AsyncStep, sent: Value) -> Value:
    """What the generator hands out on its way. Raises StopIteration with the value that it has come to, StopAsyncIteration at its end."""
    generator = step.generator
    if isinstance(step, AsyncSend):
        sent = begin_or_go_on(step, sent)
        return _outcome(generator, resume_natively(session, generator, sent))
    assert isinstance(step, AsyncThrow)
    return _throw_step(session, step, sent)


def _outcome(generator: PyGenerator, value: Value) -> Value:
    if value.same(Value.UNDEFINED):
        end_step(generator)
        raise stop_async_iteration()
    if generator.step_under_way is None:
        raise stop_iteration(value)
    return value


def _throw_step(session: Session, step: AsyncThrow, sent: Value) -> Value:
    generator = step.generator
    is_new = step.state == StepState.NEW
    if step.state == StepState.DONE:
        raise error(types.RUNTIME_ERROR, "cannot reuse already awaited aclose()/athrow()")
    if is_new and (generator.step_under_way is not None or generator.frame.pc == RUNNING):
        step.state = StepState.DONE
        name = "aclose" if step.is_close() else "athrow"
        raise error(types.RUNTIME_ERROR, f"{name}(): asynchronous generator is already running")
    if is_finished(generator.frame):
        step.state = StepState.DONE
        raise stop_iteration(NONE)
    if is_new and not sent.same(NONE):
        raise error(types.RUNTIME_ERROR, "can't send non-None value to a just-started coroutine")
    step.state = StepState.UNDER_WAY
    generator.step_under_way = step
    try:
        if is_new:
            thrown = new_exception(types.GENERATOR_EXIT, NO_VALUES) if step.is_close() else step.sent
            value = throw_natively(session, generator, thrown)
        else:
            value = resume_natively(session, generator, sent)
        return _throw_outcome(step, value)
    except Raised as raised:
        if is_finished(generator.frame):
            end_step(generator)
            step.state = StepState.DONE
        exception = as_exception(raised.value)
        if step.is_close() and exception is not None:
            kind = exception.type_of()
            if kind.derives_from(types.STOP_ASYNC_ITERATION) or kind.derives_from(types.GENERATOR_EXIT):
                raise stop_iteration(NONE)
        raise


def _throw_outcome(step: AsyncThrow, value: Value) -> Value:
    generator = step.generator
    if step.is_close() and generator.step_under_way is None and not value.same(Value.UNDEFINED):
        raise error(types.RUNTIME_ERROR, "async generator ignored GeneratorExit")
    return _outcome(generator, value)


@dont_look_inside
def throw_into_step(session: Session, step: AsyncStep, exception: Value) -> Value:
    """Raise an exception where the generator waits."""
    generator = step.generator
    if step.state == StepState.DONE:
        name = "__anext__()/asend()" if isinstance(step, AsyncSend) else "aclose()/athrow()"
        raise error(types.RUNTIME_ERROR, f"cannot reuse already awaited {name}")
    try:
        value = throw_natively(session, generator, exception)
    except Raised:
        end_step(generator)
        step.state = StepState.DONE
        raise
    if isinstance(step, AsyncThrow):
        return _throw_outcome(step, value)
    return _outcome(generator, value)
