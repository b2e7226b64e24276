"""What the methods of typed arrays begin with."""

from __future__ import annotations

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright_javascript.builtins.arguments import argument_at, this_of
from tracewright_javascript.conversions import to_display
from tracewright_javascript.errors import type_error
from tracewright_javascript.objects import as_object, is_callable
from tracewright_javascript.typed_arrays import JSTypedArray


def this_view(stack: VMStack, frame: int) -> JSTypedArray:
    """`this`, which must be a typed array. Raises GuestFault."""
    view = as_object(this_of(stack, frame))
    if not isinstance(view, JSTypedArray):
        raise type_error("this is not a typed array.")
    return view


def valid_view(stack: VMStack, frame: int, method: str) -> JSTypedArray:
    """ValidateTypedArray of `this`. Raises GuestFault."""
    view = this_view(stack, frame)
    require_in_bounds(view, method)
    return view


def require_in_bounds(view: JSTypedArray, method: str) -> None:
    """That the elements of a typed array are there. Raises GuestFault."""
    if view.is_out_of_bounds():
        raise type_error(f"Cannot perform %TypedArray%.prototype.{method} on a detached ArrayBuffer")


def callback_of(stack: VMStack, frame: int, count: int) -> Value:
    """The first argument, a function. Raises GuestFault."""
    function = argument_at(stack, frame, count, 0)
    if not is_callable(function):
        raise type_error(f"{to_display(function)} is not a function")
    return function
