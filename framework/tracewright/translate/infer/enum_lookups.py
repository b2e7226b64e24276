"""`Color(value)` and `Color[name]`: the member that belongs to a value known only when the program runs."""

from __future__ import annotations

import enum
from collections.abc import Callable

from tracewright.core import operations as op
from tracewright.translate.flow.graph import Constant
from tracewright.translate.flow.types import BOOL, INT
from tracewright.translate.infer.comparison import equal
from tracewright.translate.infer.constants import from_object
from tracewright.translate.infer.context import FunctionContext
from tracewright.translate.infer.enums import is_int_enum
from tracewright.translate.infer.values import Typed, integer


def member_of_value(
    context: FunctionContext, cls: enum.EnumMeta, value: Typed, text_of_value: Callable[[FunctionContext, Typed], Typed]
) -> Typed:
    """`Color(value)`: the member with this value, or ValueError with its `text_of_value`."""

    def throw() -> None:
        table = context.translator.table
        end = Typed(Constant(f" is not a valid {cls.__qualname__}", "r", table.str), table.str)
        text = context.library("strings", "str_concat", [text_of_value(context, value), end])
        context.emission.throw(context.services.construct(context, ValueError, [text], None).operand)

    if issubclass(cls, enum.IntFlag) and value.type is INT:  # any bits make a member
        positive = context.emission.compute(op.INT_GE, value.operand, integer(0), type=BOOL)
        context.emission.require(positive, ValueError, f"a negative number is no {cls.__name__} in the dialect")
        return Typed(value.operand, INT)
    members: list[enum.Enum] = list(cls)
    return _chosen(context, cls, value, {member: member.value for member in members}, throw)


def member_of_name(context: FunctionContext, cls: enum.EnumMeta, name: Typed) -> Typed:
    """`Color[name]`: the member of this name, or KeyError."""
    text = context.translator.table.str
    name = Typed(context.conversions.convert(name, text), text)
    members: list[enum.Enum] = list(cls)

    def throw() -> None:
        context.emission.throw(context.services.construct(context, KeyError, [name], None).operand)

    return _chosen(context, cls, name, {member: member.name for member in members}, throw)


def _chosen(
    context: FunctionContext,
    cls: enum.EnumMeta,
    value: Typed,
    known: dict[enum.Enum, object],
    throw: Callable[[], None],
) -> Typed:
    """The member of which something is known to equal the value."""
    result = INT if is_int_enum(cls) else context.translator.classes.instance(cls)
    name = context.emission.temporary(result)
    after = context.emission.new_block()
    for member, known_value in known.items():
        context.builder.write(name, from_object(context, member, "", None, None).operand)
        other = context.emission.new_block()
        compared = from_object(context, known_value, "", None, value.type)
        context.emission.branch(equal(context, value, compared), after, other)
        context.emission.start(other)
        if not context.emission.reachable:
            break
    if context.emission.reachable:
        throw()
    context.emission.start(after)
    return Typed(context.builder.read(name), result)
