"""The parts of function translation put together."""

from __future__ import annotations

from tracewright.translate.flow.types import Type
from tracewright.translate.infer import calls, closures, conditions, constructors, expressions, statements
from tracewright.translate.infer.context import FunctionContext, Services
from tracewright.translate.infer.values import Typed


def _construct(context: FunctionContext, cls: type, arguments: list[Typed], expected: Type | None) -> Typed:
    return constructors.construct(context, cls, list(arguments), {}, expected)


def services() -> Services:
    """The mutually recursive parts of `infer`."""
    return Services(
        evaluate=expressions.evaluate,
        condition=conditions.condition,
        statements=statements.statements,
        call_function=calls.call_function,
        call_method=calls.call_method,
        construct=_construct,
        assign=statements.assign,
        function_value=closures.callable_of,
    )
