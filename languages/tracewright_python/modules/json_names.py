"""The names in JSON objects. Each is made once, and a row of names that has been met before need not be entered name by name.

    {"id": 1, "tags": []}      beginning -"id"-> row -"tags"-> row, which knows the keys of such a dict
    {"id": 2, "tags": [7]}     the same way, by comparing addresses

Texts that use objects as tables have other names in each; so few ways lead on from a row, and there are not many rows.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array, copy_items, unchecked_get, unchecked_set
from tracewright.core.text import code_at, find_escaped_narrow, same_range, width_of
from tracewright.core.value import Value
from tracewright_python.texts import PyStr, as_str

PLACES: Final = 512  # of names, a power of two
LONGEST: Final = 40  # code points of a name that is remembered
MOST_ROWS: Final = 2000
MOST_BRANCHES: Final = 12
DEEPEST_ROW: Final = 64


@final
class NameRow:
    """The names that an object had so far."""

    def __init__(self, before: NameRow | None, name: Value, count: int) -> None:
        self.before = before
        self.name = name  # the last of them
        self.plain = ""  # its text, if that stands in JSON as it is
        self.count = count
        self.branches: list[NameRow] = []
        self.likely: NameRow | None = None  # where the last object with these names went on

    def keys(self) -> Array[Value]:
        """The names, in a new array."""
        keys: Array[Value] = Array(self.count, self.name)
        row = self
        while row.before is not None:
            unchecked_set(keys, row.count - 1, row.name)
            row = row.before
        return keys

    def has(self, text: str) -> bool:
        """Whether a name is one of them."""
        row = self
        while row.before is not None:
            known = as_str(row.name)
            if known is not None and known.text() == text:
                return True
            row = row.before
        return False


def _stands_at(text: str, start: int, part: str) -> bool:
    """Whether a part, which fits, stands at a place of a text."""
    if width_of(text) == width_of(part):
        return same_range(text, start, part)
    return text.startswith(part, start)


@final
class JsonNames:
    """What a session remembers of the objects it has read."""

    def __init__(self) -> None:
        self.names: Array[PyStr | None] = Array(PLACES, None)
        self.beginning = NameRow(None, Value.UNDEFINED, 0)
        self.rows = 0

    def name(self, text: str, start: int, stop: int) -> Value:
        """The name `text[start:stop]`."""
        length = stop - start
        if length == 0 or length > LONGEST:
            return Value.of_object(PyStr(text[start:stop]))
        middle = code_at(text, start + (length >> 1))
        mixed = ((code_at(text, start) * 31 + middle) * 31 + code_at(text, stop - 1)) * 31 + length
        place = (mixed ^ mixed >> 9) & (PLACES - 1)
        for turn in range(2):
            known = unchecked_get(self.names, place ^ turn)
            if known is not None and known.length == length and _stands_at(text, start, known.flat):
                return Value.of_object(known)
        made = PyStr(text[start:stop])
        unchecked_set(self.names, place ^ 1, unchecked_get(self.names, place))
        unchecked_set(self.names, place, made)
        return Value.of_object(made)

    def expected(self, row: NameRow, text: str, quote: int) -> NameRow | None:
        """The row with one name more, if behind the quote stands the one that came next the last time."""
        likely = row.likely
        if likely is None:
            return None
        stop = quote + 1 + len(likely.plain)
        if stop >= len(text) or code_at(text, stop) != code_at(text, quote):
            return None
        return likely if likely.plain != "" and _stands_at(text, quote + 1, likely.plain) else None

    def after(self, row: NameRow, name: Value) -> NameRow | None:
        """The row with one name more; None where it is not remembered, or has the name already."""
        for branch in row.branches:
            if branch.name.same(name):
                row.likely = branch
                return branch
        return self._new_row(row, name)

    def _new_row(self, row: NameRow, name: Value) -> NameRow | None:
        if len(row.branches) == MOST_BRANCHES or self.rows == MOST_ROWS or row.count == DEEPEST_ROW:
            return None
        text = as_str(name)
        if text is None or row.has(text.text()):
            return None
        made = NameRow(row, name, row.count + 1)
        flat = text.text()
        if width_of(flat) == 1 and find_escaped_narrow(flat, 0, len(flat)) == len(flat):
            made.plain = flat
        row.branches.append(made)
        row.likely = made
        self.rows += 1
        return made


@final
class PendingValues:
    """The values of the lists and objects that have begun, the innermost last."""

    def __init__(self) -> None:
        self.items: Array[Value] = Array(32, Value.UNDEFINED)
        self.count = 0

    def add(self, value: Value) -> None:
        """One more."""
        if self.count == len(self.items):
            larger: Array[Value] = Array(2 * self.count, Value.UNDEFINED)
            copy_items(self.items, 0, larger, 0, self.count)
            self.items = larger
        unchecked_set(self.items, self.count, value)
        self.count += 1

    def take(self, start: int) -> Array[Value]:
        """Those from place `start` on, which are no longer pending."""
        taken: Array[Value] = Array(self.count - start, Value.UNDEFINED)
        copy_items(self.items, start, taken, 0, self.count - start)
        self.count = start
        return taken
