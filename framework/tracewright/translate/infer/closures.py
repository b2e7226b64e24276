"""Function values: plain functions, lambdas, nested functions and bound methods.

A value of type `Callable[[A], R]` is a pointer to a closure object, whose first field is code that takes the object itself and
then the arguments. A plain function has one such object, made at translation; the others are made where they are evaluated:

    lambda x: x + n      ->  closure(code, n)          code(self, x):  return x + self.n
    node.visit           ->  closure(code, receiver)   code(self, a):  return self.receiver.visit(a)
"""

from __future__ import annotations

import ast
from types import FunctionType as PythonFunction

from tracewright.core import operations as op
from tracewright.translate.flow.graph import Constant, FunctionGraph, Operand, Variable
from tracewright.translate.flow.types import (
    NEVER,
    NONE,
    OBJECT,
    ClassLayout,
    FunctionType,
    Optional,
    Type,
    kind_of,
    result_kind_of,
    show_type,
)
from tracewright.translate.infer import calls
from tracewright.translate.infer.arguments import argument_as, from_call, match_parameters, position_of
from tracewright.translate.infer.captures import (
    NestedFunction,
    bound_names,
    cell_names,
    defined_after,
    free_names,
    has_nested,
    parameter_names,
    sole_functions,
)
from tracewright.translate.infer.classes import Method
from tracewright.translate.infer.context import FunctionContext, NestedSignature
from tracewright.translate.infer.lambdas import all_parameters, as_lambda, check_shape, fixed_arguments
from tracewright.translate.infer.signatures import Parameter
from tracewright.translate.infer.sources import MISSING
from tracewright.translate.infer.values import Typed

# --- calls ---


def call_value(context: FunctionContext, callee: Typed, arguments: list[Operand]) -> Typed:
    """Call a function value with operands of its parameter types."""
    type = callee.type
    assert isinstance(type, FunctionType)
    table = context.translator.table
    if isinstance(callee.operand, Constant) and isinstance(callee.operand.value, PythonFunction):
        graph = context.translator.called_graph(callee.operand.value, type)
        values = [Typed(operand, wanted) for operand, wanted in zip(arguments, type.parameters, strict=True)]
        return calls.emit_call(context, graph, values, type.result)
    code = context.emission.load_field(callee.operand, table.closure.fields["code"])
    operands = [code, callee.operand, *arguments]
    operand = context.emission.emit(
        op.CALL_POINTER, operands, type.result, table.function((OBJECT, *type.parameters), type.result)
    )
    if type.result is NEVER:
        context.builder.unreachable()
    return Typed(operand, type.result)


# --- lambdas and nested functions ---


def lambda_expression(context: FunctionContext, node: ast.Lambda, expected: Type | None) -> Typed:
    """A lambda takes its parameter types from where it is put."""
    wanted = expected.item if isinstance(expected, Optional) else expected
    if wanted is None and not node.args.args:
        return make_closure(context, node, (), None)
    if not isinstance(wanted, FunctionType):
        raise context.error(
            "lambda-type",
            "what this lambda takes is not known here",
            "annotate the variable: `f: Callable[[A], R] = lambda x: ...`, or write a nested function",
        )
    return make_closure(context, node, wanted.parameters, wanted.result)


def define(context: FunctionContext, node: ast.FunctionDef) -> None:
    """A nested `def`: its name becomes a local that holds a function value."""
    if node.decorator_list:
        raise context.error("nested-function", "a nested function has no decorators in the dialect")
    parameters, result = _declared_types(context, node)
    own_name = context.locals.name(node.name)
    if (
        own_name in context.locals.cells and own_name not in context.locals.declared
    ):  # made in a loop, and it calls itself
        context.locals.declare(own_name, context.translator.table.function(parameters, result))
    used = free_names(node)
    for later in context.nested.defined_after.get(node.name, ()):  # functions that call each other
        if later.name in used and later.name in context.nested.sole and later.name in context.locals.cells:
            if later.name not in context.locals.declared:
                context.locals.declare(later.name, context.translator.table.function(*_declared_types(context, later)))
    defaults = _default_values(context, node, parameters)
    context.locals.write(node.name, make_closure(context, node, parameters, result, defaults), node)


