"""Expressions: operators, conditions, lambdas, `yield`, and what follows an operand."""

from __future__ import annotations

from tracewright_python.diagnostics import SyntaxFault
from tracewright_python.parser_atoms import AtomParser
from tracewright_python.parser_cursor import KnownOperand
from tracewright_python.syntax import (
    Attribute,
    Await,
    BinaryOperator,
    BinOp,
    BooleanOperator,
    BoolOp,
    Call,
    Compare,
    Comparison,
    Context,
    Expression,
    IfExp,
    Lambda,
    Name,
    NamedExpr,
    Slice,
    Starred,
    Subscript,
    Tuple,
    UnaryOp,
    UnaryOperator,
    Yield,
    YieldFrom,
)
from tracewright_python.tokens import BINARY_OPERATORS, COMPARISONS, LOOSEST, PRECEDENCES, Kind


class ExpressionParser(AtomParser):
    """Reads expressions of every kind."""

    # Rows of expressions

    def parse_star_expressions(self) -> Expression:
        """One expression, or several with commas, which make a tuple."""
        begin = self.begin()
        first = self.parse_star_expression()
        if self.kind != Kind.COMMA:
            return first
        elements = [first]
        while self.take(Kind.COMMA):
            if not self.starts_expression():
                break
            elements.append(self.parse_star_expression())
        return Tuple(self.span_from(begin), elements, Context.LOAD)

    def parse_star_expression(self) -> Expression:
        """An expression, or one with a star."""
        if self.kind == Kind.STAR:
            return self.parse_starred()
        return self.parse_expression()

    def parse_starred(self) -> Expression:
        """`*value`, whose value has no comparisons."""
        begin = self.begin()
        self.expect(Kind.STAR)
        value = self.parse_binary(LOOSEST)
        return Starred(self.span_from(begin), value, Context.LOAD)

    def parse_star_named_expression(self) -> Expression:
        """An element of a display: with a star, or perhaps with `:=`."""
        if self.kind == Kind.STAR:
            return self.parse_starred()
        return self.parse_named_expression()

    def parse_named_expression(self) -> Expression:
        """An expression, or `name := value`."""
        if self.kind == Kind.NAME and self.peek(1) == Kind.WALRUS:
            return self.parse_assignment_expression()
        start = self.index
        value = self.parse_expression()
        if self.diagnoses:
            self.diagnose_named_expression(start, value)
        if self.kind == Kind.WALRUS:
            raise self.unexpected()
        return value

    def parse_assignment_expression(self) -> Expression:
        """`name := value`"""
        begin = self.begin()
        target = Name(self.tokens.span(self.index), self.name(), Context.STORE)
        self.advance()
        self.expect(Kind.WALRUS)
        value = self.parse_expression()
        return NamedExpr(self.span_from(begin), target, value)

    def parse_yield(self) -> Expression:
        """`yield`, `yield value` or `yield from value`."""
        begin = self.begin()
        self.expect(Kind.YIELD)
        if self.take(Kind.FROM):
            source = self.parse_expression()
            return YieldFrom(self.span_from(begin), source)
        value: Expression | None = None
        if self.starts_expression():
            value = self.parse_star_expressions()
        return Yield(self.span_from(begin), value)

    # Operators, from the loosest

    def parse_expression(self) -> Expression:
        """A condition, a lambda, or anything that binds more tightly."""
        self.enter()
        if self.kind == Kind.LAMBDA:
            result = self._parse_lambda()
        else:
            result = self._parse_conditional()
        self.leave()
        return result

    def _parse_conditional(self) -> Expression:
        begin = self.begin()
        start = self.index
        body = self.parse_disjunction()
        if self.diagnoses:
            self.diagnose_expression(start, body)
        if self.kind != Kind.IF:
            return body
        if self.diagnoses:
            return self._parse_choice_or_go_back(begin, body)
        return self._parse_choice(begin, body)

    def _parse_choice(self, begin: int, body: Expression) -> Expression:
        """`if test else orelse` behind a value."""
        self.expect(Kind.IF)
        test = self.parse_disjunction()
        self.expect(Kind.ELSE)
        orelse = self.parse_expression()
        return IfExp(self.span_from(begin), test, body, orelse)

    def _parse_choice_or_go_back(self, begin: int, body: Expression) -> Expression:
        """The same; the value alone if the rest is wrong."""
        index, last_end, nesting = self.index, self.last_end, self.nesting
        try:
            return self._parse_choice(begin, body)
        except SyntaxFault as fault:
            if not fault.is_generic:
                raise
            self.nesting = nesting
            self.go_back(index, last_end)
            return body

    def _parse_lambda(self) -> Expression:
        begin = self.begin()
        self.advance()
        arguments = self.parse_parameters(Kind.COLON)
        self.expect(Kind.COLON)
        body = self.parse_expression()
        return Lambda(self.span_from(begin), arguments, body)

    def parse_disjunction(self) -> Expression:
        """A row of `or`."""
        begin = self.begin()
        first = self._parse_conjunction()
        if self.kind != Kind.OR:
            return first
        values = [first]
        while self.take(Kind.OR):
            values.append(self._parse_conjunction())
        return BoolOp(self.span_from(begin), BooleanOperator.OR, values)

    def _parse_conjunction(self) -> Expression:
        begin = self.begin()
        first = self._parse_inversion()
        if self.kind != Kind.AND:
            return first
        values = [first]
        while self.take(Kind.AND):
            values.append(self._parse_inversion())
        return BoolOp(self.span_from(begin), BooleanOperator.AND, values)

    def _parse_inversion(self) -> Expression:
        if self.kind != Kind.NOT:
            return self._parse_comparison()
        begin = self.begin()
        self.enter()
        self.advance()
        operand = self._parse_inversion()
        self.leave()
        return UnaryOp(self.span_from(begin), UnaryOperator.NOT, operand)

    def _parse_comparison(self) -> Expression:
        begin = self.begin()
        left = self.parse_binary(LOOSEST)
        operator = self._take_comparison()
        if operator < 0:
            return left
        operators: list[int] = []
        comparators: list[Expression] = []
        while operator >= 0:
            operators.append(operator)
            comparators.append(self.parse_binary(LOOSEST))
            operator = self._take_comparison()
        return Compare(self.span_from(begin), left, operators, comparators)

    def _take_comparison(self) -> int:
        """Pass an operator of one or two tokens and give its Comparison; -1 if none comes next."""
        operator = COMPARISONS[self.kind]
        if operator >= 0:
            self.advance()
            if operator == Comparison.IS and self.take(Kind.NOT):
                return Comparison.IS_NOT
        elif self.kind == Kind.NOT and self.peek(1) == Kind.IN:
            self.advance()
            self.advance()
            return Comparison.NOT_IN
        return operator

    def parse_binary(self, loosest: int) -> Expression:
        """Operators that bind at least as tightly as `loosest`."""
        begin = self.begin()
        left = self._parse_factor()
        precedence = PRECEDENCES[self.kind]
        while precedence >= loosest:
            operator = BINARY_OPERATORS[self.kind]
            right = (
                self._parse_operand_or_go_back(precedence + 1)
                if self.diagnoses
                else self._parse_operand(precedence + 1)
            )
            if right is None:
                return left
            left = BinOp(self.span_from(begin), left, operator, right)
            precedence = PRECEDENCES[self.kind]
        return left

    def _parse_operand(self, loosest: int) -> Expression | None:
        """The right side of an operator, with that."""
        self.advance()
        return self.parse_binary(loosest)

    def _parse_operand_or_go_back(self, loosest: int) -> Expression | None:
        """The same; None, and back before the operator, if nothing fits: what stands on the left may be followed by something else."""
        index, last_end, nesting = self.index, self.last_end, self.nesting
        try:
            return self._parse_operand(loosest)
        except SyntaxFault as fault:
            if not fault.is_generic:
                raise
            self.nesting = nesting
            self.go_back(index, last_end)
            return None

    def _parse_factor(self) -> Expression:
        """A row of signs before an operand, or `a ** b`."""
        kind = self.kind
        if not (kind == Kind.MINUS or kind == Kind.PLUS or kind == Kind.TILDE):
            return self._parse_power()
        begin = self.begin()
        self.enter()
        self.advance()
        operand = self._parse_factor()
        self.leave()
        operator = UnaryOperator.INVERT
        if kind != Kind.TILDE:
            operator = UnaryOperator.NEGATIVE if kind == Kind.MINUS else UnaryOperator.POSITIVE
        return UnaryOp(self.span_from(begin), operator, operand)

    def _parse_power(self) -> Expression:
        begin = self.begin()
        if self.take(Kind.AWAIT):
            value = self.parse_primary()
            base: Expression = Await(self.span_from(begin), value)
        else:
            base = self.parse_primary()
        if self.kind != Kind.DOUBLE_STAR:
            return base
        self.enter()
        self.advance()
        exponent = self._parse_factor()
        self.leave()
        return BinOp(self.span_from(begin), base, BinaryOperator.POWER, exponent)

    # What follows an operand

    def parse_primary(self) -> Expression:
        """An operand with attributes, items and calls."""
        if not self.remembers:
            return self._parse_primary()
        key = self.index * 2 + (1 if self.diagnoses else 0)
        known = self.known.get(key)
        if known is None:
            try:
                result = self._parse_primary()
                known = KnownOperand(result, None, self.index, self.last_end)
            except SyntaxFault as fault:
                if not fault.is_generic:
                    raise
                known = KnownOperand(None, fault, 0, 0)
            self.known[key] = known
        if known.fault is not None:
            raise known.fault
        assert known.result is not None
        self.go_back(known.index, known.last_end)
        return known.result

    def _parse_primary(self) -> Expression:
        begin = self.begin()
        result = self.parse_atom()
        while True:
            longer = (
                self._with_trailer_or_go_back(begin, result) if self.diagnoses else self._with_trailer(begin, result)
            )
            if longer is None:
                return result
            result = longer

    def _with_trailer(self, begin: int, result: Expression) -> Expression | None:
        """An operand that begins at an offset with the attribute, call or item that comes next; None if none does."""
        if self.kind == Kind.DOT:
            self.advance()
            attribute = self.expect_name()
            return Attribute(self.span_from(begin), result, attribute, Context.LOAD)
        if self.kind == Kind.OPEN_PARENTHESIS:
            arguments = self.parse_call_arguments()
            return Call(self.span_from(begin), result, arguments.positional, arguments.keywords)
        if self.kind == Kind.OPEN_BRACKET:
            self.advance()
            index = self._parse_slices()
            self.expect(Kind.CLOSE_BRACKET)
            return Subscript(self.span_from(begin), result, index, Context.LOAD)
        return None

    def _with_trailer_or_go_back(self, begin: int, result: Expression) -> Expression | None:
        """The same; None, and back to the end of the operand, if what comes next is wrong."""
        index, last_end, nesting = self.index, self.last_end, self.nesting
        try:
            return self._with_trailer(begin, result)
        except SyntaxFault as fault:
            if not fault.is_generic:
                raise
            self.nesting = nesting
            self.go_back(index, last_end)
            return None

    def _parse_slices(self) -> Expression:
        begin = self.begin()
        first = self._parse_slice()
        if self.kind != Kind.COMMA and not isinstance(first, Starred):
            return first
        elements = [first]
        while self.take(Kind.COMMA):
            if self.kind == Kind.CLOSE_BRACKET:
                break
            elements.append(self._parse_slice())
        return Tuple(self.span_from(begin), elements, Context.LOAD)

    def _parse_slice(self) -> Expression:
        """One index, or `lower:upper:step`."""
        if self.kind == Kind.STAR:
            return self.parse_starred()
        begin = self.begin()
        lower: Expression | None = None
        if self.kind != Kind.COLON:
            lower = self.parse_named_expression()
            if self.kind != Kind.COLON:
                return lower
            if isinstance(lower, NamedExpr) and self.begin_of(lower) == begin:
                raise self.unexpected()
        self.expect(Kind.COLON)
        upper: Expression | None = None
        step: Expression | None = None
        if self.starts_expression():
            upper = self.parse_expression()
        if self.take(Kind.COLON) and self.starts_expression():
            step = self.parse_expression()
        return Slice(self.span_from(begin), lower, upper, step)
