"""Patterns: declared ones are read as such; assigned ones and parameters of arrow functions were read as expressions.

[a, b = 1, ...c] = d        at `=`, the literal that was just read becomes a pattern, by walking over it once:

ArrayLiteral(a, Assignment(b, 1), Spread(c))   ->   ArrayPattern(a, Default(b, 1), Rest(c))
"""

from __future__ import annotations

from abc import abstractmethod
from typing import Final

from tracewright_javascript import messages
from tracewright_javascript.diagnostics import SyntaxFault
from tracewright_javascript.lexer import Lexer
from tracewright_javascript.parser_cursor import NOWHERE, TokenCursor
from tracewright_javascript.scope_builder import ScopeBuilder
from tracewright_javascript.scopes import Variable, VariableKind
from tracewright_javascript.syntax import (
    ArrayLiteral,
    ArrayPattern,
    Assignment,
    Default,
    Elision,
    Expression,
    Identifier,
    Index,
    Member,
    ObjectLiteral,
    ObjectPattern,
    PrivateMember,
    Property,
    PropertyKind,
    Rest,
    Spread,
    StringLiteral,
)
from tracewright_javascript.tokens import Kind


class DeclaredAs:
    """What the names of a pattern become: a VariableKind, or this."""

    NOTHING: Final = -1  # they are assigned to


