"""Code of register machines: what a small language's compiler writes while it reads tokens, and what its interpreter runs."""

from __future__ import annotations

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.guest.assembler import AssembledCode, Assembler, Label
from tracewright.guest.diagnostics import SourceError, Span
from tracewright.guest.frames import base_delta, caller_code, return_pc
from tracewright.guest.tokens import END, Token
from tracewright.hints import GuestCode, dont_look_inside, immutable_fields


class CodeWriter:
    """A function while it is compiled; a language adds what it must know of its variables.

    `frame_size` grows with the registers that instructions write, which is operand a. Where one writes others, as a call does that
    prepares its callee's frame, the compiler says so: `needs`. `file` is the path of the text, "" for the program that was given to run.
    """

    def __init__(self, name: str, first_register: int, file: str = "") -> None:
        self.name = name
        self.file = file
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
        self.needs(register)

    def branch(self, token: Token, operation: int, a: int, b: int, label: Label) -> None:
        """An instruction of two words that reads registers a and b and may go to the label, which is the second word."""
        self._at(token, a)
        self.assembler.branch(operation, a, b, 0, label)

    def needs(self, register: int) -> None:
        """The frame has this register: an instruction that does not name it as operand a writes it."""
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
        self.needs(a)


@immutable_fields("parameters", "frame_size")
class RegisterCode(AssembledCode):
    """A compiled function."""

    def __init__(self, writer: CodeWriter) -> None:
        super().__init__(writer.name, writer.file)
        self.parameters = writer.parameters
        self.frame_size = writer.frame_size
        writer.assembler.fill(self, [])

    def located(self, error: Exception, pc: int) -> SourceError:
        """What went wrong in the instruction at `pc`, with its place: a call further in may know it already."""
        span = self.span_at(pc)
        if isinstance(error, SourceError):
            return error if error.line > 0 else self._error(error.message, span)
        if isinstance(error, ZeroDivisionError):
            return self._error("division by zero", span)
        return self._error("too many calls inside each other", span)

    def _error(self, message: str, span: Span) -> SourceError:
        return SourceError(message, span.line, span.column, 0, self.file)


@dont_look_inside
def located_with_calls(
    error: Exception, code: RegisterCode, pc: int, stack: VMStack, base: int, bottom: int
) -> SourceError:
    """`code.located(error, pc)`, with the calls that the error leaves when it leaves the portal: those from the frame at `base`,
    which runs `code`, to the one at `bottom`. An error of a portal that this one has called brings its own."""
    is_older = isinstance(error, SourceError) and error.line > 0
    result = code.located(error, pc)
    if is_older:
        result.called_by(code.name, code.line_at(pc), code.file)
    while base != bottom:
        caller = caller_code(stack, base)
        assert isinstance(caller, RegisterCode)
        result.called_by(caller.name, caller.line_at(return_pc(stack, base) - 1), caller.file)
        base -= base_delta(stack, base)
    return result


def describe(code: GuestCode, pc: int) -> str:
    """The place of an instruction, for the JIT's listings: `FILE:LINE FUNCTION`, or `FUNCTION:LINE` in the program itself."""
    if not isinstance(code, RegisterCode):
        return "?"
    return f"{code.file}:{code.line_at(pc)} {code.name}" if code.file != "" else f"{code.name}:{code.line_at(pc)}"
