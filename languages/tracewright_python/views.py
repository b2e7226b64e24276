"""Forms of a guest program that `tracewright show` prints: its tokens and its tree, each with places. Hosted only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from typing import Final

from tracewright.guest.diagnostics import SourceError, Span, rendered
from tracewright_python.diagnostics import FAULT_NAMES, LineIndex, SyntaxFault
from tracewright_python.lexer import Lexer
from tracewright_python.parser import parse_module
from tracewright_python.scopes import RESOLUTION_NAMES, Scope
from tracewright_python.source_text import prepared
from tracewright_python.symbols import analyze
from tracewright_python.syntax import Node
from tracewright_python.tokens import ASSIGNING, FIRST_ASSIGNMENT, Kind
from tracewright_python.tree_text import TreeText

_SIMPLE: Final = (str, int, float, bytes, type(None))


def fault_text(fault: SyntaxFault, text: str, file: str) -> str:
    """`FILE:LINE:COLUMN: SyntaxError: message`, the line, and a mark below what is wrong."""
    span = fault.span
    message = f"{FAULT_NAMES[fault.kind]}: {fault.message}"
    end = span.end_column if span.end_line == span.line else span.column + 1
    return rendered(SourceError(message, span.line, span.column, end), file, text)


def show_tokens(text: str, file: str) -> str:
    """One token a line, with its place."""
    source = prepared(text, True)
    tokens = Lexer(source, LineIndex(source), 0, len(source), False).read_all()
    names = {kind: name.lower() for name, kind in vars(Kind).items() if isinstance(kind, int)}
    names |= {kind: f"{names[kind - ASSIGNING]}_assign" for kind in range(FIRST_ASSIGNMENT, Kind.LAST_ASSIGNMENT + 1)}
    lines = []
    for index, kind in enumerate(tokens.kinds):
        span = tokens.span(index)
        place = f"{span.line}:{span.column}-{span.end_line}:{span.end_column}"
        lines.append(f"{place:14} {names[kind]:20} {tokens.spelling(index)}".rstrip())
    if tokens.fault is not None:
        lines.append(fault_text(tokens.fault, source, file).rstrip("\n"))
    return "\n".join([*lines, ""])


def show_tree(text: str, file: str) -> str:
    """The tree with its scopes, a node a line, or what is wrong with the text."""
    try:
        module = parse_module(text)
        analyze(module)
    except SyntaxFault as fault:
        return fault_text(fault, prepared(text, True), file)
    lines: list[str] = []
    _show("", module, 0, lines)
    return "\n".join([*lines, ""])


def _show(label: str, node: object, depth: int, lines: list[str]) -> None:
    margin = "  " * depth + label
    if isinstance(node, list):
        for item in node:
            _show(label, item, depth, lines)
    elif not is_dataclass(node):
        lines.append(f"{margin}{node!r}")
    else:
        writer = TreeText(None)
        shown = [f"{field}={writer.field(node, field, getattr(node, field))}" for field in _simple_fields(node)]
        place = f" {_place(node.span)}" if isinstance(node, Node) else ""
        lines.append(f"{margin}{' '.join([type(node).__name__, *shown])}{place}")
        for entry in fields(node):
            value = getattr(node, entry.name)
            if isinstance(value, Scope):
                lines.append(f"{'  ' * (depth + 1)}scope: {_scope_text(value)}")
            elif entry.name not in ("span", "scope") and not _is_simple(value):
                _show(f"{entry.name}: ", value, depth + 1, lines)


def _simple_fields(node: object) -> list[str]:
    names = [entry.name for entry in fields(node)]  # type: ignore[arg-type]  # every node is a dataclass
    return [name for name in names if name not in ("span", "scope") and _is_simple(getattr(node, name))]


def _is_simple(value: object) -> bool:
    if isinstance(value, list):
        return all(isinstance(item, (str, int)) for item in value)
    return isinstance(value, _SIMPLE)


def _place(span: Span) -> str:
    return f"{span.line}:{span.column}-{span.end_line}:{span.end_column}"


def _scope_text(scope: Scope) -> str:
    shown = [f"{symbol.name} {RESOLUTION_NAMES[symbol.resolution]}" for symbol in scope.symbols.values()]
    return ", ".join(shown) if shown else "no names"


SHOWS: Final[dict[str, Callable[[str, str], str]]] = {"tokens": show_tokens, "tree": show_tree}
