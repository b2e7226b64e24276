"""Running other programs: by the shell, by their words, and joined by pipes; each with a time and an output limit."""

from __future__ import annotations

from typing import Final, final

from tracewright.core import files
from tracewright.core.arrays import Array
from tracewright.core.processes import (
    ERRORS_CUT,
    EXIT_CODE,
    OUTPUT_CUT,
    OUTPUT_LENGTH,
    RESULT_WORDS,
    TIMED_OUT,
    run_commands,
)
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.lib.utf8 import decode_lossy
from tracewright_ruff.builtins.arguments import text_at
from tracewright_ruff.builtins.system_errors import failed
from tracewright_ruff.display import display_text
from tracewright_ruff.errors import GuestError
from tracewright_ruff.objects import W_Dict, as_array, as_dict, as_string, new_struct, text_value
from tracewright_ruff.session import ARITY_ANY, Session, W_Native

DEFAULT_MILLISECONDS: Final = 30_000
DEFAULT_OUTPUT: Final = 1 << 20
MOST_MILLISECONDS: Final = 1 << 40
SIGNALLED: Final = -1  # the exit code of a process that a signal has ended


# --- options ---------------------------------------------------------------------------------------------------------
@final
class ProcessOptions:
    """What the last argument may say."""

    def __init__(self, name: str) -> None:
        self.name = name  # of the builtin
        self.milliseconds = DEFAULT_MILLISECONDS
        self.most_bytes = DEFAULT_OUTPUT
        self.variables: dict[bytes, bytes] = {}

    def environment(self) -> bytes:
        """As `run_commands` takes it."""
        pieces: list[bytes] = []
        for name, text in self.variables.items():
            pieces.append(name + b"=" + text + b"\0")
        return b"".join(pieces)


def _options(stack: VMStack, first: int, count: int, index: int, name: str) -> ProcessOptions:
    options = ProcessOptions(name)
    table: W_Dict | None = None
    if count > index and not stack[first + index].same(Value.NULL):
        table = as_dict(stack[first + index])
        if table is None:
            raise GuestError(f"{name}() options must be a dictionary")
    inherits = True
    allowed: list[bytes] | None = None
    denied: list[bytes] = []
    if table is not None:
        options.milliseconds = min(_number(table, "timeout_ms", options.milliseconds, name), MOST_MILLISECONDS)
        options.most_bytes = _number(table, "max_output_bytes", options.most_bytes, name)
        flag = table.get_text("inherit_env")
        if not flag.same(Value.UNDEFINED):
            if not flag.is_bool():
                raise GuestError(f"{name}() option 'inherit_env' must be a bool")
            inherits = flag.as_bool()
        allowed = _names(table, "env_allow", name)
        listed = _names(table, "env_deny", name)
        denied = listed if listed is not None else denied
    if inherits:
        _inherit(options.variables, allowed, denied)
    if table is not None:
        _add_variables(options.variables, table, name)
    return options


def _number(table: W_Dict, key: str, default: int, name: str) -> int:
    value = table.get_text(key)
    if value.same(Value.UNDEFINED):
        return default
    if not value.is_int() or value.as_int() <= 0:
        raise GuestError(f"{name}() option '{key}' must be a positive integer")
    return value.as_int()


def _names(table: W_Dict, key: str, name: str) -> list[bytes] | None:
    value = table.get_text(key)
    if value.same(Value.UNDEFINED):
        return None
    array = as_array(value)
    if array is None:
        raise GuestError(f"{name}() option '{key}' must be an array of strings")
    names: list[bytes] = []
    for index in range(array.length):
        text = as_string(array.items[index])
        if text is None:
            raise GuestError(f"{name}() option '{key}' must be an array of strings")
        names.append(text.flat().encode())
    return names


def _inherit(variables: dict[bytes, bytes], allowed: list[bytes] | None, denied: list[bytes]) -> None:
    for pair in files.environment().split(b"\0")[:-1]:
        middle = pair.find(b"=")
        variable = pair[:middle]
        if middle > 0 and (allowed is None or variable in allowed) and variable not in denied:
            variables[variable] = pair[middle + 1 :]


def _add_variables(variables: dict[bytes, bytes], table: W_Dict, name: str) -> None:
    value = table.get_text("env")
    if value.same(Value.UNDEFINED):
        return
    added = as_dict(value)
    if added is None:
        raise GuestError(f"{name}() option 'env' must be a dictionary")
    for key in added.keys():
        text = display_text(added.get_text(key))
        if key == "" or "=" in key or "\0" in key or "\0" in text:
            raise GuestError(f"{name}() cannot set a variable named '{key}' to this value")
        variables[key.encode()] = text.encode()


