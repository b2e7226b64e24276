"""What `new Error` and errors of the language make."""

from __future__ import annotations

from typing import final

from tracewright.core.arrays import Array
from tracewright.core.value import Value
from tracewright.guest.objects import GuestObject
from tracewright.guest.shapes import Shape
from tracewright_javascript.objects import JSObject


@final
class JSError(JSObject):
    """What `new Error` makes."""

    def __init__(self, shape: Shape, row: Array[Value]) -> None:
        super().__init__(shape, row)
        self.trace: GuestObject | None = None  # a `stack_traces.StackTrace`: the calls when it was made

    def class_text(self) -> str:
        return "Error"
