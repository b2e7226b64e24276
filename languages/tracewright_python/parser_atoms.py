"""Operands: names, numbers, what stands in brackets, and the arguments of calls."""

from __future__ import annotations

from abc import abstractmethod
from typing import Final, final

from tracewright.core.arrays import array_of
from tracewright.guest.diagnostics import Span
from tracewright_python import messages
from tracewright_python.diagnostics import SyntaxFault
from tracewright_python.numbers_text import number_constant
from tracewright_python.parser_parameters import ParameterParser
from tracewright_python.parser_targets import TargetKind, invalid_target, make_target
from tracewright_python.syntax import (
    Comprehension,
    Context,
    Dict,
    DictComp,
    Expression,
    GeneratorExp,
    Keyword,
    List,
    ListComp,
    Name,
    NamedExpr,
    Set,
    SetComp,
    Singleton,
    SingletonConstant,
    Starred,
    Tuple,
)
from tracewright_python.tokens import LOOSEST, Kind

_STARTS: Final = array_of(
    [
        kind
        in (
            Kind.NAME,
            Kind.NUMBER,
            Kind.STRING,
            Kind.FALSE,
            Kind.NONE,
            Kind.TRUE,
            Kind.ELLIPSIS,
            Kind.AWAIT,
            Kind.LAMBDA,
            Kind.NOT,
            Kind.OPEN_PARENTHESIS,
            Kind.OPEN_BRACKET,
            Kind.OPEN_BRACE,
            Kind.MINUS,
            Kind.PLUS,
            Kind.TILDE,
            Kind.STAR,
        )
        for kind in range(Kind.LAST_ASSIGNMENT + 1)
    ]
)


@final
class CallArguments:
    """What stands between the parentheses of a call."""

    def __init__(self) -> None:
        self.positional: list[Expression] = []
        self.keywords: list[Keyword] = []
        self.has_double_star = False
        self.has_misplaced = False  # a positional one stands behind one with a keyword
        self.bare_generator: GeneratorExp | None = None  # a generator expression without parentheses of its own

    def count(self) -> int:
        """How many arguments there are."""
        return len(self.positional) + len(self.keywords)


