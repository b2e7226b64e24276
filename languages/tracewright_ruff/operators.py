"""What the operators do: ints first, then floats, then the rest (arithmetic.py, equality.py). All of it is inlined into the dispatch
loop and into traces, which keep the one way that the operands take.

An arithmetic operator does all of its bytecode, and answers whether there was a result: if not, the (left) operand may be a struct, whose
operator method the loop then calls. So no result is looked at twice. Where an int overflows it raises OverflowError. `..._int` take a
number from the bytecode itself as the right operand.
"""

from __future__ import annotations

from tracewright.core.integers import ovf_add, ovf_mul, ovf_neg, ovf_sub, trunc_div, trunc_mod
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.guest.instructions import field_a, field_b, field_c, signed_c
from tracewright.hints import inlined
from tracewright_ruff.arithmetic import (
    add_other,
    divide_ints,
    divide_other,
    greater_equal_other,
    greater_other,
    less_equal_other,
    less_other,
    modulo_ints,
    modulo_other,
    multiply_other,
    subtract_other,
)
from tracewright_ruff.equality import values_equal


# --- arithmetic ------------------------------------------------------------------------------------------------------
@inlined
def finish(stack: VMStack, base: int, word: int, value: Value) -> bool:
    """Put the result into its slot, if there is one."""
    if value.same(Value.UNDEFINED):
        return False
    stack[base + field_a(word)] = value
    return True


@inlined
def add(stack: VMStack, base: int, word: int) -> bool:
    """`left + right`."""
    left = stack[base + field_b(word)]
    right = stack[base + field_c(word)]
    if left.is_int() and right.is_int():
        stack[base + field_a(word)] = Value.of_int(ovf_add(left.as_int(), right.as_int()))
        return True
    if left.is_float() and right.is_float():
        stack[base + field_a(word)] = Value.of_float(left.as_float() + right.as_float())
        return True
    return finish(stack, base, word, add_other(left, right))


@inlined
def subtract(stack: VMStack, base: int, word: int) -> bool:
    """`left - right`."""
    left = stack[base + field_b(word)]
    right = stack[base + field_c(word)]
    if left.is_int() and right.is_int():
        stack[base + field_a(word)] = Value.of_int(ovf_sub(left.as_int(), right.as_int()))
        return True
    if left.is_float() and right.is_float():
        stack[base + field_a(word)] = Value.of_float(left.as_float() - right.as_float())
        return True
    return finish(stack, base, word, subtract_other(left, right))


@inlined
def multiply(stack: VMStack, base: int, word: int) -> bool:
    """`left * right`."""
    left = stack[base + field_b(word)]
    right = stack[base + field_c(word)]
    if left.is_int() and right.is_int():
        stack[base + field_a(word)] = Value.of_int(ovf_mul(left.as_int(), right.as_int()))
        return True
    if left.is_float() and right.is_float():
        stack[base + field_a(word)] = Value.of_float(left.as_float() * right.as_float())
        return True
    return finish(stack, base, word, multiply_other(left, right))


@inlined
def divide(stack: VMStack, base: int, word: int) -> bool:
    """`left / right`."""
    left = stack[base + field_b(word)]
    right = stack[base + field_c(word)]
    if left.is_int() and right.is_int():
        stack[base + field_a(word)] = Value.of_int(divide_ints(left.as_int(), right.as_int()))
        return True
    return finish(stack, base, word, divide_other(left, right))


@inlined
def take_modulo(stack: VMStack, base: int, word: int) -> bool:
    """`left % right`."""
    left = stack[base + field_b(word)]
    right = stack[base + field_c(word)]
    if left.is_int() and right.is_int():
        stack[base + field_a(word)] = Value.of_int(modulo_ints(left.as_int(), right.as_int()))
        return True
    return finish(stack, base, word, modulo_other(left, right))


@inlined
def add_int(stack: VMStack, base: int, word: int) -> bool:
    """`left + right`."""
    left = stack[base + field_b(word)]
    right = signed_c(word)
    if left.is_int():
        stack[base + field_a(word)] = Value.of_int(ovf_add(left.as_int(), right))
        return True
    return finish(stack, base, word, add_other(left, Value.of_int(right)))


@inlined
def subtract_int(stack: VMStack, base: int, word: int) -> bool:
    """`left - right`."""
    left = stack[base + field_b(word)]
    right = signed_c(word)
    if left.is_int():
        stack[base + field_a(word)] = Value.of_int(ovf_sub(left.as_int(), right))
        return True
    return finish(stack, base, word, subtract_other(left, Value.of_int(right)))


