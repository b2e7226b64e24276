"""`with`: the manager's `__exit__` runs on every way out of the body, as a `finally` around a handler.

with manager as x:          x = manager.__enter__();  left = False
    body                    try:
                                try: body
                                except: left = True; if not manager.__exit__(None, error, None): raise
                            finally:
                                if not left: manager.__exit__(None, None, None)
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import final

from tracewright.translate.flow.graph import Constant, Operand
from tracewright.translate.flow.types import BOOL, NONE, OBJECT, Instance, Optional
from tracewright.translate.infer import calls, exceptions, operators
from tracewright.translate.infer.classes import Method
from tracewright.translate.infer.context import FunctionContext
from tracewright.translate.infer.scopes import CaughtScope
from tracewright.translate.infer.values import Typed, boolean, null


@final
class Action(ast.Pass):
    """A statement that the translator makes: what it does is a function."""

    def __init__(self, action: Callable[[FunctionContext], None], place: ast.AST) -> None:
        super().__init__()
        self.action = action
        ast.copy_location(self, place)


def run_action(context: FunctionContext, node: Action) -> None:
    """Translate a statement made here."""
    node.action(context)


def with_statement(context: FunctionContext, node: ast.With) -> None:
    """Several managers are entered one inside the other."""
    _enter(context, node, node.items)


def _enter(context: FunctionContext, node: ast.With, items: list[ast.withitem]) -> None:
    item = items[0]
    manager = context.conversions.not_none(context.evaluate(item.context_expr))
    leave = _exit_method(context, manager, item.context_expr)
    entered = context.services.call_method(context, manager, "__enter__", [])
    left = context.emission.write_new(boolean(False), BOOL)
    if isinstance(item.optional_vars, ast.Name):
        context.services.assign(context, item.optional_vars, entered)

    def on_error(inner: FunctionContext) -> None:
        inner.builder.write(left, boolean(True))
        caught = next(scope.name for scope in reversed(inner.emission.scopes) if isinstance(scope, CaughtScope))
        error = inner.builder.read(caught)
        result = _call_exit(inner, manager, leave, error)
        if result.type is NONE:
            inner.emission.throw(error)
            return
        swallowed, onward = inner.emission.new_block(), inner.emission.new_block()
        inner.emission.branch(operators.truth(inner, result), swallowed, onward)
        inner.emission.start(onward)
        if inner.emission.reachable:
            inner.emission.throw(error)
        inner.emission.start(swallowed)

    def at_end(inner: FunctionContext) -> None:
        leaving, after = inner.emission.new_block(), inner.emission.new_block()
        inner.emission.branch(inner.builder.read(left), after, leaving)
        inner.emission.start(leaving)
        if inner.emission.reachable:
            _call_exit(inner, manager, leave, None)
            inner.emission.jump(after)
        inner.emission.start(after)

    def body(inner: FunctionContext) -> None:
        if item.optional_vars is not None and not isinstance(item.optional_vars, ast.Name):
            inner.services.assign(inner, item.optional_vars, entered)  # this may raise, and then the manager is left
        if len(items) == 1:
            inner.services.statements(inner, node.body)
        else:
            _enter(inner, node, items[1:])

    handler = ast.ExceptHandler(None, None, [Action(on_error, node)])
    inside = ast.Try([Action(body, node)], [ast.copy_location(handler, node)], [], [])
    around = ast.Try([ast.copy_location(inside, node)], [], [], [Action(at_end, node)])
    exceptions.try_statement(context, ast.copy_location(around, node))


def _exit_method(context: FunctionContext, manager: Typed, place: ast.expr) -> Method:
    classes = context.translator.classes
    method = classes.method(manager.type.layout, "__exit__") if isinstance(manager.type, Instance) else None
    if method is None:
        raise context.error(
            "manager",
            "this is no context manager of the dialect",
            "write a class with `__enter__` and `__exit__`, or `try` and `finally`",
            place,
        )
    source, node = context.translator.sources.of_function(method.function)
    names = [argument.arg for argument in node.args.args]
    if len(names) != 4:
        raise source.error(node, "manager", "`__exit__` takes an exception's class, the exception and a traceback")
    for inner in ast.walk(node):
        if isinstance(inner, ast.Name) and inner.id in (names[1], names[3]):
            raise source.error(
                inner,
                "manager",
                f"`{inner.id}` cannot be read in the dialect: of what `__exit__` is given only the exception itself can",
                f"use `{names[2]}`",
            )
    return method


def _call_exit(context: FunctionContext, manager: Typed, method: Method, error: Operand | None) -> Typed:
    translator = context.translator
    definition = translator.signatures.definition(method.function, True)
    environment = translator.classes.environment(method.owner)
    assert isinstance(manager.type, Instance)
    parameters = translator.signatures.resolve(definition, manager.type, environment).parameters[1:]
    exception = translator.table.exception(BaseException)
    if parameters[1] is not translator.table.optional(exception):
        message = "the second parameter of `__exit__` is `BaseException | None`, the others are `object`"
        raise definition.source.error(definition.node, "manager", message)
    values = []
    for index, type in enumerate(parameters):
        if index == 1:
            operand = null(type) if error is None else context.conversions.convert(Typed(error, exception), type)
        elif type is OBJECT or isinstance(type, Optional):
            operand = Constant(None, "r", type)
        else:
            message = "the first and third parameter of `__exit__` are `object` in the dialect"
            raise definition.source.error(definition.node, "manager", message)
        values.append(Typed(operand, type))
    return calls.call_found_method(context, manager, manager.type.layout, method, values)
