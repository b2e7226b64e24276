"""Enumerations. Members of an `Enum` are prebuilt objects with the fields `name` and `value`; those of an `IntEnum` are ints."""

from __future__ import annotations

import enum

from tracewright.translate.flow.graph import Constant
from tracewright.translate.infer.constants import from_object
from tracewright.translate.infer.context import FunctionContext, Typed
from tracewright.translate.infer.sources import MISSING
from tracewright.translate.infer.types import INT, Instance, Type


def members_of(found: object) -> list[enum.Enum] | None:
    """The members of an enumeration class, aliases left out; None for anything else."""
    return list(found) if isinstance(found, enum.EnumMeta) else None


def is_int_enum(cls: object) -> bool:
    """Whether members are ints natively."""
    return isinstance(cls, enum.EnumMeta) and issubclass(cls, int)


def is_enum_type(type: Type) -> bool:
    """Whether values of the type are members of an `Enum`."""
    return isinstance(type, Instance) and isinstance(type.layout.python_class, enum.EnumMeta)


def member_attribute(owner: object, name: str) -> object:
    """`Color.RED.name` and `Color.RED.value`, known at translation."""
    return getattr(owner, name) if isinstance(owner, enum.Enum) and name in ("name", "value") else MISSING


def member_of_value(context: FunctionContext, cls: enum.EnumMeta, value: Typed) -> Typed:
    """`Color(value)`: the member with this value, or ValueError."""
    from tracewright.translate.infer.comparison import equal  # operators need enums for their hashes

    members: list[enum.Enum] = list(cls)
    result = INT if is_int_enum(cls) else context.translator.classes.instance(cls)
    name = context.temporary(result)
    after = context.new_block()
    for member in members:
        context.builder.write(name, from_object(context, member, "", None, None).operand)
        other = context.new_block()
        known = from_object(context, member.value, "", None, value.type)
        context.branch(equal(context, value, known), after, other)
        context.start(other)
        if not context.reachable:
            break
    if context.reachable:
        context.throw_prebuilt(ValueError, f"this is no value of {cls.__name__}")
    context.start(after)
    return Typed(context.builder.read(name), result)


def text_of_member(context: FunctionContext, value: Typed) -> Typed:
    """`str(member)`: the class and the name."""
    assert isinstance(value.type, Instance) and value.type.layout.python_class is not None
    table = context.translator.table
    field = context.translator.classes.field(value.type.layout, "name")
    assert field is not None
    head = Constant(f"{value.type.layout.python_class.__name__}.", "r", table.str)
    name = Typed(context.load_field(value.operand, field), field.type)
    return context.library("strings", "str_concat", [Typed(head, table.str), name])
