"""Operators: arithmetic and truth (comparison.py has the rest)."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Final

from tracewright.core import operations as op
from tracewright.core.effects import NONE as NO_EFFECTS
from tracewright.core.integers import MAX_INT
from tracewright.core.object_layout import BYTES_LENGTH_OFFSET
from tracewright.translate.flow.externals import External
from tracewright.translate.flow.graph import Constant, Operand
from tracewright.translate.flow.types import BOOL, FLOAT, INT, NONE, FunctionType, Instance, Optional, Type, show_type
from tracewright.translate.infer import constructors, tuples
from tracewright.translate.infer.annotations import CONTAINERS
from tracewright.translate.infer.assumptions import assume_absent
from tracewright.translate.infer.context import FunctionContext
from tracewright.translate.infer.values import Typed, boolean, integer

assert BYTES_LENGTH_OFFSET == 8  # the length of str, bytes and arrays stands at one place

_INT_OPERATIONS: Final[dict[type, int]] = {
    ast.Add: op.INT_ADD,
    ast.Sub: op.INT_SUB,
    ast.Mult: op.INT_MUL,
    ast.BitAnd: op.INT_AND,
    ast.BitOr: op.INT_OR,
    ast.BitXor: op.INT_XOR,
    ast.LShift: op.INT_LSHIFT,
    ast.RShift: op.INT_RSHIFT,
}
_FLOAT_OPERATIONS: Final[dict[type, int]] = {ast.Add: op.FLOAT_ADD, ast.Sub: op.FLOAT_SUB, ast.Mult: op.FLOAT_MUL}
_CHECKED: Final[dict[int, External]] = {
    op.INT_ADD: External("", "tw_checked_add", "iir", "i", NO_EFFECTS),
    op.INT_SUB: External("", "tw_checked_sub", "iir", "i", NO_EFFECTS),
    op.INT_MUL: External("", "tw_checked_mul", "iir", "i", NO_EFFECTS),
    op.INT_LSHIFT: External("", "tw_checked_lshift", "iir", "i", NO_EFFECTS),
}
# The framework's own code is written for words that wrap, and checked by its own tests.
UNCHECKED_MODULES: Final = ("tracewright.", "tracewright_x86_64.", "tracewright_aarch64.")
_METHODS: Final[dict[type, str]] = {
    ast.Add: "add",
    ast.Sub: "sub",
    ast.Mult: "mul",
    ast.Div: "truediv",
    ast.FloorDiv: "floordiv",
    ast.Mod: "mod",
    ast.Pow: "pow",
    ast.BitOr: "or",
    ast.BitAnd: "and",
    ast.BitXor: "xor",
    ast.LShift: "lshift",
    ast.RShift: "rshift",
    ast.MatMult: "matmul",
}
# The method of a comparison, and the one of the right side that answers where the left has none.
SYMBOLS: Final[dict[type, str]] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.FloorDiv: "//",
    ast.Mod: "%",
    ast.Pow: "**",
    ast.BitAnd: "&",
    ast.BitOr: "|",
    ast.BitXor: "^",
    ast.LShift: "<<",
    ast.RShift: ">>",
    ast.MatMult: "@",
}


def binary(context: FunctionContext, operator: ast.operator, left: Typed, right: Typed) -> Typed:
    """`left <operator> right`."""
    left, right = context.conversions.not_none(left), context.conversions.not_none(right)
    words = (INT, BOOL)
    if left.type in words and right.type in words:
        return _int_operation(context, operator, left, right)
    numbers = (INT, BOOL, FLOAT)
    if left.type in numbers and right.type in numbers:
        return _float_operation(context, operator, left, right)
    table = context.translator.table
    for text, module, prefix in ((table.str, "strings", "str"), (table.bytes, "byte_strings", "bytes")):
        if left.type is text and right.type is text and isinstance(operator, ast.Add):
            return _concatenate(context, left, right, module, prefix)
        if isinstance(operator, ast.Mult) and text in (left.type, right.type) and (INT in (left.type, right.type)):
            parts = [left, right] if left.type is text else [right, left]
            return context.library(module, f"{prefix}_repeat", parts)
    if isinstance(operator, ast.Add) and table.is_tuple(left.type) and table.is_tuple(right.type):
        return constructors.make_tuple(context, [*tuples.items_of(context, left), *tuples.items_of(context, right)])
    name = _METHODS[type(operator)]
    if has_method(context, left, f"__{name}__"):
        return context.services.call_method(context, left, f"__{name}__", [right])
    if has_method(context, right, f"__r{name}__"):
        return context.services.call_method(context, right, f"__r{name}__", [left])
    if (
        name == "mul"
        and left.type is INT
        and container_kind(context, right.type)
        and has_method(context, right, "__mul__")
    ):
        return context.services.call_method(context, right, "__mul__", [left])
    shown = f"{show_type(left.type)} and {show_type(right.type)}"
    help = ""
    if left.type is table.str or right.type is table.str:
        help = "an f-string puts values into a text: `f'{x} items'`"
    raise context.error("operator", f"`{SYMBOLS[type(operator)]}` is not defined for {shown}", help)


def has_method(context: FunctionContext, value: Typed, name: str) -> bool:
    """Whether the value's class has the method."""
    return isinstance(value.type, Instance) and context.translator.classes.method(value.type.layout, name) is not None


