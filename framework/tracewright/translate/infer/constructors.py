"""Making objects: classes, dataclasses, exceptions, arrays, containers."""

from __future__ import annotations

import ast
import dataclasses
from collections.abc import Callable
from types import FunctionType as PythonFunction
from typing import Final, TypeVar

from tracewright.core import operations as op
from tracewright.core.arrays import Array, Words
from tracewright.core.text import BytesBuffer, StrBuffer
from tracewright.core.vm_stack import VMStack
from tracewright.translate.flow.graph import Constant, Operand
from tracewright.translate.flow.types import (
    BYTES_BUFFER,
    INT,
    NONE,
    STR_BUFFER,
    ClassLayout,
    FieldLayout,
    Instance,
    Optional,
    Type,
    short_name,
)
from tracewright.translate.infer import explain, tuples
from tracewright.translate.infer.advice import BUILTINS, standard_module
from tracewright.translate.infer.annotations import CONTAINERS
from tracewright.translate.infer.arguments import (
    Argument,
    argument_as,
    evaluate_arguments,
    from_call,
    in_order_written,
    match_parameters,
)
from tracewright.translate.infer.classes import dataclass_fields, is_dataclass
from tracewright.translate.infer.constants import from_object
from tracewright.translate.infer.context import FunctionContext
from tracewright.translate.infer.signatures import Parameter
from tracewright.translate.infer.sources import MISSING, is_lambda
from tracewright.translate.infer.type_table import BUILTIN_EXCEPTIONS, ERROR_TEXT, is_named_tuple
from tracewright.translate.infer.values import Typed, integer
from tracewright.translate.lower import intrinsics


def construct_call(context: FunctionContext, node: ast.Call, cls: type, expected: Type | None) -> Typed:
    """`cls(...)` as written in the source."""
    positional, keywords = from_call(context, node)
    return construct(context, cls, positional, keywords, expected)


def construct(
    context: FunctionContext,
    cls: type,
    positional: list[Argument],
    keywords: dict[str, Argument],
    expected: Type | None,
) -> Typed:
    """A new object of the class."""
    if isinstance(expected, Optional):
        expected = expected.item
    if cls in CONTAINERS:
        cls = context.translator.annotations.container(cls)
    special = _SPECIAL.get(cls)
    if special is not None:
        return special(context, positional, keywords, expected)
    if cls in BUILTIN_EXCEPTIONS or cls.__module__ != "builtins":
        return _object(context, cls, positional, keywords, expected)
    help = BUILTINS.get(cls.__name__, "")
    raise context.error("builtin", f"`{cls.__name__}` is not in the dialect", help, context.callee)


def _object(
    context: FunctionContext,
    cls: type,
    positional: list[Argument],
    keywords: dict[str, Argument],
    expected: Type | None,
) -> Typed:
    if standard_module(cls.__module__):
        raise explain.refused_call(context, context.callee, cls)
    if getattr(cls, "__abstractmethods__", None):
        raise explain.abstract_instance(context, cls)
    layout = _wanted_layout(context, cls, expected)
    if layout is None:
        layout = _inferred_layout(context, cls, positional, keywords)
    store = _initializer_arguments(context, layout, positional, keywords)
    type = context.translator.table.instance(layout)
    context.translator.instantiate(layout)
    context.translator.classes.check_initialized(layout)
    operand = context.emission.emit(op.NEW_OBJECT, [], type, layout)
    result = Typed(operand, type)
    for field, value in context.translator.classes.defaults(layout):
        default = context.conversions.convert(
            from_object(context, value, field.name, None, field.type, declared=field.type), field.type
        )
        if not is_zero(default):
            context.emission.store_field(operand, field, default)
    store(result)
    return result


def _wanted_layout(context: FunctionContext, cls: type, expected: Type | None) -> ClassLayout | None:
    if not getattr(cls, "__parameters__", ()):
        return context.translator.classes.instance(cls).layout
    if isinstance(expected, Instance) and expected.layout.python_class is cls:
        return expected.layout
    return None


