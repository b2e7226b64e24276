"""Functions that mean something to the translator itself: the tracing API, casts, generic and raw-memory helpers."""

from __future__ import annotations

import ast
import dataclasses
import typing
from collections.abc import Callable, Sequence
from types import FunctionType as PythonFunction
from typing import Final

from tracewright.core import arrays, cast, generic, memory
from tracewright.core import operations as op
from tracewright.core.value import Value
from tracewright.hints import JitDriver, isconstant, promote, promote_few, we_are_jitted
from tracewright.translate.flow.graph import Constant, CSymbol, Instruction, Variable
from tracewright.translate.flow.types import (
    BOOL,
    INT,
    NONE,
    OBJECT,
    VALUE,
    Instance,
    Type,
    kind_of,
    show_type,
)
from tracewright.translate.flow.zero import ZERO_OF_KIND
from tracewright.translate.infer import builtin_calls, comparison, constructors, error_texts, guest_values
from tracewright.translate.infer.advice import nearest
from tracewright.translate.infer.arguments import Argument, from_call
from tracewright.translate.infer.context import FunctionContext
from tracewright.translate.infer.values import NONE_CONSTANT, Typed, null

_RED_GREEN: Final = ("code", "pc", "stack", "base", "bottom")


def driver_call(context: FunctionContext, node: ast.Call, driver: JitDriver, name: str) -> Typed:
    """`driver.jit_merge_point(...)` and its sisters."""
    context.translator.prebuilt.add(driver, OBJECT)
    positional, keywords = from_call(context, node)
    match name:
        case "jit_merge_point" | "can_enter_jit":
            arguments = dict(zip(_RED_GREEN, positional, strict=False)) | keywords
            _check_names(context, name, arguments)
            nodes = [arguments[each] for each in _RED_GREEN]
            for variable, value in zip(_RED_GREEN, nodes, strict=True):
                if not isinstance(value, ast.Name) or context.locals.read(value.id) is None:
                    message = f"`{variable}` of `{name}` must be a local variable"
                    help = "compiled code gives these variables new values: assign the value to a local first"
                    raise context.error("jit-driver", message, help, value if isinstance(value, ast.expr) else None)
            if name == "can_enter_jit":
                return _enter_jit(context, driver, nodes)
            operands = [context.evaluate(each).operand for each in nodes if isinstance(each, ast.expr)]
            context.graph.portal = driver
            context.emission.emit(op.MERGE_POINT, operands, NONE, driver)
            return Typed(NONE_CONSTANT, NONE)
        case "call_separately":
            argument = node.args[0] if positional else keywords["callee"]
            assert isinstance(argument, ast.expr)
            callee = context.conversions.not_none(context.evaluate(argument))
            return Typed(context.emission.emit(op.CALL_SEPARATELY, [callee.operand], BOOL, driver), BOOL)
        case _:
            raise context.error("jit-driver", f"a JitDriver has no `{name}`")


def _check_names(context: FunctionContext, name: str, arguments: dict[str, Argument]) -> None:
    """The driver's calls take exactly its variables."""
    takes = f"`{name}` takes {', '.join(_RED_GREEN)}"
    for given, value in arguments.items():
        if given not in _RED_GREEN:
            place = value if isinstance(value, ast.expr) else None
            missing = [each for each in _RED_GREEN if each not in arguments]
            raise context.error("jit-driver", f"{takes}: there is no `{given}`", nearest(given, missing), place)
    missing = [each for each in _RED_GREEN if each not in arguments]
    if missing:
        raise context.error("jit-driver", f"{takes}: `{missing[0]}` is missing")


def _enter_jit(context: FunctionContext, driver: JitDriver, nodes: Sequence[object]) -> Typed:
    names = []
    operands = []
    for node in nodes:
        assert isinstance(node, ast.Name) and context.locals.read(node.id) is not None
        names.append(context.locals.name(node.id))
        operands.append(context.builder.read(names[-1]))
    changed = (names[0], names[1], names[3])  # code, pc, base
    results = [
        Variable(context.locals.declared[each], kind_of(context.locals.declared[each]), each) for each in changed
    ]
    instruction = Instruction(op.ENTER_JIT, operands, None, context.span, driver, results=results)
    context.emission.append(instruction)
    for name, result in zip(changed, results, strict=True):
        context.emission.facts.forget_path((name,))
        context.builder.write(name, result)
    return Typed(NONE_CONSTANT, NONE)


