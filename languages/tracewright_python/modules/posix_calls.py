"""`_posix_calls`: the system's functions, for the module `posix`. Paths are bytes; what fails raises OSError with the system's number."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from tracewright.core import files
from tracewright.core.arrays import Array
from tracewright.core.files import current_folder, environment, list_folder, set_environment_variable
from tracewright.core.foreign import allocate, bytes_at, error_number, release
from tracewright.core.memory import load16, load32, load64, store8, store64
from tracewright.core.system import error_text, flush_output, wait_for_descriptors
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.hints import dont_look_inside
from tracewright_python import builtin_types as types
from tracewright_python import system_calls as calls
from tracewright_python.byte_objects import bytes_value, required_bytes
from tracewright_python.conversions import index_value, values_of
from tracewright_python.errors import Raised
from tracewright_python.exception_fields import class_for, fill_fields
from tracewright_python.exceptions import PyException, error, value_error
from tracewright_python.functions import Native, PyBuiltin
from tracewright_python.lists import list_of, tuple_of
from tracewright_python.modules.building import native_module
from tracewright_python.session import Session
from tracewright_python.texts import text_value
from tracewright_python.values import NONE

MOST_READ: Final = 1 << 30
LONGEST_LINK: Final = 4096
HERE: Final = -100  # AT_FDCWD
NO_FOLLOW: Final = 0x100  # AT_SYMLINK_NOFOLLOW
EMPTY_PATH: Final = 0x1000  # AT_EMPTY_PATH
BASIC_STATUS: Final = 0x7FF
STATUS_SIZE: Final = 256
OUTPUT: Final = 1


def system_error(number: int) -> Raised:
    """The OSError of a number of the system."""
    arguments: Array[Value] = Array(2, Value.of_int(number))
    arguments[1] = text_value(error_text(number).decode())
    exception = PyException(class_for(types.OS_ERROR, arguments).roots.current, arguments)
    fill_fields(exception)
    return Raised(Value.of_object(exception))


def checked(result: int) -> int:
    """What a function of the system gives. Raises OSError where that is negative."""
    if result < 0:
        raise system_error(error_number())
    return result


def word(session: Session, value: Value) -> int:
    """An argument that is a number. Raises TypeError, OverflowError."""
    number = index_value(session, value)
    if not number.is_int():
        raise error(types.OVERFLOW_ERROR, "Python int too large to convert to C int")
    return number.as_int()


def path(value: Value) -> bytes:
    """A path without zero bytes. Raises ValueError."""
    data = required_bytes(value)
    if 0 in data:
        raise value_error("embedded null byte")
    return data


@dont_look_inside
def open_file(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`open(path, flags, mode)`"""
    flags, mode = word(session, stack[first + 1]), word(session, stack[first + 2])
    return Value.of_int(checked(calls.open_file(path(stack[first]), flags, mode)))