def _inferred_layout(
    context: FunctionContext, cls: type, positional: list[Argument], keywords: dict[str, Argument]
) -> ClassLayout:
    """The layout of a generic class whose type arguments the constructor's arguments tell."""
    parameters: tuple[TypeVar, ...] = getattr(cls, "__parameters__", ())
    environment: dict[TypeVar, Type] = {}
    located = context.translator.sources.of_class(cls)
    assert located is not None
    annotations = _initializer_annotations(context, cls)
    given = [
        positional[index] if index < len(positional) else keywords.get(name)
        for index, (name, _) in enumerate(annotations)
    ]
    for index in in_order_written(given):
        name, annotation = annotations[index]
        argument = given[index]
        assert argument is not None
        if not isinstance(argument, Typed):
            value = context.evaluate(argument)
            if index < len(positional):
                positional[index] = value
            else:
                keywords[name] = value
            argument = value
        context.translator.annotations.match(annotation, argument.type, located[0], environment)
    if any(environment.get(parameter, NONE) is NONE for parameter in parameters):
        raise context.error(
            "type-arguments",
            f"the type arguments of `{cls.__name__}` cannot be told here",
            f"annotate the variable: `x: {cls.__name__}[...] = {cls.__name__}(...)`",
        )
    return context.translator.classes.instance(cls, tuple(environment[p] for p in parameters)).layout


def _initializer_annotations(context: FunctionContext, cls: type) -> list[tuple[str, ast.expr]]:
    found = cls.__dict__.get("__init__")
    if isinstance(found, PythonFunction) and not _is_generated(found):
        definition = context.translator.signatures.definition(found, True)
        return [(p.name, p.annotation) for p in definition.parameters if p.annotation is not None]
    located = context.translator.sources.of_class(cls)
    assert located is not None
    return [
        (statement.target.id, statement.annotation)
        for statement in located[1].body
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name)
    ]


def _is_generated(function: PythonFunction) -> bool:
    return function.__code__.co_filename == "<string>"


def initialize(
    context: FunctionContext,
    receiver: Typed,
    layout: ClassLayout,
    positional: list[Argument],
    keywords: dict[str, Argument],
) -> None:
    """Run the initializer of `layout` on an existing object (`super().__init__`)."""
    _initializer_arguments(context, layout, positional, keywords)(receiver)


def _initializer_arguments(
    context: FunctionContext, layout: ClassLayout, positional: list[Argument], keywords: dict[str, Argument]
) -> Callable[[Typed], None]:
    """Translate the arguments; what is returned stores them into the object, once it is there."""
    current: ClassLayout | None = layout
    while current is not None:
        cls = current.python_class
        assert cls is not None
        found = cls.__dict__.get("__init__")
        if cls in BUILTIN_EXCEPTIONS:
            return _exception_initializer(context, current, cls, positional, keywords)
        if is_named_tuple(cls):
            return _named_tuple_initializer(context, current, cls, positional, keywords)
        if isinstance(found, PythonFunction) and _is_generated(found) and is_dataclass(cls):
            return _dataclass_initializer(context, current, cls, positional, keywords)
        if isinstance(found, PythonFunction) and found.__module__ != "typing":  # which gives protocols one
            return _written_initializer(context, current, found, positional, keywords)
        current = current.base
    if positional or keywords:
        raise context.error("arguments", f"`{layout.name}` takes no arguments")
    return lambda receiver: None


def _written_initializer(
    context: FunctionContext,
    owner: ClassLayout,
    function: PythonFunction,
    positional: list[Argument],
    keywords: dict[str, Argument],
) -> Callable[[Typed], None]:
    translator = context.translator
    definition = translator.signatures.definition(function, True)
    slots = match_parameters(
        context, short_name(owner).partition("[")[0], definition.parameters[1:], positional, keywords, definition
    )
    environment = dict(translator.classes.environment(owner))
    values = evaluate_arguments(context, definition, slots, environment)
    graph = translator.graph(definition, owner, environment)

    def run(receiver: Typed) -> None:
        context.emission.emit(op.CALL, [receiver.operand, *(value.operand for value in values)], NONE, graph)

    return run


