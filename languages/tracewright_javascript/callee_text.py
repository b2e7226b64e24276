"""How an error names what was called: `o.zz is not a function`, as it is written in the program.

The place of a call is that of its last name, or of the parenthesis; what stands before it is read backwards in the source text, which is done only when
such an error is made:

    a.b(1)[2].zz()      a.b(...)[2].zz        (x => x)().y()    (intermediate value)(...).y
"""

from __future__ import annotations

from typing import Final

from tracewright.core.cast import unsafe_cast
from tracewright_javascript.bytecode import Code
from tracewright_javascript.realm import Realm

INTERMEDIATE: Final = "(intermediate value)"
LONGEST: Final = 200  # units of source that are looked at


def callee_text(code: Code, pc: int) -> str:
    """What the instruction calls; empty where the text is not at hand."""
    source = unsafe_cast(Realm, code.realm).agent.sources.get(code.file)
    span = code.span_at(pc)
    if source is None or span.line == 0:
        return ""
    place = _offset(source, span.line) + span.column - 1
    if source.startswith("new ", place):
        return _name_from(source, place + 4)
    if source.startswith("(", place):
        return _before(source, place)
    end = place
    while end < len(source) and _is_name(source[end]):
        end += 1
    return _before(source, end)


def call_text(code: Code, pc: int) -> str:
    """The whole call, with its arguments; empty where the text is not at hand."""
    callee = callee_text(code, pc)
    source = unsafe_cast(Realm, code.realm).agent.sources.get(code.file)
    if callee == "" or source is None:
        return ""
    span = code.span_at(pc)
    start = _offset(source, span.line) + span.column - 1
    while start < len(source) and _is_name(source[start]):
        start += 1
    return callee + source[start : _offset(source, span.end_line) + span.end_column - 1]


def _offset(source: str, line: int) -> int:
    """Where a line begins."""
    start = 0
    for _ in range(1, line):
        start = source.find("\n", start) + 1
    return start


def _is_name(unit: str) -> bool:
    return unit.isalnum() or unit == "_" or unit == "$" or unit == "#" or unit > "\x7f"


def _name_from(source: str, start: int) -> str:
    end = start
    while end < len(source) and (_is_name(source[end]) or source[end] == "."):
        end += 1
    return source[start:end] if end > start else INTERMEDIATE


def _before(source: str, end: int) -> str:
    """The chain of names, indexes and calls that ends here."""
    limit = max(end - LONGEST, 0)
    parts: list[str] = []  # from the last to the first
    while True:
        end = _skip_blanks(source, end, limit)
        unit = source[end - 1] if end > limit else ""
        if unit == ")" or unit == "]":
            start = _opening(source, end - 1, limit)
            if start < 0:
                return _joined(INTERMEDIATE, parts)
            before = source[start - 1] if start > limit else ""
            if unit == ")" and not (_is_name(before) or before == ")" or before == "]"):
                return _joined(INTERMEDIATE, parts)
            if unit == "]" and not (_is_name(before) or before == ")" or before == "]" or before == "."):
                return _joined(INTERMEDIATE, parts)
            parts.append("(...)" if unit == ")" else source[start:end])
            end = start
            continue
        start = end
        while start > limit and _is_name(source[start - 1]):
            start -= 1
        if start == end:
            return _joined(INTERMEDIATE, parts)
        parts.append(source[start:end])
        end = _skip_blanks(source, start, limit)
        if end <= limit or source[end - 1] != "." or source.startswith("..", end - 2):
            return _joined("", parts)
        is_optional = end - 2 >= limit and source[end - 2] == "?"
        parts.append("?." if is_optional else ".")
        end -= 2 if is_optional else 1


def _skip_blanks(source: str, end: int, limit: int) -> int:
    while end > limit and source[end - 1] in " \t\r\n":
        end -= 1
    return end


def _opening(source: str, end: int, limit: int) -> int:
    """Where the bracket is opened that closes at `end`; -1 where it is too far away."""
    close = source[end]
    opening = "(" if close == ")" else "["
    depth = 0
    while end >= limit:
        if source[end] == close:
            depth += 1
        elif source[end] == opening:
            depth -= 1
            if depth == 0:
                return end
        end -= 1
    return -1


def _joined(first: str, parts: list[str]) -> str:
    return first + "".join([parts[index] for index in range(len(parts) - 1, -1, -1)])
