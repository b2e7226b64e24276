"""Mistakes in guest programs: what is wrong, where, and how it is shown.

loop.moth:3:14: this is not a function
  print total()
             ^
  called by run, loop.moth:9
  called by program, main.moth:2
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, final

from tracewright.core.system import write_error
from tracewright.guest.sources import UnreadableSource, read_source
from tracewright.hints import immutable_fields
from tracewright.lib.utf16 import utf8_of_units

MOST_CALLS: Final = 10  # that are shown at either end of a row that is longer than twice as many


@final
@dataclass(frozen=True)
class Span:
    """A place in a program: lines and columns count from 1, the end column is one past the last character; 0: not known."""

    line: int
    column: int
    end_line: int
    end_column: int


@final
@immutable_fields("function", "line", "file", "inner")
class Call:
    """A call that an error has left: who called and where; `inner` is the call that this one led to."""

    def __init__(self, function: str, line: int, file: str, inner: Call | None) -> None:
        self.function = function
        self.line = line
        self.file = file
        self.inner = inner


class SourceError(Exception):
    """A mistake in a guest program: found before it runs, or while it does.

    Lines and columns count from 1; 0: not known. With an `end_column` (one past the last character, in the same line), the
    whole stretch is marked. `file` is the path of the text, "" for the program that was given to run.
    """

    def __init__(self, message: str, line: int = 0, column: int = 0, end_column: int = 0, file: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.column = column
        self.end_column = end_column
        self.file = file
        self.calls: Call | None = None  # the outermost

    def called_by(self, function: str, line: int, file: str = "") -> None:
        """The error leaves a call that the function has made in this line; calls further in have been told before."""
        self.calls = Call(function, line, file, self.calls)


def located(error: SourceError, name: str) -> str:
    """`FILE:LINE:COLUMN: message`: what of it is known. `name` is how the program that was given to run is called."""
    name = error.file if error.file != "" else name
    if error.line == 0:
        return f"{name}: {error.message}"
    if error.column == 0:
        return f"{name}:{error.line}: {error.message}"
    return f"{name}:{error.line}:{error.column}: {error.message}"


def report(error: SourceError, name: str, text: str) -> None:
    """Write a mistake as compilers do: where, what, if the lines of `text` are known, that line with a mark below the place, and
    the calls that led there. A mistake in another file than the program is shown with the line of that file."""
    write_error(utf8_of_units(rendered(error, name, text if error.file == "" else _text_of(error.file))))


def _text_of(file: str) -> str:
    try:
        return read_source(file.encode())
    except (UnreadableSource, ValueError):
        return ""


def rendered(error: SourceError, name: str, text: str) -> str:
    """What `report` writes, where `text` is that of the error's file."""
    lines = text.split("\n")
    message = located(error, name) + "\n"
    if 0 < error.line <= len(lines) and text != "":
        source = lines[error.line - 1]
        message += f"  {source}\n"
        if error.column > 0:
            before = "".join(["\t" if character == "\t" else " " for character in source[: error.column - 1]])
            end = min(error.end_column, len(source) + 1)
            message += f"  {before}^{'~' * (end - error.column - 1)}\n"
    return message + _shown_calls(error, name)


def _shown_calls(error: SourceError, name: str) -> str:
    """A line for each call, the innermost first; of very many, those at both ends."""
    lines: list[str] = []
    call = error.calls
    while call is not None:
        file = call.file if call.file != "" else name
        lines.append(f"  called by {call.function}, {file}:{call.line}\n")
        call = call.inner
    lines.reverse()
    if len(lines) > 2 * MOST_CALLS:
        left_out = len(lines) - 2 * MOST_CALLS
        lines[MOST_CALLS:-MOST_CALLS] = [f"  ... {left_out} more calls\n"]
    return "".join(lines)
