"""Calls: functions, methods, constructors, function values."""

from __future__ import annotations

import ast
import enum
import inspect
import typing
from types import BuiltinFunctionType, MethodType
from types import FunctionType as PythonFunction
from typing import Final, TypeVar

from tracewright.core import operations as op
from tracewright.core.errors import DialectError
from tracewright.hints import JitDriver
from tracewright.translate.flow.graph import Instruction, Operand, Variable
from tracewright.translate.flow.types import (
    BYTES_BUFFER,
    NEVER,
    NONE,
    STR_BUFFER,
    VALUE,
    ClassLayout,
    FunctionType,
    Instance,
    Type,
    kind_of,
    short_name,
    show_type,
)
from tracewright.translate.infer import (
    builtin_calls,
    closures,
    constructors,
    enum_lookups,
    explain,
    guest_values,
    number_calls,
    operators,
    ordering,
    text_methods,
    tracing_calls,
)
from tracewright.translate.infer.advice import standard_module
from tracewright.translate.infer.arguments import (
    Argument,
    argument_as,
    evaluate_arguments,
    from_call,
    learn_from_expected,
    match_parameters,
)
from tracewright.translate.infer.assumptions import assume_arguments, assume_same
from tracewright.translate.infer.classes import Method
from tracewright.translate.infer.constants import from_object, without_none
from tracewright.translate.infer.context import FunctionContext
from tracewright.translate.infer.signatures import Definition
from tracewright.translate.infer.sources import MISSING, is_lambda
from tracewright.translate.infer.values import NONE_CONSTANT, Typed
from tracewright.translate.lower import intrinsics

# Methods of the built-in containers whose library name depends on how many arguments there are.
_OVERLOADS: Final[dict[tuple[object, str, int], str]] = {
    (dict, "get", 1): "get_or_none",
    (dict, "pop", 2): "pop_or",
}

# Class methods of built-in types.
LIBRARY_FUNCTIONS: Final[dict[object, tuple[str, str]]] = {
    int.from_bytes: ("number_methods", "int_from_bytes"),
    bytes.fromhex: ("byte_strings", "bytes_from_hex"),
}
# Methods that take anything that can be iterated, where the library's take their own kind.
_TAKES_LIST: Final = {(list, "extend")}
_TAKES_SET: Final = {
    (set, name)
    for name in (
        "update",
        "union",
        "intersection",
        "difference",
        "symmetric_difference",
        "intersection_update",
        "difference_update",
        "symmetric_difference_update",
        "isdisjoint",
        "issubset",
        "issuperset",
    )
}
_TAKES_BYTES: Final = {"extend", "__iadd__", "set_slice", "__add__"}  # of a bytearray, which take other bytes too
# Methods of tuples whose items are all of one type.
TUPLE_METHODS: Final = {"count": "tuple_count", "index": "tuple_index"}
READS_AS_BYTES: Final = {"find", "rfind", "index", "rindex", "count", "startswith", "endswith", "hex", "decode"}


def call(context: FunctionContext, node: ast.Call, expected: Type | None) -> Typed:
    """Translate a call."""
    callee = node.func
    if isinstance(callee, ast.Attribute):
        if is_super(callee.value):
            return _super_call(context, node, callee.attr)
    found = context.locals.static(callee)
    if found is MISSING and isinstance(callee, ast.Subscript):
        origin = context.locals.static(callee.value)
        if isinstance(origin, type):
            wanted = context.translator.annotations.resolve(callee, context.scope)
            return constructors.construct_call(context, node, origin, wanted)
    if found is MISSING and isinstance(callee, ast.Attribute):
        return _method_or_pointer(context, node, callee, expected)
    if found is MISSING or is_lambda(found):
        return _pointer_call(context, context.evaluate(callee), node)
    return _static_call(context, node, found, expected)


