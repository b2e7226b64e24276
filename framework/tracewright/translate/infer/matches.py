"""`match`, and chains of `if` over int constants: a switch where possible, else one test after the other."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence

from tracewright.translate.flow.graph import Block, Constant
from tracewright.translate.infer import builtin_calls, operators
from tracewright.translate.infer.constants import constant
from tracewright.translate.infer.context import FunctionContext, Typed
from tracewright.translate.infer.enums import members_of
from tracewright.translate.infer.facts import Path
from tracewright.translate.infer.types import INT, Instance, Optional, Type

SHORTEST_SWITCH = 3  # below, comparisons are as good and easier to read in the C


def match_statement(context: FunctionContext, node: ast.Match) -> None:
    subject = context.evaluate(node.subject)
    path = context.path(node.subject)
    if subject.type is INT and _match_as_switch(context, node, subject):
        return
    after = context.new_block()
    left = members_of(subject.type.layout.python_class) if isinstance(subject.type, Instance) else None
    for case in node.cases:
        if not context.reachable:
            break
        if left is not None and case.guard is None:
            left = [member for member in left if member not in _named_members(context, case.pattern)]
        body, other = context.new_block(), context.new_block()
        narrowed = _test_pattern(context, case.pattern, subject, path, body, other)
        context.start(body)
        if context.reachable:
            _bind(context, case.pattern, Typed(subject.operand, narrowed or subject.type))
            if case.guard is not None:
                passed = context.new_block()
                context.services.condition(context, case.guard, passed, other)
                context.start(passed)
            if context.reachable:
                context.services.statements(context, case.body)
                context.jump(after)
        context.start(other)
    if left == [] and context.reachable:
        context.builder.unreachable()  # the cases are all members of the enumeration
    context.jump(after)
    context.start(after)


def _named_members(context: FunctionContext, pattern: ast.pattern) -> list[object]:
    """The members of enumerations that the pattern names."""
    match pattern:
        case ast.MatchValue(value=value):
            return [context.static(value)]
        case ast.MatchOr(patterns=patterns):
            return [member for inner in patterns for member in _named_members(context, inner)]
        case _:
            return []


def _test_pattern(
    context: FunctionContext, pattern: ast.pattern, subject: Typed, path: Path | None, yes: Block, no: Block
) -> Type | None:
    """Branch on the pattern; the narrowed type of the subject where it matches."""
    context.node = pattern
    match pattern:
        case ast.MatchAs(pattern=None):
            context.jump(yes)
            return None
        case ast.MatchAs(pattern=inner) if inner is not None:
            return _test_pattern(context, inner, subject, path, yes, no)
        case ast.MatchValue(value=value):
            context.branch(operators.equal(context, subject, context.evaluate(value, subject.type)), yes, no)
            return None
        case ast.MatchSingleton(value=value):
            test = operators.identical(context, subject, constant(context, value, None))
            learned = {}
            if value is None and path is not None and isinstance(subject.type, Optional):
                learned[path] = subject.type.item
            context.branch(test, yes, no, None, learned)
            return None
        case ast.MatchOr(patterns=patterns):
            for inner in patterns[:-1]:
                more = context.new_block()
                _test_pattern(context, inner, subject, path, yes, more)
                context.start(more)
            _test_pattern(context, patterns[-1], subject, path, yes, no)
            return None
        case ast.MatchClass(cls=cls, patterns=[], kwd_patterns=[]):
            type = context.translator.annotations.resolve(cls, context.scope)
            test = builtin_calls.instance_test(context, subject, [type])
            context.branch(test, yes, no, {} if path is None else {path: type}, None)
            return type
        case _:
            raise context.error("pattern", "this pattern is not in the dialect", "test with `if`", pattern)


def _bind(context: FunctionContext, pattern: ast.pattern, subject: Typed) -> None:
    if isinstance(pattern, ast.MatchAs) and pattern.name is not None:
        context.write_local(pattern.name, subject, pattern)


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
            _bind(context, default.pattern, subject)
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
            found = context.static(node)
            return found if isinstance(found, int) and not isinstance(found, bool) else None
        case _:
            return None


def _switch(
    context: FunctionContext,
    subject: Typed,
    cases: Sequence[tuple[list[int], Callable[[], None]]],
    default: Callable[[], None],
) -> None:
    after, otherwise = context.new_block(), context.new_block()
    targets: dict[int, Block] = {}
    blocks: list[tuple[Block, Callable[[], None]]] = []
    for numbers, body in cases:
        block = context.new_block()
        blocks.append((block, body))
        for number in numbers:
            targets.setdefault(number, block)
    for block in {*targets.values(), otherwise}:
        context.arrive(block, context.facts)
    context.builder.switch(subject.operand, targets, otherwise)
    for block, body in [*blocks, (otherwise, default)]:
        context.start(block)
        if context.reachable:
            body()
            context.jump(after)
    context.start(after)


def if_chain_as_switch(context: FunctionContext, node: ast.If) -> bool:
    """`if x == A: ... elif x == B: ... else: ...` over one int local becomes a switch."""
    name = _compared_local(node.test)
    if name is None:
        return False
    subject = context.read_local(name)
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
