"""What lambdas and nested functions take, and lambdas made of what is called."""

from __future__ import annotations

import ast
from types import MethodDescriptorType

from tracewright.translate.infer.captures import NestedFunction, parameter_names
from tracewright.translate.infer.context import FunctionContext
from tracewright.translate.infer.values import Typed


def all_parameters(node: NestedFunction) -> list[ast.arg]:
    """The parameters in order, keyword-only ones last."""
    return [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]


def check_shape(context: FunctionContext, node: NestedFunction, count: int) -> None:
    """Refuse a function that cannot be called with so many positional arguments."""
    arguments = node.args
    if arguments.vararg or arguments.kwarg:
        raise context.error(
            "star-arguments",
            "a nested function has no `*` and `**` parameters in the dialect",
            "a list or a dict can be one parameter",
            node,
        )
    takes = len(all_parameters(node))
    least = takes - len(arguments.defaults) if isinstance(node, ast.Lambda) else takes
    if not least <= count <= takes or (isinstance(node, ast.Lambda) and arguments.kwonlyargs):
        raise context.error("arguments", f"this lambda takes {takes} arguments, {count} are given", node=node)


def fixed_arguments(context: FunctionContext, node: NestedFunction, count: int) -> list[tuple[str, Typed]]:
    """What a lambda keeps in parameters that its callers never give, as in `lambda x, i=i: x + i`."""
    if not isinstance(node, ast.Lambda):
        return []
    names = parameter_names(node)
    defaults = node.args.defaults
    return [
        (name, context.evaluate(defaults[place - len(names)])) for place, name in enumerate(names) if place >= count
    ]


def as_lambda(node: ast.expr, found: object, count: int) -> ast.Lambda:
    """A class, a built-in function or a method of a built-in type (`str.lower`) as a lambda that calls it."""
    names = [f"%a{index}" for index in range(count)]
    arguments = ast.arguments([], [ast.arg(name) for name in names], None, [], [], None, [])
    given: list[ast.expr] = [ast.Name(name, ast.Load()) for name in names]
    callee = node
    if isinstance(found, MethodDescriptorType) and given:
        callee = ast.Attribute(given.pop(0), found.__name__, ast.Load())
    made = ast.Lambda(arguments, ast.Call(callee, given, []))
    for inner in ast.walk(made):
        if inner is not node:
            ast.copy_location(inner, node)
    return made
