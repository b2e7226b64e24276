"""Builtins that print."""

from typing import Final

from tracewright.core.system import flush_output, write_error, write_output
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright_ruff.diagnostics import output_problem
from tracewright_ruff.display import debug_call_text, display_text
from tracewright_ruff.errors import GuestError
from tracewright_ruff.session import ARITY_ANY, Session, W_Native


def put_output(data: bytes) -> None:
    """Write to standard output; a GuestError if output is lost."""
    try:
        write_output(data)
    except OSError as error:
        raise GuestError(output_problem(error))


def _joined_line(stack: VMStack, first: int, count: int) -> bytes:
    """The display forms of the arguments as one line."""
    if count == 1:
        return (display_text(stack[first]) + "\n").encode()
    pieces: list[str] = []
    for index in range(count):
        pieces.append(display_text(stack[first + index]))
    return (" ".join(pieces) + "\n").encode()


def native_print(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`print(...)`"""
    put_output(_joined_line(stack, first, count))
    return Value.NULL


def native_eprint(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`eprint(...)`"""
    write_error(_joined_line(stack, first, count))
    try:
        flush_output()
    except OSError as error:
        raise GuestError(output_problem(error))
    return Value.NULL


def native_debug(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`debug(...)`"""
    pieces: list[str] = ["[DEBUG]"]
    for index in range(count):
        pieces.append(debug_call_text(stack[first + index]))
    put_output((" ".join(pieces) + "\n").encode())
    return Value.NULL


ROWS: Final[list[W_Native]] = [
    W_Native("print", 0, -1, ARITY_ANY, native_print),
    W_Native("println", 0, -1, ARITY_ANY, native_print),
    W_Native("eprint", 0, -1, ARITY_ANY, native_eprint),
    W_Native("debug", 0, -1, ARITY_ANY, native_debug),
]
