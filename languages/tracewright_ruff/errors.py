"""What can go wrong in a guest program, as exceptions of the interpreter."""

from __future__ import annotations

from typing import Final, final

from tracewright.core.value import Value

NO_CAUSE: Final = Value.UNDEFINED


@final
class GuestError(Exception):
    """A runtime error of the guest program: raised by handlers and natives, caught by `try`, or ends the program.

    Raise it as `GuestError("Division by zero")`; everything else is filled in later.
    """

    def __init__(self, message: str, cause: Value = NO_CAUSE) -> None:
        super().__init__(message)
        self.message = message
        self.cause: Value = cause  # field `cause` of a thrown struct
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
