"""The text of a program, read word by word. Some words, such as `(`, read further themselves: Forth needs no other lexer."""

from __future__ import annotations

from typing import final

from tracewright.guest.diagnostics import SourceError


@final
class Source:
    """The word read last begins at `start`, in line `line`; the next is looked for from `position`."""

    def __init__(self, text: str) -> None:
        self.text = text + "\n"
        self.start = 0
        self.position = 0
        self.line = 1

    def word(self, needed: bool = True) -> str:
        """The next word, between blanks, in lower case; "" at the end, where none is needed."""
        text, start = self.text, self.position
        while start < len(text) and text[start].isspace():
            start += 1
        end = start
        while end < len(text) and not text[end].isspace():
            end += 1
        self.line += text[self.start : start].count("\n")
        self.start, self.position = start, end
        if needed and start == end:
            raise self.error("a word is missing at the end of the program")
        return text[start:end].lower()

    def until(self, mark: str) -> str:
        """The text up to the mark, which is passed."""
        start = self.position
        end = self.text.find(mark, start)
        if end < 0:
            raise self.error(f"{mark} is missing behind this")
        self.position = end + len(mark)
        return self.text[start:end]

    def error(self, message: str) -> SourceError:
        """A SourceError about the word read last."""
        return SourceError(message, self.line, self.start - self.text.rfind("\n", 0, self.start))
