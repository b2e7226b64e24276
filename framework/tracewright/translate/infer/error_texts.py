"""The texts of errors: of a built-in exception from its message, of a missing key from the key."""

from __future__ import annotations

from tracewright.core import operations as op
from tracewright.translate.flow.graph import Constant
from tracewright.translate.flow.types import BOOL, FLOAT, INT, NONE, ClassLayout, Instance, Optional, Type, show_type
from tracewright.translate.infer import builtin_calls, enums
from tracewright.translate.infer.context import FunctionContext
from tracewright.translate.infer.type_table import ERROR_TEXT, MISSING_KEY
from tracewright.translate.infer.values import Typed, null


def message(context: FunctionContext, value: Typed) -> Typed:
    """The message of an exception, or an empty text."""
    table = context.translator.table
    assert isinstance(value.type, Instance)
    layout = value.type.layout
    field = context.translator.classes.field(layout, ERROR_TEXT)
    assert field is not None
    kept = context.emission.load_field(value.operand, field)
    name = context.emission.write_new(kept, table.str)
    absent, after = context.emission.new_block(), context.emission.new_block()
    context.emission.branch(context.emission.emit(op.REF_EQ, [kept, null(field.type)], BOOL), absent, after)
    context.emission.start(absent)
    context.builder.write(name, Constant("", "r", table.str))
    context.emission.jump(after)
    context.emission.start(after)
    _quote_key(context, value, layout, name)
    return Typed(context.builder.read(name), table.str)


def _quote_key(context: FunctionContext, value: Typed, layout: ClassLayout, name: str) -> None:
    """The text of a KeyError is the `repr` of its message, as in Python."""
    table = context.translator.table
    key_error = table.exception(KeyError).layout
    if not table.is_subclass(key_error, layout) and not table.is_subclass(layout, key_error):
        return
    given, key, quoted, other, after = (context.emission.new_block() for _ in range(5))
    field = context.translator.classes.field(layout, ERROR_TEXT)
    assert field is not None
    absent = context.emission.emit(
        op.REF_EQ, [context.emission.load_field(value.operand, field), null(field.type)], BOOL
    )
    context.emission.branch(absent, after, given)
    context.emission.start(given)
    context.emission.branch(context.emission.emit(op.INSTANCE_OF, [value.operand], BOOL, key_error), key, after)
    context.emission.start(key)
    shown = context.translator.classes.field(key_error, MISSING_KEY)
    assert shown is not None
    text = context.emission.load_field(value.operand, shown)
    context.emission.branch(context.emission.emit(op.REF_EQ, [text, null(shown.type)], BOOL), quoted, other)
    context.emission.start(other)
    context.builder.write(name, text)
    context.emission.jump(after)
    context.emission.start(quoted)
    message = Typed(context.builder.read(name), table.str)
    context.builder.write(name, context.library("strings", "str_repr", [message]).operand)
    context.emission.jump(after)
    context.emission.start(after)


def key_error(context: FunctionContext, key: Typed) -> Typed:
    """A KeyError that shows the key; one whose class has no text by the name of its class."""
    table = context.translator.table
    text = shown_in_error(context, key)
    error = context.services.construct(context, KeyError, [text], None)
    shown = context.translator.classes.field(table.exception(KeyError).layout, MISSING_KEY)
    assert shown is not None
    context.emission.store_field(error.operand, shown, text.operand)
    return error


def shown_in_error(context: FunctionContext, value: Typed) -> Typed:
    """What `repr` gives, or the name of the class where nothing is defined."""
    table = context.translator.table
    if _has_text(context, value.type):
        return builtin_calls.to_repr(context, value)
    return Typed(Constant(show_type(value.type), "r", table.str), table.str)


def _has_text(context: FunctionContext, type: Type) -> bool:
    """Whether `repr` is defined for all values of the type."""
    table = context.translator.table
    match type:
        case Optional(item=item):
            return _has_text(context, item)
        case Instance(layout=layout) if table.is_tuple(type):
            return all(_has_text(context, field.type) for field in layout.fields.values())
        case Instance(layout=layout):
            return (
                type in (table.str, table.bytes)
                or enums.is_enum_type(type)
                or context.translator.classes.method(layout, "__repr__") is not None
            )
        case _:
            return type in (INT, BOOL, FLOAT, NONE)