def container_kind(context: FunctionContext, type: Type) -> object:
    """list, dict, set or bytearray; None for any other type."""
    if not isinstance(type, Instance):
        return None
    cls = type.layout.python_class
    return next((kind for kind in CONTAINERS if context.translator.annotations.container(kind) is cls), None)


def in_place(context: FunctionContext, operator: ast.operator, left: Typed, right: Typed) -> Typed:
    """`left <operator>= right`: what is assigned then."""
    kind = container_kind(context, left.type)
    call = context.services.call_method
    name = f"__i{_METHODS[type(operator)]}__"
    if has_method(context, left, name):
        result = call(context, left, name, [right])
        return result if kind is None else left
    if kind is None and isinstance(left.type, Instance):
        assume_absent(context, left.type, name)
    if kind in (set, dict) and isinstance(operator, ast.BitOr):
        call(context, left, "update", [right])
        return left
    if kind is set:
        result = binary(context, operator, left, right)
        call(context, left, "clear", [])
        call(context, left, "update", [result])
        return left
    if kind is list:
        result = binary(context, operator, left, right)
        call(context, left, "set_slice", [Typed(integer(0), INT), Typed(integer(MAX_INT), INT), result])
        return left
    return binary(context, operator, left, right)


def _concatenate(context: FunctionContext, left: Typed, right: Typed, module: str, prefix: str) -> Typed:
    if isinstance(left.operand, Constant) and isinstance(right.operand, Constant):
        first, last = left.operand.value, right.operand.value  # None, where that cannot be reached
        if isinstance(first, str) and isinstance(last, str):
            return Typed(Constant(first + last, "r", left.type), left.type)
        if isinstance(first, bytes) and isinstance(last, bytes):
            return Typed(Constant(first + last, "r", left.type), left.type)
    return context.library(module, f"{prefix}_concat", [left, right])


def _int_operation(context: FunctionContext, operator: ast.operator, left: Typed, right: Typed) -> Typed:
    row = _INT_OPERATIONS.get(type(operator))
    if row in (op.INT_LSHIFT, op.INT_RSHIFT) and isinstance(right.operand, Constant):
        distance = right.operand.value
        if isinstance(distance, int) and not 0 <= distance < 64:
            help = "a word has 64 bits"
            raise context.error("shift", f"a shift by {distance} bits has no meaning in the machine", help)
    if row in (op.INT_LSHIFT, op.INT_RSHIFT) and not _is_short(context, right.operand):
        if not context.graph.module.startswith(UNCHECKED_MODULES):
            name = "shift_left" if row == op.INT_LSHIFT else "shift_right"
            if not (row == op.INT_LSHIFT and context.translator.checked):
                return context.library("numbers", name, [Typed(left.operand, INT), Typed(right.operand, INT)])
    if row is not None:
        is_bool = left.type is BOOL and right.type is BOOL and row in (op.INT_AND, op.INT_OR, op.INT_XOR)
        result = BOOL if is_bool else INT
        checked = _CHECKED.get(row) if context.translator.checked else None
        known = isinstance(left.operand, Constant) and isinstance(right.operand, Constant)
        if checked is not None and not known and not context.graph.module.startswith(UNCHECKED_MODULES):
            return _checked_operation(context, operator, checked, left, right)
        return Typed(context.emission.compute(row, left.operand, right.operand, type=result), result)
    if isinstance(operator, ast.Div):
        return _float_operation(context, operator, left, right)
    if isinstance(operator, (ast.FloorDiv, ast.Mod)):
        return _floor_operation(context, operator, left, right)
    exponent = right.operand.value if isinstance(right.operand, Constant) else None
    if isinstance(operator, ast.Pow) and isinstance(exponent, int) and exponent >= 0:
        return context.library("numbers", "int_power", [Typed(left.operand, INT), Typed(right.operand, INT)])
    if isinstance(operator, ast.Pow) and isinstance(exponent, int):
        return _float_operation(context, operator, left, right)
    raise context.error(
        "operator",
        f"`{SYMBOLS[type(operator)]}` on ints is not in the dialect"
        + (", unless the exponent is a literal" if isinstance(operator, ast.Pow) else ""),
        "for powers of two write `1 << n`, else `int_power(x, n)` of tracewright.lib.numbers",
    )


