"""Python's built-in functions, and the methods of str, bytes and Value."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Final

from tracewright.core import operations as op
from tracewright.lib import exception_text
from tracewright.translate.flow.graph import Constant, Operand
from tracewright.translate.flow.types import (
    BOOL,
    BYTES_BUFFER,
    FLOAT,
    INT,
    NONE,
    OBJECT,
    STR_BUFFER,
    ClassLayout,
    Instance,
    Optional,
    Primitive,
    Type,
    show_type,
)
from tracewright.translate.infer import (
    comparison,
    comprehensions,
    constructors,
    enums,
    explain,
    number_calls,
    operators,
    ordering,
    subscripts,
)
from tracewright.translate.infer.arguments import plain_arguments
from tracewright.translate.infer.assumptions import assume_absent, assume_own_text, assume_told
from tracewright.translate.infer.context import FunctionContext
from tracewright.translate.infer.type_table import BUILTIN_EXCEPTIONS
from tracewright.translate.infer.values import Typed, boolean, integer

CONVERSIONS: Final = (
    int, float, str, bool, list, set, dict, tuple, bytes, bytearray, range, enumerate, zip, reversed, map, filter, type, super
)  # fmt: skip


def call_builtin(context: FunctionContext, node: ast.Call, found: object, expected: Type | None) -> Typed:
    """A call of one of Python's built-in functions or types."""
    handler = BUILTINS.get(found) if isinstance(found, (type, type(len))) else None
    if handler is None:
        raise explain.refused_call(context, node.func, found)
    return handler(context, node, expected)


# --- conversions ---


def convert_by_name(context: FunctionContext, name: str, value: Typed) -> Typed:
    """`str(value)` or `repr(value)`."""
    return to_repr(context, value) if name == "repr" else to_str(context, value)


def _or_none_text(
    context: FunctionContext, value: Typed, item: Type, text_of: Callable[[FunctionContext, Typed], Typed]
) -> Typed:
    """The text of a value that may be None, which then is `None`."""
    table = context.translator.table
    name = context.emission.write_new(Constant("None", "r", table.str), table.str)
    there, after = context.emission.new_block(), context.emission.new_block()
    context.emission.branch(context.conversions.is_there(value), there, after)
    context.emission.start(there)
    context.builder.write(name, text_of(context, context.conversions.narrowed(value.operand, item)).operand)
    context.emission.jump(after)
    context.emission.start(after)
    return Typed(context.builder.read(name), table.str)


def to_str(context: FunctionContext, value: Typed) -> Typed:
    if isinstance(value.type, Optional):
        return _or_none_text(context, value, value.type.item, to_str)
    table = context.translator.table
    if value.type is table.str:
        return value
    if value.type is NONE:
        return Typed(Constant("None", "r", table.str), table.str)
    if value.type is INT:
        if isinstance(value.operand, Constant) and isinstance(value.operand.value, int):
            return Typed(Constant(str(int(value.operand.value)), "r", table.str), table.str)  # False may stand for 0
        return context.library("strings", "str_of_int", [value])
    if value.type is BOOL:
        return context.library("strings", "str_of_bool", [value])
    if value.type is FLOAT:
        return context.library("float_text", "float_repr", [value])
    if value.type is table.bytes:
        return to_repr(context, value)
    if isinstance(value.type, Instance):
        layout = value.type.layout
        method = context.translator.classes.method(layout, "__str__")
        if method is not None:
            if (
                method.function is exception_text.__str__
            ):  # the runtime makes errors of classes that the program does not
                assume_told(context, value.type, method)
                for cls in BUILTIN_EXCEPTIONS:
                    context.translator.instantiate(table.exception(cls).layout)
            return context.services.call_method(context, value, "__str__", [])
        assume_absent(context, value.type, "__str__")
        if enums.is_enum_type(value.type):
            return enums.text_of_member(context, value)
        if context.translator.classes.method(layout, "__repr__") is not None:
            return _written_repr(context, value, layout)
        if table.is_tuple(value.type) or operators.container_kind(context, value.type) is not None:
            return to_repr(context, value)
    raise context.error(
        "conversion", f"{show_type(value.type)} cannot be made a str", "write a method that gives its text"
    )


