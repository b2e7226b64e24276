"""Built-in functions over numbers, and the methods of int and float."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Final

from tracewright.core import operations as op
from tracewright.translate.flow.graph import Constant
from tracewright.translate.flow.types import FLOAT, INT, Type
from tracewright.translate.infer import constructors, operators
from tracewright.translate.infer.arguments import plain_arguments
from tracewright.translate.infer.context import FunctionContext
from tracewright.translate.infer.values import Typed, integer

# The functions of tracewright.lib.number_methods that methods of numbers are.
METHODS: Final[dict[tuple[Type, str], str]] = {
    (INT, "bit_length"): "int_bit_length",
    (INT, "bit_count"): "int_bit_count",
    (INT, "to_bytes"): "int_to_bytes",
    (FLOAT, "is_integer"): "float_is_integer",
    (FLOAT, "hex"): "float_hex",
}


def _int(context: FunctionContext, node: ast.Call, expected: Type | None) -> Typed:
    arguments = plain_arguments(context, node, 0, 2)
    if not arguments:
        return Typed(integer(0), INT)
    value = context.conversions.not_none(context.evaluate(arguments[0]))
    if value.type is context.translator.table.str:
        if len(arguments) == 2:
            return context.library("numbers", "int_of_str_in_base", [value, context.evaluate(arguments[1])])
        return context.library("numbers", "int_of_str", [value])
    if value.type is FLOAT:
        return context.library("numbers", "int_of_float", [value])
    return Typed(context.conversions.as_number(value, INT), INT)


def _float(context: FunctionContext, node: ast.Call, expected: Type | None) -> Typed:
    arguments = plain_arguments(context, node, 0, 1)
    if not arguments:
        return Typed(Constant(0.0, "f", FLOAT), FLOAT)
    known = _float_in(arguments[0])
    if known is not None:
        return Typed(Constant(known, "f", FLOAT), FLOAT)
    value = context.conversions.not_none(context.evaluate(arguments[0]))
    if value.type is context.translator.table.str:
        return context.library("strings", "float_of_str", [value])
    return Typed(context.conversions.as_number(value, FLOAT), FLOAT)


def _float_in(node: ast.expr) -> float | None:
    """The number that a literal text such as "inf" shows; None where it shows none, which is an error at run time only."""
    if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
        return None
    try:
        return float(node.value)
    except ValueError:
        return None


def _abs(context: FunctionContext, node: ast.Call, expected: Type | None) -> Typed:
    value = context.evaluate(plain_arguments(context, node, 1, 1)[0])
    if operators.has_method(context, value, "__abs__"):
        return context.services.call_method(context, value, "__abs__", [])
    if value.type is FLOAT:
        return Typed(context.emission.compute(op.FLOAT_ABS, value.operand, type=FLOAT), FLOAT)
    return context.library("numbers", "int_abs", [Typed(context.conversions.as_number(value, INT), INT)])


def _divmod(context: FunctionContext, node: ast.Call, expected: Type | None) -> Typed:
    left, right = (context.evaluate(argument) for argument in plain_arguments(context, node, 2, 2))
    parts = [operators.binary(context, operator, left, right) for operator in (ast.FloorDiv(), ast.Mod())]
    return constructors.make_tuple(context, parts)


def _round(context: FunctionContext, node: ast.Call, expected: Type | None) -> Typed:
    arguments = plain_arguments(context, node, 1, 2)
    value = context.conversions.not_none(context.evaluate(arguments[0]))
    if len(arguments) == 2:
        places = context.evaluate_as(arguments[1], INT)
        if value.type is FLOAT and not (isinstance(places, Constant) and places.value < 0):  # type: ignore[operator]
            return context.library("number_methods", "round_to_places", [value, Typed(places, INT)])
        help = "`(number + 50) // 100 * 100` rounds to hundreds"
        raise context.error("builtin", "`round` to tens and more is not in the dialect", help, node)
    if value.type is FLOAT:
        return context.library("number_methods", "round_to_int", [value])
    return Typed(context.conversions.as_number(value, INT), INT)


def _digits(spec: str) -> Callable[[FunctionContext, ast.Call, Type | None], Typed]:
    """`hex`, `oct`, `bin`: what the format specification gives."""

    def digits(context: FunctionContext, node: ast.Call, expected: Type | None) -> Typed:
        table = context.translator.table
        value = context.evaluate_as(plain_arguments(context, node, 1, 1)[0], INT)
        return context.library(
            "strings", "str_format_int", [Typed(value, INT), Typed(Constant(spec, "r", table.str), table.str)]
        )

    return digits


BUILTINS: Final[dict[object, Callable[[FunctionContext, ast.Call, Type | None], Typed]]] = {
    int: _int,
    float: _float,
    abs: _abs,
    divmod: _divmod,
    round: _round,
    hex: _digits("#x"),
    oct: _digits("#o"),
    bin: _digits("#b"),
}
