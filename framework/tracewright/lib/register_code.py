"""Code of register machines: what a small language's compiler writes, and what its interpreter runs.

An instruction is a word of 64 bits, `operation | a << 8 | b << 24 | c << 40`: three operands, most of them registers.
Where a number needs more room, as a place to jump to does, it is b and c together.
"""

from __future__ import annotations

from typing import final

from tracewright.core.arrays import Array, unchecked_get
from tracewright.core.value import Value
from tracewright.hints import GuestCode, immutable_fields
from tracewright.lib.array_tools import array_from
from tracewright.lib.tokens import SourceError, Token


class CodeWriter:
    """A function while it is compiled; a language adds what it must know of its variables.

    `frame_size` grows with the registers that instructions write, which is always operand a.
    """

    def __init__(self, name: str, first_register: int) -> None:
        self.name = name
        self.parameters = 0
        self.frame_size = first_register
        self.words: list[int] = []
        self.tokens: list[Token] = []
        self.constants: list[Value] = []

    def emit(self, token: Token, operation: int, a: int, b: int = 0, c: int = 0) -> int:
        """Add an instruction, which comes from this token; gives its place."""
        self.words.append(operation | a << 8 | b << 24 | c << 40)
        self.tokens.append(token)
        self.frame_size = max(self.frame_size, a + 1)
        return len(self.words) - 1

    def land(self, place: int) -> None:
        """The jump at `place`, written without knowing where to, comes here."""
        self.words[place] |= len(self.words) << 24

    def constant(self, value: Value) -> int:
        """The number of a new constant."""
        self.constants.append(value)
        return len(self.constants) - 1

    def finish(self) -> RegisterCode:
        """What the interpreter runs."""
        return RegisterCode(self)


@final
@immutable_fields("name", "parameters", "frame_size", "words[*]", "constants[*]")
class RegisterCode(GuestCode):
    """A compiled function. `tokens` say where its instructions come from."""

    def __init__(self, writer: CodeWriter) -> None:
        super().__init__(len(writer.words))
        self.name = writer.name
        self.parameters = writer.parameters
        self.frame_size = writer.frame_size
        self.words: Array[int] = array_from(writer.words, 0)
        self.constants: Array[Value] = array_from(writer.constants, Value.NULL)
        self.tokens = writer.tokens

    def object(self, number: int) -> object:
        """What a constant points to; the language knows of which class it is."""
        return unchecked_get(self.constants, number).as_object()

    def located(self, error: Exception, pc: int) -> SourceError:
        """What went wrong in the instruction at `pc`, with its place: a call further in may know it already."""
        if isinstance(error, SourceError):
            return error if error.line > 0 else self.tokens[pc].error(error.message)
        if isinstance(error, ZeroDivisionError):
            return self.tokens[pc].error("division by zero")
        return self.tokens[pc].error("too many calls inside each other")


def describe(code: GuestCode, pc: int) -> str:
    """The place of an instruction, for the JIT's listings."""
    return f"{code.name}:{code.tokens[pc].line}" if isinstance(code, RegisterCode) else "?"
