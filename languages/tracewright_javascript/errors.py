"""What interrupts a guest program, as exceptions of the interpreter."""

from __future__ import annotations

from typing import final

from tracewright.core.value import Value


@final
class GuestFault(Exception):
    """Something the language answers with an error of its own, such as a TypeError: raised where no realm is at hand.

    The interpreter makes the object of it and throws that.
    """

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind  # the constructor's name
        self.message = message


@final
class Thrown(Exception):
    """A guest value on its way to a handler. `line` and `column` say where it was thrown, once the interpreter has seen it."""

    def __init__(self, value: Value) -> None:
        super().__init__("thrown")
        self.value = value
        self.line = 0
        self.column = 0


def type_error(message: str) -> GuestFault:
    """A TypeError."""
    return GuestFault("TypeError", message)


def range_error(message: str) -> GuestFault:
    """A RangeError."""
    return GuestFault("RangeError", message)


def not_there(what: str) -> GuestFault:
    """A part of the language that this engine does not have yet."""
    return GuestFault("Error", f"not there yet: {what}")