def to_repr(context: FunctionContext, value: Typed) -> Typed:
    if isinstance(value.type, Optional):
        return _or_none_text(context, value, value.type.item, to_repr)
    if value.type is context.translator.table.str:
        return context.library("strings", "str_repr", [value])
    if value.type is context.translator.table.bytes:
        return context.library("byte_strings", "bytes_repr", [value])
    if value.type in (INT, BOOL, FLOAT, NONE):
        return to_str(context, value)
    if isinstance(value.type, Instance) and operators.has_method(context, value, "__repr__"):
        return _written_repr(context, value, value.type.layout)
    if isinstance(value.type, Instance) and context.translator.table.is_tuple(value.type):
        return _text_of_tuple(context, value, value.type)
    if enums.is_enum_type(value.type):
        return enums.repr_of_member(context, value)
    kind = operators.container_kind(context, value.type)
    if kind in _CONTAINER_TEXTS:
        return context.library("container_text", _CONTAINER_TEXTS[kind], [value])
    help = "a set has no order: `sorted(items)` has one" if kind is set else "write `__repr__` or a function for it"
    raise context.error("conversion", f"`repr` of {show_type(value.type)} is not in the dialect", help)


_CONTAINER_TEXTS: Final[dict[object, str]] = {list: "list_repr", dict: "dict_repr", bytearray: "byte_array_repr"}


def _text_of_tuple(context: FunctionContext, value: Typed, type: Instance) -> Typed:
    """`(1, 'a')`, or `Point(x=1, y=2)` of a named tuple."""
    table = context.translator.table
    cls = type.layout.python_class
    named = cls is not None and cls is not tuple
    result = Typed(Constant(f"{cls.__name__}(" if named and cls is not None else "(", "r", table.str), table.str)

    def add(text: Typed) -> None:
        nonlocal result
        result = context.library("strings", "str_concat", [result, text])

    def literal(text: str) -> Typed:
        return Typed(Constant(text, "r", table.str), table.str)

    for index, field in enumerate(type.layout.fields.values()):
        lead = (", " if index else "") + (f"{field.name}=" if named else "")
        if lead:
            add(literal(lead))
        add(to_repr(context, Typed(context.emission.load_field(value.operand, field), field.type)))
    add(literal(",)" if len(type.layout.fields) == 1 and not named else ")"))
    return result


def _written_repr(context: FunctionContext, value: Typed, layout: ClassLayout) -> Typed:
    """What the `__repr__` of an object's class gives."""
    method = context.translator.classes.method(layout, "__repr__")
    assert method is not None and isinstance(value.type, Instance)
    if context.translator.classes.is_generated(method):
        assume_own_text(context, value.type, method)
    return context.services.call_method(context, value, "__repr__", [])


def _str(context: FunctionContext, node: ast.Call, expected: Type | None) -> Typed:
    arguments = plain_arguments(context, node, 0, 2)
    table = context.translator.table
    if not arguments:
        return Typed(Constant("", "r", table.str), table.str)
    value = context.evaluate(arguments[0])
    if len(arguments) == 2 and value.type is table.bytes:
        return context.library("byte_strings", "bytes_decode", [value])
    return to_str(context, value)


def _repr(context: FunctionContext, node: ast.Call, expected: Type | None) -> Typed:
    return to_repr(context, context.evaluate(plain_arguments(context, node, 1, 1)[0]))


def _bool(context: FunctionContext, node: ast.Call, expected: Type | None) -> Typed:
    arguments = plain_arguments(context, node, 0, 1)
    if not arguments:
        return Typed(boolean(False), BOOL)
    return Typed(operators.truth(context, context.evaluate(arguments[0])), BOOL)


