"""What values can point to, and code objects."""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array, array_of
from tracewright.core.value import Value
from tracewright.hints import GuestCode, dont_look_inside, immutable_fields
from tracewright.lib.guest_globals import Global
from tracewright.lib.numeric_values import is_number, number_text, values_same


class Thing:
    """Base class of everything a Value can point to."""


@final
@immutable_fields("text")
class Text(Thing):
    """A string."""

    def __init__(self, text: str) -> None:
        self.text = text


# Immutable fields: in a trace the code object is a constant, so its instructions are, too.
@final
@immutable_fields("name", "parameters", "frame_size", "words[*]", "constants[*]", "globals[*]")
class Code(GuestCode):
    """A compiled function or program. The compiler fills it in."""

    def __init__(self, name: str) -> None:
        super().__init__(0)
        self.name = name
        self.parameters = 0
        self.frame_size = 0
        self.words: Array[int] = Array(0, 0)
        self.lines: Array[int] = Array(0, 0)
        self.constants: Array[Value] = Array(0, Value.NULL)
        self.globals: Array[Global] = NO_GLOBALS


NO_GLOBALS: Final[Array[Global]] = array_of([])


@final
@immutable_fields("code")
class Function(Thing):
    """A function as a value."""

    def __init__(self, code: Code) -> None:
        self.code = code


def truth(value: Value) -> bool:
    """Everything is true but nil and false."""
    return not (value.same(Value.NULL) or value.same(Value.FALSE))


def equal(left: Value, right: Value) -> bool:
    """`left == right`"""
    if left.is_object() and right.is_object():
        a, b = left.as_object(), right.as_object()
        if isinstance(a, Text) and isinstance(b, Text):
            return texts_equal(a, b)
    return values_same(left, right)


@dont_look_inside
def texts_equal(left: Text, right: Text) -> bool:
    """A loop over characters: a call in traces."""
    return left.text == right.text


@dont_look_inside
def shown(value: Value) -> str:
    """What `print` writes."""
    if is_number(value):
        return number_text(value)
    if value.is_bool():
        return "true" if value.as_bool() else "false"
    if value.is_object():
        thing = value.as_object()
        return thing.text if isinstance(thing, Text) else "<function>"
    return "nil"