@inlined
def multiply_int(stack: VMStack, base: int, word: int) -> bool:
    """`left * right`."""
    left = stack[base + field_b(word)]
    right = signed_c(word)
    if left.is_int():
        stack[base + field_a(word)] = Value.of_int(ovf_mul(left.as_int(), right))
        return True
    return finish(stack, base, word, multiply_other(left, Value.of_int(right)))


@inlined
def divide_int(stack: VMStack, base: int, word: int) -> bool:
    """`left / right`, where `right` is above 0."""
    left = stack[base + field_b(word)]
    right = signed_c(word)
    if left.is_int():
        stack[base + field_a(word)] = Value.of_int(trunc_div(left.as_int(), right))
        return True
    return finish(stack, base, word, divide_other(left, Value.of_int(right)))


@inlined
def take_modulo_int(stack: VMStack, base: int, word: int) -> bool:
    """`left % right`, where `right` is above 0."""
    left = stack[base + field_b(word)]
    right = signed_c(word)
    if left.is_int():
        stack[base + field_a(word)] = Value.of_int(trunc_mod(left.as_int(), right))
        return True
    return finish(stack, base, word, modulo_other(left, Value.of_int(right)))


@inlined
def negate(stack: VMStack, base: int, word: int) -> bool:
    """`-operand`."""
    operand = stack[base + field_b(word)]
    if operand.is_int():
        stack[base + field_a(word)] = Value.of_int(ovf_neg(operand.as_int()))
        return True
    if operand.is_float():
        stack[base + field_a(word)] = Value.of_float(-operand.as_float())
        return True
    return False


@inlined
def invert(stack: VMStack, base: int, word: int) -> bool:
    """`!operand`."""
    operand = stack[base + field_b(word)]
    if operand.is_bool():
        stack[base + field_a(word)] = Value.of_bool(not operand.as_bool())
        return True
    return False


# --- comparison ------------------------------------------------------------------------------------------------------
@inlined
def is_equal(left: Value, right: Value) -> bool:
    """`left == right`."""
    if left.is_int() and right.is_int():
        return left.as_int() == right.as_int()
    return values_equal(left, right)


@inlined
def is_less(left: Value, right: Value) -> bool:
    """`left < right`."""
    if left.is_int() and right.is_int():
        return left.as_int() < right.as_int()
    if left.is_float() and right.is_float():
        return left.as_float() < right.as_float()
    return less_other(left, right)


@inlined
def is_less_equal(left: Value, right: Value) -> bool:
    """`left <= right`."""
    if left.is_int() and right.is_int():
        return left.as_int() <= right.as_int()
    if left.is_float() and right.is_float():
        return left.as_float() <= right.as_float()
    return less_equal_other(left, right)


@inlined
def is_greater(left: Value, right: Value) -> bool:
    """`left > right`."""
    if left.is_int() and right.is_int():
        return left.as_int() > right.as_int()
    if left.is_float() and right.is_float():
        return left.as_float() > right.as_float()
    return greater_other(left, right)


@inlined
def is_greater_equal(left: Value, right: Value) -> bool:
    """`left >= right`."""
    if left.is_int() and right.is_int():
        return left.as_int() >= right.as_int()
    if left.is_float() and right.is_float():
        return left.as_float() >= right.as_float()
    return greater_equal_other(left, right)


@inlined
def is_equal_int(left: Value, right: int) -> bool:
    """`left == right`."""
    if left.is_int():
        return left.as_int() == right
    return values_equal(left, Value.of_int(right))


@inlined
def is_less_int(left: Value, right: int) -> bool:
    """`left < right`."""
    if left.is_int():
        return left.as_int() < right
    if left.is_float():
        return left.as_float() < float(right)
    return less_other(left, Value.of_int(right))


@inlined
def is_less_equal_int(left: Value, right: int) -> bool:
    """`left <= right`."""
    if left.is_int():
        return left.as_int() <= right
    if left.is_float():
        return left.as_float() <= float(right)
    return less_equal_other(left, Value.of_int(right))


@inlined
def is_greater_int(left: Value, right: int) -> bool:
    """`left > right`."""
    if left.is_int():
        return left.as_int() > right
    if left.is_float():
        return left.as_float() > float(right)
    return greater_other(left, Value.of_int(right))


@inlined
def is_greater_equal_int(left: Value, right: int) -> bool:
    """`left >= right`."""
    if left.is_int():
        return left.as_int() >= right
    if left.is_float():
        return left.as_float() >= float(right)
    return greater_equal_other(left, Value.of_int(right))
