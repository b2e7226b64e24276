"""Errors about the author's source: what is wrong, where, why, and how to mend it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import final

from tracewright.core.source_span import SourceSpan


@final
@dataclass(frozen=True, slots=True)
class Label:
    """A place that the error speaks of, and what it says there."""

    span: SourceSpan
    text: str


@final
class DialectError(Exception):
    """One thing the dialect does not allow. `code` is a short stable name; the first label is the place to look at."""

    def __init__(self, code: str, message: str, labels: Sequence[Label], help: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.labels = tuple(labels)
        self.help = help

    @property
    def span(self) -> SourceSpan:
        return self.labels[0].span

    def render(self) -> str:
        """The message, each place with its source line and carets, and the advice."""
        lines = [f"error: {self.message} [{self.code}]"]
        for label in self.labels:
            lines.append(f"  {label.span}")
            lines.extend(_excerpt(label))
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
        self.errors = tuple(errors)

    def __str__(self) -> str:
        return "\n\n".join(error.render() for error in self.errors)


def _excerpt(label: Label) -> list[str]:
    span = label.span
    try:
        source = Path(span.path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return [f"    {label.text}"] if label.text else []
    if not 1 <= span.line <= len(source):
        return [f"    {label.text}"] if label.text else []
    line = source[span.line - 1]
    end = span.end_column if span.end_line == span.line else len(line) + 1
    carets = " " * (span.column - 1) + "^" * max(1, end - span.column)
    return [f"    {line}", f"    {carets} {label.text}".rstrip()]