def _declared_types(context: FunctionContext, node: ast.FunctionDef) -> tuple[tuple[Type, ...], Type]:
    """What a nested function takes and gives."""
    if node.returns is None:
        raise context.error("unannotated", f"`{node.name}` does not declare its result", "add `-> T`", node)
    resolve = context.translator.annotations.resolve
    parameters: list[Type] = []
    for argument in all_parameters(node):
        if argument.annotation is None:
            message = f"the parameter `{argument.arg}` has no type"
            raise context.error("unannotated", message, f"write `{argument.arg}: T`", argument)
        parameters.append(resolve(argument.annotation, context.scope))
    return tuple(parameters), resolve(node.returns, context.scope)


def _default_values(context: FunctionContext, node: ast.FunctionDef, types: tuple[Type, ...]) -> dict[str, Typed]:
    """The defaults of a nested function, which are evaluated where it is defined."""
    arguments = node.args
    positional = [*arguments.posonlyargs, *arguments.args]
    given: list[tuple[ast.arg, ast.expr | None]] = [
        *zip(positional[len(positional) - len(arguments.defaults) :], arguments.defaults, strict=True),
        *zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True),
    ]
    type_of = {argument.arg: type for argument, type in zip(all_parameters(node), types, strict=True)}
    values = {
        argument.arg: Typed(context.evaluate_as(default, type_of[argument.arg]), type_of[argument.arg])
        for argument, default in given
        if default is not None
    }
    if (values or arguments.kwonlyargs) and node.name not in context.nested.sole:
        raise context.error(
            "nested-function",
            f"`{node.name}` has defaults or keywords, and another meaning elsewhere in the function around it",
            "give the two functions different names",
            node,
        )
    return values


def call_nested(context: FunctionContext, callee: Typed, nested: NestedSignature, name: str, node: ast.Call) -> Typed:
    """A call of a nested function by its own name: keywords and defaults are known."""
    positional, keywords = from_call(context, node)
    slots = match_parameters(context, name, nested.parameters, positional, keywords)
    given = [(at, slot) for at, slot in enumerate(slots) if slot is not None]
    operands: dict[int, Operand] = {}
    for at, slot in sorted(given, key=lambda each: position_of(each[1])):
        operands[at] = argument_as(context, slot, nested.types[at])
    for at, parameter in enumerate(nested.parameters):
        if at not in operands:
            operands[at] = context.emission.load_field(callee.operand, nested.defaults[parameter.name])
    return call_value(context, callee, [operands[at] for at in range(len(slots))])


def make_closure(
    context: FunctionContext,
    node: NestedFunction,
    parameters: tuple[Type, ...],
    result: Type | None,
    defaults: dict[str, Typed] | None = None,
) -> Typed:
    """The closure object of a nested function; its code is translated at once."""
    check_shape(context, node, len(parameters))
    translator = context.translator
    own_name = node.name if isinstance(node, ast.FunctionDef) else ""
    graph = _new_graph(context, own_name or "<lambda>", parameters, parameter_names(node)[: len(parameters)])
    layout = translator.table.new_layout(f"closure {graph.name}", None, translator.table.closure, "fields")
    translator.instantiate(layout)
    stored = _capture(context, node, layout, own_name)
    for name, value in fixed_arguments(context, node, len(parameters)):
        translator.table.add_field(layout, name, value.type, "always")
        stored.append((name, value.operand))
    for name, value in (defaults or {}).items():
        translator.table.add_field(layout, _default_field(name), value.type, "always")
        stored.append((_default_field(name), value.operand))
    if own_name in context.nested.sole:
        context.nested.signatures[own_name] = _nested_signature(node, layout, parameters, defaults or {})
    type = _translate(context, node, graph, layout, parameters, result, own_name)
    closure = context.emission.emit(op.NEW_OBJECT, [], translator.table.instance(layout), layout)
    context.emission.store_field(closure, layout.fields["code"], _code(context, graph, type))
    for name, operand in stored:
        context.emission.store_field(closure, layout.fields[name], operand)
    return Typed(closure, type)


def _default_field(name: str) -> str:
    return f"%default {name}"


