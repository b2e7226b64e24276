"""What Lox values point to: texts and functions; and what is the same everywhere: truth, printing."""

from __future__ import annotations

from typing import final

from tracewright.core.value import Value
from tracewright.hints import GuestCode, dont_look_inside, immutable_fields
from tracewright.lib.numeric_values import is_number, number_text, values_same


class LoxObject:
    """Base class of everything a Value can point to."""


@final
@immutable_fields("text")
class Text(LoxObject):
    """A string."""

    def __init__(self, text: str) -> None:
        self.text = text


@final
@immutable_fields("name", "code")
class Function(LoxObject):
    """A function value."""

    def __init__(self, name: str, code: GuestCode) -> None:
        self.name = name
        self.code = code


def truth(value: Value) -> bool:
    """Everything is true but nil and false."""
    return not (value.same(Value.NULL) or value.same(Value.FALSE))


def as_text(value: Value) -> Text | None:
    """The string object, or None."""
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, Text):
            return thing
    return None


def equal(left: Value, right: Value) -> bool:
    """`left == right`"""
    if left.is_object() and right.is_object():
        a, b = as_text(left), as_text(right)
        if a is not None and b is not None:
            return texts_equal(a, b)
    return values_same(left, right)


@dont_look_inside
def texts_equal(left: Text, right: Text) -> bool:
    return left.text == right.text


@dont_look_inside
def join(left: Value, right: Value) -> Value:
    """Two strings as one; UNDEFINED for anything else."""
    a, b = as_text(left), as_text(right)
    if a is None or b is None:
        return Value.UNDEFINED
    return Value.of_object(Text(a.text + b.text))


@dont_look_inside
def shown(value: Value) -> str:
    """What `print` writes."""
    if is_number(value):
        return number_text(value)
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, Text):
            return thing.text
        if isinstance(thing, Function):
            return f"<fun {thing.name}>"
    if value.is_bool():
        return "true" if value.as_bool() else "false"
    return "nil"
