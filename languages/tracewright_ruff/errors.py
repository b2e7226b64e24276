"""What can go wrong in a guest program, as exceptions of the interpreter."""

from __future__ import annotations

from typing import Final, final

from tracewright.core.value import Value

NO_CAUSE: Final = Value.UNDEFINED
NOT_THROWN: Final = Value.UNDEFINED


@final
class GuestError(Exception):
    """A runtime error of the guest program: raised by handlers and natives, caught by `try`, or ends the program.

    Raise it as `GuestError("Division by zero")`; everything else is filled in later.
    """

    def __init__(self, message: str, thrown: Value = NOT_THROWN) -> None:
        super().__init__(message)
        self.message = message  # of a thrown value only known when the error is located
        self.thrown: Value = thrown  # what the program threw itself
        self.cause: Value = NO_CAUSE  # field `cause` of a thrown struct
        # Set by the interpreter when it first sees the error:
        self.located = False
        self.names: list[str] = []  # functions active at the throw, outermost first
        self.place = ""  # "file:line" of the faulting bytecode


@final
class ProgramExit(Exception):
    """The guest called `exit(code)`. No guest handler sees it."""

    def __init__(self, code: int) -> None:
        super().__init__("exit")
        self.code = code


@final
class CompileError(Exception):
    """The program parses but cannot be compiled ("Compilation error: ..."); nothing runs."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.message = message
        self.line = line
