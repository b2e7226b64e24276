"""Methods of generators and coroutines."""

from __future__ import annotations

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright_python import builtin_types as types
from tracewright_python.async_generators import (
    AsyncSend,
    AsyncThrow,
    CoroutineIterator,
    as_step,
    step_on,
    throw_into_step,
)
from tracewright_python.exceptions import as_exception
from tracewright_python.functions import Inlined, PyBuiltin, PyGetSet
from tracewright_python.generators import (
    AsyncStep,
    PyGenerator,
    StepState,
    as_generator,
    close_natively,
    is_running,
    resume_natively,
    stop_iteration,
    throw_natively,
)
from tracewright_python.handlers import instance_to_raise
from tracewright_python.objects import PyType
from tracewright_python.session import Session
from tracewright_python.values import NONE


def the_generator(value: Value) -> PyGenerator:
    """A value that is a generator."""
    found = as_generator(value)
    assert found is not None
    return found


def or_stop(generator: PyGenerator, value: Value) -> Value:
    """What it has yielded. Raises StopIteration where it has returned."""
    if value.same(Value.UNDEFINED):
        raise stop_iteration(generator.result)
    return value


def send(session: Session, stack: VMStack, first: int, count: int) -> Value:
    generator = the_generator(stack[first])
    return or_stop(generator, resume_natively(session, generator, stack[first + 1]))


def thrown_argument(session: Session, stack: VMStack, first: int) -> Value:
    """The exception that `throw(exception)` or `throw(class, value)` is given."""
    thrown = stack[first + 1]
    if as_exception(thrown) is None:
        value = stack[first + 2]
        if as_exception(value) is not None:
            thrown = value
        elif value.same(Value.UNDEFINED) or value.same(NONE):
            thrown = instance_to_raise(session, thrown)
        else:
            thrown = session.call(session, thrown, [value])
    return thrown


def throw(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`generator.throw(exception)`, or with a class and its argument."""
    generator = the_generator(stack[first])
    return or_stop(generator, throw_natively(session, generator, thrown_argument(session, stack, first)))


def close(session: Session, stack: VMStack, first: int, count: int) -> Value:
    close_natively(session, the_generator(stack[first]))
    return NONE


def get_running(session: Session, value: Value) -> Value:
    return Value.of_bool(is_running(the_generator(value)))


def get_suspended(session: Session, value: Value) -> Value:
    generator = the_generator(value)
    return Value.of_bool(generator.frame.pc > 0 and not is_running(generator))


def methods_of(kind: PyType) -> list[PyBuiltin]:
    """Those of one of the types."""
    return [
        PyBuiltin("send", send, 2, 2, kind, inlined=Inlined.SEND),
        PyBuiltin("throw", throw, 2, 4, kind),
        PyBuiltin("close", close, 1, 1, kind),
    ]


def await_coroutine(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`coroutine.__await__()`"""
    return Value.of_object(CoroutineIterator(the_generator(stack[first])))


# --- asynchronous generators ---


def itself(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`__aiter__` of a generator, `__iter__` and `__await__` of what it gives."""
    return stack[first]


def async_next(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`generator.__anext__()`"""
    return Value.of_object(AsyncSend(the_generator(stack[first]), NONE))


def async_send(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`generator.asend(value)`"""
    return Value.of_object(AsyncSend(the_generator(stack[first]), stack[first + 1]))


def async_throw(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`generator.athrow(exception)`"""
    return Value.of_object(AsyncThrow(the_generator(stack[first]), thrown_argument(session, stack, first)))


def async_close(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`generator.aclose()`"""
    return Value.of_object(AsyncThrow(the_generator(stack[first]), Value.UNDEFINED))


def the_step(value: Value) -> AsyncStep:
    """A value that is a step of an asynchronous generator."""
    found = as_step(value)
    assert found is not None
    return found


def send_step(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return step_on(session, the_step(stack[first]), stack[first + 1])


def throw_step(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return throw_into_step(session, the_step(stack[first]), thrown_argument(session, stack, first))


def close_step(session: Session, stack: VMStack, first: int, count: int) -> Value:
    the_step(stack[first]).state = StepState.DONE
    return NONE


def methods_of_step(kind: PyType) -> list[PyBuiltin]:
    """Those of what asynchronous generators give to be awaited."""
    return [
        PyBuiltin("__await__", itself, 1, 1, kind),
        PyBuiltin("send", send_step, 2, 2, kind),
        PyBuiltin("throw", throw_step, 2, 4, kind),
        PyBuiltin("close", close_step, 1, 1, kind),
    ]


METHODS: list[PyBuiltin] = [
    *methods_of(types.GENERATOR),
    *methods_of(types.COROUTINE),
    PyBuiltin("__await__", await_coroutine, 1, 1, types.COROUTINE),
    PyBuiltin("__aiter__", itself, 1, 1, types.ASYNC_GENERATOR),
    PyBuiltin("__anext__", async_next, 1, 1, types.ASYNC_GENERATOR),
    PyBuiltin("asend", async_send, 2, 2, types.ASYNC_GENERATOR),
    PyBuiltin("athrow", async_throw, 2, 4, types.ASYNC_GENERATOR),
    PyBuiltin("aclose", async_close, 1, 1, types.ASYNC_GENERATOR),
    *methods_of_step(types.ASYNC_GENERATOR_SEND),
    *methods_of_step(types.ASYNC_GENERATOR_THROW),
]
ATTRIBUTES: list[PyGetSet] = [
    PyGetSet("gi_running", types.GENERATOR, get_running, None),
    PyGetSet("gi_suspended", types.GENERATOR, get_suspended, None),
    PyGetSet("cr_running", types.COROUTINE, get_running, None),
]
