"""The patterns of `case`."""

from __future__ import annotations

from tracewright_python import messages
from tracewright_python.diagnosis import Attempt
from tracewright_python.numbers_text import number_constant
from tracewright_python.parser_expressions import ExpressionParser
from tracewright_python.syntax import (
    Attribute,
    BinaryOperator,
    BinOp,
    Context,
    Expression,
    ImaginaryConstant,
    Name,
    Singleton,
    SingletonConstant,
    UnaryOp,
    UnaryOperator,
)
from tracewright_python.syntax_patterns import (
    MatchAs,
    MatchClass,
    MatchMapping,
    MatchOr,
    MatchSequence,
    MatchSingleton,
    MatchStar,
    MatchValue,
    Pattern,
)
from tracewright_python.tokens import Kind

WILDCARD = "_"


class PatternParser(ExpressionParser):
    """Reads patterns."""

    def parse_patterns(self) -> Pattern:
        """What stands behind `case`: one pattern, or a row that makes a sequence."""
        begin = self.begin()
        first = self._parse_maybe_star()
        if self.kind != Kind.COMMA:
            if isinstance(first, MatchStar):
                raise self.unexpected()
            return first
        patterns = [first]
        while self.take(Kind.COMMA):
            if not self._starts_pattern():
                break
            patterns.append(self._parse_maybe_star())
        return MatchSequence(self.span_from(begin), patterns)

    def _starts_pattern(self) -> bool:
        return self.kind != Kind.COLON and self.kind != Kind.IF

    def _parse_maybe_star(self) -> Pattern:
        begin = self.begin()
        if not self.take(Kind.STAR):
            return self._parse_pattern()
        name = self.expect_name()
        return MatchStar(self.span_from(begin), None if name == WILDCARD else name)

    def _parse_pattern(self) -> Pattern:
        """Alternatives, perhaps with a name for what they match."""
        begin = self.begin()
        self.enter()
        result = self._parse_alternatives()
        if self.take(Kind.AS):
            if self.kind != Kind.NAME:
                if self.diagnoses:
                    self._diagnose_as_target()
                raise self.unexpected()
            place = self.fault_at_token(messages.WILDCARD_TARGET)
            name = self.name()
            if name == WILDCARD:
                raise place
            self.advance()
            if self._goes_on(self.kind):
                raise self.unexpected()
            result = MatchAs(self.span_from(begin), result, name)
        self.leave()
        return result

    def _goes_on(self, kind: int) -> bool:
        """Whether a token behind a name means that it is no capture."""
        return kind == Kind.DOT or kind == Kind.OPEN_PARENTHESIS or kind == Kind.ASSIGN

    def _diagnose_as_target(self) -> None:
        index, last_end = self.index, self.last_end
        target = self.attempt(Attempt.EXPRESSION) if self.starts_expression() else None
        if target is not None:
            raise self.fault_at(messages.PATTERN_TARGET, target.span)
        self.go_back(index, last_end)

    def _parse_alternatives(self) -> Pattern:
        begin = self.begin()
        first = self._parse_closed()
        if self.kind != Kind.BAR:
            return first
        patterns = [first]
        while self.take(Kind.BAR):
            patterns.append(self._parse_closed())
        return MatchOr(self.span_from(begin), patterns)

    def _parse_closed(self) -> Pattern:
        begin = self.begin()
        match self.kind:
            case Kind.NAME:
                return self._parse_named()
            case Kind.NUMBER | Kind.MINUS | Kind.STRING:
                value = self._parse_literal()
                return MatchValue(self.span_from(begin), value)
            case Kind.NONE | Kind.TRUE | Kind.FALSE:
                singleton = self._singleton()
                return MatchSingleton(self.span_from(begin), singleton)
            case Kind.OPEN_PARENTHESIS:
                return self._parse_group_or_sequence()
            case Kind.OPEN_BRACKET:
                self.advance()
                patterns = self._parse_sequence(Kind.CLOSE_BRACKET)
                return MatchSequence(self.span_from(begin), patterns)
            case Kind.OPEN_BRACE:
                return self._parse_mapping()
            case _:
                raise self.unexpected()

    def _singleton(self) -> int:
        kind = self.kind
        self.advance()
        return Singleton.NONE if kind == Kind.NONE else Singleton.TRUE if kind == Kind.TRUE else Singleton.FALSE

    # Literals

    def _parse_literal(self) -> Expression:
        """A string or a number, perhaps signed or complex."""
        if self.kind == Kind.STRING:
            return self.parse_strings()
        begin = self.begin()
        number = self._parse_signed()
        if self.kind != Kind.PLUS and self.kind != Kind.MINUS:
            return number
        real = number.operand if isinstance(number, UnaryOp) else number
        if isinstance(real, ImaginaryConstant):
            raise self.final(self.fault_at(messages.REAL_REQUIRED, real.span))
        operator = BinaryOperator.ADD if self.kind == Kind.PLUS else BinaryOperator.SUBTRACT
        self.advance()
        imaginary = self._parse_number()
        if not isinstance(imaginary, ImaginaryConstant):
            raise self.final(self.fault_at(messages.IMAGINARY_REQUIRED, imaginary.span))
        return BinOp(self.span_from(begin), number, operator, imaginary)

    def _parse_signed(self) -> Expression:
        begin = self.begin()
        if not self.take(Kind.MINUS):
            return self._parse_number()
        operand = self._parse_number()
        return UnaryOp(self.span_from(begin), UnaryOperator.NEGATIVE, operand)

    def _parse_number(self) -> Expression:
        if self.kind != Kind.NUMBER:
            raise self.unexpected()
        number = number_constant(self.tokens.spelling(self.index), self.tokens.span(self.index))
        self.advance()
        return number

    # Names

    def _parse_named(self) -> Pattern:
        """A capture, the wildcard, a dotted name that is compared, or a class with its parts."""
        begin = self.begin()
        name = self.name()
        after = self.peek(1)
        if not self._goes_on(after):
            self.advance()
            return MatchAs(self.span_from(begin), None, None if name == WILDCARD else name)
        value = self._parse_dotted()
        if self.kind == Kind.OPEN_PARENTHESIS:
            return self._parse_class(begin, value)
        if self.kind == Kind.ASSIGN or isinstance(value, Name):
            raise self.unexpected()
        return MatchValue(self.span_from(begin), value)

    def _parse_dotted(self) -> Expression:
        begin = self.begin()
        place = self.tokens.span(self.index)
        result: Expression = Name(place, self.expect_name(), Context.LOAD)
        while self.take(Kind.DOT):
            attribute = self.expect_name()
            result = Attribute(self.span_from(begin), result, attribute, Context.LOAD)
        return result

    def _parse_class(self, begin: int, cls: Expression) -> Pattern:
        self.expect(Kind.OPEN_PARENTHESIS)
        positional: list[Pattern] = []
        names: list[str] = []
        keyword_patterns: list[Pattern] = []
        misplaced: list[Pattern] = []
        while self.kind != Kind.CLOSE_PARENTHESIS:
            if self.kind == Kind.NAME and self.peek(1) == Kind.ASSIGN:
                if len(misplaced) > 0:
                    break
                names.append(self.name())
                self.advance()
                self.advance()
                keyword_patterns.append(self._parse_pattern())
            else:
                (positional if len(names) == 0 else misplaced).append(self._parse_pattern())
            if not self.take(Kind.COMMA):
                break
        if len(misplaced) > 0:
            last = misplaced[len(misplaced) - 1]
            raise self.fault_between(messages.POSITIONAL_PATTERN, misplaced[0].span, last.span)
        self.expect(Kind.CLOSE_PARENTHESIS)
        return MatchClass(self.span_from(begin), cls, positional, names, keyword_patterns)

    # Brackets

    def _parse_group_or_sequence(self) -> Pattern:
        begin = self.begin()
        self.advance()
        if self.take(Kind.CLOSE_PARENTHESIS):
            return MatchSequence(self.span_from(begin), [])
        first = self._parse_maybe_star()
        if self.kind == Kind.COMMA:
            self.advance()
            patterns = [first, *self._parse_sequence(Kind.CLOSE_PARENTHESIS)]
            return MatchSequence(self.span_from(begin), patterns)
        if isinstance(first, MatchStar):
            raise self.unexpected()
        self.expect(Kind.CLOSE_PARENTHESIS)
        return first

    def _parse_sequence(self, closing: int) -> list[Pattern]:
        """Patterns with commas, up to the bracket that ends them."""
        patterns: list[Pattern] = []
        while self.kind != closing:
            patterns.append(self._parse_maybe_star())
            if not self.take(Kind.COMMA):
                break
        self.expect(closing)
        return patterns

    def _parse_mapping(self) -> Pattern:
        begin = self.begin()
        self.advance()
        keys: list[Expression] = []
        patterns: list[Pattern] = []
        rest: str | None = None
        while self.kind != Kind.CLOSE_BRACE:
            if self.take(Kind.DOUBLE_STAR):
                if self.at_word(WILDCARD):
                    raise self.unexpected()
                rest = self.expect_name()
                self.take(Kind.COMMA)
                break
            keys.append(self._parse_key())
            self.expect(Kind.COLON)
            patterns.append(self._parse_pattern())
            if not self.take(Kind.COMMA):
                break
        self.expect(Kind.CLOSE_BRACE)
        return MatchMapping(self.span_from(begin), keys, patterns, rest)

    def _parse_key(self) -> Expression:
        match self.kind:
            case Kind.NAME:
                key = self._parse_dotted()
                if isinstance(key, Name):
                    raise self.unexpected()
                return key
            case Kind.NONE | Kind.TRUE | Kind.FALSE:
                place = self.tokens.span(self.index)
                return SingletonConstant(place, self._singleton())
            case Kind.NUMBER | Kind.MINUS | Kind.STRING:
                return self._parse_literal()
            case _:
                raise self.unexpected()
