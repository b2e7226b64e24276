"""The methods that `@dataclass` writes, as source that the translator can read: comparison, hash and text."""

from __future__ import annotations

import ast
import dataclasses
from typing import Final

GENERATED: Final = ("__eq__", "__lt__", "__le__", "__gt__", "__ge__", "__hash__", "__repr__")
_ORDER: Final = {"__lt__": "<", "__le__": "<=", "__gt__": ">", "__ge__": ">="}


def source_of(cls: type, name: str, place: ast.AST) -> ast.FunctionDef:
    """The definition of one generated method; errors in it are shown at `place`, the class."""
    parameters: tuple[object, ...] = getattr(cls, "__parameters__", ())
    arguments = ", ".join(parameter.__name__ for parameter in parameters)  # type: ignore[attr-defined]
    shown = f"{cls.__qualname__}[{arguments}]" if parameters else cls.__qualname__
    text = _text(cls, name, shown)
    tree = ast.parse(text).body[0]
    assert isinstance(tree, ast.FunctionDef)
    for node in ast.walk(tree):
        ast.copy_location(node, place)
    return tree


def _text(cls: type, name: str, shown: str) -> str:
    fields = dataclasses.fields(cls)
    compared = [field.name for field in fields if field.compare]
    if name == "__repr__":
        parts = ", ".join(f"{field.name}={{self.{field.name}!r}}" for field in fields if field.repr)
        return f'def __repr__(self) -> str:\n    return f"{cls.__qualname__}({parts})"\n'
    if name == "__hash__":
        hashed = [field.name for field in fields if (field.compare if field.hash is None else field.hash)]
        parts = "".join(f"self.{field}, " for field in hashed)
        return f"def __hash__(self) -> int:\n    return hash(({parts}))\n"
    if name == "__eq__":
        parts = "".join(f" and self.{field} == other.{field}" for field in compared)
        test = f"isinstance(other, {shown}) and same_class(self, other){parts}"
        head = "    from tracewright.core.generic import same_class\n"
        return f"def __eq__(self, other: object) -> bool:\n{head}    return {test}\n"
    left = "".join(f"self.{field}, " for field in compared)
    right = "".join(f"other.{field}, " for field in compared)
    return f"def {name}(self, other: {shown}) -> bool:\n    return ({left}) {_ORDER[name]} ({right})\n"
