"""Decides where the value of every name lives, when all names of a text are known.

Scopes are looked at from the outside in, with the names that functions around bind; coming back, a name that some scope inside takes
from here becomes a cell.
"""

from __future__ import annotations

from tracewright_python.diagnostics import SyntaxFault
from tracewright_python.scopes import Resolution, Scope, ScopeKind, Symbol
from tracewright_python.symbol_table import SymbolTable

CLASS_CELL = "__class__"


def resolve(table: SymbolTable) -> None:
    """Fill in the resolutions of all symbols. Raises SyntaxFault."""
    _resolve_scope(table, table.module, set(), set())


def _resolve_scope(table: SymbolTable, scope: Scope, bound: set[str], declared_global: set[str]) -> set[str]:
    """Resolve a scope and those inside; `bound` are names of functions around. The names that it takes from there.

    Both sets are the caller's and stay as they are.
    """
    inner_bound: set[str] = set()
    inner_bound |= bound
    inner_global: set[str] = set()
    inner_global |= declared_global
    free: set[str] = set()
    for symbol in scope.symbols.values():
        _resolve_symbol(table, scope, symbol, bound, inner_bound, inner_global)
        if symbol.resolution == Resolution.FREE:
            free.add(symbol.name)
            scope.has_free = True
    if scope.kind == ScopeKind.CLASS:
        inner_bound = set()
        inner_bound |= bound
        inner_bound.add(CLASS_CELL)
        inner_global = set()
        inner_global |= declared_global
    elif scope.is_function():
        for symbol in scope.symbols.values():
            if symbol.resolution == Resolution.LOCAL:
                inner_bound.add(symbol.name)
    taken: set[str] = set()
    for child in scope.children:
        taken |= _resolve_scope(table, child, inner_bound, inner_global)
        scope.has_free_children = scope.has_free_children or child.has_free or child.has_free_children
    _keep_cells(scope, taken)
    for name in taken:
        _hand_on(scope, name, bound)
    free |= taken
    return free


def _resolve_symbol(
    table: SymbolTable,
    scope: Scope,
    symbol: Symbol,
    bound: set[str],
    inner_bound: set[str],
    inner_global: set[str],
) -> None:
    name = symbol.name
    if symbol.is_global:
        if symbol.is_nonlocal:
            raise _declaration_fault(table, scope, name, f"name '{name}' is nonlocal and global")
        symbol.resolution = Resolution.GLOBAL_EXPLICIT
        inner_global.add(name)
        inner_bound.discard(name)
    elif symbol.is_nonlocal:
        if scope.kind == ScopeKind.MODULE:
            raise _declaration_fault(table, scope, name, "nonlocal declaration not allowed at module level")
        if name not in bound:
            raise _declaration_fault(table, scope, name, f"no binding for nonlocal '{name}' found")
        symbol.resolution = Resolution.FREE
    elif symbol.is_bound:
        symbol.resolution = Resolution.LOCAL
        inner_global.discard(name)
    elif name in bound:
        symbol.resolution = Resolution.FREE
    else:
        symbol.resolution = Resolution.GLOBAL_IMPLICIT
        scope.has_free = scope.has_free or scope.is_nested


def _declaration_fault(table: SymbolTable, scope: Scope, name: str, message: str) -> SyntaxFault:
    for declaration in table.declarations:
        if declaration.scope is scope and declaration.name == name:
            return SyntaxFault(message, declaration.span)
    raise AssertionError("a name that is global or nonlocal was declared so")


def _keep_cells(scope: Scope, taken: set[str]) -> None:
    """Names of this scope that scopes inside take become cells, and are asked for no further out."""
    if scope.kind == ScopeKind.CLASS:
        if CLASS_CELL in taken:
            taken.discard(CLASS_CELL)
            scope.has_class_cell = True
            symbol = scope.symbols.get(CLASS_CELL)
            if symbol is None:
                symbol = Symbol(CLASS_CELL)
                scope.symbols[CLASS_CELL] = symbol
                symbol.resolution = Resolution.CELL
    elif scope.is_function():
        for symbol in scope.symbols.values():
            if symbol.resolution == Resolution.LOCAL and symbol.name in taken:
                symbol.resolution = Resolution.CELL
                taken.discard(symbol.name)


def _hand_on(scope: Scope, name: str, bound: set[str]) -> None:
    """A name that a scope inside takes from a function further out goes through this one."""
    symbol = scope.symbols.get(name)
    if symbol is not None:
        if scope.kind == ScopeKind.CLASS and (symbol.is_bound or symbol.is_global):
            symbol.is_free_in_class = True
    elif name in bound:
        symbol = Symbol(name)
        symbol.resolution = Resolution.FREE
        scope.symbols[name] = symbol
