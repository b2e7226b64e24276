"""`while` and `for`."""

from __future__ import annotations

import ast
from typing import Final

from tracewright.translate.flow.graph import Block
from tracewright.translate.flow.types import NONE, OBJECT, Instance, Type
from tracewright.translate.infer import constructors, displays
from tracewright.translate.infer.assigned import assigned_in
from tracewright.translate.infer.constants import from_object, join
from tracewright.translate.infer.context import FunctionContext
from tracewright.translate.infer.enums import members_of
from tracewright.translate.infer.iteration import assign_item, iterate, over_value
from tracewright.translate.infer.scopes import LoopScope
from tracewright.translate.infer.values import Typed

LARGEST_UNROLLED: Final = 300  # syntax nodes in all copies of a loop body


def _forget(context: FunctionContext, node: ast.While | ast.For) -> None:
    """At the head of a loop nothing is known about what the loop assigns."""
    names, attributes = assigned_in([node])
    context.emission.facts.forget_assigned({context.locals.name(name) for name in names}, attributes)
    context.emission.facts.forget_memory()


def while_loop(context: FunctionContext, node: ast.While) -> None:
    head, body, otherwise, after = (context.emission.new_block() for _ in range(4))
    context.emission.jump(head)
    context.emission.start(head, seal=False)
    _forget(context, node)
    context.services.condition(context, node.test, body, otherwise)
    context.emission.start(body)
    if context.emission.reachable:
        context.emission.scopes.append(LoopScope(after, head))
        context.services.statements(context, node.body)
        context.emission.scopes.pop()
        context.emission.jump(head)
    context.builder.seal(head)
    _finish(context, node, otherwise, after)


def _finish(context: FunctionContext, node: ast.While | ast.For, otherwise: Block, after: Block) -> None:
    context.emission.start(otherwise)
    if context.emission.reachable:
        context.services.statements(context, node.orelse)
        context.emission.jump(after)
    context.emission.start(after)


def for_loop(context: FunctionContext, node: ast.For) -> None:
    items = _tuple_items(context, node)
    if items is not None and not _fits_list(node, items):
        _unroll(context, node, items)
        return
    if items is None:
        iteration = iterate(context, node.iter)
    else:
        operands = [item.operand for item in items]
        iteration = over_value(context, constructors.make_list(context, items[0].type, operands))
    head, body, again, otherwise, after = (context.emission.new_block() for _ in range(5))
    context.emission.jump(head)
    context.emission.start(head, seal=False)
    _forget(context, node)
    context.emission.branch(iteration.test(), body, otherwise)
    context.emission.start(body)
    if context.emission.reachable:
        assign_item(context, node.target, iteration.item())
        context.emission.scopes.append(LoopScope(after, again))
        context.services.statements(context, node.body)
        context.emission.scopes.pop()
        context.emission.jump(again)
    context.emission.start(again)
    if context.emission.reachable:
        context.node = node.iter
        iteration.advance()
        context.emission.jump(head)
    context.builder.seal(head)
    _finish(context, node, otherwise, after)


def _tuple_items(context: FunctionContext, node: ast.For) -> list[Typed] | None:
    """The items of a tuple that is iterated; None where it is no tuple."""
    static = context.locals.static(node.iter)
    found = static if isinstance(static, tuple) else members_of(static)
    if found is not None:
        return [from_object(context, item, "", None, None) for item in found]
    if isinstance(node.iter, ast.Tuple):
        items = displays.evaluate_together(context, node.iter.elts, None)
        together = _common_type(context, items)
        if together is not None:
            return [Typed(context.conversions.convert(item, together), together) for item in items]
        return items
    if _tuple_type(context, node.iter) is None:
        return None
    value = context.evaluate(node.iter)
    assert isinstance(value.type, Instance)
    return [
        Typed(context.emission.load_field(value.operand, field), field.type)
        for field in value.type.layout.fields.values()
    ]


def _common_type(context: FunctionContext, items: list[Typed]) -> Type | None:
    """The type of objects of several classes, and of what may be None; None where each item keeps its own."""
    types = {item.type for item in items}
    if len(types) > 1 and (NONE in types or all(isinstance(type, Instance) for type in types)):
        found = join(context, [item.type for item in items], None)
        return None if found is OBJECT else found
    return None


def _fits_list(node: ast.For, items: list[Typed]) -> bool:
    """Whether to loop over a list of the items instead of copying a long body for each."""
    if not items or any(item.type is not items[0].type for item in items):
        return False
    size = sum(1 for statement in node.body for _ in ast.walk(statement))
    return len(items) * size > LARGEST_UNROLLED


def _unroll(context: FunctionContext, node: ast.For, items: list[Typed]) -> None:
    """One copy of the body for each item."""
    if len(items) > 64:
        raise context.error("unroll", "a loop over so long a tuple would be copied for each item", "make it an Array")
    after = context.emission.new_block()
    for item in items:
        if not context.emission.reachable:
            break
        again = context.emission.new_block()
        assign_item(context, node.target, item)
        context.emission.scopes.append(LoopScope(after, again))
        context.services.statements(context, node.body)
        context.emission.scopes.pop()
        context.emission.jump(again)
        context.emission.start(again)
    if context.emission.reachable:
        context.services.statements(context, node.orelse)
        context.emission.jump(after)
    context.emission.start(after)


def _tuple_type(context: FunctionContext, node: ast.expr) -> Type | None:
    """The tuple type of a local that is iterated."""
    if isinstance(node, ast.Name):
        value = context.locals.read(node.id)
        if value is not None and context.translator.table.is_tuple(value.type):
            return value.type
    return None
