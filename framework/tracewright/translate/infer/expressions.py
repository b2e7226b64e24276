"""Expressions: names, attributes, literals, displays, conditional expressions. Operators, calls and loops have their own modules."""

from __future__ import annotations

import ast
import enum
import inspect
import re
from collections.abc import Callable
from types import FunctionType as PythonFunction
from types import ModuleType
from typing import Final

from tracewright.core import operations as op
from tracewright.core.errors import DialectError
from tracewright.translate.flow.graph import Constant
from tracewright.translate.flow.types import (
    BOOL,
    FLOAT,
    INT,
    NEVER,
    NONE,
    FieldLayout,
    FunctionType,
    Instance,
    Optional,
    Type,
    kind_of,
    show_type,
)
from tracewright.translate.infer import (
    builtin_calls,
    calls,
    closures,
    comparison,
    comprehensions,
    displays,
    explain,
    operators,
    subscripts,
)
from tracewright.translate.infer.advice import EXPRESSIONS
from tracewright.translate.infer.constants import constant, from_object, join, without_none
from tracewright.translate.infer.context import FunctionContext
from tracewright.translate.infer.sources import MISSING, Doubtful, ModuleSource
from tracewright.translate.infer.values import NONE_CONSTANT, Typed, boolean


def evaluate(context: FunctionContext, node: ast.expr, expected: Type | None) -> Typed:
    """Translate any expression."""
    handler = _EXPRESSIONS.get(type(node))
    if handler is None:
        words, help = EXPRESSIONS.get(type(node), (f"`{type(node).__name__}`", ""))
        raise context.error("expression", f"{words} is not in the dialect", help)
    return handler(context, node, expected)


def _constant(context: FunctionContext, node: ast.Constant, expected: Type | None) -> Typed:
    return constant(context, node.value, expected)


def _name(context: FunctionContext, node: ast.Name, expected: Type | None) -> Typed:
    if node.id in context.locals.doubtful:
        raise Doubtful
    local = context.locals.read(node.id)
    if local is not None:
        context.locals.reads.append((local.operand, node))
        return local
    if node.id in context.locals.own_names:
        raise unassigned(context, node, certain=True)
    found = context.locals.static(node)
    if found is MISSING:
        raise explain.unknown_name(context, node)
    if found is NotImplemented:
        help = "return False, or raise; write the methods that are used"
        raise context.error("not-implemented", "`NotImplemented` is not in the dialect", help, node)
    wanted = without_none(expected)
    if isinstance(wanted, FunctionType) and callable(found) and not isinstance(found, PythonFunction):
        return closures.callable_of(context, node, wanted.parameters, wanted.result)
    return from_object(context, found, node.id, context.source, expected)


def unassigned(context: FunctionContext, node: ast.Name, *, certain: bool) -> DialectError:
    """A local is read where it has no value, on every way or on some."""
    name = node.id
    if certain and context.source.lookup(name) is not MISSING:
        return context.error(
            "global-assigned",
            f"`{name}` is assigned in this function, so it is a local here, and has no value yet",
            "module-level names are never rebound at run time: keep the state in a field of an object",
            node,
        )
    return context.error(
        "unassigned",
        f"`{name}` has no value yet" if certain else f"`{name}` may have no value here",
        "" if certain else "assign it on every way that leads here, or before the ways part",
        node,
    )


def _attribute(context: FunctionContext, node: ast.Attribute, expected: Type | None) -> Typed:
    found = context.locals.static(node)
    if found is not MISSING:
        owner = context.locals.static(node.value)
        return from_object(context, found, node.attr, _declaring_source(context, owner, found), expected, owner)
    if calls.is_super(node.value):
        return calls.super_property(context, node)
    value = context.evaluate(node.value)
    path = context.locals.path(node)
    known = None if path is None else context.emission.facts.get(path)
    result = load_attribute(context, value, node.attr)
    if known is None or known is result.type or path is None:
        return result
    if context.emission.facts.is_proven(path):
        return (
            context.conversions.narrowed(result.operand, known)
            if isinstance(result.type, Optional)
            else Typed(result.operand, known)
        )
    narrowed = _checked(context, result, known)
    context.emission.facts.set(path, known)
    return narrowed


def _declaring_source(context: FunctionContext, owner: object, found: object) -> ModuleSource | None:
    """The module whose declarations may tell the type of an attribute of `owner`."""
    if not isinstance(owner, ModuleType) or isinstance(found, (int, float, str, bytes)):
        return None
    return context.translator.sources.module(owner.__name__)


