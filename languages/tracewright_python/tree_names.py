"""What `ast` calls our nodes, their fields and the numbers in them: the one table by which trees are shown, given to programs and read back."""

from __future__ import annotations

from dataclasses import fields
from typing import Final

from tracewright_python import syntax, syntax_patterns, syntax_statements

CONTEXTS: Final[list[str]] = ["Load", "Store", "Del"]
BOOLEAN_OPERATORS: Final[list[str]] = ["And", "Or"]
BINARY_OPERATORS: Final[list[str]] = [
    "Add", "Sub", "Mult", "MatMult", "Div", "Mod", "Pow", "LShift", "RShift", "BitOr", "BitXor", "BitAnd", "FloorDiv",
]  # fmt: skip
UNARY_OPERATORS: Final[list[str]] = ["Invert", "Not", "UAdd", "USub"]
COMPARISONS: Final[list[str]] = ["Eq", "NotEq", "Lt", "LtE", "Gt", "GtE", "Is", "IsNot", "In", "NotIn"]
"""By the numbers of Context, BooleanOperator, BinaryOperator, UnaryOperator and Comparison."""
OTHER_NAMES: Final[dict[str, str]] = {
    "Arg": "arg",
    "Arguments": "arguments",
    "Keyword": "keyword",
    "Comprehension": "comprehension",
    "Alias": "alias",
    "WithItem": "withitem",
    "MatchCase": "match_case",
    "ExpressionText": "Expression",
}
"""What `ast` calls classes that have another name here."""
FIELDS: Final[dict[str, list[str]]] = {
    OTHER_NAMES.get(cls.__name__, cls.__name__): [one.name for one in fields(cls) if one.name not in ("span", "scope")]
    for module in (syntax, syntax_statements, syntax_patterns)
    for cls in vars(module).values()
    if isinstance(cls, type) and hasattr(cls, "__dataclass_fields__") and cls.__module__ == module.__name__
}
"""The fields of each class of `ast` that is made from one of ours, in order."""
