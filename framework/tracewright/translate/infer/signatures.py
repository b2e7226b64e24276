"""Signatures: what a function takes and gives, for one choice of type arguments."""

from __future__ import annotations

import ast
import dataclasses
from dataclasses import dataclass
from types import FunctionType as PythonFunction
from typing import TypeVar, final

from tracewright.translate.flow.types import NONE, FunctionType, Instance, Type
from tracewright.translate.infer.annotations import AnnotationReader, TypeEnvironment, TypeScope
from tracewright.translate.infer.sources import MISSING, ModuleSource, Sources


@final
@dataclass(frozen=True, slots=True)
class Parameter:
    """`annotation` is None for a receiver; `default` is MISSING where the argument is required."""

    name: str
    annotation: ast.expr | None
    default: object
    keyword_only: bool


@final
@dataclass(frozen=True, slots=True)
class Definition:
    """A function as its source declares it."""

    function: PythonFunction
    source: ModuleSource
    node: ast.FunctionDef
    parameters: tuple[Parameter, ...]
    has_receiver: bool
    type_variables: frozenset[TypeVar]  # that occur in its annotations
    class_parameter: str = ""  # the name under which a class method knows its class


@final
@dataclass(frozen=True, slots=True)
class Signature:
    """Types of all parameters, receiver included, and of the result."""

    parameters: tuple[Type, ...]
    result: Type


@final
class Signatures:
    """Reads definitions (once each) and resolves signatures."""

    def __init__(self, sources: Sources, annotations: AnnotationReader) -> None:
        self.sources = sources
        self.annotations = annotations
        self._definitions: dict[tuple[PythonFunction, bool], Definition] = {}
        self._class_methods: dict[PythonFunction, Definition] = {}

    def definition(self, function: PythonFunction, has_receiver: bool) -> Definition:
        found = self._definitions.get((function, has_receiver))
        if found is None:
            found = self._definitions[function, has_receiver] = self._read(function, has_receiver)
        return found

    def of_lambda(self, function: PythonFunction, wanted: FunctionType) -> tuple[Definition, Signature]:
        """A lambda that the import has evaluated, as the function that is wanted where it stands."""
        source, node = self.sources.of_lambda(function)
        names = [argument.arg for argument in node.args.args]
        if len(names) != len(wanted.parameters):
            message = f"this lambda takes {len(names)} arguments, {len(wanted.parameters)} are given"
            raise source.error(node, "arguments", message)
        body = ast.Expr(node.body) if wanted.result is NONE else ast.Return(node.body)
        written = ast.FunctionDef("<lambda>", node.args, [ast.copy_location(body, node.body)], [])
        parameters = tuple(Parameter(name, None, MISSING, False) for name in names)
        definition = Definition(function, source, ast.copy_location(written, node), parameters, False, frozenset())
        return definition, Signature(wanted.parameters, wanted.result)

    def class_method(self, function: PythonFunction) -> Definition:
        """The definition of a class method, without its first parameter: that is the class, known at translation."""
        found = self._class_methods.get(function)
        if found is None:
            whole = self.definition(function, True)
            found = self._class_methods[function] = dataclasses.replace(
                whole,
                parameters=whole.parameters[1:],
                has_receiver=False,
                class_parameter=whole.parameters[0].name,
            )
        return found

    def _read(self, function: PythonFunction, has_receiver: bool) -> Definition:
        source, node = self.sources.of_function(function)
        arguments = node.args
        if arguments.vararg is not None or arguments.kwarg is not None:
            raise source.error(
                node,
                "star-arguments",
                f"`{node.name}` takes *args or **kwargs, which the dialect has not",
                "a list or a dict can be one parameter",
            )
        positional = [*arguments.posonlyargs, *arguments.args]
        defaults = function.__defaults__ or ()
        first = len(positional) - len(defaults)
        keyword_defaults = function.__kwdefaults__ or {}
        parameters = []
        for index, argument in enumerate(positional):
            default = defaults[index - first] if index >= first else MISSING
            is_receiver = has_receiver and index == 0
            if argument.annotation is None and not is_receiver:
                raise self._unannotated(source, argument)
            parameters.append(Parameter(argument.arg, None if is_receiver else argument.annotation, default, False))
        for argument in arguments.kwonlyargs:
            if argument.annotation is None:
                raise self._unannotated(source, argument)
            default = keyword_defaults.get(argument.arg, MISSING)
            parameters.append(Parameter(argument.arg, argument.annotation, default, True))
        if node.returns is None and node.name != "__init__":
            raise source.error(node, "unannotated", f"`{node.name}` does not declare its result", "add `-> T`")
        mentioned = [parameter.annotation for parameter in parameters if parameter.annotation is not None]
        if node.returns is not None:
            mentioned.append(node.returns)
        variables = frozenset(variable for each in mentioned for variable in self._type_variables(each, source))
        return Definition(function, source, node, tuple(parameters), has_receiver, variables)

    def _unannotated(self, source: ModuleSource, argument: ast.arg) -> Exception:
        return source.error(
            argument, "unannotated", f"the parameter `{argument.arg}` has no type", f"write `{argument.arg}: T`"
        )

    def _type_variables(self, node: ast.expr, source: ModuleSource) -> list[TypeVar]:
        found = []
        for inner in ast.walk(node):
            if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
                found.extend(self._type_variables(ast.parse(inner.value, mode="eval").body, source))
            if isinstance(inner, ast.Name):
                meaning = source.lookup(inner.id)
                if isinstance(meaning, TypeVar):
                    found.append(meaning)
        return found

    def resolve(self, definition: Definition, receiver: Instance | None, environment: TypeEnvironment) -> Signature:
        """The signature with type variables as in `environment`."""
        scope = TypeScope(definition.source, environment)
        types: list[Type] = []
        for parameter in definition.parameters:
            if parameter.annotation is None:
                assert receiver is not None
                types.append(receiver)
            else:
                types.append(self.annotations.resolve(parameter.annotation, scope))
        returns = definition.node.returns

        result = NONE if returns is None else self.annotations.resolve(returns, scope)
        return Signature(tuple(types), result)
