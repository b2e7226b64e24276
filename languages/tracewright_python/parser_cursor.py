"""The parser's place in the tokens, its limits, and how mistakes are raised."""

from __future__ import annotations

from typing import Final, final

from tracewright.guest.diagnostics import Span
from tracewright_python.diagnostics import LineIndex, SyntaxFault
from tracewright_python.syntax import Expression
from tracewright_python.tokens import Kind, Tokens

MAXIMUM_NESTING: Final = 1200
"""Operators, lambdas, blocks and the like inside each other; brackets have a limit of their own in the lexer."""
TOO_COMPLEX: Final = "too many nested expressions or statements"


@final
class KnownOperand:
    """What was read at a token, and where that ends; or why nothing can be read."""

    def __init__(self, result: Expression | None, fault: SyntaxFault | None, index: int, last_end: int) -> None:
        self.result = result
        self.fault = fault
        self.index = index
        self.last_end = last_end


class TokenCursor:
    """Looks at one token after the other; an index says which. `begin` is an offset that a node starts at."""

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self.kinds: list[int] = tokens.kinds
        self.lines: LineIndex = tokens.lines
        self.index = 0
        self.kind: int = tokens.kinds[0]  # of the current token
        self.furthest = 0  # the last token that was looked at, which is where the grammar stops if nothing fits
        self.last_end = 0  # the offset behind the last token that is no line end
        self.nesting = 0
        # The second pass over a text that is wrong: it looks for what may have been meant.
        self.diagnoses = False
        # Operands that were read or found wrong, by token, while the same place is tried in several ways.
        self.remembers = False
        self.known: dict[int, KnownOperand] = {}

    # Tokens

    def advance(self) -> None:
        """Go to the next token."""
        index = self.index
        if self.kind == Kind.NEWLINE or self.kind == Kind.INDENT or self.kind == Kind.DEDENT:
            pass
        else:
            self.last_end = self.tokens.ends[index]
        index += 1
        self.index = index
        self.kind = self.kinds[index]
        if index > self.furthest:
            self.furthest = index
        if self.kind == Kind.FAULT:
            raise self.lexical_fault()

    def go_back(self, index: int, last_end: int) -> None:
        """Return to a token; `last_end` is what it was there."""
        self.index = index
        self.kind = self.kinds[index]
        self.last_end = last_end

    def peek(self, ahead: int) -> int:
        """The kind of the token that many behind the current one; END beyond the last. Raises a fault if it is no token."""
        index = self.index + ahead
        if index >= len(self.kinds):
            return Kind.END
        if index > self.furthest:
            self.furthest = index
        kind = self.kinds[index]
        if kind == Kind.FAULT:
            raise self.lexical_fault()
        return kind

    def lexical_fault(self) -> SyntaxFault:
        """What the lexer found wrong."""
        fault = self.tokens.fault
        assert fault is not None
        return fault

    def take(self, kind: int) -> bool:
        """Pass a token of this kind if it comes next, and say whether it did."""
        if self.kind == kind:
            self.advance()
            return True
        return False

    def expect(self, kind: int) -> None:
        """Pass a token of this kind; raises SyntaxFault if something else stands here."""
        if self.kind != kind:
            raise self.unexpected()
        self.advance()

    def begin(self) -> int:
        """The offset at which the current token begins."""
        return self.tokens.starts[self.index]

    def expect_name(self) -> str:
        """Pass a name and give it."""
        if self.kind != Kind.NAME:
            raise self.unexpected()
        name = self.name()
        self.advance()
        return name

    def name(self) -> str:
        """The name that the current token is."""
        return self.tokens.names[self.tokens.values[self.index]]

    def at_word(self, word: str) -> bool:
        """Whether the current token is this name, which means something only here."""
        return self.kind == Kind.NAME and self.name() == word

    # Places

    def span_from(self, begin: int) -> Span:
        """From an offset to the end of the last token that was passed."""
        return self.lines.span(begin, self.last_end)

    def offset_of(self, span: Span) -> int:
        """The offset at which a span begins."""
        return self.lines.starts[span.line - 1] + span.column - 1

    def begin_of(self, node: Expression) -> int:
        """The offset at which an expression begins."""
        return self.offset_of(node.span)

    # Mistakes

    def unexpected(self) -> SyntaxFault:
        """The grammar stops here; what to say about it is decided where the whole parse ends."""
        fault = SyntaxFault("invalid syntax", self.tokens.span(self.index))
        fault.is_generic = True
        return fault

    def fault_at_token(self, message: str) -> SyntaxFault:
        """A mistake that the current token is."""
        return SyntaxFault(message, self.tokens.span(self.index))

    def fault_at(self, message: str, span: Span) -> SyntaxFault:
        """A mistake that a node is."""
        return SyntaxFault(message, span)

    def fault_between(self, message: str, first: Span, last: Span) -> SyntaxFault:
        """A mistake from the beginning of one node to the end of another."""
        return SyntaxFault(message, Span(first.line, first.column, last.end_line, last.end_column))

    def final(self, fault: SyntaxFault) -> SyntaxFault:
        """The fault, marked as one that is told as it is."""
        fault.is_final = True
        return fault

    # Limits

    def enter(self) -> None:
        """One more level of nesting; `leave` undoes it, unless a fault ends everything."""
        self.nesting += 1
        if self.nesting > MAXIMUM_NESTING:
            raise self.fault_at_token(TOO_COMPLEX)

    def leave(self) -> None:
        """Undo `enter`."""
        self.nesting -= 1
