"""What builtins about files, processes and the like have in common: paths as bytes, and the system's reasons in messages."""

from __future__ import annotations

from typing import Final

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright_ruff.builtins.arguments import text_at
from tracewright_ruff.diagnostics import reason_of
from tracewright_ruff.errors import GuestError
from tracewright_ruff.objects import W_Bytes

NOT_TEXT: Final = "stream did not contain valid UTF-8"
NUL_IN_NAME: Final = "file name contained an unexpected NUL byte"


def failed(action: str, path: str, error: OSError) -> GuestError:
    """The error of a builtin: `Cannot read file 'p': No such file or directory (os error 2)`."""
    return because(action, path, reason_of(error))


def because(action: str, path: str, reason: str) -> GuestError:
    """The same, for a reason that the system did not give."""
    return GuestError(f"{action} '{path}': {reason}")


def path_argument(stack: VMStack, first: int, count: int, index: int, name: str, action: str) -> str:
    """Argument `index`, a path that the system can be asked about."""
    message = f"{name} requires a string argument (path)"
    if count <= index:
        raise GuestError(message)
    path = text_at(stack, first + index, message)
    if "\0" in path:
        raise because(action, path, NUL_IN_NAME)
    return path


def bytes_argument(stack: VMStack, first: int, count: int, index: int, message: str) -> bytes:
    """Argument `index`, which must be bytes."""
    if count > index:
        value = stack[first + index]
        if value.is_object():
            thing = value.as_object()
            if isinstance(thing, W_Bytes):
                return thing.data
    raise GuestError(message)


def bytes_value(data: bytes) -> Value:
    """A guest value of bytes."""
    return Value.of_object(W_Bytes(data))