# --- running ---------------------------------------------------------------------------------------------------------
@final
class Finished:
    """How a run went."""

    def __init__(self, output: str, errors: str, result: Array[int]) -> None:
        self.output = output
        self.errors = errors
        self.exit_code: int = result[EXIT_CODE] if result[EXIT_CODE] >= 0 else SIGNALLED
        self.timed_out = result[TIMED_OUT] == 1
        self.output_cut = result[OUTPUT_CUT] == 1
        self.errors_cut = result[ERRORS_CUT] == 1


def _run(commands: list[list[str]], options: ProcessOptions) -> Finished:
    pieces: list[bytes] = []
    shown: list[str] = []
    for words in commands:
        for word in words:
            if "\0" in word:
                raise GuestError(f"{options.name}() arguments must not contain NUL bytes")
            pieces.append(b"+" + word.encode() + b"\0")
        pieces.append(b"\0")
        shown.append(words[0])
    result = Array(RESULT_WORDS, 0)
    nanoseconds = options.milliseconds * 1_000_000
    try:
        both = run_commands(b"".join(pieces), options.environment(), b"", nanoseconds, options.most_bytes, result)
    except OSError as error:
        raise failed("Failed to spawn process", " | ".join(shown), error)
    split = result[OUTPUT_LENGTH]
    finished = Finished(decode_lossy(both[:split]), decode_lossy(both[split:]), result)
    return finished


def _timed_out(options: ProcessOptions) -> GuestError:
    return GuestError(f"{options.name}() timed out after {options.milliseconds}ms")


def _words(value: Value, message: str) -> list[str]:
    array = as_array(value)
    if array is None or array.length == 0:
        raise GuestError(message)
    words: list[str] = []
    for index in range(array.length):
        text = as_string(array.items[index])
        if text is None:
            raise GuestError(message)
        words.append(text.flat())
    return words


def _by_shell(stack: VMStack, first: int, count: int, options: ProcessOptions) -> Finished:
    message = f"{options.name}() requires a string command"
    if count < 1:
        raise GuestError(message)
    return _run([["sh", "-c", text_at(stack, first, message)]], options)


def _process_result(session: Session, finished: Finished) -> Value:
    names = ["exitcode", "stderr", "stderr_truncated", "stdout", "stdout_truncated", "success", "timed_out"]
    values = [
        Value.of_int(finished.exit_code),
        text_value(finished.errors),
        Value.of_bool(finished.errors_cut),
        text_value(finished.output),
        Value.of_bool(finished.output_cut),
        Value.of_bool(finished.exit_code == 0 and not finished.timed_out),
        Value.of_bool(finished.timed_out),
    ]
    return new_struct(session, "ProcessResult", names, values)


def native_execute(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`execute(command)`, `execute(command, options)`: what it writes"""
    options = _options(stack, first, count, 1, "execute")
    finished = _by_shell(stack, first, count, options)
    if finished.timed_out:
        raise _timed_out(options)
    if finished.exit_code != 0:
        reason = finished.errors.rstrip()
        raise GuestError(f"execute() command failed with exit code {finished.exit_code}: {reason}")
    return text_value(finished.output)


def native_execute_status(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`execute_status(command)`, `execute_status(command, options)`: a ProcessResult"""
    options = _options(stack, first, count, 1, "execute_status")
    return _process_result(session, _by_shell(stack, first, count, options))


def native_spawn_process(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`spawn_process(words)`, `spawn_process(words, options)`: a ProcessResult, when it has ended"""
    message = "spawn_process() requires a non-empty array of strings"
    words = _words(stack[first], message) if count > 0 else _words(Value.NULL, message)
    options = _options(stack, first, count, 1, "spawn_process")
    return _process_result(session, _run([words], options))


def native_pipe_commands(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`pipe_commands(rows of words)`, `pipe_commands(rows, options)`: what the last one writes"""
    message = "pipe_commands() requires a non-empty array of non-empty arrays of strings"
    array = as_array(stack[first]) if count > 0 else None
    if array is None or array.length == 0:
        raise GuestError(message)
    commands: list[list[str]] = []
    for index in range(array.length):
        commands.append(_words(array.items[index], message))
    options = _options(stack, first, count, 1, "pipe_commands")
    finished = _run(commands, options)
    if finished.timed_out:
        raise _timed_out(options)
    return text_value(finished.output)


ROWS: Final[list[W_Native]] = [
    W_Native("execute", 1, 2, ARITY_ANY, native_execute),
    W_Native("execute_status", 1, 2, ARITY_ANY, native_execute_status),
    W_Native("spawn_process", 1, 2, ARITY_ANY, native_spawn_process),
    W_Native("pipe_commands", 1, 2, ARITY_ANY, native_pipe_commands),
]
