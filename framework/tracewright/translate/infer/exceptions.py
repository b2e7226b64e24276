"""`try`: handlers are blocks that receive the exception; a `finally` body is copied to every way out."""

from __future__ import annotations

import ast

from tracewright.core import operations as op
from tracewright.translate.flow.graph import Block, Operand, Variable
from tracewright.translate.flow.types import BOOL, Instance, Type, show_type
from tracewright.translate.infer.captures import taken_along
from tracewright.translate.infer.context import FunctionContext
from tracewright.translate.infer.scopes import CaughtScope, FinallyScope, HandlerScope
from tracewright.translate.infer.values import Typed


def try_statement(context: FunctionContext, node: ast.Try) -> None:
    if not node.finalbody:
        _try_except(context, node)
        return
    handler = context.emission.new_block()
    context.emission.scopes.append(FinallyScope(node.finalbody, handler))
    if node.handlers:
        _try_except(context, node)
    else:
        context.services.statements(context, node.body)
    context.emission.scopes.pop()
    if context.emission.reachable:
        context.services.statements(context, node.finalbody)
    after = context.emission.new_block()
    context.emission.jump(after)
    caught = enter_handler(context, handler)
    if caught is not None:
        name = context.emission.write_new(caught.operand, caught.type)
        context.services.statements(context, node.finalbody)
        if context.emission.reachable:
            context.emission.throw(context.builder.read(name))
    context.emission.start(after)


def enter_handler(context: FunctionContext, handler: Block) -> Typed | None:
    """Go on in a handler; the exception it receives, or None where nothing can raise into it."""
    context.emission.start(handler)
    if not context.emission.reachable:
        return None
    type = context.translator.table.exception(BaseException)
    variable = Variable(type, "r", "exception")
    handler.parameters.append(variable)
    return Typed(variable, type)


def _try_except(context: FunctionContext, node: ast.Try) -> None:
    for clause in node.handlers:
        _caught_types(context, clause)  # also where nothing can be caught, they must be exceptions
    handler, after = context.emission.new_block(), context.emission.new_block()
    context.emission.scopes.append(HandlerScope(handler))
    context.services.statements(context, node.body)
    context.emission.scopes.pop()
    if context.emission.reachable:
        context.services.statements(context, node.orelse)
        context.emission.jump(after)
    caught = enter_handler(context, handler)
    if caught is not None:
        for clause in node.handlers:
            if not context.emission.reachable:
                break
            _clause(context, clause, caught, after)
        if context.emission.reachable:
            context.emission.throw(caught.operand)
    context.emission.start(after)


def _clause(context: FunctionContext, clause: ast.ExceptHandler, caught: Typed, after: Block) -> None:
    """One except clause: test, body; what follows goes on where it did not match."""
    context.node = clause
    types = _caught_types(context, clause)
    body, other = context.emission.new_block(), context.emission.new_block()
    if any(type is caught.type for type in types):
        context.emission.jump(body)
    else:
        for type in types[:-1]:
            more = context.emission.new_block()
            context.emission.branch(_is_instance(context, caught, type), body, more)
            context.emission.start(more)
        context.emission.branch(_is_instance(context, caught, types[-1]), body, other)
    context.emission.start(body)
    name = context.emission.write_new(caught.operand, caught.type)
    renamed = context.locals.renamed
    if clause.name is not None:
        local = f"{clause.name}{name}"  # each clause has its own variable, as it ends with the clause
        if clause.name in taken_along(clause.body):
            help = f"assign it to another local first: `kept = {clause.name}`"
            raise context.error(
                "capture", f"`{clause.name}` ends with its clause, so no function can take it along", help
            )
        context.locals.forget(clause.name)  # so does a variable of the same name that was there before
        context.locals.renamed = {**renamed, clause.name: local}
        narrowed = types[0] if len(types) == 1 else _common(context, types)
        context.locals.declare(local, narrowed)
        context.builder.write(local, caught.operand)
    context.emission.scopes.append(CaughtScope(name))
    context.services.statements(context, clause.body)
    context.emission.scopes.pop()
    context.locals.renamed = renamed
    context.emission.jump(after)
    context.emission.start(other)


def _is_instance(context: FunctionContext, caught: Typed, type: Type) -> Operand:
    assert isinstance(type, Instance)
    return context.emission.emit(op.INSTANCE_OF, [caught.operand], BOOL, type.layout)


def _caught_types(context: FunctionContext, clause: ast.ExceptHandler) -> list[Type]:
    table = context.translator.table
    if clause.type is None:
        return [table.exception(BaseException)]
    parts = clause.type.elts if isinstance(clause.type, ast.Tuple) else [clause.type]
    types = [context.translator.annotations.resolve(part, context.scope) for part in parts]
    base = table.exception(BaseException)
    for part, type in zip(parts, types, strict=True):
        if not isinstance(type, Instance) or not table.is_subclass(type.layout, base.layout):
            help = f"let `{show_type(type)}` be a subclass of Exception" if isinstance(type, Instance) else ""
            raise context.error("except", f"{show_type(type)} is no exception class", help, part)
    return types


def _common(context: FunctionContext, types: list[Type]) -> Type:
    table = context.translator.table
    first = types[0]
    assert isinstance(first, Instance)
    layout = first.layout
    for type in types[1:]:
        assert isinstance(type, Instance)
        found = table.common_base(layout, type.layout)
        assert found is not None
        layout = found
    return table.instance(layout)
