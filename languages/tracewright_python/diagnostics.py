"""What is wrong with a source text, and where offsets lie in its lines."""

from __future__ import annotations

from typing import Final, final

from tracewright.core.text import code_at
from tracewright.guest.diagnostics import Span

UNKNOWN_COLUMN: Final = 0


class FaultKind:
    """The exception that a fault becomes."""

    SYNTAX: Final = 0
    INDENTATION: Final = 1
    TAB: Final = 2


FAULT_NAMES: Final[list[str]] = ["SyntaxError", "IndentationError", "TabError"]
"""By the numbers of FaultKind."""


@final
class SyntaxFault(Exception):
    """The text is no program. The fields are those of Python's SyntaxError: columns count from 1; `end_column` may be UNKNOWN_COLUMN or less.

    `text` is the line that is shown; None: the source's own.
    """

    def __init__(self, message: str, span: Span, kind: int = FaultKind.SYNTAX, text: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.span = span
        self.kind = kind
        self.text = text
        self.is_generic = False  # nothing is known but that the grammar stops here
        self.is_final = False  # told as it is: nothing else that the tokens could mean is tried


@final
class SourceWarning:
    """What a correct text surely does not mean, and the part of the text that it is about."""

    def __init__(self, message: str, span: Span) -> None:
        self.message = message
        self.span = span


@final
class LineIndex:
    """Where the lines of a text begin; its newlines are line feeds."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts: list[int] = [0]
        self._last = 0  # the line that was asked for last, less one: the next one is mostly near
        place = text.find("\n")
        while place >= 0:
            self.starts.append(place + 1)
            place = text.find("\n", place + 1)

    def line(self, offset: int) -> int:
        """The line of an offset, from 1."""
        starts = self.starts
        last = self._last
        if starts[last] <= offset and (last + 1 == len(starts) or offset < starts[last + 1]):
            return last + 1
        low = 0
        high = len(starts)
        while low < high:
            middle = (low + high) >> 1
            if starts[middle] <= offset:
                low = middle + 1
            else:
                high = middle
        self._last = low - 1
        return low

    def column(self, offset: int) -> int:
        """The column of an offset, from 1."""
        return offset - self.starts[self.line(offset) - 1] + 1

    def span(self, start: int, end: int) -> Span:
        """A stretch of the text."""
        last = self.line(end)
        first = self.line(start)
        return Span(first, start - self.starts[first - 1] + 1, last, end - self.starts[last - 1] + 1)

    def line_text(self, line: int) -> str:
        """A line without its newline; empty beyond the text."""
        if not 1 <= line <= len(self.starts):
            return ""
        start = self.starts[line - 1]
        end = start
        while end < len(self.text) and code_at(self.text, end) != 0x0A:
            end += 1
        return self.text[start:end]
