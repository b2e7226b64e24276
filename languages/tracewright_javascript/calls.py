"""Calls of the program's functions from inside built-in ones and conversions: they nest the interpreter, so they are few."""

from __future__ import annotations

from tracewright.core.cast import unsafe_cast
from tracewright.core.value import Value
from tracewright.guest.frames import mark_outermost
from tracewright.hints import dont_look_inside
from tracewright_javascript.bytecode import CALLEE, COUNT, FIRST, NEW_TARGET, THIS
from tracewright_javascript.interpreter import run
from tracewright_javascript.objects import JSFunction
from tracewright_javascript.realm import Realm


@dont_look_inside
def call_without_arguments(function: JSFunction, this: Value) -> Value:
    """The result of calling a function above everything on the stack. Raises Thrown."""
    code = function.code
    stack = unsafe_cast(Realm, code.realm).stack
    base = stack.top
    if not stack.reserve(base + max(code.frame_size, FIRST)):
        raise RecursionError
    mark_outermost(stack, base)
    stack[base + CALLEE] = Value.of_object(function)
    stack[base + THIS] = this
    stack[base + NEW_TARGET] = Value.UNDEFINED
    stack[base + COUNT] = Value.of_int(0)
    for parameter in range(code.parameters):
        stack[base + FIRST + parameter] = Value.UNDEFINED
    try:
        return run(code, 0, stack, base)
    finally:
        stack.reserve(base)
