"""From names to things, when a kept translation is used again."""

from __future__ import annotations

from types import FunctionType as PythonFunction
from typing import TYPE_CHECKING, Final, TypeVar, final

from tracewright.core.arrays import Array
from tracewright.core.integers import float_of_bits
from tracewright.core.value import Value
from tracewright.translate.flow import types
from tracewright.translate.flow.graph import FunctionGraph
from tracewright.translate.flow.types import ClassLayout, Instance, MethodSlot, Primitive, Type
from tracewright.translate.infer.signatures import Definition
from tracewright.translate.kept.names import (
    ErrorName,
    FieldName,
    FunctionTypeName,
    GraphName,
    HeldName,
    InstanceName,
    LayoutName,
    Name,
    NumberName,
    OptionalName,
    OwnLayoutName,
    PathName,
    PrimitiveName,
    SlotName,
    Unnameable,
)
from tracewright.translate.kept.naming import at_path

if TYPE_CHECKING:
    from tracewright.translate.infer.translator import Translator

_PRIMITIVES: Final = {each.name: each for each in vars(types).values() if isinstance(each, Primitive)}


@final
class Finder:
    """Finds, or makes, what names stand for in one translation."""

    def __init__(self, translator: Translator) -> None:
        self._translator: Final = translator
        self._found: Final[dict[int, tuple[Name, object]]] = {}  # by identity; holds the names alive

    def find(self, name: Name) -> object:
        """The thing. Raises Unnameable where it is gone."""
        known = self._found.get(id(name))
        if known is None:
            known = self._found[id(name)] = name, self._find(name)
        return known[1]

    def _find(self, name: Name) -> object:
        table = self._translator.table
        match name:
            case PathName():
                return at_path(name)
            case PrimitiveName(name=text):
                return _PRIMITIVES[text]
            case InstanceName(layout=layout):
                return table.instance(self.layout(layout))
            case OptionalName(item=item):
                return table.optional(self.type(item))
            case FunctionTypeName(parameters=parameters, result=result):
                return table.function(tuple(map(self.type, parameters)), self.type(result))
            case LayoutName():
                return self._layout(name)
            case OwnLayoutName(kind="cell", item=item):
                assert item is not None
                return table.cell(self.type(item)).layout
            case OwnLayoutName(kind=kind):
                return table.closure if kind == table.closure.name else table.boxed_int
            case FieldName(owner=owner, name=field):
                owning = self.layout(owner)
                self._translator.classes.complete(owning)
                return owning.fields[field]
            case SlotName():
                return self._slot(name)
            case GraphName():
                return self._graph(name)
            case ErrorName(exception=path, message=message):
                exception = at_path(path)
                assert isinstance(exception, type)
                return self._translator.prebuilt_error(exception, message).value
            case NumberName(kind=kind, word=word):
                return Value(float_of_bits(word) if kind == "float" else word)
            case HeldName(thing=thing):
                return Value(self.find(thing))

    # --- by what they are ---

    def type(self, name: Name) -> Type:
        found = self.find(name)
        assert isinstance(found, Type)
        return found

    def layout(self, name: Name) -> ClassLayout:
        found = self.find(name)
        assert isinstance(found, ClassLayout)
        return found

    def definition(self, name: GraphName) -> Definition:
        function = at_path(name.function)
        assert isinstance(function, PythonFunction)
        if name.kind == "class":
            return self._translator.signatures.class_method(function)
        return self._translator.signatures.definition(function, name.kind == "method")

    # --- pieces ---

    def _layout(self, name: LayoutName) -> ClassLayout:
        cls = at_path(name.python_class)
        arguments = tuple(map(self.type, name.arguments))
        table = self._translator.table
        assert isinstance(cls, type)
        if cls is tuple:
            return table.tuple(arguments).layout
        if cls is Array:
            return table.array(arguments[0]).layout
        found: Instance = self._translator.classes.instance(cls, arguments)
        return found.layout

    def _slot(self, name: SlotName) -> MethodSlot:
        owner = self.layout(name.owner)
        method = self._translator.classes.method(owner, name.name)
        if method is None:
            raise Unnameable
        return self._translator.slot(owner, method)

    def _graph(self, name: GraphName) -> FunctionGraph:
        variables: dict[TypeVar, Type] = {}
        for path, type in name.variables:
            variable = self.find(path)
            assert isinstance(variable, TypeVar)
            variables[variable] = self.type(type)
        owner = None if name.owner is None else self.layout(name.owner)
        return self._translator.graph(self.definition(name), owner, variables)
