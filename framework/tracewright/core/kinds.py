"""The kinds of a word that machine code, traces and jitcode tell apart, as letters (in the operation table) and as numbers."""

from typing import Final

INT: Final = 0  # i: a number, a bool, an address
REF: Final = 1  # r: a heap reference or a Value
FLOAT: Final = 2  # f: a double
VOID: Final = 3  # v: nothing at all

LETTERS: Final = ["i", "r", "f", "v"]  # by number


def kind_number(letter: str) -> int:
    """The number of a letter."""
    match letter:
        case "i":
            return INT
        case "r":
            return REF
        case "f":
            return FLOAT
        case _:
            return VOID
