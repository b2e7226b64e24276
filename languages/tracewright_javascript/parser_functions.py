"""Functions: parameters, bodies, directives, and arrows whose parameters were read as an expression."""

from __future__ import annotations

from abc import abstractmethod
from typing import final

from tracewright_javascript import messages
from tracewright_javascript.diagnostics import SyntaxFault
from tracewright_javascript.parser_cursor import NOWHERE, FunctionContext, TokenCursor
from tracewright_javascript.parser_patterns import PatternParser
from tracewright_javascript.scope_builder import ScopeMark
from tracewright_javascript.scopes import Scope, ScopeKind, Variable, VariableKind
from tracewright_javascript.syntax import (
    Default,
    Expression,
    Function,
    FunctionExpression,
    FunctionKind,
    Identifier,
    Rest,
    Spread,
    Statement,
    StringLiteral,
)
from tracewright_javascript.syntax_statements import ExpressionStatement, Return
from tracewright_javascript.tokens import Kind, LegacyForm

USE_STRICT = "use strict"


@final
class FunctionHead:
    """What is known of a function before its parameters."""

    def __init__(self, kind: int, start: int) -> None:
        self.kind = kind
        self.start = start
        self.name = ""
        self.name_start = NOWHERE  # where the name stands, if it is one that strict code may refuse
        self.is_async = False
        self.is_generator = False
        self.is_hoisted = False
        self.name_scope: Scope | None = None

    def full_name(self) -> str:
        """Its `name`: that of an accessor says what it does."""
        prefix = "get " if self.kind == FunctionKind.GETTER else "set " if self.kind == FunctionKind.SETTER else ""
        return self.name if self.name == "" else prefix + self.name


@final
class OuterFunction:
    """What the parser knew of the function around, while it is inside another."""

    def __init__(self, parser: TokenCursor) -> None:
        self.context: FunctionContext = parser.context
        self.is_strict = parser.is_strict
        self.last_yield = parser.last_yield
        self.last_await = parser.last_await
        self.last_await_name = parser.last_await_name


