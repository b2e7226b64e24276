"""Operators on what the interpreter's fast paths leave over: mixed numbers, strings, and errors.

A function here answers UNDEFINED where the left operand is a struct, whose operator methods the interpreter then tries.
"""

from __future__ import annotations

from typing import Final

from tracewright.core.integers import ovf_neg, trunc_div, trunc_mod
from tracewright.core.mathematics import fmod
from tracewright.core.text import code_at
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.guest.instructions import field_b, field_c, opcode, signed_c
from tracewright.hints import dont_look_inside
from tracewright_ruff.bytecode import Code
from tracewright_ruff.display import debug_text
from tracewright_ruff.errors import GuestError
from tracewright_ruff.objects import W_Native, W_Struct, as_string, concatenated, object_type_name
from tracewright_ruff.opcodes import Op


def is_number(value: Value) -> bool:
    """An int or a float."""
    return value.is_int() or value.is_float()


def number_of(value: Value) -> float:
    """An int or a float as a float."""
    return float(value.as_int()) if value.is_int() else value.as_float()


def is_struct(value: Value) -> bool:
    """A struct instance."""
    return value.is_object() and isinstance(value.as_object(), W_Struct)


@dont_look_inside
def operand_type(value: Value) -> str:
    """The type as "Invalid binary operation" names it."""
    if value.is_int():
        return "int"
    if value.is_float():
        return "float"
    if value.is_bool():
        return "bool"
    if not value.is_object():
        return "null"
    thing = value.as_object()
    if isinstance(thing, W_Native):
        return "native_function"
    name = object_type_name(thing)
    return name if name == "string" or name == "array" or name == "dict" or name == "struct" else "value"


@dont_look_inside
def binary_error(symbol: str, left: Value, right: Value) -> str:
    """The text for operands that do not fit the operator."""
    return f"Invalid binary operation: {operand_type(left)} {symbol} {operand_type(right)}"


@dont_look_inside
def unary_error(symbol: str, operand: Value) -> str:
    """The text for an operand that does not fit the operator."""
    return f"Invalid unary operation: {symbol} {debug_text(operand)}"


# --- arithmetic ------------------------------------------------------------------------------------------------------
def add_other(left: Value, right: Value) -> Value:
    """`left + right`."""
    if is_number(left) and is_number(right):
        return Value.of_float(number_of(left) + number_of(right))
    text = as_string(left)
    other = as_string(right)
    if text is not None and other is not None:
        return Value.of_object(concatenated(text, other))
    return no_number("+", left, right)


def subtract_other(left: Value, right: Value) -> Value:
    """`left - right`."""
    if is_number(left) and is_number(right):
        return Value.of_float(number_of(left) - number_of(right))
    return no_number("-", left, right)


def multiply_other(left: Value, right: Value) -> Value:
    """`left * right`."""
    if is_number(left) and is_number(right):
        return Value.of_float(number_of(left) * number_of(right))
    return no_number("*", left, right)


def divide_other(left: Value, right: Value) -> Value:
    """`left / right`."""
    if is_number(left) and is_number(right):
        divisor = number_of(right)
        if divisor == 0.0:
            raise GuestError("Division by zero")
        return Value.of_float(number_of(left) / divisor)
    return no_number("/", left, right)


def modulo_other(left: Value, right: Value) -> Value:
    """`left % right`."""
    if is_number(left) and is_number(right):
        divisor = number_of(right)
        if divisor == 0.0:
            raise GuestError("Modulo by zero")
        return Value.of_float(fmod(number_of(left), divisor))
    return no_number("%", left, right)


def no_number(symbol: str, left: Value, right: Value) -> Value:
    """UNDEFINED for a struct on the left, else an error."""
    if is_struct(left):
        return Value.UNDEFINED
    raise GuestError(binary_error(symbol, left, right))


def divide_ints(left: int, right: int) -> int:
    """Truncating division; OverflowError for the one quotient that does not fit."""
    if right == 0:
        raise GuestError("Division by zero")
    if right == -1:
        return ovf_neg(left)
    return trunc_div(left, right)


def modulo_ints(left: int, right: int) -> int:
    """Remainder with the sign of the dividend; OverflowError where the division would overflow."""
    if right == 0:
        raise GuestError("Modulo by zero")
    if right == -1:
        ovf_neg(left)
        return 0
    return trunc_mod(left, right)


# --- ordering --------------------------------------------------------------------------------------------------------
def less_other(left: Value, right: Value) -> bool:
    """`left < right`."""
    if is_number(left) and is_number(right):
        return number_of(left) < number_of(right)
    return text_less(left, right, "<", False)


def less_equal_other(left: Value, right: Value) -> bool:
    """`left <= right`."""
    if is_number(left) and is_number(right):
        return number_of(left) <= number_of(right)
    return text_less(left, right, "<=", True)


def greater_other(left: Value, right: Value) -> bool:
    """`left > right`."""
    if is_number(left) and is_number(right):
        return number_of(left) > number_of(right)
    return not text_less(left, right, ">", True)


def greater_equal_other(left: Value, right: Value) -> bool:
    """`left >= right`."""
    if is_number(left) and is_number(right):
        return number_of(left) >= number_of(right)
    return not text_less(left, right, ">=", False)


def text_less(left: Value, right: Value, symbol: str, or_equal: bool) -> bool:
    """Order of two strings by code point; an error for everything else. Traces compare the codes of single characters."""
    text = as_string(left)
    other = as_string(right)
    if text is None or other is None:
        raise GuestError(binary_error(symbol, left, right))
    if text.length == 1 and other.length == 1:
        code, limit = code_at(text.flat(), 0), code_at(other.flat(), 0)
        return code <= limit if or_equal else code < limit
    return text.flat() <= other.flat() if or_equal else text.flat() < other.flat()


# --- overflow --------------------------------------------------------------------------------------------------------
SYMBOLS: Final = "+-*/%"  # in the order of ADD ... MODULO and ADD_INT ... MODULO_INT


@dont_look_inside
def overflow_text(code: Code, pc: int, stack: VMStack, base: int) -> str:
    """The message for the arithmetic bytecode at `pc`, whose operands are still in place."""
    word = code.words[pc]
    operation = opcode(word)
    left = stack[base + field_b(word)]
    if not left.is_int():
        return "Integer overflow"
    if Op.ADD <= operation <= Op.MODULO:
        right = stack[base + field_c(word)]
        if right.is_int():
            return f"Integer overflow: {left.as_int()} {SYMBOLS[operation - Op.ADD]} {right.as_int()}"
    if Op.ADD_INT <= operation <= Op.MODULO_INT:
        return f"Integer overflow: {left.as_int()} {SYMBOLS[operation - Op.ADD_INT]} {signed_c(word)}"
    if operation == Op.NEGATE:
        return f"Integer overflow: -({left.as_int()})"
    return "Integer overflow"
