"""Lox's lexer: the framework's, with Lox's words."""

from __future__ import annotations

from typing import Final

from tracewright.lib.tokens import TokenRules, TokenStream, tokenize

RULES: Final = TokenRules(
    "and else false for fun if nil or print return true var while", "!= <= >= == < > = + - * / % ! ( ) { } , ;", "//"
)


def token_stream(text: str) -> TokenStream:
    """The tokens of a program, for the parser. Raises SourceError."""
    return TokenStream(tokenize(text, RULES))