@dont_look_inside
def read_file(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`read(descriptor, count)`"""
    wanted = word(session, stack[first + 1])
    if wanted < 0:
        raise system_error(22)
    wanted = min(wanted, MOST_READ)
    place = allocate(max(wanted, 1))
    try:
        got = checked(calls.read_file(word(session, stack[first]), place, wanted))
        return bytes_value(bytes_at(place, got))
    finally:
        release(place)


@dont_look_inside
def write_file(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`write(descriptor, data)`: how much was written."""
    descriptor = word(session, stack[first])
    data = required_bytes(stack[first + 1])
    if descriptor == OUTPUT:
        flush_output()  # what `print` has written comes first
    return Value.of_int(checked(calls.write_file(descriptor, data, len(data))))


@dont_look_inside
def file_status(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`status(path or descriptor, follow)`: mode, inode, device, links, user, group, size, three times in nanoseconds, blocks, block size."""
    place = allocate(STATUS_SIZE)
    try:
        if stack[first].is_int():
            checked(calls.file_status(stack[first].as_int(), b"", EMPTY_PATH, BASIC_STATUS, place))
        else:
            flags = 0 if stack[first + 1].same(Value.TRUE) else NO_FOLLOW
            checked(calls.file_status(HERE, path(stack[first]), flags, BASIC_STATUS, place))
        return tuple_of([Value.of_int(number) for number in status_numbers(place)])
    finally:
        release(place)


def status_numbers(place: int) -> list[int]:
    """The fields of a `struct statx`."""
    device = load32(place + 136) << 8 | load32(place + 140)
    return [
        load16(place + 28) & 0xFFFF,
        load64(place + 32),
        device,
        load32(place + 16),
        load32(place + 20),
        load32(place + 24),
        load64(place + 40),
        time_at(place + 64),
        time_at(place + 112),
        time_at(place + 96),
        load64(place + 48),
        load32(place + 4),
    ]


def time_at(place: int) -> int:
    """A time in nanoseconds."""
    return load64(place) * 1_000_000_000 + load32(place + 8)


@dont_look_inside
def read_link(session: Session, stack: VMStack, first: int, count: int) -> Value:
    place = allocate(LONGEST_LINK)
    try:
        return bytes_value(bytes_at(place, checked(calls.read_link(path(stack[first]), place, LONGEST_LINK))))
    finally:
        release(place)


@dont_look_inside
def make_pipe(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`pipe()`: two descriptors, which other programs do not inherit."""
    both: Array[int] = Array(1, 0)
    checked(calls.make_pipe(both))
    first_end, second_end = both[0] & 0xFFFFFFFF, both[0] >> 32
    for descriptor in (first_end, second_end):
        checked(calls.control_file(descriptor, 2, 1))
    return tuple_of([Value.of_int(first_end), Value.of_int(second_end)])


@dont_look_inside
def list_names(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`listdir(path)`: names as bytes."""
    try:
        names = list_folder(path(stack[first]))
    except OSError as problem:
        number: int = problem.errno  # type: ignore[assignment]  # system calls always set it
        raise system_error(number)
    return list_of([bytes_value(name) for name in names.split(b"\0")[:-1]])


@dont_look_inside
def get_folder(session: Session, stack: VMStack, first: int, count: int) -> Value:
    try:
        return bytes_value(current_folder())
    except OSError as problem:
        number: int = problem.errno  # type: ignore[assignment]  # system calls always set it
        raise system_error(number)


@dont_look_inside
def set_folder(session: Session, stack: VMStack, first: int, count: int) -> Value:
    try:
        files.change_folder(path(stack[first]))
    except OSError as problem:
        number: int = problem.errno  # type: ignore[assignment]  # system calls always set it
        raise system_error(number)
    return NONE


@dont_look_inside
def get_environment(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`environ()`: a list of `name=text`."""
    return list_of([bytes_value(entry) for entry in environment().split(b"\0")[:-1]])


@dont_look_inside
def put_environment(session: Session, stack: VMStack, first: int, count: int) -> Value:
    set_environment_variable(required_bytes(stack[first]), required_bytes(stack[first + 1]))
    return NONE


@dont_look_inside
def leave(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`_exit(code)`"""
    calls.leave_at_once(word(session, stack[first]))
    return NONE


@dont_look_inside
def wait_process(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`waitpid(process, options)`"""
    status: Array[int] = Array(1, 0)
    process = checked(calls.wait_for_process(word(session, stack[first]), status, word(session, stack[first + 1])))
    return tuple_of([Value.of_int(process), Value.of_int(status[0] & 0xFFFFFFFF)])


@dont_look_inside
def fork(session: Session, stack: VMStack, first: int, count: int) -> Value:
    flush_output()
    return Value.of_int(checked(calls.fork()))


def texts_in_memory(session: Session, value: Value) -> int:
    """The address of a row of texts as `execve` wants it; the process that it is for never gives it back."""
    texts = [required_bytes(one) for one in values_of(session, value)]
    row = allocate(8 * (len(texts) + 1))
    for k in range(len(texts)):
        text = allocate(len(texts[k]) + 1)
        for index in range(len(texts[k])):
            store8(text + index, texts[k][index])
        store64(row + 8 * k, text)
    return row


@dont_look_inside
def execute(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`execve(path, arguments, environment)`, whose texts are bytes."""
    flush_output()
    arguments = texts_in_memory(session, stack[first + 1])
    checked(calls.execute(path(stack[first]), arguments, texts_in_memory(session, stack[first + 2])))
    return NONE


@dont_look_inside
def wait_ready(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`wait(rows, nanoseconds)`: pairs of a descriptor and what is waited for (1: reading, 2: writing); what they are ready for."""
    rows = values_of(session, stack[first])
    requests: Array[int] = Array(2 * len(rows), 0)
    for k in range(len(rows)):
        both = values_of(session, rows[k])
        requests[2 * k] = word(session, both[0])
        requests[2 * k + 1] = word(session, both[1])
    try:
        wait_for_descriptors(requests, len(rows), word(session, stack[first + 1]))
    except OSError as problem:
        number: int = problem.errno  # type: ignore[assignment]  # system calls always set it
        raise system_error(number)
    found: list[Value] = []
    for k in range(len(rows)):
        found.append(tuple_of([Value.of_int(requests[2 * k]), Value.of_int(requests[2 * k + 1])]))
    return list_of(found)


def get_errors(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`strerror(number)`"""
    return text_value(error_text(word(session, stack[first])).decode())


# --- functions of numbers and paths alone ---


def numbers_0(function: Callable[[], int]) -> Native:
    """A function of the system without arguments."""
    return lambda session, stack, first, count: Value.of_int(checked(function()))


def numbers_1(function: Callable[[int], int]) -> Native:
    """A function of one number."""
    return lambda session, stack, first, count: Value.of_int(checked(function(word(session, stack[first]))))


def numbers_2(function: Callable[[int, int], int]) -> Native:
    """A function of two numbers."""
    return lambda session, stack, first, count: Value.of_int(
        checked(function(word(session, stack[first]), word(session, stack[first + 1])))
    )


def numbers_3(function: Callable[[int, int, int], int]) -> Native:
    """A function of three numbers."""
    return lambda session, stack, first, count: Value.of_int(
        checked(function(word(session, stack[first]), word(session, stack[first + 1]), word(session, stack[first + 2])))
    )


def path_1(function: Callable[[bytes], int]) -> Native:
    """A function of one path."""
    return lambda session, stack, first, count: Value.of_int(checked(function(path(stack[first]))))


def path_2(function: Callable[[bytes, bytes], int]) -> Native:
    """A function of two paths."""
    return lambda session, stack, first, count: Value.of_int(
        checked(function(path(stack[first]), path(stack[first + 1])))
    )


def path_number(function: Callable[[bytes, int], int]) -> Native:
    """A function of a path and a number."""
    return lambda session, stack, first, count: Value.of_int(
        checked(function(path(stack[first]), word(session, stack[first + 1])))
    )


FUNCTIONS: Final[list[PyBuiltin]] = [
    PyBuiltin("open", open_file, 3, 3),
    PyBuiltin("read", read_file, 2, 2),
    PyBuiltin("write", write_file, 2, 2),
    PyBuiltin("status", file_status, 2, 2),
    PyBuiltin("readlink", read_link, 1, 1),
    PyBuiltin("pipe", make_pipe, 0, 0),
    PyBuiltin("listdir", list_names, 1, 1),
    PyBuiltin("getcwd", get_folder, 0, 0),
    PyBuiltin("chdir", set_folder, 1, 1),
    PyBuiltin("environ", get_environment, 0, 0),
    PyBuiltin("putenv", put_environment, 2, 2),
    PyBuiltin("_exit", leave, 1, 1),
    PyBuiltin("waitpid", wait_process, 2, 2),
    PyBuiltin("fork", fork, 0, 0),
    PyBuiltin("execve", execute, 3, 3),
    PyBuiltin("wait", wait_ready, 2, 2),
    PyBuiltin("strerror", get_errors, 1, 1),
    PyBuiltin("close", numbers_1(calls.close_file), 1, 1),
    PyBuiltin("lseek", numbers_3(calls.seek_file), 3, 3),
    PyBuiltin("ftruncate", numbers_2(calls.truncate_file), 2, 2),
    PyBuiltin("fsync", numbers_1(calls.sync_file), 1, 1),
    PyBuiltin("isatty", numbers_1(calls.is_terminal), 1, 1),
    PyBuiltin("dup", numbers_1(calls.duplicate), 1, 1),
    PyBuiltin("dup2", numbers_2(calls.duplicate_to), 2, 2),
    PyBuiltin("fcntl", numbers_3(calls.control_file), 3, 3),
    PyBuiltin("umask", numbers_1(calls.change_mask), 1, 1),
    PyBuiltin("kill", numbers_2(calls.send_signal), 2, 2),
    PyBuiltin("getpid", numbers_0(calls.process_number), 0, 0),
    PyBuiltin("getppid", numbers_0(calls.parent_number), 0, 0),
    PyBuiltin("getuid", numbers_0(calls.user_number), 0, 0),
    PyBuiltin("geteuid", numbers_0(calls.effective_user), 0, 0),
    PyBuiltin("getgid", numbers_0(calls.group_number), 0, 0),
    PyBuiltin("setsid", numbers_0(calls.new_process_group), 0, 0),
    PyBuiltin("unlink", path_1(calls.remove_file), 1, 1),
    PyBuiltin("rmdir", path_1(calls.remove_folder), 1, 1),
    PyBuiltin("mkdir", path_number(calls.make_folder), 2, 2),
    PyBuiltin("chmod", path_number(calls.change_mode), 2, 2),
    PyBuiltin("access", path_number(calls.may_access), 2, 2),
    PyBuiltin("rename", path_2(calls.rename_file), 2, 2),
    PyBuiltin("link", path_2(calls.make_link), 2, 2),
    PyBuiltin("symlink", path_2(calls.make_symbolic_link), 2, 2),
]


def make_posix_calls(session: Session) -> Value:
    """The module."""
    native_module(session, "_posix_calls", FUNCTIONS)
    return session.modules.get_named("_posix_calls")
