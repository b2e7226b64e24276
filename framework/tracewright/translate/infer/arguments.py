"""Arguments of a call matched with parameters: order, keywords, defaults, type variables."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import TypeVar

from tracewright.translate.flow.graph import Operand
from tracewright.translate.flow.types import NONE, OBJECT, Type
from tracewright.translate.infer import explain, tuples
from tracewright.translate.infer.advice import nearest
from tracewright.translate.infer.annotations import FUNCTION_ORIGINS, TypeScope
from tracewright.translate.infer.constants import from_object
from tracewright.translate.infer.context import FunctionContext
from tracewright.translate.infer.signatures import Definition, Parameter
from tracewright.translate.infer.sources import MISSING, ModuleSource
from tracewright.translate.infer.values import Typed

# Source of an argument: an expression still to be translated, or a value the translator already has.
Argument = ast.expr | Typed


def from_call(context: FunctionContext, node: ast.Call) -> tuple[list[Argument], dict[str, Argument]]:
    """Positional and keyword arguments as written. Where a tuple is spread, it and what stands before it is evaluated now."""
    spread_until = max((at for at, each in enumerate(node.args) if isinstance(each, ast.Starred)), default=-1)
    positional: list[Argument] = []
    for at, argument in enumerate(node.args):
        if isinstance(argument, ast.Starred):
            help = "the number of arguments is known at translation: write them out"
            positional += tuples.spread(context, argument, "the arguments of a call", help)
        elif at < spread_until and not says_nothing(argument):
            positional.append(context.evaluate(argument))
        else:
            positional.append(argument)
    keywords: dict[str, Argument] = {}
    for keyword in node.keywords:
        if keyword.arg is None:
            raise context.error(
                "star-arguments", "`**` in a call is not in the dialect", "write the arguments out", keyword.value
            )
        keywords[keyword.arg] = keyword.value
    return positional, keywords


def plain_arguments(context: FunctionContext, node: ast.Call, least: int, most: int) -> list[ast.expr]:
    """The positional arguments of a built-in function that takes no others."""
    name = ast.unparse(node.func)
    if node.keywords:
        raise context.error(
            "arguments", f"`{name}` takes no `{node.keywords[0].arg}` in the dialect", node=node.keywords[0].value
        )
    if not least <= len(node.args) <= most:
        takes = explain.counted(most, "argument") if least == most else f"{least} to {most} arguments"
        help = ""
        if name in ("min", "max"):
            takes, help = "two or more values", "for the items of a list, write a loop"
        raise context.error("arguments", f"`{name}` takes {takes}, here {explain.are(len(node.args))}", help)
    return node.args


def match_parameters(
    context: FunctionContext,
    name: str,
    parameters: Sequence[Parameter],
    positional: Sequence[Argument],
    keywords: dict[str, Argument],
    definition: Definition | None = None,
) -> list[Argument | None]:
    """For each parameter its argument, or None where the default is used."""
    why = [] if definition is None else explain.definition_label(definition, name)
    slots: list[Argument | None] = [None] * len(parameters)
    places = [index for index, parameter in enumerate(parameters) if not parameter.keyword_only]
    if len(positional) > len(places):
        takes = f"`{name}` takes {explain.counted(len(places), 'positional argument')}"
        place = positional[len(places)]
        at = place if isinstance(place, ast.expr) else None
        raise context.error("arguments", f"{takes}, here {explain.are(len(positional))}", node=at).because(*why)
    for index, argument in zip(places, positional, strict=False):
        slots[index] = argument
    for keyword, argument in keywords.items():
        index = next((i for i, parameter in enumerate(parameters) if parameter.name == keyword), -1)
        at = argument if isinstance(argument, ast.expr) else None
        if index < 0:
            help = nearest(keyword, [parameter.name for parameter in parameters])
            raise context.error("arguments", f"`{name}` has no parameter `{keyword}`", help, at).because(*why)
        if slots[index] is not None:
            raise context.error("arguments", f"`{name}` gets `{keyword}` twice here", node=at).because(*why)
        slots[index] = argument
    for parameter, slot in zip(parameters, slots, strict=True):
        if slot is None and parameter.default is MISSING:
            raise context.error("arguments", f"`{name}` needs an argument for `{parameter.name}`").because(*why)
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
    order.sort(key=lambda index: (says_nothing(slots[index]), *position_of(slots[index])))
    for index in order:
        slot = slots[index]
        assert slot is not None
        annotation = parameters[index].annotation
        assert annotation is not None
        wanted = known_type(context, annotation, source, environment, definition)
        value = (
            slot if isinstance(slot, Typed) else _evaluate(context, slot, annotation, wanted, definition, environment)
        )
        if wanted is None:
            context.translator.annotations.match(annotation, value.type, source, environment)
        else:
            operand = context.conversions.try_convert(value, wanted)
            if operand is None:
                place = slot if isinstance(slot, ast.expr) else None
                why = explain.parameter_label(definition, parameters[index].name, wanted)
                raise explain.mismatch(context, value.type, wanted, place, *why)
            value = Typed(operand, wanted)
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
            result.append(Typed(context.conversions.convert(default, wanted), wanted))
        else:
            result.append(Typed(context.conversions.convert(found, wanted), wanted))
    return result


def _evaluate(
    context: FunctionContext,
    slot: ast.expr,
    annotation: ast.expr,
    wanted: Type | None,
    definition: Definition,
    environment: dict[TypeVar, Type],
) -> Typed:
    """Translate an argument; of a function the result may be unknown yet: `apply(xs, lambda x: x + 1)` tells it."""
    match annotation:
        case ast.Subscript(value=origin, slice=ast.Tuple(elts=[ast.List(elts=items), result])):
            if context.translator.annotations.static(origin, definition.source) in FUNCTION_ORIGINS:
                scope = definition.source
                types = [known_type(context, item, scope, environment, definition) for item in items]
                known = tuple(type for type in types if type is not None)
                if len(known) == len(types):
                    gives = known_type(context, result, scope, environment, definition)
                    return context.services.function_value(context, slot, known, gives)
    return context.evaluate(slot, wanted)


def argument_as(context: FunctionContext, argument: Argument, wanted: Type) -> Operand:
    """The argument as a value of the wanted type."""
    return (
        context.conversions.convert(argument, wanted)
        if isinstance(argument, Typed)
        else context.evaluate_as(argument, wanted)
    )


def in_order_written(slots: Sequence[Argument | None]) -> list[int]:
    """The numbers of the slots that are given, in the order in which Python evaluates them."""
    given = [index for index, slot in enumerate(slots) if slot is not None]
    return sorted(given, key=lambda index: position_of(slots[index]))


def says_nothing(slot: Argument | None) -> bool:
    """An empty list or dict or a lambda has no effect and no type of its own, so what stands beside it goes first."""
    match slot:
        case ast.List(elts=[]) | ast.Dict(keys=[]) | ast.Lambda():
            return True
        case _:
            return False


def position_of(slot: Argument | None) -> tuple[int, int]:
    """Where the argument is written; arguments are evaluated in this order."""
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
