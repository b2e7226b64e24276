"""Which names and attributes a piece of source may assign: what is known about them ends at the head of a loop around it."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence


def target_names(target: ast.expr) -> Iterator[str]:
    """The local names in an assignment target."""
    match target:
        case ast.Name(id=name):
            yield name
        case ast.Tuple(elts=elements) | ast.List(elts=elements):
            for element in elements:
                yield from target_names(element)
        case ast.Starred(value=value):
            yield from target_names(value)
        case _:
            pass


def assigned_in(statements: Sequence[ast.AST]) -> tuple[set[str], set[str]]:
    """Names and attribute names that the statements may assign."""
    names: set[str] = set()
    attributes: set[str] = set()
    for statement in statements:
        for node in ast.walk(statement):
            match node:
                case ast.Name(id=name, ctx=ast.Store() | ast.Del()):
                    names.add(name)
                case ast.Attribute(attr=attribute, ctx=ast.Store() | ast.Del()):
                    attributes.add(attribute)
                case ast.ExceptHandler(name=str() as name) | ast.MatchAs(name=str() as name):
                    names.add(name)
                case _:
                    pass
    return names, attributes
