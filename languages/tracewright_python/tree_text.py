"""Trees as `ast.dump` shows CPython's, for `tracewright show tree` and tests that compare the two. Hosted only: it walks over any dataclass.

Module(body=[Expr(value=BinOp(left=Name(id='a', ctx=Load()), op=Add(), right=Constant(value=1)))], type_ignores=[])
"""

from __future__ import annotations

from dataclasses import fields
from typing import Final

from tracewright.core.text import code_at
from tracewright.guest.diagnostics import Span
from tracewright_python import syntax
from tracewright_python.diagnostics import LineIndex
from tracewright_python.syntax_patterns import MatchSingleton
from tracewright_python.syntax_statements import AnnAssign, Module, Root
from tracewright_python.tree_names import (
    BINARY_OPERATORS,
    BOOLEAN_OPERATORS,
    COMPARISONS,
    CONTEXTS,
    OTHER_NAMES,
    UNARY_OPERATORS,
)

_SINGLETONS: Final = (None, False, True, ...)
_OPERATORS: Final[dict[str, list[str]]] = {
    "BoolOp": BOOLEAN_OPERATORS,
    "BinOp": BINARY_OPERATORS,
    "AugAssign": BINARY_OPERATORS,
    "UnaryOp": UNARY_OPERATORS,
}


class TreeText:
    """Writes one tree; `source` is asked for only where places are to be shown in CPython's way, in bytes."""

    def __init__(self, source: str | None) -> None:
        self.lines = None if source is None else LineIndex(source)

    def of(self, node: object) -> str:
        """A node, or a list of them."""
        if isinstance(node, list):
            return f"[{', '.join([self.of(item) for item in node])}]"
        if node is None or isinstance(node, (str, int)):
            return repr(node)
        return self._node(node)

    def _node(self, node: object) -> str:
        name = type(node).__name__
        parts = [f"{field}={shown}" for field, shown in self._fields(node, name)]
        if isinstance(node, Module):
            parts.append("type_ignores=[]")
        if isinstance(node, syntax.Node):
            parts.extend(self._place(node.span))
        return f"{'Constant' if isinstance(node, syntax.Constant) else OTHER_NAMES.get(name, name)}({', '.join(parts)})"

    def _fields(self, node: object, name: str) -> list[tuple[str, str]]:
        if isinstance(node, syntax.Constant):
            parts = [("value", repr(_constant_value(node)))]
            if isinstance(node, syntax.StringConstant) and node.has_u:
                parts.append(("kind", "'u'"))
            return parts
        result: list[tuple[str, str]] = []
        for entry in fields(node):  # type: ignore[arg-type]  # every node is a dataclass
            if entry.name not in ("span", "scope"):
                value = getattr(node, entry.name)
                shown = self._field(node, name, entry.name, value)
                if shown is not None:
                    result.append((entry.name, shown))
        return result

    def field(self, node: object, field: str, value: object) -> str:
        """The text of a field, whatever it holds."""
        shown = None if isinstance(node, syntax.Constant) else self._field(node, type(node).__name__, field, value)
        return repr(value) if shown is None else shown.replace("()", "")

    def _field(self, node: object, name: str, field: str, value: object) -> str | None:
        """The text of a field; None where it is left out."""
        if value is None:
            return None
        if field == "ctx":
            assert isinstance(value, int)
            return f"{CONTEXTS[value]}()"
        if field == "op":
            assert isinstance(value, int)
            return f"{_OPERATORS[name][value]}()"
        if field == "ops":
            assert isinstance(value, list)
            return f"[{', '.join([f'{COMPARISONS[operator]}()' for operator in value])}]"
        if isinstance(node, MatchSingleton):
            return repr(_SINGLETONS[node.value])
        if isinstance(node, (AnnAssign, syntax.Comprehension)) and isinstance(value, bool):
            return str(int(value))
        return self.of(value)

    def _place(self, span: Span) -> list[str]:
        if self.lines is None:
            return []
        start = self._byte_column(span.line, span.column)
        end = self._byte_column(span.end_line, span.end_column)
        return [
            f"lineno={span.line}",
            f"col_offset={start}",
            f"end_lineno={span.end_line}",
            f"end_col_offset={end}",
        ]

    def _byte_column(self, line: int, column: int) -> int:
        assert self.lines is not None
        start = self.lines.starts[line - 1]
        return len(self.lines.text[start : start + column - 1].encode("utf-8", "surrogatepass"))


def _constant_value(node: syntax.Constant) -> object:
    match node:
        case syntax.SingletonConstant():
            return _SINGLETONS[node.value]
        case syntax.IntegerConstant():
            return node.value if node.fits else int(node.digits, 0 if code_at(node.digits, 0) == 0x30 else 10)
        case syntax.FloatConstant() | syntax.StringConstant() | syntax.BytesConstant():
            return node.value
        case syntax.ImaginaryConstant():
            return complex(0, node.value)
        case _:
            raise AssertionError(type(node))


def tree_text(tree: Root) -> str:
    """A tree in one line, without places."""
    return TreeText(None).of(tree)


def tree_text_with_places(tree: Root, source: str) -> str:
    """A tree in one line, as `ast.dump(..., include_attributes=True)` shows it."""
    return TreeText(source).of(tree)