def _bytes(context: FunctionContext, node: ast.Call, expected: Type | None) -> Typed:
    arguments = plain_arguments(context, node, 0, 1)
    table = context.translator.table
    if not arguments:
        return Typed(Constant(b"", "r", table.bytes), table.bytes)
    value = context.conversions.not_none(context.evaluate(arguments[0], _list_of(context, INT)))
    if value.type is INT:
        return context.library("byte_strings", "bytes_of_size", [value])
    return as_bytes(context, value)


def as_bytes(context: FunctionContext, value: Typed) -> Typed:
    """The bytes of a bytes, a bytearray or ints in a list."""
    if value.type is context.translator.table.bytes:
        return value
    if isinstance(value.type, Instance) and context.translator.classes.method(value.type.layout, "to_bytes"):
        return context.services.call_method(context, value, "to_bytes", [])
    return context.library("byte_strings", "bytes_from_list", [value])


def _bytearray(context: FunctionContext, node: ast.Call, expected: Type | None) -> Typed:
    arguments = plain_arguments(context, node, 0, 1)
    if not arguments:
        return constructors.construct(context, bytearray, [], {}, expected)
    value = context.conversions.not_none(context.evaluate(arguments[0], _list_of(context, INT)))
    if value.type is INT:
        return context.library("byte_arrays", "byte_array_from_size", [value])
    return context.library("byte_arrays", "byte_array_from_bytes", [as_bytes(context, value)])


# --- containers ---


def _list_of(context: FunctionContext, item: Type) -> Type:
    return context.translator.classes.instance(context.translator.annotations.container(list), (item,))


def _is_container(context: FunctionContext, type: Type, kind: type) -> bool:
    return isinstance(type, Instance) and type.layout.python_class is context.translator.annotations.container(kind)


def _item_of(expected: Type | None) -> Type | None:
    if isinstance(expected, Optional):
        expected = expected.item
    if isinstance(expected, Instance) and len(expected.layout.type_arguments) == 1:
        return expected.layout.type_arguments[0]
    return None


def _list(context: FunctionContext, node: ast.Call, expected: Type | None) -> Typed:
    arguments = plain_arguments(context, node, 0, 1)
    if not arguments:
        return constructors.construct(context, list, [], {}, expected)
    return as_list(context, arguments[0], _item_of(expected))


def as_list(context: FunctionContext, node: ast.expr, item: Type | None) -> Typed:
    """A new list of what can be iterated."""
    if isinstance(node, (ast.GeneratorExp, ast.ListComp)):
        return comprehensions.collect(context, node.generators, node.elt, item)
    if not comprehensions.is_lazy(context, node) and enums.members_of(context.locals.static(node)) is None:
        value = context.evaluate(node)
        if _is_container(context, value.type, list):
            return context.library("lists", "list_from_list", [value])
        if value.type is context.translator.table.str:
            return context.library("lists", "list_from_str", [value])
        if _is_container(context, value.type, dict):
            return context.library("lists", "list_from_keys", [value])
        if _is_container(context, value.type, set):
            return context.library("lists", "list_from_set", [value])
        return comprehensions.collect_value(context, value, node, item)
    return comprehensions.collect_each(context, node, item)


def a_list(context: FunctionContext, node: ast.expr, item: Type | None) -> Typed:
    """A list with the items of what can be iterated: itself, where it is a list."""
    if isinstance(node, (ast.GeneratorExp, ast.ListComp)) or comprehensions.is_lazy(context, node):
        return as_list(context, node, item)
    if isinstance(node, ast.Tuple):
        node = ast.copy_location(ast.List(node.elts, ast.Load()), node)
    value = context.conversions.not_none(context.evaluate(node, None if item is None else _list_of(context, item)))
    if _is_container(context, value.type, list):
        return value
    return comprehensions.collect_value(context, value, node, item)