def _nested_signature(
    node: NestedFunction, layout: ClassLayout, types: tuple[Type, ...], defaults: dict[str, Typed]
) -> NestedSignature:
    parameters = tuple(
        Parameter(each.arg, each.annotation, None if each.arg in defaults else MISSING, each in node.args.kwonlyargs)
        for each in all_parameters(node)
    )
    return NestedSignature(parameters, types, {name: layout.fields[_default_field(name)] for name in defaults})


def _code(context: FunctionContext, graph: FunctionGraph, type: FunctionType) -> Constant:
    machine_type = context.translator.table.function((OBJECT, *type.parameters), type.result)
    return Constant(graph, "i", machine_type)


def _new_graph(context: FunctionContext, name: str, parameters: tuple[Type, ...], names: list[str]) -> FunctionGraph:
    outer = context.graph
    variables = [Variable(OBJECT, "r", "closure")]
    variables += [Variable(type, kind_of(type), name) for type, name in zip(parameters, names, strict=True)]
    full_name = context.translator.unique_name(f"{outer.name}.{name}")
    graph = FunctionGraph(full_name, outer.module, context.span, variables)
    context.translator.graphs[graph,] = graph
    return graph


def _capture(
    context: FunctionContext, node: NestedFunction, layout: ClassLayout, own_name: str
) -> list[tuple[str, Operand]]:
    """Fields for the variables that the function takes along, with what goes into them."""
    stored: list[tuple[str, Operand]] = []
    for name in free_names(node):
        local = context.locals.name(name)
        if local in context.locals.cells:
            if local not in context.locals.declared:
                raise context.error("capture", f"`{name}` has no value yet where this function is made", node=node)
            cell = context.locals.cell(local)
            context.translator.table.add_field(layout, name, cell.type, "always")
            stored.append((name, cell.operand))
            continue
        if name == own_name:
            continue
        value = context.locals.read(name)
        if value is not None:
            context.translator.table.add_field(layout, name, value.type, "always")
            stored.append((name, value.operand))
    return stored


def _translate(
    context: FunctionContext,
    node: NestedFunction,
    graph: FunctionGraph,
    layout: ClassLayout,
    parameters: tuple[Type, ...],
    result: Type | None,
    own_name: str,
) -> FunctionType:
    """Translate the body; the type of the function, whose result may only be known now."""
    table = context.translator.table
    inner = FunctionContext(context.translator, context.services, graph, context.scope, None, result or NONE, node)
    inner.locals.objects = dict(context.locals.objects)
    inner.locals.own_names = bound_names(node) | layout.fields.keys()
    own_cells = cell_names(node) if has_nested(node) else frozenset()
    taken = {name for name in layout.fields if name != "code" and context.locals.name(name) in context.locals.cells}
    inner.locals.cells = frozenset(own_cells | taken)
    if has_nested(node):
        inner.nested.sole, inner.nested.defined_after = sole_functions(node), defined_after(node)
    around = {name: each for name, each in context.nested.signatures.items() if name not in bound_names(node)}
    inner.nested.signatures.update(around)
    receiver = graph.parameters[0]
    for name, field in layout.fields.items():
        if name == "code" or name.startswith("%"):
            continue
        if name in taken:
            inner.locals.adopt_cell(
                name, context.locals.declared[context.locals.name(name)], inner.emission.load_field(receiver, field)
            )
        else:
            inner.locals.declare(name, field.type)
            inner.locals.store(name, inner.emission.load_field(receiver, field))
    names = parameter_names(node)[: len(parameters)]
    for name, variable in zip(names, graph.parameters[1:], strict=True):
        inner.locals.declare(name, variable.type)
        inner.locals.store(name, variable)
    if own_name and own_name not in inner.locals.declared:
        assert result is not None
        inner.locals.declare(own_name, table.function(parameters, result))
        inner.builder.write(own_name, receiver)
    if isinstance(node, ast.Lambda):
        result = _lambda_body(inner, node, result)
    else:
        assert result is not None
        _set_result(graph, result)
        inner.services.statements(inner, node.body)
        _end_body(inner, node, result)
    inner.translator.find_unassigned(inner)
    inner.builder.finish()
    return table.function(parameters, result)


