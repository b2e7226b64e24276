"""Parts of the interpreter's handlers that build values and prepare calls."""

from __future__ import annotations

from typing import Final

from tracewright.core.arrays import Array, unchecked_get, unchecked_set
from tracewright.core.cast import unsafe_cast
from tracewright.core.integers import wrap_add
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.guest.frames import LINK_SLOTS
from tracewright.guest.instructions import field_b, field_c, opcode, signed_c
from tracewright.guest.suspended import SuspendedFrame
from tracewright.hints import dont_look_inside, promote, unroll_safe
from tracewright.lib.builder import StringBuilder
from tracewright_ruff.arithmetic import SYMBOLS, binary_error, unary_error
from tracewright_ruff.bytecode import CALLEE, FIRST_ARGUMENT, Code
from tracewright_ruff.calls import as_function, match_name, match_variant
from tracewright_ruff.display import display_text
from tracewright_ruff.errors import GuestError
from tracewright_ruff.objects import W_Array, W_Function, W_Generator, W_Struct, W_Tagged, as_array
from tracewright_ruff.opcodes import Op
from tracewright_ruff.strings import W_String, as_string, concatenated, new_string, number_text, text_value

FEW_PIECES: Final = 3  # so many pieces of an interpolated string are joined one after the other, which needs no builder


def operator_method(stack: VMStack, base: int, delta: int, word: int) -> W_Function:
    """The method of the struct that is the left operand of an operator's bytecode, its arguments put into a frame `delta` above
    this one; an error if there is none."""
    operation = opcode(word)
    left = stack[base + field_b(word)]
    if operation == Op.NEGATE or operation == Op.NOT:
        right = Value.UNDEFINED
    elif operation >= Op.ADD_INT:
        right = Value.of_int(signed_c(word))
    else:
        right = stack[base + field_c(word)]
    if left.is_object():
        thing = left.as_object()
        if isinstance(thing, W_Struct):
            method = as_function(promote(thing.shape).guest_type.find(method_name(operation)))
            if method is not None:
                newbase = base + delta
                if not stack.reserve(newbase + FIRST_ARGUMENT + 2):
                    raise RecursionError
                stack[newbase + CALLEE] = Value.of_object(method)
                stack[newbase + FIRST_ARGUMENT] = left
                stack[newbase + FIRST_ARGUMENT + 1] = right
                return method
    raise GuestError(operand_error(operation, left, right))


def method_name(operation: int) -> str:
    """What the method for an operator is called."""
    match operation:
        case Op.ADD | Op.ADD_INT:
            return "op_add"
        case Op.SUBTRACT | Op.SUBTRACT_INT:
            return "op_sub"
        case Op.MULTIPLY | Op.MULTIPLY_INT:
            return "op_mul"
        case Op.DIVIDE | Op.DIVIDE_INT:
            return "op_div"
        case Op.MODULO | Op.MODULO_INT:
            return "op_mod"
        case Op.NEGATE:
            return "op_neg"
        case _:
            return "op_not"


@dont_look_inside
def operand_error(operation: int, left: Value, right: Value) -> str:
    """The message for operands that do not fit the operator of a bytecode."""
    match operation:
        case Op.NEGATE:
            return unary_error("-", left)
        case Op.NOT:
            return unary_error("!", left)
        case _:
            first = Op.ADD_INT if operation >= Op.ADD_INT else Op.ADD
            return binary_error(SYMBOLS[operation - first], left, right)


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


@unroll_safe
def interpolated(stack: VMStack, first: int, count: int) -> Value:
    """The display forms of the values in adjacent slots, joined."""
    if count > FEW_PIECES:
        return many_interpolated(stack, first, count)
    whole = interpolated_piece(stack[first])
    for index in range(first + 1, first + count):
        whole = concatenated(whole, interpolated_piece(stack[index]))
    return Value.of_object(whole)


def interpolated_piece(value: Value) -> W_String:
    """The display form of one value."""
    if value.is_int():
        return number_text(value.as_int())
    string = as_string(value)
    return new_string(display_text(value)) if string is None else string


@dont_look_inside
def many_interpolated(stack: VMStack, first: int, count: int) -> Value:
    """The same for any number of values."""
    builder = StringBuilder()
    for index in range(first, first + count):
        value = stack[index]
        if value.is_int():
            builder.append_decimal(value.as_int())
        else:
            builder.append(display_text(value))
    return text_value(builder.build())


def new_tagged(code: Code, word: int, payload: Value) -> Value:
    """NEW_TAGGED: a tag with the elements of an array that nobody else holds."""
    items = unsafe_cast(W_Array, payload.as_object()).items
    return Value.of_object(W_Tagged(unchecked_get(code.names, field_c(word)), items))


def define_method(code: Code, word: int, function: Value) -> None:
    """DEFINE_METHOD."""
    struct_type = unchecked_get(code.shapes, field_c(word)).guest_type
    struct_type.define(unchecked_get(code.names, field_b(word)), function)


def matched(code: Code, word: int, value: Value) -> Value:
    """The payload (or NULL) if the value is what the case of MATCH_VARIANT or MATCH_NAME asks for, else UNDEFINED."""
    if opcode(word) == Op.MATCH_VARIANT:
        return match_variant(value, field_c(word))
    return match_name(value, unchecked_get(code.names, field_c(word)))


def next_in_range(number: int, step: int, limit: int) -> int:
    """`number + step`, or the limit where the sum would not be an int."""
    return wrap_add(number, step) if (number < wrap_add(number, step)) == (step > 0) else limit
