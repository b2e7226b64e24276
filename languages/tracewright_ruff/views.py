"""Forms of a guest program that `tracewright show` prints: its tokens and its bytecode. Hosted only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from tracewright_ruff.builtins.registry import new_session
from tracewright_ruff.compiler import compile_program
from tracewright_ruff.disassembly import disassemble
from tracewright_ruff.lexer import Lexer
from tracewright_ruff.parser import parse


def show_tokens(text: str, file: str) -> str:
    """One token per line, with its place."""
    lexer = Lexer(text, 1, 1)
    lexer.run()
    lines = [f"{token.line:4}:{token.column:<4} {token.describe()}" for token in lexer.tokens]
    return "\n".join([*lines, *(diagnostic.render(file) for diagnostic in lexer.diagnostics), ""])


def show_bytecode(text: str, file: str) -> str:
    """The code of the program and of its functions, or what is wrong with it."""
    result = parse(text)
    if result.diagnostics:
        return "".join(diagnostic.render(file) for diagnostic in result.diagnostics)
    session = new_session()
    return disassemble(compile_program(session, session.globals, file, result.program, False)) + "\n"


SHOWS: Final[dict[str, Callable[[str, str], str]]] = {"tokens": show_tokens, "bytecode": show_bytecode}
