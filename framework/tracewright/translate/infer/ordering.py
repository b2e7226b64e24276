"""`sorted`, `list.sort`, `min` and `max`, with keys."""

from __future__ import annotations

import ast

from tracewright.core import operations as op
from tracewright.translate.flow.graph import Operand
from tracewright.translate.flow.types import BOOL, INT, NONE, Instance, Type
from tracewright.translate.infer import (
    builtin_calls,
    closures,
    comparison,
    comprehensions,
    constructors,
    operators,
    subscripts,
)
from tracewright.translate.infer.constants import join
from tracewright.translate.infer.context import FunctionContext
from tracewright.translate.infer.iteration import Item, over_value, whole
from tracewright.translate.infer.values import Typed, boolean, integer


def sort_list(context: FunctionContext, items: Typed, keywords: list[ast.keyword]) -> None:
    """Sort a list in place, as the arguments `key` and `reverse` say."""
    options = _options(context, keywords, "sort", ("key", "reverse"))
    backward = boolean(False)
    if "reverse" in options:
        backward = operators.truth(context, context.evaluate(options["reverse"]))  # type: ignore[assignment]
    if "key" in options and not _is_none(options["key"]):
        keys = keys_of(context, items, options["key"])
        context.library("list_order", "list_sort_by", [items, keys, Typed(backward, BOOL)])
    elif "reverse" in options:
        context.library("list_order", "list_sort", [items, Typed(backward, BOOL)])
    else:
        context.services.call_method(context, items, "sort", [])


def _options(
    context: FunctionContext, keywords: list[ast.keyword], name: str, known: tuple[str, ...]
) -> dict[str, ast.expr]:
    for keyword in keywords:
        if keyword.arg not in known:
            raise context.error("arguments", f"`{name}` takes no `{keyword.arg}` in the dialect", node=keyword.value)
    return {keyword.arg: keyword.value for keyword in keywords if keyword.arg is not None}


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def item_type(items: Typed) -> Type:
    """What the list holds."""
    assert isinstance(items.type, Instance)
    return items.type.layout.type_arguments[0]


def keys_of(context: FunctionContext, items: Typed, key: ast.expr) -> Typed:
    """A list with the key of each item."""
    function = closures.callable_of(context, key, (item_type(items),), None)
    result = function.type.result  # type: ignore[union-attr]
    keys = constructors.new_container(context, list, (result,))

    def body(item: Item) -> None:
        argument = context.conversions.convert(whole(context, item), function.type.parameters[0])  # type: ignore[union-attr]
        made = closures.call_value(context, function, [argument])
        context.services.call_method(context, keys, "append", [made])

    comprehensions.loop(context, over_value(context, items), body)
    return keys


def sorted_list(context: FunctionContext, node: ast.Call, wanted: Type | None) -> Typed:
    """`sorted(...)`."""
    if len(node.args) != 1:
        raise context.error("arguments", "`sorted` takes one positional argument")
    result = builtin_calls.as_list(context, node.args[0], wanted)
    sort_list(context, result, node.keywords)
    return result


def extreme(context: FunctionContext, node: ast.Call, expected: Type | None, largest: bool) -> Typed:
    """`min(...)` and `max(...)`: of some values, or of the items of one."""
    name = "max" if largest else "min"
    if len(node.args) == 1:
        return _extreme_item(context, node, expected, largest, name)
    options = _options(context, node.keywords, name, ("key",))
    if not node.args:
        raise context.error("arguments", f"`{name}` takes at least one argument")
    values = [context.conversions.not_none(context.evaluate(argument, expected)) for argument in node.args]
    wanted = join(context, [value.type for value in values], None)
    if "key" in options or len(values) > 16:
        items = constructors.make_list(
            context, wanted, [context.conversions.convert(value, wanted) for value in values]
        )
        return _chosen(context, items, keys_of(context, items, options["key"]) if options else items, None, largest)
    best = context.emission.write_new(context.conversions.convert(values[0], wanted), wanted)
    for value in values[1:]:
        current = Typed(context.builder.read(best), wanted)
        other = Typed(context.conversions.convert(value, wanted), wanted)
        is_better = comparison.less(context, current, other) if largest else comparison.less(context, other, current)
        better, after = context.emission.new_block(), context.emission.new_block()
        context.emission.branch(is_better, better, after)
        context.emission.start(better)
        context.builder.write(best, other.operand)
        context.emission.jump(after)
        context.emission.start(after)
    return Typed(context.builder.read(best), wanted)


def _extreme_item(context: FunctionContext, node: ast.Call, expected: Type | None, largest: bool, name: str) -> Typed:
    options = _options(context, node.keywords, name, ("key", "default"))
    items = builtin_calls.as_list(context, node.args[0], None)
    has_key = "key" in options and not _is_none(options["key"])
    keys = keys_of(context, items, options["key"]) if has_key else items
    return _chosen(context, items, keys, options.get("default"), largest)


def _chosen(context: FunctionContext, items: Typed, keys: Typed, default: ast.expr | None, largest: bool) -> Typed:
    item = item_type(items)
    position = context.library("list_order", "list_best", [keys, Typed(boolean(largest), BOOL)])
    found: Operand = context.emission.compute(op.INT_GE, position.operand, integer(0), type=BOOL)
    if default is None:
        context.emission.require(found, ValueError, f"{'max' if largest else 'min'}() arg is an empty sequence")
        return subscripts.get_item(context, items, Typed(position.operand, INT))
    other = context.evaluate(default, item)
    wanted = join(context, [item, other.type], None) if other.type is not item else item
    assert wanted is not NONE
    name = context.emission.write_new(context.conversions.convert(other, wanted), wanted)
    there, after = context.emission.new_block(), context.emission.new_block()
    context.emission.branch(found, there, after)
    context.emission.start(there)
    chosen = subscripts.get_item(context, items, Typed(position.operand, INT))
    context.builder.write(name, context.conversions.convert(chosen, wanted))
    context.emission.jump(after)
    context.emission.start(after)
    return Typed(context.builder.read(name), wanted)
