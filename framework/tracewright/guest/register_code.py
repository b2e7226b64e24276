"""Code of register machines: what a small language's compiler writes while it reads tokens, and what its interpreter runs."""

from __future__ import annotations

from tracewright.core.value import Value
from tracewright.guest.assembler import AssembledCode, Assembler, Label
from tracewright.guest.diagnostics import SourceError
from tracewright.guest.tokens import END, Token
from tracewright.hints import GuestCode, immutable_fields


class CodeWriter:
    """A function while it is compiled; a language adds what it must know of its variables.

    `frame_size` grows with the registers that instructions write, which is always operand a.
    """

    def __init__(self, name: str, first_register: int) -> None:
        self.name = name
        self.parameters = 0
        self.frame_size = first_register
        self.assembler = Assembler(name)
        self.token = Token(END, "", 0, 0)  # that the last instruction comes from

    def emit(self, token: Token, operation: int, a: int, b: int = 0, c: int = 0) -> None:
        """Add an instruction, which comes from this token."""
        self._at(token, a)
        self.assembler.emit(operation, a, b, c)

    def emit_wide(self, token: Token, operation: int, a: int, number: int) -> None:
        """Add an instruction whose second operand is a number of 32 bits."""
        self._at(token, a)
        self.assembler.emit_wide(operation, a, number)

    def jump(self, token: Token, operation: int, a: int = 0, label: Label | None = None) -> Label:
        """Add a jump, which may depend on register a: to this label, or to a new one, which is given and must be placed."""
        self._at(token, a)
        return self.assembler.jump(operation, a, label)

    def take_back(self) -> int:
        """Remove the last instruction, which is no jump, and give its word: it was not meant as it was read."""
        return self.assembler.take_back()

    def loop_label(self, token: Token, jump: int) -> Label:
        """A label that is here, for a loop to come back to; `jump` is the operation that jumps to its wide operand."""
        self._at(token, 0)
        return self.assembler.loop_label(jump)

    def place(self, label: Label) -> None:
        """The label is here: what jumps to it goes on with the next instruction."""
        self.assembler.place(label)

    def here(self) -> int:
        """The position of the next instruction."""
        return self.assembler.here()

    def protect(self, start: int, end: int, register: int) -> None:
        """What is raised from position `start` up to `end` goes on here, with the error in `register`. Inner ranges first."""
        self.assembler.protect(start, end, self.assembler.label(), register)
        self.frame_size = max(self.frame_size, register + 1)

    def constant(self, value: Value) -> int:
        """The number of a constant."""
        return self.assembler.constant(value)

    def finish(self) -> RegisterCode:
        """What the interpreter runs. A language whose code has more in it (is it a generator?) derives from RegisterCode, and overrides this."""
        return RegisterCode(self)

    def _at(self, token: Token, a: int) -> None:
        self.token = token
        self.assembler.line = token.line
        self.assembler.column = token.column
        self.frame_size = max(self.frame_size, a + 1)


@immutable_fields("parameters", "frame_size")
class RegisterCode(AssembledCode):
    """A compiled function."""

    def __init__(self, writer: CodeWriter) -> None:
        super().__init__(writer.name)
        self.parameters = writer.parameters
        self.frame_size = writer.frame_size
        writer.assembler.fill(self, [])

    def located(self, error: Exception, pc: int) -> SourceError:
        """What went wrong in the instruction at `pc`, with its place: a call further in may know it already."""
        span = self.span_at(pc)
        if isinstance(error, SourceError):
            return error if error.line > 0 else SourceError(error.message, span.line, span.column)
        if isinstance(error, ZeroDivisionError):
            return SourceError("division by zero", span.line, span.column)
        return SourceError("too many calls inside each other", span.line, span.column)


def describe(code: GuestCode, pc: int) -> str:
    """The place of an instruction, for the JIT's listings."""
    return f"{code.name}:{code.line_at(pc)}" if isinstance(code, RegisterCode) else "?"