def _checked(context: FunctionContext, value: Typed, known: Type) -> Typed:
    """A narrowed attribute, loaded again after memory may have changed: what was known must still hold."""
    if known is NONE:
        return value
    if isinstance(known, Optional):
        there, after = context.emission.new_block(), context.emission.new_block()
        context.emission.branch(context.conversions.is_there(value), there, after)
        context.emission.start(there)
        _require_class(context, context.conversions.present(value), known.item)
        context.emission.jump(after)
        context.emission.start(after)
        return Typed(value.operand, known)
    result = context.conversions.not_none(value)
    _require_class(context, result, known)
    return Typed(result.operand, known)


def _require_class(context: FunctionContext, value: Typed, known: Type) -> None:
    if isinstance(known, Instance) and value.type is not known and known.layout.shape == "fields":
        holds = context.emission.emit(op.INSTANCE_OF, [value.operand], BOOL, known.layout)
        context.emission.require(holds, AttributeError, f"no longer {show_type(known)}, as was found before")


def load_attribute(context: FunctionContext, value: Typed, name: str) -> Typed:
    """`value.name` for a field, property or class constant."""
    value = context.conversions.not_none(value)
    if value.type is INT and name == "value":  # of a member of an IntEnum; ints themselves have no such attribute
        return value
    if not isinstance(value.type, Instance):
        help = "members of an IntEnum are plain ints: take an Enum" if value.type is INT and name == "name" else ""
        raise context.error("attribute", f"{show_type(value.type)} has no attribute `{name}`", help)
    layout = value.type.layout
    field = context.translator.classes.field(layout, name)
    if field is not None and layout.python_class is not tuple:
        loaded = _known_field(context, value, field) or Typed(
            context.emission.load_field(value.operand, field), field.type
        )
        # Authors' exceptions keep a message of type str in the place where a built-in one may have none.
        return context.conversions.not_none(loaded) if field.owner.python_class is BaseException else loaded
    method = context.translator.classes.method(layout, name)
    if method is not None and method.kind == "property":
        return calls.call_found_method(context, value, layout, method, [])
    if method is not None:
        return closures.bound_method(context, value, layout, method)
    constant_value = getattr(layout.python_class, name, MISSING)
    if constant_value is not MISSING and not inspect.isdatadescriptor(constant_value):
        _refuse_varying_constant(context, layout.python_class, name, constant_value)
        return from_object(context, constant_value, name, None, None, layout.python_class)
    raise explain.no_attribute(context, value.type, name, None, stored=False)


def _known_field(context: FunctionContext, value: Typed, field: FieldLayout) -> Typed | None:
    """A field of a prebuilt object that never changes is a constant."""
    if not isinstance(value.operand, Constant) or field.immutable != "always":
        return None
    found = getattr(value.operand.value, field.name, MISSING)
    if found is MISSING:
        return None
    if isinstance(field.type, Optional) and found is not None and kind_of(field.type) == "r":
        return Typed(context.translator.prebuilt.constant(found, field.type.item), field.type.item)
    return Typed(context.translator.prebuilt.constant(found, field.type), field.type)


def _refuse_varying_constant(context: FunctionContext, cls: type | None, name: str, value: object) -> None:
    stack: list[type] = list(cls.__subclasses__()) if cls is not None else []
    while stack:
        current = stack.pop()
        if name in current.__dict__ and current.__dict__[name] != value:
            raise context.error(
                "class-constant",
                f"`{name}` differs between subclasses, so it has no one value here",
                "write a method or a property that each subclass overrides",
            )
        stack.extend(current.__subclasses__())


def _if_expression(context: FunctionContext, node: ast.IfExp, expected: Type | None) -> Typed:
    true, false = context.emission.new_block(), context.emission.new_block()
    context.services.condition(context, node.test, true, false)
    ends: list[tuple[Typed, ast.expr]] = []
    places = []
    for side, branch in ((true, node.body), (false, node.orelse)):
        context.emission.start(side)
        if not context.emission.reachable:
            continue
        value = context.evaluate(branch, expected)
        if value.type is NEVER or not context.emission.reachable:
            continue
        ends.append((value, branch))
        places.append((context.builder.block, context.emission.facts))
    if not ends:
        context.builder.block = None
        return Typed(NONE_CONSTANT, NEVER)
    wanted = join(context, [value.type for value, _ in ends], expected, [branch for _, branch in ends])
    if len(ends) == 1:  # the other side cannot be reached
        context.builder.block, context.emission.facts = places[0]
        return Typed(context.conversions.convert(ends[0][0], wanted), wanted)
    name = context.emission.temporary(wanted)
    after = context.emission.new_block()
    for (value, branch), (block, facts) in zip(ends, places, strict=True):
        context.builder.block, context.emission.facts = block, facts
        context.builder.write(name, context.conversions.convert(value, wanted, branch))
        context.emission.jump(after)
    context.emission.start(after)
    return Typed(context.builder.read(name), wanted)


