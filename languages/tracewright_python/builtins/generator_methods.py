"""Methods of generators and coroutines."""

from __future__ import annotations

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.guest.suspended import RUNNING
from tracewright_python import builtin_types as types
from tracewright_python.exceptions import as_exception
from tracewright_python.functions import Inlined, PyBuiltin, PyGetSet
from tracewright_python.generators import (
    PyGenerator,
    as_generator,
    close_natively,
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


def throw(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`generator.throw(exception)`, or with a class and its argument."""
    generator = the_generator(stack[first])
    thrown = stack[first + 1]
    if as_exception(thrown) is None:
        value = stack[first + 2]
        if as_exception(value) is not None:
            thrown = value
        elif value.same(Value.UNDEFINED) or value.same(NONE):
            thrown = instance_to_raise(session, thrown)
        else:
            thrown = session.call(session, thrown, [value])
    return or_stop(generator, throw_natively(session, generator, thrown))


def close(session: Session, stack: VMStack, first: int, count: int) -> Value:
    close_natively(session, the_generator(stack[first]))
    return NONE


def get_running(session: Session, value: Value) -> Value:
    return Value.of_bool(the_generator(value).frame.pc == RUNNING)


def get_suspended(session: Session, value: Value) -> Value:
    return Value.of_bool(the_generator(value).frame.pc > 0)


def methods_of(kind: PyType) -> list[PyBuiltin]:
    """Those of one of the types."""
    return [
        PyBuiltin("send", send, 2, 2, kind, inlined=Inlined.SEND),
        PyBuiltin("throw", throw, 2, 4, kind),
        PyBuiltin("close", close, 1, 1, kind),
    ]


METHODS: list[PyBuiltin] = [*methods_of(types.GENERATOR), *methods_of(types.COROUTINE)]
ATTRIBUTES: list[PyGetSet] = [
    PyGetSet("gi_running", types.GENERATOR, get_running, None),
    PyGetSet("gi_suspended", types.GENERATOR, get_suspended, None),
    PyGetSet("cr_running", types.COROUTINE, get_running, None),
]
