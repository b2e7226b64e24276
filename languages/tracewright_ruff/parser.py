"""The front half in one call: source text to syntax tree."""

from dataclasses import dataclass
from typing import final

from tracewright_ruff.diagnostics import Diagnostic
from tracewright_ruff.lexer import Lexer
from tracewright_ruff.parser_statements import StatementParser
from tracewright_ruff.syntax import Program


@final
@dataclass
class ParseResult:
    """The tree, which is only to be used where `diagnostics` is empty."""

    program: Program
    diagnostics: list[Diagnostic]


def parse(source: str) -> ParseResult:
    """Lex and parse `source`. Text that the lexer finds fault with is not parsed: its faults would only multiply."""
    lexer = Lexer(source, 1, 1)
    lexer.run()
    if len(lexer.diagnostics) > 0:
        return ParseResult(Program([]), lexer.diagnostics)
    diagnostics: list[Diagnostic] = []
    program = StatementParser(lexer.tokens, diagnostics).parse_program()
    return ParseResult(program, diagnostics)
