"""What in a correct program is surely a mistake: CPython's compiler warns of it, and so does this one.

x is "a"        `is` with a literal
assert (x, y)   always true
[(1, 2) (3, 4)] a call of what is no function, where a comma was forgotten
"""

from __future__ import annotations

from typing import Final

from tracewright_python.syntax import (
    BytesConstant,
    Compare,
    Comparison,
    Constant,
    Context,
    Dict,
    DictComp,
    Expression,
    FloatConstant,
    FormattedValue,
    GeneratorExp,
    ImaginaryConstant,
    IntegerConstant,
    JoinedStr,
    Lambda,
    List,
    ListComp,
    Set,
    SetComp,
    Singleton,
    SingletonConstant,
    StringConstant,
    Subscript,
    Tuple,
    UnaryOp,
    UnaryOperator,
)

COMMA: Final = "perhaps you missed a comma?"


def known_type(node: Expression) -> str:
    """The type of a literal or a display; "" for other expressions."""
    match node:
        case Tuple():
            return "tuple"
        case List() | ListComp():
            return "list"
        case Dict() | DictComp():
            return "dict"
        case Set() | SetComp():
            return "set"
        case GeneratorExp():
            return "generator"
        case Lambda():
            return "function"
        case JoinedStr() | FormattedValue() | StringConstant():
            return "str"
        case BytesConstant():
            return "bytes"
        case IntegerConstant():
            return "int"
        case FloatConstant():
            return "float"
        case ImaginaryConstant():
            return "complex"
        case SingletonConstant(value=value):
            return "NoneType" if value == Singleton.NONE else "ellipsis" if value == Singleton.ELLIPSIS else "bool"
        case _:
            return ""


def is_literal(node: Expression) -> bool:
    """A number, a text, bytes, or a tuple of constants: whether two of them are one object is nobody's promise."""
    if isinstance(node, UnaryOp):
        return node.op != UnaryOperator.NOT and isinstance(
            node.operand, (IntegerConstant, FloatConstant, ImaginaryConstant)
        )
    if isinstance(node, Tuple):
        for element in node.elts:
            if not isinstance(element, Constant) and not is_literal(element):
                return False
        return node.ctx == Context.LOAD
    return isinstance(node, Constant) and not isinstance(node, SingletonConstant)


def of_comparison(node: Compare) -> list[str]:
    """What is to be said of a row of comparisons."""
    found: list[str] = []
    left = node.left
    for index in range(len(node.ops)):
        right = node.comparators[index]
        if is_literal(left) or is_literal(right):
            if node.ops[index] == Comparison.IS:
                found.append('"is" with a literal. Did you mean "=="?')
            elif node.ops[index] == Comparison.IS_NOT:
                found.append('"is not" with a literal. Did you mean "!="?')
        left = right
    return found


def of_assertion(test: Expression) -> str:
    """What is to be said of `assert test`; "" for nothing."""
    if isinstance(test, Tuple) and len(test.elts) > 0:
        return "assertion is always true, perhaps remove parentheses?"
    return ""


def of_call(func: Expression) -> str:
    """The same of `func(...)`."""
    kind = known_type(func)
    if kind == "" or isinstance(func, Lambda):
        return ""
    return f"'{kind}' object is not callable; {COMMA}"


def of_subscript(node: Subscript) -> str:
    """The same of `value[index]`."""
    kind = known_type(node.value)
    if node.ctx != Context.LOAD or kind in ("", "dict"):
        return ""
    if kind not in ("str", "bytes", "tuple", "list"):
        return f"'{kind}' object is not subscriptable; {COMMA}"
    wrong = known_type(node.slice)
    if wrong in ("", "int", "bool"):
        return ""
    return f"{kind} indices must be integers or slices, not {wrong}; {COMMA}"
