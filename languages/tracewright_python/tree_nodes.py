"""Nodes of `ast` as objects of the program: their places, constants, and what they hold besides other nodes."""

from __future__ import annotations

from typing import Final

from tracewright.core.text import code_at
from tracewright.core.value import Value
from tracewright.guest.diagnostics import Span
from tracewright_python.big_ints import big_constant
from tracewright_python.byte_objects import bytes_value
from tracewright_python.complex_numbers import complex_value
from tracewright_python.diagnostics import LineIndex
from tracewright_python.importing import import_by_name
from tracewright_python.lists import list_of
from tracewright_python.objects import as_instance, as_type, new_instance
from tracewright_python.session import Session
from tracewright_python.syntax import (
    BytesConstant,
    Constant,
    FloatConstant,
    ImaginaryConstant,
    IntegerConstant,
    SingletonConstant,
    StringConstant,
)
from tracewright_python.texts import text_value
from tracewright_python.tree_names import (
    FIELDS,
)
from tracewright_python.values import ELLIPSIS, NONE

SINGLETONS: Final[list[Value]] = [NONE, Value.FALSE, Value.TRUE, ELLIPSIS]
"""By the numbers of Singleton."""


class NodeWriter:
    """Makes single nodes."""

    def __init__(self, session: Session, source: str) -> None:
        self.lines = LineIndex(source)
        self.session = session
        self.classes = import_by_name(session, "_ast")
        self.shared: dict[str, Value] = {}  # `ast.Load()` and other nodes without fields

    def instance(self, name: str) -> Value:
        """A node of a class, without fields."""
        kind = as_type(self.session.get_attribute(self.session, self.classes, name))
        assert kind is not None
        return Value.of_object(new_instance(kind))

    def bare(self, name: str, values: list[Value]) -> Value:
        """A node with the fields of its class, and no place."""
        result = self.instance(name)
        names = FIELDS[name]
        for k in range(len(values)):
            self.set(result, names[k], values[k])
        return result

    def set(self, node: Value, name: str, value: Value) -> None:
        """Fill in one field."""
        instance = as_instance(node)
        assert instance is not None
        instance.set_named(name, value)

    def node(self, name: str, span: Span, values: list[Value]) -> Value:
        """A node with its place; columns count bytes of UTF-8 from 0."""
        result = self.bare(name, values)
        self.set(result, "lineno", Value.of_int(span.line))
        self.set(result, "col_offset", Value.of_int(self.byte_column(span.line, span.column)))
        self.set(result, "end_lineno", Value.of_int(span.end_line))
        self.set(result, "end_col_offset", Value.of_int(self.byte_column(span.end_line, span.end_column)))
        return result

    def byte_column(self, line: int, column: int) -> int:
        """How many bytes stand in a line before a column."""
        if not 1 <= line <= len(self.lines.starts):
            return column - 1
        start = self.lines.starts[line - 1]
        before = self.lines.text[start : start + column - 1]
        return len(before) if before.isascii() else utf8_length(before)

    # --- fields ---

    def optional_text(self, text: str | None) -> Value:
        return NONE if text is None else text_value(text)

    def texts(self, texts: list[str]) -> Value:
        return list_of([text_value(text) for text in texts])

    def choice(self, names: list[str], number: int) -> Value:
        """One of the nodes that stand for a number of ours; there is one of each."""
        name = names[number]
        found = self.shared.get(name, Value.UNDEFINED)
        if found.same(Value.UNDEFINED):
            found = self.instance(name)
            self.shared[name] = found
        return found

    def choices(self, names: list[str], numbers: list[int]) -> Value:
        return list_of([self.choice(names, number) for number in numbers])

    # --- constants ---

    def constant(self, node: Constant) -> Value:
        """A value of the source."""
        result = self.node("Constant", node.span, [])
        self.set(result, "value", constant_value(node))
        has_u = isinstance(node, StringConstant) and node.has_u
        self.set(result, "kind", text_value("u") if has_u else NONE)
        return result


def constant_value(node: Constant) -> Value:
    """What a constant is."""
    match node:
        case SingletonConstant():
            return SINGLETONS[node.value]
        case IntegerConstant():
            return Value.of_int(node.value) if node.fits else big_constant(node.digits)
        case FloatConstant():
            return Value.of_float(node.value)
        case ImaginaryConstant():
            return complex_value(0.0, node.value)
        case StringConstant():
            return text_value(node.value)
        case BytesConstant():
            return bytes_value(node.value)
        case _:
            raise AssertionError("a constant of no known class")


def utf8_length(text: str) -> int:
    """How many bytes a text takes; a lone surrogate takes three."""
    count = 0
    for index in range(len(text)):
        code = code_at(text, index)
        count += 1 if code < 0x80 else 2 if code < 0x800 else 3 if code < 0x10000 else 4
    return count
