"""Tuples taken apart: how many items there are is known at translation."""

from __future__ import annotations

import ast

from tracewright.translate.flow.types import Instance, show_type
from tracewright.translate.infer.context import FunctionContext
from tracewright.translate.infer.values import Typed


def items_of(context: FunctionContext, value: Typed) -> list[Typed]:
    """The items of a tuple."""
    assert isinstance(value.type, Instance)
    return [
        Typed(context.emission.load_field(value.operand, field), field.type)
        for field in value.type.layout.fields.values()
    ]


def spread(context: FunctionContext, element: ast.Starred, into: str, help: str) -> list[Typed]:
    """The items of `*element` in a tuple or a call."""
    value = context.conversions.not_none(context.evaluate(element.value))
    if not isinstance(value.type, Instance) or not context.translator.table.is_tuple(value.type):
        message = f"only a tuple can be spread into {into}, this is {show_type(value.type)}"
        raise context.error("tuple", message, help, element)
    return items_of(context, value)