def _static_call(context: FunctionContext, node: ast.Call, found: object, expected: Type | None) -> Typed:
    special = tracing_calls.SPECIAL.get(found) if isinstance(found, PythonFunction) else None
    if special is not None:
        return special(context, node, expected)
    if isinstance(found, type):
        if isinstance(found, enum.EnumMeta) and len(node.args) == 1 and not node.keywords:
            value = context.conversions.not_none(context.evaluate(node.args[0]))
            return enum_lookups.member_of_value(context, found, value, builtin_calls.to_repr)
        if found in builtin_calls.CONVERSIONS:
            return builtin_calls.call_builtin(context, node, found, expected)
        return constructors.construct_call(context, node, found, expected)
    if isinstance(found, PythonFunction) and not standard_module(found.__module__):
        _refuse_unbound(context, node)
        positional, keywords = from_call(context, node)
        return call_python_function(context, found, positional, keywords, expected)
    if isinstance(found, MethodType) and isinstance(found.__self__, type):
        return _class_method_call(context, node, found.__self__, found.__func__)
    if isinstance(found, typing.NewType):
        wanted = context.translator.annotations.resolve(node.func, context.scope)
        return Typed(context.evaluate_as(node.args[0], wanted), wanted)
    if isinstance(found, BuiltinFunctionType) and found in LIBRARY_FUNCTIONS:
        positional, keywords = from_call(context, node)
        function = context.translator.library(*LIBRARY_FUNCTIONS[found], context)
        return call_python_function(context, function, positional, keywords, expected)
    if callable(found):
        return builtin_calls.call_builtin(context, node, found, expected)
    raise context.error("call", f"`{ast.unparse(node.func)}` cannot be called")


def _class_method_call(context: FunctionContext, node: ast.Call, cls: type, function: object) -> Typed:
    """`C.make(...)`: translated for each class through which it is called."""
    assert isinstance(function, PythonFunction)
    translator = context.translator
    definition = translator.signatures.class_method(function)
    instance = translator.classes.instance(cls)
    environment = dict(translator.classes.environment(instance.layout))
    positional, keywords = from_call(context, node)
    slots = match_parameters(context, function.__name__, definition.parameters, positional, keywords, definition)
    values = evaluate_arguments(context, definition, slots, environment)
    graph = translator.graph(definition, instance.layout, environment)
    return emit_call(context, graph, values, translator.signature(graph).result)


def _refuse_unbound(context: FunctionContext, node: ast.Call) -> None:
    """`Class.method(object)` is no way to call a method in the dialect."""
    if isinstance(node.func, ast.Attribute):
        owner = context.locals.static(node.func.value)
        if isinstance(owner, type) and isinstance(inspect.getattr_static(owner, node.func.attr), PythonFunction):
            help = f"write `{ast.unparse(node.args[0])}.{node.func.attr}(...)`" if node.args else ""
            raise context.error(
                "call", f"`{ast.unparse(node.func)}` is a method, called through its class", help, node.func
            )


# --- functions ---


def call_function(context: FunctionContext, function: object, arguments: list[Typed]) -> Typed:
    """Call a module-level function with values at hand."""
    assert isinstance(function, PythonFunction)
    return call_python_function(context, function, list(arguments), {}, None)


def call_python_function(
    context: FunctionContext,
    function: PythonFunction,
    positional: list[Argument],
    keywords: dict[str, Argument],
    expected: Type | None,
) -> Typed:
    """Call a module-level function or static method: an operation, a C function, or a translated function."""
    function = intrinsics.NATIVE.get(function, function)
    foreign = intrinsics.foreign_of(function)
    declared = function if foreign is None else foreign.function
    definition = context.translator.signatures.definition(declared, False)
    slots = match_parameters(context, function.__name__, definition.parameters, positional, keywords, definition)
    environment: dict[TypeVar, Type] = {}
    learn_from_expected(context, definition, expected, environment)
    values = _evaluate_forgiving(context, definition, slots, environment)
    operation = intrinsics.OPERATIONS.get(function)
    if operation is not None:
        result = context.translator.signatures.resolve(definition, None, environment).result
        operands = [value.operand for value in values]
        return Typed(context.emission.compute(operation, *operands, type=result), result)
    external = intrinsics.external_for(function)
    if external is not None:
        result = context.translator.signatures.resolve(definition, None, environment).result
        return Typed(context.emission.call_c(external, [value.operand for value in values], result), result)
    graph = context.translator.graph(definition, None, environment)
    return emit_call(context, graph, values, context.translator.signature(graph).result)


