"""Names that are one thing in a class and another in its base: a field here, a method or a property there.

Python looks at the object and then at its class; translated code knows by the class that is declared what a name is.
"""

import ast
from collections.abc import Callable, Iterator
from types import FunctionType
from typing import Final

from tracewright.core.errors import DialectError
from tracewright.translate.infer.sources import ModuleSource

CALLED: Final = (FunctionType, property, staticmethod, classmethod)


def hidden_names(
    cls: type,
    source: ModuleSource,
    node: ast.ClassDef,
    base_fields: set[str],
    base_has_method: Callable[[str], bool],
) -> Iterator[DialectError]:
    """An error for each name of the class body that is something else in the base."""
    places: dict[str, ast.stmt] = {}
    for statement in node.body:
        for name in _bound(statement):
            places.setdefault(name, statement)  # a property's getter, not its setter
    for name, place in places.items():
        if name not in cls.__dict__ or name.startswith("__"):
            continue
        if isinstance(cls.__dict__[name], CALLED):
            here, there, is_hidden = "a method or a property", "a field", name in base_fields
        else:
            here, there, is_hidden = "a value", "a method or a property", base_has_method(name)
        if is_hidden:
            message = f"`{name}` is {there} in the base class, here {here}"
            yield source.error(place, "hidden-name", message, "take another name, or make it the same in both")


def method_assigned(name: str, source: ModuleSource, place: ast.stmt) -> DialectError:
    """A method that `__init__` replaces by a field."""
    return source.error(place, "hidden-name", f"`{name}` is a method, which no assignment changes", "take another name")


def _bound(statement: ast.stmt) -> list[str]:
    """The names that a statement of a class body binds."""
    match statement:
        case ast.FunctionDef(name=name) | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr()):
            return [name]
        case ast.Assign(targets=targets):
            return [target.id for target in targets if isinstance(target, ast.Name)]
        case _:
            return []
