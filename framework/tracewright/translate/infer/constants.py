"""Values known at translation as operands, and the one type of values that come together."""

from __future__ import annotations

import ast
import enum
from collections.abc import Sequence
from types import FunctionType as PythonFunction

from tracewright.core.errors import DialectError, Label
from tracewright.core.integers import MAX_INT, MIN_INT
from tracewright.translate.flow.graph import Constant
from tracewright.translate.flow.types import (
    BOOL,
    FLOAT,
    INT,
    NONE,
    FunctionType,
    Optional,
    Type,
    show_type,
)
from tracewright.translate.infer.advice import MODULES, standard_module
from tracewright.translate.infer.context import FunctionContext
from tracewright.translate.infer.sources import ModuleSource, is_lambda
from tracewright.translate.infer.values import NONE_CONSTANT, Typed, boolean


def constant(context: FunctionContext, value: object, expected: Type | None) -> Typed:
    """A number, string or None known now."""
    if value is None:
        return Typed(NONE_CONSTANT, NONE)
    if isinstance(value, bool):
        return Typed(boolean(value), BOOL)
    if isinstance(value, int):
        value = int(value)  # a member of an IntEnum is its number
        if not MIN_INT <= value <= MAX_INT:
            help = "write a bit mask as a negative number (all ones are -1); longer numbers are in tracewright.lib.big_integers"
            raise context.error("int-literal", f"{value} does not fit the signed 64-bit machine word", help)
        return Typed(Constant(value, "i", INT), INT)
    if isinstance(value, float):
        return Typed(Constant(value, "f", FLOAT), FLOAT)
    table = context.translator.table
    if isinstance(value, str):
        return Typed(Constant(value, "r", table.str), table.str)
    if isinstance(value, bytes):
        return Typed(Constant(value, "r", table.bytes), table.bytes)
    raise context.error("literal", f"a {type(value).__name__} literal is not in the dialect")


def from_object(
    context: FunctionContext,
    value: object,
    name: str,
    source: ModuleSource | None,
    expected: Type | None,
    owner: object = None,
    declared: Type | None = None,
) -> Typed:
    """An object known at translation as a run-time value; `name` in `source`, or in the class `owner`, may declare its type."""
    if value is None or isinstance(value, (bool, int, float, str, bytes)):
        return constant(context, value, expected)
    prebuilt = context.translator.prebuilt
    if standard_module(type(value).__module__) and not isinstance(value, enum.Enum):
        module = standard_module(type(value).__module__)
        help = MODULES.get(module, "the standard library is there at import time only")
        raise context.error("library", f"`{name}` is an object of the standard module `{module}`", help)
    if isinstance(value, type):
        help = f"call it, or pass a function such as `lambda thing: isinstance(thing, {name})`"
        raise context.error("class-value", f"`{name}` is a class, which is no value at run time", help)
    if source is not None:
        declared = prebuilt.declared_type(source, name)
    if isinstance(owner, type):
        declared = prebuilt.declared_in_class(owner, name)
    if isinstance(declared, Optional):
        declared = declared.item
    if declared is None and not isinstance(value, PythonFunction):
        shown = prebuilt.type_of(value)
        declared = shown or without_none(expected)
    if is_lambda(value):
        declared = declared or without_none(expected)
    elif isinstance(value, PythonFunction):
        signature = context.translator.signature(context.translator.function_graph(value))
        declared = context.translator.table.function(signature.parameters, signature.result)
    if declared is None:
        raise context.error(
            "prebuilt-type",
            f"the type of the module-level `{name}` ({type(value).__name__}) cannot be told from its value",
            f"annotate it where it is defined: `{name}: T = ...`",
        ).because(*_definition(source, name))
    prebuilt.start_at(context.source.label(context.node, ""), name)
    try:
        return Typed(prebuilt.constant(value, declared), declared)
    except DialectError as error:
        if error.span.line > 0:
            raise
        raise context.error(error.code, error.message, error.help) from None


def _definition(source: ModuleSource | None, name: str) -> list[Label]:
    """Where a module-level name is defined."""
    value = None if source is None else source.assignments.get(name)
    return [] if value is None or source is None else [source.label(value, f"`{name}` is defined here")]


def without_none(type: Type | None) -> Type | None:
    return type.item if isinstance(type, Optional) else type


def join(context: FunctionContext, types: list[Type], expected: Type | None, nodes: Sequence[ast.AST] = ()) -> Type:
    """The one type of values that come together; `nodes` are where they come from."""
    result = types[0]
    for position, type in enumerate(types[1:], 1):
        joined = _join(context, result, type)
        if joined is None:
            if expected is not None:
                return expected
            message = f"{show_type(result)} and {show_type(type)} come together here, and no one type fits"
            help = "keep them apart, or make both objects of classes with a common base class"
            if not nodes:
                raise context.error("mixed", message, help)
            decided = context.source.label(nodes[0], f"{show_type(types[0])} was decided here")
            raise context.error("mixed", message, help, nodes[position]).because(decided)
        result = joined
    return result


def _join(context: FunctionContext, a: Type, b: Type) -> Type | None:
    table = context.translator.table
    joined = table.join(a, b)
    if joined is None and isinstance(a, Optional | FunctionType) and isinstance(b, Optional | FunctionType):
        inner_a = a.item if isinstance(a, Optional) else a
        inner_b = b.item if isinstance(b, Optional) else b
        if isinstance(inner_a, FunctionType) and isinstance(inner_b, FunctionType):
            if len(inner_a.parameters) == len(inner_b.parameters):  # converting the other to it says whether it fits
                return inner_a if a is inner_a and b is inner_b else table.optional(inner_a)
    return joined
