"""Unpacking: `a, (b, *c) = value`."""

from __future__ import annotations

import ast

from tracewright.core import operations as op
from tracewright.translate.flow.graph import Constant
from tracewright.translate.flow.types import BOOL, INT, Instance, show_type
from tracewright.translate.infer import comprehensions, constructors, operators, subscripts
from tracewright.translate.infer.constants import join
from tracewright.translate.infer.context import FunctionContext
from tracewright.translate.infer.values import Typed, integer


def unpack(context: FunctionContext, target: ast.expr, elements: list[ast.expr], value: Typed) -> None:
    """Assign the items of a tuple or list to targets."""
    value = context.conversions.not_none(value)
    if isinstance(value.type, Instance) and context.translator.table.is_tuple(value.type):
        fields = list(value.type.layout.fields.values())
        star = next((index for index, element in enumerate(elements) if isinstance(element, ast.Starred)), -1)
        if star < 0 and len(fields) != len(elements):
            raise context.error(
                "unpack", f"{show_type(value.type)} does not unpack into {len(elements)} targets", node=target
            )
        parts = [Typed(context.emission.load_field(value.operand, field), field.type) for field in fields]
        if star >= 0:
            parts = _tuple_rest(context, target, elements, star, parts)
        for element, part in zip(elements, parts, strict=True):
            context.services.assign(context, element.value if isinstance(element, ast.Starred) else element, part)
        return
    if isinstance(value.type, Instance) and value.type.layout.python_class is context.translator.annotations.container(
        list
    ):
        _unpack_list(context, target, elements, value)
        return
    if operators.container_kind(context, value.type) in (dict, set):
        _unpack_list(context, target, elements, comprehensions.collect_value(context, value, target, None))
        return
    raise context.error(
        "unpack",
        f"only tuples and lists can be unpacked, this is {show_type(value.type)}",
        "take the items one by one",
        target,
    )


def _unpack_list(context: FunctionContext, target: ast.expr, elements: list[ast.expr], value: Typed) -> None:
    """A list of exactly as many items as there are targets, or at least that many where one takes the rest."""
    star = next((index for index, element in enumerate(elements) if isinstance(element, ast.Starred)), -1)
    size = operators.length(context, value)
    assert size is not None
    needed = integer(len(elements) - (star >= 0))
    _require_enough(context, Typed(size, INT), needed.value, "at least " if star >= 0 else "")
    if star < 0:
        fits = context.emission.compute(op.INT_LE, size, needed, type=BOOL)
        context.emission.require(fits, ValueError, f"too many values to unpack (expected {needed.value})")
    parts = []
    for index, element in enumerate(elements):
        behind = len(elements) - index
        if isinstance(element, ast.Starred):
            stop = context.emission.compute(op.INT_SUB, size, integer(behind - 1))
            bounds = [Typed(integer(index), INT), Typed(stop, INT)]
            parts.append(context.services.call_method(context, value, "get_slice", bounds))
        else:
            late = star >= 0 and index > star
            place = context.emission.compute(op.INT_SUB, size, integer(behind)) if late else integer(index)
            parts.append(subscripts.get_item(context, value, Typed(place, INT)))
    for element, part in zip(elements, parts, strict=True):
        context.services.assign(context, element.value if isinstance(element, ast.Starred) else element, part)


def _require_enough(context: FunctionContext, size: Typed, needed: object, at_least: str) -> None:
    """Raise ValueError unless there are as many items as targets, saying how many there are."""
    table = context.translator.table
    enough = context.emission.compute(op.INT_GE, size.operand, Constant(needed, "i", INT), type=BOOL)
    good, bad = context.emission.new_block(), context.emission.new_block()
    context.emission.branch(enough, good, bad, likely=1)
    context.emission.start(bad)
    if context.emission.reachable:
        head = Constant(f"not enough values to unpack (expected {at_least}{needed}, got ", "r", table.str)
        text = Typed(head, table.str)
        for part in (context.library("strings", "str_of_int", [size]), Typed(Constant(")", "r", table.str), table.str)):
            text = context.library("strings", "str_concat", [text, part])
        context.emission.throw(context.services.construct(context, ValueError, [text], None).operand)
    context.emission.start(good)


def _tuple_rest(
    context: FunctionContext, target: ast.expr, elements: list[ast.expr], star: int, parts: list[Typed]
) -> list[Typed]:
    """The items of a tuple with those of the starred target in a list."""
    stop = len(parts) - (len(elements) - star - 1)
    rest = parts[star:stop]
    if stop < star or not rest:
        raise context.error("unpack", f"nothing is left for the starred target of {len(parts)} items", node=target)
    item = join(context, [part.type for part in rest], None)
    made = constructors.make_list(context, item, [context.conversions.convert(part, item) for part in rest])
    return [*parts[:star], made, *parts[stop:]]
