"""Simple statements: those of one line."""

from __future__ import annotations

from tracewright_python import messages
from tracewright_python.diagnosis import Attempt
from tracewright_python.diagnostics import SyntaxFault
from tracewright_python.parser_patterns import PatternParser
from tracewright_python.parser_targets import (
    TargetKind,
    expression_words,
    invalid_target,
    is_single_target,
    make_target,
)
from tracewright_python.syntax import Attribute, Context, Expression, List, Name, Statement, Subscript, Tuple
from tracewright_python.syntax_statements import (
    Alias,
    AnnAssign,
    Assert,
    Assign,
    AugAssign,
    Break,
    Continue,
    Delete,
    Expr,
    Global,
    Import,
    ImportFrom,
    Nonlocal,
    Pass,
    Raise,
    Return,
)
from tracewright_python.tokens import ASSIGNING, BINARY_OPERATORS, FIRST_ASSIGNMENT, Kind


class SimpleStatementParser(PatternParser):
    """Reads statements without blocks."""

    def parse_simple_statements(self, statements: list[Statement]) -> None:
        """A line of statements with semicolons between them."""
        statements.append(self._parse_simple_statement())
        while self.take(Kind.SEMICOLON):
            if self.kind == Kind.NEWLINE:
                break
            statements.append(self._parse_simple_statement())
        self.expect(Kind.NEWLINE)

    def _parse_simple_statement(self) -> Statement:
        match self.kind:
            case Kind.RETURN:
                return self._parse_return()
            case Kind.IMPORT:
                return self._parse_import()
            case Kind.FROM:
                return self._parse_import_from()
            case Kind.RAISE:
                return self._parse_raise()
            case Kind.PASS:
                self.advance()
                return Pass(self.tokens.span(self.index - 1))
            case Kind.BREAK:
                self.advance()
                return Break(self.tokens.span(self.index - 1))
            case Kind.CONTINUE:
                self.advance()
                return Continue(self.tokens.span(self.index - 1))
            case Kind.DEL:
                return self._parse_delete()
            case Kind.ASSERT:
                return self._parse_assert()
            case Kind.GLOBAL:
                return self._parse_global()
            case Kind.NONLOCAL:
                return self._parse_nonlocal()
            case _:
                return self._parse_expression_statement()

    def _parse_global(self) -> Statement:
        begin = self.begin()
        names = self._parse_names()
        return Global(self.span_from(begin), names)

    def _parse_nonlocal(self) -> Statement:
        begin = self.begin()
        names = self._parse_names()
        return Nonlocal(self.span_from(begin), names)

    def _parse_names(self) -> list[str]:
        self.advance()
        names = [self.expect_name()]
        while self.take(Kind.COMMA):
            names.append(self.expect_name())
        return names

    def _parse_return(self) -> Statement:
        begin = self.begin()
        self.advance()
        value: Expression | None = None
        if self.starts_expression():
            value = self.parse_star_expressions()
        return Return(self.span_from(begin), value)

    def _parse_raise(self) -> Statement:
        begin = self.begin()
        self.advance()
        exception: Expression | None = None
        cause: Expression | None = None
        if self.starts_expression():
            exception = self.parse_expression()
            if self.take(Kind.FROM):
                cause = self.parse_expression()
        return Raise(self.span_from(begin), exception, cause)

    def _parse_assert(self) -> Statement:
        begin = self.begin()
        self.advance()
        test = self.parse_expression()
        message: Expression | None = None
        if self.take(Kind.COMMA):
            message = self.parse_expression()
        return Assert(self.span_from(begin), test, message)

    def _parse_delete(self) -> Statement:
        begin = self.begin()
        self.advance()
        start, last_end = self.index, self.last_end
        targets: list[Expression] = []
        is_right = True
        while is_right:
            target = self.attempt(Attempt.PRIMARY)
            is_right = target is not None and invalid_target(target, TargetKind.DELETED) is None
            if target is not None:
                targets.append(target)
            if not self.take(Kind.COMMA) or self.kind == Kind.NEWLINE or self.kind == Kind.SEMICOLON:
                break
        if not is_right or self.kind != Kind.NEWLINE and self.kind != Kind.SEMICOLON:
            fault = self.unexpected()
            self.go_back(start, last_end)
            everything = self.attempt(Attempt.STAR_EXPRESSIONS) if self.starts_expression() else None
            if everything is not None:
                self.raise_invalid_target(everything, TargetKind.DELETED)
            raise fault
        for target in targets:
            make_target(target, Context.DELETE)
        return Delete(self.span_from(begin), targets)

    # Imports

    def _parse_import(self) -> Statement:
        begin = self.begin()
        self.advance()
        names = [self._parse_dotted_alias()]
        while self.take(Kind.COMMA):
            names.append(self._parse_dotted_alias())
        return Import(self.span_from(begin), names)

    def _parse_dotted_alias(self) -> Alias:
        begin = self.begin()
        name = self._parse_dotted_name()
        alias = self.expect_name() if self.take(Kind.AS) else None
        return Alias(self.span_from(begin), name, alias)

    def _parse_dotted_name(self) -> str:
        name = self.expect_name()
        while self.take(Kind.DOT):
            name += "." + self.expect_name()
        return name

    def _parse_import_from(self) -> Statement:
        begin = self.begin()
        self.advance()
        level = 0
        while self.kind == Kind.DOT or self.kind == Kind.ELLIPSIS:
            level += 1 if self.kind == Kind.DOT else 3
            self.advance()
        module: str | None = None
        if level == 0 or self.kind != Kind.IMPORT:
            module = self._parse_dotted_name()
        self.expect(Kind.IMPORT)
        names = self._parse_imported_names()
        return ImportFrom(self.span_from(begin), module, names, level)

    def _parse_imported_names(self) -> list[Alias]:
        if self.kind == Kind.STAR:
            self.advance()
            return [Alias(self.tokens.span(self.index - 1), "*", None)]
        is_enclosed = self.take(Kind.OPEN_PARENTHESIS)
        names = [self._parse_alias()]
        while self.take(Kind.COMMA):
            if is_enclosed and self.kind == Kind.CLOSE_PARENTHESIS:
                break
            if self.kind == Kind.NEWLINE and not is_enclosed:
                raise self.fault_at_furthest(messages.IMPORT_COMMA)
            names.append(self._parse_alias())
        if is_enclosed:
            self.expect(Kind.CLOSE_PARENTHESIS)
        return names

    def _parse_alias(self) -> Alias:
        begin = self.begin()
        name = self.expect_name()
        alias = self.expect_name() if self.take(Kind.AS) else None
        return Alias(self.span_from(begin), name, alias)

    # Expressions and assignments

    def _parse_value(self) -> Expression:
        return self.parse_yield() if self.kind == Kind.YIELD else self.parse_star_expressions()

    def _parse_expression_statement(self) -> Statement:
        start = self.index
        begin = self.begin()
        first = self._parse_value()
        if self.kind == Kind.ASSIGN:
            return self._parse_assignment(start, first)
        if self.kind == Kind.COLON:
            return self._parse_annotation(start, first)
        if self.kind >= FIRST_ASSIGNMENT:
            if not is_single_target(first):
                raise self._wrong_assignment(start)
            operator = BINARY_OPERATORS[self.kind - ASSIGNING]
            self.advance()
            value = self._parse_value()
            make_target(first, Context.STORE)
            return AugAssign(self.span_from(begin), first, operator, value)
        if self.kind == Kind.WALRUS:
            raise self._wrong_assignment(start)
        return Expr(self.span_from(begin), first)

    def _parse_assignment(self, start: int, first: Expression) -> Statement:
        begin = self.tokens.starts[start]
        targets: list[Expression] = []
        value = first
        while self.kind == Kind.ASSIGN:
            if invalid_target(value, TargetKind.ASSIGNED) is not None:
                raise self._wrong_assignment(start)
            make_target(value, Context.STORE)
            targets.append(value)
            self.advance()
            value = self._parse_value()
        return Assign(self.span_from(begin), targets, value)

    def _parse_annotation(self, start: int, target: Expression) -> Statement:
        is_simple = isinstance(target, Name) and self.kinds[start] == Kind.NAME
        is_right = isinstance(target, (Name, Attribute, Subscript))
        if not is_right:
            raise self._wrong_assignment(start)
        self.advance()
        annotation = self.parse_expression()
        value: Expression | None = None
        if self.take(Kind.ASSIGN):
            value = self._parse_value()
        make_target(target, Context.STORE)
        return AnnAssign(self.span_from(self.tokens.starts[start]), target, annotation, value, is_simple)

    def _wrong_assignment(self, start: int) -> SyntaxFault:
        """What is wrong with the assignment that began at a token; the current one is an operator that nothing may be assigned by."""
        fault = self.unexpected()
        if self.diagnoses:
            last_end = self.last_end
            self._diagnose_annotation(start, last_end)
            self._diagnose_targets(start, last_end)
            self._diagnose_augmented(start, last_end)
        return fault

    def _diagnose_annotation(self, start: int, last_end: int) -> None:
        self.go_back(start, last_end)
        if self.kind == Kind.STAR or self.kind == Kind.YIELD:
            return
        first = self.parse_star_named_expression()
        if self.kind == Kind.COLON:
            self.advance()
            if self.attempt(Attempt.EXPRESSION) is not None:
                if isinstance(first, List):
                    raise self.fault_at(messages.ANNOTATED_LIST, first.span)
                if isinstance(first, Tuple):
                    raise self.fault_at(messages.ANNOTATED_TUPLE, first.span)
                raise self.fault_at(messages.ANNOTATION_TARGET, first.span)
        elif self.kind == Kind.COMMA:
            while self.take(Kind.COMMA) and self.starts_expression():
                self.parse_star_named_expression()
            if self.take(Kind.COLON) and self.attempt(Attempt.EXPRESSION) is not None:
                raise self.fault_at(messages.ANNOTATED_TUPLE, first.span)

    def _diagnose_targets(self, start: int, last_end: int) -> None:
        self.go_back(start, last_end)
        while True:
            is_yield = self.kind == Kind.YIELD
            target = self._parse_value()
            if self.kind != Kind.ASSIGN:
                return
            if is_yield:
                raise self.fault_at(messages.YIELD_TARGET, target.span)
            self.raise_invalid_target(target, TargetKind.ASSIGNED)
            self.advance()

    def _diagnose_augmented(self, start: int, last_end: int) -> None:
        self.go_back(start, last_end)
        target = self._parse_value()
        if self.kind < FIRST_ASSIGNMENT:
            return
        self.advance()
        self._parse_value()
        words = expression_words(target)
        raise self.fault_at(f"'{words}' is an illegal expression for augmented assignment", target.span)
