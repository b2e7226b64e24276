"""Items and slices: `x[i]`, `x[a:b]`, and assignment to and deletion of them."""

from __future__ import annotations

import ast
import enum

from tracewright.core import operations as op
from tracewright.core.integers import MAX_INT
from tracewright.core.vm_stack import VMStack
from tracewright.translate.flow.graph import Constant, Operand
from tracewright.translate.flow.types import BOOL, INT, NONE, VALUE, ClassLayout, Instance, Optional, Type, show_type
from tracewright.translate.infer import constructors, enum_lookups, explain, tuples
from tracewright.translate.infer.constants import from_object
from tracewright.translate.infer.context import FunctionContext
from tracewright.translate.infer.values import Typed, boolean, integer


def load(context: FunctionContext, node: ast.Subscript) -> Typed:
    """`x[...]` as a value."""
    folded = _constant_item(context, node)
    if folded is not None:
        return folded
    return load_item(context, context.evaluate(node.value), node)


def _constant_item(context: FunctionContext, node: ast.Subscript) -> Typed | None:
    """An item of a tuple that is known at translation, or a member of an enumeration."""
    owner = context.locals.static(node.value)
    if isinstance(owner, enum.EnumMeta):
        return enum_lookups.member_of_name(context, owner, context.evaluate(node.slice))
    if isinstance(owner, tuple):
        if not isinstance(node.slice, ast.Slice):
            index = context.evaluate(node.slice)
            if isinstance(index.operand, Constant) and isinstance(index.operand.value, int):
                return from_object(context, owner[index.operand.value], "", None, None)
    return None


def load_item(context: FunctionContext, value: Typed, node: ast.Subscript) -> Typed:
    """An item or slice of a value."""
    value = context.conversions.not_none(value)
    if isinstance(node.slice, ast.Slice):
        return _load_slice(context, value, node.slice)
    if context.translator.table.is_tuple(value.type):
        return _tuple_item(context, value, node.slice)
    assert not isinstance(node.slice, ast.Slice)
    return get_item(context, value, _key(context, value, node))


def _key(context: FunctionContext, value: Typed, node: ast.Subscript) -> Typed:
    """The index or key; that its type is wrong is best said where it stands."""
    wanted = _key_type(value)
    index = context.evaluate(node.slice, wanted)
    if index.type is not wanted and not isinstance(index.type, Optional) and not isinstance(wanted, Optional):
        if _is_built_in(context, value.type) and context.conversions.try_convert(index, wanted) is None:
            raise explain.mismatch(context, index.type, wanted, node.slice, *explain.decided(context, node.value))
    return index


def _check_item(context: FunctionContext, value: Typed, node: ast.Subscript, stored: Typed) -> None:
    """That what is stored has the wrong type is best said where it is written."""
    if not _is_built_in(context, value.type) or isinstance(stored.type, Optional):
        return
    assert isinstance(value.type, Instance)
    arguments = value.type.layout.type_arguments
    if (
        arguments
        and stored.type is not arguments[-1]
        and context.conversions.try_convert(stored, arguments[-1]) is None
    ):
        why = explain.decided(context, node.value)
        raise explain.mismatch(context, stored.type, arguments[-1], context.value_of(node), *why)


def _is_built_in(context: FunctionContext, type: Type) -> bool:
    """Whether the keys or indices are those of a container of the language, not of an author's class."""
    if not isinstance(type, Instance):
        return False
    cls = type.layout.python_class
    kinds = [context.translator.annotations.container(kind) for kind in (list, dict, bytearray)]
    return type.layout.shape != "fields" or cls in kinds


def _key_type(value: Typed) -> Type:
    if isinstance(value.type, Instance) and len(value.type.layout.type_arguments) == 2:
        return value.type.layout.type_arguments[0]
    return INT


