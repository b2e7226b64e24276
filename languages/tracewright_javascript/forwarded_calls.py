"""Calls that are calls of another function: `f.call(...)`, `f.apply(...)`, and of what `bind` has made.

    f.call(o, 1, 2)     frame: call, f, -, o, 1, 2     becomes     f, o, -, 1, 2

So the function behind is called in the interpreter's loop, and in its trace. What cannot be seen at once is left to the built-in functions.
"""

from __future__ import annotations

from tracewright.core.arrays import unchecked_get
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.hints import promote, unroll_safe
from tracewright_javascript.arguments_object import JSArguments
from tracewright_javascript.arrays import JSArray
from tracewright_javascript.bytecode import CALLEE, FIRST, THIS
from tracewright_javascript.functions import BoundFunction, NativeFunction, Special
from tracewright_javascript.objects import as_object, is_callable
from tracewright_javascript.realm import Realm
from tracewright_javascript.values import EMPTY, is_nullish

NOT_SIMPLE = -1


@unroll_safe
def forward_call(stack: VMStack, frame: int, count: int) -> int:
    """Change the frame of a call into that of a call of the function behind; gives the number of arguments."""
    while True:
        thing = as_object(stack[frame + CALLEE])
        if isinstance(thing, BoundFunction):
            count = _unbind(promote(thing), stack, frame, count)
        elif not isinstance(thing, NativeFunction):
            return count
        else:
            special = promote(thing).special
            if special == Special.CALL and is_callable(stack[frame + THIS]):
                stack[frame + CALLEE] = stack[frame + THIS]
                stack[frame + THIS] = stack[frame + FIRST] if count > 0 else Value.UNDEFINED
                count = max(count - 1, 0)
                for k in range(count):
                    stack[frame + FIRST + k] = stack[frame + FIRST + k + 1]
            elif special == Special.APPLY and is_callable(stack[frame + THIS]):
                given = _spread(promote(thing).realm, stack, frame, count)
                if given == NOT_SIMPLE:
                    return count
                count = given
            else:
                return count


@unroll_safe
def _unbind(function: BoundFunction, stack: VMStack, frame: int, count: int) -> int:
    bound = len(function.arguments)
    if not stack.reserve(frame + FIRST + bound + count):
        raise RecursionError
    for k in range(count - 1, -1, -1):
        stack[frame + FIRST + bound + k] = stack[frame + FIRST + k]
    for k in range(bound):
        stack[frame + FIRST + k] = unchecked_get(function.arguments, k)
    stack[frame + CALLEE] = Value.of_object(function.target)
    stack[frame + THIS] = function.this
    return bound + count


@unroll_safe
def _spread(realm: Realm, stack: VMStack, frame: int, count: int) -> int:
    """The arguments of an `apply`, where an array or `arguments` that nobody has changed has them."""
    values = stack[frame + FIRST + 1] if count > 1 else Value.UNDEFINED
    length = 0
    if not is_nullish(values):
        thing = as_object(values)
        if isinstance(thing, JSArray) and thing.is_dense():
            length = promote(thing.count)
            for k in range(length):
                if not thing.has_at(k):
                    return NOT_SIMPLE
            if not stack.reserve(frame + FIRST + max(length, count)):
                raise RecursionError
            first = stack[frame + FIRST]
            for k in range(length):
                stack[frame + FIRST + k] = thing.at(k)
        elif isinstance(thing, JSArguments) and thing.is_unchanged(realm):
            length = promote(len(thing.items))
            for k in range(length):
                if thing.element(k).same(EMPTY):
                    return NOT_SIMPLE
            if not stack.reserve(frame + FIRST + max(length, count)):
                raise RecursionError
            first = stack[frame + FIRST]
            for k in range(length):
                stack[frame + FIRST + k] = thing.element(k)
        else:
            return NOT_SIMPLE
    else:
        first = stack[frame + FIRST] if count > 0 else Value.UNDEFINED
    stack[frame + CALLEE] = stack[frame + THIS]
    stack[frame + THIS] = first
    return length
