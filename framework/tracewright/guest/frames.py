"""How a frame on the VM stack finds its caller: the first slots of every frame, the same in all languages.

    base + 0  the caller's code        base + 1  where it goes on        base + 2  this base minus the caller's

A call writes the link into the frame that begins at `newbase`, and the interpreter's loop goes on there; a return reads it:

    push_link(stack, newbase, code, pc, newbase - base)
    code, base, pc = callee, newbase, 0
    ...
    code = promote(unsafe_cast(Code, caller_code(stack, base)))
    pc = promote(return_pc(stack, base))
    base -= promote(base_delta(stack, base))

In the trace of a call that is followed, all three are constants. The other slots are the language's own, from LINK_SLOTS on.
"""

from __future__ import annotations

from typing import Final

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.hints import GuestCode, inlined, we_are_jitted

CALLER_CODE: Final = (
    0  # UNDEFINED in the outermost frame; a language may put NULL where native code has started the frame
)
RETURN_PC: Final = 1
BASE_DELTA: Final = 2
LINK_SLOTS: Final = 3


@inlined
def push_link(stack: VMStack, newbase: int, code: GuestCode, pc: int, delta: int) -> None:
    """Write that the frame at `newbase` returns to `pc` of `code`, whose frame begins `delta` slots below it."""
    stack[newbase + CALLER_CODE] = Value.of_object(code)
    stack[newbase + RETURN_PC] = count_value(pc)
    stack[newbase + BASE_DELTA] = count_value(delta)


@inlined
def count_value(number: int) -> Value:
    """The Value of what counts slots or bytecodes."""
    return Value.of_small_int(number)


@inlined
def count_of(value: Value) -> int:
    """What `count_value` was given. Not `as_small_int` in traces: they know of `as_int` whether its value needs asking."""
    return value.as_int() if we_are_jitted() else value.as_small_int()


def mark_outermost(stack: VMStack, base: int) -> None:
    """Write that the frame at `base` has no caller, for those who walk over frames."""
    stack[base + CALLER_CODE] = Value.UNDEFINED


def is_outermost(stack: VMStack, base: int) -> bool:
    """Whether the frame at `base` has no caller."""
    return stack[base + CALLER_CODE].same(Value.UNDEFINED)


def caller_code(stack: VMStack, base: int) -> object:
    """The caller's code object; the language knows its class."""
    return stack[base + CALLER_CODE].as_object()


@inlined
def return_pc(stack: VMStack, base: int) -> int:
    """Where the caller goes on."""
    return count_of(stack[base + RETURN_PC])


@inlined
def base_delta(stack: VMStack, base: int) -> int:
    """How many slots below this frame the caller's begins."""
    return count_of(stack[base + BASE_DELTA])
