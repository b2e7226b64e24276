"""Calls of guest functions from native code: by built-ins, conversions, getters and setters.

Each runs the interpreter above everything on the stack, so the native stack nests. A built-in that calls a function for each of many elements
is better written in JavaScript (self-hosted), where a call stays in the interpreter's loop and in the trace.

The native stack would hold far more such calls than any program means to make, but the collector looks through all of it each time. So
they are counted, and end where those of other engines do.
"""

from __future__ import annotations

from typing import Final

from tracewright.core.cast import unsafe_cast
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.guest.frames import LINK_SLOTS, mark_outermost
from tracewright.guest.suspended import resume
from tracewright.hints import dont_look_inside
from tracewright_javascript.bytecode import CALLEE, COUNT, FIRST, NEW_TARGET, THIS
from tracewright_javascript.construction import instance_for
from tracewright_javascript.conversions import to_display
from tracewright_javascript.errors import GuestFault, Thrown, exhausted, type_error
from tracewright_javascript.functions import BoundFunction, JSFunction, NativeFunction
from tracewright_javascript.generators import Resumable
from tracewright_javascript.objects import JSObject, as_object
from tracewright_javascript.realm import Agent, Realm

MOST_NESTED: Final = (
    10_000  # calls by native code inside each other; node ends between 2,000 and 12,000, by what is called
)


@dont_look_inside
def call(function: Value, this: Value, arguments: list[Value]) -> Value:
    """The result of a call. Raises Thrown and GuestFault."""
    thing = as_object(function)
    if thing is None or not thing.can_call():
        raise type_error(f"{to_display(function)} is not a function")
    if isinstance(thing, JSFunction):
        if thing.code.is_class:
            raise type_error(f"Class constructor {thing.code.name} cannot be invoked without 'new'")
        return _run(thing, this, arguments, Value.UNDEFINED)
    if isinstance(thing, NativeFunction):
        return _call_native(thing, this, arguments, Value.UNDEFINED)
    if isinstance(thing, BoundFunction):
        return call(Value.of_object(thing.target), thing.this, [*thing.arguments, *arguments])
    return thing.call_it(this, arguments)


@dont_look_inside
def construct(constructor: JSObject, arguments: list[Value], new_target: JSObject) -> Value:
    """What `new` makes. Raises Thrown and GuestFault."""
    if not constructor.can_construct():
        raise type_error(f"{to_display(Value.of_object(constructor))} is not a constructor")
    target = Value.of_object(new_target)
    if isinstance(constructor, JSFunction):
        return _run(constructor, instance_for(target, constructor.code), arguments, target)
    if isinstance(constructor, NativeFunction):
        return _call_native(constructor, Value.UNDEFINED, arguments, target)
    if isinstance(constructor, BoundFunction):
        own = constructor.target
        return construct(own, [*constructor.arguments, *arguments], own if new_target is constructor else new_target)
    return constructor.construct_it(arguments, new_target)


def run_code(function: JSFunction) -> Value:
    """Run the code of an `eval`, which has captured all that it needs. Raises Thrown."""
    return _run(function, Value.UNDEFINED, [], Value.UNDEFINED)


def _run(function: JSFunction, this: Value, arguments: list[Value], new_target: Value) -> Value:
    from tracewright_javascript.interpreter import run

    code = function.code
    realm = function.realm()
    stack = realm.stack
    base = stack.top
    _begin(realm.agent)
    try:
        _open_frame(stack, base, function, this, arguments, new_target, max(code.frame_size, FIRST + len(arguments)))
        mark_outermost(stack, base)
        for parameter in range(len(arguments), code.parameters):
            stack[base + FIRST + parameter] = Value.UNDEFINED
        return run(code, 0, stack, base)
    finally:
        _end(realm.agent, base)


def _call_native(function: NativeFunction, this: Value, arguments: list[Value], new_target: Value) -> Value:
    agent = function.realm.agent
    stack = agent.stack
    base = stack.top
    _begin(agent)
    try:
        _open_frame(stack, base, function, this, arguments, new_target, FIRST + len(arguments))
        mark_outermost(stack, base)
        return function.function(function.realm, stack, base, len(arguments))
    finally:
        _end(agent, base)


def _begin(agent: Agent) -> None:
    """A call begins, for which `_end` will be called."""
    if agent.nesting >= MOST_NESTED:
        raise RecursionError
    agent.nesting += 1


def _end(agent: Agent, base: int) -> None:
    agent.nesting -= 1
    agent.stack.reserve(base)


def _open_frame(
    stack: VMStack,
    base: int,
    function: JSObject,
    this: Value,
    arguments: list[Value],
    new_target: Value,
    size: int,
) -> None:
    if not stack.reserve(base + size):
        raise RecursionError
    stack[base + CALLEE] = Value.of_object(function)
    stack[base + THIS] = this
    stack[base + NEW_TARGET] = new_target
    stack[base + COUNT] = Value.of_int(len(arguments))
    for index in range(len(arguments)):
        stack[base + FIRST + index] = arguments[index]


@dont_look_inside
def resume_frame(waiting: Resumable, mode: int, sent: Value) -> Value:
    """Let a function that has stopped go on, above everything on the stack; gives what it hands out next. Raises Thrown."""
    from tracewright_javascript.interpreter import run

    code = waiting.code
    agent = unsafe_cast(Realm, code.realm).agent
    stack = agent.stack
    base = stack.top
    _begin(agent)
    try:
        if not stack.reserve(base + code.frame_size):
            raise RecursionError
        mark_outermost(stack, base)
        waiting.mode = mode
        waiting.sent = sent
        pc = resume(waiting.frame, stack, base, LINK_SLOTS, code.frame_size)
        stack[base + code.generator_slot] = Value.of_object(waiting)
        return run(code, pc, stack, base)
    finally:
        _end(agent, base)


def call_as_job(realm: Realm, function: Value, arguments: list[Value]) -> Value:
    """A call with nothing of the program around it. Raises Thrown, and nothing else."""
    try:
        return call(function, Value.UNDEFINED, arguments)
    except GuestFault as fault:
        raise Thrown(realm.error_of(fault))
    except (RecursionError, MemoryError) as error:
        raise Thrown(realm.error_of(exhausted(error)))


def error_in(realm: Realm, error: Exception) -> Value:
    """The value that an exception throws in the program."""
    if isinstance(error, Thrown):
        return error.value
    assert isinstance(error, GuestFault)
    return realm.error_of(error)
