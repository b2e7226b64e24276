"""A place in a source file."""

from dataclasses import dataclass
from typing import final


@final
@dataclass(frozen=True, slots=True)
class SourceSpan:
    """Lines and columns count from 1; the end column is one past the last character."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


NOWHERE = SourceSpan("<built in>", 0, 0, 0, 0)
