"""The `for` statements, which are told apart only behind the first thing in their parentheses."""

from __future__ import annotations

from tracewright_javascript import messages
from tracewright_javascript.diagnostics import SyntaxFault
from tracewright_javascript.parser_cursor import NOWHERE
from tracewright_javascript.parser_patterns import DeclaredAs
from tracewright_javascript.parser_statements import StatementParser, begins_binding
from tracewright_javascript.scopes import Scope, ScopeKind, Variable, VariableKind
from tracewright_javascript.syntax import ArrayLiteral, Expression, Identifier, ObjectLiteral, Statement
from tracewright_javascript.syntax_statements import (
    Declarator,
    ExpressionStatement,
    For,
    ForEach,
    IterationKind,
    VariableDeclaration,
)
from tracewright_javascript.tokens import Kind


class LoopParser(StatementParser):
    """Reads `for` in all its forms."""

    def parse_for(self) -> Statement:
        start = self.token.start
        self.advance()
        is_await = False
        if self.token.kind == Kind.AWAIT:
            if not self.context.is_async or self.token.escaped:
                raise self.unexpected()
            is_await = True
            self.advance()
        self.expect(Kind.OPEN_PARENTHESIS)
        scope = self.scopes.open(ScopeKind.LOOP, self.is_strict)
        result = self._parse_head(start, scope, is_await)
        self.scopes.close()
        return result

    def _parse_head(self, start: int, scope: Scope, is_await: bool) -> Statement:
        keyword = self._keyword()
        if keyword != 0:
            return self._parse_declaration_head(start, scope, is_await, keyword)
        if self.token.kind == Kind.SEMICOLON and not is_await:
            return self._parse_rest_of_for(start, scope, None)
        return self._parse_expression_head(start, scope, is_await)

    def _keyword(self) -> int:
        """The kind of the word that makes the head a declaration; else 0."""
        kind = self.token.kind
        if kind == Kind.VAR or kind == Kind.CONST:
            return kind
        if self.at(Kind.LET) and begins_binding(self.peek().token):
            return kind
        return 0

    def _parse_declaration_head(self, start: int, scope: Scope, is_await: bool, keyword: int) -> Statement:
        head_start = self.token.start
        self.advance()
        kind: int = VariableKind.VAR
        if keyword != Kind.VAR:
            kind = VariableKind.LET if keyword == Kind.LET else VariableKind.CONST
        outer = self.declared
        self.declared = []
        target = self.parse_binding_target(kind)
        declared = self.declared
        value = self.parse_initializer(target, False)
        iteration = self._iteration(is_await)
        if iteration != NOWHERE:
            self._check_initializer(keyword, target, value, iteration)
            result = self._parse_for_each(start, scope, iteration, keyword, target, value, declared)
            self.declared = outer
            return result
        if is_await:
            raise self.unexpected()
        self._require_value(keyword, target, value)
        declarators = [Declarator(target.start, self.last_end, target, value)]
        while self.take(Kind.COMMA):
            target = self.parse_binding_target(kind)
            value = self.parse_initializer(target, False)
            self._refuse_many(target)
            self._require_value(keyword, target, value)
            declarators.append(Declarator(target.start, self.last_end, target, value))
        self.declare_now(self.declared)
        self.declared = outer
        declaration = VariableDeclaration(head_start, self.last_end, keyword, declarators)
        return self._parse_rest_of_for(start, scope, declaration)

    def _iteration(self, is_await: bool) -> int:
        """The IterationKind that the current word begins, or NOWHERE."""
        if self.at(Kind.OF):
            return IterationKind.ASYNC_VALUES if is_await else IterationKind.VALUES
        if self.token.kind == Kind.IN and not is_await:
            return IterationKind.KEYS
        return NOWHERE

    def _check_initializer(self, keyword: int, target: Expression, value: Expression | None, iteration: int) -> None:
        """Only `for (var name = value in ...)` may have a value, in sloppy code (Annex B.3.5)."""
        if value is None:
            return
        if iteration != IterationKind.KEYS:
            raise SyntaxFault(messages.FOR_OF_INITIALIZER, target.start, value.end)
        if keyword != Kind.VAR or self.is_strict or not isinstance(target, Identifier):
            raise SyntaxFault(messages.FOR_IN_INITIALIZER, target.start, value.end)

    def _refuse_many(self, target: Expression) -> None:
        if self.token.kind == Kind.IN:
            raise SyntaxFault(messages.FOR_IN_SINGLE, target.start, target.end)
        if self.at(Kind.OF):
            raise SyntaxFault(messages.FOR_OF_SINGLE, target.start, target.end)

    def _require_value(self, keyword: int, target: Expression, value: Expression | None) -> None:
        if value is None and not isinstance(target, Identifier):
            raise SyntaxFault(messages.PATTERN_INITIALIZER, target.start, target.end)
        if value is None and keyword == Kind.CONST:
            raise SyntaxFault(messages.CONST_INITIALIZER, target.start, target.end)

    def _parse_expression_head(self, start: int, scope: Scope, is_await: bool) -> Statement:
        head_start = self.token.start
        begins_with_let = self.at(Kind.LET)
        begins_with_async = self.at(Kind.ASYNC)
        first = self.parse_maybe_pattern(False)
        iteration = self._iteration(is_await)
        if iteration == NOWHERE:
            if is_await:
                raise self.unexpected()
            self.refuse_pattern_only()
            expression = self.parse_sequence(first, False) if self.token.kind == Kind.COMMA else first
            return self._parse_rest_of_for(
                start, scope, ExpressionStatement(head_start, self.last_end, expression, None)
            )
        if iteration != IterationKind.KEYS and begins_with_let:
            raise SyntaxFault(messages.FOR_OF_LET, head_start, head_start + len("let"))
        if iteration == IterationKind.VALUES and begins_with_async and isinstance(first, Identifier):
            raise SyntaxFault(messages.FOR_OF_ASYNC, head_start, head_start + len("async"))
        if isinstance(first, (ArrayLiteral, ObjectLiteral)) and not first.parenthesized:
            target = self.pattern_of(first, DeclaredAs.NOTHING)
            self.pattern_only = NOWHERE
        else:
            self.check_target(first, messages.FOR_TARGET)
            target = first
        return self._parse_for_each(start, scope, iteration, 0, target, None, [])

    def _parse_for_each(
        self,
        start: int,
        scope: Scope,
        iteration: int,
        keyword: int,
        target: Expression,
        value: Expression | None,
        declared: list[Variable],
    ) -> Statement:
        self.advance()
        outer = self.declared
        self.declared = []
        subject = self.parse_expression(True) if iteration == IterationKind.KEYS else self.parse_assignment(True)
        self.expect(Kind.CLOSE_PARENTHESIS)
        self.declared = outer
        self.declare_now(declared)
        if isinstance(target, Identifier) and keyword == Kind.VAR:
            target.is_write = True
        body = self.parse_loop_body()
        return ForEach(start, self.last_end, iteration, keyword, target, value, subject, body, scope)

    def _parse_rest_of_for(self, start: int, scope: Scope, initializer: Statement | None) -> Statement:
        """From the first semicolon on."""
        self.expect(Kind.SEMICOLON)
        test: Expression | None = None
        update: Expression | None = None
        if self.token.kind != Kind.SEMICOLON:
            test = self.parse_expression(True)
        self.expect(Kind.SEMICOLON)
        if self.token.kind != Kind.CLOSE_PARENTHESIS:
            update = self.parse_expression(True)
        self.expect(Kind.CLOSE_PARENTHESIS)
        body = self.parse_loop_body()
        return For(start, self.last_end, initializer, test, update, body, scope)
