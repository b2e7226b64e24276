"""Scopes of the Python front end beside those of CPython's `symtable`, in one form."""

from __future__ import annotations

import symtable
import sys
import warnings

from tracewright_python.diagnostics import SyntaxFault
from tracewright_python.parser import parse_module
from tracewright_python.scopes import Resolution, Scope, ScopeKind, Symbol
from tracewright_python.source_text import decoded
from tracewright_python.symbols import analyze
from tracewright_testing.python_oracle import DEEP_ENOUGH, first_difference

_NAMES = {
    ScopeKind.LAMBDA: "lambda",
    ScopeKind.LIST_COMPREHENSION: "listcomp",
    ScopeKind.SET_COMPREHENSION: "setcomp",
    ScopeKind.DICT_COMPREHENSION: "dictcomp",
    ScopeKind.GENERATOR_EXPRESSION: "genexpr",
}


def oracle_scopes(table: symtable.SymbolTable, depth: int = 0) -> str:
    """CPython's scopes, one a line, with their symbols behind them."""
    lines = [f"{'  ' * depth}{table.get_type()} {table.get_name()} {table.get_lineno()} nested={table.is_nested()}"]
    for symbol in sorted(table.get_symbols(), key=lambda entry: entry.get_name()):
        marks = {
            "parameter": symbol.is_parameter(),
            "global": symbol.is_global(),
            "declared": symbol.is_declared_global(),
            "nonlocal": symbol.is_nonlocal(),
            "local": symbol.is_local(),
            "free": symbol.is_free(),
            "imported": symbol.is_imported(),
            "used": symbol.is_referenced(),
            "annotated": symbol.is_annotated(),
        }
        lines.append(
            f"{'  ' * depth}  {symbol.get_name()} {' '.join([mark for mark, is_set in marks.items() if is_set])}"
        )
    lines.extend(oracle_scopes(child, depth + 1) for child in table.get_children())
    return "\n".join(lines)


def our_scopes(scope: Scope, depth: int = 0) -> str:
    """Ours, in the same form."""
    kind = "module" if scope.kind == ScopeKind.MODULE else "class" if scope.kind == ScopeKind.CLASS else "function"
    name = _NAMES.get(scope.kind, scope.name)
    lines = [f"{'  ' * depth}{kind} {name} {scope.line} nested={scope.is_nested}"]
    for symbol in sorted(scope.symbols.values(), key=lambda entry: entry.name):
        if scope.kind == ScopeKind.CLASS and symbol.name == "__class__" and symbol.resolution == Resolution.CELL:
            continue  # `symtable` does not show the cell
        lines.append(f"{'  ' * depth}  {symbol.name} {' '.join(_marks(scope, symbol))}")
    lines.extend(our_scopes(child, depth + 1) for child in scope.children)
    return "\n".join(lines)


def _marks(scope: Scope, symbol: Symbol) -> list[str]:
    in_module = scope.kind == ScopeKind.MODULE
    is_global = symbol.resolution in (Resolution.GLOBAL_EXPLICIT, Resolution.GLOBAL_IMPLICIT)
    is_local = symbol.resolution in (Resolution.LOCAL, Resolution.CELL)
    marks = {
        "parameter": symbol.is_parameter,
        "global": is_global or in_module and symbol.is_bound,
        "declared": symbol.resolution == Resolution.GLOBAL_EXPLICIT,
        "nonlocal": symbol.is_nonlocal,
        "local": is_local or in_module and symbol.is_bound,
        "free": symbol.resolution == Resolution.FREE,
        "imported": symbol.is_imported,
        "used": symbol.is_used,
        "annotated": symbol.is_annotated,
    }
    return [mark for mark, is_set in marks.items() if is_set]


def scope_difference(data: bytes, name: str) -> str:
    """Where the scopes of a file part; empty if they are the same, or if CPython has none."""
    try:
        text = decoded(data, name)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            wanted = oracle_scopes(symtable.symtable(text, name, "exec"))
    except (SyntaxError, SyntaxFault, ValueError):
        return ""
    sys.setrecursionlimit(max(sys.getrecursionlimit(), DEEP_ENOUGH))
    try:
        module = parse_module(text)
        analyze(module)
    except SyntaxFault as fault:
        return f"{name}:{fault.span.line}:{fault.span.column}: {fault.message}"
    assert module.scope is not None
    return first_difference(our_scopes(module.scope), wanted, name)
