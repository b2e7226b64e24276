"""What the `ruff` command prints on standard error, and the exit codes that go with it."""

from dataclasses import dataclass
from typing import Final, final

from tracewright.guest.sources import errno_of, system_reason


class ExitCode:
    """How the process ends."""

    SUCCESS: Final = 0
    TEST_FAILURE: Final = 1
    USAGE: Final = 2
    SYNTAX: Final = 3
    RUNTIME: Final = 4
    INPUT_OUTPUT: Final = 5
    INTERNAL: Final = 6


@final
class UsageError(Exception):
    """The command line asks for something that does not exist; the message says what."""


LEXER_HELP: Final = "Fix the lexical error in source and run again."
PARSER_HELP: Final = "Fix the parse error and rerun Ruff."


@final
@dataclass
class Diagnostic:
    """Something wrong with a source text, found before it runs."""

    code: str
    subsystem: str  # "lexer" or "parser"
    message: str
    line: int
    column: int

    def render(self, path: str) -> str:
        """The three printed lines, each with its newline."""
        help_text = LEXER_HELP if self.subsystem == "lexer" else PARSER_HELP
        head = f"[{self.code}] [{self.subsystem}] error: {self.message}\n"
        return head + f"  --> {path}:{self.line}:{self.column}\n  = help: {help_text}\n"


def render_compile_error(message: str) -> str:
    """A mistake that only the compiler sees; it has no place in the source."""
    return f"[RUFVM001] [vm] error: Compilation error: {message}\n"


def render_command_error(message: str) -> str:
    """A mistake in how the command was called, or a file it cannot use."""
    return f"[RUFCLI001] [cli] error: {message}\n"


def reason_of(error: OSError) -> str:
    """The system's words for why it refused, with their number."""
    return f"{system_reason(error)} (os error {errno_of(error)})"


def output_problem(error: OSError) -> str:
    """The message where output is lost."""
    return "Cannot write output: " + reason_of(error)


MOST_CALLS_SHOWN: Final = 256  # as many as the reference can have; ours may be millions deep


def render_runtime_error(message: str, call_stack: list[str]) -> str:
    """An uncaught error. `call_stack` holds the active functions, outermost first; the innermost prints first."""
    lines: list[str] = [f"[RUFVM001] [vm] Runtime Error: {message}\n", "  --> 0:0\n"]
    if len(call_stack) > 0:
        lines.append("\nCall stack:\n")
        for depth in range(min(len(call_stack), MOST_CALLS_SHOWN)):
            lines.append(f"  {depth} at {call_stack[len(call_stack) - 1 - depth]}\n")
        if len(call_stack) > MOST_CALLS_SHOWN:
            lines.append(f"  ... and {len(call_stack) - MOST_CALLS_SHOWN} more\n")
        lines.append("\n")
    return "".join(lines)
