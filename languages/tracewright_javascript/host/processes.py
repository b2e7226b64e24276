"""The process as the modules `process`, `os` and `child_process` ask for it."""

from __future__ import annotations

from typing import Final, final

from tracewright.core import processes
from tracewright.core.arrays import Array
from tracewright.core.files import environment, set_environment_variable
from tracewright.core.processes import EXIT_CODE, OUTPUT_LENGTH, RESULT_WORDS, TIMED_OUT, run_commands
from tracewright.core.system import (
    error_text,
    flush_output,
    is_terminal,
    monotonic_nanoseconds,
    read_line,
    wall_nanoseconds,
    write_error,
    write_output,
)
from tracewright.core.terminal import terminal_columns
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.guest.sources import shown_word
from tracewright.lib.utf8 import decode_lossy
from tracewright.lib.utf16 import units_of_text, utf8_of_units
from tracewright_javascript.access import get_by_key
from tracewright_javascript.builtins.arguments import argument_at
from tracewright_javascript.builtins.rows import NativeRow
from tracewright_javascript.bytecode import AnyRealm
from tracewright_javascript.conversions import to_length, to_text
from tracewright_javascript.errors import type_error
from tracewright_javascript.host.files import bytes_at, number_at, path_at, refusal, value_of_bytes
from tracewright_javascript.keys import key_of_index, key_of_text
from tracewright_javascript.objects import as_object
from tracewright_javascript.realm import Realm, as_realm
from tracewright_javascript.values import string_value

ERROR_OUTPUT: Final = 2
NANOSECONDS_IN_SECOND: Final = 1_000_000_000


@final
class ProgramExit(Exception):
    """`process.exit`: nothing of the program runs any more."""

    def __init__(self, code: int) -> None:
        super().__init__("exit")
        self.code = code


def _exit(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    raise ProgramExit(number_at(stack, frame, count, 0) & 255)


def _write_out(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    """`writeOut(descriptor, bytes)` of 1 or 2, in their order."""
    data = bytes_at(stack, frame, count, 1)
    if number_at(stack, frame, count, 0) == ERROR_OUTPUT:
        write_error(data)
        return Value.of_int(0)
    try:
        write_output(data)
        if is_terminal(1):
            flush_output()
    except OSError as error:
        return refusal(error)
    return Value.of_int(0)


def _read_line(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    """The next line of the standard input, with its end; empty at the end."""
    return value_of_bytes(read_line())


def _is_terminal(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return Value.of_bool(is_terminal(number_at(stack, frame, count, 0)))


def _columns(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return Value.of_int(terminal_columns())


def _error_text(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return string_value(shown_word(error_text(number_at(stack, frame, count, 0))))


def _arguments(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return Value.of_object(as_realm(realm).array_of([string_value(each) for each in as_realm(realm).agent.arguments]))


def _environment(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    """An object of all variables."""
    result = as_realm(realm).new_object()
    for variable in units_of_text(decode_lossy(environment())).split("\0"):
        end = variable.find("=")
        if end > 0:
            result.set_property(key_of_text(variable[:end]), string_value(variable[end + 1 :]), Value.of_object(result))
    return Value.of_object(result)


def _set_variable(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    try:
        set_environment_variable(path_at(stack, frame, count, 0), path_at(stack, frame, count, 1))
    except OSError as error:
        return refusal(error)
    return Value.of_int(0)


def _pair(realm: AnyRealm, nanoseconds: int) -> Value:
    seconds = Value.of_int(nanoseconds // NANOSECONDS_IN_SECOND)
    return Value.of_object(as_realm(realm).array_of([seconds, Value.of_int(nanoseconds % NANOSECONDS_IN_SECOND)]))


def _clock(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    """`[seconds, nanoseconds]` of a clock that never goes back."""
    return _pair(realm, monotonic_nanoseconds())


def _wall_clock(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    """The same since 1970."""
    return _pair(realm, wall_nanoseconds())


def texts_of(realm: Realm, value: Value) -> list[str]:
    """The strings of an array. Raises GuestFault and Thrown."""
    thing = as_object(value)
    if thing is None:
        raise type_error("a list of strings is needed")
    length = int(to_length(get_by_key(realm, value, key_of_text("length"))))
    return [to_text(get_by_key(realm, value, key_of_index(index))) for index in range(length)]


def _run(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    """`run(words, variables, input, milliseconds, mostBytes)`: `[code, output, errors, timedOut]`, or what the system says."""
    words = texts_of(as_realm(realm), argument_at(stack, frame, count, 0))
    variables = texts_of(as_realm(realm), argument_at(stack, frame, count, 1))
    command = b"".join([b"+" + utf8_of_units(word) + b"\0" for word in words]) + b"\0"
    settings = b"".join([utf8_of_units(variable) + b"\0" for variable in variables])
    limit = number_at(stack, frame, count, 3)
    nanoseconds = limit * 1_000_000 if limit > 0 else processes.NO_LIMIT
    result = Array(RESULT_WORDS, 0)
    try:
        data = run_commands(
            command, settings, bytes_at(stack, frame, count, 2), nanoseconds, number_at(stack, frame, count, 4), result
        )
    except OSError as error:
        return refusal(error)
    length = result[OUTPUT_LENGTH]
    values = [Value.of_int(result[EXIT_CODE]), value_of_bytes(data[:length]), value_of_bytes(data[length:])]
    values.append(Value.of_bool(result[TIMED_OUT] == 1))
    return Value.of_object(as_realm(realm).array_of(values))


def _handle_uncaught(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    """`handleUncaught(function)`: it gets an error and its origin, and says whether that is the end of the matter."""
    as_realm(realm).agent.uncaught_handler = argument_at(stack, frame, count, 0)
    return Value.UNDEFINED


def _handle_rejection(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    """The same for a promise that was rejected: its reason, and itself."""
    as_realm(realm).agent.rejection_handler = argument_at(stack, frame, count, 0)
    return Value.UNDEFINED


def _handle_exit(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    """`handleExit(function)`: it gets the code and whether anything may still be begun, and gives the code."""
    as_realm(realm).agent.exit_handler = argument_at(stack, frame, count, 0)
    return Value.UNDEFINED


PROCESSES: Final[list[NativeRow]] = [
    ("exit", 1, _exit),
    ("writeOut", 2, _write_out),
    ("readLine", 0, _read_line),
    ("isTerminal", 1, _is_terminal),
    ("columns", 0, _columns),
    ("errorText", 1, _error_text),
    ("arguments", 0, _arguments),
    ("environment", 0, _environment),
    ("setVariable", 2, _set_variable),
    ("clock", 0, _clock),
    ("wallClock", 0, _wall_clock),
    ("run", 5, _run),
    ("handleUncaught", 1, _handle_uncaught),
    ("handleRejection", 1, _handle_rejection),
    ("handleExit", 1, _handle_exit),
]