# --- hints and casts ---


def _promote(context: FunctionContext, node: ast.Call, expected: Type | None) -> Typed:
    value = context.evaluate(node.args[0], expected)
    return Typed(context.emission.emit(op.PROMOTE, [value.operand], value.type), value.type)


def _promote_few(context: FunctionContext, node: ast.Call, expected: Type | None) -> Typed:
    value = context.evaluate(node.args[0], expected)
    return Typed(context.emission.emit(op.PROMOTE_FEW, [value.operand], value.type), value.type)


def _isconstant(context: FunctionContext, node: ast.Call, expected: Type | None) -> Typed:
    value = context.evaluate(node.args[0])
    return Typed(context.emission.emit(op.IS_CONSTANT, [value.operand], BOOL), BOOL)


def _we_are_jitted(context: FunctionContext, node: ast.Call, expected: Type | None) -> Typed:
    return Typed(context.emission.emit(op.WE_ARE_JITTED, [], BOOL), BOOL)


def _cast(context: FunctionContext, node: ast.Call, expected: Type | None) -> Typed:
    wanted = context.translator.annotations.resolve(node.args[0], context.scope)
    value = context.evaluate(node.args[1], wanted)
    if kind_of(wanted) != kind_of(value.type):
        raise context.error("cast", f"{show_type(value.type)} cannot be seen as {show_type(wanted)}")
    return Typed(value.operand, wanted)


# --- generic helpers ---


def _equal(context: FunctionContext, node: ast.Call, expected: Type | None) -> Typed:
    left, right = (context.evaluate(argument) for argument in node.args)
    return Typed(comparison.item_equal(context, left, right), BOOL)


def _message_of(context: FunctionContext, node: ast.Call, expected: Type | None) -> Typed:
    return error_texts.message(context, context.evaluate(node.args[0]))


def _replace(context: FunctionContext, node: ast.Call, expected: Type | None) -> Typed:
    positional, keywords = from_call(context, node)
    if len(positional) != 1:
        raise context.error("arguments", "`replace` takes one object, and the fields to change by name")
    return constructors.replaced(context, context.evaluate(node.args[0]), keywords)


def _shown_in_error(context: FunctionContext, node: ast.Call, expected: Type | None) -> Typed:
    return error_texts.shown_in_error(context, context.evaluate(node.args[0]))


def _key_error(context: FunctionContext, node: ast.Call, expected: Type | None) -> Typed:
    return error_texts.key_error(context, context.evaluate(node.args[0]))


def _text_of(context: FunctionContext, node: ast.Call, expected: Type | None) -> Typed:
    return builtin_calls.to_repr(context, context.evaluate(node.args[0]))


def _hash_of(context: FunctionContext, node: ast.Call, expected: Type | None) -> Typed:
    return Typed(comparison.hash_of(context, context.evaluate(node.args[0])), INT)


def _less(context: FunctionContext, node: ast.Call, expected: Type | None) -> Typed:
    left, right = (context.evaluate(argument) for argument in node.args)
    return Typed(comparison.less(context, left, right), BOOL)


def _item_type(context: FunctionContext, node: ast.Call, name: str) -> Type:
    sample = context.evaluate(node.args[0])
    item = sample.type.layout.item if isinstance(sample.type, Instance) else None
    if item is None:
        raise context.error("zero-of", f"`{name}` takes an Array, this is {show_type(sample.type)}")
    return item


def _keeps_alive(context: FunctionContext, node: ast.Call, expected: Type | None) -> Typed:
    return Typed(Constant(kind_of(_item_type(context, node, "keeps_alive")) == "r", "i", BOOL), BOOL)


def _zero_of(context: FunctionContext, node: ast.Call, expected: Type | None) -> Typed:
    item = _item_type(context, node, "zero_of")
    if item is VALUE:
        return Typed(Constant(Value.UNDEFINED, "r", VALUE), VALUE)
    kind = kind_of(item)
    return Typed(Constant(ZERO_OF_KIND[kind], kind, item), item)


# --- arrays without checks ---


