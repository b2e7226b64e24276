"""Regular expressions. A text that is no pattern matches nothing."""

from __future__ import annotations

from typing import Final

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.lib.builder import StringBuilder
from tracewright.lib.regular_expressions.matcher import Matcher, MatchLimitExceeded
from tracewright.lib.utf16 import text_of_units, units_of_text
from tracewright_ruff.builtins.library_state import library_state
from tracewright_ruff.errors import GuestError
from tracewright_ruff.objects import as_string, text_value, texts_array
from tracewright_ruff.regex_syntax import matcher_of
from tracewright_ruff.session import ARITY_ANY, Session, W_Native

MOST_PATTERNS: Final = 256  # kept ready
MOST_STEPS: Final = 20_000_000
TOO_MUCH: Final = "The regular expression needs too many steps for this text"


def _arguments(stack: VMStack, first: int, count: int, message: str, expected: int) -> list[str]:
    texts: list[str] = []
    for index in range(expected):
        text = as_string(stack[first + index]) if index < count else None
        if text is None:
            raise GuestError(message)
        texts.append(text.flat())
    return texts


def _matcher(session: Session, pattern: str) -> Matcher | None:
    """The pattern's matcher, made when first asked for; None where it is no pattern."""
    known = library_state(session).patterns
    if pattern in known:
        return known[pattern]
    if len(known) >= MOST_PATTERNS:
        known.clear()
    made = matcher_of(pattern)
    known[pattern] = made
    return made


def _search(matcher: Matcher, text: str, start: int) -> bool:
    try:
        return matcher.search(text, start, MOST_STEPS)
    except MatchLimitExceeded:
        raise GuestError(TOO_MUCH)


def _next_match(matcher: Matcher, text: str, start: int, last_end: int) -> bool:
    """Find the next match behind another one that ended at `last_end` (-1: there was none), where no empty one may stand."""
    place = start
    while place <= len(text) and _search(matcher, text, place):
        if matcher.registers[0] != matcher.registers[1] or matcher.registers[1] != last_end:
            return True
        place += 2 if "\ud800" <= text[place : place + 1] < "\udc00" else 1
    return False


def native_match(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`regex_match(text, pattern)`: whether there is a match anywhere"""
    given = _arguments(stack, first, count, "regex_match requires two string arguments (text, pattern)", 2)
    matcher = _matcher(session, given[1])
    return Value.of_bool(matcher is not None and _search(matcher, units_of_text(given[0]), 0))


def native_find_all(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`regex_find_all(text, pattern)`: all matches"""
    given = _arguments(stack, first, count, "regex_find_all requires two string arguments (text, pattern)", 2)
    matcher = _matcher(session, given[1])
    found: list[str] = []
    if matcher is not None:
        text = units_of_text(given[0])
        end = -1
        while _next_match(matcher, text, max(end, 0), end):
            end = matcher.registers[1]
            found.append(text_of_units(text[matcher.registers[0] : end]))
    return texts_array(found)


def native_split(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`regex_split(text, pattern)`: what stands between the matches"""
    given = _arguments(stack, first, count, "regex_split requires two string arguments (text, pattern)", 2)
    matcher = _matcher(session, given[1])
    if matcher is None:
        return texts_array([given[0]])
    text = units_of_text(given[0])
    parts: list[str] = []
    end = -1
    while _next_match(matcher, text, max(end, 0), end):
        parts.append(text_of_units(text[max(end, 0) : matcher.registers[0]]))
        end = matcher.registers[1]
    parts.append(text_of_units(text[max(end, 0) :]))
    return texts_array(parts)


def native_replace(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`regex_replace(text, pattern, replacement)`: all matches; `$1`, `$name` and `${name}` stand for groups"""
    message = "regex_replace requires three string arguments (text, pattern, replacement)"
    given = _arguments(stack, first, count, message, 3)
    matcher = _matcher(session, given[1])
    if matcher is None:
        return stack[first]
    text = units_of_text(given[0])
    builder = StringBuilder()
    end = -1
    while _next_match(matcher, text, max(end, 0), end):
        builder.append(text[max(end, 0) : matcher.registers[0]])
        end = matcher.registers[1]
        _expand(units_of_text(given[2]), matcher, text, builder)
    builder.append(text[max(end, 0) :])
    return text_value(text_of_units(builder.build()))


def _expand(template: str, matcher: Matcher, text: str, builder: StringBuilder) -> None:
    """The replacement with what the groups have caught; a group that is not there is empty."""
    place = 0
    while place < len(template):
        character = template[place]
        place += 1
        if character != "$":
            builder.append(character)
            continue
        if template.startswith("$", place):
            builder.append("$")
            place += 1
            continue
        braced = template.startswith("{", place)
        start = place + 1 if braced else place
        end = template.find("}", start) if braced else start
        while not braced and end < len(template) and (template[end].isalnum() or template[end] == "_"):
            end += 1
        if end <= start:
            builder.append("$")
            continue
        builder.append(_group(template[start:end], matcher, text))
        place = end + 1 if braced else end


def _group(name: str, matcher: Matcher, text: str) -> str:
    names = matcher.program.group_names
    index = -1
    if name.isdigit() and name.isascii() and len(name) < 6:
        index = int(name)
    elif name in names:
        index = names.index(name)
    if not 0 <= index < len(names) or matcher.registers[2 * index] < 0:
        return ""
    return text[matcher.registers[2 * index] : matcher.registers[2 * index + 1]]


ROWS: Final[list[W_Native]] = [
    W_Native("regex_match", 2, 2, ARITY_ANY, native_match),
    W_Native("regex_find_all", 2, 2, ARITY_ANY, native_find_all),
    W_Native("regex_replace", 3, 3, ARITY_ANY, native_replace),
    W_Native("regex_split", 2, 2, ARITY_ANY, native_split),
]