def get_item(context: FunctionContext, value: Typed, index: Typed) -> Typed:
    """`value[index]`, both at hand."""
    table = context.translator.table
    if value.type is table.str:
        return context.library("strings", "str_get_item", [value, index])
    if value.type is table.bytes:
        return context.library("byte_strings", "bytes_get_item", [value, index])
    if isinstance(value.type, Instance):
        layout = value.type.layout
        if layout.shape in ("array", "words"):
            operand = context.conversions.convert(index, INT)
            check_index(context, value, layout, operand)
            item = layout.item or INT
            return Typed(context.emission.emit(op.LOAD_ITEM, [value.operand, operand], item, layout), item)
        if layout.python_class is VMStack:
            operand = context.conversions.convert(index, INT)
            return Typed(context.emission.emit(op.SLOT_LOAD, [value.operand, operand], VALUE), VALUE)
        if context.translator.classes.method(layout, "__getitem__") is not None:
            return context.services.call_method(context, value, "__getitem__", [index])
    raise context.error("subscript", f"{show_type(value.type)} has no items")


def check_index(context: FunctionContext, value: Typed, layout: ClassLayout, index: Operand) -> None:
    """Raise IndexError unless 0 <= index < length."""
    length = context.emission.emit(op.ARRAY_LENGTH, [value.operand], INT, layout)
    inside = context.emission.emit(op.UINT_LT, [index, length], BOOL)
    context.emission.require(inside, IndexError, "array index out of range")


def _tuple_item(context: FunctionContext, value: Typed, index: ast.expr) -> Typed:
    assert isinstance(value.type, Instance)
    number = context.evaluate(index).operand
    fields = list(value.type.layout.fields.values())
    place = number.value if isinstance(number, Constant) else None
    if not isinstance(place, int) or not -len(fields) <= place < len(fields):
        raise context.error("subscript", "a tuple's items are taken by a constant index", "unpack it, or use an Array")
    field = fields[place]
    return Typed(context.emission.load_field(value.operand, field), field.type)


def _bounds(context: FunctionContext, node: ast.Slice) -> list[Typed]:
    start = integer(0) if node.lower is None else context.evaluate_as(node.lower, INT)
    stop = integer(MAX_INT) if node.upper is None else context.evaluate_as(node.upper, INT)
    return [Typed(start, INT), Typed(stop, INT)]


def _load_slice(context: FunctionContext, value: Typed, node: ast.Slice) -> Typed:
    table = context.translator.table
    if table.is_tuple(value.type):
        return _tuple_slice(context, value, node)
    if node.step is not None and not _is_one(node.step):
        return _stepped_slice(context, value, node)
    bounds = _bounds(context, ast.copy_location(ast.Slice(node.lower, node.upper), node))
    if value.type is table.str:
        return context.library("strings", "str_get_slice", [value, *bounds])
    if value.type is table.bytes:
        return context.library("byte_strings", "bytes_get_slice", [value, *bounds])
    return context.services.call_method(context, value, "get_slice", bounds)


def _tuple_slice(context: FunctionContext, value: Typed, node: ast.Slice) -> Typed:
    """A slice of a tuple has a known length, so its ends must be known too."""
    ends: list[int | None] = []
    for part in (node.lower, node.upper, node.step):
        operand = None if part is None else context.evaluate_as(part, INT)
        if operand is not None and not (isinstance(operand, Constant) and isinstance(operand.value, int)):
            help = "unpack it, or use a list"
            raise context.error("slice", "the ends of a tuple's slice must be constants", help, node)
        ends.append(operand.value if isinstance(operand, Constant) and isinstance(operand.value, int) else None)
    start, stop, step = ends
    return constructors.make_tuple(context, tuples.items_of(context, value)[start:stop:step])


def _is_one(step: ast.expr) -> bool:
    return isinstance(step, ast.Constant) and step.value == 1


def _stepped_slice(context: FunctionContext, value: Typed, node: ast.Slice) -> Typed:
    """`x[a:b:c]` of a list or text."""
    table = context.translator.table
    is_list = isinstance(value.type, Instance) and value.type.layout.python_class is (
        context.translator.annotations.container(list)
    )
    name = "str" if value.type is table.str else "bytes" if value.type is table.bytes else "list" if is_list else ""
    if not name:
        raise context.error("slice", f"slices of {show_type(value.type)} have no step in the dialect", "write a loop")
    return context.library("slices", f"{name}_stepped", [value, *_steps(context, node)])


