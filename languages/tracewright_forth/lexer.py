"""Forth's lexer: words between blanks. `\\` starts a comment; `."` is followed by text up to the next quote."""

from __future__ import annotations

from typing import Final, final

from tracewright.lib.tokens import SourceError

PRINT_TEXT: Final = '."'


@final
class ForthToken:
    """A word as it is written (`."`, for a text, with the text in `rest`)."""

    def __init__(self, text: str, line: int, rest: str) -> None:
        self.text = text
        self.line = line
        self.rest = rest


def read_words(text: str) -> list[ForthToken]:
    """All words of a program."""
    found: list[ForthToken] = []
    number = 0
    for line in text.split("\n"):
        number += 1
        position = 0
        while position < len(line):
            if line[position].isspace():
                position += 1
                continue
            end = position
            while end < len(line) and not line[end].isspace():
                end += 1
            word = line[position:end]
            if word == "\\":
                break
            rest = ""
            if word == PRINT_TEXT:
                quote = line.find('"', end)
                if quote < 0:
                    raise SourceError('." has no closing quote on its line', number)
                rest = line[end + 1 : quote]
                end = quote + 1
            found.append(ForthToken(word.lower(), number, rest))
            position = end
    return found
