"""Mistakes in guest programs: what is wrong, where, and how it is shown.

loop.moth:3:14: this is not a function
  print total()
             ^
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

from tracewright.core.system import write_error
from tracewright.lib.utf16 import utf8_of_units


@final
@dataclass(frozen=True)
class Span:
    """A place in a program: lines and columns count from 1, the end column is one past the last character; 0: not known."""

    line: int
    column: int
    end_line: int
    end_column: int


class SourceError(Exception):
    """A mistake in a guest program: found before it runs, or while it does.

    Lines and columns count from 1; 0: not known. With an `end_column` (one past the last character, in the same line), the
    whole stretch is marked.
    """

    def __init__(self, message: str, line: int = 0, column: int = 0, end_column: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.column = column
        self.end_column = end_column


def located(error: SourceError, name: str) -> str:
    """`FILE:LINE:COLUMN: message`: what of it is known."""
    if error.line == 0:
        return f"{name}: {error.message}"
    if error.column == 0:
        return f"{name}:{error.line}: {error.message}"
    return f"{name}:{error.line}:{error.column}: {error.message}"


def report(error: SourceError, name: str, text: str) -> None:
    """Write a mistake as compilers do: where, what, and, if the lines of `text` are known, that line with a mark below the place."""
    write_error(utf8_of_units(rendered(error, name, text)))


def rendered(error: SourceError, name: str, text: str) -> str:
    """What `report` writes."""
    lines = text.split("\n")
    message = located(error, name) + "\n"
    if 0 < error.line <= len(lines) and text != "":
        source = lines[error.line - 1]
        message += f"  {source}\n"
        if error.column > 0:
            before = "".join(["\t" if character == "\t" else " " for character in source[: error.column - 1]])
            end = min(error.end_column, len(source) + 1)
            message += f"  {before}^{'~' * (end - error.column - 1)}\n"
    return message
