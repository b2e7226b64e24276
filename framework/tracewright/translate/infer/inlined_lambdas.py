"""The function that `map` or `filter` is given, called for each item where the loop stands: no closure is made for it."""

from __future__ import annotations

import ast
from collections.abc import Callable

from tracewright.translate.infer.captures import bound_names, cell_names, parameter_names
from tracewright.translate.infer.context import FunctionContext
from tracewright.translate.infer.lambdas import as_lambda, check_shape, fixed_arguments
from tracewright.translate.infer.sources import MISSING
from tracewright.translate.infer.values import Typed


def inlined(context: FunctionContext, node: ast.expr, count: int) -> Callable[[list[Typed]], Typed]:
    """Evaluate what is called, now and once; what this gives calls it with so many values."""
    function = node if isinstance(node, ast.Lambda) else _as_lambda(context, node, count)
    check_shape(context, function, count)
    fixed = fixed_arguments(context, function, count)
    around = dict(context.locals.renamed)  # at the call a comprehension may have given names another meaning

    def call(values: list[Typed]) -> Typed:
        before = context.locals.renamed
        context.emission.temporaries += 1
        own = {name: f"{name}%{context.emission.temporaries}" for name in bound_names(function)}
        context.locals.renamed = {**around, **own}
        for name in cell_names(function):
            context.locals.reserve_cell(own[name])
        for name, value in [*zip(parameter_names(function), values, strict=False), *fixed]:
            context.locals.write(name, value, node)
        result = context.evaluate(function.body)
        context.locals.renamed = before
        return result

    return call


def _as_lambda(context: FunctionContext, node: ast.expr, count: int) -> ast.Lambda:
    """A lambda that calls what the expression means; a value known only at run time is kept in a local."""
    found = context.locals.static(node)
    if found is not MISSING:
        return as_lambda(node, found, count)
    value = context.conversions.not_none(context.evaluate(node))
    context.emission.temporaries += 1
    kept = ast.copy_location(ast.Name(f"%called{context.emission.temporaries}", ast.Load()), node)
    context.locals.write(kept.id, value, node)
    return as_lambda(kept, found, count)