def _evaluate_forgiving(
    context: FunctionContext,
    definition: Definition,
    slots: list[Argument | None],
    environment: dict[TypeVar, Type],
) -> list[Typed]:
    """Type variables learned from the expected type are dropped where the arguments say otherwise (`x: Base = f(derived)`)."""
    if environment and not any(isinstance(value, Typed) for value in slots):
        returns = definition.node.returns
        if isinstance(returns, ast.Name):  # a bare type variable: the arguments know better, if they know at all
            parameters = [p.annotation for p in definition.parameters if p.annotation is not None]
            if any(isinstance(n, ast.Name) and n.id == returns.id for a in parameters for n in ast.walk(a)):
                environment.clear()
    return evaluate_arguments(context, definition, slots, environment)


def emit_call(context: FunctionContext, graph: object, values: list[Typed], result: Type) -> Typed:
    """A direct call of a translated function."""
    operand = context.emission.emit(op.CALL, [value.operand for value in values], result, graph)
    return _finished(context, operand, result)


def _finished(context: FunctionContext, operand: Operand, result: Type) -> Typed:
    if result is NEVER:
        context.builder.unreachable()
        return Typed(NONE_CONSTANT, NEVER)
    return Typed(operand, result)


def _pointer_call(context: FunctionContext, callee: Typed, node: ast.Call) -> Typed:
    """Call a function value."""
    callee = context.conversions.not_none(callee)
    if operators.has_method(context, callee, "__call__"):
        positional, keywords = from_call(context, node)
        return method_call(context, callee, "__call__", positional, keywords, None)
    if not isinstance(callee.type, FunctionType):
        why = explain.decided(context, node.func)
        raise context.error(
            "call", f"this is {show_type(callee.type)}, which cannot be called", node=node.func
        ).because(*why)
    if isinstance(node.func, ast.Name) and node.func.id in context.nested.signatures:
        nested = context.nested.signatures[node.func.id]
        return closures.call_nested(context, callee, nested, node.func.id, node)
    positional, keywords = from_call(context, node)
    if keywords or len(positional) != len(callee.type.parameters):
        why = explain.decided(context, node.func)
        takes = f"this function takes {explain.counted(len(callee.type.parameters), 'positional argument')}"
        raise context.error("arguments", f"{takes}, here {explain.are(len(positional) + len(keywords))}").because(*why)
    wanted = callee.type.parameters
    operands = [argument_as(context, argument, type) for argument, type in zip(positional, wanted, strict=True)]
    return closures.call_value(context, callee, operands)


# --- methods ---


def _method_or_pointer(context: FunctionContext, node: ast.Call, callee: ast.Attribute, expected: Type | None) -> Typed:
    owner = context.locals.static(callee.value)
    if isinstance(owner, JitDriver):
        return tracing_calls.driver_call(context, node, owner, callee.attr)
    if owner is not MISSING:
        name = callee.value.id if isinstance(callee.value, ast.Name) else getattr(callee.value, "attr", "")
        receiver = from_object(context, owner, name, context.source, None)
    else:
        receiver = context.evaluate(callee.value)
    if isinstance(receiver.type, Instance):
        field = context.translator.classes.field(receiver.type.layout, callee.attr)
        if field is not None and isinstance(without_none(field.type), FunctionType):
            return _pointer_call(context, Typed(context.emission.load_field(receiver.operand, field), field.type), node)
    if callee.attr == "sort" and operators.container_kind(context, receiver.type) is list and not node.args:
        ordering.sort_list(context, receiver, node.keywords)
        return Typed(NONE_CONSTANT, NONE)
    positional, keywords = from_call(context, node)
    try:
        return method_call(context, context.conversions.not_none(receiver), callee.attr, positional, keywords, expected)
    except DialectError as error:
        if (
            error.code == "type-mismatch" and len(error.labels) == 1
        ):  # of a library container, whose own source says little
            raise error.because(*explain.decided(context, callee.value)) from None
        raise


def call_method(context: FunctionContext, receiver: Typed, name: str, arguments: list[Typed]) -> Typed:
    """Call a method with values at hand."""
    return method_call(context, receiver, name, list(arguments), {}, None)