def a_set(context: FunctionContext, node: ast.expr, item: Type | None) -> Typed:
    """A set with the items of what can be iterated: itself, where it is a set."""
    if not isinstance(node, ast.GeneratorExp) and not comprehensions.is_lazy(context, node):
        value = context.evaluate(node)
        if _is_container(context, value.type, set):
            return value
        items = value
        if not _is_container(context, value.type, list):
            items = comprehensions.collect_value(context, value, node, item)
    else:
        items = as_list(context, node, item)
    return context.library("sets", "set_from_list", [items])


def _set(context: FunctionContext, node: ast.Call, expected: Type | None) -> Typed:
    arguments = plain_arguments(context, node, 0, 1)
    if not arguments:
        return constructors.construct(context, set, [], {}, expected)
    return context.library("sets", "set_from_list", [as_list(context, arguments[0], _item_of(expected))])


def _dict(context: FunctionContext, node: ast.Call, expected: Type | None) -> Typed:
    """`dict()`, `dict(table)`, `dict(pairs)`, each with keywords."""
    if any(keyword.arg is None for keyword in node.keywords) or len(node.args) > 1:
        raise context.error("arguments", "`dict` takes one argument, and keywords", "write `{**table, 'key': value}`")
    if node.keywords:
        keys: list[ast.expr | None] = [ast.copy_location(ast.Constant(k.arg), k.value) for k in node.keywords]
        values = [keyword.value for keyword in node.keywords]
        if node.args:
            keys, values = [None, *keys], [ast.Call(node.func, node.args, []), *values]
        return context.evaluate(ast.fix_missing_locations(ast.copy_location(ast.Dict(keys, values), node)), expected)
    if not node.args:
        return constructors.construct(context, dict, [], {}, expected)
    argument = node.args[0]
    if isinstance(argument, ast.GeneratorExp) or comprehensions.is_lazy(context, argument):
        return context.library("dicts", "dict_from_pairs", [as_list(context, argument, None)])
    value = context.conversions.not_none(context.evaluate(argument))
    if _is_container(context, value.type, list):
        return context.library("dicts", "dict_from_pairs", [value])
    return context.services.call_method(context, value, "copy", [])


def _from_keys(context: FunctionContext, node: ast.Call, expected: Type | None) -> Typed:
    """`dict.fromkeys(keys, value)`."""
    arguments = plain_arguments(context, node, 2, 2)
    key = item = None
    if isinstance(expected, Instance) and len(expected.layout.type_arguments) == 2:
        key, item = expected.layout.type_arguments
    keys = a_list(context, arguments[0], key)
    value = context.evaluate(arguments[1], item)
    if item is not None:
        value = Typed(context.conversions.convert(value, item, arguments[1]), item)
    return context.library("dicts", "dict_from_keys", [keys, value])


def _sorted(context: FunctionContext, node: ast.Call, expected: Type | None) -> Typed:
    return ordering.sorted_list(context, node, _item_of(expected))


def _sum(context: FunctionContext, node: ast.Call, expected: Type | None) -> Typed:
    start = node.args[1] if len(node.args) == 2 else None
    if [keyword.arg for keyword in node.keywords] == ["start"] and start is None:
        start = node.keywords[0].value
    elif len(node.args) not in (1, 2) or node.keywords:
        raise context.error("arguments", "`sum` takes what is added up, and `start`")
    value = a_list(context, node.args[0], None)
    if start is None and isinstance(value.type, Instance) and _item_of(value.type) is FLOAT:
        raise context.error("sum", "the sum of no floats is an int in Python", "give a start: `sum(xs, 0.0)`")
    if not isinstance(value.type, Instance) or _item_of(value.type) not in (INT, FLOAT):
        raise context.error("sum", f"`sum` of {show_type(value.type)} is not in the dialect")
    item = _item_of(value.type)
    assert item is not None
    name = "list_sum_float" if item is FLOAT else "list_sum_int"
    first = [] if start is None else [Typed(context.evaluate_as(start, item), item)]
    return context.library("lists", name, [value, *first])


