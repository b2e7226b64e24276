"""What may be assigned to or deleted: expressions that turn out to be targets, and the words for those that cannot be."""

from __future__ import annotations

from typing import Final

from tracewright_python.syntax import (
    Attribute,
    Await,
    BinOp,
    BoolOp,
    Call,
    Compare,
    Comparison,
    Constant,
    Dict,
    DictComp,
    Expression,
    FormattedValue,
    GeneratorExp,
    IfExp,
    JoinedStr,
    Lambda,
    List,
    ListComp,
    Name,
    NamedExpr,
    Set,
    SetComp,
    Singleton,
    SingletonConstant,
    Starred,
    Subscript,
    Tuple,
    UnaryOp,
    Yield,
    YieldFrom,
)


def make_target(expression: Expression, ctx: int) -> None:
    """Turn what was read for its value into something assigned to or deleted, `ctx` of Context."""
    if isinstance(expression, Name):
        expression.ctx = ctx
    elif isinstance(expression, Attribute):
        expression.ctx = ctx
    elif isinstance(expression, Subscript):
        expression.ctx = ctx
    elif isinstance(expression, Starred):
        expression.ctx = ctx
        make_target(expression.value, ctx)
    elif isinstance(expression, Tuple):
        expression.ctx = ctx
        make_targets(expression.elts, ctx)
    elif isinstance(expression, List):
        expression.ctx = ctx
        make_targets(expression.elts, ctx)


def make_targets(expressions: list[Expression], ctx: int) -> None:
    """The same for all of a row."""
    for expression in expressions:
        make_target(expression, ctx)


class TargetKind:
    """Where a target stands."""

    ASSIGNED: Final = 0
    DELETED: Final = 1
    LOOP: Final = 2  # of `for`: behind it comes `in`, which was read as a comparison


def invalid_target(expression: Expression, kind: int) -> Expression | None:
    """The first part that no target of TargetKind may have; None if all is well."""
    if isinstance(expression, (Name, Attribute, Subscript)):
        return None
    if isinstance(expression, Starred):
        return expression if kind == TargetKind.DELETED else invalid_target(expression.value, kind)
    if isinstance(expression, Tuple):
        return _first_invalid(expression.elts, kind)
    if isinstance(expression, List):
        return _first_invalid(expression.elts, kind)
    if isinstance(expression, Compare) and kind == TargetKind.LOOP:
        return invalid_target(expression.left, kind) if expression.ops[0] == Comparison.IN else expression
    return expression


def _first_invalid(expressions: list[Expression], kind: int) -> Expression | None:
    for expression in expressions:
        found = invalid_target(expression, kind)
        if found is not None:
            return found
    return None


def is_single_target(expression: Expression) -> bool:
    """Whether `+=` may follow: a name, an attribute or an item."""
    return isinstance(expression, (Name, Attribute, Subscript))


def expression_words(expression: Expression) -> str:
    """What an expression is called in messages."""
    if isinstance(expression, SingletonConstant):
        match expression.value:
            case Singleton.NONE:
                return "None"
            case Singleton.FALSE:
                return "False"
            case Singleton.TRUE:
                return "True"
            case _:
                return "ellipsis"
    if isinstance(expression, Constant):
        return "literal"
    if isinstance(expression, (BinOp, UnaryOp, BoolOp)):
        return "expression"
    if isinstance(expression, (Yield, YieldFrom)):
        return "yield expression"
    return _other_words(expression)


def _other_words(expression: Expression) -> str:
    match expression:
        case Attribute():
            return "attribute"
        case Subscript():
            return "subscript"
        case Starred():
            return "starred"
        case Name():
            return "name"
        case List():
            return "list"
        case Tuple():
            return "tuple"
        case Lambda():
            return "lambda"
        case Call():
            return "function call"
        case GeneratorExp():
            return "generator expression"
        case Await():
            return "await expression"
        case ListComp():
            return "list comprehension"
        case SetComp():
            return "set comprehension"
        case DictComp():
            return "dict comprehension"
        case Dict():
            return "dict literal"
        case Set():
            return "set display"
        case JoinedStr() | FormattedValue():
            return "f-string expression"
        case Compare():
            return "comparison"
        case IfExp():
            return "conditional expression"
        case NamedExpr():
            return "named expression"
        case _:
            return "expression"
