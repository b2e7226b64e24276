"""The type of a field that is assigned in `__init__` without an annotation, where it can be read off the right side."""

from __future__ import annotations

import ast
from types import FunctionType as PythonFunction
from typing import TYPE_CHECKING, TypeVar, final

from tracewright.core.arrays import Array
from tracewright.core.value import Value
from tracewright.translate.flow.types import BOOL, FLOAT, INT, VALUE, Instance, Type
from tracewright.translate.infer.annotations import CONTAINERS, PLAIN, TypeScope
from tracewright.translate.infer.sources import ModuleSource

if TYPE_CHECKING:
    from tracewright.translate.infer.classes import Classes


@final
class PlainTypes:
    """Reads types off expressions without translating them. Answers None rather than guess."""

    def __init__(self, classes: Classes) -> None:
        self.classes = classes

    def of(self, node: ast.expr, scope: TypeScope, function: ast.FunctionDef | None) -> Type | None:
        """The type of the expression inside `function`, or None if that takes more than a look."""
        match node:
            case ast.Constant(value=value):
                return self.constant(value)
            case ast.Name(id=name):
                return self._name(name, scope, function)
            case ast.JoinedStr():
                return self.classes.table.str
            case ast.Compare() | ast.UnaryOp(op=ast.Not()):
                return BOOL
            case ast.UnaryOp(operand=operand):
                found = self.of(operand, scope, function)
                return INT if found is BOOL else found
            case ast.BinOp(left=left, op=operator, right=right):
                return self._arithmetic(self.of(left, scope, function), operator, self.of(right, scope, function))
            case ast.Attribute(value=value, attr=attribute):
                return self._attribute(node, value, attribute, scope, function)
            case ast.Call(func=callee, args=arguments):
                return self._call(callee, arguments, scope, function)
            case ast.BoolOp(values=[ast.expr() as body, ast.expr() as orelse]) | ast.IfExp(body=body, orelse=orelse):
                first, second = self.of(body, scope, function), self.of(orelse, scope, function)
                return first if first is second else None
            case _:
                return None

    def _method_result(self, owner: Instance, name: str, kind: str = "") -> Type | None:
        method = self.classes.method(owner.layout, name)
        if method is None or (kind and method.kind != kind):
            return None
        source, definition = self.classes.sources.of_function(method.function)
        if definition.returns is None:
            return None
        return self.classes.annotations.resolve(
            definition.returns, TypeScope(source, self.classes.environment(method.owner))
        )

    def constant(self, value: object) -> Type | None:
        """The type of a number, text or guest value; None for anything else."""
        if isinstance(value, str):
            return self.classes.table.str
        if isinstance(value, bytes):
            return self.classes.table.bytes
        if value is None or value is Ellipsis:
            return None
        if isinstance(value, Value):
            return VALUE
        return {bool: BOOL, int: INT, float: FLOAT}.get(type(value))

    def _name(self, name: str, scope: TypeScope, function: ast.FunctionDef | None) -> Type | None:
        if function is not None:
            arguments = function.args
            for argument in [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]:
                if argument.arg == name:
                    if argument.annotation is None:
                        return None
                    return self.classes.annotations.resolve(argument.annotation, scope)
        declared = self.classes.sources.declaration(scope.source, name)
        found = scope.source.lookup(name)
        if declared is not None and not (isinstance(declared[1], ast.Name) and declared[1].id == "Final"):
            return self.classes.annotations.resolve(declared[1], TypeScope(declared[0], {}))
        return self.constant(found)

    def _arithmetic(self, left: Type | None, operator: ast.operator, right: Type | None) -> Type | None:
        numbers = (INT, BOOL, FLOAT)
        if left in numbers and right in numbers:
            return FLOAT if FLOAT in (left, right) or isinstance(operator, ast.Div) else INT
        if left is right and left is self.classes.table.str and isinstance(operator, ast.Add):
            return left
        return None

    def _attribute(
        self, node: ast.expr, value: ast.expr, attribute: str, scope: TypeScope, function: ast.FunctionDef | None
    ) -> Type | None:
        owner = self.of(value, scope, function)
        if isinstance(owner, Instance):
            field = self.classes.field(owner.layout, attribute)
            return self._method_result(owner, attribute, "property") if field is None else field.type
        return self.constant(self.classes.annotations.static(node, scope.source))

    def _call(
        self, callee: ast.expr, arguments: list[ast.expr], scope: TypeScope, function: ast.FunctionDef | None
    ) -> Type | None:
        if isinstance(callee, ast.Attribute):
            owner = self.of(callee.value, scope, function)
            if isinstance(owner, Instance):
                return self._method_result(owner, callee.attr)
        if isinstance(callee, ast.Subscript):
            return self.classes.annotations.resolve(callee, scope)
        found = self.classes.annotations.static(callee, scope.source)
        if found is len or found is ord:
            return INT
        if found is str or found is chr:
            return self.classes.table.str
        if found is Array and len(arguments) == 2:
            item = self.of(arguments[1], scope, function)
            return None if item is None else self.classes.table.array(item)
        if isinstance(found, type):
            if found in PLAIN:
                return PLAIN[found]
            if getattr(found, "__parameters__", ()) or (found in CONTAINERS and found is not bytearray):
                return None
            return self.classes.annotations.of_class(callee, found, (), scope)
        if isinstance(found, PythonFunction) and not getattr(found, "__type_params__", ()):
            source, definition = self.classes.sources.of_function(found)
            if definition.returns is not None and not _mentions_type_variable(definition.returns, source):
                return self.classes.annotations.resolve(definition.returns, TypeScope(source, {}))
        return None


def _mentions_type_variable(node: ast.expr, source: ModuleSource) -> bool:
    return any(isinstance(n, ast.Name) and isinstance(source.lookup(n.id), TypeVar) for n in ast.walk(node))
