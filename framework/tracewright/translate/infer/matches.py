"""`match`, and chains of `if` over int constants: a switch where possible, else one test after the other."""

from __future__ import annotations

import ast
import enum
from collections.abc import Callable, Sequence

from tracewright.core import operations as op
from tracewright.translate.flow.graph import Block, Constant, Operand
from tracewright.translate.flow.types import BOOL, INT, NONE, Instance, Optional, Type, is_word, show_type
from tracewright.translate.infer import builtin_calls, comparison, expressions, operators, subscripts
from tracewright.translate.infer.constants import constant, join, without_none
from tracewright.translate.infer.context import FunctionContext
from tracewright.translate.infer.facts import Path
from tracewright.translate.infer.values import Typed, integer

Learned = dict[Path, Type]

SHORTEST_SWITCH = 3  # below, comparisons are as good and easier to read in the C


def match_statement(context: FunctionContext, node: ast.Match) -> None:
    subject = context.evaluate(node.subject)
    path = context.locals.path(node.subject)
    if subject.type is INT and _match_as_switch(context, node, subject):
        return
    after = context.emission.new_block()
    left: list[object] | None = [True, False] if subject.type is BOOL else None
    if isinstance(subject.type, Instance) and isinstance(subject.type.layout.python_class, enum.EnumMeta):
        left = list(subject.type.layout.python_class)
    for case in node.cases:
        if not context.emission.reachable:
            break
        if left is not None and case.guard is None:
            left = [member for member in left if member not in _named_members(context, case.pattern)]
        other = context.emission.new_block()
        bindings: list[tuple[ast.pattern, str, Typed]] = []
        _test(context, case.pattern, subject, path, other, bindings)
        for place, name, value in bindings if context.emission.reachable else []:
            context.locals.write(name, value, place)
        if case.guard is not None and context.emission.reachable:
            passed = context.emission.new_block()
            context.services.condition(context, case.guard, passed, other)
            context.emission.start(passed)
        if context.emission.reachable:
            context.services.statements(context, case.body)
            context.emission.jump(after)
        context.emission.start(other)
        if case.guard is None and isinstance(case.pattern, ast.MatchSingleton) and case.pattern.value is None:
            subject = context.conversions.present(subject) if context.emission.reachable else subject
    if left == [] and context.emission.reachable:
        context.builder.unreachable()  # the cases are all values there are
    context.emission.jump(after)
    context.emission.start(after)


def _named_members(context: FunctionContext, pattern: ast.pattern) -> list[object]:
    """The members of enumerations that the pattern names."""
    match pattern:
        case ast.MatchValue(value=value):
            return [context.locals.static(value)]
        case ast.MatchSingleton(value=value):
            return [value]
        case ast.MatchOr(patterns=patterns):
            return [member for inner in patterns for member in _named_members(context, inner)]
        case _:
            return []


Bindings = list[tuple[ast.pattern, str, Typed]]


def _test(
    context: FunctionContext, pattern: ast.pattern, subject: Typed, path: Path | None, no: Block, bindings: Bindings
) -> Typed:
    """Go on where the pattern matches, else to `no`; the subject as the pattern knows it. Names are bound later, all at once."""
    context.node = pattern
    match pattern:
        case ast.MatchAs(pattern=inner, name=name):
            if inner is not None:
                subject = _test(context, inner, subject, path, no, bindings)
            if name is not None:
                bindings.append((pattern, name, subject))
            return subject
        case ast.MatchValue(value=value):
            test = comparison.equal(context, subject, context.evaluate(value, without_none(subject.type)))
            return _require(context, test, subject, no)
        case ast.MatchSingleton(value=value):
            test = comparison.identical(context, subject, constant(context, value, None))
            none: Learned = {}
            other: Learned = {}
            if value is None and path is not None and isinstance(subject.type, Optional):
                none[path], other[path] = NONE, subject.type.item
            return _require(context, test, subject, no, none, other)
        case ast.MatchOr(patterns=patterns):
            return _test_any(context, patterns, subject, path, no, bindings)
        case ast.MatchClass():
            return _test_class(context, pattern, subject, path, no, bindings)
        case ast.MatchSequence(patterns=patterns):
            return _test_sequence(context, patterns, subject, no, bindings)
        case _:
            raise context.error("pattern", "this pattern is not in the dialect", "test with `if`", pattern)


def _require(
    context: FunctionContext,
    test: Operand,
    subject: Typed,
    no: Block,
    when_true: Learned | None = None,
    when_false: Learned | None = None,
) -> Typed:
    yes = context.emission.new_block()
    context.emission.branch(test, yes, no, when_true, when_false)
    context.emission.start(yes)
    return subject