def _is_short(context: FunctionContext, distance: Operand) -> bool:
    """Whether the distance of a shift is known to be that of a machine instruction: a constant, or masked just now."""
    if isinstance(distance, Constant):
        return True
    block = context.builder.block
    if block is None or not block.instructions or block.instructions[-1].result is not distance:
        return False
    last = block.instructions[-1]
    masks = [operand.value for operand in last.operands if isinstance(operand, Constant)]
    return last.operation == op.INT_AND and any(isinstance(mask, int) and 0 <= mask < 64 for mask in masks)


def _checked_operation(
    context: FunctionContext, operator: ast.operator, checked: External, left: Typed, right: Typed
) -> Typed:
    """In a checked build: a C function that ends the program, naming the place, where the result does not fit."""
    span = context.span
    text = f"{span.path}:{span.line}:{span.column}: `{SYMBOLS[type(operator)]}`"
    place = Constant(text.encode(errors="replace"), "r", context.translator.table.bytes)
    return Typed(context.emission.call_c(checked, [left.operand, right.operand, place], INT), INT)


def _floor_operation(context: FunctionContext, operator: ast.operator, left: Typed, right: Typed) -> Typed:
    """`//` and `%`: powers of two need no division, and a known divisor no check."""
    divides = isinstance(operator, ast.FloorDiv)
    divisor = right.operand.value if isinstance(right.operand, Constant) else None
    if isinstance(divisor, int) and divisor > 0:
        if isinstance(left.operand, Constant) and isinstance(left.operand.value, int):
            number = left.operand.value
            return Typed(integer(number // divisor if divides else number % divisor), INT)
        if divisor & (divisor - 1) == 0:
            if divides:
                shift = integer(divisor.bit_length() - 1)
                return Typed(context.emission.compute(op.INT_RSHIFT, left.operand, shift), INT)
            return Typed(context.emission.compute(op.INT_AND, left.operand, integer(divisor - 1)), INT)
    words = [Typed(left.operand, INT), Typed(right.operand, INT)]
    return context.library("numbers", "floor_div" if divides else "floor_mod", words)


def _float_operation(context: FunctionContext, operator: ast.operator, left: Typed, right: Typed) -> Typed:
    a, b = context.conversions.as_number(left, FLOAT), context.conversions.as_number(right, FLOAT)
    row = _FLOAT_OPERATIONS.get(type(operator))
    if row is not None:
        return Typed(context.emission.compute(row, a, b, type=FLOAT), FLOAT)
    if isinstance(operator, ast.Div):
        not_zero = context.emission.compute(op.FLOAT_NE, b, Constant(0.0, "f", FLOAT), type=BOOL)
        kind = "float division" if FLOAT in (left.type, right.type) else "division"
        context.emission.require(not_zero, ZeroDivisionError, f"{kind} by zero")
        return Typed(context.emission.compute(op.FLOAT_DIV, a, b, type=FLOAT), FLOAT)
    if isinstance(operator, ast.Pow):
        return context.library("number_methods", "float_power", [Typed(a, FLOAT), Typed(b, FLOAT)])
    if isinstance(operator, (ast.FloorDiv, ast.Mod)):
        name = "float_floor_div" if isinstance(operator, ast.FloorDiv) else "float_floor_mod"
        return context.library("numbers", name, [Typed(a, FLOAT), Typed(b, FLOAT)])
    raise context.error(
        "operator", f"`{SYMBOLS[type(operator)]}` on floats is not in the dialect", "see core.mathematics"
    )


def unary(context: FunctionContext, operator: ast.unaryop, value: Typed) -> Typed:
    """`-x`, `+x`, `~x`, `not x`."""
    if isinstance(operator, ast.Not):
        result = context.emission.compute(op.INT_EQ, truth(context, value), integer(0), type=BOOL)
        return Typed(result, BOOL)
    if value.type is FLOAT:
        if isinstance(operator, ast.USub):
            return Typed(context.emission.compute(op.FLOAT_NEG, value.operand, type=FLOAT), FLOAT)
        if isinstance(operator, ast.UAdd):
            return value
    name = {ast.USub: "__neg__", ast.UAdd: "__pos__", ast.Invert: "__invert__"}[type(operator)]
    if has_method(context, value, name):
        return context.services.call_method(context, value, name, [])
    if value.type in (INT, BOOL):
        match operator:
            case ast.USub():
                return Typed(context.emission.compute(op.INT_NEG, value.operand), INT)
            case ast.Invert():
                return Typed(context.emission.compute(op.INT_INVERT, value.operand), INT)
            case _:
                return Typed(value.operand, INT)
    raise context.error("operator", f"this operator is not defined for {show_type(value.type)}")


# --- truth ---


def length(context: FunctionContext, value: Typed) -> Operand | None:
    """`len(value)`, or None where it has no length."""
    if not isinstance(value.type, Instance):
        return None
    layout = value.type.layout
    if layout.shape in ("str", "bytes", "array", "words"):
        if isinstance(value.operand, Constant) and isinstance(value.operand.value, (str, bytes)):
            return integer(len(value.operand.value))
        return context.emission.emit(op.ARRAY_LENGTH, [value.operand], INT, layout)
    if context.translator.table.is_tuple(value.type):
        return integer(len(layout.fields))
    if context.translator.classes.method(layout, "__len__") is not None:
        if layout.python_class is context.translator.annotations.container(list):
            context.translator.classes.complete(layout)
            return context.emission.load_field(value.operand, layout.fields["length"])
        return context.services.call_method(context, value, "__len__", []).operand
    return None


def truth(context: FunctionContext, value: Typed) -> Operand:
    """A word that is nonzero when the value counts as true."""
    match value.type:
        case Optional(item=item):
            present = context.conversions.is_there(value)
            return _and_then(
                context, present, lambda: truth(context, context.conversions.narrowed(value.operand, item))
            )
        case Instance(layout=layout):
            if context.translator.classes.method(layout, "__bool__") is not None:
                return context.services.call_method(context, value, "__bool__", []).operand
            size = length(context, value)
            for name in ("__bool__",) if size is not None else ("__bool__", "__len__"):
                assume_absent(context, value.type, name)
            return boolean(True) if size is None else context.emission.compute(op.INT_NE, size, integer(0), type=BOOL)
        case type if type is FLOAT:
            return context.emission.compute(op.FLOAT_NE, value.operand, Constant(0.0, "f", FLOAT), type=BOOL)
        case type if type is BOOL:
            return value.operand
        case type if type is INT:
            return context.emission.compute(op.INT_NE, value.operand, integer(0), type=BOOL)
        case type if type is NONE:
            return boolean(False)
        case FunctionType():
            return boolean(True)
        case _:
            raise context.error("truth", f"{show_type(value.type)} has no truth value", "compare it with something")


def _and_then(context: FunctionContext, first: Operand, second: Callable[[], Operand]) -> Operand:
    """`first and second()`, both bools; branches only where the second needs instructions."""
    more, after = context.emission.new_block(), context.emission.new_block()
    name = context.emission.temporary(BOOL)
    context.builder.write(name, boolean(False))
    context.emission.branch(first, more, after)
    context.emission.start(more)
    if context.emission.reachable:
        context.builder.write(name, second())
        context.emission.jump(after)
    context.emission.start(after)
    return context.builder.read(name)