def _any(context: FunctionContext, node: ast.Call, expected: Type | None) -> Typed:
    return comprehensions.quantify(context, plain_arguments(context, node, 1, 1)[0], stops_on=True)


def _all(context: FunctionContext, node: ast.Call, expected: Type | None) -> Typed:
    return comprehensions.quantify(context, plain_arguments(context, node, 1, 1)[0], stops_on=False)


def _tuple(context: FunctionContext, node: ast.Call, expected: Type | None) -> Typed:
    raise context.error(
        "tuple", "a tuple of a length known only at run time is not in the dialect", "use a list or an Array"
    )


def _lazy(context: FunctionContext, node: ast.Call, expected: Type | None) -> Typed:
    name = ast.unparse(node.func)
    raise context.error(
        "lazy", f"`{name}(...)` is no value: it can only be looped over", f"make a list: `list({name}(...))`"
    )


# --- numbers and the rest ---


def _next(context: FunctionContext, node: ast.Call, expected: Type | None) -> Typed:
    arguments = plain_arguments(context, node, 1, 2)
    if isinstance(arguments[0], ast.GeneratorExp):
        return comprehensions.first(context, arguments[0], arguments[1] if len(arguments) == 2 else None, expected)
    if len(arguments) == 2:
        help = "catch the exception: `try:`, `next(x)`, `except StopIteration:`"
        raise context.error("arguments", "`next` has a default only for a generator expression", help, node)
    return _ask(context, node, "__next__")


def _iter(context: FunctionContext, node: ast.Call, expected: Type | None) -> Typed:
    return _ask(context, node, "__iter__")


def _ask(context: FunctionContext, node: ast.Call, name: str) -> Typed:
    """`next(x)` and `iter(x)` are methods of the author's classes; built-in containers have no iterators."""
    value = context.conversions.not_none(context.evaluate(plain_arguments(context, node, 1, 1)[0]))
    if operators.container_kind(context, value.type) is None and operators.has_method(context, value, name):
        return context.services.call_method(context, value, name, [])
    help = "loop with `for`, or keep an index"
    raise context.error("iteration", f"{show_type(value.type)} has no `{name}`", help, node)


def _len(context: FunctionContext, node: ast.Call, expected: Type | None) -> Typed:
    members = enums.members_of(context.locals.static(plain_arguments(context, node, 1, 1)[0]))
    if members is not None:
        return Typed(integer(len(members)), INT)
    value = context.conversions.not_none(context.evaluate(plain_arguments(context, node, 1, 1)[0]))
    if value.type is not STR_BUFFER and isinstance(value.type, Instance):
        size = operators.length(context, value)
        if size is not None:
            return Typed(size, INT)
    if isinstance(value.type, Primitive) and value.type not in (STR_BUFFER, BYTES_BUFFER):
        raise context.error("length", f"{show_type(value.type)} has no length", node=node.args[0])
    if isinstance(value.type, Instance) and context.translator.classes.method(value.type.layout, "__len__") is None:
        raise context.error("length", f"{show_type(value.type)} has no length", node=node.args[0])
    return context.services.call_method(context, value, "__len__", [])


def _minimum(context: FunctionContext, node: ast.Call, expected: Type | None) -> Typed:
    return ordering.extreme(context, node, expected, False)


def _maximum(context: FunctionContext, node: ast.Call, expected: Type | None) -> Typed:
    return ordering.extreme(context, node, expected, True)


def _ord(context: FunctionContext, node: ast.Call, expected: Type | None) -> Typed:
    argument = plain_arguments(context, node, 1, 1)[0]
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str) and len(argument.value) == 1:
        return Typed(integer(ord(argument.value)), INT)
    if isinstance(argument, ast.Subscript) and not isinstance(argument.slice, ast.Slice):
        text = context.evaluate(argument.value)
        if text.type is context.translator.table.str:  # without the character in between
            index = context.evaluate_as(argument.slice, INT)
            return context.library("strings", "str_code_at", [text, Typed(index, INT)])
        value = subscripts.load_item(context, text, argument)
    else:
        value = context.evaluate(argument)
    return context.library("strings", "str_ord", [value])