def _test_any(
    context: FunctionContext,
    patterns: list[ast.pattern],
    subject: Typed,
    path: Path | None,
    no: Block,
    bindings: Bindings,
) -> Typed:
    """`case Add(x) | Negate(x):`, whose alternatives all bind the same names (Python sees to that)."""
    yes = context.emission.new_block()
    ends = []
    for inner in patterns:
        other = context.emission.new_block()
        bound: Bindings = []
        _test(context, inner, subject, path, other, bound)
        if context.emission.reachable:
            ends.append(
                ({name: (place, value) for place, name, value in bound}, context.builder.block, context.emission.facts)
            )
        context.emission.start(other)
        if not context.emission.reachable:
            break
    context.emission.jump(no)
    types = {}
    for name in ends[0][0] if ends else ():
        places, values = zip(*(found[name] for found, *_ in ends), strict=True)
        types[name] = join(context, [value.type for value in values], None, places)
    names = {name: context.emission.temporary(type) for name, type in types.items()}
    for found, context.builder.block, context.emission.facts in ends:
        for name, (place, value) in found.items():
            context.builder.write(names[name], context.conversions.convert(value, types[name], place))
        context.emission.jump(yes)
    context.emission.start(yes)
    if context.emission.reachable:
        for name, type in types.items():
            bindings.append((ends[0][0][name][0], name, Typed(context.builder.read(names[name]), type)))
    return subject


def _test_class(
    context: FunctionContext,
    pattern: ast.MatchClass,
    subject: Typed,
    path: Path | None,
    no: Block,
    bindings: Bindings,
) -> Typed:
    """`case Add(left, right=Number(n)):` and `case int(n):`."""
    type = context.translator.annotations.resolve(pattern.cls, context.scope)
    test = builtin_calls.instance_test(context, subject, [type])
    known = without_none(subject.type)
    if isinstance(known, Instance) and isinstance(type, Instance):
        if context.translator.table.is_subclass(known.layout, type.layout):
            type = known
    _require(context, test, subject, no, {} if path is None else {path: type}, None)
    if not context.emission.reachable:
        return subject
    inside = context.conversions.present(subject) if is_word(type) else Typed(subject.operand, type)
    names = list(pattern.kwd_attrs)
    if pattern.patterns:
        if not isinstance(inside.type, Instance) or inside.type.layout.shape != "fields":
            if len(pattern.patterns) != 1 or pattern.kwd_attrs:
                raise context.error("pattern", f"{show_type(type)} has one part: itself", node=pattern)
            _test(context, pattern.patterns[0], inside, path, no, bindings)
            return inside
        positional: tuple[str, ...] = getattr(inside.type.layout.python_class, "__match_args__", ())
        if len(pattern.patterns) > len(positional):
            message = f"{show_type(type)} has {len(positional)} positional parts"
            raise context.error("pattern", message, "name the fields: `case C(field=pattern)`", pattern)
        names = [*positional[: len(pattern.patterns)], *names]
    for name, inner in zip(names, [*pattern.patterns, *pattern.kwd_patterns], strict=True):
        if not context.emission.reachable:
            break
        part = expressions.load_attribute(context, inside, name)
        _test(context, inner, part, None if path is None else (*path, name), no, bindings)
    return inside


def _test_sequence(
    context: FunctionContext, patterns: list[ast.pattern], subject: Typed, no: Block, bindings: Bindings
) -> Typed:
    """`case [a, *rest, b]:` on lists and tuples."""
    if isinstance(subject.type, Optional):
        _require(context, context.conversions.is_there(subject), subject, no)
        subject = context.conversions.present(subject)
    star = next((index for index, inner in enumerate(patterns) if isinstance(inner, ast.MatchStar)), -1)
    table = context.translator.table
    if table.is_tuple(subject.type):
        assert isinstance(subject.type, Instance)
        fields = list(subject.type.layout.fields.values())
        if star >= 0 or len(fields) != len(patterns):
            message = f"{show_type(subject.type)} has {len(fields)} items, the pattern {len(patterns)}"
            raise context.error("pattern", message if star < 0 else "a tuple's pattern has no star in the dialect")
        for field, inner in zip(fields, patterns, strict=True):
            if context.emission.reachable:
                part = Typed(context.emission.load_field(subject.operand, field), field.type)
                _test(context, inner, part, None, no, bindings)
        return subject
    if operators.container_kind(context, subject.type) is not list:
        raise context.error("pattern", f"{show_type(subject.type)} has no items to match", "use a list or a tuple")
    size = operators.length(context, subject)
    assert size is not None
    needed = integer(len(patterns) - (star >= 0))
    fits = context.emission.compute(op.INT_GE if star >= 0 else op.INT_EQ, size, needed, type=BOOL)
    _require(context, fits, subject, no)
    for index, inner in enumerate(patterns):
        if not context.emission.reachable:
            break
        behind = len(patterns) - index
        if isinstance(inner, ast.MatchStar):
            if inner.name is not None:
                stop = context.emission.compute(op.INT_SUB, size, integer(behind - 1))
                bounds = [Typed(integer(index), INT), Typed(stop, INT)]
                bindings.append(
                    (inner, inner.name, context.services.call_method(context, subject, "get_slice", bounds))
                )
            continue
        place = (
            integer(index) if star < 0 or index < star else context.emission.compute(op.INT_SUB, size, integer(behind))
        )
        _test(context, inner, subscripts.get_item(context, subject, Typed(place, INT)), None, no, bindings)
    return subject


