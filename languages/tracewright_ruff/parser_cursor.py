"""The parser's place in the tokens, its complaints, and its limits."""

from tracewright_ruff.diagnostics import Diagnostic
from tracewright_ruff.tokens import Token, TokenKind

MAXIMUM_EXPRESSION_NESTING = 256
MAXIMUM_BLOCK_NESTING = 128


class SyntaxFault(Exception):
    """A statement cannot be parsed. The diagnostic is recorded already; who catches this looks for the next statement."""


class TokenCursor:
    """Looks at the tokens one after the other. `end` is the END token, so looking ahead never leaves the list."""

    def __init__(self, tokens: list[Token], diagnostics: list[Diagnostic]) -> None:
        self.tokens = tokens
        self.diagnostics = diagnostics
        self.position = 0
        self.expression_nesting = 0
        self.block_nesting = 0

    def current(self) -> Token:
        """The token to be read next."""
        return self.tokens[self.position]

    def ahead(self, count: int) -> Token:
        """The token `count` places after the current one, or END."""
        return self.tokens[min(self.position + count, len(self.tokens) - 1)]

    def advance(self) -> Token:
        """Pass the current token and return it; END is never passed."""
        token = self.tokens[self.position]
        if self.position + 1 < len(self.tokens):
            self.position += 1
        return token

    def at_end(self) -> bool:
        """Whether nothing is left to read."""
        return self.current().kind == TokenKind.END

    def at_symbol(self, text: str) -> bool:
        """Whether an operator or punctuation `text` comes next."""
        return self.current().is_symbol(text)

    def at_keyword(self, text: str) -> bool:
        """Whether the keyword `text` comes next."""
        return self.current().is_keyword(text)

    def at_kind(self, kind: int) -> bool:
        """Whether a token of this TokenKind comes next."""
        return self.current().kind == kind

    def take_symbol(self, text: str) -> bool:
        """Pass the symbol `text` if it comes next, and say whether it did."""
        if self.at_symbol(text):
            self.advance()
            return True
        return False

    def take_keyword(self, text: str) -> bool:
        """Pass the keyword `text` if it comes next, and say whether it did."""
        if self.at_keyword(text):
            self.advance()
            return True
        return False

    def complain(self, message: str) -> str:
        """Record a diagnostic at the current token; returns the message, for the SyntaxFault to be raised."""
        token = self.current()
        self.diagnostics.append(Diagnostic("RUFPARSE001", "parser", message, token.line, token.column))
        return message

    def expect_symbol(self, text: str, context: str) -> Token:
        """Pass the symbol `text`; `context` completes the message if something else stands here."""
        if not self.at_symbol(text):
            raise SyntaxFault(self.complain(f"Expected '{text}' {context} but found {self.current().describe()}"))
        return self.advance()

    def expect_keyword(self, text: str, context: str) -> Token:
        """Pass the keyword `text`; `context` completes the message if something else stands here."""
        if not self.at_keyword(text):
            raise SyntaxFault(self.complain(f"Expected '{text}' {context} but found {self.current().describe()}"))
        return self.advance()

    def expect_name(self, message: str) -> Token:
        """Pass an identifier; `message` is the whole complaint if something else stands here."""
        if not self.at_kind(TokenKind.IDENTIFIER):
            raise SyntaxFault(self.complain(message))
        return self.advance()

    def enter_expression(self, context: str) -> None:
        """Count one more level of nesting; `leave_expression` undoes it unless a fault ends the statement."""
        self.expression_nesting += 1
        if self.expression_nesting > MAXIMUM_EXPRESSION_NESTING:
            limit = f"Maximum expression nesting depth of {MAXIMUM_EXPRESSION_NESTING} exceeded"
            raise SyntaxFault(self.complain(f"{limit} while parsing {context}"))

    def leave_expression(self) -> None:
        """Undo `enter_expression`."""
        self.expression_nesting -= 1