def _boolean_operation(context: FunctionContext, node: ast.BoolOp, expected: Type | None) -> Typed:
    """`a and b`, `a or b` as values: each but the last decides by its truth."""
    after = context.emission.new_block()
    is_and = isinstance(node.op, ast.And)
    ends: list[tuple[Typed, ast.expr]] = []
    places = []
    for position, operand in enumerate(node.values):
        if position == len(node.values) - 1:
            value = context.evaluate(operand, expected)
            if context.emission.reachable:
                ends.append((value, operand))
                places.append((context.builder.block, context.emission.facts))
            break
        go_on, stop = context.emission.new_block(), context.emission.new_block()
        if _is_boolean(operand):
            context.services.condition(context, operand, *((go_on, stop) if is_and else (stop, go_on)))
            value = Typed(boolean(not is_and), BOOL)
        else:
            value = context.evaluate(operand, expected)
            truth = operators.truth(context, value)
            learned = {}
            path = context.locals.path(operand)
            if path is not None and isinstance(value.type, Optional):
                learned[path] = value.type.item
            if is_and:
                context.emission.branch(truth, go_on, stop, learned, None)
            else:
                context.emission.branch(truth, stop, go_on, learned, None)
        context.emission.start(stop)
        if context.emission.reachable:
            value = value if is_and else context.conversions.present(value)
            ends.append((value, operand))
            places.append((context.builder.block, context.emission.facts))
        context.emission.start(go_on)
        if not context.emission.reachable:
            break
    if not ends:
        context.builder.seal(after)
        context.builder.block = None
        return Typed(NONE_CONSTANT, NEVER)
    wanted = join(context, [value.type for value, _ in ends], expected)
    name = context.emission.temporary(wanted)
    for (value, operand), (block, facts) in zip(ends, places, strict=True):
        context.builder.block, context.emission.facts = block, facts
        context.builder.write(name, context.conversions.convert(value, wanted, operand))
        context.emission.jump(after)
    context.emission.start(after)
    return Typed(context.builder.read(name), wanted)


def _is_boolean(node: ast.expr) -> bool:
    """Whether the expression can only be a bool, so that it may be translated as a condition."""
    match node:
        case ast.Compare() | ast.UnaryOp(op=ast.Not()):
            return True
        case ast.BoolOp(values=values):
            return all(_is_boolean(value) for value in values)
        case ast.Call(func=ast.Name(id="isinstance")):
            return True
        case _:
            return False


def _named_expression(context: FunctionContext, node: ast.NamedExpr, expected: Type | None) -> Typed:
    value = context.evaluate(node.value, expected)
    assert isinstance(node.target, ast.Name)
    context.locals.write(node.target.id, value, node)
    result = context.locals.read(node.target.id)
    return value if result is None else result


def _lambda(context: FunctionContext, node: ast.Lambda, expected: Type | None) -> Typed:
    return closures.lambda_expression(context, node, expected)


def _call(context: FunctionContext, node: ast.Call, expected: Type | None) -> Typed:
    return calls.call(context, node, expected)


def _binary(context: FunctionContext, node: ast.BinOp, expected: Type | None) -> Typed:
    if isinstance(node.op, ast.Mult) and isinstance(node.left, ast.List) and len(node.left.elts) == 1:
        if not isinstance(node.left.elts[0], ast.Starred):
            return displays.repeated_item(context, node.left, node.right, expected)
    left = context.evaluate(node.left, expected)
    right = context.evaluate(node.right, expected if isinstance(node.op, (ast.Add, ast.BitOr)) else None)
    return operators.binary(context, node.op, left, right)


def _unary(context: FunctionContext, node: ast.UnaryOp, expected: Type | None) -> Typed:
    flag = context.locals.static(node.operand)
    if isinstance(node.op, ast.Invert) and isinstance(flag, enum.IntFlag):
        return constant(context, int(~flag), expected)  # the other bits of the class, as the class has it
    if isinstance(node.op, ast.USub) and isinstance(node.operand, ast.Constant):
        value = node.operand.value
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return constant(context, -value, expected)  # so that the smallest int can be written
    return operators.unary(context, node.op, context.evaluate(node.operand, expected))


def _compare(context: FunctionContext, node: ast.Compare, expected: Type | None) -> Typed:
    return comparison.compare_chain(context, node)


