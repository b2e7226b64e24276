"""What crosses the border between a host and a language that has lists and tables."""

from __future__ import annotations

from typing import final

import pytest

from tracewright.core.embedding import Request
from tracewright.core.value import Value
from tracewright.guest import plain_values
from tracewright.guest.diagnostics import SourceError
from tracewright.guest.embedding import answer
from tracewright.guest.language import EmbeddingError, GuestLanguage
from tracewright.guest.objects import GuestObject, Text, as_guest_object
from tracewright.guest.plain_values import PlainReader, PlainWriter


@final
class Row(GuestObject):
    def __init__(self, items: list[Value]) -> None:
        self.items = items


@final
class Record(GuestObject):
    def __init__(self, keys: list[str], values: list[Value]) -> None:
        self.keys = keys
        self.values = values


@final
class Echo(GuestLanguage):
    """`call` gives its arguments back; of none, a row that is in itself."""

    def call(self, name: str, arguments: list[Value]) -> Value:
        row = Row(arguments)
        if not arguments:
            row.items.append(Value.of_object(row))
        return Value.of_object(row)

    def list_from_host(self, items: list[Value]) -> Value:
        return Value.of_object(Row(items))

    def table_from_host(self, keys: list[str], values: list[Value]) -> Value:
        return Value.of_object(Record(keys, values))

    def list_for_host(self, value: Value) -> list[Value] | None:
        thing = as_guest_object(value)
        return thing.items if isinstance(thing, Row) else None

    def table_for_host(self, value: Value) -> tuple[list[str], list[Value]] | None:
        thing = as_guest_object(value)
        return (thing.keys, thing.values) if isinstance(thing, Record) else None


@final
class Bare(GuestLanguage):
    def call(self, name: str, arguments: list[Value]) -> Value:
        return Value.of_object(Row([])) if arguments else Value.of_object(Text("done"))


def nested() -> PlainWriter:
    """`[1, {"a": None, "b": [2.5]}], "x"`"""
    writer = PlainWriter()
    writer.put_list(2)
    writer.put_int(1)
    writer.put_table(2)
    writer.put_key("a")
    writer.put_nothing()
    writer.put_key("b")
    writer.put_list(1)
    writer.put_float(2.5)
    writer.put_text("x")
    return writer


def test_lists_and_tables_cross_both_ways() -> None:
    result = PlainWriter()
    Echo().answer_call("f", PlainReader(nested().finish()), 2, result)
    expected = PlainWriter()
    expected.put_list(2)
    assert result.finish() == expected.finish() + nested().finish()


def test_a_result_that_contains_itself_is_an_error() -> None:
    with pytest.raises(EmbeddingError, match="the result contains itself, or is nested too deep"):
        Echo().answer_call("f", PlainReader(b""), 0, PlainWriter())


def test_a_language_without_them_says_so() -> None:
    with pytest.raises(EmbeddingError, match="takes no lists and no tables"):
        Bare().answer_call("f", PlainReader(nested().finish()), 1, PlainWriter())
    number = PlainWriter()
    number.put_int(1)
    with pytest.raises(EmbeddingError, match="the result has no plain form"):
        Bare().answer_call("f", PlainReader(number.finish()), 1, PlainWriter())


@final
class Failing(GuestLanguage):
    def __init__(self, error: Exception) -> None:
        self.error = error

    def call(self, name: str, arguments: list[Value]) -> Value:
        raise self.error


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (SourceError("no", 2, 1), "<embedded>:2:1: no"),
        (OSError(28, "full"), "cannot write the output: No space left on device"),
        (MemoryError(), "out of memory"),
        (RecursionError(), "too deeply nested"),
    ],
)
def test_whatever_a_called_function_fails_by_is_told(error: Exception, message: str) -> None:
    request = PlainWriter()
    request.put_word(Request.CALL)
    request.put_key("f")
    request.put_word(0)
    reply = PlainReader(answer(Failing(error), request.finish()))
    assert reply.take_tag() == plain_values.FALSE
    assert reply.take_text() == message
