"""Parts of the interpreter's handlers that build values and prepare calls."""

from __future__ import annotations

from tracewright.core.arrays import Array, unchecked_set
from tracewright.core.cast import unsafe_cast
from tracewright.core.integers import wrap_add
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.guest.frames import LINK_SLOTS
from tracewright.guest.suspended import SuspendedFrame
from tracewright.hints import dont_look_inside, promote, unroll_safe
from tracewright.lib.builder import StringBuilder
from tracewright_ruff.arithmetic import binary_error, unary_error
from tracewright_ruff.bytecode import CALLEE, FIRST_ARGUMENT, Code
from tracewright_ruff.calls import as_function
from tracewright_ruff.display import display_text
from tracewright_ruff.errors import GuestError
from tracewright_ruff.objects import W_Array, W_Function, W_Generator, W_Struct, as_array
from tracewright_ruff.strings import text_value


def prepare_operator(stack: VMStack, newbase: int, left: Value, right: Value, name: str, symbol: str) -> W_Function:
    """The operator method of a struct, its arguments put into the frame at `newbase`; an error if there is none."""
    if left.is_object():
        thing = left.as_object()
        if isinstance(thing, W_Struct):
            method = as_function(promote(thing.shape).guest_type.find(name))
            if method is not None:
                if not stack.reserve(newbase + FIRST_ARGUMENT + 2):
                    raise RecursionError
                stack[newbase + CALLEE] = Value.of_object(method)
                stack[newbase + FIRST_ARGUMENT] = left
                stack[newbase + FIRST_ARGUMENT + 1] = right
                return method
    if right.same(Value.UNDEFINED):
        raise GuestError(unary_error(symbol, left))
    raise GuestError(binary_error(symbol, left, right))


@unroll_safe
def new_generator(target: Code, stack: VMStack, newbase: int) -> Value:
    """What calling a generator function gives: the frame that would begin at `newbase`, its arguments already there."""
    slots: Array[Value] = Array(target.frame_size - LINK_SLOTS, Value.UNDEFINED)
    for slot in range(CALLEE, FIRST_ARGUMENT + target.parameter_count):
        unchecked_set(slots, slot - LINK_SLOTS, stack[newbase + slot])
    return Value.of_object(W_Generator(SuspendedFrame(target, slots)))


def generator_frame(stack: VMStack, base: int, slot: int) -> SuspendedFrame:
    """That of the generator in a slot of the frame at `base`."""
    return unsafe_cast(W_Generator, stack[base + slot].as_object()).frame


def as_generator(value: Value) -> W_Generator | None:
    """The generator, if it is one."""
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, W_Generator):
            return thing
    return None


@unroll_safe
def copied_slots(stack: VMStack, first: int, count: int) -> Array[Value]:
    """The values of adjacent slots."""
    items: Array[Value] = Array(count, Value.UNDEFINED)
    for index in range(count):
        unchecked_set(items, index, stack[first + index])
    return items


def new_array(stack: VMStack, first: int, count: int) -> Value:
    """An array of the values in adjacent slots."""
    return Value.of_object(W_Array(copied_slots(stack, first, count), count))


def append_new(target: Value, value: Value) -> None:
    """Append to an array literal under construction."""
    array = as_array(target)
    if array is not None:
        array.append(value)


@dont_look_inside
def interpolated(stack: VMStack, first: int, count: int) -> Value:
    """The display forms of the values in adjacent slots, joined."""
    builder = StringBuilder()
    for index in range(first, first + count):
        value = stack[index]
        if value.is_int():
            builder.append_decimal(value.as_int())
        else:
            builder.append(display_text(value))
    return text_value(builder.build())


def next_in_range(number: int, step: int, limit: int) -> int:
    """`number + step`, or the limit where the sum would not be an int."""
    return wrap_add(number, step) if (number < wrap_add(number, step)) == (step > 0) else limit