def _chr(context: FunctionContext, node: ast.Call, expected: Type | None) -> Typed:
    return context.library("strings", "str_chr", [context.evaluate(plain_arguments(context, node, 1, 1)[0])])


def _hash(context: FunctionContext, node: ast.Call, expected: Type | None) -> Typed:
    return Typed(comparison.hash_of(context, context.evaluate(plain_arguments(context, node, 1, 1)[0])), INT)


def _isinstance(context: FunctionContext, node: ast.Call, expected: Type | None) -> Typed:
    value = context.evaluate(plain_arguments(context, node, 2, 2)[0])
    return Typed(instance_test(context, value, tested_types(context, node.args[1])), BOOL)


def tested_types(context: FunctionContext, node: ast.expr) -> list[Type]:
    """The classes in the second argument of `isinstance`."""
    if isinstance(context.locals.static(node), tuple):
        help = "write the classes out: `isinstance(x, (A, B))`"
        raise context.error("isinstance", "the classes of `isinstance` are written where it is called", help, node)
    parts = node.elts if isinstance(node, ast.Tuple) else [node]
    return [context.translator.annotations.resolve(part, context.scope) for part in parts]


def instance_test(context: FunctionContext, value: Typed, types: list[Type]) -> Operand:
    """A bool: whether the value is an instance of one of the types."""
    if isinstance(value.type, Optional):
        present = context.conversions.is_there(value)
        if _is_certain(context, value.type.item, types):
            return present
        there, after = context.emission.new_block(), context.emission.new_block()
        name = context.emission.write_new(boolean(False), BOOL)
        context.emission.branch(present, there, after)
        context.emission.start(there)
        context.builder.write(name, instance_test(context, context.conversions.present(value), types))
        context.emission.jump(after)
        context.emission.start(after)
        return context.builder.read(name)
    if _is_certain(context, value.type, types):
        return boolean(True)
    result: Operand | None = None
    for type in types:
        if not _is_possible(context, value.type, type):
            continue
        assert isinstance(type, Instance)
        test = context.emission.emit(op.INSTANCE_OF, [value.operand], BOOL, type.layout)
        result = test if result is None else context.emission.compute(op.INT_OR, result, test, type=BOOL)
    return boolean(False) if result is None else result


def _is_certain(context: FunctionContext, known: Type, types: list[Type]) -> bool:
    table = context.translator.table
    for type in types:
        if known is type or type is OBJECT or (known is BOOL and type is INT):
            return True
        if isinstance(known, Instance) and isinstance(type, Instance) and table.is_subclass(known.layout, type.layout):
            return True
    return False


def _is_possible(context: FunctionContext, known: Type, type: Type) -> bool:
    if known is OBJECT:
        return isinstance(type, Instance)
    if not isinstance(known, Instance) or not isinstance(type, Instance):
        return False
    return context.translator.table.is_subclass(type.layout, known.layout)


BUILTINS: Final[dict[object, Callable[[FunctionContext, ast.Call, Type | None], Typed]]] = {
    str: _str,
    repr: _repr,
    bool: _bool,
    bytes: _bytes,
    bytearray: _bytearray,
    list: _list,
    set: _set,
    dict: _dict,
    dict.fromkeys: _from_keys,
    tuple: _tuple,
    sorted: _sorted,
    sum: _sum,
    any: _any,
    all: _all,
    range: _lazy,
    enumerate: _lazy,
    zip: _lazy,
    reversed: _lazy,
    map: _lazy,
    filter: _lazy,
    len: _len,
    next: _next,
    iter: _iter,
    min: _minimum,
    max: _maximum,
    ord: _ord,
    chr: _chr,
    hash: _hash,
    **number_calls.BUILTINS,
    isinstance: _isinstance,
}