class FunctionParser(PatternParser):
    """Reads functions of all kinds, except for what stands before their parameters."""

    @abstractmethod
    def parse_statement_list_item(self) -> Statement:
        """A statement or declaration."""

    @abstractmethod
    def parse_expression(self, allows_in: bool) -> Expression:
        """An expression, commas included."""

    # Entering and leaving

    def _enter_function(self, head: FunctionHead) -> OuterFunction:
        outer = OuterFunction(self)
        around = self.context
        inner = FunctionContext()
        inner.is_async = head.is_async
        inner.is_generator = head.is_generator
        kind = head.kind
        inner.allows_return = kind != FunctionKind.STATIC_BLOCK
        if kind == FunctionKind.ARROW:
            inner.allows_super_property = around.allows_super_property
            inner.allows_super_call = around.allows_super_call
            inner.allows_new_target = around.allows_new_target
            inner.forbids_arguments = around.forbids_arguments
        else:
            inner.allows_super_property = kind != FunctionKind.ORDINARY
            inner.allows_super_call = kind == FunctionKind.DERIVED_CONSTRUCTOR
            inner.allows_new_target = True
            inner.forbids_arguments = kind == FunctionKind.FIELD or kind == FunctionKind.STATIC_BLOCK
            inner.forbids_await = kind == FunctionKind.STATIC_BLOCK
        self.context = inner
        self.last_yield = NOWHERE
        self.last_await = NOWHERE
        self.last_await_name = NOWHERE
        return outer

    def _leave_function(self, outer: OuterFunction) -> None:
        self.context = outer.context
        self.is_strict = outer.is_strict
        self.last_yield = outer.last_yield
        self.last_await = outer.last_await
        self.last_await_name = outer.last_await_name

    # Parameters

    def parse_function(self, head: FunctionHead) -> Function:
        """Parameters and body; the current token is the opening parenthesis."""
        self.enter()
        outer = self._enter_function(head)
        outer_second, outer_expressions = self.second_parameter, self.has_expressions
        scope = self.scopes.open(ScopeKind.FUNCTION, self.is_strict)
        scope.is_hoisted = head.is_hoisted
        self.second_parameter = NOWHERE
        self.has_expressions = False
        self.context.in_parameters = True
        parameters = self._parse_parameters()
        self.context.in_parameters = False
        self._check_accessor(head, parameters)
        result = self._parse_body(head, parameters, scope)
        self.second_parameter, self.has_expressions = outer_second, outer_expressions
        self._leave_function(outer)
        self.leave()
        return result

    def _parse_parameters(self) -> list[Expression]:
        self.expect(Kind.OPEN_PARENTHESIS)
        parameters: list[Expression] = []
        while self.token.kind != Kind.CLOSE_PARENTHESIS:
            if self.token.kind == Kind.ELLIPSIS:
                start = self.token.start
                self.advance()
                target = self.parse_binding_target(VariableKind.PARAMETER)
                if self.token.kind == Kind.ASSIGN:
                    raise self.fault_at_token(messages.REST_INITIALIZER)
                if self.token.kind == Kind.COMMA:
                    raise self.fault_at_token(messages.REST_PARAMETER_LAST)
                parameters.append(Rest(start, self.last_end, target))
                break
            parameters.append(self.parse_binding_element(VariableKind.PARAMETER))
            if self.token.kind != Kind.CLOSE_PARENTHESIS:
                self.expect_parameter_comma()
        self.expect(Kind.CLOSE_PARENTHESIS)
        return parameters

    def expect_parameter_comma(self) -> None:
        """A comma, or words about what is missing."""
        if not self.take(Kind.COMMA):
            if self.token.kind == Kind.END or self.token.is_word():
                raise self.unexpected()
            raise SyntaxFault("missing ) after formal parameters", self.token.start, self.token.end)

    def _check_accessor(self, head: FunctionHead, parameters: list[Expression]) -> None:
        if head.kind == FunctionKind.GETTER and len(parameters) != 0:
            raise SyntaxFault(messages.GETTER_PARAMETERS, parameters[0].start, parameters[-1].end)
        if head.kind == FunctionKind.SETTER:
            if len(parameters) != 1:
                raise SyntaxFault(messages.SETTER_PARAMETER, head.start, self.last_end)
            if isinstance(parameters[0], Rest):
                raise SyntaxFault(messages.SETTER_REST, parameters[0].start, parameters[0].end)

    # Bodies

    def _parse_body(self, head: FunctionHead, parameters: list[Expression], scope: Scope) -> Function:
        """The braces and what is in them, in the scope of the parameters, which is closed."""
        is_simple = is_simple_list(parameters)
        body_scope = self._open_body(scope)
        self.expect(Kind.OPEN_BRACE)
        body = self.parse_directives(is_simple)
        while self.token.kind != Kind.CLOSE_BRACE:
            body.append(self.parse_statement_list_item())
        self._check_parameters(head, is_simple, scope)
        is_strict = self.is_strict
        self._close_body(scope, body_scope, is_strict)
        self.advance()
        return self._function(head, parameters, body, is_simple, is_strict, scope, body_scope)

    def _open_body(self, scope: Scope) -> Scope:
        if not self.has_expressions:
            return scope
        body_scope = self.scopes.open(ScopeKind.BODY, self.is_strict)
        body_scope.joins_parent = True
        return body_scope

    def _close_body(self, scope: Scope, body_scope: Scope, is_strict: bool) -> None:
        scope.is_strict = is_strict
        if body_scope is not scope:
            body_scope.is_strict = is_strict
            self.scopes.close()
        self.scopes.close()

    def _function(
        self,
        head: FunctionHead,
        parameters: list[Expression],
        body: list[Statement],
        is_simple: bool,
        is_strict: bool,
        scope: Scope,
        body_scope: Scope,
    ) -> Function:
        return Function(
            head.start,
            self.last_end,
            head.kind,
            head.full_name(),
            parameters,
            body,
            head.is_async,
            head.is_generator,
            is_strict,
            is_simple,
            False,
            length_of(parameters),
            scope,
            body_scope,
            head.name_scope,
        )

    def _check_parameters(self, head: FunctionHead, is_simple: bool, scope: Scope) -> None:
        """What depends on whether the body says that it is strict."""
        unique = self.is_strict or not is_simple or head.kind != FunctionKind.ORDINARY
        if unique and self.second_parameter != NOWHERE:
            raise SyntaxFault(messages.DUPLICATE_PARAMETER, self.second_parameter, self.second_parameter + 1)
        if not self.is_strict or scope.is_strict:
            return
        if head.name_start != NOWHERE:
            self.check_strict_name(head.name, head.name_start, head.name_start + len(head.name))
        for variable in scope.variables.values():
            if variable.kind == VariableKind.PARAMETER:
                self.check_strict_name(variable.name, variable.start, variable.start + len(variable.name))

    def parse_directives(self, is_simple: bool) -> list[Statement]:
        """The strings at the beginning of a body; `use strict` among them makes the code strict from here on."""
        statements: list[Statement] = []
        legacy_message = ""
        legacy_start = NOWHERE
        while self.token.kind == Kind.STRING:
            token = self.token
            if token.legacy != LegacyForm.NONE and legacy_start == NOWHERE:
                legacy_message = messages.STRICT_OCTAL_ESCAPE
                if token.legacy == LegacyForm.DIGIT_ESCAPE:
                    legacy_message = messages.STRICT_DIGIT_ESCAPE
                legacy_start = token.legacy_start
            literal_end = token.end
            statement = self.parse_statement_list_item()
            statements.append(statement)
            if not isinstance(statement, ExpressionStatement):
                break
            expression = statement.expression
            if not isinstance(expression, StringLiteral) or expression.parenthesized:
                break
            text = self.source[expression.start + 1 : literal_end - 1]
            statement.directive = text
            if text == USE_STRICT:
                if not is_simple:
                    raise SyntaxFault(messages.ILLEGAL_USE_STRICT, expression.start, expression.end)
                self.is_strict = True
            if self.is_strict and legacy_start != NOWHERE:
                raise SyntaxFault(legacy_message, legacy_start, literal_end)
        return statements

    # Arrow functions

    def parse_arrow(self, start: int, mark: ScopeMark, items: list[Expression], is_async: bool) -> Expression:
        """An arrow function; its parameters were read as expressions since `mark`, and `=>` comes next."""
        self._check_arrow_parameters(start, is_async)
        head = FunctionHead(FunctionKind.ARROW, start)
        head.is_async = is_async
        outer = self._enter_function(head)
        outer_second, outer_expressions = self.second_parameter, self.has_expressions
        self.second_parameter = NOWHERE
        self.has_expressions = False
        scope = self.scopes.open_at(mark, ScopeKind.FUNCTION, self.is_strict, True)
        parameters: list[Expression] = []
        for item in items:
            if isinstance(item, Spread):
                target = self.pattern_of(item.operand, VariableKind.PARAMETER)
                parameters.append(Rest(item.start, item.end, target))
            else:
                parameters.append(self.element_of(item, VariableKind.PARAMETER))
        self.expect(Kind.ARROW)
        if self.token.kind == Kind.OPEN_BRACE:
            function = self._parse_body(head, parameters, scope)
        else:
            function = self._parse_concise_body(head, parameters, scope)
        self.second_parameter, self.has_expressions = outer_second, outer_expressions
        self._leave_function(outer)
        return FunctionExpression(start, function.end, function)

    def _check_arrow_parameters(self, start: int, is_async: bool) -> None:
        if self.last_yield >= start:
            raise SyntaxFault(messages.YIELD_IN_PARAMETER, self.last_yield, self.last_yield + len("yield"))
        if self.last_await >= start:
            raise SyntaxFault(messages.AWAIT_IN_PARAMETER, self.last_await, self.last_await + len("await"))
        if is_async and self.last_await_name >= start:
            raise SyntaxFault(messages.AWAIT_IN_PARAMETER, self.last_await_name, self.last_await_name + len("await"))

    arrow_allows_in: bool = True  # whether `in` is an operator where the arrow function stands

    def _parse_concise_body(self, head: FunctionHead, parameters: list[Expression], scope: Scope) -> Function:
        body_scope = self._open_body(scope)
        value = self.parse_assignment(self.arrow_allows_in)
        is_simple = is_simple_list(parameters)
        self._check_parameters(head, is_simple, scope)
        self._close_body(scope, body_scope, self.is_strict)
        body: list[Statement] = [Return(value.start, value.end, value)]
        result = self._function(head, parameters, body, is_simple, self.is_strict, scope, body_scope)
        result.has_expression_body = True
        return result

    def declare_now(self, variables: list[Variable]) -> None:
        """From here on, these are initialized where control comes straight down."""
        for variable in variables:
            variable.initialized_at = self.last_end


def is_simple_list(parameters: list[Expression]) -> bool:
    """Whether all parameters are plain names."""
    return all(isinstance(parameter, Identifier) for parameter in parameters)


def length_of(parameters: list[Expression]) -> int:
    """A function's `length`: its parameters before the first default or rest."""
    count = 0
    for parameter in parameters:
        if isinstance(parameter, (Default, Rest)):
            break
        count += 1
    return count
