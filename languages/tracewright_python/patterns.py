"""Compiled regular expressions and their matches, as objects of the program (`re.Pattern`, `re.Match`)."""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array
from tracewright.core.value import Value
from tracewright.hints import dont_look_inside, immutable_fields
from tracewright.lib.regular_expressions.cursor import PatternError
from tracewright.lib.regular_expressions.matcher import Matcher, MatchLimitExceeded
from tracewright_python import builtin_types as types
from tracewright_python.byte_objects import bytes_of, bytes_value
from tracewright_python.dictionaries import PyDict
from tracewright_python.exceptions import error, type_error
from tracewright_python.objects import PyObject, PyType
from tracewright_python.session import Session
from tracewright_python.sre_translation import SreTranslator, WrongCode
from tracewright_python.texts import as_str, text_value
from tracewright_python.values import NONE, type_name, type_of

UNMATCHED: Final = -1


@final
@immutable_fields("pattern", "flags", "codes[*]", "group_count", "names", "group_names[*]", "is_bytes")
class PyPattern(PyObject):
    """`re.compile(...)`"""

    def __init__(
        self,
        pattern: Value,
        flags: int,
        codes: Array[int],
        group_count: int,
        names: PyDict,
        group_names: Array[Value],
        is_bytes: bool,
    ) -> None:
        self.pattern = pattern
        self.flags = flags
        self.codes = codes
        self.group_count = group_count
        self.names = names
        self.group_names = group_names
        self.is_bytes = is_bytes
        self.free: Matcher | None = None  # that nobody matches with now
        self.free_whole: Matcher | None = None  # of the program that must reach the end

    def type_of(self) -> PyType:
        return types.PATTERN

    def take(self, whole: bool) -> Matcher:
        """A matcher, to be given back. Raises RuntimeError of the program."""
        found = self.free_whole if whole else self.free
        if found is not None:
            if whole:
                self.free_whole = None
            else:
                self.free = None
            return found
        try:
            return Matcher(SreTranslator(self.codes, self.group_count, whole).translate(self.flags))
        except WrongCode:
            raise error(types.RUNTIME_ERROR, "invalid SRE code")
        except PatternError:
            raise error(types.RUNTIME_ERROR, "the pattern is too large")

    def give_back(self, matcher: Matcher, whole: bool) -> None:
        """It may be used again."""
        matcher.refused = -1
        matcher.text = ""
        if whole:
            self.free_whole = matcher
        else:
            self.free = matcher


@final
@immutable_fields("pattern", "subject", "text", "start", "stop", "places[*]", "last")
class PyMatch(PyObject):
    """What was found: the ends of the groups, and the number of the group that ended last (0: none)."""

    def __init__(
        self, pattern: PyPattern, subject: Value, text: str, start: int, stop: int, places: Array[int], last: int
    ) -> None:
        self.pattern = pattern
        self.subject = subject
        self.text = text
        self.start = start
        self.stop = stop
        self.places = places
        self.last = last

    def type_of(self) -> PyType:
        return types.MATCH

    def part(self, group: int, default: Value) -> Value:
        """What a group caught."""
        first, after = self.places[2 * group], self.places[2 * group + 1]
        return default if first == UNMATCHED else part_of(self.pattern, self.subject, self.text, first, after)


def part_of(pattern: PyPattern, subject: Value, text: str, start: int, stop: int) -> Value:
    """A stretch of the subject, as a str or as bytes."""
    if pattern.is_bytes:
        data = bytes_of(subject)
        return bytes_value(b"" if data is None else data[start:stop])
    if start == 0 and stop == len(text) and type_of(subject).is_builtin:
        return subject
    return text_value(text[start:stop])


def subject_text(pattern: PyPattern, subject: Value) -> str:
    """The text that is matched: of bytes, each is a character. Raises TypeError."""
    found = as_str(subject)
    if found is not None:
        if pattern.is_bytes:
            raise type_error("cannot use a bytes pattern on a string-like object")
        return found.text()
    data = bytes_of(subject)
    if data is None:
        raise type_error(f"expected string or bytes-like object, got '{type_name(subject)}'")
    if not pattern.is_bytes:
        raise type_error("cannot use a string pattern on a bytes-like object")
    return data.decode("latin-1")


class Way:
    """Where a match must lie."""

    SEARCH: Final = 0
    AT_START: Final = 1
    WHOLE: Final = 2


@final
class Scanner:
    """One walk over a subject: matches one after the other."""

    def __init__(self, pattern: PyPattern, subject: Value, start: int, stop: int) -> None:
        self.pattern = pattern
        self.subject = subject
        self.text = subject_text(pattern, subject)
        self.stop: int = max(min(stop, len(self.text)), 0)
        self.start: int = min(max(start, 0), self.stop)
        self.place: int = self.start
        self.refuses_empty = False
        self.places: Array[int] = Array(0, 0)
        self.last = 0

    @dont_look_inside
    def step(self, session: Session, way: int) -> bool:
        """Find the next match. Raises MemoryError."""
        if self.place > self.stop:
            return False
        pattern = self.pattern
        whole = way == Way.WHOLE
        matcher = pattern.take(whole)
        matcher.refused = self.place if self.refuses_empty else -1
        text = self.text if self.stop == len(self.text) else self.text[: self.stop]
        try:
            found = matcher.search(text, self.place) if way == Way.SEARCH else matcher.match_at(text, self.place)
            if not found:
                return False
            self.places = matcher.groups()
            self.last = max(matcher.registers[2 * (pattern.group_count + 1)], 0)
        except MatchLimitExceeded:
            raise MemoryError
        finally:
            pattern.give_back(matcher, whole)
        self.place = self.places[1]
        self.refuses_empty = self.places[0] == self.places[1]
        return True

    def match(self) -> PyMatch:
        """What was found last."""
        return PyMatch(self.pattern, self.subject, self.text, self.start, self.stop, self.places, self.last)


def found_match(session: Session, pattern: PyPattern, subject: Value, start: int, stop: int, way: int) -> Value:
    """The match, or None."""
    scanner = Scanner(pattern, subject, start, stop)
    return Value.of_object(scanner.match()) if scanner.step(session, way) else NONE
