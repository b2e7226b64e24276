"""The words of Newlang."""

from __future__ import annotations

from typing import Final

from tracewright.guest.tokens import TokenRules, TokenStream, tokenize

RULES: Final = TokenRules(
    "and else false fun if let nil not or print return true while", "== != <= >= < > = + - * / % ( ) { } ,", "#"
)


def token_stream(text: str) -> TokenStream:
    """The tokens of a program, for the compiler. Raises SourceError."""
    return TokenStream(tokenize(text, RULES))
