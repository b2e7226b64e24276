"""The front half in one call: source text to syntax tree, or a SyntaxFault."""

from __future__ import annotations

from typing import Final, final

from tracewright.guest.diagnostics import Span
from tracewright_python import messages
from tracewright_python.diagnostics import FaultKind, LineIndex, SyntaxFault
from tracewright_python.lexer import Lexer
from tracewright_python.parser_blocks import BlockParser
from tracewright_python.parser_cursor import TOO_COMPLEX
from tracewright_python.source_text import prepared
from tracewright_python.syntax import Context, Expression, Statement, Tuple
from tracewright_python.syntax_statements import ExpressionText, Interactive, Module
from tracewright_python.tokens import Kind, Tokens


class Mode:
    """What a text is meant to be."""

    FILE: Final = 0
    INTERACTIVE: Final = 1
    EVALUATED: Final = 2
    FIELD: Final = 3  # of an f-string


@final
class Parser(BlockParser):
    """Reads one whole text, or the part of one that stands in an f-string's braces."""

    def begin_pass(self, diagnoses: bool) -> None:
        """Go to the first token, for the first or the second time."""
        self.diagnoses = diagnoses
        self.remembers = diagnoses
        self.known = {}
        self.nesting = 0
        self.go_back(0, 0)
        if self.kind == Kind.FAULT:
            raise self.lexical_fault()

    def read_statements(self) -> list[Statement]:
        """A whole file."""
        statements: list[Statement] = []
        while self.kind != Kind.END:
            self.parse_statement(statements)
        return statements

    def read_interactive(self) -> list[Statement]:
        """One statement, or a line of simple ones."""
        statements: list[Statement] = []
        if self.take(Kind.NEWLINE):
            return statements
        self.parse_statement(statements)
        last = self.index - 1  # the end of the line, or of a block
        while self.take(Kind.NEWLINE):
            pass
        if self.kind != Kind.END:
            if self.kinds[last] != Kind.NEWLINE:
                raise self.unexpected()
            raise self.final(self.fault_at(messages.SEVERAL_STATEMENTS, self.tokens.span(last)))
        return statements

    def read_expression(self) -> Expression:
        """What `eval` is given."""
        begin = self.begin()
        first = self.parse_expression()
        result = first
        if self.kind == Kind.COMMA:
            elements = [first]
            while self.take(Kind.COMMA):
                if not self.starts_expression():
                    break
                elements.append(self.parse_expression())
            result = Tuple(self.span_from(begin), elements, Context.LOAD)
        while self.take(Kind.NEWLINE):
            pass
        if self.kind != Kind.END:
            raise self.unexpected()
        return result

    def read_field(self) -> Expression:
        """An expression in parentheses, which is all there is."""
        result = self.parse_star_expressions()
        if self.kind != Kind.END:
            raise self.unexpected()
        return result

    def parse_format_expression(self, start: int, stop: int) -> Expression:
        tokens = Lexer(self.tokens.text, self.lines, start, stop, True).read_all()
        inner = Parser(tokens)
        inner.nesting = self.nesting
        self.enter()
        try:
            inner.begin_pass(False)
            result = inner.read_field()
        except SyntaxFault as fault:
            raise _in_format(_explained(inner, fault, Mode.FIELD), self.lines, start - 1, stop)
        self.leave()
        return result


def _in_format(fault: SyntaxFault, lines: LineIndex, brace: int, stop: int) -> SyntaxFault:
    """A fault as it is told of an f-string: the text shown is the field in parentheses, and columns count in that."""
    if fault.text is not None:
        return fault
    line = lines.line(brace)
    shift = brace - lines.starts[line - 1]
    span = fault.span
    column = span.column - shift if span.line == line else span.column
    end_column = span.end_column - shift if span.end_line == line else span.end_column
    text = "(" + lines.text[brace + 1 : stop] + ")"
    moved = SyntaxFault(
        f"f-string: {fault.message}", Span(span.line, column, span.end_line, end_column), fault.kind, text
    )
    moved.is_final = True
    return moved


def _grammar_fault(parser: Parser, last: int) -> SyntaxFault:
    """What to say where the grammar stops and nothing more is known: `last` is the last token that was looked at."""
    tokens = parser.tokens
    kind = tokens.kinds[last]
    if kind == Kind.INDENT or kind == Kind.DEDENT:
        message = messages.UNEXPECTED_INDENT if kind == Kind.INDENT else messages.UNEXPECTED_UNINDENT
        return SyntaxFault(message, tokens.fault_span(last), FaultKind.INDENTATION)
    span = tokens.span(last)
    if kind == Kind.END:
        end = tokens.fault_span(last)
        span = Span(end.line, 0, end.line, 0)
    return _outranked(tokens, last, SyntaxFault("invalid syntax", span))


def _outranked(tokens: Tokens, last: int, fault: SyntaxFault) -> SyntaxFault:
    """The fault of grammar, or what the lexer found wrong further on, if that is told instead."""
    lexical = tokens.fault
    if lexical is None or lexical is fault:
        return fault
    if not tokens.fault_is_deferred:
        return lexical
    unclosed = tokens.unclosed
    if unclosed >= 0:
        line = tokens.lines.line(unclosed)
        if tokens.lines.line(tokens.starts[last]) > line:
            column = tokens.lines.column(unclosed)
            return SyntaxFault(f"'{tokens.text[unclosed]}' was never closed", Span(line, column, line, 0))
    return fault


def _explained(parser: Parser, fault: SyntaxFault, mode: int) -> SyntaxFault:
    """What to say about the fault that the first pass over a text ended in."""
    if fault.is_final:
        return _outranked(parser.tokens, parser.furthest, fault)
    last = parser.furthest
    try:
        parser.begin_pass(True)
        match mode:
            case Mode.FILE:
                parser.read_statements()
            case Mode.INTERACTIVE:
                parser.read_interactive()
            case Mode.EVALUATED:
                parser.read_expression()
            case _:
                parser.read_field()
    except SyntaxFault as second:
        if not second.is_generic:
            return _outranked(parser.tokens, parser.furthest, second)
    return _grammar_fault(parser, last)


def _parser_of(text: str, adds_newline: bool) -> Parser:
    source = prepared(text, adds_newline)
    lines = LineIndex(source)
    return Parser(Lexer(source, lines, 0, len(source), False).read_all())


def _too_complex(parser: Parser) -> SyntaxFault:
    return parser.fault_at_token(TOO_COMPLEX)


def parse_module(text: str) -> Module:
    """The tree of a file. Raises SyntaxFault."""
    parser = _parser_of(text, True)
    try:
        parser.begin_pass(False)
        return Module(parser.read_statements())
    except SyntaxFault as fault:
        raise _explained(parser, fault, Mode.FILE)
    except RecursionError:
        raise _too_complex(parser)


def parse_interactive(text: str) -> Interactive:
    """The tree of what was typed at a prompt. Raises SyntaxFault."""
    parser = _parser_of(text, True)
    try:
        parser.begin_pass(False)
        return Interactive(parser.read_interactive())
    except SyntaxFault as fault:
        raise _explained(parser, fault, Mode.INTERACTIVE)
    except RecursionError:
        raise _too_complex(parser)


def parse_expression_text(text: str) -> ExpressionText:
    """The tree of what `eval` is given. Raises SyntaxFault."""
    parser = _parser_of(text.lstrip(" \t"), False)
    try:
        parser.begin_pass(False)
        return ExpressionText(parser.read_expression())
    except SyntaxFault as fault:
        raise _explained(parser, fault, Mode.EVALUATED)
    except RecursionError:
        raise _too_complex(parser)
