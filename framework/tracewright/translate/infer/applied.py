"""The function that `map` or `filter` is given, called for each item where the loop stands: no closure is made for it."""

from __future__ import annotations

import ast
from collections.abc import Callable

from tracewright.translate.infer.captures import bound_names, cell_names, parameter_names
from tracewright.translate.infer.context import FunctionContext, Typed
from tracewright.translate.infer.lambdas import as_lambda, check_shape, fixed_arguments
from tracewright.translate.infer.sources import MISSING


def applied(context: FunctionContext, node: ast.expr, count: int) -> Callable[[list[Typed]], Typed]:
    """Evaluate what is called, now and once; what this gives calls it with so many values."""
    function = node if isinstance(node, ast.Lambda) else _as_lambda(context, node, count)
    check_shape(context, function, count)
    fixed = fixed_arguments(context, function, count)
    around = dict(context.renamed)  # at the call a comprehension may have given names another meaning

    def call(values: list[Typed]) -> Typed:
        before = context.renamed
        context.temporaries += 1
        own = {name: f"{name}%{context.temporaries}" for name in bound_names(function)}
        context.renamed = {**around, **own}
        for name in cell_names(function):
            context.reserve_cell(own[name])
        for name, value in [*zip(parameter_names(function), values, strict=False), *fixed]:
            context.write_local(name, value, node)
        result = context.evaluate(function.body)
        context.renamed = before
        return result

    return call


def _as_lambda(context: FunctionContext, node: ast.expr, count: int) -> ast.Lambda:
    """A lambda that calls what the expression means; a value known only at run time is kept in a local."""
    found = context.static(node)
    if found is not MISSING:
        return as_lambda(node, found, count)
    value = context.not_none(context.evaluate(node))
    context.temporaries += 1
    kept = ast.copy_location(ast.Name(f"%called{context.temporaries}", ast.Load()), node)
    context.write_local(kept.id, value, node)
    return as_lambda(kept, found, count)
