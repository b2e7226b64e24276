"""What interrupts a guest program, as exceptions of the interpreter."""

from __future__ import annotations

from typing import final

from tracewright.core.value import Value
from tracewright.guest.assembler import AssembledCode
from tracewright.guest.diagnostics import Span
from tracewright.guest.objects import GuestObject


@final
class GuestFault(Exception):
    """Something the language answers with an error of its own, such as a TypeError: raised where no realm is at hand.

    The interpreter makes the object of it and throws that.
    """

    def __init__(self, kind: str, message: str, is_of_callee: bool = False) -> None:
        super().__init__(message)
        self.kind = kind  # the constructor's name
        self.message = message
        self.is_of_callee = is_of_callee  # what an instruction calls can be called no such way; the message shows it


@final
class Thrown(Exception):
    """A guest value on its way to a handler. `code` and `pc` say where it was thrown, once the interpreter has seen it."""

    def __init__(self, value: Value) -> None:
        super().__init__("thrown")
        self.value = value
        self.code: AssembledCode | None = None
        self.pc = 0
        self.trace: GuestObject | None = (
            None  # of an error that is thrown for the first time: it is told of frames on the way
        )

    def span(self) -> Span:
        """Where it was thrown; line 0 where nobody knows."""
        code = self.code
        return Span(0, 0, 0, 0) if code is None else code.span_at(self.pc)


def type_error(message: str) -> GuestFault:
    """A TypeError."""
    return GuestFault("TypeError", message)


def stack_overflow() -> GuestFault:
    """The RangeError of calls that nest too deeply."""
    return GuestFault("RangeError", "Maximum call stack size exceeded")


def exhausted(error: Exception) -> GuestFault:
    """The RangeError for something that there is no more of: stack or memory."""
    return stack_overflow() if isinstance(error, RecursionError) else GuestFault("RangeError", "Out of memory")


def range_error(message: str) -> GuestFault:
    """A RangeError."""
    return GuestFault("RangeError", message)


def not_there(what: str) -> GuestFault:
    """A part of the language that this engine does not have yet."""
    return GuestFault("Error", f"not there yet: {what}")