# --- switches ---


def _match_as_switch(context: FunctionContext, node: ast.Match, subject: Typed) -> bool:
    """A match on an int whose cases are constants, with at most a last one that takes everything."""
    cases: list[tuple[list[int], ast.match_case]] = []
    default: ast.match_case | None = None
    for case in node.cases:
        if case.guard is not None or default is not None:
            return False
        if isinstance(case.pattern, ast.MatchAs) and case.pattern.pattern is None:
            default = case
            continue
        numbers = _pattern_numbers(context, case.pattern)
        if numbers is None:
            return False
        cases.append((numbers, case))
    if sum(len(numbers) for numbers, _ in cases) < SHORTEST_SWITCH or isinstance(subject.operand, Constant):
        return False

    def run_default() -> None:
        if default is not None:
            if isinstance(default.pattern, ast.MatchAs) and default.pattern.name is not None:
                context.locals.write(default.pattern.name, subject, default.pattern)
            context.services.statements(context, default.body)

    bodies = [(numbers, _runner(context, case.body)) for numbers, case in cases]
    _switch(context, subject, bodies, run_default)
    return True


def _runner(context: FunctionContext, body: Sequence[ast.stmt]) -> Callable[[], None]:
    return lambda: context.services.statements(context, body)


def _pattern_numbers(context: FunctionContext, pattern: ast.pattern) -> list[int] | None:
    match pattern:
        case ast.MatchValue(value=value):
            number = constant_int(context, value)
            return None if number is None else [number]
        case ast.MatchOr(patterns=patterns):
            parts = [_pattern_numbers(context, inner) for inner in patterns]
            found = [number for part in parts if part is not None for number in part]
            return found if all(part is not None for part in parts) else None
        case _:
            return None


def constant_int(context: FunctionContext, node: ast.expr) -> int | None:
    """The value of an int constant: a literal, a named constant, or a negative literal."""
    match node:
        case ast.Constant(value=int() as value) if not isinstance(value, bool):
            return value
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() as value)):
            return -value
        case ast.Name() | ast.Attribute():
            found = context.locals.static(node)
            return found if isinstance(found, int) and not isinstance(found, bool) else None
        case _:
            return None


def _switch(
    context: FunctionContext,
    subject: Typed,
    cases: Sequence[tuple[list[int], Callable[[], None]]],
    default: Callable[[], None],
) -> None:
    after, otherwise = context.emission.new_block(), context.emission.new_block()
    targets: dict[int, Block] = {}
    blocks: list[tuple[Block, Callable[[], None]]] = []
    for numbers, body in cases:
        block = context.emission.new_block()
        blocks.append((block, body))
        for number in numbers:
            targets.setdefault(number, block)
    for block in {*targets.values(), otherwise}:
        context.emission.arrive(block, context.emission.facts)
    context.builder.switch(subject.operand, targets, otherwise)
    for block, body in [*blocks, (otherwise, default)]:
        context.emission.start(block)
        if context.emission.reachable:
            body()
            context.emission.jump(after)
    context.emission.start(after)


def if_chain_as_switch(context: FunctionContext, node: ast.If) -> bool:
    """`if x == A: ... elif x == B: ... else: ...` over one int local becomes a switch."""
    name = _compared_local(node.test)
    if name is None:
        return False
    subject = context.locals.read(name)
    if subject is None or subject.type is not INT or isinstance(subject.operand, Constant):
        return False
    cases: list[tuple[list[int], Callable[[], None]]] = []
    rest: Sequence[ast.stmt] = [node]
    while len(rest) == 1 and isinstance(rest[0], ast.If):
        numbers = _compared_numbers(context, rest[0].test, name)
        if numbers is None:
            break
        cases.append((numbers, _runner(context, rest[0].body)))
        rest = rest[0].orelse
    if sum(len(numbers) for numbers, _ in cases) < SHORTEST_SWITCH:
        return False
    _switch(context, subject, cases, _runner(context, rest))
    return True


def _compared_local(test: ast.expr) -> str | None:
    match test:
        case ast.Compare(left=ast.Name(id=name), ops=[ast.Eq() | ast.In()]):
            return name
        case ast.BoolOp(op=ast.Or(), values=[first, *_]):
            return _compared_local(first)
        case _:
            return None


def _compared_numbers(context: FunctionContext, test: ast.expr, name: str) -> list[int] | None:
    match test:
        case ast.Compare(left=ast.Name(id=left), ops=[ast.Eq()], comparators=[right]) if left == name:
            number = constant_int(context, right)
            return None if number is None else [number]
        case ast.Compare(left=ast.Name(id=left), ops=[ast.In()], comparators=[ast.Tuple(elts=elements)]) if (
            left == name
        ):
            found = [constant_int(context, element) for element in elements]
            known = [number for number in found if number is not None]
            return known if len(known) == len(found) else None
        case ast.BoolOp(op=ast.Or(), values=values):
            parts = [_compared_numbers(context, value, name) for value in values]
            joined = [number for part in parts if part is not None for number in part]
            return joined if all(part is not None for part in parts) else None
        case _:
            return None