def _end_body(inner: FunctionContext, node: ast.FunctionDef, result: Type) -> None:
    """Control at the end of the body."""
    if not inner.emission.reachable:
        return
    if inner.graph.result_kind == "v" and result is not NEVER:
        inner.builder.give_back(None)
        return
    raise inner.error(
        "missing-return", f"`{node.name}` can end without the {show_type(result)} that it declares", node=node.body[-1]
    )


def _set_result(graph: FunctionGraph, result: Type) -> None:
    graph.result_type = result
    graph.result_kind = "v" if result is NEVER else result_kind_of(result)


def _lambda_body(inner: FunctionContext, node: ast.Lambda, result: Type | None) -> Type:
    value = inner.evaluate(node.body, result)
    known = value.type if result is None else result
    _set_result(inner.graph, known)
    if inner.emission.reachable:
        if inner.graph.result_kind == "v":
            inner.builder.give_back(None)
        else:
            inner.builder.give_back(inner.conversions.convert(value, known, node.body))
    return known


# --- other callables as values ---


def callable_of(context: FunctionContext, node: ast.expr, parameters: tuple[Type, ...], result: Type | None) -> Typed:
    """What can be called with these types, as a function value; the result may be still unknown."""
    if isinstance(node, ast.Lambda):
        return make_closure(context, node, parameters, result)
    found = context.locals.static(node)
    if found is not MISSING and callable(found) and not isinstance(found, PythonFunction):
        return make_closure(context, as_lambda(node, found, len(parameters)), parameters, result)
    value = context.evaluate(node, None if result is None else context.translator.table.function(parameters, result))
    value = context.conversions.not_none(value)
    if not isinstance(value.type, FunctionType):
        raise context.error("call", f"a function is needed here, this is {show_type(value.type)}", node=node)
    if len(value.type.parameters) != len(parameters):
        raise context.error("arguments", f"a function of {len(parameters)} arguments is needed here", node=node)
    return value


def bound_method(context: FunctionContext, receiver: Typed, layout: ClassLayout, method: Method) -> Typed:
    """`receiver.method` without a call."""
    translator = context.translator
    name = method.name
    definition = translator.signatures.definition(method.function, method.kind != "static")
    environment = translator.classes.environment(method.owner)
    signature = translator.signatures.resolve(definition, translator.table.instance(method.owner), environment)
    if method.kind == "static":
        type = translator.table.function(signature.parameters, signature.result)
        return Typed(translator.prebuilt.constant(method.function, type), type)
    parameters = signature.parameters[1:]
    type = translator.table.function(parameters, signature.result)
    graph = translator.graphs.get(("bound", layout, name))
    if graph is None:
        names = [parameter.name for parameter in definition.parameters[1:]]
        graph = _new_graph(context, f"{name}.bound", parameters, names)
        translator.graphs["bound", layout, name] = translator.graphs.pop((graph,))
        _set_result(graph, signature.result)
        closure = translator.table.new_layout(f"bound {graph.name}", None, translator.table.closure, "fields")
        translator.table.add_field(closure, "receiver", receiver.type, "always")
        translator.instantiate(closure)
        translator.bound_layouts[graph] = closure
        _bound_body(context, graph, closure, receiver.type, layout, method)
    closure = translator.bound_layouts[graph]
    made = context.emission.emit(op.NEW_OBJECT, [], translator.table.instance(closure), closure)
    context.emission.store_field(made, closure.fields["code"], _code(context, graph, type))
    context.emission.store_field(made, closure.fields["receiver"], receiver.operand)
    return Typed(made, type)


def _bound_body(
    context: FunctionContext,
    graph: FunctionGraph,
    closure: ClassLayout,
    receiver_type: Type,
    layout: ClassLayout,
    method: Method,
) -> None:
    assert graph.result_type is not None
    inner = FunctionContext(
        context.translator,
        context.services,
        graph,
        context.scope,
        None,
        graph.result_type,
        context.node,
    )
    receiver = Typed(inner.emission.load_field(graph.parameters[0], closure.fields["receiver"]), receiver_type)
    values = [Typed(variable, variable.type) for variable in graph.parameters[1:]]
    value = calls.call_found_method(inner, receiver, layout, method, values)
    if inner.emission.reachable:
        inner.builder.give_back(None if graph.result_kind == "v" else value.operand)
    inner.builder.finish()
