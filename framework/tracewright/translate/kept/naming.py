"""From things to their names, when a translation is kept."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterable
from types import FunctionType as PythonFunction
from types import ModuleType
from typing import TYPE_CHECKING, Final, TypeVar, final

from tracewright.core.integers import bits_of_float
from tracewright.core.value import Value
from tracewright.translate.flow.graph import FunctionGraph
from tracewright.translate.flow.types import (
    ClassLayout,
    FieldLayout,
    FunctionType,
    Instance,
    MethodSlot,
    Optional,
    Primitive,
)
from tracewright.translate.kept.digests import is_own
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

if TYPE_CHECKING:
    from tracewright.translate.infer.translator import Job, Translator

_WITHOUT_PLACE: Final = (int, float, str, bytes, type(None), ModuleType)  # equal ones may be one object by chance


@final
class Namer:
    """Names all that one program's translation speaks of. Each name is one object, however often it is asked for."""

    def __init__(self, translator: Translator) -> None:
        self._translator: Final = translator
        self._names: Final[dict[int, tuple[object, Name]]] = {}  # by identity; holds the things alive
        self._one: Final[dict[Name, Name]] = {}
        self._places: dict[int, list[PathName]] | None = None

    def job(self, job: Job) -> GraphName:
        """The name of the function that a job translates."""
        found = self.name(job.graph)
        assert isinstance(found, GraphName)
        return found

    def name(self, thing: object, modules: frozenset[str] = frozenset()) -> Name:
        """The name of a thing; objects are looked for in Tracewright's modules and in these. Raises Unnameable."""
        if not isinstance(thing, _TRANSLATED):
            return self._only(self._of_python(thing, modules))
        known = self._names.get(id(thing))
        if known is None:
            known = self._names[id(thing)] = thing, self._only(self._of_translated(thing))
        return known[1]

    def _only(self, name: Name) -> Name:
        return self._one.setdefault(name, name)

    # --- what the translator has made ---

    def _of_translated(self, thing: object) -> Name:
        match thing:
            case Primitive(name=name):
                return PrimitiveName(name)
            case Instance(layout=layout):
                return InstanceName(self.name(layout))
            case Optional(item=item):
                return OptionalName(self.name(item))
            case FunctionType(parameters=parameters, result=result):
                return FunctionTypeName(tuple(map(self.name, parameters)), self.name(result))
            case ClassLayout():
                return self._of_layout(thing)
            case FieldLayout(owner=owner, name=name):
                return FieldName(self.name(owner), name)
            case MethodSlot(owner=owner, name=name):
                return SlotName(self.name(owner), name)
            case FunctionGraph():
                return self._of_graph(thing)
        raise Unnameable

    def _of_layout(self, layout: ClassLayout) -> Name:
        table = self._translator.table
        if layout is table.boxed_int or layout is table.closure:
            return OwnLayoutName(layout.name)
        key = table.keys.get(layout)
        if key is None:
            raise Unnameable  # the closure object of a nested function
        arguments = tuple(map(self.name, key[1]))
        if isinstance(key[0], type):
            return LayoutName(_path_of_definition(key[0]), arguments)
        return OwnLayoutName(str(key[0]), *arguments)

    def _of_graph(self, graph: FunctionGraph) -> Name:
        job = self._translator.job_of.get(graph)
        if job is None:
            raise Unnameable  # a nested function's
        definition = job.definition
        kind = "class" if definition.class_parameter else "method" if definition.has_receiver else "plain"
        owner = None if job.owner is None else self.name(job.owner)
        variables = tuple((_path_of_variable(each), self.name(type)) for each, type in job.environment.items())
        return GraphName(_path_of_definition(definition.function), kind, owner, variables)

    # --- what the modules have made ---

    def _of_python(self, thing: object, modules: frozenset[str]) -> Name:
        if isinstance(thing, (PythonFunction, type)):
            return _path_of_definition(thing)
        if isinstance(thing, BaseException):
            key = self._translator.prebuilt.error_keys.get(id(thing))
            if key is not None:
                return ErrorName(_path_of_definition(key[0]), key[1])
        if self._places is None:
            self._places = _all_places(self._translator)
        for place in self._places.get(id(thing), ()):
            if is_own(place.module) or place.module in modules:
                return place
        if isinstance(thing, Value):
            held = thing.payload
            if isinstance(held, float):
                return NumberName("float", bits_of_float(held))
            if isinstance(held, int):
                return NumberName("int", held)
            return HeldName(self.name(held, modules))
        raise Unnameable


def _all_places(translator: Translator) -> dict[int, list[PathName]]:
    """Where objects are, by identity."""
    places: dict[int, list[PathName]] = {}
    for name, module in list(sys.modules.items()):
        if name in translator.sources.modules or is_own(name):
            _index(module, places)
    return places


_TRANSLATED: Final = (Primitive, Instance, Optional, FunctionType, ClassLayout, FieldLayout, MethodSlot, FunctionGraph)


def _index(module: ModuleType, places: dict[int, list[PathName]]) -> None:
    """Note where the module's objects are, those in its classes too."""
    for name, value in list(vars(module).items()):
        if isinstance(value, type) and value.__module__ == module.__name__:
            for inner, held in list(vars(value).items()):
                _note(held, PathName(module.__name__, f"{name}.{inner}"), places)
        elif not name.startswith("__"):
            _note(value, PathName(module.__name__, name), places)


def _note(value: object, place: PathName, places: dict[int, list[PathName]]) -> None:
    if not isinstance(value, (*_WITHOUT_PLACE, PythonFunction, type)):
        places.setdefault(id(value), []).append(place)


def _path_of_definition(thing: PythonFunction | type) -> PathName:
    line = thing.__code__.co_firstlineno if isinstance(thing, PythonFunction) else 0
    name = PathName(thing.__module__, thing.__qualname__, line)
    if at_path(name) is not thing:
        raise Unnameable
    return name


def _path_of_variable(variable: TypeVar) -> PathName:
    name = PathName(str(variable.__module__), variable.__name__)
    if at_path(name) is not variable:
        raise Unnameable
    return name


def at_path(name: PathName) -> object:
    """What is there now; Unnameable where nothing is."""
    try:
        found: object = importlib.import_module(name.module)  # the library's are imported when first wanted
    except ModuleNotFoundError:
        raise Unnameable from None
    for part in name.path.split("."):
        inside = getattr(found, "__dict__", {})
        if part not in inside:
            raise Unnameable
        found = inside[part]
    if not name.line:
        return found
    for function in _functions_behind(found):
        if function.__code__.co_firstlineno == name.line:
            return function
    raise Unnameable


def _functions_behind(found: object) -> Iterable[PythonFunction]:
    if isinstance(found, property):
        candidates: tuple[object, ...] = (found.fget, found.fset)
    elif isinstance(found, (classmethod, staticmethod)):
        candidates = (found.__func__,)
    else:
        candidates = (found,)
    return [each for each in candidates if isinstance(each, PythonFunction)]
