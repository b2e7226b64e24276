"""Statements, one after the other. Loops, `try` and `match` have their own modules."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Callable, Sequence
from typing import Final

from tracewright.core.errors import DialectError
from tracewright.translate.flow.graph import Operand
from tracewright.translate.flow.types import NEVER, NONE, FieldLayout, Instance, Type, show_type
from tracewright.translate.infer import (
    builtin_calls,
    calls,
    closures,
    exceptions,
    explain,
    loops,
    managers,
    matches,
    operators,
    subscripts,
    unpacking,
)
from tracewright.translate.infer.advice import STATEMENTS, nearest
from tracewright.translate.infer.annotations import TypeScope
from tracewright.translate.infer.classes import SETTER, Method
from tracewright.translate.infer.context import FunctionContext
from tracewright.translate.infer.locals import is_narrower
from tracewright.translate.infer.recovery import Checkpoint
from tracewright.translate.infer.scopes import CaughtScope, FinallyScope, LoopScope
from tracewright.translate.infer.sources import MISSING, Doubtful
from tracewright.translate.infer.values import Typed, as_stored


def statements(context: FunctionContext, body: Sequence[ast.stmt]) -> None:
    """Translate statements until control leaves."""
    for statement in body:
        if not context.emission.reachable:
            return
        context.node = statement
        before = Checkpoint(context)
        try:
            _statement(context, statement)
        except (DialectError, Doubtful) as error:
            before.go_on(context, statement, error)


def _statement(context: FunctionContext, statement: ast.stmt) -> None:
    handler = _STATEMENTS.get(type(statement))
    if handler is None:
        words, help = STATEMENTS.get(type(statement), (f"`{type(statement).__name__}`", ""))
        raise context.error("statement", f"{words} is not in the dialect", help)
    handler(context, statement)


# --- assignment ---


def assign(context: FunctionContext, target: ast.expr, value: Typed) -> None:
    """Assign a value at hand to a target."""
    match target:
        case ast.Name(id=name):
            context.locals.write(name, value, target)
        case ast.Attribute(value=owner, attr=attribute):
            explain.refuse_namespace(context, target)
            _store_attribute(context, target, context.conversions.not_none(context.evaluate(owner)), attribute, value)
        case ast.Subscript():
            subscripts.store(context, target, value)
        case ast.Tuple(elts=elements) | ast.List(elts=elements):
            unpacking.unpack(context, target, elements, value)
        case _:
            raise context.error("target", "this cannot be assigned to in the dialect", node=target)


def _store_attribute(
    context: FunctionContext, target: ast.Attribute, owner: Typed, attribute: str, value: Typed
) -> None:
    if isinstance(owner.type, Instance):
        setter = context.translator.classes.method(owner.type.layout, attribute + SETTER)
        if setter is not None:
            _call_setter(context, target, owner, setter, value)
            return
    field = _field_of(context, owner, attribute, target)
    if field.immutable == "always":
        explain.refuse_late_write(context, field, target)
    operand = context.conversions.try_convert(value, field.type)
    if operand is None:
        why = explain.field_label(context, field)
        raise explain.mismatch(context, value.type, field.type, context.value_of(target), *why)
    context.emission.store_field(owner.operand, field, operand)
    _note_assignment(context, target, value.type, field.type)


def _call_setter(context: FunctionContext, target: ast.Attribute, owner: Typed, setter: Method, value: Typed) -> None:
    """`owner.name = value` where `name` is a property."""
    assert isinstance(owner.type, Instance)
    wanted = _setter_type(context, setter)
    operand = context.conversions.try_convert(value, wanted)
    if operand is None:
        raise explain.mismatch(context, value.type, wanted, context.value_of(target))
    calls.call_found_method(context, owner, owner.type.layout, setter, [Typed(operand, wanted)])
    context.emission.facts.forget_attribute(target.attr)


def _setter_type(context: FunctionContext, setter: Method) -> Type:
    translator = context.translator
    definition = translator.signatures.definition(setter.function, True)
    receiver = translator.table.instance(setter.owner)
    environment = translator.classes.environment(setter.owner)
    return translator.signatures.resolve(definition, receiver, environment).parameters[1]


def _attribute_type(context: FunctionContext, owner: Type, attribute: str) -> Type | None:
    """What the attribute may hold."""
    if not isinstance(owner, Instance):
        return None
    setter = context.translator.classes.method(owner.layout, attribute + SETTER)
    if setter is not None:
        return _setter_type(context, setter)
    field = context.translator.classes.field(owner.layout, attribute)
    return None if field is None else field.type


def _field_of(context: FunctionContext, owner: Typed, attribute: str, node: ast.AST) -> FieldLayout:
    field = None
    if isinstance(owner.type, Instance):
        field = context.translator.classes.field(owner.type.layout, attribute)
    if field is None:
        raise explain.no_attribute(context, owner.type, attribute, node, stored=True)
    return field


def _note_assignment(context: FunctionContext, target: ast.Attribute, assigned: Type, declared: Type) -> None:
    path = context.locals.path(target)
    context.emission.facts.forget_attribute(target.attr)
    if path is not None:
        context.emission.facts.forget_path(path)
        known = as_stored(assigned, declared)
        if known is not declared and is_narrower(known, declared):
            context.emission.handled.add(path)
            context.emission.facts.set(path, known)


def _expected_type(context: FunctionContext, target: ast.expr) -> Type | None:
    """What the target may hold, to guide displays and generic calls on the right side."""
    match target:
        case ast.Name(id=name):
            return context.locals.declared.get(context.locals.name(name))
        case ast.Attribute(value=ast.Name(id=owner_name), attr=attribute):
            owner = context.locals.read(owner_name)
            return None if owner is None else _attribute_type(context, owner.type, attribute)
        case ast.Attribute(value=ast.Attribute() as inner, attr=attribute):
            owner_type = _expected_type(context, inner)
            return None if owner_type is None else _attribute_type(context, owner_type, attribute)
        case ast.Subscript():
            return subscripts.item_type(context, target)
        case _:
            return None


def _assign_statement(context: FunctionContext, node: ast.Assign) -> None:
    target = node.targets[0]
    if (
        len(node.targets) == 1
        and isinstance(target, (ast.Tuple, ast.List))
        and isinstance(node.value, ast.Tuple)
        and len(target.elts) == len(node.value.elts)
        and not any(isinstance(element, ast.Starred) for element in target.elts)
    ):
        values = [
            context.evaluate(value, _expected_type(context, element))
            for element, value in zip(target.elts, node.value.elts, strict=True)
        ]
        for element, value in zip(target.elts, values, strict=True):
            assign(context, element, value)
        return
    value = context.evaluate(node.value, _expected_type(context, target))
    if value.type is NEVER:
        return
    for target in node.targets:
        assign(context, target, value)


def _annotated_assignment(context: FunctionContext, node: ast.AnnAssign) -> None:
    bare = isinstance(node.annotation, (ast.Name, ast.Attribute)) and ast.unparse(node.annotation).endswith("Final")
    declared = None
    if not bare:
        declared = context.translator.annotations.resolve(
            node.annotation, TypeScope(context.source, context.scope.environment)
        )
    if isinstance(node.target, ast.Name) and declared is not None:
        name = context.locals.name(node.target.id)
        known = context.locals.declared.get(name)
        if known is not None and known is not declared:
            message = f"`{name}` was {show_type(known)} before, now {show_type(declared)}"
            error = context.error("redeclared", message, "a local has one type: use another name")
            raise error.because(*explain.local_label(context, name))
        context.locals.declare(name, declared)
        context.locals.decided.setdefault(name, node)
    if node.value is not None:
        value = context.evaluate(node.value, declared)
        if value.type is NEVER:
            return
        if declared is not None and context.conversions.try_convert(value, declared) is None:
            context.conversions.convert(value, declared, node.value)
        assign(context, node.target, value)


def _augmented_assignment(context: FunctionContext, node: ast.AugAssign) -> None:
    match node.target:
        case ast.Name(id=name):
            before = context.evaluate(node.target)
            value = _augmented(context, node, before)
            context.locals.write(name, value, node)
        case ast.Attribute(value=owner_node, attr=attribute):
            explain.refuse_namespace(context, node.target)
            owner = context.conversions.not_none(context.evaluate(owner_node))
            loaded = _loaded(context, owner, attribute, node.target)
            value = _augmented(context, node, loaded)
            if value.operand is not loaded.operand or not _is_field(context, owner, attribute):
                _store_attribute(context, node.target, owner, attribute, value)
        case ast.Subscript(value=owner_node, slice=index_node) if not isinstance(index_node, ast.Slice):
            owner = context.conversions.not_none(context.evaluate(owner_node))
            index = context.evaluate(index_node)
            value = _augmented(context, node, subscripts.get_item(context, owner, index))
            subscripts.set_item(context, owner, index, value)
        case _:
            raise context.error("target", "this cannot be assigned to in the dialect", node=node.target)


def _is_field(context: FunctionContext, owner: Typed, attribute: str) -> bool:
    return (
        isinstance(owner.type, Instance) and context.translator.classes.field(owner.type.layout, attribute) is not None
    )


def _loaded(context: FunctionContext, owner: Typed, attribute: str, node: ast.Attribute) -> Typed:
    """What an augmented assignment starts from."""
    if isinstance(owner.type, Instance):
        getter = context.translator.classes.method(owner.type.layout, attribute)
        if getter is not None and getter.kind == "property":
            return calls.call_found_method(context, owner, owner.type.layout, getter, [])
    field = _field_of(context, owner, attribute, node)
    return Typed(context.emission.load_field(owner.operand, field), field.type)


def _augmented(context: FunctionContext, node: ast.AugAssign, before: Typed) -> Typed:
    before = context.conversions.not_none(before)
    if isinstance(node.op, ast.Add) and operators.container_kind(context, before.type) is list:
        assert isinstance(before.type, Instance)
        right = builtin_calls.a_list(context, node.value, before.type.layout.type_arguments[0])
    else:
        right = context.evaluate(node.value, before.type)
    return operators.in_place(context, node.op, before, right)


# --- control ---


def _return(context: FunctionContext, node: ast.Return) -> None:
    if context.graph.result_kind == "v":
        if node.value is not None:
            value = context.evaluate(node.value)
            if value.type not in (NONE, NEVER):
                raise explain.mismatch(context, value.type, NONE, node.value, *explain.result_label(context))
        operand = None
    else:
        if node.value is None:
            value = Typed(context.evaluate(ast.copy_location(ast.Constant(None), node)).operand, NONE)
        else:
            value = context.evaluate(node.value, context.result)
        if not context.emission.reachable:
            return
        operand = _converted_result(context, value, node)
    leave_scopes(context, 0)
    if context.emission.reachable:
        context.builder.give_back(operand)


def _converted_result(context: FunctionContext, value: Typed, node: ast.Return) -> Operand:
    operand = context.conversions.try_convert(value, context.result)
    if operand is None:
        raise explain.mismatch(context, value.type, context.result, node.value, *explain.result_label(context))
    return operand


def leave_scopes(context: FunctionContext, depth: int) -> None:
    """Run the `finally` bodies between here and a scope further out."""
    scopes = context.emission.scopes
    for index in range(len(scopes) - 1, depth - 1, -1):
        scope = scopes[index]
        if isinstance(scope, FinallyScope) and context.emission.reachable:
            context.emission.scopes = scopes[:index]
            statements(context, scope.body)
            context.emission.scopes = scopes


def _loop_exit(context: FunctionContext, node: ast.stmt) -> None:
    for index in range(len(context.emission.scopes) - 1, -1, -1):
        scope = context.emission.scopes[index]
        if isinstance(scope, LoopScope):
            leave_scopes(context, index + 1)
            context.emission.jump(scope.after if isinstance(node, ast.Break) else scope.again)
            return
    raise AssertionError("Python itself refuses `break` and `continue` outside of a loop")


def _if(context: FunctionContext, node: ast.If) -> None:
    if matches.if_chain_as_switch(context, node):
        return
    true, false, after = context.emission.new_block(), context.emission.new_block(), context.emission.new_block()
    context.services.condition(context, node.test, true, false)
    context.emission.start(true)
    if context.emission.reachable:
        statements(context, node.body)
        context.emission.jump(after)
    context.emission.start(false)
    if context.emission.reachable:
        statements(context, node.orelse)
        context.emission.jump(after)
    context.emission.start(after)


def _assert(context: FunctionContext, node: ast.Assert) -> None:
    good, bad = context.emission.new_block(), context.emission.new_block()
    context.services.condition(context, node.test, good, bad)
    context.emission.start(bad)
    if context.emission.reachable:
        message = node.msg
        if message is None or isinstance(message, ast.Constant):
            text = message.value if isinstance(message, ast.Constant) else ""
            context.emission.throw_prebuilt(AssertionError, str(text))
        else:
            value = context.evaluate(message)
            context.emission.throw(context.services.construct(context, AssertionError, [value], None).operand)
    context.emission.start(good)


def _raise(context: FunctionContext, node: ast.Raise) -> None:
    if node.exc is None:
        for scope in reversed(context.emission.scopes):
            if isinstance(scope, CaughtScope):
                context.emission.throw(context.builder.read(scope.name))
                return
        raise context.error("raise", "a bare `raise` is only possible in an except clause")
    found = context.locals.static(node.exc)
    if isinstance(found, type):
        value = context.services.construct(context, found, [], None)
    else:
        value = context.evaluate(node.exc)
    table = context.translator.table
    if not isinstance(value.type, Instance) or not table.is_subclass(
        value.type.layout, table.exception(BaseException).layout
    ):
        raise context.error("raise", f"only exceptions can be raised, this is {show_type(value.type)}")
    if node.cause is not None and not isinstance(context.locals.static(node.cause), type):
        context.evaluate(node.cause)
    context.emission.throw(value.operand)


def _delete(context: FunctionContext, node: ast.Delete) -> None:
    for target in node.targets:
        match target:
            case ast.Subscript():
                subscripts.delete(context, target)
            case ast.Name(id=name):
                context.locals.forget(name)
            case _:
                raise context.error("delete", "only items, slices and locals can be deleted", node=target)


def _expression(context: FunctionContext, node: ast.Expr) -> None:
    if not isinstance(node.value, ast.Constant):
        context.evaluate(node.value)


def _pass(context: FunctionContext, node: ast.stmt) -> None:
    return


def _import(context: FunctionContext, node: ast.ImportFrom) -> None:
    """An import inside a function brings names of modules, classes, functions and constants, known at translation."""
    if node.level or node.module is None:
        raise context.error(
            "import",
            "an import inside a function must name the whole module",
            "write `from package.module import name`",
        )
    try:
        module = importlib.import_module(node.module)
    except ImportError as error:
        raise context.error("import", f"`{node.module}` cannot be imported: {error}") from None
    for alias in node.names:
        found = getattr(module, alias.name, MISSING)
        if found is MISSING:
            help = nearest(alias.name, vars(module))
            raise context.error("import", f"`{node.module}` has no `{alias.name}`", help, alias)
        context.locals.objects[alias.asname or alias.name] = found


_STATEMENTS: Final[dict[type, Callable[..., None]]] = {
    ast.Assign: _assign_statement,
    ast.AnnAssign: _annotated_assignment,
    ast.AugAssign: _augmented_assignment,
    ast.Return: _return,
    ast.Break: _loop_exit,
    ast.Continue: _loop_exit,
    ast.If: _if,
    ast.While: loops.while_loop,
    ast.For: loops.for_loop,
    ast.Try: exceptions.try_statement,
    ast.Match: matches.match_statement,
    ast.Assert: _assert,
    ast.Raise: _raise,
    ast.Delete: _delete,
    ast.Expr: _expression,
    ast.Pass: _pass,
    ast.ImportFrom: _import,
    ast.FunctionDef: closures.define,
    ast.Nonlocal: _pass,
    ast.With: managers.with_statement,
    managers.Action: managers.run_action,
}
