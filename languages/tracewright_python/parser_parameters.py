"""The parameters of functions and lambdas."""

from __future__ import annotations

from abc import abstractmethod
from typing import final

from tracewright_python import messages
from tracewright_python.diagnostics import SyntaxFault
from tracewright_python.parser_strings import StringParser
from tracewright_python.syntax import Arg, Arguments, Expression
from tracewright_python.tokens import Kind


@final
class ParameterList:
    """What was read of a list of parameters."""

    def __init__(self, closing: int) -> None:
        self.closing = closing  # the token that ends it: CLOSE_PARENTHESIS of a function, COLON of a lambda
        self.arguments: Arguments = Arguments([], [], None, [], [], None, [])
        self.has_slash = False
        self.has_star = False

    def count(self) -> int:
        """How many parameters there are before the star."""
        return len(self.arguments.posonlyargs) + len(self.arguments.args)


class ParameterParser(StringParser):
    """Reads parameters; expressions are read by a subclass."""

    @abstractmethod
    def parse_expression(self) -> Expression:
        """A condition, a lambda, or anything that binds more tightly."""

    @abstractmethod
    def parse_star_expression(self) -> Expression:
        """An expression, or one with a star."""

    def parse_parameters(self, closing: int) -> Arguments:
        """Parameters up to the token that ends them, which stays; only those of functions may have annotations."""
        parameters = ParameterList(closing)
        while self.kind != closing:
            if self.kind == Kind.NAME:
                self._parse_parameter(parameters)
            elif self.kind == Kind.SLASH:
                self._parse_slash(parameters)
            elif self.kind == Kind.STAR:
                self._parse_star(parameters)
            elif self.kind == Kind.DOUBLE_STAR:
                self._parse_double_star(parameters)
                break
            else:
                raise self._no_parameter(parameters)
            if self.kind == closing or not self.take(Kind.COMMA):
                break
        return parameters.arguments

    def _parse_parameter(self, parameters: ParameterList) -> None:
        arguments = parameters.arguments
        parameter = self._parse_name_of(parameters, False)
        default: Expression | None = None
        if self.kind == Kind.ASSIGN:
            default = self._parse_default(parameters)
        if parameters.has_star:
            arguments.kwonlyargs.append(parameter)
            arguments.kw_defaults.append(default)
            return
        if default is not None:
            arguments.defaults.append(default)
        elif len(arguments.defaults) > 0 and (self.kind == Kind.COMMA or self.kind == parameters.closing):
            raise self.fault_at(messages.DEFAULT_ORDER, parameter.span)
        arguments.args.append(parameter)

    def _parse_default(self, parameters: ParameterList) -> Expression:
        place = self.fault_at_token(messages.MISSING_DEFAULT)
        self.expect(Kind.ASSIGN)
        if self.kind == parameters.closing or self.kind == Kind.COMMA:
            raise place
        return self.parse_expression()

    def _parse_name_of(self, parameters: ParameterList, allows_star: bool) -> Arg:
        begin = self.begin()
        name = self.expect_name()
        annotation: Expression | None = None
        if parameters.closing != Kind.COLON and self.take(Kind.COLON):
            annotation = self.parse_star_expression() if allows_star else self.parse_expression()
        return Arg(self.span_from(begin), name, annotation)

    def _parse_slash(self, parameters: ParameterList) -> None:
        if parameters.has_star:
            raise self.fault_at_token(messages.SLASH_BEHIND_STAR)
        if parameters.has_slash:
            raise self.fault_at_token(messages.SECOND_SLASH)
        if parameters.count() == 0:
            raise self.fault_at_token(messages.FIRST_SLASH)
        self.advance()
        parameters.has_slash = True
        parameters.arguments.posonlyargs = parameters.arguments.args
        parameters.arguments.args = []
        if self.kind == Kind.STAR:
            raise self.fault_at_token(messages.COMMA_BETWEEN_SLASH_AND_STAR)

    def _parse_star(self, parameters: ParameterList) -> None:
        place = self.fault_at_token(messages.BARE_STAR)
        if parameters.has_star:
            after = self.peek(1)
            raise (
                self.fault_at_token(messages.SECOND_STAR)
                if after == Kind.NAME or after == Kind.COMMA
                else self.unexpected()
            )
        self.advance()
        parameters.has_star = True
        if self.kind == Kind.NAME:
            parameters.arguments.vararg = self._parse_name_of(parameters, True)
            if self.kind == Kind.ASSIGN:
                raise self.fault_at_token(messages.STAR_DEFAULT)
        elif self.kind == parameters.closing:
            raise self._bare_star(parameters, place)
        elif self.kind == Kind.COMMA:
            after = self.peek(1)
            if after == parameters.closing or after == Kind.DOUBLE_STAR:
                raise self._bare_star(parameters, place)
        else:
            raise self.unexpected()

    def _bare_star(self, parameters: ParameterList, place: SyntaxFault) -> SyntaxFault:
        """Nothing comes behind a star: told at the star of a function, but at the last token that was looked at of a lambda."""
        return self.fault_at_furthest(messages.BARE_STAR) if parameters.closing == Kind.COLON else place

    def _parse_double_star(self, parameters: ParameterList) -> None:
        self.advance()
        parameters.arguments.kwarg = self._parse_name_of(parameters, False)
        if self.kind == Kind.ASSIGN:
            raise self.fault_at_token(messages.DOUBLE_STAR_DEFAULT)
        if not self.take(Kind.COMMA):
            return
        if self.kind == Kind.NAME:
            parameter = self._parse_name_of(parameters, False)
            raise self.fault_at(messages.BEHIND_DOUBLE_STAR, parameter.span)
        if self.kind == Kind.STAR or self.kind == Kind.DOUBLE_STAR or self.kind == Kind.SLASH:
            raise self.fault_at_token(messages.BEHIND_DOUBLE_STAR)

    def _no_parameter(self, parameters: ParameterList) -> SyntaxFault:
        """Something else than a parameter stands here."""
        fault = self.unexpected()
        arguments = parameters.arguments
        is_first_kind = not parameters.has_slash and not parameters.has_star and len(arguments.defaults) == 0
        if self.kind != Kind.OPEN_PARENTHESIS or not is_first_kind:
            return fault
        first = self.tokens.span(self.index)
        self.advance()
        names = 0
        while self.kind == Kind.NAME:
            self._parse_name_of(parameters, False)
            names += 1
            if not self.take(Kind.COMMA):
                break
        if names == 0 or self.kind != Kind.CLOSE_PARENTHESIS:
            return fault
        is_lambda = parameters.closing == Kind.COLON
        message = messages.LAMBDA_PARENTHESES if is_lambda else messages.FUNCTION_PARENTHESES
        return self.fault_between(message, first, self.tokens.span(self.index))
