"""Step 1: a calculator. `tracewright build languages/tracewright_tutorial/step1_calculator.py -o calculator`

    print 1 + 2 * (3 - 4)

It computes while it parses. Everything here is the dialect: typed Python that also runs under CPython.
"""

from __future__ import annotations

from typing import Final

from tracewright.core.system import run_as_program, write_output
from tracewright.guest.command import run_command
from tracewright.guest.diagnostics import SourceError
from tracewright.guest.tokens import FLOAT, INTEGER, TokenRules, TokenStream, tokenize
from tracewright.lib.float_text import float_repr

RULES: Final = TokenRules("print", "+ - * / ( )", "#")
LEVELS: Final = ["+-", "*/"]  # operators by how tightly they bind, loosest first


def binary(tokens: TokenStream, level: int) -> float:
    """Operands of this level and what stands between them."""
    if level == len(LEVELS):
        return operand(tokens)
    left = binary(tokens, level + 1)
    while tokens.peek().text in LEVELS[level]:
        token = tokens.next()
        right = binary(tokens, level + 1)
        match token.text:
            case "+":
                left = left + right
            case "-":
                left = left - right
            case "*":
                left = left * right
            case _:
                if right == 0.0:
                    raise SourceError("division by zero", token.line)
                left = left / right
    return left


def operand(tokens: TokenStream) -> float:
    """A number, a negated operand, or an expression in parentheses."""
    token = tokens.next()
    if token.kind == INTEGER:
        return float(token.integer)
    if token.kind == FLOAT:
        return token.real
    if token.text != "-" and token.text != "(":
        raise SourceError(f"an expression cannot begin with '{token.text}'", token.line)
    with tokens.nesting:  # so deep and no deeper
        if token.text == "-":
            return -operand(tokens)
        value = binary(tokens, 0)
        tokens.expect(")")
        return value


def run_text(text: str) -> None:
    """Run a program."""
    tokens = TokenStream(tokenize(text, RULES))
    while not tokens.at_end():
        tokens.expect("print")
        write_output((float_repr(binary(tokens, 0)) + "\n").encode())


def main() -> int:
    """The command."""
    return run_command("calculator", run_text)


if __name__ == "__main__":
    run_as_program(main)