def _array(context: FunctionContext, node: ast.expr) -> tuple[Typed, Type]:
    value = context.conversions.not_none(context.evaluate(node))
    if not isinstance(value.type, Instance) or value.type.layout.item is None:
        raise context.error("array", f"this must be an Array, it is {show_type(value.type)}")
    return value, value.type.layout.item


def _unchecked_get(context: FunctionContext, node: ast.Call, expected: Type | None) -> Typed:
    array, item = _array(context, node.args[0])
    index = context.evaluate_as(node.args[1], INT)
    assert isinstance(array.type, Instance)
    return Typed(context.emission.emit(op.LOAD_ITEM, [array.operand, index], item, array.type.layout), item)


def _unchecked_set(context: FunctionContext, node: ast.Call, expected: Type | None) -> Typed:
    array, item = _array(context, node.args[0])
    index = context.evaluate_as(node.args[1], INT)
    value = context.evaluate_as(node.args[2], item)
    assert isinstance(array.type, Instance)
    context.emission.emit(op.STORE_ITEM, [array.operand, index, value], NONE, array.type.layout)
    return Typed(NONE_CONSTANT, NONE)


# --- raw memory ---


def _address_of(context: FunctionContext, node: ast.Call, expected: Type | None) -> Typed:
    value = context.evaluate(node.args[0])
    operand = null(OBJECT) if value.type is NONE else value.operand
    return Typed(context.emission.emit(op.WORD_OF, [operand], INT), INT)


def _object_at(context: FunctionContext, node: ast.Call, expected: Type | None) -> Typed:
    wanted = context.translator.annotations.resolve(node.args[0], context.scope)
    address = context.evaluate_as(node.args[1], INT)
    return Typed(context.emission.emit(op.REF_OF, [address], wanted), wanted)


def _call_native(context: FunctionContext, node: ast.Call, expected: Type | None) -> Typed:
    operands = [context.evaluate_as(argument, INT) for argument in node.args]
    type = context.translator.table.function((INT,) * (len(operands) - 1), INT)
    return Typed(context.emission.emit(op.CALL_POINTER, operands, INT, type), INT)


def _symbol_address(context: FunctionContext, node: ast.Call, expected: Type | None) -> Typed:
    value = context.evaluate(node.args[0])
    name = value.operand.value if isinstance(value.operand, Constant) else None
    if not isinstance(name, str):
        raise context.error("symbol", "the name of a symbol must be a constant")
    return Typed(Constant(CSymbol(name), "i", INT), INT)


def _function_address(context: FunctionContext, node: ast.Call, expected: Type | None) -> Typed:
    function = context.locals.static(node.args[0])
    if not isinstance(function, PythonFunction):
        raise context.error("function-address", "this must be the name of a module-level function")
    return Typed(Constant(context.translator.prebuilt.function(function), "i", INT), INT)


def _value_of(name: str) -> Callable[[FunctionContext, ast.Call, Type | None], Typed]:
    def make(context: FunctionContext, node: ast.Call, expected: Type | None) -> Typed:
        return guest_values.value_constructor(context, name, context.evaluate(node.args[0]))

    return make


Special = Callable[[FunctionContext, ast.Call, "Type | None"], Typed]
SPECIAL: Final[dict[object, Special]] = {
    promote: _promote,
    promote_few: _promote_few,
    isconstant: _isconstant,
    we_are_jitted: _we_are_jitted,
    cast.unsafe_cast: _cast,
    typing.cast: _cast,
    generic.equal: _equal,
    generic.hash_of: _hash_of,
    generic.less: _less,
    generic.text_of: _text_of,
    dataclasses.replace: _replace,
    generic.key_error: _key_error,
    generic.shown_in_error: _shown_in_error,
    generic.message_of: _message_of,
    generic.zero_of: _zero_of,
    generic.keeps_alive: _keeps_alive,
    arrays.unchecked_get: _unchecked_get,
    arrays.unchecked_set: _unchecked_set,
    memory.address_of: _address_of,
    memory.object_at: _object_at,
    memory.call_native: _call_native,
    memory.symbol_address: _symbol_address,
    memory.function_address: _function_address,
    Value.of_int: _value_of("of_int"),
    Value.of_small_int: _value_of("of_small_int"),
    Value.of_float: _value_of("of_float"),
    Value.of_bool: _value_of("of_bool"),
    Value.of_object: _value_of("of_object"),
}