def _dataclass_initializer(
    context: FunctionContext,
    layout: ClassLayout,
    cls: type,
    positional: list[Argument],
    keywords: dict[str, Argument],
) -> Callable[[Typed], None]:
    context.translator.classes.complete(layout)
    fields = dataclass_fields(cls)
    parameters = [Parameter(f.name, ast.Constant(None), _default(f), bool(f.kw_only)) for f in fields]
    slots = match_parameters(context, cls.__name__, parameters, positional, keywords)
    given = _given_operands(context, slots, [layout.fields[field.name].type for field in fields])
    stores: list[tuple[FieldLayout, Operand]] = []
    for field, operand in zip(fields, given, strict=True):
        place = layout.fields[field.name]
        stores.append((place, _default_value(context, field, place) if operand is None else operand))
    for field in dataclasses.fields(cls):
        if not field.init:
            place = layout.fields[field.name]
            if _default(field) is not MISSING:
                stores.append((place, _default_value(context, field, place)))
    after = context.translator.classes.method(layout, "__post_init__")

    def run(receiver: Typed) -> None:
        for place, operand in stores:
            context.emission.store_field(receiver.operand, place, operand)
        if after is not None:
            graph = context.translator.method_graph(after)
            context.emission.emit(op.CALL, [receiver.operand], NONE, graph)

    return run


def _named_tuple_initializer(
    context: FunctionContext,
    layout: ClassLayout,
    cls: type,
    positional: list[Argument],
    keywords: dict[str, Argument],
) -> Callable[[Typed], None]:
    defaults: dict[str, object] = getattr(cls, "_field_defaults", {})
    names = list(layout.fields)
    parameters = [Parameter(name, ast.Constant(None), defaults.get(name, MISSING), False) for name in names]
    slots = match_parameters(context, cls.__name__, parameters, positional, keywords)
    types = [layout.fields[name].type for name in names]
    operands = []
    for name, type, operand in zip(names, types, _given_operands(context, slots, types), strict=True):
        if operand is None:
            operand = context.conversions.convert(
                from_object(context, defaults[name], name, None, type, declared=type), type
            )
        operands.append(operand)

    def run(receiver: Typed) -> None:
        for name, operand in zip(names, operands, strict=True):
            context.emission.store_field(receiver.operand, layout.fields[name], operand)

    return run


def replaced(context: FunctionContext, value: Typed, changes: dict[str, Argument]) -> Typed:
    """`dataclasses.replace(value, ...)` and `value._replace(...)`: a new object, made of the old one's fields and what is given."""
    value = context.conversions.not_none(value)
    cls = value.type.layout.python_class if isinstance(value.type, Instance) else None
    if cls is None or not (is_dataclass(cls) or is_named_tuple(cls)) or cls.__subclasses__():
        help = "write a method that makes the new object, and override it"
        raise context.error("replace", "only objects of a dataclass without subclasses are copied by `replace`", help)
    assert isinstance(value.type, Instance)
    layout = value.type.layout
    context.translator.classes.complete(layout)
    names = list(layout.fields) if is_named_tuple(cls) else [field.name for field in dataclass_fields(cls)]
    kept: dict[str, Argument] = {
        name: Typed(context.emission.load_field(value.operand, layout.fields[name]), layout.fields[name].type)
        for name in names
        if name not in changes
    }
    return construct(context, cls, [], {**kept, **changes}, value.type)


def _given_operands(context: FunctionContext, slots: list[Argument | None], types: list[Type]) -> list[Operand | None]:
    """The arguments as values of the fields' types, evaluated in the order written; None where a default is used."""
    operands: list[Operand | None] = [None] * len(slots)
    for index in in_order_written(slots):
        slot = slots[index]
        assert slot is not None
        operands[index] = argument_as(context, slot, types[index])
    return operands


def _default(field: dataclasses.Field[object]) -> object:
    if field.default is not dataclasses.MISSING:
        return field.default
    return field.default_factory if field.default_factory is not dataclasses.MISSING else MISSING


def _default_value(context: FunctionContext, field: dataclasses.Field[object], place: FieldLayout) -> Operand:
    if field.default is not dataclasses.MISSING:
        value = from_object(context, field.default, field.name, None, place.type, declared=place.type)
    else:
        value = _made_by_factory(context, field, place)
    return context.conversions.convert(value, place.type)


