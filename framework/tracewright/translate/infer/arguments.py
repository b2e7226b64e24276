"""Arguments of a call matched with parameters: order, keywords, defaults, type variables."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import TypeVar

from tracewright.translate.infer.annotations import TypeScope
from tracewright.translate.infer.constants import from_object
from tracewright.translate.infer.context import FunctionContext, Typed
from tracewright.translate.infer.signatures import Definition, Parameter
from tracewright.translate.infer.sources import MISSING, ModuleSource
from tracewright.translate.infer.types import NONE, OBJECT, Type

# Source of an argument: an expression still to be translated, or a value the translator already has.
Argument = ast.expr | Typed


def from_call(context: FunctionContext, node: ast.Call) -> tuple[list[Argument], dict[str, Argument]]:
    """Positional and keyword arguments as written."""
    for argument in node.args:
        if isinstance(argument, ast.Starred):
            raise context.error("star-arguments", "`*` in a call is not in the dialect", node=argument)
    keywords: dict[str, Argument] = {}
    for keyword in node.keywords:
        if keyword.arg is None:
            raise context.error("star-arguments", "`**` in a call is not in the dialect", node=keyword.value)
        keywords[keyword.arg] = keyword.value
    return list(node.args), keywords


def match_parameters(
    context: FunctionContext,
    name: str,
    parameters: Sequence[Parameter],
    positional: Sequence[Argument],
    keywords: dict[str, Argument],
) -> list[Argument | None]:
    """For each parameter its argument, or None where the default is used."""
    slots: list[Argument | None] = [None] * len(parameters)
    places = [index for index, parameter in enumerate(parameters) if not parameter.keyword_only]
    if len(positional) > len(places):
        raise context.error(
            "arguments", f"`{name}` takes {len(places)} positional arguments, here are {len(positional)}"
        )
    for index, argument in zip(places, positional, strict=False):
        slots[index] = argument
    for keyword, argument in keywords.items():
        index = next((i for i, parameter in enumerate(parameters) if parameter.name == keyword), -1)
        if index < 0 or slots[index] is not None:
            raise context.error("arguments", f"`{name}` cannot take the keyword argument `{keyword}` here")
        slots[index] = argument
    for parameter, slot in zip(parameters, slots, strict=True):
        if slot is None and parameter.default is MISSING:
            raise context.error("arguments", f"`{name}` needs an argument for `{parameter.name}`")
    return slots


def evaluate_arguments(
    context: FunctionContext,
    definition: Definition,
    slots: list[Argument | None],
    environment: dict[TypeVar, Type],
) -> list[Typed]:
    """Translate the arguments in the order written, learning type variables as they come; `slots` leaves out the receiver."""
    parameters = definition.parameters[1:] if definition.has_receiver else definition.parameters
    source = definition.source
    values: list[Typed | None] = [None] * len(slots)
    order = [index for index, slot in enumerate(slots) if slot is not None]
    order.sort(key=lambda index: (_is_empty_display(slots[index]), *_position(slots[index])))
    for index in order:
        slot = slots[index]
        assert slot is not None
        annotation = parameters[index].annotation
        assert annotation is not None
        wanted = known_type(context, annotation, source, environment, definition)
        value = slot if isinstance(slot, Typed) else context.evaluate(slot, wanted)
        if wanted is None:
            context.translator.annotations.match(annotation, value.type, source, environment)
        else:
            place = slot if isinstance(slot, ast.expr) else None
            value = Typed(context.convert(value, wanted, place), wanted)
        values[index] = value
    result = []
    for index, found in enumerate(values):
        annotation = parameters[index].annotation
        assert annotation is not None
        wanted = known_type(context, annotation, source, environment, definition)
        if wanted is None:
            raise context.error(
                "type-arguments",
                f"the type arguments of `{definition.node.name}` cannot be told from this call",
                "annotate the variable that the result is assigned to",
            )
        if found is None:
            default = from_object(context, parameters[index].default, parameters[index].name, None, wanted)
            result.append(Typed(context.convert(default, wanted), wanted))
        else:
            result.append(Typed(context.convert(found, wanted), wanted))
    return result


def _is_empty_display(slot: Argument | None) -> bool:
    """An empty list or dict has no effect and no type of its own, so the other arguments go first."""
    match slot:
        case ast.List(elts=[]) | ast.Dict(keys=[]):
            return True
        case _:
            return False


def _position(slot: Argument | None) -> tuple[int, int]:
    return (slot.lineno, slot.col_offset) if isinstance(slot, ast.expr) and hasattr(slot, "lineno") else (0, 0)


def known_type(
    context: FunctionContext,
    annotation: ast.expr,
    source: ModuleSource,
    environment: dict[TypeVar, Type],
    definition: Definition,
) -> Type | None:
    """The annotation's type, or None while it depends on a type variable that is not known yet."""
    if definition.type_variables:
        for inner in ast.walk(annotation):
            if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
                if any(v.__name__ in inner.value and v not in environment for v in definition.type_variables):
                    return None
            if isinstance(inner, ast.Name):
                meaning = source.lookup(inner.id)
                if isinstance(meaning, TypeVar) and environment.get(meaning, NONE) is NONE:
                    return None
    return context.translator.annotations.resolve(annotation, TypeScope(source, environment))


def learn_from_expected(
    context: FunctionContext, definition: Definition, expected: Type | None, environment: dict[TypeVar, Type]
) -> None:
    """Learn type variables from the type that the call's result should have."""
    returns = definition.node.returns
    if expected is None or expected is OBJECT or returns is None:
        return
    if definition.type_variables:
        context.translator.annotations.match(returns, expected, definition.source, environment)