def method_call(
    context: FunctionContext,
    receiver: Typed,
    name: str,
    positional: list[Argument],
    keywords: dict[str, Argument],
    expected: Type | None,
) -> Typed:
    """`receiver.name(...)` by the receiver's type."""
    table = context.translator.table
    type = receiver.type
    if type is VALUE:
        values = [a if isinstance(a, Typed) else context.evaluate(a) for a in positional]
        return guest_values.value_method(context, receiver, name, values)
    if type is table.str or type is table.bytes:
        if not text_methods.is_text_method(context, type, name):
            raise explain.no_method(context, type, name)
        return text_methods.text_method(context, receiver, name, positional, keywords, call_python_function)
    if type is STR_BUFFER or type is BYTES_BUFFER:
        values = [a if isinstance(a, Typed) else context.evaluate(a) for a in positional]
        return text_methods.buffer_method(context, receiver, name, values, call_python_function)
    if name == "_replace" and table.is_tuple(type) and not positional:
        return constructors.replaced(context, receiver, keywords)
    number_method = number_calls.METHODS.get((type, name))
    if number_method is not None:
        function = context.translator.library("number_methods", number_method, context)
        return call_python_function(context, function, [receiver, *positional], keywords, expected)
    if not isinstance(type, Instance):
        raise explain.no_method(context, type, name)
    layout = type.layout
    kind = operators.container_kind(context, type)
    name = _OVERLOADS.get((kind, name, len(positional)), name)
    if kind is bytearray and name in READS_AS_BYTES:
        data = call_method(context, receiver, "to_bytes", [])
        return method_call(context, data, name, positional, keywords, expected)
    if kind is bytearray and name in _TAKES_BYTES and positional:
        last = positional[-1]
        data = last if isinstance(last, Typed) else context.conversions.not_none(context.evaluate(last))
        positional = [*positional[:-1], builtin_calls.as_bytes(context, data)]
    given = positional[0] if len(positional) == 1 else None
    if isinstance(given, ast.expr):
        if (kind, name) in _TAKES_LIST:
            positional = [builtin_calls.a_list(context, given, layout.type_arguments[0])]
        elif (kind, name) in _TAKES_SET:
            positional = [builtin_calls.a_set(context, given, layout.type_arguments[0])]
    method = context.translator.classes.method(layout, name)
    items = constructors.list_of_tuple(context, receiver) if method is None and name in TUPLE_METHODS else None
    if items is not None:
        function = context.translator.library("lists", TUPLE_METHODS[name], context)
        return call_python_function(context, function, [items, *positional], keywords, expected)
    if method is None:
        raise explain.no_method(context, type, name)
    if method.kind == "class":
        help = f"write `{show_type(type)}.{name}(...)`"
        raise context.error("class-method", f"`{name}` is a class method, called through an object", help)
    values, environment = _method_arguments(context, method, positional, keywords, expected)
    if context.translator.is_generic(method):
        return _call_generic(context, receiver, method, values, environment)
    if method.kind == "method" and not method.is_final and (keywords or len(values) > len(positional)):
        names = [
            parameter.name
            for parameter in context.translator.signatures.definition(method.function, True).parameters[1:]
        ]
        named = [names.index(name) for name in keywords]
        left_out = [index for index in range(len(positional), len(names)) if index not in named]
        assume_arguments(context, layout, method, left_out, named)
    if method.kind == "static":
        assume_same(context, type, method)
        graph = context.translator.method_graph(method)
        return emit_call(context, graph, values, context.translator.signature(graph).result)
    return call_found_method(context, receiver, layout, method, values)


def _method_arguments(
    context: FunctionContext,
    method: Method,
    positional: list[Argument],
    keywords: dict[str, Argument],
    expected: Type | None,
) -> tuple[list[Typed], dict[TypeVar, Type]]:
    """The arguments, and what type variables mean in this call."""
    definition = context.translator.signatures.definition(method.function, method.kind != "static")
    environment = dict(context.translator.classes.environment(method.owner))
    parameters = definition.parameters[1:] if definition.has_receiver else definition.parameters
    slots = match_parameters(context, method.name, parameters, positional, keywords, definition)
    if context.translator.is_generic(method):
        learn_from_expected(context, definition, expected, environment)
    return evaluate_arguments(context, definition, slots, environment), environment