def _subscript(context: FunctionContext, node: ast.Subscript, expected: Type | None) -> Typed:
    return subscripts.load(context, node)


def _joined_string(context: FunctionContext, node: ast.JoinedStr, expected: Type | None) -> Typed:
    table = context.translator.table
    result: Typed | None = None
    for part in node.values:
        if isinstance(part, ast.Constant):
            piece = constant(context, part.value, None)
        else:
            assert isinstance(part, ast.FormattedValue)
            piece = _formatted(context, part)
        result = piece if result is None else context.library("strings", "str_concat", [result, piece])
    return result or Typed(Constant("", "r", table.str), table.str)


def _formatted(context: FunctionContext, node: ast.FormattedValue) -> Typed:
    value = context.evaluate(node.value)
    if node.conversion == ord("r"):
        value = builtin_calls.convert_by_name(context, "repr", value)
    elif node.conversion == ord("s"):
        value = builtin_calls.convert_by_name(context, "str", value)
    elif node.conversion != -1:
        raise context.error("format", "`!a` is not in the dialect", "use `!r`", node)
    if node.format_spec is None:
        return builtin_calls.convert_by_name(context, "str", value)
    spec = _joined_string(context, node.format_spec, None)  # type: ignore[arg-type]
    known = spec.operand.value if isinstance(spec.operand, Constant) else None
    if isinstance(known, str) and ("," in known or "_" in known):
        parts = _GROUPED.fullmatch(known)
        if parts is not None and value.type in (INT, FLOAT):
            return _grouped(context, node, value, parts)
    return _with_specification(context, node, value, spec)


_GROUPED: Final = re.compile(r"((?:.?[<>^])?)([+ -]?)([1-9]\d*)?([,_])((?:\.\d+)?[deEfFgG%]?)")


def _grouped(context: FunctionContext, node: ast.FormattedValue, value: Typed, parts: re.Match[str]) -> Typed:
    """`{number:>12,.2f}`: the number, then the separators, then the padding."""
    table = context.translator.table

    def literal(text: str) -> Typed:
        return Typed(Constant(text, "r", table.str), table.str)

    align, sign, width, separator, rest = parts.groups()
    text = _with_specification(context, node, value, literal(sign + rest))
    grouped = context.library("string_format", "str_grouped", [text, literal(separator)])
    if width is None:
        return grouped
    return context.library("strings", "str_format_str", [grouped, literal((align or ">") + width)])


def _with_specification(context: FunctionContext, node: ast.FormattedValue, value: Typed, spec: Typed) -> Typed:
    known = spec.operand.value if isinstance(spec.operand, Constant) else None
    if isinstance(known, str):
        if "," in known or "_" in known:
            help = "group the digits of decimal numbers, and fill with `>` and not with zeros"
            raise context.error("format", "digits are not grouped like this in the dialect", help, node.format_spec)
        if known[-1:] in ("c", "n"):
            raise context.error("format", f"the format code `{known[-1]}` is not in the dialect", node=node.format_spec)
        if known[-1:] in ("e", "E", "f", "F", "g", "G", "%") and value.type in (INT, BOOL):
            value = Typed(context.conversions.as_number(value, FLOAT), FLOAT)
    if value.type is FLOAT:
        return context.library("float_format", "str_format_float", [value, spec])
    if value.type is INT or value.type is BOOL:
        return context.library("strings", "str_format_int", [Typed(value.operand, INT), spec])
    if value.type is context.translator.table.str:
        return context.library("strings", "str_format_str", [value, spec])
    help = "make a str of it first"
    raise context.error("format", f"{show_type(value.type)} cannot be formatted with a specification", help, node.value)


_EXPRESSIONS: Final[dict[type, Callable[..., Typed]]] = {
    ast.Constant: _constant,
    ast.Name: _name,
    ast.Attribute: _attribute,
    ast.Tuple: displays.tuple_display,
    ast.List: displays.list_display,
    ast.Set: displays.set_display,
    ast.Dict: displays.dict_display,
    ast.IfExp: _if_expression,
    ast.BoolOp: _boolean_operation,
    ast.NamedExpr: _named_expression,
    ast.Lambda: _lambda,
    ast.Call: _call,
    ast.BinOp: _binary,
    ast.UnaryOp: _unary,
    ast.Compare: _compare,
    ast.Subscript: _subscript,
    ast.JoinedStr: _joined_string,
    ast.ListComp: comprehensions.list_comprehension,
    ast.SetComp: comprehensions.set_comprehension,
    ast.DictComp: comprehensions.dict_comprehension,
}