class AtomParser(ParameterParser):
    """Reads operands; operators are read by a subclass."""

    @abstractmethod
    def parse_yield(self) -> Expression:
        """`yield`, `yield value` or `yield from value`."""

    @abstractmethod
    def parse_star_named_expression(self) -> Expression:
        """An element of a display: with a star, or perhaps with `:=`."""

    @abstractmethod
    def parse_assignment_expression(self) -> Expression:
        """`name := value`"""

    def starts_expression(self) -> bool:
        """Whether an expression may begin here, or one with a star."""
        return _STARTS[self.kind]

    def parse_atom(self) -> Expression:
        """An operand."""
        match self.kind:
            case Kind.NAME:
                result = Name(self.tokens.span(self.index), self.name(), Context.LOAD)
                self.advance()
                return result
            case Kind.NUMBER:
                number = number_constant(self.tokens.spelling(self.index), self.tokens.span(self.index))
                self.advance()
                return number
            case Kind.STRING:
                return self.parse_strings()
            case Kind.OPEN_PARENTHESIS:
                return self._parse_group()
            case Kind.OPEN_BRACKET:
                return self._parse_list()
            case Kind.OPEN_BRACE:
                return self._parse_dict_or_set()
            case Kind.NONE:
                return self._parse_singleton(Singleton.NONE)
            case Kind.TRUE:
                return self._parse_singleton(Singleton.TRUE)
            case Kind.FALSE:
                return self._parse_singleton(Singleton.FALSE)
            case Kind.ELLIPSIS:
                return self._parse_singleton(Singleton.ELLIPSIS)
            case _:
                raise self.unexpected()

    def _parse_singleton(self, value: int) -> Expression:
        result = SingletonConstant(self.tokens.span(self.index), value)
        self.advance()
        return result

    # Brackets

    def _parse_group(self) -> Expression:
        """A tuple, a generator expression, or an expression in parentheses, which leave no trace."""
        begin = self.begin()
        self.enter()
        if self.diagnoses:
            self.diagnose_group()
        self.advance()
        result = self.parse_in_parentheses(begin)
        self.leave()
        return result

    def parse_in_parentheses(self, begin: int) -> Expression:
        """What an opening parenthesis at `begin` goes on with, up to the closing one."""
        if self.take(Kind.CLOSE_PARENTHESIS):
            return Tuple(self.span_from(begin), [], Context.LOAD)
        if self.kind == Kind.YIELD:
            produced = self.parse_yield()
            self.expect(Kind.CLOSE_PARENTHESIS)
            return produced
        first = self.parse_star_named_expression()
        if self.kind == Kind.COMMA:
            elements = self._parse_elements(first)
            self.expect(Kind.CLOSE_PARENTHESIS)
            return Tuple(self.span_from(begin), elements, Context.LOAD)
        if self.at_comprehension():
            generators = self._parse_comprehension_of(first)
            self.expect(Kind.CLOSE_PARENTHESIS)
            return GeneratorExp(self.span_from(begin), first, generators)
        if isinstance(first, Starred):
            raise self.refused_star(first)
        self.expect(Kind.CLOSE_PARENTHESIS)
        return first

    def _parse_list(self) -> Expression:
        begin = self.begin()
        self.enter()
        self.advance()
        result: Expression
        if self.take(Kind.CLOSE_BRACKET):
            result = List(self.span_from(begin), [], Context.LOAD)
        else:
            first = self.parse_star_named_expression()
            if self.at_comprehension():
                generators = self._parse_comprehension_of(first)
                self.expect(Kind.CLOSE_BRACKET)
                result = ListComp(self.span_from(begin), first, generators)
            else:
                elements = self._parse_elements(first)
                self._check_no_comprehension(elements)
                self.expect(Kind.CLOSE_BRACKET)
                result = List(self.span_from(begin), elements, Context.LOAD)
        self.leave()
        return result

    def _parse_elements(self, first: Expression) -> list[Expression]:
        """The rest of a row of elements, perhaps with a comma at its end."""
        elements = [first]
        while self.take(Kind.COMMA):
            if not self.starts_expression():
                break
            elements.append(self.parse_star_named_expression())
        return elements

    def _parse_dict_or_set(self) -> Expression:
        begin = self.begin()
        self.enter()
        self.advance()
        result: Expression
        if self.take(Kind.CLOSE_BRACE):
            result = Dict(self.span_from(begin), [], [])
        elif self.kind == Kind.DOUBLE_STAR:
            result = self._parse_dict(begin, None)
        else:
            first_begin = self.begin()
            first = self.parse_star_named_expression()
            if self.kind == Kind.COLON:
                if isinstance(first, Starred) or isinstance(first, NamedExpr) and self.begin_of(first) == first_begin:
                    raise self.unexpected()
                result = self._parse_dict(begin, first)
            else:
                result = self._parse_set(begin, first)
        self.leave()
        return result

    def _parse_set(self, begin: int, first: Expression) -> Expression:
        if self.at_comprehension():
            generators = self._parse_comprehension_of(first)
            self.expect(Kind.CLOSE_BRACE)
            return SetComp(self.span_from(begin), first, generators)
        elements = self._parse_elements(first)
        self._check_no_comprehension(elements)
        self.expect(Kind.CLOSE_BRACE)
        return Set(self.span_from(begin), elements)

    def _parse_dict(self, begin: int, key: Expression | None) -> Expression:
        """A dict whose first key was read and stands before a colon, or whose first item is `**value` if there is no key."""
        keys: list[Expression | None] = []
        values: list[Expression] = []
        while True:
            if key is None:
                star = self.index
                self.expect(Kind.DOUBLE_STAR)
                values.append(self.parse_binary(LOOSEST))
                if self.diagnoses and self.at_comprehension() and len(keys) == 0:
                    self.diagnose_double_star_comprehension(star)
            else:
                self.check_dict_value()
                self.expect(Kind.COLON)
                values.append(self.parse_expression())
                if len(keys) == 0 and self.at_comprehension():
                    generators = self.parse_comprehension()
                    self.expect(Kind.CLOSE_BRACE)
                    return DictComp(self.span_from(begin), key, values[0], generators)
            keys.append(key)
            if not self.take(Kind.COMMA) or self.kind == Kind.CLOSE_BRACE:
                break
            key = None
            if self.kind != Kind.DOUBLE_STAR:
                key = self.parse_dict_key()
        self.expect(Kind.CLOSE_BRACE)
        return Dict(self.span_from(begin), keys, values)

    # Comprehensions

    def at_comprehension(self) -> bool:
        """Whether `for` or `async for` comes next."""
        return self.kind == Kind.FOR or self.kind == Kind.ASYNC and self.peek(1) == Kind.FOR

    def _parse_comprehension_of(self, element: Expression) -> list[Comprehension]:
        if isinstance(element, Starred):
            raise self.fault_at(messages.STAR_IN_COMPREHENSION, element.span)
        return self.parse_comprehension()

    def _check_no_comprehension(self, elements: list[Expression]) -> None:
        if self.diagnoses and self.at_comprehension():
            self.diagnose_bare_comprehension_target(elements)

    def parse_comprehension(self) -> list[Comprehension]:
        """`for target in iter if test ...`, as many as there are."""
        generators: list[Comprehension] = []
        while self.at_comprehension():
            is_async = self.take(Kind.ASYNC)
            self.expect(Kind.FOR)
            target = self.parse_loop_target()
            self.expect(Kind.IN)
            source = self.parse_disjunction()
            tests: list[Expression] = []
            while self.take(Kind.IF):
                tests.append(self.parse_disjunction())
            generators.append(Comprehension(target, source, tests, is_async))
        return generators

    def parse_loop_target(self) -> Expression:
        """The target of a `for`, up to `in`."""
        start = self.index
        if not self.diagnoses:
            return self._loop_target()
        last_end = self.last_end
        try:
            target = self._loop_target()
            if self.kind == Kind.IN:
                return target
        except SyntaxFault as fault:
            if not fault.is_generic:
                raise
        self.go_back(start, last_end)
        self.diagnose_loop_target()
        return self._loop_target()

    def _loop_target(self) -> Expression:
        begin = self.begin()
        first = self.parse_star_target()
        if self.kind != Kind.COMMA:
            return first
        elements = [first]
        while self.take(Kind.COMMA):
            if self.kind == Kind.IN:
                break
            elements.append(self.parse_star_target())
        return Tuple(self.span_from(begin), elements, Context.STORE)

    def parse_star_target(self) -> Expression:
        """A target, perhaps with a star."""
        begin = self.begin()
        if self.take(Kind.STAR):
            value = self._parse_target()
            return Starred(self.span_from(begin), value, Context.STORE)
        return self._parse_target()

    def _parse_target(self) -> Expression:
        target = self.parse_primary()
        if invalid_target(target, TargetKind.ASSIGNED) is not None:
            raise self.unexpected()
        make_target(target, Context.STORE)
        return target

    # Calls

    def parse_call_arguments(self) -> CallArguments:
        """The arguments of a call or a class, with their parentheses."""
        begin = self.begin()
        self.enter()
        self.advance()
        arguments = CallArguments()
        while self.kind != Kind.CLOSE_PARENTHESIS:
            self._parse_argument(arguments)
            if self.kind != Kind.COMMA:
                break
            self.advance()
        if arguments.has_misplaced:
            message = (
                messages.POSITIONAL_AFTER_DOUBLE_STAR
                if arguments.has_double_star
                else messages.POSITIONAL_AFTER_KEYWORD
            )
            raise self.fault_at_furthest(message)
        self.expect(Kind.CLOSE_PARENTHESIS)
        self.leave()
        if arguments.bare_generator is not None:
            arguments.bare_generator.span = self.span_from(begin)  # the parentheses of the call are its own
        return arguments

    def _parse_argument(self, arguments: CallArguments) -> None:
        begin = self.begin()
        if self.kind == Kind.STAR:
            if arguments.has_double_star:
                raise self.fault_at_token(messages.STAR_AFTER_DOUBLE_STAR)
            self.advance()
            value = self.parse_expression()
            arguments.positional.append(Starred(self.span_from(begin), value, Context.LOAD))
        elif self.kind == Kind.DOUBLE_STAR:
            self.advance()
            value = self.parse_expression()
            arguments.keywords.append(Keyword(self.span_from(begin), None, value))
            arguments.has_double_star = True
        elif self.kind == Kind.NAME and self.peek(1) == Kind.ASSIGN:
            name = self.name()
            if self.diagnoses:
                self.diagnose_keyword_comprehension()
            self.advance()
            self.advance()
            value = self.parse_expression()
            arguments.keywords.append(Keyword(self.span_from(begin), name, value))
        else:
            self._parse_positional_argument(arguments)

    def _parse_positional_argument(self, arguments: CallArguments) -> None:
        begin = self.begin()
        if self.kind == Kind.NAME and self.peek(1) == Kind.WALRUS:
            value = self.parse_assignment_expression()
        else:
            if self.diagnoses:
                self.diagnose_singleton_keyword()
            value = self.parse_expression()
            if self.kind == Kind.ASSIGN or self.kind == Kind.WALRUS:
                raise self._refused_keyword(value)
        if len(arguments.keywords) > 0:
            arguments.has_misplaced = True
        if self.at_comprehension():
            generators = self.parse_comprehension()
            is_alone = arguments.count() == 0
            if is_alone and self.kind != Kind.CLOSE_PARENTHESIS and self.kind != Kind.COMMA:
                raise self.unexpected()
            if not is_alone or self.kind == Kind.COMMA:
                raise self.fault_between(messages.GENERATOR_PARENTHESES, value.span, end_of_comprehension(generators))
            generator = GeneratorExp(self.span_from(begin), value, generators)
            arguments.bare_generator = generator
            value = generator
        arguments.positional.append(value)

    def _refused_keyword(self, value: Expression) -> SyntaxFault:
        """An equals sign behind something that is no name is the current token."""
        if self.kind != Kind.ASSIGN:
            return self.unexpected()
        return self.fault_between(messages.KEYWORD_EXPRESSION, value.span, self.tokens.span(self.index))


def end_of_comprehension(generators: list[Comprehension]) -> Span:
    """The place of the last expression of a row of `for` clauses."""
    last = generators[len(generators) - 1]
    return last.ifs[len(last.ifs) - 1].span if len(last.ifs) > 0 else last.iter.span


def begins_expression(kind: int) -> bool:
    """Whether an expression, or one with a star, may begin with a token of this kind."""
    return _STARTS[kind]
