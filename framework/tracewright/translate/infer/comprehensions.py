"""Comprehensions, and the built-ins that consume them: loops that collect."""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection, Sequence

from tracewright.translate.flow.graph import Block
from tracewright.translate.flow.types import BOOL, NEVER, Instance, Optional, Type
from tracewright.translate.infer import constructors, operators
from tracewright.translate.infer.assigned import target_names
from tracewright.translate.infer.captures import taken_along
from tracewright.translate.infer.constants import join
from tracewright.translate.infer.context import FunctionContext
from tracewright.translate.infer.facts import Facts
from tracewright.translate.infer.iteration import Item, Iteration, assign_item, is_lazy, iterate, over_value, whole
from tracewright.translate.infer.values import Typed, boolean

__all__ = ["collect", "collect_each", "collect_value", "first", "is_lazy", "quantify"]


def list_comprehension(context: FunctionContext, node: ast.ListComp, expected: Type | None) -> Typed:
    return collect(context, node.generators, node.elt, _arguments(expected, 1)[0])


def set_comprehension(context: FunctionContext, node: ast.SetComp, expected: Type | None) -> Typed:
    return _collect(context, node.generators, set, [node.elt], _arguments(expected, 1), "add")


def dict_comprehension(context: FunctionContext, node: ast.DictComp, expected: Type | None) -> Typed:
    return _collect(context, node.generators, dict, [node.key, node.value], _arguments(expected, 2), "__setitem__")


def _arguments(expected: Type | None, count: int) -> list[Type | None]:
    if isinstance(expected, Optional):
        expected = expected.item
    if isinstance(expected, Instance) and len(expected.layout.type_arguments) == count:
        return list(expected.layout.type_arguments)
    return [None] * count


def collect(
    context: FunctionContext, generators: list[ast.comprehension], element: ast.expr, item: Type | None
) -> Typed:
    """A list of the element for every round of the generators."""
    return _collect(context, generators, list, [element], [item], "append")


def _collect(
    context: FunctionContext,
    generators: list[ast.comprehension],
    kind: type,
    parts: list[ast.expr],
    wanted: list[Type | None],
    add: str,
) -> Typed:
    renamed = dict(context.locals.renamed)
    iteration = iterate(context, generators[0].iter)
    _name_targets(context, generators, parts)
    changed = _named_in(context, [*generators, *parts])

    def body(collect_item: Callable[[list[Typed]], None]) -> Callable[[Item], None]:
        def run(item: Item) -> None:
            again = context.emission.new_block()
            _rounds(context, generators, item, again, changed, lambda: collect_item([
                context.evaluate(part, want) for part, want in zip(parts, wanted, strict=True)
            ]))  # fmt: skip
            context.emission.jump(again)
            context.emission.start(again)

        return run

    result = _gather(context, iteration, kind, wanted, add, body, changed)
    context.locals.renamed = renamed
    return result


def _name_targets(context: FunctionContext, generators: list[ast.comprehension], parts: list[ast.expr]) -> None:
    """Give the targets names of their own; those that functions inside take along live in cells, new in each run."""
    taken = taken_along([*generators, *parts])
    for generator in generators:
        for name in target_names(generator.target):
            context.locals.renamed = {**context.locals.renamed, name: f"{name}%{context.emission.temporaries}"}
            context.emission.temporaries += 1
            if name in taken:
                context.locals.reserve_cell(context.locals.renamed[name])


def _rounds(
    context: FunctionContext,
    generators: list[ast.comprehension],
    item: Item,
    again: Block,
    changed: Collection[str],
    inside: Callable[[], None],
) -> None:
    """The rest of the generators, nested; `item` is the element of the first."""
    generator = generators[0]
    assign_item(context, generator.target, item)
    for test in generator.ifs:
        passed = context.emission.new_block()
        context.services.condition(context, test, passed, again)
        context.emission.start(passed)
    if not context.emission.reachable:
        return
    if len(generators) == 1:
        inside()
        return

    def nested(inner: Item) -> None:
        inner_again = context.emission.new_block()
        _rounds(context, generators[1:], inner, inner_again, changed, inside)
        context.emission.jump(inner_again)
        context.emission.start(inner_again)

    loop(context, iterate(context, generators[1].iter), nested, changed)


def _named_in(context: FunctionContext, nodes: Sequence[ast.AST]) -> set[str]:
    """The locals that `:=` assigns somewhere in a comprehension."""
    inside = [inner for node in nodes for inner in ast.walk(node)]
    return {context.locals.name(inner.target.id) for inner in inside if isinstance(inner, ast.NamedExpr)}


def loop(
    context: FunctionContext,
    iteration: Iteration,
    body: Callable[[Item], None],
    changed: Collection[str] = (),
) -> None:
    """A loop whose body assigns no more than these locals of all that were there before."""
    head, inside, after = context.emission.new_block(), context.emission.new_block(), context.emission.new_block()
    context.emission.jump(head)
    context.emission.start(head, seal=False)
    context.emission.facts.forget_memory()
    context.emission.facts.forget_assigned(changed, ())
    context.emission.branch(iteration.test(), inside, after)
    context.emission.start(inside)
    body(iteration.item())
    iteration.advance()
    context.emission.jump(head)
    context.builder.seal(head)
    context.emission.start(after)


