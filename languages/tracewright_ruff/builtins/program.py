"""The program and its surroundings: arguments, input, exit."""

from typing import Final

from tracewright.core.integers import wrap_lshift
from tracewright.core.system import read_line
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright_ruff.builtins.arguments import int_of, is_number
from tracewright_ruff.builtins.output import put_output
from tracewright_ruff.display import display_text
from tracewright_ruff.errors import GuestError, ProgramExit
from tracewright_ruff.objects import text_value, texts_array
from tracewright_ruff.session import ARITY_ANY, ARITY_METADATA, Session, W_Native


def native_args(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`args()`"""
    return texts_array(session.arguments)


def native_input(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`input()`, `input(prompt)`: a line without the white space at its end, empty at the end of the input"""
    if count > 0:
        put_output(display_text(stack[first]).encode())
    try:
        return text_value(read_line().decode().rstrip())
    except UnicodeDecodeError:
        raise GuestError("input() failed: stream did not contain valid UTF-8")


def native_exit(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`exit()`, `exit(code)`: the code is cut to 32 bits"""
    if count == 0:
        raise ProgramExit(0)
    if not is_number(stack[first]):
        raise GuestError("exit() requires a numeric exit code when provided")
    raise ProgramExit(wrap_lshift(int_of(stack[first]), 32) >> 32)


ROWS: Final[list[W_Native]] = [
    W_Native("args", 0, 0, ARITY_ANY, native_args),
    W_Native("input", 0, 1, ARITY_METADATA, native_input),
    W_Native("exit", 0, 1, ARITY_METADATA, native_exit),
]
