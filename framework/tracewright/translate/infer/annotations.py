"""From an annotation, as written in the source, to a dialect type.

Annotations are read as syntax, never evaluated: forward references and names imported for type checking only work the same.
"""

from __future__ import annotations

import ast
import collections.abc
import enum
import importlib
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, TypeVar, final

from tracewright.core.arrays import Array, Words
from tracewright.core.errors import DialectError
from tracewright.core.text import BytesBuffer, StrBuffer
from tracewright.core.value import Value
from tracewright.translate.flow.types import (
    BOOL,
    BYTES_BUFFER,
    FLOAT,
    INT,
    NEVER,
    NONE,
    OBJECT,
    STR_BUFFER,
    VALUE,
    FunctionType,
    Instance,
    Optional,
    Primitive,
    Type,
    is_word,
    show_type,
)
from tracewright.translate.infer.advice import MODULES, TYPES, nearest, standard_module
from tracewright.translate.infer.sources import MISSING, ModuleSource, Sources
from tracewright.translate.infer.type_table import TypeTable, is_heap_type

TypeEnvironment = Mapping[TypeVar, Type]

PLAIN: Final[dict[object, Type]] = {
    int: INT,
    bool: BOOL,
    float: FLOAT,
    object: OBJECT,
    Value: VALUE,
    StrBuffer: STR_BUFFER,
    BytesBuffer: BYTES_BUFFER,
    typing.NoReturn: NEVER,
    typing.Never: NEVER,
    type(None): NONE,
    None: NONE,
}

# Which library class stands behind a built-in container: module of tracewright.lib, and class.
CONTAINERS: Final[dict[object, tuple[str, str]]] = {
    list: ("lists", "List"),
    dict: ("dicts", "Dict"),
    set: ("sets", "Set"),
    bytearray: ("byte_arrays", "ByteArray"),
}

FUNCTION_ORIGINS: Final = (typing.Callable, collections.abc.Callable)
_WRAPPERS: Final = (typing.Final, typing.ClassVar, typing.Annotated)


@final
@dataclass(frozen=True, slots=True)
class TypeScope:
    """Where an annotation stands: its module and what type variables mean there."""

    source: ModuleSource
    environment: TypeEnvironment


