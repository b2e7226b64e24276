"""Programs and modules: their top-level code, put into a frame and run."""

from __future__ import annotations

from tracewright.core.value import Value
from tracewright.guest.frames import BASE_DELTA, CALLER_CODE, RETURN_PC, mark_outermost
from tracewright_ruff.bytecode import CALLEE, FIRST_ARGUMENT, Code
from tracewright_ruff.calls import depth_text
from tracewright_ruff.errors import GuestError
from tracewright_ruff.interpreter import run
from tracewright_ruff.session import Session


def run_program(session: Session, code: Code) -> Value:
    """Run top-level code; gives what its `return` gives. Raises GuestError (uncaught) and ProgramExit (`exit`)."""
    stack = session.stack
    base = stack.top
    if not stack.reserve(base + code.frame_size):
        raise GuestError("Out of memory")
    mark_outermost(stack, base)
    stack[base + CALLEE] = Value.UNDEFINED
    result = run(code, 0, stack, base)
    stack.reserve(base)
    return result


def run_from_native(session: Session, code: Code, first: int) -> Value:
    """Run top-level code from a native whose own first argument is in slot `first`."""
    stack = session.stack
    newbase = stack.top
    if not stack.reserve(newbase + code.frame_size):
        raise GuestError(depth_text(stack, newbase, code))
    stack[newbase + CALLER_CODE] = Value.NULL
    stack[newbase + RETURN_PC] = Value.of_int(0)
    stack[newbase + BASE_DELTA] = Value.of_int(newbase - (first - FIRST_ARGUMENT))
    stack[newbase + CALLEE] = Value.UNDEFINED
    result = run(code, 0, stack, newbase)
    stack.reserve(newbase)
    return result
