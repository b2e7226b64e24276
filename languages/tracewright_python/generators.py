"""Generators and coroutines: frames that stop in the middle (`guest/suspended.py`).

The interpreter's loop resumes them as it calls functions (NEXT, SEND); `resume_natively` and its like are for built-in functions that do it.

`yield from` and `await` of one generator by another:

    def walk(node):                     next(outermost)      resumes the innermost frame at once, however many delegate to it:
        yield from walk(node.left)                           its link leads to who asked, and its `yield` hands the value to him
        yield node.value

A generator that stops in a `yield from` knows its `delegate`, so the innermost is found by going from object to object; no frame is put back and
kept again at every level. When the innermost ends, or an exception leaves it, the frame of its `delegator` takes its place on the stack and goes
on there; `outermost` says how far up that goes. A generator that is asked itself goes on alone, whoever delegates to it.
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

SEND_BEFORE_YIELD: Final = 3  # words: a `yield from` is SEND, where it ends, YIELD


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
        self.delegate: PyGenerator | None = (
            None  # while it has stopped in `yield from`: the generator that it waits for
        )
        self.delegator: PyGenerator | None = None  # who waited for it when it was last resumed for another one
        self.outermost: PyGenerator | None = None  # who that was; None: it was asked itself
        self.room = 0  # then: slots of the largest frame up to there
        self.is_known = False  # of an asynchronous generator: it has been asked for something
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


@dont_look_inside
def already_executing(generator: PyGenerator) -> Raised:
    return value_error(f"{word_name(generator)} already executing")


def check_not_done(generator: PyGenerator) -> None:
    """A coroutine that has returned is not awaited again. Raises RuntimeError."""
    if generator.code.kind == CodeKind.COROUTINE:
        raise error(types.RUNTIME_ERROR, "cannot reuse already awaited coroutine")


def check_first_send(generator: PyGenerator, sent: Value) -> None:
    """Raises TypeError where a value is sent to one that has not begun."""
    if generator.frame.pc == 0 and not sent.same(NONE):
        raise type_error(f"can't send non-None value to a just-started {word_name(generator)}")


# --- who goes on ---


def stop_in_delegation(generator: PyGenerator, iterator: Value) -> None:
    """The generator has handed out what an iterator gave, and stopped: it waits for that one."""
    delegate = as_generator(iterator)
    if delegate is not None and delegate.frame.pc > 0:
        generator.delegate = delegate


def innermost(generator: PyGenerator) -> PyGenerator:
    """Whose frame goes on when a generator that has not finished is asked for a value. Raises ValueError while it runs."""
    delegate = generator.delegate
    if delegate is None:
        if generator.frame.pc == RUNNING:
            raise already_executing(generator)
        if generator.outermost is not None:
            generator.outermost = None
        return generator
    if delegate.delegate is None and delegate.frame.pc > 0:
        if delegate.delegator is not generator:
            delegate.delegator = generator
        if delegate.outermost is not generator:
            delegate.outermost = generator
        delegate.room = max(promote(generator.code).frame_size, promote(delegate.code).frame_size)
        return delegate
    return _innermost(generator)


@dont_look_inside
def _innermost(generator: PyGenerator) -> PyGenerator:
    room = generator.code.frame_size
    found = generator
    delegate = generator.delegate
    while delegate is not None and delegate.frame.pc > 0:
        if delegate.delegator is not found:
            delegate.delegator = found
        room = max(room, delegate.code.frame_size)
        found = delegate
        delegate = delegate.delegate
    if delegate is not None and is_running(generator):
        raise already_executing(generator)
    found.room = room
    found.outermost = generator if found is not generator else None
    return found


def is_running(generator: PyGenerator) -> bool:
    """Whether its frame runs, or that of one that was resumed for it."""
    runner = generator
    while runner.frame.pc > 0 and runner.delegate is not None:
        runner = runner.delegate
    if runner is generator or runner.frame.pc != RUNNING:
        return generator.frame.pc == RUNNING
    asked = runner.outermost
    while asked is not None and asked is not generator and asked is not runner:
        asked = asked.delegate
    return asked is generator


def reserve_for(generator: PyGenerator, stack: VMStack, base: int) -> bool:
    """Make room for the frame of an `innermost` at `base`, and look that those which may take its place have room, too."""
    if generator.outermost is not None and not stack.reserve(base + generator.room):
        return False
    return stack.reserve(base + promote(generator.code).frame_size)


def delegator_of(ended: PyGenerator) -> PyGenerator:
    """Who takes the place of a generator that has ended and that somebody `outermost` was asked for."""
    generator = ended.delegator
    assert generator is not None
    asked = ended.outermost
    generator.outermost = asked if asked is not generator else None
    generator.room = ended.room
    ended.outermost = None
    ended.delegator = None
    return generator


# --- how it goes on ---


def put_back(generator: PyGenerator, stack: VMStack, base: int, sent: Value, after: Value) -> int:
    """Put its frame on the stack, with the value that its `yield` gives; gives where it goes on. Room is reserved."""
    code = promote(generator.code)
    pc = resume(generator.frame, stack, base, LINK_SLOTS, code.frame_size)
    if generator.delegate is not None:
        generator.delegate = None
    stack[base + AFTER] = after
    stack[base + code.generator_slot] = Value.of_object(generator)
    if pc > 0:
        stack[base + field_a(unchecked_get(code.words, pc - 1))] = sent
    return pc


def take_place(generator: PyGenerator, stack: VMStack, base: int) -> int:
    """Put the frame of a `delegator_of` where that of its delegate was; gives where its SEND stands. There is room."""
    stack.reserve(base + promote(generator.code).frame_size)
    return put_back(generator, stack, base, NONE, stack[base + AFTER]) - SEND_BEFORE_YIELD


@dont_look_inside
def resume_natively(session: Session, generator: PyGenerator, sent: Value) -> Value:
    """The next value that it yields; UNDEFINED where it returns, with `result`."""
    if is_finished(generator.frame):
        check_not_done(generator)
        generator.result = NONE
        return Value.UNDEFINED
    resumed = innermost(generator)
    check_first_send(resumed, sent)
    stack = session.stack
    base = stack.top
    if not reserve_for(resumed, stack, base):
        raise RecursionError
    try:
        pc = put_back(resumed, stack, base, sent, Value.UNDEFINED)
        mark_outermost(stack, base)
        return handed_out(generator, session.run(resumed.code, pc, stack, base))
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
    if is_running(generator):
        raise already_executing(generator)
    generator.outermost = None
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
