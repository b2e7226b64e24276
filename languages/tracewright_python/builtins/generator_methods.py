"""Methods of generators and coroutines."""

from __future__ import annotations

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.guest.frames import LINK_SLOTS
from tracewright.guest.instructions import field_b, opcode, wide
from tracewright.guest.suspended import is_finished
from tracewright_python import builtin_types as types
from tracewright_python.async_generators import (
    AsyncSend,
    AsyncThrow,
    CoroutineIterator,
    as_step,
    begun,
    step_on,
    throw_into_step,
)
from tracewright_python.code_objects import NO_BASE, PyFrame, code_object
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
from tracewright_python.objects import PyType, as_py_object
from tracewright_python.opcodes import Op
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


def suspended_frame(session: Session, value: Value) -> Value:
    """`gi_frame`: where it will go on; None once it has ended."""
    generator = the_generator(value)
    if is_finished(generator.frame):
        return NONE
    place = max(generator.frame.pc - 1, 0)
    return Value.of_object(PyFrame(generator.code, place, NO_BASE, None, None, generator.frame))


def code_of(session: Session, value: Value) -> Value:
    """`gi_code`"""
    return code_object(the_generator(value).code)


def delegate(session: Session, value: Value) -> Value:
    """`gi_yieldfrom`, `cr_await`: the iterator that it hands on from; None where it waits at a `yield` of its own."""
    generator = the_generator(value)
    pc = generator.frame.pc
    if pc <= 0:
        return NONE
    words = generator.code.words
    while opcode(words[pc]) == Op.HANDLE or opcode(words[pc]) == Op.RAISE_THROWN:
        pc += 1
    if opcode(words[pc]) != Op.REPEAT:
        return NONE
    again = words[wide(words[pc])]
    return generator.frame.slots[field_b(again) - LINK_SLOTS] if opcode(again) == Op.SEND else NONE


def no_origin(session: Session, value: Value) -> Value:
    """`cr_origin`: nobody notes where coroutines are made."""
    return NONE


def send_wrapped(session: Session, stack: VMStack, first: int, count: int) -> Value:
    generator = wrapped(stack[first])
    return or_stop(generator, resume_natively(session, generator, stack[first + 1]))


def next_wrapped(session: Session, stack: VMStack, first: int, count: int) -> Value:
    generator = wrapped(stack[first])
    return or_stop(generator, resume_natively(session, generator, NONE))


def throw_wrapped(session: Session, stack: VMStack, first: int, count: int) -> Value:
    generator = wrapped(stack[first])
    return or_stop(generator, throw_natively(session, generator, thrown_argument(session, stack, first)))


def close_wrapped(session: Session, stack: VMStack, first: int, count: int) -> Value:
    close_natively(session, wrapped(stack[first]))
    return NONE


def wrapped(value: Value) -> PyGenerator:
    """The coroutine of what its `__await__` has given."""
    thing = as_py_object(value)
    assert isinstance(thing, CoroutineIterator)
    return thing.coroutine


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
    return Value.of_object(AsyncSend(begun(session, stack[first]), NONE))


def async_send(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`generator.asend(value)`"""
    return Value.of_object(AsyncSend(begun(session, stack[first]), stack[first + 1]))


def async_throw(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`generator.athrow(exception)`"""
    return Value.of_object(AsyncThrow(begun(session, stack[first]), thrown_argument(session, stack, first)))


def async_close(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`generator.aclose()`"""
    return Value.of_object(AsyncThrow(begun(session, stack[first]), Value.UNDEFINED))


def the_step(value: Value) -> AsyncStep:
    """A value that is a step of an asynchronous generator."""
    found = as_step(value)
    assert found is not None
    return found


def send_step(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return step_on(session, the_step(stack[first]), stack[first + 1])


def next_step(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return step_on(session, the_step(stack[first]), NONE)


def throw_step(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return throw_into_step(session, the_step(stack[first]), thrown_argument(session, stack, first))


def close_step(session: Session, stack: VMStack, first: int, count: int) -> Value:
    the_step(stack[first]).state = StepState.DONE
    return NONE


def methods_of_step(kind: PyType) -> list[PyBuiltin]:
    """Those of what asynchronous generators give to be awaited."""
    return [
        PyBuiltin("__await__", itself, 1, 1, kind),
        PyBuiltin("__iter__", itself, 1, 1, kind),
        PyBuiltin("__next__", next_step, 1, 1, kind),
        PyBuiltin("send", send_step, 2, 2, kind),
        PyBuiltin("throw", throw_step, 2, 4, kind),
        PyBuiltin("close", close_step, 1, 1, kind),
    ]


METHODS: list[PyBuiltin] = [
    *methods_of(types.GENERATOR),
    *methods_of(types.COROUTINE),
    PyBuiltin("__await__", await_coroutine, 1, 1, types.COROUTINE),
    PyBuiltin("send", send_wrapped, 2, 2, types.COROUTINE_WRAPPER),
    PyBuiltin("throw", throw_wrapped, 2, 4, types.COROUTINE_WRAPPER),
    PyBuiltin("close", close_wrapped, 1, 1, types.COROUTINE_WRAPPER),
    PyBuiltin("__iter__", itself, 1, 1, types.COROUTINE_WRAPPER),
    PyBuiltin("__next__", next_wrapped, 1, 1, types.COROUTINE_WRAPPER),
    PyBuiltin("__aiter__", itself, 1, 1, types.ASYNC_GENERATOR),
    PyBuiltin("__anext__", async_next, 1, 1, types.ASYNC_GENERATOR),
    PyBuiltin("asend", async_send, 2, 2, types.ASYNC_GENERATOR),
    PyBuiltin("athrow", async_throw, 2, 4, types.ASYNC_GENERATOR),
    PyBuiltin("aclose", async_close, 1, 1, types.ASYNC_GENERATOR),
    *methods_of_step(types.ASYNC_GENERATOR_SEND),
    *methods_of_step(types.ASYNC_GENERATOR_THROW),
]
PREFIXES: list[tuple[str, PyType, str]] = [
    ("gi", types.GENERATOR, "yieldfrom"),
    ("cr", types.COROUTINE, "await"),
    ("ag", types.ASYNC_GENERATOR, "await"),
]
ATTRIBUTES: list[PyGetSet] = [
    *[PyGetSet(f"{prefix}_running", kind, get_running, None) for prefix, kind, _ in PREFIXES],
    *[PyGetSet(f"{prefix}_suspended", kind, get_suspended, None) for prefix, kind, _ in PREFIXES],
    *[PyGetSet(f"{prefix}_frame", kind, suspended_frame, None) for prefix, kind, _ in PREFIXES],
    *[PyGetSet(f"{prefix}_code", kind, code_of, None) for prefix, kind, _ in PREFIXES],
    *[PyGetSet(f"{prefix}_{word}", kind, delegate, None) for prefix, kind, word in PREFIXES],
    PyGetSet("cr_origin", types.COROUTINE, no_origin, None),
]
