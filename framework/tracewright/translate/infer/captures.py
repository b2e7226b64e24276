"""Which variables a nested function takes from the function around it, and which of those live in cells.

def outer(n: int) -> int:
    total = 0
    def add(x: int) -> None:       # takes n and total
        nonlocal total
        total += x * n             # n never changes after `add` is made: its value is copied into the closure
    ...                            # total does: it lives in a cell that both functions hold
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import final

NestedFunction = ast.FunctionDef | ast.Lambda


@final
@dataclass(eq=False, slots=True)
class _Scope:
    """The names of one function: where each is bound (with whether that is inside a loop), and what it reads."""

    bound: dict[str, list[tuple[tuple[int, int], bool]]] = field(default_factory=dict)
    read: dict[str, None] = field(default_factory=dict)
    nonlocals: set[str] = field(default_factory=set)
    nested: list[NestedFunction] = field(default_factory=list)

    def bind(self, name: str, node: ast.AST, in_loop: bool) -> None:
        self.bound.setdefault(name, []).append((_place(node), in_loop))


def _place(node: ast.AST) -> tuple[int, int]:
    return (getattr(node, "lineno", 0), getattr(node, "col_offset", 0))


def parameter_names(node: NestedFunction) -> list[str]:
    """The names of all parameters."""
    arguments = node.args
    return [argument.arg for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]


def _scope_of(node: NestedFunction) -> _Scope:
    scope = _Scope()
    for name in parameter_names(node):
        scope.bound[name] = [((0, 0), False)]
    _collect(scope, node.body if isinstance(node.body, list) else [node.body], False)
    return scope


def _collect(scope: _Scope, nodes: Sequence[ast.AST], in_loop: bool) -> None:
    for node in nodes:
        inside = in_loop or isinstance(node, (ast.For, ast.While))
        match node:
            case ast.FunctionDef() | ast.Lambda():
                scope.nested.append(node)
                if isinstance(node, ast.FunctionDef):
                    scope.bind(node.name, node, in_loop)
                scope.read.update(dict.fromkeys(free_names(node)))
                given = [*node.args.defaults, *(each for each in node.args.kw_defaults if each is not None)]
                _collect(scope, given, inside)  # evaluated out here
            case ast.Name(id=name, ctx=ast.Load()):
                scope.read[name] = None
            case ast.Name(id=name):
                scope.bind(name, node, inside)
            case ast.Nonlocal(names=names):
                scope.nonlocals.update(names)
                scope.read.update(dict.fromkeys(names))
            case (
                ast.ExceptHandler(name=str() as name)
                | ast.MatchAs(name=str() as name)
                | ast.MatchStar(name=str() as name)
            ):
                scope.bind(name, node, inside)
                _collect(scope, list(ast.iter_child_nodes(node)), inside)
            case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                inner = _Scope()
                _collect(inner, list(ast.iter_child_nodes(node)), False)
                for name in _assigned_around(node):
                    scope.bind(name, node, True)
                    inner.bound.pop(name, None)
                scope.read.update((name, None) for name in inner.read if name not in inner.bound)
                scope.nested.extend(inner.nested)
            case _:
                _collect(scope, list(ast.iter_child_nodes(node)), inside)


def _assigned_around(node: ast.AST) -> Iterator[str]:
    """Names that `:=` in a comprehension assigns in the function around it."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.NamedExpr):
            yield inner.target.id


def taken_along(nodes: Sequence[ast.AST]) -> frozenset[str]:
    """Names that functions inside of these pieces of a function take from it."""
    inside = [inner for node in nodes for inner in ast.walk(node) if isinstance(inner, (ast.FunctionDef, ast.Lambda))]
    return frozenset(name for nested in inside for name in free_names(nested))


def bound_names(node: NestedFunction) -> frozenset[str]:
    """The function's own variables."""
    scope = _scope_of(node)
    return frozenset(scope.bound) - scope.nonlocals


def free_names(node: NestedFunction) -> list[str]:
    """Names that the function reads or rebinds without owning them, in the order of their mention."""
    scope = _scope_of(node)
    return [name for name in scope.read if name not in scope.bound or name in scope.nonlocals]


def _rebound_inside(node: NestedFunction) -> Iterator[str]:
    scope = _scope_of(node)
    yield from scope.nonlocals
    for nested in scope.nested:
        yield from _rebound_inside(nested)


def cell_names(node: NestedFunction) -> frozenset[str]:
    """The function's own variables that nested functions share while they change."""
    scope = _scope_of(node)
    result: set[str] = set()
    for nested in scope.nested:
        rebound = set(_rebound_inside(nested))
        for name in free_names(nested):
            places = scope.bound.get(name)
            if places is None or name in scope.nonlocals:
                continue
            place, in_loop = places[0]
            if len(places) > 1 or in_loop or place > _place(nested) or name in rebound:
                result.add(name)
    return frozenset(result)


def sole_functions(node: NestedFunction) -> frozenset[str]:
    """Names of nested functions that never mean anything else: a call of one may use its defaults and parameter names."""
    scope = _scope_of(node)
    rebound = set(_rebound_inside(node))
    names = [nested.name for nested in scope.nested if isinstance(nested, ast.FunctionDef)]
    return frozenset(name for name in names if len(scope.bound.get(name, ())) == 1 and name not in rebound)


def defined_after(node: NestedFunction) -> dict[str, list[ast.FunctionDef]]:
    """For each nested function those that are defined right behind it: nobody can call it before they are there."""
    result: dict[str, list[ast.FunctionDef]] = {}
    for inner in ast.walk(node):
        for part in ("body", "orelse", "finalbody"):
            statements = getattr(inner, part, None)
            run: list[ast.FunctionDef] = []
            for statement in reversed(statements if isinstance(statements, list) else []):
                if isinstance(statement, ast.FunctionDef):
                    result[statement.name] = list(run)
                    calls = any(isinstance(each, ast.Call) for each in ast.walk(statement.args))
                    run = [] if calls else [*run, statement]
                else:
                    run = []
    return result


def has_nested(node: NestedFunction) -> bool:
    """Whether there is any function inside of this one."""
    return any(isinstance(inner, (ast.FunctionDef, ast.Lambda)) for inner in ast.walk(node) if inner is not node)