@final
class AnnotationReader:
    """Resolves annotations. `instance_of` makes the type of a class with type arguments (it belongs to the class builder)."""

    def __init__(
        self, sources: Sources, table: TypeTable, instance_of: Callable[[type, tuple[Type, ...]], Instance]
    ) -> None:
        self.sources = sources
        self.table = table
        self.instance_of = instance_of
        self._parsed: dict[ast.Constant, ast.expr] = {}  # annotations written as strings

    def container(self, kind: object) -> type:
        """The library class behind `list`, `dict`, `set`, `bytearray`."""
        module, name = CONTAINERS[kind]
        found: type = getattr(importlib.import_module(f"tracewright.lib.{module}"), name)
        return found

    def resolve(self, node: ast.expr, scope: TypeScope) -> Type:
        """The type that the annotation means."""
        match node:
            case ast.Constant(value=None):
                return NONE
            case ast.Constant(value=str() as text):
                return self.resolve(self._parse(text, node), scope)
            case ast.BinOp(left=left, op=ast.BitOr(), right=right):
                return self._union(node, left, right, scope)
            case ast.Subscript(value=origin, slice=arguments):
                return self._subscript(node, origin, arguments, scope)
            case ast.Name() | ast.Attribute():
                return self._named(node, scope)
            case _:
                raise scope.source.error(node, "annotation", "this is not a type of the dialect")

    def _parse(self, text: str, place: ast.Constant) -> ast.expr:
        found = self._parsed.get(place)
        if found is None:
            found = self._parsed[place] = ast.parse(text, mode="eval").body
            for inner in ast.walk(found):
                ast.copy_location(inner, place)
        return found

    def static(self, node: ast.expr, source: ModuleSource) -> object:
        """The Python object that a dotted name means in a module, or MISSING."""
        match node:
            case ast.Name(id=name):
                return source.lookup(name)
            case ast.Attribute(value=value, attr=attribute):
                owner = self.static(value, source)
                return MISSING if owner is MISSING else getattr(owner, attribute, MISSING)
            case _:
                return MISSING

    def _union(self, node: ast.expr, left: ast.expr, right: ast.expr, scope: TypeScope) -> Type:
        first, second = self.resolve(left, scope), self.resolve(right, scope)
        if first is NONE:
            first, second = second, first
        if second is not NONE:
            raise scope.source.error(
                node,
                "union",
                f"`{show_type(first)} | {show_type(second)}`: the only unions are those of a reference type with None",
                "use a base class, `object` and isinstance, or a `Value`",
            )
        return self._optional(node, first, scope)

    def _optional(self, node: ast.expr, item: Type, scope: TypeScope) -> Type:
        if not is_heap_type(item) and not is_word(item) and item not in (STR_BUFFER, BYTES_BUFFER):
            raise scope.source.error(
                node,
                "optional-word",
                f"`{show_type(item)} | None` is not possible: {show_type(item)} is a machine word without room for None",
                "give `Value.UNDEFINED`, which is no guest value, and ask for it with `same`"
                if item is VALUE
                else "keep a separate flag, or a number that cannot occur",
            )
        return self.table.optional(item)

    def _named(self, node: ast.expr, scope: TypeScope) -> Type:
        found = self.static(node, scope.source)
        if found is MISSING:
            name = ast.unparse(node)
            help = nearest(name, [*vars(scope.source.module), "int", "float", "str", "bytes", "bool", "list", "dict"])
            raise scope.source.error(node, "unknown-name", f"`{name}` is not defined in this module", help)
        if isinstance(found, TypeVar):
            if found not in scope.environment:
                raise scope.source.error(
                    node,
                    "type-variable",
                    f"nothing tells what the type variable `{found.__name__}` means here",
                    f"a parameter must mention it, or the class: `class C(Generic[{found.__name__}])`",
                )
            return scope.environment[found]
        plain = PLAIN.get(found) if isinstance(found, collections.abc.Hashable) else None
        if plain is not None:
            return plain
        if isinstance(found, type) and not isinstance(found, types.GenericAlias):
            return self.of_class(node, found, (), scope)
        if isinstance(found, typing.NewType):
            return self._of_object(node, found.__supertype__, scope)
        if isinstance(node, ast.Name):
            alias = self.sources.alias(scope.source, node.id)
            if alias is not None:
                return self.resolve(alias[1], TypeScope(alias[0], {}))
        if isinstance(found, types.GenericAlias) and isinstance(node, ast.Attribute):
            owner = self.static(node.value, scope.source)
            if isinstance(owner, types.ModuleType):
                alias = self.sources.alias(self.sources.module(owner.__name__), node.attr)
                if alias is not None:
                    return self.resolve(alias[1], TypeScope(alias[0], {}))
        raise self._no_type(node, scope)

    def _of_object(self, node: ast.expr, found: object, scope: TypeScope) -> Type:
        """The type that a class at hand means."""
        if isinstance(found, typing.NewType):
            return self._of_object(node, found.__supertype__, scope)
        if isinstance(found, collections.abc.Hashable) and found in PLAIN:
            return PLAIN[found]
        if isinstance(found, type):
            return self.of_class(node, found, (), scope)
        raise self._no_type(node, scope)

    def of_class(self, node: ast.expr, cls: type, arguments: tuple[Type, ...], scope: TypeScope) -> Type:
        """The instance type of a class named in the source at `node`."""
        if issubclass(cls, enum.Enum) and issubclass(cls, int):
            return INT
        if standard_module(cls.__module__):
            raise self._standard_class(node, cls, scope)
        parameters: tuple[object, ...] = getattr(cls, "__parameters__", ())
        if cls in CONTAINERS:
            parameters = self.container(cls).__dict__.get("__parameters__", ())
        if cls is Array and not arguments or len(parameters) != len(arguments):
            raise scope.source.error(
                node,
                "type-arguments",
                f"`{cls.__name__}` takes {len(parameters)} type argument{'' if len(parameters) == 1 else 's'}, "
                f"here {'is' if len(arguments) == 1 else 'are'} {len(arguments) or 'none'}",
                f"write `{cls.__name__}[{', '.join(map(_letter, parameters))}]`" if parameters else "",
            )
        if cls in CONTAINERS:
            cls = self.container(cls)
        if cls is Array:
            return self.table.array(arguments[0])
        if cls is Words:
            return self.table.words
        if cls.__module__ == "builtins" and self.table.find(cls, ()) is None:
            raise scope.source.error(
                node, "annotation", f"`{cls.__name__}` is not one of the dialect's types and exceptions"
            )
        return self.instance_of(cls, arguments)

    def _no_type(self, node: ast.expr, scope: TypeScope) -> DialectError:
        written = ast.unparse(node.value if isinstance(node, ast.Subscript) else node)
        help = TYPES.get(written.rpartition(".")[2], "")
        return scope.source.error(node, "annotation", f"`{ast.unparse(node)}` is not a type of the dialect", help)

    def _standard_class(self, node: ast.expr, cls: type, scope: TypeScope) -> DialectError:
        """A class of the standard library where a dialect type should be."""
        help = TYPES.get(cls.__name__) or MODULES.get(standard_module(cls.__module__), "write a class of your own")
        return scope.source.error(node, "annotation", f"`{ast.unparse(node)}` is not a type of the dialect", help)

    def _subscript(self, node: ast.expr, origin: ast.expr, arguments: ast.expr, scope: TypeScope) -> Type:
        found = self.static(origin, scope.source)
        items = arguments.elts if isinstance(arguments, ast.Tuple) else [arguments]
        if found in _WRAPPERS:
            return self.resolve(items[0], scope)
        if found is typing.Optional:
            return self._optional(node, self.resolve(items[0], scope), scope)
        if found in FUNCTION_ORIGINS:
            if len(items) != 2 or not isinstance(items[0], ast.List):
                raise scope.source.error(node, "annotation", "a function type is written `Callable[[A, B], R]`")
            parameters = tuple(self.resolve(item, scope) for item in items[0].elts)
            return self.table.function(parameters, self.resolve(items[1], scope))
        if found is typing.Literal:
            return self._literal(node, items, scope)
        if found is tuple:
            if len(items) == 2 and isinstance(items[1], ast.Constant) and items[1].value is Ellipsis:
                raise scope.source.error(
                    node, "annotation", "a tuple has a fixed length in the dialect", "use `list[T]` or `Array[T]`"
                )
            return self.table.tuple(tuple(self.resolve(item, scope) for item in items))
        if isinstance(found, type):
            return self.of_class(node, found, tuple(self.resolve(item, scope) for item in items), scope)
        raise self._no_type(node, scope)

    def _literal(self, node: ast.expr, items: list[ast.expr], scope: TypeScope) -> Type:
        """The type of all the values; which of them it is, only the type checker asks."""
        kinds = {type(item.value) for item in items if isinstance(item, ast.Constant)}
        if len(kinds) == 1 and all(isinstance(item, ast.Constant) for item in items):
            kind = kinds.pop()
            if kind in (str, bytes, int, bool):
                return self._of_object(node, kind, scope)
        help = "an `Enum`, or numbers or texts of one type"
        raise scope.source.error(node, "annotation", f"`{ast.unparse(node)}` has no one type", help)

    # --- inference of type variables ---

    def match(self, node: ast.expr, actual: Type, source: ModuleSource, bound: dict[TypeVar, Type]) -> None:
        """Learn from an argument of type `actual` what the type variables in the annotation `node` are."""
        match node:
            case ast.Constant(value=str() as text):
                self.match(self._parse(text, node), actual, source, bound)
            case ast.Name():
                found = source.lookup(node.id)
                if isinstance(found, TypeVar):
                    known = bound.get(found)
                    if known is None or known is NONE or (known is INT and actual is FLOAT):
                        bound[found] = actual
                    elif actual is NONE and (is_heap_type(known) or is_word(known)):
                        bound[found] = self.table.optional(known)
            case ast.BinOp(left=left, op=ast.BitOr(), right=right):
                item = actual.item if isinstance(actual, Optional) else actual
                other = right if not _is_none(right) else left
                if item is not NONE:
                    self.match(other, item, source, bound)
            case ast.Subscript(value=origin, slice=arguments):
                items = arguments.elts if isinstance(arguments, ast.Tuple) else [arguments]
                self._match_arguments(self.static(origin, source), items, actual, source, bound)
            case _:
                pass

    def _match_arguments(
        self, origin: object, items: list[ast.expr], actual: Type, source: ModuleSource, bound: dict[TypeVar, Type]
    ) -> None:
        if isinstance(actual, Primitive):
            return
        if origin in FUNCTION_ORIGINS:
            if isinstance(actual, FunctionType) and isinstance(items[0], ast.List):
                for item, parameter in zip(items[0].elts, actual.parameters, strict=False):
                    self.match(item, parameter, source, bound)
                self.match(items[1], actual.result, source, bound)
            return
        if not isinstance(actual, Instance):
            return
        wanted = self.container(origin) if isinstance(origin, type) and origin in CONTAINERS else origin
        layout = actual.layout
        while layout.python_class is not wanted:
            if layout.base is None:
                return
            layout = layout.base
        for item, argument in zip(items, layout.type_arguments, strict=False):
            self.match(item, argument, source, bound)


def _letter(parameter: object) -> str:
    return getattr(parameter, "__name__", "T")


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None
