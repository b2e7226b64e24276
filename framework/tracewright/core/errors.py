"""Errors about the author's source: what is wrong, where, why, and how to mend it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, final

from tracewright.core.source_span import SourceSpan

ERROR: Final = "error"
WARNING: Final = "warning"  # translated all the same


@final
@dataclass(frozen=True, slots=True)
class Label:
    """A place that the error speaks of, and what it says there."""

    span: SourceSpan
    text: str


@final
class DialectError(Exception):
    """One thing the dialect does not allow, or (with severity WARNING) one that is hardly meant.

    `code` is a short stable name. The first label is the place to look at; the others say where that was decided.
    """

    def __init__(self, code: str, message: str, labels: Sequence[Label], help: str = "", severity: str = ERROR) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.labels = tuple(labels)
        self.help = help
        self.severity = severity

    @property
    def span(self) -> SourceSpan:
        return self.labels[0].span

    def because(self, *labels: Label) -> DialectError:
        """The same error with more places, least important last; places it speaks of already are left out."""
        known = {label.span for label in self.labels}
        more = [label for label in labels if label.span not in known and label.span.line > 0]
        return DialectError(self.code, self.message, [*self.labels, *more], self.help, self.severity)

    def render(self) -> str:
        """The message, each place with its source line and a mark below it, and the advice."""
        lines = [f"{self.severity}: {self.message} [{self.code}]"]
        for position, label in enumerate(self.labels):
            lines.extend(_excerpt(label, "^" if position == 0 else "-"))
        if self.help:
            lines.append(f"  help: {self.help}")
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.render()


@final
class DialectErrors(Exception):
    """Everything that one run found."""

    def __init__(self, errors: Sequence[DialectError]) -> None:
        super().__init__(f"{len(errors)} errors")
        self.errors = tuple(in_order(errors))

    def __str__(self) -> str:
        return "\n\n".join(error.render() for error in self.errors)


def in_order(errors: Iterable[DialectError]) -> list[DialectError]:
    """By file and line, each once: the same mistake may be met on several ways."""
    unique = {(error.code, error.message, error.span): error for error in errors}
    return sorted(unique.values(), key=lambda error: (error.span.path, error.span.line, error.span.column))


def shown_path(path: str) -> str:
    """The path from the current directory, where it is inside; so that editors and terminals can open it."""
    here = os.getcwd() + os.sep
    return path.removeprefix(here)


def _excerpt(label: Label, mark: str) -> list[str]:
    span = label.span
    text = label.text
    if span.line < 1:  # the translator's own
        return [f"  {text}"] if text else []
    place = f"  {shown_path(span.path)}:{span.line}:{span.column}"
    try:
        source = Path(span.path).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeError):
        source = []
    if span.line > len(source):
        return [f"{place}: {text}" if text else place]
    line = source[span.line - 1]
    end = span.end_column if span.end_line == span.line else len(line) + 1
    before = "".join("\t" if letter == "\t" else " " for letter in line[: span.column - 1])
    marks = mark * max(1, end - span.column)
    return [place, f"    {line}", f"    {before}{marks} {text}".rstrip()]
