"""What guest Values point to, strings first of all; and what small languages say of every Value: truth, equality, its text.

A language adds its own subclasses of GuestObject. Numbers are those of `numeric_values`, nil is `Value.NULL`.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.generic import hash_of
from tracewright.core.system import write_output
from tracewright.core.value import Value
from tracewright.guest.display import Display, Showable, quoted, shown
from tracewright.guest.numeric_values import number_add, values_same
from tracewright.guest.tokens import FLOAT, INTEGER, SYMBOL, TEXT, Token
from tracewright.hints import dont_look_inside, elidable, immutable_fields
from tracewright.lib.utf16 import utf8_of_units

_WORDS: Final[dict[str, Value]] = {"nil": Value.NULL, "true": Value.TRUE, "false": Value.FALSE}


class GuestObject(Showable):
    """Base class of everything that a Value can point to. A class that holds values overrides `show` (see `guest/display.py`)."""

    def shown(self) -> str:
        """What `print` writes, of an object that holds no others."""
        return "<object>"

    def show(self, display: Display) -> None:
        display.write(self.shown())


@final
@immutable_fields("text")
class Text(GuestObject):
    """A string."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.hash = 0  # 0 until somebody asks

    def show(self, display: Display) -> None:
        display.write(quoted(self.text) if display.quotes and display.is_inside() else self.text)

    def hashed(self) -> int:
        """A hash of the content, never 0. Differs between hosted and native runs: never let it be seen."""
        known = self.hash
        return known if known != 0 else self._compute_hash()

    @dont_look_inside
    def _compute_hash(self) -> int:
        code = hash_of(self.text)
        self.hash = code if code != 0 else 1
        return self.hash


def as_guest_object(value: Value) -> GuestObject | None:
    """What it points to, or None for anything else."""
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, GuestObject):
            return thing
    return None


def as_text(value: Value) -> Text | None:
    """The string, or None for anything else."""
    thing = as_guest_object(value)
    return thing if isinstance(thing, Text) else None


def literal(token: Token) -> Value:
    """What a number, a string, `nil`, `true` or `false` in a program stands for; UNDEFINED for any other token."""
    if token.kind == INTEGER:
        return Value.of_int(token.integer)
    if token.kind == FLOAT:
        return Value.of_float(token.real)
    if token.kind == TEXT:
        return Value.of_object(Text(token.text))
    return _WORDS.get(token.text, Value.UNDEFINED) if token.kind == SYMBOL else Value.UNDEFINED


def truth(value: Value) -> bool:
    """Everything is true but nil and false."""
    return not (value.same(Value.NULL) or value.same(Value.FALSE))


def values_equal(left: Value, right: Value) -> bool:
    """Equality of numbers and of strings by what they are worth, of everything else by identity."""
    if left.is_object() and right.is_object():
        a, b = as_text(left), as_text(right)
        if a is not None and b is not None:
            return texts_equal(a, b)
    return values_same(left, right)


@elidable
def texts_equal(left: Text, right: Text) -> bool:
    """Whether two strings have the same content."""
    return left.text == right.text


# Text is copied in a loop over raw memory, so a trace calls this.
@dont_look_inside
def joined(left: Value, right: Value) -> Value:
    """Two strings as one; UNDEFINED for anything else."""
    a, b = as_text(left), as_text(right)
    return Value.UNDEFINED if a is None or b is None else Value.of_object(Text(a.text + b.text))


def add(left: Value, right: Value) -> Value:
    """`left + right`: the sum of numbers, or two strings as one; UNDEFINED for anything else."""
    result = number_add(left, right)
    return joined(left, right) if result.same(Value.UNDEFINED) else result


@dont_look_inside
def print_line(value: Value) -> None:
    """Write a Value's text and a line feed to standard output."""
    write_output(utf8_of_units(shown(value) + "\n"))
