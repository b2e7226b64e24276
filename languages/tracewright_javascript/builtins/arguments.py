"""How built-in functions get at their arguments: the base of a frame and a count."""

from __future__ import annotations

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright_javascript.bytecode import FIRST, NEW_TARGET, THIS


def argument_at(stack: VMStack, frame: int, count: int, index: int) -> Value:
    """An argument, undefined where there is none."""
    return stack[frame + FIRST + index] if index < count else Value.UNDEFINED


def this_of(stack: VMStack, frame: int) -> Value:
    """`this`"""
    return stack[frame + THIS]


def is_construction(stack: VMStack, frame: int) -> bool:
    """Whether it stands behind `new`."""
    return not stack[frame + NEW_TARGET].same(Value.UNDEFINED)
