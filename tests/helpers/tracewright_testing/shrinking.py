"""Makes a failing guest program small: deletes statements, unwraps blocks and simplifies expressions, greedily.

It knows programs only by their layout (one statement a line, blocks indented by four), which the generators keep. A block goes on where a
line at the depth of its head begins with a closing brace, or with a word that continues a statement.
"""

import re
import time
from collections.abc import Callable, Iterator

Fails = Callable[[str], bool]
INDENT = "    "
CONTINUING = ("}", "else:", "elif ", "except ", "except:", "finally:")
SIMPLER = ("1", "2.5", '"a"', "[1]")


def indentation(line: str) -> int:
    """Blanks before the line's first character."""
    return len(line) - len(line.lstrip())


def unit_end(lines: list[str], start: int) -> int:
    """The line behind the statement that begins at `start`, with all its blocks."""
    depth, end = indentation(lines[start]), start + 1
    while end < len(lines):
        closes = indentation(lines[end]) == depth and lines[end].lstrip().startswith(CONTINUING)
        if indentation(lines[end]) <= depth and not closes:
            break
        end += 1
    return end


def statements(lines: list[str]) -> list[tuple[int, int]]:
    """Begin and end of every statement, the longest first."""
    spans = [(i, unit_end(lines, i)) for i, line in enumerate(lines) if not line.lstrip().startswith(CONTINUING)]
    return sorted(spans, key=lambda span: span[0] - span[1])


def runs(lines: list[str]) -> Iterator[list[str]]:
    """The program without several neighbouring top-level statements, many at once first."""
    tops = [(start, end) for start, end in sorted(statements(lines)) if indentation(lines[start]) == 0]
    size = len(tops) // 2
    while size > 1:
        for first in range(0, len(tops), size):
            last = min(first + size, len(tops)) - 1
            yield lines[: tops[first][0]] + lines[tops[last][1] :]
        size //= 2


def deletions(lines: list[str]) -> Iterator[list[str]]:
    """The program without one statement."""
    for start, end in statements(lines):
        yield lines[:start] + lines[end:]


def unwrappings(lines: list[str]) -> Iterator[list[str]]:
    """The program with a block's contents instead of the statement around it, or without an `else` or `except`."""
    for start, end in statements(lines):
        if end - start < 3:
            continue
        depth = indentation(lines[start])
        marks = [start, *(i for i in range(start + 1, end) if indentation(lines[i]) == depth)]
        for first, second in zip(marks, marks[1:], strict=False):
            inner = [line.removeprefix(INDENT) for line in lines[first + 1 : second]]
            yield lines[:start] + inner + lines[end:]
        for first, second in zip(marks[1:], marks[2:], strict=False):
            yield lines[:first] + lines[second:]


def simplifications(lines: list[str]) -> Iterator[list[str]]:
    """The program with one bracketed expression replaced by a simple one or by its contents, or a smaller number."""
    for number, line in enumerate(lines):
        for start, end in bracketed(line):
            inner = re.sub(r"^\w*[(\[]", "", line[start : end - 1])
            for shorter in (*SIMPLER, inner):
                if len(shorter) < end - start:
                    yield [*lines[:number], line[:start] + shorter + line[end:], *lines[number + 1 :]]
        for found in re.finditer(r"\b\d{2,}\b", line):
            for smaller in (str(int(found[0]) // 2), "3"):
                yield [*lines[:number], line[: found.start()] + smaller + line[found.end() :], *lines[number + 1 :]]


def bracketed(line: str) -> list[tuple[int, int]]:
    """Where a parenthesis or bracket opens and closes in the line, with the name of a called function before it."""
    spans, open_at = [], []
    for position, character in enumerate(line):
        if character in "([":
            open_at.append(position)
        elif character in ")]" and open_at:
            start = open_at.pop()
            spans.append((start, position + 1))
            name = re.search(r"\w+$", line[:start])
            if name is not None:
                spans.append((name.start(), position + 1))
    return sorted(spans, key=lambda span: span[0] - span[1])


def shrink(text: str, fails: Fails, seconds: float = 60.0) -> str:
    """The smallest program found in the given time for which `fails` still holds."""
    deadline = time.monotonic() + seconds
    lines = text.rstrip("\n").split("\n")
    progress = True
    while progress:
        progress = False
        for candidates in (runs, deletions, unwrappings, simplifications):
            smaller = _repeat(lines, candidates, fails, deadline)
            progress = progress or smaller != lines
            lines = smaller
        if time.monotonic() > deadline:
            break
    return "\n".join(lines) + "\n"


def _repeat(
    lines: list[str], candidates: Callable[[list[str]], Iterator[list[str]]], fails: Fails, deadline: float
) -> list[str]:
    """Apply the first successful change again and again, going on behind it rather than starting anew."""
    skip = 0
    while True:
        for position, smaller in enumerate(candidates(lines)):
            if time.monotonic() > deadline:
                return lines
            if position >= skip and fails("\n".join(smaller) + "\n"):
                lines, skip = smaller, position
                break
        else:
            if skip == 0:
                return lines
            skip = 0
