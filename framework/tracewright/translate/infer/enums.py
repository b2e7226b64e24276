"""Enumerations. Members of an `Enum` are prebuilt objects with the fields `name` and `value`; those of an `IntEnum` are ints."""

from __future__ import annotations

import enum

from tracewright.core import operations as op
from tracewright.translate.flow.graph import Constant
from tracewright.translate.flow.types import BOOL, Instance, Type
from tracewright.translate.infer.constants import from_object
from tracewright.translate.infer.context import FunctionContext
from tracewright.translate.infer.sources import MISSING
from tracewright.translate.infer.values import Typed


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


def text_of_member(context: FunctionContext, value: Typed) -> Typed:
    """`str(member)`: the class and the name."""
    assert isinstance(value.type, Instance) and value.type.layout.python_class is not None
    table = context.translator.table
    field = context.translator.classes.field(value.type.layout, "name")
    assert field is not None
    head = Constant(f"{value.type.layout.python_class.__name__}.", "r", table.str)
    name = Typed(context.emission.load_field(value.operand, field), field.type)
    return context.library("strings", "str_concat", [Typed(head, table.str), name])


def repr_of_member(context: FunctionContext, value: Typed) -> Typed:
    """`repr(member)`: all members are known, so their texts are a table by name."""
    assert isinstance(value.type, Instance)
    cls = value.type.layout.python_class
    assert isinstance(cls, enum.EnumMeta)
    table = context.translator.table
    name = context.emission.temporary(table.str)
    after = context.emission.new_block()
    members: list[enum.Enum] = list(cls)
    for member in members:
        context.builder.write(name, Constant(repr(member), "r", table.str))
        other = context.emission.new_block()
        known = from_object(context, member, "", None, None)
        context.emission.branch(context.emission.emit(op.REF_EQ, [value.operand, known.operand], BOOL), after, other)
        context.emission.start(other)
    context.builder.unreachable()
    context.emission.start(after)
    return Typed(context.builder.read(name), table.str)
