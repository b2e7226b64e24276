"""A name that is of different types in two alternatives, as in `case Number(x) | Word(x)`.

Why: a local has one machine type.
Instead: a case for each.
"""

from dataclasses import dataclass


@dataclass
class Token:
    line: int


@dataclass
class Number(Token):
    value: int


@dataclass
class Word(Token):
    text: str


def describe(token: Token) -> str:
    match token:
        case Number(_, x) | Word(_, x):
            return str(x)
        case _:
            return ""


def main() -> int:
    return len(describe(Word(1, "a")))
