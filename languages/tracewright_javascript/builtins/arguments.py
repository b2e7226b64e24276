"""How built-in functions get at their arguments: the base of a frame and a count."""

from __future__ import annotations

from collections.abc import Callable

from tracewright.core.cast import unsafe_cast
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright_javascript.bytecode import CALLEE, FIRST, NEW_TARGET, THIS
from tracewright_javascript.construction import prototype_from
from tracewright_javascript.errors import type_error
from tracewright_javascript.functions import NativeFunction
from tracewright_javascript.objects import JSObject, as_object
from tracewright_javascript.realm import Realm


def argument_at(stack: VMStack, frame: int, count: int, index: int) -> Value:
    """An argument, undefined where there is none."""
    return stack[frame + FIRST + index] if index < count else Value.UNDEFINED


def arguments_from(stack: VMStack, frame: int, count: int, first: int) -> list[Value]:
    """The arguments from one on."""
    return [stack[frame + FIRST + index] for index in range(first, count)]


def this_of(stack: VMStack, frame: int) -> Value:
    """`this`"""
    return stack[frame + THIS]


def callee_of(stack: VMStack, frame: int) -> JSObject:
    """The function that runs."""
    return unsafe_cast(JSObject, stack[frame + CALLEE].as_object())


def is_construction(stack: VMStack, frame: int) -> bool:
    """Whether it stands behind `new`."""
    return not stack[frame + NEW_TARGET].same(Value.UNDEFINED)


def new_target_of(stack: VMStack, frame: int) -> JSObject | None:
    """`new.target`; None in a call without `new`."""
    return as_object(stack[frame + NEW_TARGET])


def prototype_to_make(stack: VMStack, frame: int, default: Callable[[Realm], JSObject]) -> JSObject:
    """The prototype of the object that a constructor makes: what `new.target` says, else the intrinsic that `default` takes from
    a realm (OrdinaryCreateFromConstructor). Without `new`, the function that runs stands for it. Raises Thrown."""
    target = new_target_of(stack, frame)
    return prototype_from(callee_of(stack, frame) if target is None else target, default)


def require_new(stack: VMStack, frame: int, name: str) -> None:
    """A constructor that cannot be called. Raises GuestFault."""
    if not is_construction(stack, frame):
        raise type_error(f"Constructor {name} requires 'new'")


def native_data(stack: VMStack, frame: int) -> Value:
    """What the built-in function that runs was made for."""
    return unsafe_cast(NativeFunction, callee_of(stack, frame)).data
