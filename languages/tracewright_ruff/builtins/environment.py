"""The process's surroundings: the current folder and the environment's variables."""

from __future__ import annotations

from typing import Final

from tracewright.core import files
from tracewright.core.system import environment_variable
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.lib.utf8 import decode_lossy
from tracewright_ruff.builtins.arguments import text_at
from tracewright_ruff.builtins.conversion import parse_float, parse_int
from tracewright_ruff.builtins.system_errors import failed, path_argument
from tracewright_ruff.errors import GuestError
from tracewright_ruff.objects import W_Dict, text_value
from tracewright_ruff.session import ARITY_ANY, Session, W_Native

TRUE_WORDS: Final[list[str]] = ["true", "1", "yes", "on"]
FALSE_WORDS: Final[list[str]] = ["false", "0", "no", "off"]


# --- folders ---------------------------------------------------------------------------------------------------------
def native_getcwd(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`os_getcwd()`"""
    try:
        return text_value(decode_lossy(files.current_folder()))
    except OSError as error:
        raise failed("Cannot get current directory", ".", error)


def native_chdir(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`os_chdir(p)`"""
    action = "Cannot change directory to"
    path = path_argument(stack, first, count, 0, "os_chdir", action)
    try:
        files.change_folder(path.encode())
    except OSError as error:
        raise failed(action, path, error)
    return Value.TRUE


def native_rmdir(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`os_rmdir(p)`: it must be empty"""
    action = "Cannot remove directory"
    path = path_argument(stack, first, count, 0, "os_rmdir", action)
    try:
        files.remove_folder(path.encode())
    except OSError as error:
        raise failed(action, path, error)
    return Value.TRUE


# --- variables -------------------------------------------------------------------------------------------------------
def _text(stack: VMStack, first: int, count: int, expected: int, name: str, what: str) -> str:
    """The variable's name, after the number of arguments has been checked."""
    if count != expected:
        noun = "argument" if expected == 1 else "arguments"
        raise GuestError(f"{name}() expects {expected} {noun} ({what}), got {count}")
    return text_at(stack, first, f"{name}() requires a string variable name")


def variable(name: str) -> str | None:
    """The text of a variable, or None."""
    if "\0" in name:
        return None
    text = environment_variable(name.encode())
    return None if text is None else decode_lossy(text)


def _needed(name: str) -> str:
    text = variable(name)
    if text is None:
        raise GuestError(f"Environment variable '{name}' not found")
    return text


def native_env(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`env(n)`: empty if unset"""
    text = variable(_text(stack, first, count, 1, "env", "variable name"))
    return text_value(text if text is not None else "")


def native_env_or(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`env_or(n, default)`"""
    text = variable(_text(stack, first, count, 2, "env_or", "variable name, default"))
    return text_value(text_at(stack, first + 1, "env_or() requires a string default") if text is None else text)


def native_env_int(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`env_int(n)`"""
    name = _text(stack, first, count, 1, "env_int", "variable name")
    text = _needed(name)
    try:
        return Value.of_int(parse_int(text))
    except ValueError:
        raise GuestError(f"Environment variable '{name}' value '{text}' is not a valid integer")


def native_env_float(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`env_float(n)`"""
    name = _text(stack, first, count, 1, "env_float", "variable name")
    text = _needed(name)
    try:
        return Value.of_float(parse_float(text))
    except ValueError:
        raise GuestError(f"Environment variable '{name}' value '{text}' is not a valid float")


def native_env_bool(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`env_bool(n)`"""
    name = _text(stack, first, count, 1, "env_bool", "variable name")
    text = _needed(name)
    if text.lower() in TRUE_WORDS:
        return Value.TRUE
    if text.lower() in FALSE_WORDS:
        return Value.FALSE
    raise GuestError(f"Environment variable '{name}' value '{text}' is not a valid bool")


def native_env_required(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`env_required(n)`"""
    name = _text(stack, first, count, 1, "env_required", "variable name")
    text = variable(name)
    if text is None:
        raise GuestError(f"Required environment variable '{name}' is not set")
    return text_value(text)


def native_env_set(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`env_set(n, v)`"""
    name = _text(stack, first, count, 2, "env_set", "variable name, value")
    text = text_at(stack, first + 1, "env_set() requires a string value")
    if name == "" or "=" in name or "\0" in name or "\0" in text:
        raise GuestError(f"env_set() cannot set a variable named '{name}' to this value")
    files.set_environment_variable(name.encode(), text.encode())
    return Value.NULL


def native_env_list(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`env_list()`, `os_environ()`: a dictionary of all variables"""
    table = W_Dict(session.dict_shape)
    for pair in files.environment().split(b"\0")[:-1]:
        middle = pair.find(b"=")
        if middle > 0:
            table.set_text(decode_lossy(pair[:middle]), text_value(decode_lossy(pair[middle + 1 :])))
    return Value.of_object(table)


ROWS: Final[list[W_Native]] = [
    W_Native("os_getcwd", 0, 0, ARITY_ANY, native_getcwd),
    W_Native("os_chdir", 1, 1, ARITY_ANY, native_chdir),
    W_Native("os_rmdir", 1, 1, ARITY_ANY, native_rmdir),
    W_Native("os_environ", 0, 0, ARITY_ANY, native_env_list),
    W_Native("env", 1, 1, ARITY_ANY, native_env),
    W_Native("env_or", 2, 2, ARITY_ANY, native_env_or),
    W_Native("env_int", 1, 1, ARITY_ANY, native_env_int),
    W_Native("env_float", 1, 1, ARITY_ANY, native_env_float),
    W_Native("env_bool", 1, 1, ARITY_ANY, native_env_bool),
    W_Native("env_required", 1, 1, ARITY_ANY, native_env_required),
    W_Native("env_set", 2, 2, ARITY_ANY, native_env_set),
    W_Native("env_list", 0, 0, ARITY_ANY, native_env_list),
]
