"""Annotations as texts: what `from __future__ import annotations` leaves of them.

    x: Dict[str,"P"] | (None)        __annotations__ == {"x": "Dict[str, 'P'] | None"}

The text is not the source's but CPython's way of writing the tree: parentheses only where the operators need them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from tracewright_python.compiler_names import not_compiled
from tracewright_python.syntax import (
    Attribute,
    BinaryOperator,
    BinOp,
    BooleanOperator,
    BoolOp,
    Call,
    Compare,
    Constant,
    Dict,
    Expression,
    IfExp,
    IntegerConstant,
    List,
    Name,
    Set,
    Slice,
    Starred,
    StringConstant,
    Subscript,
    Tuple,
    UnaryOp,
    UnaryOperator,
)


class Level:
    """How strongly operators bind; an expression that binds less than its place demands gets parentheses."""

    TUPLE: Final = 0
    TEST: Final = 1
    OR: Final = 2
    AND: Final = 3
    NOT: Final = 4
    COMPARISON: Final = 5
    BITWISE_OR: Final = 6
    BITWISE_XOR: Final = 7
    BITWISE_AND: Final = 8
    SHIFT: Final = 9
    SUM: Final = 10
    TERM: Final = 11
    FACTOR: Final = 12
    POWER: Final = 13
    ATOM: Final = 15


BINARY: Final[list[tuple[str, int]]] = [
    ("+", Level.SUM),
    ("-", Level.SUM),
    ("*", Level.TERM),
    ("@", Level.TERM),
    ("/", Level.TERM),
    ("%", Level.TERM),
    ("**", Level.POWER),
    ("<<", Level.SHIFT),
    (">>", Level.SHIFT),
    ("|", Level.BITWISE_OR),
    ("^", Level.BITWISE_XOR),
    ("&", Level.BITWISE_AND),
    ("//", Level.TERM),
]
"""By the numbers of BinaryOperator."""
UNARY: Final[list[str]] = ["~", "not ", "+", "-"]
"""By the numbers of UnaryOperator."""
COMPARISONS: Final[list[str]] = ["==", "!=", "<", "<=", ">", ">=", "is", "is not", "in", "not in"]
"""By the numbers of Comparison."""


def annotation_text(node: Expression, shown: Callable[[Constant], str], level: int = Level.TEST) -> str:
    """An expression where operators that bind less than `level` need parentheses; `shown` is the text of a constant.

    Raises SyntaxFault for parts of the language that hardly stand in annotations: those are not there yet.
    """
    match node:
        case Name(id=name):
            return name
        case StringConstant(has_u=True):
            return f"u{shown(node)}"
        case Constant():
            return shown(node)
        case Attribute(value=value, attr=name):
            dot = " ." if isinstance(value, IntegerConstant) else "."
            return f"{annotation_text(value, shown, Level.ATOM)}{dot}{name}"
        case Subscript(value=value, slice=index):
            return f"{annotation_text(value, shown, Level.ATOM)}[{annotation_text(index, shown, Level.TUPLE)}]"
        case Slice():
            return _slice_text(node, shown)
        case Starred(value=value):
            return f"*{annotation_text(value, shown, Level.BITWISE_OR)}"
        case Tuple(elts=elements):
            if len(elements) == 0:
                return "()"
            return _enclosed(_row(elements, shown) + ("," if len(elements) == 1 else ""), Level.TUPLE, level)
        case List(elts=elements):
            return f"[{_row(elements, shown)}]"
        case Set(elts=elements):
            return f"{{{_row(elements, shown)}}}"
        case Dict():
            return _dict_text(node, shown)
        case Call():
            return _call_text(node, shown)
        case _:
            return _operator_text(node, shown, level)


def _operator_text(node: Expression, shown: Callable[[Constant], str], level: int) -> str:
    match node:
        case BinOp(left=left, op=op, right=right):
            sign, own = BINARY[op]
            from_right = op == BinaryOperator.POWER
            first = annotation_text(left, shown, own + 1 if from_right else own)
            second = annotation_text(right, shown, own if from_right else own + 1)
            return _enclosed(f"{first} {sign} {second}", own, level)
        case UnaryOp(op=op, operand=operand):
            own = Level.NOT if op == UnaryOperator.NOT else Level.FACTOR
            return _enclosed(UNARY[op] + annotation_text(operand, shown, own), own, level)
        case BoolOp(op=op, values=values):
            own = Level.AND if op == BooleanOperator.AND else Level.OR
            parts = [annotation_text(value, shown, own + 1) for value in values]
            return _enclosed((" and " if op == BooleanOperator.AND else " or ").join(parts), own, level)
        case Compare(left=left, ops=operators, comparators=others):
            text = annotation_text(left, shown, Level.COMPARISON + 1)
            for k in range(len(operators)):
                text += f" {COMPARISONS[operators[k]]} {annotation_text(others[k], shown, Level.COMPARISON + 1)}"
            return _enclosed(text, Level.COMPARISON, level)
        case IfExp(test=test, body=body, orelse=other):
            first, condition = annotation_text(body, shown, Level.OR), annotation_text(test, shown, Level.OR)
            return _enclosed(f"{first} if {condition} else {annotation_text(other, shown)}", Level.TEST, level)
        case _:
            raise not_compiled("such an annotation where the file has `from __future__ import annotations`", node)


def _enclosed(text: str, own: int, level: int) -> str:
    return f"({text})" if level > own else text


def _row(elements: list[Expression], shown: Callable[[Constant], str]) -> str:
    return ", ".join([annotation_text(element, shown) for element in elements])


def _slice_text(node: Slice, shown: Callable[[Constant], str]) -> str:
    lower = "" if node.lower is None else annotation_text(node.lower, shown)
    upper = "" if node.upper is None else annotation_text(node.upper, shown)
    step = "" if node.step is None else f":{annotation_text(node.step, shown)}"
    return f"{lower}:{upper}{step}"


def _dict_text(node: Dict, shown: Callable[[Constant], str]) -> str:
    parts: list[str] = []
    for k in range(len(node.keys)):
        key, value = node.keys[k], node.values[k]
        if key is None:
            parts.append(f"**{annotation_text(value, shown, Level.BITWISE_OR)}")
        else:
            parts.append(f"{annotation_text(key, shown)}: {annotation_text(value, shown)}")
    return f"{{{', '.join(parts)}}}"


def _call_text(node: Call, shown: Callable[[Constant], str]) -> str:
    parts = [annotation_text(argument, shown) for argument in node.args]
    for keyword in node.keywords:
        name = "**" if keyword.arg is None else f"{keyword.arg}="
        parts.append(f"{name}{annotation_text(keyword.value, shown)}")
    return f"{annotation_text(node.func, shown, Level.ATOM)}({', '.join(parts)})"