class PatternParser(TokenCursor):
    """Reads patterns and makes them of expressions; expressions themselves are read by a subclass."""

    @abstractmethod
    def parse_assignment(self, allows_in: bool) -> Expression:
        """An assignment expression."""

    @abstractmethod
    def parse_property_key(self) -> Expression:
        """The key of a property; `key_is_computed` says whether it stood in brackets."""

    key_is_computed: bool = False
    second_parameter: int = NOWHERE  # where the current function's first repeated parameter stands
    has_expressions: bool = False  # the patterns of the current function's parameters do

    def __init__(self, lexer: Lexer, scopes: ScopeBuilder, is_module: bool) -> None:
        super().__init__(lexer, scopes, is_module)
        self.declared: list[Variable] = []  # the lexical names of the current declarator

    # Declared patterns

    def declare(self, name: str, kind: int, start: int) -> None:
        """Declare a name of a pattern or a plain one. Raises SyntaxFault."""
        if kind >= VariableKind.LET:
            if name == "let" and kind != VariableKind.CATCH_PATTERN:
                raise SyntaxFault(messages.LET_NAME, start, start + len(name))
            self.declared.append(self.scopes.declare_lexical(name, kind, start))
        elif kind == VariableKind.PARAMETER:
            if not self.scopes.declare_parameter(name, start) and self.second_parameter == NOWHERE:
                self.second_parameter = start
        elif kind == VariableKind.CATCH:
            self.scopes.declare_lexical(name, kind, start)
        else:
            self.scopes.declare_var(name, kind, start)

    def parse_binding_target(self, kind: int) -> Expression:
        """A name or a pattern that declares."""
        if self.token.kind == Kind.OPEN_BRACKET:
            return self._parse_array_pattern(kind)
        if self.token.kind == Kind.OPEN_BRACE:
            return self._parse_object_pattern(kind)
        target = self.read_binding_name()
        self.declare(target.name, kind, target.start)
        self.scopes.use(target)  # `var x = 1` inside `with` may write a property
        return target

    def parse_binding_element(self, kind: int) -> Expression:
        """A target, perhaps with a default value."""
        start = self.token.start
        target = self.parse_binding_target(kind)
        if self.token.kind != Kind.ASSIGN:
            return target
        self.advance()
        self.has_expressions = True
        value = self.parse_assignment(True)
        return Default(start, self.last_end, target, value)

    def _parse_array_pattern(self, kind: int) -> Expression:
        start = self.token.start
        self.enter()
        self.advance()
        elements: list[Expression] = []
        while self.token.kind != Kind.CLOSE_BRACKET:
            if self.token.kind == Kind.COMMA:
                elements.append(Elision(self.token.start, self.token.start))
            elif self.token.kind == Kind.ELLIPSIS:
                elements.append(self._parse_rest(kind, True))
                if self.token.kind == Kind.COMMA:
                    raise self.fault_at_token(messages.REST_ELEMENT_LAST)
                break
            else:
                elements.append(self.parse_binding_element(kind))
                if self.token.kind == Kind.CLOSE_BRACKET:
                    break
            self.expect(Kind.COMMA)
        self.expect(Kind.CLOSE_BRACKET)
        self.leave()
        return ArrayPattern(start, self.last_end, elements)

    def _parse_rest(self, kind: int, allows_pattern: bool) -> Rest:
        start = self.token.start
        self.advance()
        if not allows_pattern and not self.token.is_name():
            raise self.unexpected()
        target = self.parse_binding_target(kind)
        return Rest(start, self.last_end, target)

    def _parse_object_pattern(self, kind: int) -> Expression:
        start = self.token.start
        self.enter()
        self.advance()
        properties: list[Property] = []
        while self.token.kind != Kind.CLOSE_BRACE:
            if self.token.kind == Kind.ELLIPSIS:
                rest = self._parse_rest(kind, False)
                key = StringLiteral(rest.start, rest.end, "")
                properties.append(Property(rest.start, rest.end, PropertyKind.SPREAD, key, False, rest.target))
                if self.token.kind == Kind.COMMA:
                    raise self.fault_at_token(messages.REST_ELEMENT_LAST)
                break
            properties.append(self._parse_pattern_property(kind))
            if self.token.kind != Kind.CLOSE_BRACE:
                self.expect(Kind.COMMA)
        self.expect(Kind.CLOSE_BRACE)
        self.leave()
        return ObjectPattern(start, self.last_end, properties)

    def _parse_pattern_property(self, kind: int) -> Property:
        start = self.token.start
        if self.token.is_name():
            after = self.peek().token.kind
            if after != Kind.COLON:
                value = self.parse_binding_element(kind)
                name = value.target if isinstance(value, Default) else value
                key = StringLiteral(name.start, name.end, name.name if isinstance(name, Identifier) else "")
                return Property(start, self.last_end, PropertyKind.SHORTHAND, key, False, value)
        key_expression = self.parse_property_key()
        is_computed = self.key_is_computed
        self.has_expressions = self.has_expressions or is_computed
        self.expect(Kind.COLON)
        value = self.parse_binding_element(kind)
        return Property(start, self.last_end, PropertyKind.VALUE, key_expression, is_computed, value)

    # Expressions made into patterns

    def pattern_of(self, expression: Expression, kind: int) -> Expression:
        """What `expression = ...` assigns to, or the parameter of an arrow function, declared. Raises SyntaxFault.

        `kind` is DeclaredAs.NOTHING for assignment; else the names are no uses but declarations.
        """
        if isinstance(expression, ArrayLiteral) and not expression.parenthesized:
            return self._array_pattern_of(expression, kind)
        if isinstance(expression, ObjectLiteral) and not expression.parenthesized:
            return self._object_pattern_of(expression, kind)
        if kind == DeclaredAs.NOTHING:
            self.check_target(expression, messages.DESTRUCTURING_TARGET)
            return expression
        if not isinstance(expression, Identifier) or expression.parenthesized:
            raise SyntaxFault(self._wrong_target(kind), expression.start, expression.end)
        expression.is_declared = True
        self.check_binding_name(expression.name, expression.start, expression.end)
        self.declare(expression.name, kind, expression.start)
        target = Identifier(expression.start, expression.end, expression.name)
        self.scopes.use(target)
        return target

    def _wrong_target(self, kind: int) -> str:
        return messages.DESTRUCTURING_TARGET if kind == DeclaredAs.NOTHING else messages.ARROW_PARAMETERS

    def element_of(self, expression: Expression, kind: int) -> Expression:
        """As `pattern_of`, for what may have a default value: `target = value` was read as an assignment."""
        if isinstance(expression, Assignment) and expression.operator == Kind.ASSIGN and not expression.parenthesized:
            target = expression.target
            if kind != DeclaredAs.NOTHING:
                self.has_expressions = True
                target = self._declared_pattern(target, kind)
            return Default(expression.start, expression.end, target, expression.value)
        return self.pattern_of(expression, kind)

    def _declared_pattern(self, target: Expression, kind: int) -> Expression:
        """A pattern of targets, as the left side of an assignment, whose names are now declared instead."""
        if isinstance(target, ArrayPattern):
            for index, element in enumerate(target.elements):
                target.elements[index] = self._declared_element(element, kind)
            return target
        if isinstance(target, ObjectPattern):
            for property in target.properties:
                property.value = self._declared_element(property.value, kind)
            return target
        return self.pattern_of(target, kind)

    def _declared_element(self, element: Expression, kind: int) -> Expression:
        if isinstance(element, Elision):
            return element
        if isinstance(element, Default):
            element.target = self._declared_pattern(element.target, kind)
            return element
        if isinstance(element, Rest):
            element.target = self._declared_pattern(element.target, kind)
            return element
        return self._declared_pattern(element, kind)

    def _array_pattern_of(self, literal: ArrayLiteral, kind: int) -> Expression:
        if literal.comma_after_rest != NOWHERE:
            raise SyntaxFault(messages.REST_ELEMENT_LAST, literal.comma_after_rest, literal.comma_after_rest + 1)
        elements: list[Expression] = []
        for index, element in enumerate(literal.elements):
            if isinstance(element, Elision):
                elements.append(element)
            elif isinstance(element, Spread):
                if index + 1 < len(literal.elements):
                    raise SyntaxFault(messages.REST_ELEMENT_LAST, element.start, element.end)
                elements.append(Rest(element.start, element.end, self._rest_target(element.operand, kind)))
            else:
                elements.append(self.element_of(element, kind))
        return ArrayPattern(literal.start, literal.end, elements)

    def _rest_target(self, operand: Expression, kind: int) -> Expression:
        if isinstance(operand, Assignment) and not operand.parenthesized:
            raise SyntaxFault(self._wrong_target(kind), operand.start, operand.end)
        return self.pattern_of(operand, kind)

    def _object_pattern_of(self, literal: ObjectLiteral, kind: int) -> Expression:
        if literal.comma_after_rest != NOWHERE:
            raise SyntaxFault(messages.REST_ELEMENT_LAST, literal.comma_after_rest, literal.comma_after_rest + 1)
        properties: list[Property] = []
        for index, property in enumerate(literal.properties):
            value = property.value
            match property.kind:
                case PropertyKind.SPREAD:
                    if index + 1 < len(literal.properties):
                        raise SyntaxFault(messages.REST_ELEMENT_LAST, property.start, property.end)
                    if isinstance(value, (ArrayLiteral, ObjectLiteral)):
                        message = "`...` must be followed by an assignable reference in assignment contexts"
                        if kind != DeclaredAs.NOTHING:
                            message = "`...` must be followed by an identifier in declaration contexts"
                        raise SyntaxFault(message, value.start, value.end)
                    target = self._rest_target(value, kind)
                case PropertyKind.VALUE:
                    target = self.element_of(value, kind)
                case PropertyKind.SHORTHAND:
                    if isinstance(value, Default):
                        target = self._shorthand_default(value, kind)
                    else:
                        target = self.pattern_of(value, kind)
                case _:
                    raise SyntaxFault(self._wrong_target(kind), property.start, property.end)
            key = property.key
            self.has_expressions = self.has_expressions or property.is_computed
            properties.append(Property(property.start, property.end, property.kind, key, property.is_computed, target))
        return ObjectPattern(literal.start, literal.end, properties)

    def _shorthand_default(self, element: Default, kind: int) -> Expression:
        """`{a = 1}`, which was read as what it is."""
        if kind != DeclaredAs.NOTHING:
            self.has_expressions = True
            return self._declared_element(element, kind)
        self.check_target(element.target, messages.DESTRUCTURING_TARGET)
        return element

    def check_target(self, expression: Expression, message: str) -> None:
        """Note that a name is assigned to; refuse what cannot be assigned to with `message`."""
        if isinstance(expression, Identifier):
            self.check_binding_name(expression.name, expression.start, expression.end)
            expression.is_write = True
        elif not isinstance(expression, (Member, Index, PrivateMember)):
            raise SyntaxFault(message, expression.start, expression.end)
