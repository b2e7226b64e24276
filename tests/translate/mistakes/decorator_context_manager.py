"""A function that `contextmanager` wraps."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def marked(marks: list[str]) -> Iterator[None]:
    marks.append("in")
    yield
    marks.append("out")


def main() -> int:
    marks: list[str] = []
    with marked(marks):
        marks.append("inside")
    return len(marks)