def _made_by_factory(context: FunctionContext, field: dataclasses.Field[object], place: FieldLayout) -> Typed:
    """`field(default_factory=...)`: a class, a function or a lambda."""
    factory = field.default_factory
    if isinstance(factory, type):
        return construct(context, factory, [], {}, place.type)
    if isinstance(factory, PythonFunction) and is_lambda(factory):
        graph = context.translator.called_graph(factory, context.translator.table.function((), place.type))
        return Typed(context.emission.emit(op.CALL, [], place.type, graph), place.type)
    if isinstance(factory, PythonFunction):
        return context.services.call_function(context, factory, [])
    raise context.error(
        "default-factory",
        f"the default_factory of `{field.name}` must be a class, a function of a module or a lambda",
        "write a lambda that makes the value",
    )


def _exception_initializer(
    context: FunctionContext,
    layout: ClassLayout,
    cls: type,
    positional: list[Argument],
    keywords: dict[str, Argument],
) -> Callable[[Typed], None]:
    """Built-in exceptions keep their message, a str; OSError may have a number before it, which its text then shows."""
    values = [argument if isinstance(argument, Typed) else context.evaluate(argument) for argument in positional]
    if keywords:
        raise context.error("arguments", f"`{cls.__name__}` takes no keyword arguments")
    table = context.translator.table
    context.translator.classes.complete(layout)
    if len(values) > (2 if cls is OSError else 1):
        raise context.error(
            "arguments", f"`{cls.__name__}` takes one str in the dialect", "an f-string puts values into it"
        )
    message = Typed(context.conversions.convert(values[-1], table.str), table.str) if values else None
    number = values[0] if len(values) == 2 else None
    if number is not None and message is not None:
        for head in (
            Typed(Constant("] ", "r", table.str), table.str),
            context.library("strings", "str_of_int", [number]),
            Typed(Constant("[Errno ", "r", table.str), table.str),
        ):
            message = context.library("strings", "str_concat", [head, message])

    def run(receiver: Typed) -> None:
        if message is not None:
            context.emission.store_field(receiver.operand, layout.fields[ERROR_TEXT], message.operand)
        if number is not None:
            context.emission.store_field(
                receiver.operand, layout.fields["errno"], context.conversions.convert(number, INT)
            )

    return run


# --- arrays and other built-in shapes ---

FILLED_ONE_BY_ONE: Final = 8  # places of an array; for more, a loop is less code


def _new_array(
    context: FunctionContext, positional: list[Argument], keywords: dict[str, Argument], expected: Type | None
) -> Typed:
    if len(positional) != 2 or keywords:
        raise context.error("arguments", "an array is made by `Array(length, fill)`")
    item = expected.layout.item if isinstance(expected, Instance) and expected.layout.shape == "array" else None
    length = argument_as(context, positional[0], INT)
    fill = positional[1] if isinstance(positional[1], Typed) else context.evaluate(positional[1], item)
    if item is None:
        item = fill.type
    if item is NONE:
        raise context.error(
            "type-arguments", "the item type of this array is not known", "annotate: `x: Array[T | None] = ...`"
        )
    type = context.translator.table.array(item)
    operand = context.conversions.convert(fill, item)
    array = context.emission.emit(op.NEW_ARRAY, [length], type, type.layout)
    if not is_zero(operand):
        _fill(context, Typed(array, type), Typed(length, INT), Typed(operand, item))
    return Typed(array, type)


def is_zero(operand: Operand) -> bool:
    """Whether the operand is the zero word, which new memory holds already."""
    if not isinstance(operand, Constant):
        return False
    value = operand.value
    if operand.kind == "f":
        return value == 0.0 and str(value) == "0.0"
    if operand.kind == "i":
        return isinstance(value, int) and value == 0
    return value is None or getattr(getattr(value, "payload", None), "word", 1) == 0


def _fill(context: FunctionContext, array: Typed, length: Typed, value: Typed) -> None:
    """Store `value` everywhere: one by one where the translator knows how many places there are, else by a call, for a loop in
    the function that makes the array would keep the tracer from looking into it."""
    if isinstance(length.operand, Constant) and isinstance(length.operand.value, int):
        if length.operand.value <= FILLED_ONE_BY_ONE:
            assert isinstance(array.type, Instance)
            for index in range(length.operand.value):
                operands = [array.operand, integer(index), value.operand]
                context.emission.emit(op.STORE_ITEM, operands, NONE, array.type.layout)
            return
    context.library("array_fill", "fill", [array, length, value])


