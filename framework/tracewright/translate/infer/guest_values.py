"""Guest values: the methods of `Value`, and how one is made."""

from __future__ import annotations

from typing import Final

from tracewright.core import operations as op
from tracewright.translate.flow.types import BOOL, FLOAT, INT, OBJECT, VALUE, Instance, Type, show_type
from tracewright.translate.infer.context import FunctionContext
from tracewright.translate.infer.values import Typed, integer

_VALUE_OPERATIONS: Final[dict[str, tuple[int, Type]]] = {
    "is_int": (op.VALUE_IS_INT, BOOL),
    "is_float": (op.VALUE_IS_FLOAT, BOOL),
    "is_object": (op.VALUE_IS_OBJECT, BOOL),
    "as_int": (op.VALUE_AS_INT, INT),
    "as_small_int": (op.VALUE_SMALL, INT),
    "as_float": (op.VALUE_FLOAT, FLOAT),
}


def value_method(context: FunctionContext, receiver: Typed, name: str, arguments: list[Typed]) -> Typed:
    """Methods of a guest value."""
    row = _VALUE_OPERATIONS.get(name)
    if row is not None:
        return Typed(context.emission.emit(row[0], [receiver.operand], row[1]), row[1])
    match name:
        case "as_object":
            return Typed(receiver.operand, OBJECT)
        case "same":
            other = context.conversions.convert(arguments[0], VALUE)
            return Typed(context.emission.emit(op.REF_EQ, [receiver.operand, other], BOOL), BOOL)
        case "is_bool":
            word = context.emission.emit(op.WORD_OF, [receiver.operand], INT)
            masked = context.emission.compute(op.INT_AND, word, integer(~8))
            return Typed(context.emission.compute(op.INT_EQ, masked, integer(16), type=BOOL), BOOL)
        case "as_bool":
            word = context.emission.emit(op.WORD_OF, [receiver.operand], INT)
            bit = context.emission.compute(op.INT_RSHIFT, word, integer(3))
            return Typed(context.emission.compute(op.INT_AND, bit, integer(1), type=BOOL), BOOL)
        case _:
            raise context.error("method", f"Value has no method `{name}` when translated")


def value_constructor(context: FunctionContext, name: str, argument: Typed) -> Typed:
    """`Value.of_int(x)` and the like."""
    match name:
        case "of_int":
            return Typed(
                context.emission.emit(op.VALUE_OF_INT, [context.conversions.convert(argument, INT)], VALUE), VALUE
            )
        case "of_small_int":
            return Typed(
                context.emission.emit(op.VALUE_OF_SMALL, [context.conversions.convert(argument, INT)], VALUE), VALUE
            )
        case "of_float":
            return Typed(
                context.emission.emit(op.VALUE_OF_FLOAT, [context.conversions.convert(argument, FLOAT)], VALUE), VALUE
            )
        case "of_bool":
            bit = context.emission.compute(op.INT_LSHIFT, context.conversions.convert(argument, BOOL), integer(3))
            return Typed(
                context.emission.emit(op.REF_OF, [context.emission.compute(op.INT_ADD, bit, integer(16))], VALUE), VALUE
            )
        case "of_object":
            value = context.conversions.not_none(argument)
            if not isinstance(value.type, Instance) and value.type is not OBJECT:
                raise context.error("value", f"{show_type(value.type)} is no object that a Value can hold")
            return Typed(value.operand, VALUE)
        case _:
            raise context.error("method", f"`Value.{name}` is not known")