def _steps(context: FunctionContext, node: ast.Slice) -> list[Typed]:
    """The ends and step of a slice, and whether the ends are given."""
    parts = [
        integer(0) if part is None else context.evaluate_as(part, INT) for part in (node.lower, node.upper, node.step)
    ]
    given = [boolean(part is not None) for part in (node.lower, node.upper)]
    return [Typed(part, INT) for part in parts] + [Typed(part, BOOL) for part in given]


def _is_stepped(context: FunctionContext, value: Typed, node: ast.Slice) -> bool:
    """Whether a slice that is changed has a step, which only lists can have."""
    if node.step is None or _is_one(node.step):
        return False
    if isinstance(value.type, Instance) and value.type.layout.python_class is (
        context.translator.annotations.container(list)
    ):
        return True
    raise context.error(
        "slice", f"a changed slice of {show_type(value.type)} has no step in the dialect", "write a loop"
    )


def store(context: FunctionContext, node: ast.Subscript, stored: Typed) -> None:
    """`x[...] = stored`, the value being evaluated already."""
    value = context.conversions.not_none(context.evaluate(node.value))
    if isinstance(node.slice, ast.Slice):
        if _is_stepped(context, value, node.slice):
            context.library("slices", "list_set_stepped", [value, *_steps(context, node.slice), stored])
            return
        context.services.call_method(context, value, "set_slice", [*_bounds(context, node.slice), stored])
        return
    _check_item(context, value, node, stored)
    set_item(context, value, _key(context, value, node), stored)


def set_item(context: FunctionContext, value: Typed, index: Typed, stored: Typed) -> None:
    """`value[index] = stored`, all at hand."""
    if isinstance(value.type, Instance):
        layout = value.type.layout
        if layout.shape in ("array", "words"):
            operand = context.conversions.convert(index, INT)
            item = context.conversions.convert(stored, layout.item or INT)
            check_index(context, value, layout, operand)
            context.emission.emit(op.STORE_ITEM, [value.operand, operand, item], NONE, layout)
            return
        if layout.python_class is VMStack:
            operands = [
                value.operand,
                context.conversions.convert(index, INT),
                context.conversions.convert(stored, VALUE),
            ]
            context.emission.emit(op.SLOT_STORE, operands, NONE)
            return
        if context.translator.classes.method(layout, "__setitem__") is not None:
            context.services.call_method(context, value, "__setitem__", [index, stored])
            return
    table = context.translator.table
    help = ""
    if table.is_tuple(value.type):
        help = "a tuple never changes: make a new one, or use a list or a class"
    elif value.type in (table.str, table.bytes):
        help = "texts and bytes never change: join pieces of the old one, or use a list or a bytearray"
    raise context.error("subscript", f"items of {show_type(value.type)} cannot be assigned", help)


def item_type(context: FunctionContext, node: ast.Subscript) -> Type | None:
    """The type an item of this container must have, to guide displays; found without emitting anything. None if unknown."""
    match node.value:
        case ast.Name() | ast.Attribute():
            path = context.locals.path(node.value)
            declared = None
            if path is not None and len(path) == 1:
                declared = context.emission.facts.get(path) or context.locals.declared.get(path[0])
            elif isinstance(node.value, ast.Attribute) and isinstance(node.value.value, ast.Name):
                owner = context.locals.read(node.value.value.id)
                if owner is not None and isinstance(owner.type, Instance):
                    field = context.translator.classes.field(owner.type.layout, node.value.attr)
                    declared = None if field is None else field.type
            if isinstance(declared, Instance):
                if isinstance(node.slice, ast.Slice):
                    return declared
                if declared.layout.type_arguments:
                    return declared.layout.type_arguments[-1]
                if declared.layout.python_class is VMStack:
                    return VALUE
    return None


def delete(context: FunctionContext, node: ast.Subscript) -> None:
    """`del x[...]`."""
    value = context.conversions.not_none(context.evaluate(node.value))
    if isinstance(node.slice, ast.Slice):
        if _is_stepped(context, value, node.slice):
            context.library("slices", "list_delete_stepped", [value, *_steps(context, node.slice)])
            return
        context.services.call_method(context, value, "delete_slice", _bounds(context, node.slice))
    else:
        index = context.evaluate(node.slice, _key_type(value))
        context.services.call_method(context, value, "__delitem__", [index])
