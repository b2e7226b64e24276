"""One function being translated: what its parts share."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, final

from tracewright.core.errors import DialectError
from tracewright.core.source_span import SourceSpan
from tracewright.translate.flow.build import GraphBuilder
from tracewright.translate.flow.graph import Block, FunctionGraph, Operand, Variable
from tracewright.translate.flow.types import ClassLayout, FieldLayout, Optional, Type
from tracewright.translate.infer.annotations import TypeScope
from tracewright.translate.infer.conversions import Conversions
from tracewright.translate.infer.emission import Emission
from tracewright.translate.infer.locals import Locals
from tracewright.translate.infer.sources import ModuleSource
from tracewright.translate.infer.values import Typed

if TYPE_CHECKING:
    from tracewright.translate.infer.signatures import Definition, Parameter
    from tracewright.translate.infer.translator import Translator


@final
@dataclass(frozen=True, slots=True)
class Services:
    """The mutually recursive parts, so that each can be a module of its own."""

    evaluate: Callable[[FunctionContext, ast.expr, Type | None], Typed]
    condition: Callable[[FunctionContext, ast.expr, Block, Block], None]
    statements: Callable[[FunctionContext, Sequence[ast.stmt]], None]
    call_function: Callable[[FunctionContext, object, list[Typed]], Typed]
    call_method: Callable[[FunctionContext, Typed, str, list[Typed]], Typed]
    construct: Callable[[FunctionContext, type, list[Typed], Type | None], Typed]
    assign: Callable[[FunctionContext, ast.expr, Typed], None]
    function_value: Callable[[FunctionContext, ast.expr, tuple[Type, ...], Type | None], Typed]


@final
@dataclass(frozen=True, slots=True)
class NestedSignature:
    """How a nested function may be called; the values of defaults are kept in fields of its closure object."""

    parameters: tuple[Parameter, ...]
    types: tuple[Type, ...]
    defaults: dict[str, FieldLayout]


@final
@dataclass(eq=False, slots=True)
class NestedFunctions:
    """What is known of the functions inside this one."""

    sole: frozenset[str] = frozenset()  # names of nested functions that never mean anything else
    defined_after: dict[str, list[ast.FunctionDef]] = field(default_factory=dict)  # each with those behind it
    signatures: dict[str, NestedSignature] = field(default_factory=dict)  # of those defined so far


@final
class FunctionContext:
    """The translation of one function: every part of `infer` works through it.

    `emission` grows the graph, `locals` knows what names mean, `conversions` fits values to types.
    """

    def __init__(
        self,
        translator: Translator,
        services: Services,
        graph: FunctionGraph,
        scope: TypeScope,
        owner: ClassLayout | None,
        result: Type,
        node: ast.AST,
    ) -> None:
        self.translator = translator
        self.services = services
        self.graph = graph
        self.scope = scope
        self.owner = owner  # the class whose method this is
        self.result = result
        self.node = node  # what is being translated: errors are shown there
        self.definition: Definition | None = None
        self.builder = GraphBuilder(graph)
        self.emission = Emission(self, self.builder)
        self.locals = Locals(self, self.emission)
        self.conversions = Conversions(self, self.emission)
        self.nested = NestedFunctions()

    @property
    def source(self) -> ModuleSource:
        return self.scope.source

    def evaluate(self, node: ast.expr, expected: Type | None = None) -> Typed:
        """Translate an expression; `expected` guides displays and generic calls, it does not convert."""
        before, self.node = self.node, node
        try:
            value = self.services.evaluate(self, node, expected)
            if isinstance(value.type, Optional) and isinstance(value.operand, Variable):
                self.conversions.came_from[value.operand] = node
            return value
        finally:
            self.node = before

    def evaluate_as(self, node: ast.expr, wanted: Type) -> Operand:
        """Translate an expression and convert it to the wanted type."""
        return self.conversions.convert(self.evaluate(node, wanted), wanted, node)

    def library(self, module: str, name: str, arguments: list[Typed]) -> Typed:
        """Call a function of tracewright.lib."""
        return self.services.call_function(self, self.translator.library(module, name, self), arguments)

    def error(self, code: str, message: str, help: str = "", node: ast.AST | None = None) -> DialectError:
        return self.source.error(node or self.node, code, message, help)

    @property
    def callee(self) -> ast.expr:
        """What the current expression calls."""
        node = self.node
        found = node.func if isinstance(node, ast.Call) else node
        return found if isinstance(found, ast.expr) else ast.Name("this")

    @property
    def span(self) -> SourceSpan:
        return self.source.span(self.node)

    def value_of(self, target: ast.AST | None) -> ast.AST | None:
        """What the current statement assigns to a target: an error about its type is best shown there."""
        statement = self.node
        if isinstance(statement, (ast.Assign, ast.AnnAssign, ast.NamedExpr)) and statement.value is not None:
            if target is statement or target in _targets(statement):
                return statement.value
        return target


def _targets(node: ast.Assign | ast.AnnAssign | ast.NamedExpr) -> list[ast.expr]:
    return node.targets if isinstance(node, ast.Assign) else [node.target]
