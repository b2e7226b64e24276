"""Builds the scopes while the parser reads: opens and closes them, declares names, and finds out what each use of a name means.

A use is put on a list. When a scope closes, the uses since it opened are looked up in its names; those it does not have stay
on the list, for the scope around it:

    { let a; a; b }      at `}`: `a` is found; `b` stays

So nothing is asked before all declarations of the scope are known, which hoisting needs, and arrow functions, whose parameters were
read as an expression, open their scope late: at the place of the list where the parenthesis stood.
"""

from __future__ import annotations

from typing import final

from tracewright_javascript import messages
from tracewright_javascript.diagnostics import SyntaxFault
from tracewright_javascript.scopes import BlockFunction, Scope, ScopeKind, Variable, VariableKind
from tracewright_javascript.syntax import EvalContext, NameReference


@final
class ScopeMark:
    """A place in the lists, for a scope that is opened later."""

    def __init__(self, references: int, children: int, evals: int) -> None:
        self.references = references
        self.children = children
        self.evals = evals


def redeclared(name: str, start: int) -> SyntaxFault:
    """A name is declared twice where once is allowed; `start` is the second place."""
    return SyntaxFault(messages.about(messages.REDECLARED, name), start, start + len(name))


@final
class ScopeBuilder:
    """The open scopes, from the outermost to `current`, and the uses of names that are not yet found."""

    def __init__(self, kind: int, is_strict: bool) -> None:
        self.current: Scope = Scope(kind, None, 0, False, is_strict)
        self.references: list[NameReference] = []
        self.evals: list[EvalContext] = []  # of all direct calls so far

    # Opening and closing

    def mark(self) -> ScopeMark:
        """Where a scope would begin that `open_at` opens later."""
        return ScopeMark(len(self.references), len(self.current.children), len(self.evals))

    def open(self, kind: int, is_strict: bool, is_arrow: bool = False) -> Scope:
        """A new scope inside the current one; it becomes the current one."""
        parent = self.current
        scope = Scope(kind, parent, len(self.references), is_arrow, is_strict)
        parent.children.append(scope)
        self.current = scope
        return scope

    def open_at(self, mark: ScopeMark, kind: int, is_strict: bool, is_arrow: bool) -> Scope:
        """As `open`, but what was read since the mark belongs to the new scope."""
        parent = self.current
        scope = Scope(kind, parent, mark.references, is_arrow, is_strict)
        scope.children = parent.children[mark.children :]
        for child in scope.children:
            child.parent = scope
            scope.calls_eval = scope.calls_eval or child.calls_eval
        for context in self.evals[mark.evals :]:
            if context.scope is parent:
                context.scope = scope
                context.in_parameters = True
                scope.calls_eval = True
        parent.children[mark.children :] = [scope]
        scope.calls_sloppy_eval = scope.calls_eval and not is_strict
        self.current = scope
        return scope

    def close(self) -> None:
        """Leave the current scope: find the uses of its names."""
        scope = self.current
        parent = scope.parent
        self._settle_block_functions(scope)
        if scope.is_receiver():
            self._declare_implicit(scope)
        if scope.calls_eval:
            for variable in scope.variables.values():
                variable.captured = True
                variable.assigned = True
        if len(scope.variables) > 0 or scope.kind == ScopeKind.FUNCTION or scope.kind == ScopeKind.WITH:
            self._look_up(scope)
        if parent is not None:
            self.current = parent

    def _declare_implicit(self, scope: Scope) -> None:
        """The names that every function but an arrow has; those that nobody uses are taken away again."""
        for name in ("this", "new.target", "super"):
            scope.variables[name] = Variable(name, VariableKind.RECEIVER, 0)
        declared = scope.variables.get("arguments")
        if declared is not None and declared.kind == VariableKind.VAR:
            declared.kind = VariableKind.ARGUMENTS  # `var arguments` is the one that there is anyway
        if declared is None:
            scope.variables["arguments"] = Variable("arguments", VariableKind.ARGUMENTS, 0)

    def _look_up(self, scope: Scope) -> None:
        references = self.references
        kept = scope.first_reference
        used: set[str] = set()
        is_function = scope.kind == ScopeKind.FUNCTION
        makes_dynamic = scope.kind == ScopeKind.WITH or scope.calls_sloppy_eval and scope.takes_vars()
        for index in range(scope.first_reference, len(references)):
            reference = references[index]
            if reference.is_declared:
                continue
            variable = scope.variables.get(reference.name)
            if variable is not None:
                used.add(reference.name)
                self._bind(scope, reference, variable)
                continue
            if makes_dynamic and not _is_receiver_name(reference.name):
                reference.is_dynamic = True
            if is_function:
                reference.crosses_function = True
                if scope.is_hoisted:
                    reference.crosses_hoisted = True
            references[kept] = reference
            kept += 1
        del references[kept:]
        if scope.is_receiver() and not scope.calls_eval:
            for name in ("this", "new.target", "super", "arguments"):
                implicit = scope.variables[name].kind
                if name not in used and (implicit == VariableKind.RECEIVER or implicit == VariableKind.ARGUMENTS):
                    del scope.variables[name]

    def _bind(self, scope: Scope, reference: NameReference, variable: Variable) -> None:
        reference.variable = variable
        if reference.crosses_function:
            variable.captured = True
            scope.has_captured = True
        if reference.is_write and not (variable.is_lexical() and reference.start == variable.start):
            variable.assigned = True
        if variable.starts_uninitialized() and reference.start != variable.start:
            later = reference.start >= variable.initialized_at
            straight = scope.kind != ScopeKind.SWITCH and not reference.crosses_hoisted
            reference.needs_check = not (later and straight)
            variable.used_before = variable.used_before or reference.needs_check

    def finish(self) -> list[NameReference]:
        """Close the outermost scope; the names that nothing declares."""
        self.close()
        return [reference for reference in self.references if not reference.is_declared]

    # Uses

    def use(self, reference: NameReference) -> None:
        """A name is read or written here."""
        self.references.append(reference)

    def call_eval(self, context: EvalContext) -> None:
        """A direct `eval` stands here: any name around it may be used, and in sloppy code the function gets new ones."""
        scope: Scope | None = self.current
        adds = not context.is_strict
        self.evals.append(context)
        while scope is not None:
            scope.calls_eval = True
            if adds and scope.takes_vars():
                scope.calls_sloppy_eval = True
                adds = False
            scope = scope.parent

    # Declarations

    def declare_lexical(self, name: str, kind: int, start: int) -> Variable:
        """`let`, `const`, `class`, and functions in blocks. Raises SyntaxFault."""
        scope = self.current
        existing = scope.variables.get(name)
        if existing is not None:
            both_functions = kind == VariableKind.BLOCK_FUNCTION and existing.kind == VariableKind.BLOCK_FUNCTION
            if both_functions and not scope.is_strict:
                return existing
            raise redeclared(name, start)
        if name in scope.passing_vars:
            raise redeclared(name, start)
        parent = scope.parent
        if scope.joins_parent and parent is not None and name in parent.variables:
            raise redeclared(name, start)
        variable = Variable(name, kind, start)
        variable.initialized_at = start
        scope.variables[name] = variable
        return variable

    def declare_var(self, name: str, kind: int, start: int) -> Variable:
        """`var`, and functions at the top of functions and scripts. Raises SyntaxFault."""
        scope = self.current
        while True:
            existing = scope.variables.get(name)
            if existing is not None and existing.is_lexical():
                raise redeclared(name, start)
            scope.passing_vars[name] = start
            parent = scope.parent
            if scope.takes_vars() or parent is None:
                break
            scope = parent
        if existing is not None:
            if kind == VariableKind.FUNCTION:
                existing.assigned = True
            return existing
        variable = Variable(name, kind, start)
        scope.variables[name] = variable
        return variable

    def declare_parameter(self, name: str, start: int) -> bool:
        """A name among a function's parameters; False if it is there already."""
        scope = self.current
        if name in scope.variables:
            return False
        scope.variables[name] = Variable(name, VariableKind.PARAMETER, start)
        return True

    def declare_block_function(self, name: str, start: int) -> BlockFunction:
        """A plain function in a block of sloppy code, which may become a `var`, too. Its lexical name is declared already."""
        function = BlockFunction(name, start, self.current)
        self.current.block_functions.append(function)
        return function

    def _settle_block_functions(self, scope: Scope) -> None:
        """Hand the functions of blocks outwards, as far as a `var` of their name could go; declare those that arrive."""
        parent = scope.parent
        for function in scope.block_functions:
            variable = scope.variables.get(function.name)
            if variable is not None and function.scope is not scope and variable.is_lexical():
                continue
            if not scope.takes_vars():
                if parent is not None:
                    parent.block_functions.append(function)
                continue
            if variable is not None and variable.kind == VariableKind.PARAMETER:
                continue
            if scope.kind == ScopeKind.BODY and parent is not None and function.name in parent.variables:
                continue
            if variable is None:
                scope.variables[function.name] = Variable(function.name, VariableKind.VAR, function.start)
            else:
                variable.assigned = True
            function.is_also_var = True


def _is_receiver_name(name: str) -> bool:
    return name == "this" or name == "new.target" or name == "super"