def _gather(
    context: FunctionContext,
    iteration: Iteration,
    kind: type,
    wanted: list[Type | None],
    add: str,
    make_body: Callable[[Callable[[list[Typed]], None]], Callable[[Item], None]],
    changed: Collection[str],
) -> Typed:
    """Loop and add to a container, which is made before the loop but typed by what the loop adds.

    The block before the loop stays open meanwhile: nothing in the head is read before its element has been seen.
    """
    before, facts = context.builder.block, context.emission.facts
    head, inside, after = context.emission.new_block(), context.emission.new_block(), context.emission.new_block()
    made: list[tuple[str, Type]] = []

    def add_item(values: list[Typed]) -> None:
        if not context.emission.reachable:
            return
        types = tuple(want or value.type for want, value in zip(wanted, values, strict=True))
        if not made:
            cls = context.translator.annotations.container(kind)
            made_type = context.translator.classes.instance(cls, types)
            made.append((context.emission.temporary(made_type), made_type))
        name, type = made[0]
        context.services.call_method(context, Typed(context.builder.read(name), type), add, values)

    context.emission.start(head, seal=False)
    context.emission.facts.forget_memory()
    context.emission.facts.forget_assigned(changed, ())
    context.emission.branch(iteration.test(), inside, after)
    context.emission.start(inside)
    make_body(add_item)(iteration.item())
    iteration.advance()
    context.emission.jump(head)
    after_facts = context.emission.facts
    context.builder.block, context.emission.facts = before, facts
    if not made:
        raise context.error("empty-display", "the item type of this comprehension is not known")
    name, type = made[0]
    assert isinstance(type, Instance)
    container = constructors.new_container(context, kind, type.layout.type_arguments)
    context.builder.write(name, container.operand)
    context.builder.jump(head)
    context.builder.seal(head)
    context.emission.facts = after_facts
    context.emission.start(after)
    return Typed(context.builder.read(name), type)


def collect_each(context: FunctionContext, node: ast.expr, item: Type | None) -> Typed:
    """`list(node)` for what can only be iterated."""
    return _collect_iteration(context, iterate(context, node), item)


def collect_value(context: FunctionContext, value: Typed, node: ast.expr, item: Type | None) -> Typed:
    """`list(value)` for any value that can be iterated."""
    return _collect_iteration(context, over_value(context, value), item)


def _collect_iteration(context: FunctionContext, iteration: Iteration, item: Type | None) -> Typed:
    def body(collect_item: Callable[[list[Typed]], None]) -> Callable[[Item], None]:
        return lambda element: collect_item([whole(context, element)])

    return _gather(context, iteration, list, [item], "append", body, set())


def quantify(context: FunctionContext, node: ast.expr, *, stops_on: bool) -> Typed:
    """`any(...)` (stops on True) and `all(...)` (stops on False)."""
    name = context.emission.write_new(boolean(not stops_on), BOOL)
    after, found = context.emission.new_block(), context.emission.new_block()
    renamed = dict(context.locals.renamed)
    generator = node if isinstance(node, ast.GeneratorExp) else None  # a list is made whole, before the first test
    iteration = iterate(context, node if generator is None else generator.generators[0].iter)
    if generator is not None:
        _name_targets(context, generator.generators, [generator.elt])
    changed = set() if generator is None else _named_in(context, [generator])

    def body(item: Item) -> None:
        again = context.emission.new_block()
        if generator is not None:
            element = generator.elt
            _rounds(context, generator.generators, item, again, changed, lambda: decide(element))
        else:
            onward = context.emission.new_block()
            truth = operators.truth(context, whole(context, item))
            context.emission.branch(truth, *((found, onward) if stops_on else (onward, found)))
            context.emission.start(onward)
        context.emission.jump(again)
        context.emission.start(again)

    def decide(element: ast.expr) -> None:
        onward = context.emission.new_block()
        context.services.condition(context, element, *((found, onward) if stops_on else (onward, found)))
        context.emission.start(onward)

    loop(context, iteration, body, changed)
    context.locals.renamed = renamed
    context.emission.jump(after)
    context.emission.start(found)
    if context.emission.reachable:
        context.builder.write(name, boolean(stops_on))
        context.emission.jump(after)
    context.emission.start(after)
    return Typed(context.builder.read(name), BOOL)


def first(context: FunctionContext, node: ast.GeneratorExp, default: ast.expr | None, expected: Type | None) -> Typed:
    """`next(generator, default)`: the first element. The default is evaluated before any element, as an argument is."""
    iteration = iterate(context, node.generators[0].iter)
    ends: list[tuple[Typed, ast.expr, Block | None, Facts]] = []
    other = None if default is None else context.evaluate(default, expected)
    renamed = dict(context.locals.renamed)
    _name_targets(context, node.generators, [node.elt])
    changed = _named_in(context, [node])

    def body(item: Item) -> None:
        again = context.emission.new_block()
        _rounds(context, node.generators, item, again, changed, end)
        context.emission.jump(again)
        context.emission.start(again)

    def end() -> None:
        value = context.evaluate(node.elt, expected)
        if value.type is not NEVER:
            ends.append((value, node.elt, context.builder.block, context.emission.facts))
            context.builder.block = None

    loop(context, iteration, body, changed)
    context.locals.renamed = renamed
    if other is None or default is None:
        context.emission.throw_prebuilt(StopIteration, "")
    else:
        ends.append((other, default, context.builder.block, context.emission.facts))
    wanted = join(context, [value.type for value, *_ in ends], expected, [source for _, source, *_ in ends])
    name, after = context.emission.temporary(wanted), context.emission.new_block()
    for value, source, context.builder.block, context.emission.facts in ends:
        context.builder.write(name, context.conversions.convert(value, wanted, source))
        context.emission.jump(after)
    context.emission.start(after)
    return Typed(context.builder.read(name), wanted)
