"""Functions that stop in the middle: generators, and what they have in common with async functions.

The frame of such a function is a SuspendedFrame (`guest/suspended.py`) while it does not run. The object that has it stands in a slot of the
frame, so that `yield`, `return` and the unwinding of an error find it. How it is resumed is in the object, too: with a value, with
an error that is thrown where it stopped, or with a value that is returned from there.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.guest.frames import LINK_SLOTS
from tracewright.guest.placements import NO_ROW
from tracewright.guest.shapes import Shape
from tracewright.guest.suspended import SuspendedFrame, can_resume, finish, is_finished, suspend
from tracewright.hints import immutable_fields
from tracewright_javascript.bytecode import Code
from tracewright_javascript.errors import type_error
from tracewright_javascript.objects import JSObject, plain_object
from tracewright_javascript.realm import Realm


class Resumption:
    """How a frame goes on."""

    NEXT: Final = 0
    THROW: Final = 1
    RETURN: Final = 2


@immutable_fields("frame", "code")
class Resumable(JSObject):
    """A function that was called and has not ended."""

    def __init__(self, shape: Shape, code: Code) -> None:
        super().__init__(shape, NO_ROW)
        self.code = code
        self.frame = SuspendedFrame(code, Array(code.frame_size - LINK_SLOTS, Value.UNDEFINED))
        self.mode: int = Resumption.NEXT
        self.sent: Value = Value.UNDEFINED
        self.start_pc = -1  # of a generator: where it waits for its first resumption

    def suspend_at(self, stack: VMStack, base: int, pc: int) -> None:
        """Keep the frame; it will go on at `pc`."""
        suspend(self.frame, stack, base, LINK_SLOTS, self.code.frame_size, pc)

    def is_finished(self) -> bool:
        """Whether it has returned, or thrown."""
        return is_finished(self.frame)

    def promise_value(self) -> Value:
        """Of a call of an async function: its promise. Undefined for others."""
        return Value.UNDEFINED

    def finish_frame(self) -> None:
        """The function has ended."""
        finish(self.frame, LINK_SLOTS, self.code.frame_size)


@final
class JSGenerator(Resumable):
    """What a call of a generator function returns."""

    def class_text(self) -> str:
        return "Object"

    def prepare(self, mode: int, sent: Value) -> None:
        """Say how it is resumed next. Raises GuestFault if it runs."""
        if not can_resume(self.frame):
            raise type_error("Generator is already running")
        self.mode = mode
        self.sent = sent


@final
@immutable_fields("promise")
class AsyncActivation(Resumable):
    """A call of an async function: its promise is what the call returns."""

    def __init__(self, shape: Shape, code: Code, promise: JSObject) -> None:
        super().__init__(shape, code)
        self.promise = promise

    def promise_value(self) -> Value:
        return Value.of_object(self.promise)


def result_object(realm: Realm, value: Value, done: bool) -> Value:
    """What `next()` returns."""
    result = plain_object(realm.result_shape)
    result.first = value
    result.second = Value.of_bool(done)
    return Value.of_object(result)
