"""The text of nested values, safe against objects that contain themselves and against any depth.

    a = [1, 2]   a[1] = a   print a          [1, ...]

A class of guest objects that holds values writes itself, and leaves the values to the display:

    class List(GuestObject):
        def show(self, display: Display) -> None:
            display.write("[")
            for k in range(self.count):
                display.separate(k)
                display.value(self.items[k])
            display.write("]")
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.value import Value
from tracewright.guest.numeric_values import is_number, number_text
from tracewright.hints import dont_look_inside

DEEPEST: Final = 1000  # objects inside each other; what lies deeper is shown as `...`
ELLIPSIS: Final = "..."


class Showable:
    """What a display can show."""

    def show(self, display: Display) -> None:
        """Write this object's text."""
        raise NotImplementedError


@final
class Display:
    """Collects text. `quotes` says whether strings inside other objects are quoted."""

    def __init__(self, quotes: bool = False) -> None:
        self.pieces: list[str] = []
        self.open: list[Showable] = []  # the objects that are being written, outermost first
        self.quotes = quotes

    def write(self, text: str) -> None:
        """Add text as it is."""
        self.pieces.append(text)

    def separate(self, number: int) -> None:
        """Add `, ` before every item but number 0."""
        if number > 0:
            self.pieces.append(", ")

    def value(self, value: Value) -> None:
        """Add the text of a value."""
        if is_number(value):
            self.write(number_text(value))
        elif value.is_bool():
            self.write("true" if value.as_bool() else "false")
        elif value.is_object():
            thing = value.as_object()
            if isinstance(thing, Showable):
                self.thing(thing)
            else:
                self.write("<object>")
        else:
            self.write("nil")

    def thing(self, thing: Showable) -> None:
        """Add the text of an object, or `...` where it is being written already."""
        if len(self.open) >= DEEPEST or self._is_open(thing):
            self.write(ELLIPSIS)
            return
        self.open.append(thing)
        thing.show(self)
        self.open.pop()

    def is_inside(self) -> bool:
        """Whether the object that is being written stands inside another one."""
        return len(self.open) > 1

    def text(self) -> str:
        """Everything so far."""
        return "".join(self.pieces)

    def _is_open(self, thing: Showable) -> bool:
        for other in self.open:
            if other is thing:
                return True
        return False


@dont_look_inside
def shown(value: Value) -> str:
    """A Value's text, as `print` writes it."""
    display = Display()
    display.value(value)
    return display.text()


_ESCAPES: Final[dict[str, str]] = {"\n": "\\n", "\t": "\\t", "\r": "\\r", "\0": "\\0", '"': '\\"', "\\": "\\\\"}


@dont_look_inside
def quoted(text: str) -> str:
    """A string as a program of `guest/tokens.py` would write it."""
    return '"' + "".join([_ESCAPES.get(character, character) for character in text]) + '"'
