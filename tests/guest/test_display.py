"""Texts of nested values end, whatever contains what."""

import sys

from tracewright.core.system import HOSTED_DEPTH
from tracewright.core.value import Value
from tracewright.guest.display import DEEPEST, Display, quoted, shown
from tracewright.guest.objects import GuestObject, Text
from tracewright.guest.tokens import TEXT, TokenRules, tokenize

sys.setrecursionlimit(HOSTED_DEPTH)  # as hosted languages run


class Row(GuestObject):
    def __init__(self, items: list[Value]) -> None:
        self.items = items

    def show(self, display: Display) -> None:
        display.write("[")
        for k, item in enumerate(self.items):
            display.separate(k)
            display.value(item)
        display.write("]")


def row(*items: Value) -> Value:
    return Value.of_object(Row(list(items)))


def test_values() -> None:
    text = Value.of_object(Text('a"b'))
    everything = row(Value.of_int(1), Value.of_float(2.5), Value.TRUE, Value.NULL, text, row())
    assert shown(everything) == '[1, 2.5, true, nil, a"b, []]'
    display = Display(quotes=True)
    display.value(text)
    display.write(" ")
    display.value(row(text))
    assert display.text() == 'a"b ["a\\"b"]'
    assert shown(Value.of_object(GuestObject())) == "<object>"


def test_cycles_end_and_what_is_there_twice_is_shown_twice() -> None:
    inner = Row([Value.of_int(1)])
    outer = Row([Value.of_object(inner), Value.of_object(inner)])
    assert shown(Value.of_object(outer)) == "[[1], [1]]"
    inner.items.append(Value.of_object(outer))
    assert shown(Value.of_object(outer)) == "[[1, ...], [1, ...]]"
    assert shown(Value.of_object(inner)) == "[1, [..., ...]]"


def test_any_depth_ends() -> None:
    value = row()
    for _ in range(20 * DEEPEST):
        value = row(value)
    assert shown(value) == "[" * DEEPEST + "..." + "]" * DEEPEST


def test_quoted_text_reads_back() -> None:
    text = 'a\n\t"\\\0é'
    token, _ = tokenize(quoted(text), TokenRules("", "", "#"))
    assert (token.kind, token.text) == (TEXT, text)
