"""`while` and `for`."""

from __future__ import annotations

import ast

from tracewright.translate.flow.graph import Block
from tracewright.translate.infer.assigned import assigned_in
from tracewright.translate.infer.constants import from_object
from tracewright.translate.infer.context import FunctionContext, LoopScope, Typed
from tracewright.translate.infer.iteration import assign_item, iterate
from tracewright.translate.infer.types import Instance, Type


def _forget(context: FunctionContext, node: ast.While | ast.For) -> None:
    """At the head of a loop nothing is known about what the loop assigns."""
    names, attributes = assigned_in([node])
    context.facts.forget_assigned({context.local_name(name) for name in names}, attributes)
    context.facts.forget_memory()


def while_loop(context: FunctionContext, node: ast.While) -> None:
    head, body, otherwise, after = (context.new_block() for _ in range(4))
    context.jump(head)
    context.start(head, seal=False)
    _forget(context, node)
    context.services.condition(context, node.test, body, otherwise)
    context.start(body)
    if context.reachable:
        context.scopes.append(LoopScope(after, head))
        context.services.statements(context, node.body)
        context.scopes.pop()
        context.jump(head)
    context.builder.seal(head)
    _finish(context, node, otherwise, after)


def _finish(context: FunctionContext, node: ast.While | ast.For, otherwise: Block, after: Block) -> None:
    context.start(otherwise)
    if context.reachable:
        context.services.statements(context, node.orelse)
        context.jump(after)
    context.start(after)


def for_loop(context: FunctionContext, node: ast.For) -> None:
    if _unrolled(context, node):
        return
    iteration = iterate(context, node.iter)
    head, body, again, otherwise, after = (context.new_block() for _ in range(5))
    context.jump(head)
    context.start(head, seal=False)
    _forget(context, node)
    context.branch(iteration.test(), body, otherwise)
    context.start(body)
    if context.reachable:
        assign_item(context, node.target, iteration.item())
        context.scopes.append(LoopScope(after, again))
        context.services.statements(context, node.body)
        context.scopes.pop()
        context.jump(again)
    context.start(again)
    if context.reachable:
        context.node = node.iter
        iteration.advance()
        context.jump(head)
    context.builder.seal(head)
    _finish(context, node, otherwise, after)


def _unrolled(context: FunctionContext, node: ast.For) -> bool:
    """A loop over a tuple display, or over a tuple's items: one copy of the body for each item."""
    found = context.static(node.iter)
    items: list[Typed]
    if isinstance(found, tuple):
        items = [from_object(context, item, "", None, None) for item in found]
    elif isinstance(node.iter, (ast.Tuple, ast.List)) and len(node.iter.elts) <= 16:
        items = [context.evaluate(element) for element in node.iter.elts]
    else:
        types = _tuple_type(context, node.iter)
        if types is None:
            return False
        value = context.evaluate(node.iter)
        assert isinstance(value.type, Instance)
        items = [Typed(context.load_field(value.operand, f), f.type) for f in value.type.layout.fields.values()]
    if len(items) > 64:
        raise context.error("unroll", "a loop over so long a tuple would be copied for each item", "make it an Array")
    after = context.new_block()
    for item in items:
        if not context.reachable:
            break
        again = context.new_block()
        assign_item(context, node.target, item)
        context.scopes.append(LoopScope(after, again))
        context.services.statements(context, node.body)
        context.scopes.pop()
        context.jump(again)
        context.start(again)
    if context.reachable:
        context.services.statements(context, node.orelse)
        context.jump(after)
    context.start(after)
    return True


def _tuple_type(context: FunctionContext, node: ast.expr) -> Type | None:
    """The tuple type of a local that is iterated."""
    if isinstance(node, ast.Name):
        value = context.read_local(node.id)
        if value is not None and context.translator.table.is_tuple(value.type):
            return value.type
    return None
