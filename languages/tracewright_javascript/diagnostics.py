"""What is wrong with a source text: the exception of the front half, and how a mistake is printed."""

from __future__ import annotations

from typing import Final, final

from tracewright.core.text import code_at
from tracewright.guest.diagnostics import Span

_LONGEST_SHOWN: Final = 160  # units of a source line; minified files have lines of megabytes
_SHOWN_BEFORE: Final = 60


@final
class SyntaxFault(Exception):
    """The text is no program of the language. `start` and `end` are offsets in its units; the first fault is the only one.

    `at_end`: the text only stops too early, so that a REPL may ask for another line.
    """

    def __init__(self, message: str, start: int, end: int, at_end: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.start = start
        self.end = end
        self.at_end = at_end


def is_line_terminator(code: int) -> bool:
    """Line feed, carriage return, or one of Unicode's two separators."""
    return code == 0x0A or code == 0x0D or code == 0x2028 or code == 0x2029


@final
class Place:
    """A position in a text as people count: line and column from 1, and the line itself."""

    def __init__(self, source: str, offset: int) -> None:
        self.line = 1
        start = 0
        index = 0
        stop = min(offset, len(source))
        while index < stop:
            code = code_at(source, index)
            index += 1
            if is_line_terminator(code) and not (
                code == 0x0D and index < len(source) and code_at(source, index) == 0x0A
            ):
                self.line += 1
                start = index
        end = start
        while end < len(source) and not is_line_terminator(code_at(source, end)):
            end += 1
        self.column: int = offset - start + 1
        self.text: str = source[start:end]


def located(fault: SyntaxFault, source: str, file: str) -> str:
    """`FILE:LINE:COLUMN: SyntaxError: message`, the line, and carets below what is wrong; each line with its newline, in units."""
    place = Place(source, fault.start)
    head = f"{file}:{place.line}:{place.column}: SyntaxError: {fault.message}\n"
    return head + excerpt(place.text, place.column, fault.end - fault.start, "  ")


def excerpt(line: str, column: int, length: int, indent: str) -> str:
    """A line of the text, and carets below what is meant; of a long line only what is around that."""
    cut = 0
    if len(line) > _LONGEST_SHOWN and column > _SHOWN_BEFORE:
        cut = column - _SHOWN_BEFORE
    shown = line[cut : cut + _LONGEST_SHOWN]
    before = column - 1 - cut
    width = min(max(length, 1), max(len(shown) - before, 1))
    margin = "".join(["\t" if unit == "\t" else " " for unit in shown[:before]])
    return f"{indent}{shown}\n{indent}{margin}{'^' * width}\n"


def line_of(source: str, line: int) -> str:
    """The text of a line, counted from 1."""
    index = LineIndex(source)
    return "" if line > len(index.starts) else Place(source, index.starts[line - 1]).text


@final
class LineIndex:
    """Where the lines of a text begin, to find many places in it."""

    def __init__(self, source: str) -> None:
        self.starts: list[int] = [0]
        index = 0
        while index < len(source):
            code = code_at(source, index)
            index += 1
            if is_line_terminator(code) and not (
                code == 0x0D and index < len(source) and code_at(source, index) == 0x0A
            ):
                self.starts.append(index)

    def line(self, offset: int) -> int:
        """The line of a place, from 1."""
        low = 0
        high = len(self.starts)
        while low < high:
            middle = (low + high) >> 1
            if self.starts[middle] <= offset:
                low = middle + 1
            else:
                high = middle
        return low

    def span(self, start: int, end: int) -> Span:
        """A stretch of the text."""
        first = self.line(start)
        last = self.line(end)
        return Span(first, start - self.starts[first - 1] + 1, last, end - self.starts[last - 1] + 1)