def _new_words(
    context: FunctionContext, positional: list[Argument], keywords: dict[str, Argument], expected: Type | None
) -> Typed:
    type = context.translator.table.words
    return Typed(
        context.emission.emit(op.NEW_ARRAY, [argument_as(context, positional[0], INT)], type, type.layout), type
    )


def _new_vm_stack(
    context: FunctionContext, positional: list[Argument], keywords: dict[str, Argument], expected: Type | None
) -> Typed:
    limit = argument_as(context, positional[0] if positional else keywords["limit"], INT)
    type = context.translator.classes.instance(VMStack)
    context.translator.classes.complete(type.layout)
    context.translator.instantiate(type.layout)
    cells = context.emission.call_c(intrinsics.NEW_STACK_CELLS, [limit], INT)
    granted = context.emission.call_c(intrinsics.STACK_SLOTS, [cells], INT)
    stack = context.emission.emit(op.NEW_OBJECT, [], type, type.layout)
    context.emission.store_field(stack, type.layout.fields["cells"], cells)
    context.emission.store_field(stack, type.layout.fields["limit"], granted)
    return Typed(stack, type)


def _new_str_buffer(
    context: FunctionContext, positional: list[Argument], keywords: dict[str, Argument], expected: Type | None
) -> Typed:
    operands = [argument_as(context, argument, INT) for argument in positional]
    return Typed(context.emission.call_c(intrinsics.NEW_STR, operands, STR_BUFFER), STR_BUFFER)


def _new_bytes_buffer(
    context: FunctionContext, positional: list[Argument], keywords: dict[str, Argument], expected: Type | None
) -> Typed:
    operands = [argument_as(context, argument, INT) for argument in positional]
    return Typed(context.emission.call_c(intrinsics.NEW_BYTES, operands, BYTES_BUFFER), BYTES_BUFFER)


_Maker = Callable[[FunctionContext, list[Argument], dict[str, Argument], Type | None], Typed]
_SPECIAL: Final[dict[type, _Maker]] = {
    Array: _new_array,
    Words: _new_words,
    VMStack: _new_vm_stack,
    StrBuffer: _new_str_buffer,
    BytesBuffer: _new_bytes_buffer,
}


# --- containers ---


def new_container(context: FunctionContext, kind: type, arguments: tuple[Type, ...]) -> Typed:
    """An empty list, dict or set."""
    cls = context.translator.annotations.container(kind)
    return construct(context, cls, [], {}, context.translator.classes.instance(cls, arguments))


def make_list(context: FunctionContext, item: Type, operands: list[Operand]) -> Typed:
    """A new list of these items: its array is made to measure."""
    if not operands:
        return new_container(context, list, (item,))
    cls = context.translator.annotations.container(list)
    type = context.translator.classes.instance(cls, (item,))
    layout = type.layout
    context.translator.classes.complete(layout)
    context.translator.instantiate(layout)
    array_type = context.translator.table.array(item)
    array = context.emission.emit(op.NEW_ARRAY, [integer(len(operands))], array_type, array_type.layout)
    for index, operand in enumerate(operands):
        if not is_zero(operand):
            context.emission.emit(op.STORE_ITEM, [array, integer(index), operand], NONE, array_type.layout)
    result = context.emission.emit(op.NEW_OBJECT, [], type, layout)
    context.emission.store_field(result, layout.fields["items"], array)
    context.emission.store_field(result, layout.fields["length"], integer(len(operands)))
    return Typed(result, type)


def list_of_tuple(context: FunctionContext, value: Typed) -> Typed | None:
    """A list of a tuple's items; None where it is no tuple, or its items are not all of one type."""
    if not isinstance(value.type, Instance) or not context.translator.table.is_tuple(value.type):
        return None
    types = {field.type for field in value.type.layout.fields.values()}
    if len(types) != 1:
        return None
    return make_list(context, types.pop(), [item.operand for item in tuples.items_of(context, value)])


def make_tuple(context: FunctionContext, items: list[Typed]) -> Typed:
    """A new tuple object."""
    result = context.translator.table.tuple(tuple(item.type for item in items))
    layout = result.layout
    context.translator.instantiate(layout)
    operand = context.emission.emit(op.NEW_OBJECT, [], result, layout)
    for field, item in zip(layout.fields.values(), items, strict=True):
        context.emission.store_field(operand, field, item.operand)
    return Typed(operand, result)
