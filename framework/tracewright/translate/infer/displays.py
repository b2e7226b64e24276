"""Displays: `[a, *b]`, `(a, *b)`, `{a, *b}` and `{k: v, **d}`.

The item type is what is expected, or what the items say together. An empty display or a lambda among the items says nothing
of its own and does nothing yet, so it waits for the others: `[[1], []]` is a `list[list[int]]`.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence

from tracewright.translate.flow.types import INT, NONE, Instance, Type, show_type
from tracewright.translate.infer import builtin_calls, comprehensions, constructors, operators, tuples
from tracewright.translate.infer.arguments import says_nothing
from tracewright.translate.infer.constants import join, without_none
from tracewright.translate.infer.context import FunctionContext
from tracewright.translate.infer.iteration import Item, over_value, whole
from tracewright.translate.infer.values import Typed


def tuple_display(context: FunctionContext, node: ast.Tuple, expected: Type | None) -> Typed:
    """A tuple; what is spread into it must be a tuple too, for its length is known."""
    expected = without_none(expected)
    wanted: tuple[Type | None, ...] = (None,) * len(node.elts)
    if isinstance(expected, Instance) and context.translator.table.is_tuple(expected):
        if len(expected.layout.type_arguments) == len(node.elts):
            wanted = expected.layout.type_arguments
    items = []
    for element, want in zip(node.elts, wanted, strict=True):
        if isinstance(element, ast.Starred):
            help = "the length of a tuple is known at translation: use a list"
            items += tuples.spread(context, element, "a tuple", help)
            continue
        value = context.evaluate(element, want)
        if want is not None:
            value = Typed(context.conversions.convert(value, want, element), want)
        items.append(value)
    return constructors.make_tuple(context, items)


def list_display(context: FunctionContext, node: ast.List, expected: Type | None) -> Typed:
    """A list; without stars its array is made to measure."""
    item = _item_of(expected)
    if any(isinstance(element, ast.Starred) for element in node.elts):
        return _spread(context, node.elts, list, item, "append")
    values = evaluate_together(context, node.elts, item)
    if item is None:
        item = _joined(context, values, node.elts, "list")
    operands = [
        context.conversions.convert(value, item, element) for value, element in zip(values, node.elts, strict=True)
    ]
    return constructors.make_list(context, item, operands)


def repeated_item(context: FunctionContext, node: ast.List, times: ast.expr, expected: Type | None) -> Typed:
    """`[x] * times`: no list is made of the one item."""
    [element] = node.elts
    item = _item_of(expected)
    value = context.evaluate(element, item)
    count = context.evaluate(times)
    if item is None:
        item = _joined(context, [value], node.elts, "list")
    operand = context.conversions.convert(value, item, element)
    if count.type is not INT:
        return operators.binary(context, ast.Mult(), constructors.make_list(context, item, [operand]), count)
    return context.library("list_core", "filled", [Typed(operand, item), count])


def set_display(context: FunctionContext, node: ast.Set, expected: Type | None) -> Typed:
    """A set."""
    return _spread(context, node.elts, set, _item_of(expected), "add")


def dict_display(context: FunctionContext, node: ast.Dict, expected: Type | None) -> Typed:
    """A dict; later keys win."""
    expected = without_none(expected)
    key: Type | None = None
    item: Type | None = None
    if isinstance(expected, Instance) and len(expected.layout.type_arguments) == 2:
        key, item = expected.layout.type_arguments
    order = [i for i, each in enumerate(node.values) if not says_nothing(each)]
    order += [i for i, each in enumerate(node.values) if says_nothing(each)]
    pairs: dict[int, tuple[Typed | None, Typed]] = {}
    known = item
    for index in order:
        key_node, value_node = node.keys[index], node.values[index]
        if key_node is None:
            spread = _spread_dict(context, value_node, expected)
            pairs[index] = None, spread
            assert isinstance(spread.type, Instance)
            known = known or spread.type.layout.type_arguments[1]
            continue
        pair = context.evaluate(key_node, key), context.evaluate(value_node, known)
        pairs[index] = pair
        known = known or (None if pair[1].type is NONE else pair[1].type)
    if key is None or item is None:
        key = _joined(context, [_side(pairs[i], 0) for i in sorted(pairs)], [k or v for k, v in _nodes(node)], "dict")
        item = _joined(context, [_side(pairs[i], 1) for i in sorted(pairs)], node.values, "dict")
    result = constructors.new_container(context, dict, (key, item))
    for index in range(len(pairs)):
        left, right = pairs[index]
        if left is None:
            context.services.call_method(context, result, "update", [right])
        else:
            context.services.call_method(context, result, "__setitem__", [left, right])
    return result


def _nodes(node: ast.Dict) -> list[tuple[ast.expr | None, ast.expr]]:
    return list(zip(node.keys, node.values, strict=True))


def _side(pair: tuple[Typed | None, Typed], side: int) -> Typed:
    """The key or value of a pair; of a dict that is spread, a stand-in of the type that its keys or values have."""
    left, right = pair
    if left is not None:
        return (left, right)[side]
    assert isinstance(right.type, Instance)
    return Typed(right.operand, right.type.layout.type_arguments[side])


def _spread_dict(context: FunctionContext, node: ast.expr, expected: Type | None) -> Typed:
    value = context.conversions.not_none(context.evaluate(node, expected))
    if operators.container_kind(context, value.type) is not dict:
        raise context.error("type-mismatch", f"`**` spreads a dict, this is {show_type(value.type)}", node=node)
    return value


def evaluate_together(context: FunctionContext, nodes: Sequence[ast.expr], item: Type | None) -> list[Typed]:
    """The values of items of one type; those that say nothing about it last, with the type that the first other one has."""
    values: dict[int, Typed] = {}
    for index in sorted(range(len(nodes)), key=lambda index: says_nothing(nodes[index])):
        element = nodes[index]
        hint = item
        if item is None and says_nothing(element):
            hint = next((value.type for value in values.values() if value.type is not NONE), None)
        values[index] = context.evaluate(element, hint)
    return [values[index] for index in range(len(nodes))]


def _item_of(expected: Type | None) -> Type | None:
    expected = without_none(expected)
    if isinstance(expected, Instance) and expected.layout.type_arguments:
        return expected.layout.type_arguments[0]
    return None


def _joined(context: FunctionContext, values: list[Typed], nodes: Sequence[ast.expr], kind: str) -> Type:
    """The one type of the items."""
    if not values:
        help = "annotate: `d: dict[K, V] = {}`" if kind == "dict" else "annotate: `xs: list[T] = []`"
        raise context.error("empty-display", f"the type of this empty {kind} is not known", help)
    item = join(context, [value.type for value in values], None, nodes)
    if item is NONE:
        raise context.error(
            "empty-display", f"the item type of this {kind} is not known", f"annotate: `xs: {kind}[T] = ...`"
        )
    return item


def _spread(context: FunctionContext, nodes: list[ast.expr], kind: type, item: Type | None, add: str) -> Typed:
    """A list or set, some of whose items may be spread out of something else. All are evaluated before any is added."""
    values = []
    for node in nodes:
        inner = node.value if isinstance(node, ast.Starred) else node
        values.append(
            builtin_calls.as_list(context, inner, item) if inner is not node else context.evaluate(node, item)
        )
    if item is None:
        kinds = [Typed(v.operand, _each(v, node)) for v, node in zip(values, nodes, strict=True)]
        item = _joined(context, kinds, nodes, kind.__name__)
    result = constructors.new_container(context, kind, (item,))
    for value, node in zip(values, nodes, strict=True):
        if isinstance(node, ast.Starred):
            add_each(context, result, add, value)
        else:
            context.services.call_method(
                context, result, add, [Typed(context.conversions.convert(value, item, node), item)]
            )
    return result


def _each(value: Typed, node: ast.expr) -> Type:
    if not isinstance(node, ast.Starred):
        return value.type
    assert isinstance(value.type, Instance)
    return value.type.layout.type_arguments[0]


def add_each(context: FunctionContext, result: Typed, add: str, values: Typed) -> None:
    """Add the items of a list to a list or set."""

    def body(item: Item) -> None:
        context.services.call_method(context, result, add, [whole(context, item)])

    comprehensions.loop(context, over_value(context, values), body)
