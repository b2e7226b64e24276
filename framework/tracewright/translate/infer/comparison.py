"""Comparison: order, identity, equality of contents, hashing, membership."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from typing import Final

from tracewright.core import operations as op
from tracewright.core.errors import DialectError
from tracewright.translate.flow.graph import Constant, Operand
from tracewright.translate.flow.types import (
    BOOL,
    FLOAT,
    INT,
    NONE,
    OBJECT,
    VALUE,
    FunctionType,
    Instance,
    Optional,
    Type,
    is_word,
    show_type,
)
from tracewright.translate.infer import tuples
from tracewright.translate.infer.annotations import CONTAINERS
from tracewright.translate.infer.assumptions import assume_absent
from tracewright.translate.infer.constants import from_object, without_none
from tracewright.translate.infer.context import FunctionContext
from tracewright.translate.infer.enums import is_enum_type
from tracewright.translate.infer.operators import container_kind, has_method
from tracewright.translate.infer.sources import MISSING
from tracewright.translate.infer.values import Typed, boolean, integer

_INT_COMPARISONS: Final[dict[type, int]] = {
    ast.Eq: op.INT_EQ,
    ast.NotEq: op.INT_NE,
    ast.Lt: op.INT_LT,
    ast.LtE: op.INT_LE,
    ast.Gt: op.INT_GT,
    ast.GtE: op.INT_GE,
}
_FLOAT_COMPARISONS: Final[dict[type, int]] = {
    ast.Eq: op.FLOAT_EQ,
    ast.NotEq: op.FLOAT_NE,
    ast.Lt: op.FLOAT_LT,
    ast.LtE: op.FLOAT_LE,
    ast.Gt: op.FLOAT_GT,
    ast.GtE: op.FLOAT_GE,
}
_ORDER_METHODS: Final[dict[type, tuple[str, str]]] = {
    ast.Lt: ("__lt__", "__gt__"),
    ast.LtE: ("__le__", "__ge__"),
    ast.Gt: ("__gt__", "__lt__"),
    ast.GtE: ("__ge__", "__le__"),
}


def compare_chain(context: FunctionContext, node: ast.Compare) -> Typed:
    """`a < b < c` as a value."""
    left = context.evaluate(node.left)
    result: Operand = boolean(True)
    name = ""
    after = context.emission.new_block()
    if len(node.ops) > 1 and any(isinstance(each, (ast.In, ast.NotIn)) for each in node.ops):
        help = "write two comparisons, joined with `and`"
        raise context.error("comparison-chain", "`in` in a chain of comparisons is not in the dialect", help, node)
    for position, (operator, right_node) in enumerate(zip(node.ops, node.comparators, strict=True)):
        if position:
            more = context.emission.new_block()
            name = name or context.emission.temporary(BOOL)
            context.builder.write(name, boolean(False))
            context.emission.branch(result, more, after)
            context.emission.start(more)
        if isinstance(operator, (ast.In, ast.NotIn)):
            result, right = _contains(context, operator, left, right_node), left
        else:
            right = context.evaluate(right_node, left.type)
            result = compare(context, operator, left, right)
        left = right
    if not name:
        context.builder.seal(after)
        return Typed(result, BOOL)
    context.builder.write(name, result)
    context.emission.jump(after)
    context.emission.start(after)
    return Typed(context.builder.read(name), BOOL)


def compare(context: FunctionContext, operator: ast.cmpop, left: Typed, right: Typed) -> Operand:
    """One comparison other than `in`."""
    match operator:
        case ast.Is():
            return identical(context, left, right)
        case ast.IsNot():
            return negate(context, identical(context, left, right))
        case ast.Eq():
            return equal(context, left, right)
        case ast.NotEq():
            if left.type is FLOAT or right.type is FLOAT:
                return _number_comparison(context, operator, left, right)
            if has_method(context, left, "__ne__"):
                return context.services.call_method(context, left, "__ne__", [right]).operand
            if isinstance(left.type, Instance):
                assume_absent(context, left.type, "__ne__")
            return negate(context, equal(context, left, right))
        case _:
            return _ordered(context, operator, left, right)


def negate(context: FunctionContext, condition: Operand) -> Operand:
    """The opposite bool; a comparison made just now is replaced by its inverse."""
    block = context.builder.block
    if block is not None and block.instructions and block.instructions[-1].result is condition:
        last = block.instructions[-1]
        inverse = op.TABLE[last.operation].inverse
        if inverse:
            last.operation = op.BY_NAME[inverse].number
            return condition
    return context.emission.compute(op.INT_EQ, condition, integer(0), type=BOOL)


def _number_comparison(context: FunctionContext, operator: ast.cmpop, left: Typed, right: Typed) -> Operand:
    if FLOAT in (left.type, right.type):
        a, b = context.conversions.as_number(left, FLOAT), context.conversions.as_number(right, FLOAT)
        return context.emission.compute(_FLOAT_COMPARISONS[type(operator)], a, b, type=BOOL)
    return context.emission.compute(_INT_COMPARISONS[type(operator)], left.operand, right.operand, type=BOOL)


def _ordered(context: FunctionContext, operator: ast.cmpop, left: Typed, right: Typed) -> Operand:
    left, right = context.conversions.not_none(left), context.conversions.not_none(right)
    numbers = (INT, BOOL, FLOAT)
    if left.type in numbers and right.type in numbers:
        return _number_comparison(context, operator, left, right)
    answered = _answered_order(context, operator, left, right)
    if answered is not None:
        return answered
    small, large = (left, right) if isinstance(operator, (ast.Lt, ast.LtE)) else (right, left)
    result = _built_in_order(context, small, large, or_equal=isinstance(operator, (ast.LtE, ast.GtE)))
    if result is None:
        raise _no_order(context, left, right)
    return result


def _answered_order(context: FunctionContext, operator: ast.cmpop, left: Typed, right: Typed) -> Operand | None:
    """A comparison that a method of one side decides."""
    own, other = _ORDER_METHODS[type(operator)]
    if has_method(context, left, own):
        return context.services.call_method(context, left, own, [right]).operand
    if has_method(context, right, other):
        return context.services.call_method(context, right, other, [left]).operand
    if container_kind(context, left.type) is set and left.type is right.type:
        small, large = (left, right) if isinstance(operator, (ast.Lt, ast.LtE)) else (right, left)
        if isinstance(operator, (ast.Lt, ast.Gt)):
            raise context.error("order", "sets are compared with `<=` and `>=` in the dialect")
        return context.library("list_order", "set_within", [small, large]).operand
    return None


def less(context: FunctionContext, left: Typed, right: Typed) -> Operand:
    """`left < right`."""
    numbers = (INT, BOOL, FLOAT)
    if left.type in numbers and right.type in numbers:
        return _number_comparison(context, ast.Lt(), left, right)
    result = _built_in_order(context, left, right, or_equal=False)
    if result is None:
        result = _answered_order(context, ast.Lt(), left, right)
    if result is None:
        raise _no_order(context, left, right)
    return result


def _no_order(context: FunctionContext, left: Typed, right: Typed) -> DialectError:
    help = "compare a field of each, or write a method" if isinstance(left.type, Instance) else ""
    return context.error("order", f"{show_type(left.type)} and {show_type(right.type)} have no order", help)


def _built_in_order(context: FunctionContext, left: Typed, right: Typed, *, or_equal: bool) -> Operand | None:
    """`left < right` or `left <= right` of texts, tuples and lists; None for anything else."""
    table = context.translator.table
    for text, module, prefix in ((table.str, "strings", "str"), (table.bytes, "byte_strings", "bytes")):
        if left.type is text and right.type is text:
            if or_equal:
                return negate(context, context.library(module, f"{prefix}_less", [right, left]).operand)
            return context.library(module, f"{prefix}_less", [left, right]).operand
    if left.type is right.type and table.is_tuple(left.type):
        return _tuple_order(context, left, right, or_equal=or_equal)
    if left.type is right.type and container_kind(context, left.type) is list:
        name = "list_less_or_equal" if or_equal else "list_less"
        return context.library("list_order", name, [left, right]).operand
    return None


def _tuple_order(context: FunctionContext, left: Typed, right: Typed, *, or_equal: bool) -> Operand:
    """The first items that are not equal decide. (As these are not equal, `<` and `<=` say the same of them.)"""
    assert isinstance(left.type, Instance)
    after = context.emission.new_block()
    name = context.emission.temporary(BOOL)
    for field in left.type.layout.fields.values():
        a = Typed(context.emission.load_field(left.operand, field), field.type)
        b = Typed(context.emission.load_field(right.operand, field), field.type)
        differ, same = context.emission.new_block(), context.emission.new_block()
        context.emission.branch(item_equal(context, a, b), same, differ)
        context.emission.start(differ)
        if context.emission.reachable:
            context.builder.write(name, less(context, a, b))
            context.emission.jump(after)
        context.emission.start(same)
        if not context.emission.reachable:
            break
    if context.emission.reachable:
        context.builder.write(name, boolean(or_equal))
        context.emission.jump(after)
    context.emission.start(after)
    return context.builder.read(name)


def identical(context: FunctionContext, left: Typed, right: Typed) -> Operand:
    """`left is right`."""
    for a, b in ((left, right), (right, left)):
        if b.type is NONE:
            if a.type is NONE:
                return boolean(True)
            if not isinstance(a.type, Optional):
                return boolean(False)
            return context.conversions.is_absent(a)
    if left.type is BOOL and right.type is BOOL:
        return context.emission.compute(op.INT_EQ, left.operand, right.operand, type=BOOL)
    if (
        left.type is VALUE
        and right.type is VALUE
        and isinstance(left.operand, Constant) | isinstance(right.operand, Constant)
    ):
        return context.emission.compute(
            op.REF_EQ, left.operand, right.operand, type=BOOL
        )  # undefined, null, a bool: one word each
    if _is_object(context, left.type) and _is_object(context, right.type):
        return context.emission.compute(op.REF_EQ, left.operand, right.operand, type=BOOL)
    help = "use the method `same`" if VALUE in (left.type, right.type) else "use `==`"
    shown = f"`is` between {show_type(left.type)} and {show_type(right.type)}"
    raise context.error("identity", f"{shown}: equal ones may or may not be one object", help)


def _is_object(context: FunctionContext, type: Type) -> bool:
    """Whether values have an identity that the program can rely on: objects have, texts, tuples and numbers have not."""
    table = context.translator.table
    inner = type.item if isinstance(type, Optional) else type
    return (
        inner is OBJECT
        or isinstance(inner, Instance)
        and inner not in (table.str, table.bytes)
        and not table.is_tuple(inner)
    )


def equal(context: FunctionContext, left: Typed, right: Typed) -> Operand:
    """`left == right` as the dialect means it."""
    numbers = (INT, BOOL, FLOAT)
    if left.type in numbers and right.type in numbers:
        return _number_comparison(context, ast.Eq(), left, right)
    if NONE in (left.type, right.type):
        for side in (left, right):
            if _writes_equality(context, without_none(side.type)):
                raise context.error(
                    "equality", "`==` with None would not ask the `__eq__` of the other side", "use `is`"
                )
        return identical(context, left, right)
    if isinstance(left.type, Optional) or isinstance(right.type, Optional):
        return _optional_equal(context, left, right)
    table = context.translator.table
    if left.type is table.str and right.type is table.str:
        return context.library("strings", "str_equal", [left, right]).operand
    if left.type is table.bytes and right.type is table.bytes:
        return context.library("byte_strings", "bytes_equal", [left, right]).operand
    if left.type is right.type and table.is_tuple(left.type):
        return _tuple_equal(context, left, right)
    if left.type is VALUE and right.type is VALUE:
        return context.emission.compute(op.REF_EQ, left.operand, right.operand, type=BOOL)
    if isinstance(left.type, FunctionType) and isinstance(right.type, FunctionType):
        if isinstance(left.operand, Constant) or isinstance(right.operand, Constant):  # a plain function is one object
            return context.emission.compute(op.REF_EQ, left.operand, right.operand, type=BOOL)
    if isinstance(left.type, Instance) and isinstance(right.type, Instance):
        if has_identity(context, left.type) and has_identity(context, right.type):
            for known in (left.type, right.type):
                assume_absent(context, known, "__eq__")
            return context.emission.compute(op.REF_EQ, left.operand, right.operand, type=BOOL)
    contents = _contents_equal(context, left, right)
    if contents is not None:
        return contents
    raise context.error(
        "equality",
        f"`==` is not defined between {show_type(left.type)} and {show_type(right.type)}",
        _instead_of_equality(context, left.type, right.type),
    )


def _writes_equality(context: FunctionContext, type: Type | None) -> bool:
    """Whether the author wrote the `__eq__` of the class: that may say anything."""
    method = context.translator.classes.method(type.layout, "__eq__") if isinstance(type, Instance) else None
    return method is not None and not context.translator.classes.is_generated(method)


def item_equal(context: FunctionContext, left: Typed, right: Typed) -> Operand:
    """Whether two items of containers count as equal: one object always does, whatever its `__eq__` says."""
    if not has_method(context, left, "__eq__") or not isinstance(right.type, Instance):
        return equal(context, left, right)
    after, ask = context.emission.new_block(), context.emission.new_block()
    name = context.emission.write_new(boolean(True), BOOL)
    context.emission.branch(context.emission.compute(op.REF_EQ, left.operand, right.operand, type=BOOL), after, ask)
    context.emission.start(ask)
    if context.emission.reachable:
        context.builder.write(name, equal(context, left, right))
        context.emission.jump(after)
    context.emission.start(after)
    return context.builder.read(name)


def _instead_of_equality(context: FunctionContext, left: Type, right: Type) -> str:
    if OBJECT in (left, right) or isinstance(left, FunctionType):
        return "compare identities with `is`" if OBJECT in (left, right) else "compare with a function of the module"
    if left is right and isinstance(left, Instance):
        return "compare identities with `is`, or write a function that compares contents"
    table = context.translator.table
    if {left, right} == {table.str, INT}:
        return "compare texts, `str(x) == text`, or numbers, `int(text) == x`"
    if {left, right} == {table.str, table.bytes}:
        return "`text.encode()` makes bytes of a str"
    return "values of unrelated types are never equal"


_CONTENTS: Final[dict[object, tuple[str, str]]] = {
    list: ("list_order", "list_equal"),
    dict: ("list_order", "dict_equal"),
    set: ("list_order", "set_equal"),
    bytearray: ("byte_arrays", "byte_array_equal"),
}


def _contents_equal(context: FunctionContext, left: Typed, right: Typed) -> Operand | None:
    """Containers compare their contents, other objects ask the `__eq__` of one side."""
    kind = container_kind(context, left.type)
    if kind is not None and left.type is right.type:
        return context.library(*_CONTENTS[kind], [left, right]).operand
    if kind is None and has_method(context, left, "__eq__"):
        return context.services.call_method(context, left, "__eq__", [right]).operand
    if isinstance(left.type, Instance) and has_method(context, right, "__eq__"):
        return context.services.call_method(context, right, "__eq__", [left]).operand
    return None


def has_identity(context: FunctionContext, type: Instance) -> bool:
    """Whether `==` on instances is identity, in Python too."""
    cls = type.layout.python_class
    if type.layout.shape != "fields" or cls is None or cls is tuple:
        return False
    if any(cls is context.translator.annotations.container(kind) for kind in CONTAINERS):
        return False  # hosted these are Python's own, which compare contents
    return getattr(cls, "__eq__", MISSING) is object.__eq__


def _optional_equal(context: FunctionContext, left: Typed, right: Typed) -> Operand:
    """Equal words, or both there and equal."""
    both, differ, after = context.emission.new_block(), context.emission.new_block(), context.emission.new_block()
    name = context.emission.temporary(BOOL)
    context.builder.write(name, boolean(True))
    context.emission.branch(_surely_same(context, left, right), after, differ)
    context.emission.start(differ)
    context.builder.write(name, boolean(False))
    present: Operand = boolean(True)
    for side in (left, right):
        if isinstance(side.type, Optional):
            here = context.conversions.is_there(side)
            present = (
                here
                if isinstance(present, Constant)
                else context.emission.compute(op.INT_AND, present, here, type=BOOL)
            )
    context.emission.branch(present, both, after)
    context.emission.start(both)
    context.builder.write(name, equal(context, context.conversions.present(left), context.conversions.present(right)))
    context.emission.jump(after)
    context.emission.start(after)
    return context.builder.read(name)


def _surely_same(context: FunctionContext, left: Typed, right: Typed) -> Operand:
    """Whether two values that may be None are both None, or one object."""
    items = [without_none(side.type) or side.type for side in (left, right)]
    if not any(is_word(item) for item in items):
        return context.emission.compute(op.REF_EQ, left.operand, right.operand, type=BOOL)
    if not isinstance(left.type, Optional) or not isinstance(right.type, Optional):
        return boolean(False)
    absent = context.emission.compute(
        op.INT_OR, context.conversions.is_there(left), context.conversions.is_there(right), type=BOOL
    )
    return context.emission.compute(op.INT_EQ, absent, integer(0), type=BOOL)


def _tuple_equal(context: FunctionContext, left: Typed, right: Typed) -> Operand:
    assert isinstance(left.type, Instance)
    after = context.emission.new_block()
    name = context.emission.temporary(BOOL)
    context.builder.write(name, boolean(False))
    for field in left.type.layout.fields.values():
        a = Typed(context.emission.load_field(left.operand, field), field.type)
        b = Typed(context.emission.load_field(right.operand, field), field.type)
        more = context.emission.new_block()
        context.emission.branch(item_equal(context, a, b), more, after)
        context.emission.start(more)
    context.builder.write(name, boolean(True))
    context.emission.jump(after)
    context.emission.start(after)
    return context.builder.read(name)


def hash_of(context: FunctionContext, value: Typed) -> Operand:
    """A hash that agrees with `equal`."""
    table = context.translator.table
    match value.type:
        case type if type in (INT, BOOL):
            return value.operand
        case type if type is FLOAT:
            return context.emission.compute(op.FLOAT_BITS, value.operand)
        case type if type is table.str:
            return context.library("strings", "str_hash", [value]).operand
        case type if type is table.bytes:
            return context.library("byte_strings", "bytes_hash", [value]).operand
        case Optional(item=item):
            return _optional_hash(context, value, item)
        case Instance() as type if table.is_tuple(type):
            return _tuple_hash(context, value, type)
        case Instance() as type if is_enum_type(type):
            context.translator.classes.complete(type.layout)
            name = type.layout.fields["name"]  # and not the address, so that tables can be built at import time
            return hash_of(context, Typed(context.emission.load_field(value.operand, name), name.type))
        case Instance() as type if has_identity(context, type):
            return context.emission.compute(
                op.INT_RSHIFT, context.emission.emit(op.WORD_OF, [value.operand], INT), integer(4)
            )
        case Instance(layout=layout) if getattr(layout.python_class, "__hash__", None) and has_method(
            context, value, "__hash__"
        ):
            return context.services.call_method(context, value, "__hash__", []).operand
        case type if type is VALUE or type is OBJECT:
            return context.emission.emit(op.WORD_OF, [value.operand], INT)
        case _:
            raise context.error("hash", f"{show_type(value.type)} cannot be a key of a dict or set")


def _optional_hash(context: FunctionContext, value: Typed, item: Type) -> Operand:
    there, after = context.emission.new_block(), context.emission.new_block()
    name = context.emission.write_new(integer(0), INT)
    context.emission.branch(context.conversions.is_there(value), there, after)
    context.emission.start(there)
    context.builder.write(name, hash_of(context, context.conversions.narrowed(value.operand, item)))
    context.emission.jump(after)
    context.emission.start(after)
    return context.builder.read(name)


def _tuple_hash(context: FunctionContext, value: Typed, type: Instance) -> Operand:
    total: Operand = integer(len(type.layout.fields))
    for field in type.layout.fields.values():
        part = hash_of(context, Typed(context.emission.load_field(value.operand, field), field.type))
        # 1000003 is a prime that spreads small parts over the word
        total = context.emission.compute(
            op.INT_XOR, context.emission.compute(op.INT_MUL, total, integer(1000003)), part
        )
    return total


# --- membership ---


def _contains(context: FunctionContext, operator: ast.cmpop, left: Typed, node: ast.expr) -> Operand:
    result = _contains_positive(context, left, node)
    return negate(context, result) if isinstance(operator, ast.NotIn) else result


def _contains_positive(context: FunctionContext, left: Typed, node: ast.expr) -> Operand:
    found = context.locals.static(node)
    if isinstance(node, (ast.Tuple, ast.List, ast.Set)) and not any(isinstance(e, ast.Starred) for e in node.elts):
        if all(_has_no_effect(context, each) for each in node.elts):
            return _one_of(context, left, (context.evaluate(each, left.type) for each in node.elts))
        values = [context.evaluate(each, left.type) for each in node.elts]
        return _one_of(context, left, values)
    if isinstance(found, (tuple, frozenset)):
        parts = list(found) if isinstance(found, tuple) else sorted(found, key=str)
        return _one_of(context, left, (from_object(context, each, "", None, left.type) for each in parts))
    right = context.conversions.not_none(context.evaluate(node))
    table = context.translator.table
    if right.type is table.str:
        return context.library("strings", "str_contains", [right, left]).operand
    if right.type is table.bytes:
        if left.type is INT:
            return context.library("byte_strings", "bytes_contains_byte", [right, left]).operand
        return context.library("byte_strings", "bytes_contains", [right, left]).operand
    if isinstance(right.type, Instance) and table.is_tuple(right.type):
        return _one_of(context, left, tuples.items_of(context, right))
    if isinstance(right.type, Instance) and context.translator.classes.method(right.type.layout, "__contains__"):
        return context.services.call_method(context, right, "__contains__", [left]).operand
    raise context.error("membership", f"`in` is not defined for {show_type(right.type)}")


def _has_no_effect(context: FunctionContext, node: ast.expr) -> bool:
    """Whether it makes no difference that an item is evaluated late or not at all."""
    return isinstance(node, (ast.Constant, ast.Name)) or context.locals.static(node) is not MISSING


def _one_of(context: FunctionContext, left: Typed, parts: Iterable[Typed]) -> Operand:
    """Whether `left` is one of the parts; where these are made one by one, only up to the one that it is."""
    after = context.emission.new_block()
    name = context.emission.temporary(BOOL)
    for part in parts:
        context.builder.write(name, boolean(True))
        other = context.emission.new_block()
        context.emission.branch(item_equal(context, part, left), after, other)  # the item is asked, as in Python
        context.emission.start(other)
        if not context.emission.reachable:
            break
    if context.emission.reachable:
        context.builder.write(name, boolean(False))
        context.emission.jump(after)
    context.emission.start(after)
    return context.builder.read(name)
