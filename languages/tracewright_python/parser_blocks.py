"""Compound statements, and the blocks inside of them."""

from __future__ import annotations

from tracewright_python import messages
from tracewright_python.diagnosis import Attempt
from tracewright_python.diagnostics import FaultKind, SyntaxFault
from tracewright_python.parser_atoms import begins_expression
from tracewright_python.parser_statements import SimpleStatementParser
from tracewright_python.parser_targets import TargetKind, invalid_target, make_target
from tracewright_python.syntax import Context, Expression, Keyword, Starred, Statement, Tuple
from tracewright_python.syntax_statements import (
    AsyncFor,
    AsyncFunctionDef,
    AsyncWith,
    ClassDef,
    ExceptHandler,
    For,
    FunctionDef,
    If,
    Match,
    MatchCase,
    Try,
    TryStar,
    While,
    With,
    WithItem,
)
from tracewright_python.tokens import Kind


class BlockParser(SimpleStatementParser):
    """Reads statements of every kind."""

    def parse_statement(self, statements: list[Statement]) -> None:
        """One compound statement, or a line of simple ones."""
        match self.kind:
            case Kind.IF:
                statements.append(self._parse_if())
            case Kind.FOR:
                statements.append(self._parse_for(self.begin(), False))
            case Kind.WHILE:
                statements.append(self._parse_while())
            case Kind.TRY:
                statements.append(self._parse_try())
            case Kind.WITH:
                statements.append(self._parse_with(self.begin(), False))
            case Kind.DEF:
                statements.append(self._parse_function([], self.begin(), False))
            case Kind.CLASS:
                statements.append(self._parse_class_definition([]))
            case Kind.AT:
                statements.append(self._parse_decorated())
            case Kind.ASYNC:
                statements.append(self._parse_async([]))
            case _:
                if self.kind == Kind.NAME and self.name() == "match":
                    statement = self._parse_match()
                    if statement is not None:
                        statements.append(statement)
                        return
                self.parse_simple_statements(statements)

    # Blocks

    def parse_block(self, owner: str, line: int) -> list[Statement]:
        """What stands behind a colon; `owner` is what `line` begins with, for the message that there is nothing."""
        statements: list[Statement] = []
        if self.kind != Kind.NEWLINE:
            self.parse_simple_statements(statements)
            return statements
        self.advance()
        if self.kind != Kind.INDENT:
            raise self._missing_block(f"expected an indented block after {owner} on line {line}")
        self.enter()
        self.advance()
        while self.kind != Kind.DEDENT:
            self.parse_statement(statements)
        self.advance()
        self.leave()
        return statements

    def _missing_block(self, message: str) -> SyntaxFault:
        return SyntaxFault(message, self.tokens.fault_span(self.furthest), FaultKind.INDENTATION)

    def _line(self) -> int:
        """The line of the current token."""
        return self.lines.line(self.begin())

    def _expect_colon(self) -> None:
        """The colon before a block, which is asked for by name only at the end of the line."""
        if self.kind == Kind.NEWLINE:
            raise self.fault_at_furthest(messages.EXPECTED_COLON)
        self.expect(Kind.COLON)

    def _force_colon(self) -> None:
        if self.kind != Kind.COLON:
            raise self.forced(Kind.COLON)
        self.advance()

    def _parse_else(self) -> list[Statement]:
        if self.kind != Kind.ELSE:
            return []
        line = self._line()
        self.advance()
        self._force_colon()
        return self.parse_block("'else' statement", line)

    # if, while, for

    def _parse_if(self) -> Statement:
        """A row of `if` and `elif`: read in a loop, put into each other from its end."""
        begins: list[int] = []
        tests: list[Expression] = []
        bodies: list[list[Statement]] = []
        word = "if"
        while True:
            line = self._line()
            begins.append(self.begin())
            self.advance()
            tests.append(self.parse_named_expression())
            self._expect_colon()
            bodies.append(self.parse_block(f"'{word}' statement", line))
            if self.kind != Kind.ELIF:
                break
            word = "elif"
        orelse = self._parse_else()
        index = len(tests) - 1
        while True:
            result = If(self.span_from(begins[index]), tests[index], bodies[index], orelse)
            if index == 0:
                return result
            orelse = [result]
            index -= 1

    def _parse_while(self) -> Statement:
        line = self._line()
        begin = self.begin()
        self.advance()
        test = self.parse_named_expression()
        self._expect_colon()
        body = self.parse_block("'while' statement", line)
        orelse = self._parse_else()
        return While(self.span_from(begin), test, body, orelse)

    def _parse_for(self, begin: int, is_async: bool) -> Statement:
        line = self._line()
        self.advance()
        target = self.parse_loop_target()
        self.expect(Kind.IN)
        source = self.parse_star_expressions()
        self._expect_colon()
        body = self.parse_block("'for' statement", line)
        orelse = self._parse_else()
        span = self.span_from(begin)
        if is_async:
            return AsyncFor(span, target, source, body, orelse)
        return For(span, target, source, body, orelse)

    # with

    def _parse_with(self, begin: int, is_async: bool) -> Statement:
        line = self._line()
        self.advance()
        items: list[WithItem] = []
        if self.kind == Kind.OPEN_PARENTHESIS:
            items = self._parse_enclosed_items()
        if len(items) == 0:
            items = self._parse_items()
            self._expect_colon()
        body = self.parse_block("'with' statement", line)
        span = self.span_from(begin)
        if is_async:
            return AsyncWith(span, items, body)
        return With(span, items, body)

    def _parse_items(self) -> list[WithItem]:
        items = [self._parse_item()]
        while self.take(Kind.COMMA):
            items.append(self._parse_item())
        return items

    def _parse_enclosed_items(self) -> list[WithItem]:
        """Items in parentheses with their colon, or none and back to where this was."""
        index, last_end, nesting = self.index, self.last_end, self.nesting
        try:
            self.advance()
            items = [self._parse_item()]
            while self.take(Kind.COMMA):
                if self.kind == Kind.CLOSE_PARENTHESIS:
                    break
                items.append(self._parse_item())
            self.expect(Kind.CLOSE_PARENTHESIS)
            self.expect(Kind.COLON)
            return items
        except SyntaxFault as fault:
            if fault.is_final or self.diagnoses and not fault.is_generic:
                raise
            self.nesting = nesting
            self.go_back(index, last_end)
            return []

    def _parse_item(self) -> WithItem:
        context = self.parse_expression()
        if not self.take(Kind.AS):
            return WithItem(context, None)
        index, last_end = self.index, self.last_end
        target = self._parse_with_target()
        if target is None:
            if self.kind == Kind.NEWLINE:
                raise self.fault_at_furthest(messages.EXPECTED_COLON)
            fault = self.unexpected()
            self.go_back(index, last_end)
            wrong = self.attempt(Attempt.EXPRESSION) if self.diagnoses and self.starts_expression() else None
            if wrong is not None and self._ends_item():
                self.raise_invalid_target(wrong, TargetKind.ASSIGNED)
            raise fault
        return WithItem(context, target)

    def _ends_item(self) -> bool:
        return self.kind == Kind.COMMA or self.kind == Kind.CLOSE_PARENTHESIS or self.kind == Kind.COLON

    def _parse_with_target(self) -> Expression | None:
        """The target behind `as`; None if it is none or does not end there."""
        if self.kind == Kind.STAR:
            return self.parse_star_target()
        target = self.attempt(Attempt.PRIMARY)
        if target is None or not self._ends_item() or invalid_target(target, TargetKind.ASSIGNED) is not None:
            return None
        make_target(target, Context.STORE)
        return target

    # try

    def _parse_try(self) -> Statement:
        begin = self.begin()
        line = self._line()
        self.advance()
        self._force_colon()
        body = self.parse_block("'try' statement", line)
        handlers: list[ExceptHandler] = []
        stars = 0
        while self.kind == Kind.EXCEPT:
            is_star = self.peek(1) == Kind.STAR
            if stars != (len(handlers) if is_star else 0):
                first = self.tokens.span(self.index)
                last = self.tokens.span(self.index + 1) if is_star else first
                self._parse_handler()
                raise self.fault_between(messages.MIXED_EXCEPT, first, last)
            if is_star:
                stars += 1
            handlers.append(self._parse_handler())
        orelse: list[Statement] = []
        if len(handlers) > 0:
            orelse = self._parse_else()
        final_body: list[Statement] = []
        if self.kind == Kind.FINALLY:
            line = self._line()
            self.advance()
            self._force_colon()
            final_body = self.parse_block("'finally' statement", line)
        elif len(handlers) == 0:
            raise self.fault_at_furthest(messages.EXCEPT_OR_FINALLY)
        span = self.span_from(begin)
        if stars > 0:
            return TryStar(span, body, handlers, orelse, final_body)
        return Try(span, body, handlers, orelse, final_body)

    def _parse_handler(self) -> ExceptHandler:
        begin = self.begin()
        line = self._line()
        self.advance()
        is_star = self.take(Kind.STAR)
        kind: Expression | None = None
        name: str | None = None
        if is_star and (self.kind == Kind.COLON or self.kind == Kind.NEWLINE):
            raise self.fault_at_furthest(messages.EXCEPT_STAR_TYPE)
        if is_star or self.kind != Kind.COLON and self.kind != Kind.NEWLINE:
            kind = self.parse_expression()
            if self.diagnoses and self.kind == Kind.COMMA:
                self._diagnose_exceptions(kind)
            if self.take(Kind.AS):
                name = self.expect_name()
        self._expect_colon()
        owner = "'except*' statement" if is_star else "'except' statement"
        body = self.parse_block(owner, line)
        return ExceptHandler(self.span_from(begin), kind, name, body)

    def _diagnose_exceptions(self, first: Expression) -> None:
        """A comma stands behind the type of an `except`."""
        index, last_end = self.index, self.last_end
        self.advance()
        rest = self.attempt(Attempt.STAR_EXPRESSIONS) if self.starts_expression() else None
        if rest is not None:
            if self.take(Kind.AS):
                self.take(Kind.NAME)
            if self.kind == Kind.COLON:
                raise self.fault_up_to_furthest(messages.EXCEPT_PARENTHESES, first.span)
        self.go_back(index, last_end)

    # Definitions

    def _parse_decorated(self) -> Statement:
        decorators: list[Expression] = []
        while self.take(Kind.AT):
            decorators.append(self.parse_named_expression())
            self.expect(Kind.NEWLINE)
        match self.kind:
            case Kind.DEF:
                return self._parse_function(decorators, self.begin(), False)
            case Kind.CLASS:
                return self._parse_class_definition(decorators)
            case Kind.ASYNC:
                if self.peek(1) == Kind.DEF:
                    return self._parse_async(decorators)
                self.advance()
                raise self.unexpected()
            case _:
                raise self.unexpected()

    def _parse_async(self, decorators: list[Expression]) -> Statement:
        begin = self.begin()
        self.advance()
        match self.kind:
            case Kind.DEF:
                return self._parse_function(decorators, begin, True)
            case Kind.FOR:
                return self._parse_for(begin, True)
            case Kind.WITH:
                return self._parse_with(begin, True)
            case _:
                raise self.unexpected()

    def _parse_function(self, decorators: list[Expression], begin: int, is_async: bool) -> Statement:
        line = self._line()
        self.advance()
        name = self.expect_name()
        if self.kind != Kind.OPEN_PARENTHESIS:
            raise self.forced(Kind.OPEN_PARENTHESIS)
        self.advance()
        arguments = self.parse_parameters(Kind.CLOSE_PARENTHESIS)
        self.expect(Kind.CLOSE_PARENTHESIS)
        returns: Expression | None = None
        if self.take(Kind.ARROW):
            returns = self.parse_expression()
        self._force_colon()
        body = self.parse_block("function definition", line)
        span = self.span_from(begin)
        if is_async:
            return AsyncFunctionDef(span, name, arguments, body, decorators, returns)
        return FunctionDef(span, name, arguments, body, decorators, returns)

    def _parse_class_definition(self, decorators: list[Expression]) -> Statement:
        line = self._line()
        begin = self.begin()
        self.advance()
        name = self.expect_name()
        bases: list[Expression] = []
        keywords: list[Keyword] = []
        if self.kind == Kind.OPEN_PARENTHESIS:
            arguments = self.parse_call_arguments()
            if arguments.bare_generator is not None:
                raise self.unexpected()
            bases = arguments.positional
            keywords = arguments.keywords
        self._expect_colon()
        body = self.parse_block("class definition", line)
        return ClassDef(self.span_from(begin), name, bases, keywords, body, decorators)

    # match

    def _parse_match(self) -> Statement | None:
        """A `match` statement; None, and back to where this was, if the word is a name like others."""
        if not self._may_be_match():
            return None
        begin = self.begin()
        line = self._line()
        index, last_end, nesting = self.index, self.last_end, self.nesting
        try:
            self.advance()
            subject = self._parse_subject()
            if self.diagnoses and self.kind == Kind.NEWLINE:
                raise self.fault_at_furthest(messages.EXPECTED_COLON)
            self.expect(Kind.COLON)
            self.expect(Kind.NEWLINE)
        except SyntaxFault as fault:
            if fault.is_final or self.diagnoses and not fault.is_generic:
                raise
            self.nesting = nesting
            self.go_back(index, last_end)
            return None
        if self.kind != Kind.INDENT:
            raise self._missing_block(f"expected an indented block after 'match' statement on line {line}")
        self.enter()
        self.advance()
        cases: list[MatchCase] = []
        while self.at_word("case"):
            cases.append(self._parse_case())
        if len(cases) == 0:
            raise self.unexpected()
        self.expect(Kind.DEDENT)
        self.leave()
        return Match(self.span_from(begin), subject, cases)

    def _may_be_match(self) -> bool:
        """Whether what follows the word could be a subject; what is certainly none is not tried."""
        return begins_expression(self.peek(1))

    def _parse_subject(self) -> Expression:
        begin = self.begin()
        first = self.parse_star_named_expression()
        if self.kind != Kind.COMMA:
            if isinstance(first, Starred):
                raise self.unexpected()
            return first
        elements = [first]
        while self.take(Kind.COMMA):
            if not self.starts_expression():
                break
            elements.append(self.parse_star_named_expression())
        return Tuple(self.span_from(begin), elements, Context.LOAD)

    def _parse_case(self) -> MatchCase:
        line = self._line()
        self.advance()
        pattern = self.parse_patterns()
        guard: Expression | None = None
        if self.take(Kind.IF):
            guard = self.parse_named_expression()
        self._expect_colon()
        body = self.parse_block("'case' statement", line)
        return MatchCase(pattern, guard, body)
