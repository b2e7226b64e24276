"""What values can point to, and code objects."""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array, array_of
from tracewright.core.value import Value
from tracewright.hints import GuestCode, immutable_fields
from tracewright.lib.guest_globals import Global
from tracewright.lib.guest_objects import GuestObject


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
class Function(GuestObject):
    """A function as a value. Strings are `Text`, numbers and the rest no objects."""

    def __init__(self, code: Code) -> None:
        self.code = code

    def shown(self) -> str:
        return "<function>"
