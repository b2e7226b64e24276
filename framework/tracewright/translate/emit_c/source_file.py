"""A file for the C compiler."""

from dataclasses import dataclass
from typing import final


@final
@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file for the compiler. `threaded`: compile it so that repeated indirect jumps stay apart. Not `watched`: the collector's.
    `seldom`: what it holds runs seldom (`seldom.py`)."""

    name: str
    text: str
    threaded: bool = False
    watched: bool = True
    seldom: bool = False
