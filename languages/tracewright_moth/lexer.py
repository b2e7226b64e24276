"""Moth's lexer: the framework's, with Moth's words."""

from __future__ import annotations

from typing import Final

from tracewright.lib.tokens import TokenRules, TokenStream, tokenize

RULES: Final = TokenRules(
    "and do else elseif end false for function if local nil not or print push return then true while",
    ".. == ~= <= >= < > = + - * / % # ( ) { } [ ] , . : ;",
    "--",
)


def token_stream(text: str) -> TokenStream:
    """The tokens of a program, for the compiler. Raises SourceError."""
    return TokenStream(tokenize(text, RULES))
