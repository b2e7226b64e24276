"""What can be iterated: each kind says when there is a next element, what it is, and how to go on.

A loop over any of them has the same shape:

    setup      jump head
    head:      branch test() body after
    body:      item() ...                jump again
    again:     advance()                 jump head
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass
from typing import final

from tracewright.core import operations as op
from tracewright.core.integers import MAX_INT, MIN_INT
from tracewright.translate.flow.graph import Constant, Operand
from tracewright.translate.flow.types import BOOL, INT, ClassLayout, Instance, Type, kind_of, show_type
from tracewright.translate.flow.zero import ZERO_OF_KIND
from tracewright.translate.infer import constructors, exceptions, explain, operators, subscripts
from tracewright.translate.infer.constants import from_object
from tracewright.translate.infer.context import FunctionContext
from tracewright.translate.infer.enums import members_of
from tracewright.translate.infer.inlined_lambdas import inlined
from tracewright.translate.infer.scopes import HandlerScope
from tracewright.translate.infer.values import Typed, boolean, integer

# An element: one value, or the parts of a tuple that need not be made unless it is kept whole.
Item = Typed | list["Item"]


@final
@dataclass(frozen=True, slots=True)
class Iteration:
    """The three moves of a loop, made in its head, body and `again` block."""

    test: Callable[[], Operand]
    item: Callable[[], Item]
    advance: Callable[[], None]
    asks: bool = False  # the next item is made by code of the author, which must not run before it is wanted


def iterate(context: FunctionContext, node: ast.expr) -> Iteration:
    """Evaluate what is iterated; the loop then uses the result."""
    match node:
        case ast.Tuple(elts=elements):
            return over_value(context, context.evaluate(ast.copy_location(ast.List(elements, ast.Load()), node)))
        case ast.Call(func=ast.Name() as callee):
            lazy = _LAZY.get(_builtin(context, callee))
            if lazy is not None:
                return lazy(context, node)
        case ast.Call(func=ast.Attribute(value=owner, attr="items" | "values" | "keys" as part), args=[]):
            value = context.conversions.not_none(context.evaluate(owner))
            if _is_container(context, value, dict):
                return _table(context, value, part)
            method = context.services.call_method(context, value, part, [])
            return over_value(context, method)
        case _:
            pass
    members = members_of(context.locals.static(node))
    if members:
        items = [from_object(context, member, "", None, None) for member in members]
        return over_value(context, constructors.make_list(context, items[0].type, [item.operand for item in items]))
    return over_value(context, context.evaluate(node), node)


def is_lazy(context: FunctionContext, node: ast.expr) -> bool:
    """Whether the expression can only be iterated, being no value of its own."""
    match node:
        case ast.Call(func=ast.Name() as callee):
            return _builtin(context, callee) in _LAZY
        case ast.Call(func=ast.Attribute(attr="items"), args=[]):
            return True
        case _:
            return False


def _builtin(context: FunctionContext, callee: ast.Name) -> object:
    found = context.locals.static(callee)
    return found if isinstance(found, type) else None


def _is_container(context: FunctionContext, value: Typed, kind: type) -> bool:
    if not isinstance(value.type, Instance):
        return False
    return value.type.layout.python_class is context.translator.annotations.container(kind)


def over_value(context: FunctionContext, value: Typed, node: ast.expr | None = None) -> Iteration:
    """Iterate over the elements of a value, written as `node`."""
    value = context.conversions.not_none(value)
    table = context.translator.table
    help = ""
    if value.type is table.str:
        return _over_indices(context, value, lambda index: context.library("strings", "str_get_item", [value, index]))
    if value.type is table.bytes:
        return _over_indices(
            context, value, lambda index: context.library("byte_strings", "bytes_get_item", [value, index])
        )
    if _is_container(context, value, list):
        return _over_list(context, value)
    if _is_container(context, value, dict) or _is_container(context, value, set):
        return _table(context, value, "keys")
    items = constructors.list_of_tuple(context, value)
    if items is not None:
        return _over_list(context, items)
    if isinstance(value.type, Instance):
        layout = value.type.layout
        if layout.shape in ("array", "words"):
            return _over_indices(
                context, value, lambda index: _array_item(context, value.operand, layout, index.operand)
            )
        if _is_container(context, value, bytearray):
            return _over_changing(context, value)
        if not _is_built_in(context, value) and operators.has_method(context, value, "__iter__"):
            iterator = context.services.call_method(context, value, "__iter__", [])
            if operators.has_method(context, iterator, "__next__"):
                return _over_iterator(context, iterator)
            help = f"`__iter__` gives {show_type(iterator.type)}, which has no `__next__`"
        if context.translator.classes.method(layout, "__getitem__") is not None:
            help = "loop over its indices, `range(len(x))`"
    if value.type is INT:
        help = "write `range(...)`"
    error = context.error("iteration", f"{show_type(value.type)} cannot be iterated", help, node)
    raise error.because(*([] if node is None else explain.decided(context, node)))


def _is_built_in(context: FunctionContext, value: Typed) -> bool:
    return operators.container_kind(context, value.type) is not None


def _over_iterator(context: FunctionContext, iterator: Typed) -> Iteration:
    """Items from `__next__`, until it raises StopIteration."""
    stop = context.translator.table.exception(StopIteration)
    found: list[tuple[str, Type]] = []

    def test() -> Operand:
        more = context.emission.write_new(boolean(True), BOOL)
        handler, stopped, failed, after = (context.emission.new_block() for _ in range(4))
        context.emission.scopes.append(HandlerScope(handler))
        item = context.services.call_method(context, iterator, "__next__", [])
        context.emission.scopes.pop()
        found.append((context.emission.write_new(item.operand, item.type), item.type))
        context.emission.jump(after)
        caught = exceptions.enter_handler(context, handler)
        if caught is not None:
            context.emission.branch(
                context.emission.emit(op.INSTANCE_OF, [caught.operand], BOOL, stop.layout), stopped, failed
            )
            context.emission.start(failed)
            context.emission.throw(caught.operand)
            context.emission.start(stopped)
            context.builder.write(more, boolean(False))
            kind = kind_of(item.type)
            context.builder.write(found[-1][0], Constant(ZERO_OF_KIND[kind], kind, item.type))  # nobody reads it
            context.emission.jump(after)
        context.emission.start(after)
        return context.builder.read(more)

    def item() -> Item:
        name, type = found[-1]
        return Typed(context.builder.read(name), type)

    return Iteration(test, item, lambda: None, asks=True)


def _array_item(context: FunctionContext, array: Operand, layout: ClassLayout, index: Operand) -> Typed:
    item = layout.item or INT
    return Typed(context.emission.emit(op.LOAD_ITEM, [array, index], item, layout), item)


def _length(context: FunctionContext, value: Typed) -> Operand:
    size = operators.length(context, value)
    if size is None:
        size = context.services.call_method(context, value, "__len__", []).operand
    return size


def _over_indices(context: FunctionContext, value: Typed, get: Callable[[Typed], Typed]) -> Iteration:
    limit = _length(context, value)
    counter = context.emission.write_new(integer(0), INT)

    def index() -> Typed:
        return Typed(context.builder.read(counter), INT)

    return Iteration(
        lambda: context.emission.emit(op.INT_LT, [index().operand, limit], BOOL),
        lambda: get(index()),
        lambda: context.builder.write(counter, context.emission.emit(op.INT_ADD, [index().operand, integer(1)], INT)),
    )


def _over_changing(context: FunctionContext, value: Typed) -> Iteration:
    """An index loop that asks for the length anew each time."""
    counter = context.emission.write_new(integer(0), INT)

    def index() -> Typed:
        return Typed(context.builder.read(counter), INT)

    return Iteration(
        lambda: context.emission.emit(op.INT_LT, [index().operand, _length(context, value)], BOOL),
        lambda: subscripts.get_item(context, value, index()),
        lambda: context.builder.write(counter, context.emission.emit(op.INT_ADD, [index().operand, integer(1)], INT)),
    )


def _over_list(context: FunctionContext, value: Typed) -> Iteration:
    """An index loop that reads the length anew each time, so that a list that shrinks is never read past its end."""
    assert isinstance(value.type, Instance)
    layout = value.type.layout
    context.translator.classes.complete(layout)
    counter = context.emission.write_new(integer(0), INT)

    def test() -> Operand:
        length = context.emission.load_field(value.operand, layout.fields["length"])
        return context.emission.emit(op.INT_LT, [context.builder.read(counter), length], BOOL)

    def item() -> Item:
        items = layout.fields["items"]
        assert isinstance(items.type, Instance)
        array = context.emission.load_field(value.operand, items)
        return _array_item(context, array, items.type.layout, context.builder.read(counter))

    def advance() -> None:
        context.builder.write(
            counter, context.emission.emit(op.INT_ADD, [context.builder.read(counter), integer(1)], INT)
        )

    return Iteration(test, item, advance)


def _table(context: FunctionContext, value: Typed, part: str) -> Iteration:
    """A hash table by position."""
    size = context.services.call_method(context, value, "__len__", [])
    kind = "Set" if _is_container(context, value, set) else "dictionary"
    first = context.services.call_method(context, value, "next_position", [Typed(integer(0), INT)])
    position = context.emission.write_new(first.operand, INT)

    def here() -> Typed:
        return Typed(context.builder.read(position), INT)

    def item() -> Item:
        key = value_at = None
        if part != "values":
            key = context.services.call_method(context, value, "key_at", [here()])
        if part != "keys":
            value_at = context.services.call_method(context, value, "value_at", [here()])
        if key is not None and value_at is not None:
            return [key, value_at]
        found = key or value_at
        assert found is not None
        return found

    def advance() -> None:
        now = context.services.call_method(context, value, "__len__", [])
        same = context.emission.emit(op.INT_EQ, [now.operand, size.operand], BOOL)
        context.emission.require(same, RuntimeError, f"{kind} changed size during iteration")
        following = Typed(context.emission.emit(op.INT_ADD, [here().operand, integer(1)], INT), INT)
        found = context.services.call_method(context, value, "next_position", [following])
        context.builder.write(position, found.operand)

    return Iteration(lambda: context.emission.emit(op.INT_GE, [here().operand, integer(0)], BOOL), item, advance)


# --- range, enumerate, zip, map, filter, reversed ---


def range_bounds(context: FunctionContext, node: ast.Call) -> tuple[Operand, Operand, Operand]:
    """Start, stop and step of a `range(...)`."""
    values = [context.evaluate_as(argument, INT) for argument in node.args]
    if node.keywords or not 1 <= len(values) <= 3:
        raise context.error("arguments", "`range` takes one to three positional arguments")
    if len(values) == 1:
        return integer(0), values[0], integer(1)
    return values[0], values[1], values[2] if len(values) == 3 else integer(1)


def _range(context: FunctionContext, node: ast.Call) -> Iteration:
    start, stop, step = range_bounds(context, node)
    if not isinstance(step, Constant) or step.value not in (1, -1, 0):  # steps of 1 and -1 stop in time by themselves
        _check_end(context, stop, step)
    return _count(context, start, stop, step)


def _check_end(context: FunctionContext, end: Operand, step: Operand) -> None:
    """That a step beyond the end still fits the word."""
    if isinstance(end, Constant) and isinstance(step, Constant):
        numbers = end.value, step.value
        if all(isinstance(number, int) for number in numbers) and MIN_INT <= sum(numbers) <= MAX_INT:  # type: ignore[arg-type]
            return
    context.library("numbers", "check_range", [Typed(end, INT), Typed(step, INT)])


def _count(context: FunctionContext, start: Operand, stop: Operand, step: Operand) -> Iteration:
    counter = context.emission.write_new(start, INT)
    known = step.value if isinstance(step, Constant) else None
    if known == 0:
        raise context.error("range", "the step of a range must not be zero")

    def test() -> Operand:
        index = context.builder.read(counter)
        if isinstance(known, int):
            return context.emission.emit(op.INT_LT if known > 0 else op.INT_GT, [index, stop], BOOL)
        # either (step > 0 and index < stop) or (step < 0 and index > stop)
        up = context.emission.emit(op.INT_GT, [step, integer(0)], BOOL)
        below = context.emission.emit(op.INT_LT, [index, stop], BOOL)
        down = context.emission.emit(op.INT_LT, [step, integer(0)], BOOL)
        above = context.emission.emit(op.INT_GT, [index, stop], BOOL)
        rising = context.emission.emit(op.INT_AND, [up, below], BOOL)
        return context.emission.emit(op.INT_OR, [rising, context.emission.emit(op.INT_AND, [down, above], BOOL)], BOOL)

    def advance() -> None:
        context.builder.write(counter, context.emission.emit(op.INT_ADD, [context.builder.read(counter), step], INT))

    return Iteration(test, lambda: Typed(context.builder.read(counter), INT), advance)


def _enumerate(context: FunctionContext, node: ast.Call) -> Iteration:
    starts = [*node.args[1:], *(keyword.value for keyword in node.keywords if keyword.arg == "start")]
    if not node.args or len(starts) > 1 or len(starts) != len(node.args) - 1 + len(node.keywords):
        raise context.error("arguments", "`enumerate` takes what is iterated, and `start`", node=node)
    inner = iterate(context, node.args[0])
    start: Operand = context.evaluate_as(starts[0], INT) if starts else integer(0)
    counter = context.emission.write_new(start, INT)

    def advance() -> None:
        inner.advance()
        context.builder.write(
            counter, context.emission.emit(op.INT_ADD, [context.builder.read(counter), integer(1)], INT)
        )

    return Iteration(inner.test, lambda: [Typed(context.builder.read(counter), INT), inner.item()], advance, inner.asks)


def _zip(context: FunctionContext, node: ast.Call) -> Iteration:
    strict = False
    for keyword in node.keywords:
        known = keyword.value.value if isinstance(keyword.value, ast.Constant) else None
        if keyword.arg != "strict" or not isinstance(known, bool):
            help = "`strict` is True or False, written out"
            raise context.error("arguments", "`zip` takes what is iterated, and `strict`", help, keyword.value)
        strict = known
    if not node.args:
        raise context.error("arguments", "`zip` takes at least one argument", node=node)
    parts = [iterate(context, argument) for argument in node.args]
    return _together(context, node, parts, strict)


def _together(context: FunctionContext, node: ast.Call, parts: list[Iteration], strict: bool) -> Iteration:
    """An item of each part, until one of them has none."""
    if len(parts) > 1 and any(part.asks for part in parts):
        help = "make a list of it first: `list(items)`"
        message = f"`{ast.unparse(node.func)}` takes no `map`, no `filter` and no object with `__next__` beside others"
        raise context.error("iteration", message, help, node)

    def test() -> Operand:
        tests = [part.test() for part in parts]
        result = tests[0]
        for number, other in enumerate(tests[1:], 2):
            if strict:
                others = "argument 1" if number == 2 else f"arguments 1-{number - 1}"
                shorter = context.emission.compute(op.INT_LE, tests[0], other, type=BOOL)
                context.emission.require(shorter, ValueError, f"zip() argument {number} is shorter than {others}")
                longer = context.emission.compute(op.INT_GE, tests[0], other, type=BOOL)
                context.emission.require(longer, ValueError, f"zip() argument {number} is longer than {others}")
            else:
                result = context.emission.emit(op.INT_AND, [result, other], BOOL)
        return result

    def advance() -> None:
        for part in parts:
            part.advance()

    return Iteration(test, lambda: [part.item() for part in parts], advance)


def _map(context: FunctionContext, node: ast.Call) -> Iteration:
    if len(node.args) < 2 or node.keywords:
        raise context.error("arguments", "`map` takes a function, and what is iterated", node=node)
    call = inlined(context, node.args[0], len(node.args) - 1)
    parts = [iterate(context, argument) for argument in node.args[1:]]
    together = _together(context, node, parts, False)
    return Iteration(
        together.test, lambda: call([whole(context, part.item()) for part in parts]), together.advance, True
    )


def _filter(context: FunctionContext, node: ast.Call) -> Iteration:
    if len(node.args) != 2 or node.keywords:
        raise context.error("arguments", "`filter` takes a function or None, and what is iterated", node=node)
    function = node.args[0]
    is_none = isinstance(function, ast.Constant) and function.value is None
    passes = None if is_none else inlined(context, function, 1)
    inner = iterate(context, node.args[1])
    found: list[tuple[str, Type]] = []

    def test() -> Operand:
        """Go on to the next item that passes."""
        more = context.emission.write_new(boolean(False), BOOL)
        again, inside, passed, onward, ended, after = (context.emission.new_block() for _ in range(6))
        context.emission.jump(again)
        context.emission.start(again, seal=False)
        context.emission.facts.forget_memory()
        context.emission.branch(inner.test(), inside, ended)
        context.emission.start(inside)
        item = whole(context, inner.item())
        found.append((context.emission.write_new(item.operand, item.type), item.type))
        context.emission.branch(operators.truth(context, item if passes is None else passes([item])), passed, onward)
        context.emission.start(onward)
        inner.advance()
        context.emission.jump(again)
        context.builder.seal(again)
        context.emission.start(passed)
        context.builder.write(more, boolean(True))
        context.emission.jump(after)
        context.emission.start(ended)
        kind = kind_of(item.type)
        context.builder.write(found[-1][0], Constant(ZERO_OF_KIND[kind], kind, item.type))  # nobody reads it
        context.emission.jump(after)
        context.emission.start(after)
        return context.builder.read(more)

    def item() -> Item:
        name, type = found[-1]
        value = Typed(context.builder.read(name), type)
        return context.conversions.present(value) if passes is None else value

    return Iteration(test, item, inner.advance, asks=True)


def _reversed(context: FunctionContext, node: ast.Call) -> Iteration:
    if len(node.args) != 1 or node.keywords:
        raise context.error("arguments", "`reversed` takes one argument", node=node)
    argument = node.args[0]
    if (
        isinstance(argument, ast.Call)
        and isinstance(argument.func, ast.Name)
        and context.locals.static(argument.func) is range
    ):
        start, stop, step = range_bounds(context, argument)
        known = step.value if isinstance(step, Constant) else None
        if known not in (1, -1):
            raise context.error("range", "`reversed(range(...))` is for steps of 1 and -1")
        forward = known == 1
        for end in (start, stop):
            _check_end(context, end, integer(-1 if forward else 1))
        last = context.emission.compute(op.INT_SUB if forward else op.INT_ADD, stop, integer(1))
        end = context.emission.compute(op.INT_SUB if forward else op.INT_ADD, start, integer(1))
        return _count(context, last, end, integer(-1 if forward else 1))
    value = context.conversions.not_none(context.evaluate(argument))
    if _is_container(context, value, dict):
        value = context.library("lists", "list_from_keys", [value])
    inner = _count(
        context, context.emission.compute(op.INT_SUB, _length(context, value), integer(1)), integer(-1), integer(-1)
    )

    def item() -> Item:
        index = inner.item()
        assert isinstance(index, Typed)
        return subscripts.get_item(context, value, index)

    if isinstance(value.type, Instance) and value.type.layout.shape == "array":
        layout = value.type.layout

        def array_item() -> Item:
            index = inner.item()
            assert isinstance(index, Typed)
            return _array_item(context, value.operand, layout, index.operand)

        return Iteration(inner.test, array_item, inner.advance)
    if _is_container(context, value, list):

        def test() -> Operand:
            """Not beyond the end either: the list may shrink, and then the loop is over."""
            index = inner.item()
            assert isinstance(index, Typed)
            return context.emission.emit(op.UINT_LT, [index.operand, _length(context, value)], BOOL)

        return Iteration(test, item, inner.advance)
    return Iteration(inner.test, item, inner.advance)


_LAZY: dict[object, Callable[[FunctionContext, ast.Call], Iteration]] = {
    range: _range,
    enumerate: _enumerate,
    zip: _zip,
    reversed: _reversed,
    map: _map,
    filter: _filter,
}


# --- what becomes of an element ---


def whole(context: FunctionContext, item: Item) -> Typed:
    """The element as one value: a tuple where it has parts."""
    if isinstance(item, Typed):
        return item
    return constructors.make_tuple(context, [whole(context, part) for part in item])


def assign_item(context: FunctionContext, target: ast.expr, item: Item) -> None:
    """Assign an element to the loop's target."""
    if isinstance(item, Typed):
        context.services.assign(context, target, item)
    elif isinstance(target, (ast.Tuple, ast.List)) and len(target.elts) == len(item):
        for inner, part in zip(target.elts, item, strict=True):
            assign_item(context, inner, part)
    else:
        context.services.assign(context, target, whole(context, item))
