"""What may have been meant by a text that is wrong.

The first parse only finds out that something is wrong. Then the text is parsed again with `diagnoses` set, and at the places below the
parser tries what people write by mistake, in the order in which CPython's second pass does, so that the same words come out. What is
tried and does not fit leaves no trace but `furthest`.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import Final

from tracewright.guest.diagnostics import Span
from tracewright_python import messages
from tracewright_python.diagnostics import SyntaxFault
from tracewright_python.parser_cursor import TokenCursor
from tracewright_python.parser_targets import TargetKind, expression_words, invalid_target
from tracewright_python.syntax import Comprehension, Expression, GeneratorExp, Name, Starred, Tuple
from tracewright_python.tokens import LOOSEST, SPELLINGS, Kind

SOFT_KEYWORDS: Final[dict[str, bool]] = {"match": True, "case": True, "_": True}


class DiagnosingCursor(TokenCursor):
    """Tries what may have been meant; what expressions are is up to a subclass."""

    @abstractmethod
    def parse_expression(self) -> Expression:
        """A condition, a lambda, or anything that binds more tightly."""

    @abstractmethod
    def parse_disjunction(self) -> Expression:
        """A row of `or`."""

    @abstractmethod
    def parse_binary(self, loosest: int) -> Expression:
        """Operators that bind at least as tightly as `loosest`."""

    @abstractmethod
    def parse_primary(self) -> Expression:
        """An operand with attributes, items and calls."""

    @abstractmethod
    def parse_atom(self) -> Expression:
        """An operand."""

    @abstractmethod
    def parse_star_expressions(self) -> Expression:
        """One expression, or several with commas, which make a tuple."""

    @abstractmethod
    def starts_expression(self) -> bool:
        """Whether an expression may begin here, or one with a star."""

    @abstractmethod
    def parse_comprehension(self) -> list[Comprehension]:
        """`for target in iter if test ...`, as many as there are."""

    # Attempts

    def attempt(self, parse: int) -> Expression | None:
        """What one of Attempt reads, or None and back to where this was."""
        index, last_end, nesting = self.index, self.last_end, self.nesting
        try:
            match parse:
                case Attempt.EXPRESSION:
                    return self.parse_expression()
                case Attempt.DISJUNCTION:
                    return self.parse_disjunction()
                case Attempt.BITWISE:
                    return self.parse_binary(LOOSEST)
                case Attempt.PRIMARY:
                    return self.parse_primary()
                case Attempt.ATOM:
                    return self.parse_atom()
                case _:
                    return self.parse_star_expressions()
        except SyntaxFault as fault:
            if not fault.is_generic:
                raise
            self.nesting = nesting
            self.go_back(index, last_end)
            return None

    def attempt_plain_expression(self) -> Expression | None:
        """As `attempt`, without looking for mistakes inside."""
        index, last_end, nesting = self.index, self.last_end, self.nesting
        self.diagnoses = False
        try:
            result = self.parse_expression()
        except SyntaxFault as fault:
            if fault.is_final:
                raise
            self.nesting = nesting
            self.go_back(index, last_end)
            self.diagnoses = True
            return None
        self.diagnoses = True
        return result

    def attempt_comprehension(self) -> list[Comprehension]:
        """The `for` clauses that come next; none, and back to where this was, if they are wrong."""
        index, last_end, nesting = self.index, self.last_end, self.nesting
        try:
            return self.parse_comprehension()
        except SyntaxFault as fault:
            if not fault.is_generic:
                raise
            self.nesting = nesting
            self.go_back(index, last_end)
            return []

    def fault_at_furthest(self, message: str) -> SyntaxFault:
        """A mistake shown at the last token that was looked at."""
        return SyntaxFault(message, self.tokens.fault_span(self.furthest))

    def fault_up_to_furthest(self, message: str, begin: Span) -> SyntaxFault:
        """A mistake from the beginning of a place to the last token that was looked at."""
        return self.fault_between(message, begin, self.tokens.fault_span(self.furthest))

    def forced(self, kind: int) -> SyntaxFault:
        """A token without which nothing makes sense is missing."""
        return self.final(self.fault_at_token(f"expected '{SPELLINGS[kind]}'"))

    def level_behind(self, index: int) -> int:
        """How many brackets are open behind a token."""
        level = 0
        for place in range(index + 1):
            kind = self.kinds[place]
            if kind == Kind.OPEN_PARENTHESIS or kind == Kind.OPEN_BRACKET or kind == Kind.OPEN_BRACE:
                level += 1
            elif kind == Kind.CLOSE_PARENTHESIS or kind == Kind.CLOSE_BRACKET or kind == Kind.CLOSE_BRACE:
                level -= 1
        return level

    def name_at(self, index: int) -> str:
        """The name that a token is; empty for others."""
        if self.kinds[index] != Kind.NAME:
            return ""
        return self.tokens.names[self.tokens.values[index]]

    # Expressions

    def diagnose_expression(self, start: int, body: Expression) -> None:
        """Behind an operand that began at a token: another one, or what `print` was once followed by."""
        index, last_end = self.index, self.last_end
        first = self.name_at(start)
        is_odd_prefix = first != "" and self.kinds[start + 1] == Kind.STRING
        if self.starts_expression() and self.kind != Kind.STAR and not is_odd_prefix and first not in SOFT_KEYWORDS:
            second = self.attempt_plain_expression()
            if second is not None:
                is_old_statement = isinstance(body, Name) and is_legacy_statement(body.id)
                if not is_old_statement and self.level_behind(self.index - 1) > 0:
                    raise self.fault_between(messages.FORGOT_COMMA, body.span, second.span)
                self.go_back(index, last_end)
        if self.kind == Kind.IF:
            self._diagnose_missing_else(body)
            self.go_back(index, last_end)
        if is_legacy_statement(first) and self.kinds[start + 1] != Kind.OPEN_PARENTHESIS:
            self._diagnose_legacy_statement(start, first)
            self.go_back(index, last_end)

    def _diagnose_missing_else(self, body: Expression) -> None:
        self.advance()
        test = self.attempt(Attempt.DISJUNCTION)
        if test is not None and self.kind != Kind.ELSE and self.kind != Kind.COLON:
            raise self.fault_between(messages.MISSING_ELSE, body.span, test.span)

    def _diagnose_legacy_statement(self, start: int, name: str) -> None:
        self.go_back(start, self.last_end)
        place = self.tokens.span(start)
        self.advance()
        operand = self.attempt(Attempt.STAR_EXPRESSIONS) if self.starts_expression() else None
        if operand is not None:
            message = f"Missing parentheses in call to '{name}'. Did you mean {name}(...)?"
            raise self.fault_between(message, place, operand.span)

    def diagnose_named_expression(self, start: int, value: Expression) -> None:
        """Behind an expression that began at a token: `:=` or `=`."""
        index, last_end = self.index, self.last_end
        if self.kind == Kind.WALRUS:
            self.advance()
            if self.attempt(Attempt.EXPRESSION) is not None:
                words = expression_words(value)
                raise self.fault_at(f"cannot use assignment expressions with {words}", value.span)
        elif self.kind == Kind.ASSIGN:
            self._diagnose_equals_sign(start)
        self.go_back(index, last_end)

    def _diagnose_equals_sign(self, start: int) -> None:
        """`=` where a comparison may have been meant."""
        equals = self.index
        is_name = self.kinds[start] == Kind.NAME and start + 1 == equals
        self.go_back(start, self.last_end)
        if not is_name and self._excludes_equals_sign(start):
            return
        left = self.attempt(Attempt.BITWISE)
        if left is None or self.index != equals:
            return
        self.advance()
        right = self.attempt(Attempt.BITWISE)
        if right is None or self.kind == Kind.ASSIGN or self.kind == Kind.WALRUS:
            return
        if is_name:
            raise self.fault_between(messages.MEANT_EQUAL_OR_WALRUS, left.span, right.span)
        words = expression_words(left)
        raise self.fault_at(f"cannot assign to {words} here. Maybe you meant '==' instead of '='?", left.span)

    def _excludes_equals_sign(self, start: int) -> bool:
        """Whether something stands here that could not be part of a comparison, but of an assignment."""
        kind = self.kinds[start]
        if kind == Kind.OPEN_PARENTHESIS or kind == Kind.OPEN_BRACKET:
            last_end = self.last_end
            atom = self.attempt(Attempt.ATOM)
            self.go_back(start, last_end)
            if kind == Kind.OPEN_BRACKET:
                return atom is not None and expression_words(atom) == "list"
            is_own = atom is not None and self.begin_of(atom) == self.begin()
            return is_own and isinstance(atom, (Tuple, GeneratorExp))
        return kind == Kind.TRUE or kind == Kind.FALSE or kind == Kind.NONE

    # Brackets

    def diagnose_group(self) -> None:
        """An opening parenthesis is the current token: what could stand in a call only?"""
        if self.peek(1) != Kind.DOUBLE_STAR:
            return
        index, last_end = self.index, self.last_end
        self.advance()
        place = self.fault_at_token(messages.DOUBLE_STARRED_HERE)
        self.advance()
        if self.attempt(Attempt.EXPRESSION) is not None and self.kind == Kind.CLOSE_PARENTHESIS:
            raise place
        self.go_back(index, last_end)

    def diagnose_bare_comprehension_target(self, elements: list[Expression]) -> None:
        """`[a, b for ...`: the row before `for` was read, and the current token is that."""
        index, last_end = self.index, self.last_end
        comma = self.tokens.span(index - 1)
        ends_with_comma = self.kinds[index - 1] == Kind.COMMA
        if len(self.attempt_comprehension()) > 0 and (len(elements) > 1 or ends_with_comma):
            last = comma if len(elements) == 1 else elements[len(elements) - 1].span
            raise self.fault_between(messages.COMPREHENSION_PARENTHESES, elements[0].span, last)
        self.go_back(index, last_end)

    def diagnose_double_star_comprehension(self, star: int) -> None:
        """`{**a for ...`: the current token is `for`, `star` that of the stars."""
        index, last_end = self.index, self.last_end
        if len(self.attempt_comprehension()) > 0 and self.kind == Kind.CLOSE_BRACE:
            raise self.fault_at(messages.DOUBLE_STAR_IN_COMPREHENSION, self.tokens.span(star))
        self.go_back(index, last_end)

    def refused_star(self, first: Starred) -> SyntaxFault:
        """`(*a`, and no comma comes behind it."""
        fault = self.unexpected()
        if self.diagnoses:
            index, last_end = self.index, self.last_end
            self.go_back(self.star_of(first), last_end)
            self.advance()
            value = self.parse_expression()
            if self.kind == Kind.CLOSE_PARENTHESIS:
                return self.fault_between(messages.STARRED_HERE, first.span, value.span)
            self.go_back(index, last_end)
        return fault

    def star_of(self, starred: Starred) -> int:
        """The token that a starred expression begins with; it is not far back."""
        offset = self.begin_of(starred)
        index = self.index
        while self.tokens.starts[index] > offset:
            index -= 1
        return index

    def check_dict_value(self) -> None:
        """The colon behind a key is the current token: is there a value? CPython asks that in its first pass."""
        if self.kind != Kind.COLON:
            return
        after = self.peek(1)
        if after == Kind.CLOSE_BRACE or after == Kind.COMMA:
            raise self.final(self.fault_at_token(messages.DICT_VALUE))
        if after == Kind.STAR:
            index, last_end = self.index, self.last_end
            self.advance()
            star = self.tokens.span(self.index)
            self.advance()
            if self.attempt(Attempt.BITWISE) is not None:
                raise self.final(self.fault_up_to_furthest(messages.STAR_IN_DICT, star))
            self.go_back(index, last_end)

    def parse_dict_key(self) -> Expression:
        """A key that is not the first, up to its colon. CPython takes what begins like an expression for a key without a colon."""
        index, last_end = self.index, self.last_end
        key = self.attempt_of_key(Attempt.EXPRESSION)
        if key is None:
            self.remembers = True
            key = self.attempt_of_key(Attempt.DISJUNCTION)
        if key is None:
            key = self.attempt_of_key(Attempt.BITWISE)
        if key is None:
            key = self.attempt_of_key(Attempt.ATOM)
        if key is None:
            self.go_back(index, last_end)
            return self.parse_expression()
        if self.kind != Kind.COLON:
            span = key.span
            place = Span(span.line, span.end_column - 1, span.end_line, 0)
            raise self.final(self.fault_at(messages.DICT_COLON, place))
        return key

    def attempt_of_key(self, parse: int) -> Expression | None:
        """As `attempt`, without looking for mistakes inside."""
        index, last_end, nesting, diagnoses = self.index, self.last_end, self.nesting, self.diagnoses
        self.diagnoses = False
        result: Expression | None = None
        try:
            result = self.attempt(parse)
        except SyntaxFault as fault:
            if fault.is_final:
                raise
            self.nesting = nesting
            self.go_back(index, last_end)
        self.diagnoses = diagnoses
        return result

    def diagnose_loop_target(self) -> None:
        """The target of a `for` begins here and is none."""
        index, last_end = self.index, self.last_end
        targets = self.attempt(Attempt.STAR_EXPRESSIONS) if self.starts_expression() else None
        if targets is not None:
            self.raise_invalid_target(targets, TargetKind.LOOP)
        self.go_back(index, last_end)

    def raise_invalid_target(self, targets: Expression, kind: int) -> None:
        """Raise a fault if part of an expression is no target of this TargetKind."""
        wrong = invalid_target(targets, kind)
        if wrong is not None:
            verb = "delete" if kind == TargetKind.DELETED else "assign to"
            raise self.fault_at(f"cannot {verb} {expression_words(wrong)}", wrong.span)

    # Calls

    def diagnose_singleton_keyword(self) -> None:
        """An argument begins here: `True=` and the like."""
        kind = self.kind
        is_singleton = kind == Kind.TRUE or kind == Kind.FALSE or kind == Kind.NONE
        if is_singleton and self.peek(1) == Kind.ASSIGN:
            first = self.tokens.span(self.index)
            raise self.fault_between(f"cannot assign to {SPELLINGS[kind]}", first, self.tokens.span(self.index + 1))

    def diagnose_keyword_comprehension(self) -> None:
        """`name=` is next in a call: a comprehension behind the value cannot be meant."""
        index, last_end = self.index, self.last_end
        name = self.tokens.span(index)
        self.advance()
        equals = self.tokens.span(self.index)
        self.advance()
        value = self.attempt(Attempt.EXPRESSION) if self.starts_expression() else None
        if value is not None and (self.kind == Kind.FOR or self.kind == Kind.ASYNC):
            if len(self.attempt_comprehension()) > 0:
                raise self.fault_between(messages.MEANT_EQUAL_OR_WALRUS, name, equals)
        self.go_back(index, last_end)


class Attempt:
    """What `attempt` tries to read."""

    EXPRESSION: Final = 0
    DISJUNCTION: Final = 1
    BITWISE: Final = 2
    ATOM: Final = 3
    PRIMARY: Final = 4
    STAR_EXPRESSIONS: Final = 5


def is_legacy_statement(name: str) -> bool:
    """Whether a name was a statement in Python 2."""
    return name == "print" or name == "exec"
