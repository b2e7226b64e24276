"""The scopes of a tree while it is walked over: where the walk is, and what is noted about names there."""

from __future__ import annotations

from typing import final

from tracewright.guest.diagnostics import Span
from tracewright_python import messages
from tracewright_python.diagnostics import SyntaxFault
from tracewright_python.scopes import Scope, ScopeKind, Symbol


@final
class Declaration:
    """Where `global` or `nonlocal` stands, for mistakes that are found when all names are known."""

    def __init__(self, scope: Scope, name: str, span: Span) -> None:
        self.scope = scope
        self.name = name
        self.span = span


@final
class SymbolTable:
    """The scopes found so far; `current` is the one that the walk is in."""

    def __init__(self) -> None:
        self.module: Scope = Scope(ScopeKind.MODULE, "top", 0, None)
        self.current: Scope = self.module
        self.declarations: list[Declaration] = []
        self.iterated = 0  # how many expressions that a comprehension walks over are around, in this scope
        self.binds_iteration = False  # names that are bound now belong to the `for` of a comprehension
        self.in_annotation = False  # of those that are kept as text
        self._outer_iterated: list[int] = []

    # Where the walk is

    def enter(self, kind: int, name: str, line: int) -> Scope:
        """Open a scope inside the current one."""
        outer = self.current
        scope = Scope(kind, name, line, outer)
        scope.is_nested = outer.is_nested or outer.is_function()
        scope.private_class = outer.private_class
        outer.children.append(scope)
        self._outer_iterated.append(self.iterated)
        # A comprehension within what another one walks over is as far from assigning as that.
        self.iterated = self.iterated if scope.is_comprehension() else 0
        self.current = scope
        return scope

    def leave(self) -> None:
        """Go back to the scope around."""
        outer = self.current.parent
        assert outer is not None
        self.iterated = self._outer_iterated.pop()
        self.current = outer

    def enter_annotation(self) -> None:
        """Open a scope that nobody will see: that of an annotation that is kept as text."""
        outer = self.current
        scope = Scope(ScopeKind.LAMBDA, "_annotation", 0, outer)
        scope.private_class = outer.private_class
        self.current = scope
        self.in_annotation = True

    def leave_annotation(self) -> None:
        """Go back to the scope around the annotation."""
        outer = self.current.parent
        assert outer is not None
        self.current = outer
        self.in_annotation = False

    def check_annotation(self, what: str, span: Span) -> None:
        """Refuse what no annotation may have that is kept as text."""
        if self.in_annotation and self.current.name == "_annotation":
            raise SyntaxFault(f"'{what}' can not be used within an annotation", span)

    # Names

    def find(self, name: str) -> Symbol | None:
        """What is noted about a name in the current scope."""
        return self.current.symbols.get(self.current.mangled(name))

    def _symbol_in(self, scope: Scope, name: str) -> Symbol:
        mangled = self.current.mangled(name)
        symbol = scope.symbols.get(mangled)
        if symbol is None:
            symbol = Symbol(mangled)
            scope.symbols[mangled] = symbol
        return symbol

    def use(self, name: str) -> None:
        """A name is read."""
        self._symbol_in(self.current, name).is_used = True

    def bind(self, name: str, span: Span) -> Symbol:
        """A name is assigned, defined or deleted."""
        symbol = self._symbol_in(self.current, name)
        symbol.is_bound = True
        if self.binds_iteration:
            if symbol.is_global or symbol.is_nonlocal:
                raise SyntaxFault(f"comprehension inner loop cannot rebind assignment expression target '{name}'", span)
            symbol.is_iteration_variable = True
        return symbol

    def note_import(self, name: str) -> None:
        """A name is bound by an import."""
        symbol = self._symbol_in(self.current, name)
        symbol.is_bound = True
        symbol.is_imported = True

    def bind_parameter(self, name: str, span: Span) -> None:
        """A parameter of the current function."""
        symbol = self._symbol_in(self.current, name)
        if symbol.is_parameter:
            raise SyntaxFault(f"duplicate argument '{name}' in function definition", span)
        symbol.is_parameter = True
        symbol.is_bound = True
        self.current.parameters.append(symbol.name)

    def declare_global(self, name: str, span: Span) -> None:
        """`global name`"""
        self._symbol_in(self.current, name).is_global = True
        self._symbol_in(self.module, name).is_global = True
        self.declarations.append(Declaration(self.current, self.current.mangled(name), span))

    def declare_nonlocal(self, name: str, span: Span) -> None:
        """`nonlocal name`"""
        self._symbol_in(self.current, name).is_nonlocal = True
        self.declarations.append(Declaration(self.current, self.current.mangled(name), span))

    def bind_outside_comprehension(self, name: str, span: Span) -> None:
        """The target of `:=` in a comprehension belongs to the function or module around all comprehensions."""
        scope = self.current
        while scope.is_comprehension():
            known = scope.symbols.get(self.current.mangled(name))
            if known is not None and known.is_iteration_variable:
                raise SyntaxFault(
                    f"assignment expression cannot rebind comprehension iteration variable '{name}'", span
                )
            outer = scope.parent
            assert outer is not None
            scope = outer
        if scope.kind == ScopeKind.CLASS:
            raise SyntaxFault(messages.WALRUS_IN_CLASS, span)
        if scope.kind == ScopeKind.MODULE:
            self.declare_global(name, span)
            return
        known = scope.symbols.get(self.current.mangled(name))
        if known is not None and known.is_global:
            self.declare_global(name, span)
        else:
            self.declare_nonlocal(name, span)
        self._symbol_in(scope, name).is_bound = True
