"""Conditions: expressions that decide between two blocks, and what each side learns from them."""

from __future__ import annotations

import ast

from tracewright.translate.flow.graph import Block, Operand
from tracewright.translate.flow.types import NONE, OBJECT, Instance, Optional, Type
from tracewright.translate.infer import builtin_calls, comparison, operators
from tracewright.translate.infer.context import FunctionContext
from tracewright.translate.infer.facts import Path
from tracewright.translate.infer.values import Typed

Learned = dict[Path, Type]


def condition(context: FunctionContext, node: ast.expr, on_true: Block, on_false: Block) -> None:
    """Evaluate the node and end the block with a jump to one side or the other."""
    before, context.node = context.node, node
    try:
        _condition(context, node, on_true, on_false)
    finally:
        context.node = before


def _condition(context: FunctionContext, node: ast.expr, on_true: Block, on_false: Block) -> None:
    match node:
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            condition(context, operand, on_false, on_true)
        case ast.BoolOp(op=ast.And(), values=values):
            for value in values[:-1]:
                more = context.emission.new_block()
                condition(context, value, more, on_false)
                context.emission.start(more)
                if not context.emission.reachable:
                    return
            condition(context, values[-1], on_true, on_false)
        case ast.BoolOp(op=ast.Or(), values=values):
            for value in values[:-1]:
                more = context.emission.new_block()
                condition(context, value, on_true, more)
                context.emission.start(more)
                if not context.emission.reachable:
                    return
            condition(context, values[-1], on_true, on_false)
        case ast.Compare(ops=[ast.Is() | ast.IsNot() as operator], comparators=[right]):
            _identity(context, node, operator, right, on_true, on_false)
        case ast.Compare(ops=[ast.Eq() | ast.NotEq() as operator], comparators=[right]):
            _equality(context, node, operator, right, on_true, on_false)
        case ast.Call(func=ast.Name(id="isinstance"), args=[tested, classes]):
            _instance(context, tested, classes, on_true, on_false)
        case _:
            _truth(context, node, on_true, on_false)


def _instance(context: FunctionContext, tested: ast.expr, classes: ast.expr, on_true: Block, on_false: Block) -> None:
    value = context.evaluate(tested)
    types = builtin_calls.tested_types(context, classes)
    path = context.locals.path(tested)
    if isinstance(value.type, Optional):  # first whether it is there, so that no bool need be made
        there = context.emission.new_block()
        present = context.conversions.is_there(value)
        known: Learned = {} if path is None else {path: value.type.item}
        absent: Learned = {} if path is None else {path: NONE}
        context.emission.branch(present, there, on_false, known, absent)
        context.emission.start(there)
        value = context.conversions.present(value)
    learned: Learned = {} if path is None else {path: _tested(context, value.type, types)}
    test = builtin_calls.instance_test(context, value, types)
    context.emission.branch(test, on_true, on_false, learned, None)


def _truth(context: FunctionContext, node: ast.expr, on_true: Block, on_false: Block) -> None:
    value = context.evaluate(node)
    if not context.emission.reachable:
        return
    learned: Learned = {}
    path = context.locals.path(node)
    if path is not None and isinstance(value.type, Optional):
        learned[path] = value.type.item
    _branch_on_truth(context, value, on_true, on_false, learned)


def _branch_on_truth(context: FunctionContext, value: Typed, on_true: Block, on_false: Block, learned: Learned) -> None:
    """Truth decides; an optional is first asked whether it is there, so that no bool need be made."""
    if isinstance(value.type, Optional):
        there = context.emission.new_block()
        present = context.conversions.is_there(value)
        context.emission.branch(present, there, on_false, learned, None)
        context.emission.start(there)
        _branch_on_truth(context, context.conversions.present(value), on_true, on_false, learned)
        return
    context.emission.branch(operators.truth(context, value), on_true, on_false, learned, None)


def _identity(
    context: FunctionContext,
    node: ast.Compare,
    operator: ast.cmpop,
    right_node: ast.expr,
    on_true: Block,
    on_false: Block,
) -> None:
    left = context.evaluate(node.left)
    right = context.evaluate(right_node)
    test = comparison.identical(context, left, right)
    same: Learned = {}
    differ: Learned = {}
    for value, other, side in ((left, right, node.left), (right, left, right_node)):
        path = context.locals.path(side)
        if path is not None and isinstance(value.type, Optional):
            if other.type is NONE:
                same[path], differ[path] = NONE, value.type.item
            elif not isinstance(other.type, Optional) and other.type is not OBJECT:
                same[path] = value.type.item
    if isinstance(operator, ast.IsNot):
        context.emission.branch(comparison.negate(context, test), on_true, on_false, differ, same)
    else:
        context.emission.branch(test, on_true, on_false, same, differ)


def _equality(
    context: FunctionContext,
    node: ast.Compare,
    operator: ast.cmpop,
    right_node: ast.expr,
    on_true: Block,
    on_false: Block,
) -> None:
    left = context.evaluate(node.left)
    right = context.evaluate(right_node, left.type)
    test: Operand = comparison.compare(context, operator, left, right)
    learned: Learned = {}
    path = context.locals.path(node.left)
    if path is not None and isinstance(left.type, Optional) and not isinstance(right.type, Optional):
        learned[path] = NONE if right.type is NONE else left.type.item
    if isinstance(operator, ast.NotEq):
        context.emission.branch(test, on_true, on_false, None, learned)
    else:
        context.emission.branch(test, on_true, on_false, learned, None)


def _tested(context: FunctionContext, known: Type, types: list[Type]) -> Type:
    """The type of what `isinstance(x, types)` let pass: their common base, unless more was known before."""
    table = context.translator.table
    found: Type | None = types[0]
    for type in types[1:]:
        found = None if found is None else table.join(found, type)
    if found is None or found is OBJECT:
        return known
    if isinstance(known, Instance) and isinstance(found, Instance):
        return known if table.is_subclass(known.layout, found.layout) else found
    return found