def _call_generic(
    context: FunctionContext,
    receiver: Typed,
    method: Method,
    values: list[Typed],
    environment: dict[TypeVar, Type],
) -> Typed:
    """A method with type variables of its own: there is one for each choice of types, so none can be looked up by class."""
    translator = context.translator
    name = method.function.__name__
    assert method.owner.python_class is not None
    waiting: list[type] = list(method.owner.python_class.__subclasses__())
    while waiting:
        cls = waiting.pop()
        waiting.extend(cls.__subclasses__())
        if name in cls.__dict__:
            raise context.error(
                "generic-override",
                f"`{name}` has type variables of its own, and `{cls.__name__}` overrides it",
                "let it call a method without type variables, and override that",
            )
    has_receiver = method.kind != "static"
    definition = translator.signatures.definition(method.function, has_receiver)
    graph = translator.graph(definition, method.owner, environment)
    given = [receiver, *values] if has_receiver else values
    return emit_call(context, graph, given, translator.signature(graph).result)


def call_found_method(
    context: FunctionContext, receiver: Typed, layout: ClassLayout, method: Method, values: list[Typed]
) -> Typed:
    """Call a method found on the receiver's static class; virtual unless it can only be this one."""
    translator = context.translator
    definition = translator.signatures.definition(method.function, True)
    environment = translator.classes.environment(method.owner)
    result = translator.signatures.resolve(definition, translator.table.instance(method.owner), environment).result
    if method.is_final or method.name == "__init__":
        graph = translator.method_graph(method)
        return emit_call(context, graph, [receiver, *values], result)
    slot = translator.slot(layout, method)
    translator.call_slot(layout, slot)
    operands = [receiver.operand, *(value.operand for value in values)]
    kind = "v" if result is NONE or result is NEVER else kind_of(result)
    variable = None if kind == "v" else Variable(result, kind)
    instruction = Instruction(op.CALL_METHOD, operands, variable, context.span, slot)
    translator.method_calls.append((instruction, layout))
    context.emission.append(instruction)
    return _finished(context, NONE_CONSTANT if variable is None else variable, result)


def is_super(node: ast.expr) -> bool:
    """Whether the expression is `super()`."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "super"


def _super_call(context: FunctionContext, node: ast.Call, name: str) -> Typed:
    """`super().name(...)`: the base's method, directly."""
    if context.owner is None or context.owner.base is None:
        if name == "__init__" and context.owner is not None:
            return Typed(NONE_CONSTANT, NONE)
        help = f"`{short_name(context.owner)}` has no base class" if context.owner is not None else "this is no method"
        raise context.error("super", "there is no base class for `super()` here", help)
    if context.definition is not None and context.definition.class_parameter:
        raise context.error("super", "`super()` in a class method is not in the dialect", "name the class")
    receiver_name = context.graph.parameters[0].name
    receiver = context.locals.read(receiver_name)
    assert receiver is not None
    base = context.owner.base
    positional, keywords = from_call(context, node)
    if name == "__init__":
        constructors.initialize(context, receiver, base, positional, keywords)
        return Typed(NONE_CONSTANT, NONE)
    method = context.translator.classes.method(base, name)
    if method is None or method.kind == "property":
        raise context.error("super", f"`{base.name}` has no method `{name}`")
    values, environment = _method_arguments(context, method, positional, keywords, None)
    if context.translator.is_generic(method):
        return _call_generic(context, receiver, method, values, environment)
    graph = context.translator.method_graph(method)
    return emit_call(context, graph, [receiver, *values], context.translator.signature(graph).result)


def super_property(context: FunctionContext, node: ast.Attribute) -> Typed:
    """`super().name`, where `name` is a property of the base."""
    base = None if context.owner is None else context.owner.base
    method = None if base is None else context.translator.classes.method(base, node.attr)
    receiver = context.locals.read(context.graph.parameters[0].name) if context.graph.parameters else None
    if method is None or method.kind != "property" or receiver is None:
        help = "fields are those of the object: `self.name`"
        raise context.error("super", f"the base class has no property `{node.attr}`", help, node)
    graph = context.translator.method_graph(method)
    return emit_call(context, graph, [receiver], context.translator.signature(graph).result)
