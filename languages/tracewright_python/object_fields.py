"""What nodes of `ast` hold besides other nodes, read with CPython's words for what is missing or wrong."""

from __future__ import annotations

from typing import Final

from tracewright.core.value import Value
from tracewright.guest.diagnostics import Span
from tracewright_python.conversions import required_text
from tracewright_python.display import repr_text
from tracewright_python.errors import Raised
from tracewright_python.exceptions import type_error, value_error
from tracewright_python.lists import as_list
from tracewright_python.session import Session
from tracewright_python.syntax import (
    Singleton,
)
from tracewright_python.texts import as_str
from tracewright_python.tree_names import (
    BINARY_OPERATORS,
    BOOLEAN_OPERATORS,
    COMPARISONS,
    CONTEXTS,
    FIELDS,
    UNARY_OPERATORS,
)
from tracewright_python.tree_nodes import SINGLETONS
from tracewright_python.values import NONE, type_name, type_of

KNOWN: Final[dict[str, bool]] = dict.fromkeys(
    [*FIELDS, "Constant", *CONTEXTS, *BOOLEAN_OPERATORS, *BINARY_OPERATORS, *UNARY_OPERATORS, *COMPARISONS], True
)
"""The classes of `ast` that are read."""


PLACED: Final[list[str]] = ["expr", "stmt", "pattern"]
"""Kinds of nodes that say where they stand, of which that is asked first."""


class FieldReader:
    """Reads places, texts, numbers and choices. Raises TypeError and ValueError of the program."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def kind(self, value: Value) -> str:
        """The class of `ast` that an object is of; "" for other objects."""
        for base in type_of(value).mro:
            if base.name in KNOWN and not base.is_builtin:
                return base.name
        return ""

    def field(self, value: Value, name: str) -> Value:
        """A field that must be there."""
        found = self.session.find_attribute(self.session, value, name)
        if found.same(Value.UNDEFINED):
            raise type_error(f'required field "{name}" missing from {self.kind(value)}')
        return found

    def unexpected(self, what: str, value: Value) -> Raised:
        """Something stands where a node of another kind must be."""
        if what in PLACED and self.session.find_attribute(self.session, value, "lineno").same(Value.UNDEFINED):
            return type_error(f'required field "lineno" missing from {what}')
        return type_error(f"expected some sort of {what}, but got {repr_text(self.session, value)}")

    def items(self, value: Value, name: str) -> list[Value]:
        """The values of a field that is a list."""
        row = as_list(self.field(value, name))
        if row is None:
            found = type_name(self.field(value, name))
            raise type_error(f'{self.kind(value)} field "{name}" must be a list, not a {found}')
        return row.values()

    # --- places ---

    def place(self, value: Value, name: str, otherwise: int) -> int:
        """A line or a column; the others are optional."""
        found = self.session.find_attribute(self.session, value, name)
        if found.is_int():
            return found.as_int()
        if otherwise < 0:
            raise type_error(f'required field "{name}" missing from {self.base(value)}')
        return otherwise

    def base(self, value: Value) -> str:
        """What messages call a node that lacks its place."""
        for base in type_of(value).mro:
            if base.name in ("expr", "stmt", "pattern", "excepthandler"):
                return base.name
        return self.kind(value)

    def span(self, value: Value) -> Span:
        """The place of a node."""
        line, column = self.place(value, "lineno", -1), self.place(value, "col_offset", -1)
        end_line = self.place(value, "end_lineno", line)
        end_column = self.place(value, "end_col_offset", column)
        return Span(line, column + 1, end_line, end_column + 1)

    # --- fields ---

    def text(self, value: Value, name: str) -> str:
        found = as_str(self.field(value, name))
        if found is None:
            raise type_error("AST identifier must be of type str")
        return found.text()

    def optional_text(self, value: Value, name: str) -> str | None:
        found = self.session.find_attribute(self.session, value, name)
        return None if found.same(Value.UNDEFINED) or found.same(NONE) else self.text(value, name)

    def texts(self, value: Value, name: str) -> list[str]:
        return [required_text(item, "AST identifier") for item in self.items(value, name)]

    def number(self, value: Value, name: str) -> int:
        found = self.session.find_attribute(self.session, value, name)
        if found.same(Value.UNDEFINED) or found.same(NONE):
            return 0
        if not found.is_int():
            raise value_error(f"invalid integer value: {repr_text(self.session, found)}")
        return found.as_int()

    def flag(self, value: Value, name: str) -> bool:
        return self.number(value, name) != 0

    def number_of_choice(self, names: list[str], value: Value) -> int:
        """Which of the nodes that stand for numbers of ours an object is."""
        kind = self.kind(value)
        for number in range(len(names)):
            if names[number] == kind:
                return number
        what = "expr_context" if names is CONTEXTS else "cmpop" if names is COMPARISONS else "operator"
        raise self.unexpected(what, value)

    def choice(self, names: list[str], value: Value, name: str) -> int:
        return self.number_of_choice(names, self.field(value, name))

    def choices(self, names: list[str], value: Value, name: str) -> list[int]:
        return [self.number_of_choice(names, item) for item in self.items(value, name)]

    def singleton(self, value: Value, name: str) -> int:
        found = self.field(value, name)
        for number in range(Singleton.TRUE + 1):
            if found.same(SINGLETONS[number]):
                return number
        raise value_error("MatchSingleton can only contain True, False and None")
