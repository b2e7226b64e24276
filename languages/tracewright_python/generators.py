"""Generators and coroutines: frames that stop in the middle (`guest/suspended.py`).

The interpreter's loop resumes them as it calls functions (NEXT, SEND); what stands here is for built-in functions that do it.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array, unchecked_get, unchecked_set
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.guest.frames import LINK_SLOTS, mark_outermost
from tracewright.guest.instructions import field_a
from tracewright.guest.suspended import RUNNING, SuspendedFrame, finish, is_finished, resume
from tracewright.hints import dont_look_inside, immutable_fields, promote, unroll_safe
from tracewright_python import builtin_types as types
from tracewright_python.bytecode import AFTER, CALLEE, Code, CodeKind
from tracewright_python.errors import Raised
from tracewright_python.exceptions import (
    PyException,
    PyTraceback,
    as_exception,
    error,
    new_exception,
    type_error,
    value_error,
)
from tracewright_python.iterators import PyIterator
from tracewright_python.lists import NO_VALUES
from tracewright_python.objects import PyType
from tracewright_python.session import Session
from tracewright_python.values import NONE


@final
@immutable_fields("frame", "code")
class PyGenerator(PyIterator):
    """A generator, coroutine or asynchronous generator. `result` is what it has returned, until somebody takes it."""

    def __init__(self, code: Code, frame: SuspendedFrame) -> None:
        self.code = code
        self.frame = frame
        self.name: str = code.name
        self.qualified_name: str = code.qualified_name
        self.result: Value = NONE
        self.handled: Value = NONE  # the exception that it handles while it is not running
        self.step_under_way: AsyncStep | None = None  # of an asynchronous generator: what is awaited

    def type_of(self) -> PyType:
        other = self.code.poses_as
        if other is not None:
            return other
        if self.code.kind == CodeKind.COROUTINE:
            return types.COROUTINE
        return types.ASYNC_GENERATOR if self.code.kind == CodeKind.ASYNC_GENERATOR else types.GENERATOR

    def step(self, session: Session) -> Value:
        return resume_natively(session, self, NONE)

    def is_iterable(self) -> bool:
        return promote(self.code).kind == CodeKind.GENERATOR


class AsyncStep(PyIterator):
    """What an asynchronous generator gives to be awaited: it goes on to its next `yield`, through everything that it awaits itself."""

    def __init__(self, generator: PyGenerator, sent: Value) -> None:
        self.generator = generator
        self.sent = sent
        self.state: int = StepState.NEW


class StepState:
    """How far an AsyncStep is."""

    NEW: Final = 0
    UNDER_WAY: Final = 1
    DONE: Final = 2


def end_step(generator: PyGenerator) -> None:
    """The generator has come to a `yield`, or to its end."""
    step = generator.step_under_way
    if step is not None:
        step.state = StepState.DONE
        generator.step_under_way = None


@unroll_safe
def new_generator(code: Code, stack: VMStack, base: int) -> Value:
    """A generator whose parameters stand in the frame at `base`."""
    slots: Array[Value] = Array(code.frame_size - LINK_SLOTS, Value.UNDEFINED)
    for k in range(CALLEE, AFTER + 1 + code.parameters()):
        unchecked_set(slots, k - LINK_SLOTS, stack[base + k])
    return Value.of_object(PyGenerator(code, SuspendedFrame(code, slots)))


def as_generator(value: Value) -> PyGenerator | None:
    """The generator, or None for anything else."""
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, PyGenerator):
            return thing
    return None


def word_name(generator: PyGenerator) -> str:
    """What messages call it."""
    kind = generator.code.kind
    return (
        "coroutine" if kind == CodeKind.COROUTINE else "generator" if kind == CodeKind.GENERATOR else "async generator"
    )


def check_resumable(generator: PyGenerator) -> None:
    """Raises ValueError while it runs."""
    if generator.frame.pc == RUNNING:
        raise value_error(f"{word_name(generator)} already executing")


def check_not_done(generator: PyGenerator) -> None:
    """A coroutine that has returned is not awaited again. Raises RuntimeError."""
    if generator.code.kind == CodeKind.COROUTINE:
        raise error(types.RUNTIME_ERROR, "cannot reuse already awaited coroutine")


def check_first_send(generator: PyGenerator, sent: Value) -> None:
    """Raises TypeError where a value is sent to one that has not begun."""
    if generator.frame.pc == 0 and not sent.same(NONE):
        raise type_error(f"can't send non-None value to a just-started {word_name(generator)}")


def put_back(generator: PyGenerator, stack: VMStack, base: int, sent: Value, after: Value) -> int:
    """Put its frame on the stack, with the value that its `yield` gives; gives where it goes on. Room is reserved."""
    code = promote(generator.code)
    pc = resume(generator.frame, stack, base, LINK_SLOTS, code.frame_size)
    stack[base + AFTER] = after
    stack[base + code.generator_slot] = Value.of_object(generator)
    if pc > 0:
        stack[base + field_a(unchecked_get(code.words, pc - 1))] = sent
    return pc


@dont_look_inside
def resume_natively(session: Session, generator: PyGenerator, sent: Value) -> Value:
    """The next value that it yields; UNDEFINED where it returns, with `result`."""
    if is_finished(generator.frame):
        check_not_done(generator)
        generator.result = NONE
        return Value.UNDEFINED
    check_resumable(generator)
    check_first_send(generator, sent)
    stack = session.stack
    base = stack.top
    if not stack.reserve(base + generator.code.frame_size):
        raise RecursionError
    try:
        pc = put_back(generator, stack, base, sent, Value.UNDEFINED)
        mark_outermost(stack, base)
        return handed_out(generator, session.run(generator.code, pc, stack, base))
    finally:
        stack.reserve(base)


def handed_out(generator: PyGenerator, value: Value) -> Value:
    """What the frame has yielded; UNDEFINED for what it has returned."""
    if is_finished(generator.frame):
        generator.result = value
        return Value.UNDEFINED
    return value


@dont_look_inside
def throw_natively(session: Session, generator: PyGenerator, exception: Value) -> Value:
    """Raise an exception at its `yield`; the next value that it yields, or UNDEFINED where it returns."""
    frame = generator.frame
    check_resumable(generator)
    if frame.pc == 0 or is_finished(frame):
        if is_finished(frame):
            check_not_done(generator)
        else:
            thrown = as_exception(exception)
            if thrown is not None:
                thrown.traceback = PyTraceback(generator.code, 0, thrown.traceback)
            finish(frame, LINK_SLOTS, generator.code.frame_size)
        raise Raised(exception)
    stack = session.stack
    base = stack.top
    code = generator.code
    if not stack.reserve(base + code.frame_size):
        raise RecursionError
    try:
        pc = put_back(generator, stack, base, NONE, exception)
        mark_outermost(stack, base)
        return handed_out(generator, session.run(code, pc - 1, stack, base))
    finally:
        stack.reserve(base)


@dont_look_inside
def close_natively(session: Session, generator: PyGenerator) -> None:
    """`generator.close()`"""
    frame = generator.frame
    if frame.pc == 0:
        finish(frame, LINK_SLOTS, generator.code.frame_size)
    if is_finished(frame):
        return
    try:
        value = throw_natively(session, generator, new_exception(types.GENERATOR_EXIT, NO_VALUES))
    except Raised as raised:
        exception = as_exception(raised.value)
        assert exception is not None
        kind = exception.type_of()
        if kind.derives_from(types.GENERATOR_EXIT) or kind.derives_from(types.STOP_ITERATION):
            return
        raise
    if not value.same(Value.UNDEFINED):
        raise error(types.RUNTIME_ERROR, f"{word_name(generator)} ignored GeneratorExit")


def stop_iteration(value: Value) -> Raised:
    """The end of an iterator that has a value."""
    arguments = NO_VALUES if value.same(NONE) else Array(1, value)
    return Raised(new_exception(types.STOP_ITERATION, arguments))


def stop_value(exception: PyException) -> Value:
    """`StopIteration.value`"""
    items = exception.arguments.items
    return items[0] if len(items) > 0 else NONE
