"""Programs that run beside this one, and pipes to them: who waits for something watches a descriptor in an event loop.

    child = start_program([b"cat"], environment, b"", [PIPE, PIPE, 2], False)
    child.descriptors[0]       our end of its standard input: `write_some`
    child.descriptors[1]       our end of its standard output: `read_some`, when READABLE
    child.exit_descriptor      READABLE when it has ended: then `exit_of(child.pid)`

Our ends never wait. All of it raises OSError.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array
from tracewright.core.files import close_descriptor
from tracewright.core.foreign import (
    NULL,
    CAddress,
    CData,
    CInt,
    CLong,
    CSize,
    CText,
    CUnsigned,
    CWords,
    allocate,
    bytes_at,
    error_number,
    release,
)
from tracewright.core.foreign_headers import Header
from tracewright.core.memory import store8, store64
from tracewright.lib.sockets import failure_of, would_wait
from tracewright.lib.system_headers import LIBC, UNISTD_H

SPAWN_H: Final = Header(
    "spawn.h",
    LIBC,
    types="typedef struct file_actions_s posix_spawn_file_actions_t; typedef struct attributes_s posix_spawnattr_t;"
    " typedef struct signals_s sigset_t; typedef int pid_t;",
)
FCNTL_H: Final = Header("fcntl.h", LIBC)
WAIT_H: Final = Header("sys/wait.h", LIBC, types="typedef int pid_t;")
SIGNAL_H: Final = Header("signal.h", LIBC, types="typedef int pid_t;")

O_RDWR: Final = FCNTL_H.constant("O_RDWR", 2)
O_NONBLOCK: Final = FCNTL_H.constant("O_NONBLOCK", 0o4000)
O_CLOEXEC: Final = FCNTL_H.constant("O_CLOEXEC", 0o2000000)
F_SETFL: Final = FCNTL_H.constant("F_SETFL", 4)
WNOHANG: Final = WAIT_H.constant("WNOHANG", 1)
SIGPIPE: Final = SIGNAL_H.constant("SIGPIPE", 13)
SETSIGDEF: Final = SPAWN_H.constant("POSIX_SPAWN_SETSIGDEF", 4)
SETSID: Final = 128  # POSIX_SPAWN_SETSID, which the header has for GNU programs only
PIDFD_OPEN: Final = (
    434  # the system call's number, the same on all our machines; the C library has a name for it since 2.36
)
ROOM: Final = 1024  # for each of the C library's records here, which are smaller on all machines
SIGNAL_BITS: Final = 128  # bytes of a set of signals
CHUNK: Final = 1 << 16

PIPE: Final = -1  # in place of a descriptor that the program inherits: a pipe to us
NOTHING: Final = -2  # /dev/null
RUNNING: Final = -1000  # in place of an exit code
WOULD_WAIT: Final = -1  # in place of a count


@SPAWN_H.function("int posix_spawn_file_actions_init(posix_spawn_file_actions_t *)")
def _actions_init(actions: CAddress) -> CInt:
    raise NotImplementedError


@SPAWN_H.function("int posix_spawn_file_actions_destroy(posix_spawn_file_actions_t *)")
def _actions_destroy(actions: CAddress) -> CInt:
    raise NotImplementedError


@SPAWN_H.function("int posix_spawn_file_actions_adddup2(posix_spawn_file_actions_t *, int, int)")
def _actions_duplicate(actions: CAddress, descriptor: CInt, target: CInt) -> CInt:
    raise NotImplementedError


@SPAWN_H.function("int posix_spawn_file_actions_addclose(posix_spawn_file_actions_t *, int)")
def _actions_close(actions: CAddress, descriptor: CInt) -> CInt:
    raise NotImplementedError


@SPAWN_H.function("int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *, const char *)")
def _actions_change_folder(actions: CAddress, folder: CText) -> CInt:
    raise NotImplementedError


@SPAWN_H.function("int posix_spawnattr_init(posix_spawnattr_t *)")
def _attributes_init(attributes: CAddress) -> CInt:
    raise NotImplementedError


@SPAWN_H.function("int posix_spawnattr_destroy(posix_spawnattr_t *)")
def _attributes_destroy(attributes: CAddress) -> CInt:
    raise NotImplementedError


@SPAWN_H.function("int posix_spawnattr_setflags(posix_spawnattr_t *, short)")
def _attributes_set_flags(attributes: CAddress, flags: CInt) -> CInt:
    raise NotImplementedError


@SPAWN_H.function("int posix_spawnattr_setsigdefault(posix_spawnattr_t *, const sigset_t *)")
def _attributes_set_defaults(attributes: CAddress, signals: CAddress) -> CInt:
    raise NotImplementedError


@SPAWN_H.function(
    "int posix_spawnp(pid_t *, const char *, const posix_spawn_file_actions_t *, const posix_spawnattr_t *,"
    " char *const *, char *const *)"
)
def _spawn(
    pid: CWords, file: CText, actions: CAddress, attributes: CAddress, words: CAddress, variables: CAddress
) -> CInt:
    raise NotImplementedError


@UNISTD_H.function("int pipe2(int *, int)")
def _pipe(descriptors: CWords, flags: CInt) -> CInt:
    raise NotImplementedError


@UNISTD_H.function("ssize_t read(int, void *, size_t)")
def _read(descriptor: CInt, place: CAddress, size: CSize) -> CLong:
    raise NotImplementedError


@UNISTD_H.function("ssize_t write(int, const void *, size_t)")
def _write(descriptor: CInt, data: CData, size: CSize) -> CLong:
    raise NotImplementedError


@UNISTD_H.function("long syscall(long, ...)", variadic=["int", "unsigned int"])
def _system_call(number: CLong, first: CInt, second: CUnsigned) -> CLong:
    raise NotImplementedError


@FCNTL_H.function("int fcntl(int, int, ...)", variadic=["int"])
def _control(descriptor: CInt, command: CInt, value: CInt) -> CInt:
    raise NotImplementedError


@FCNTL_H.function("int open(const char *, int, ...)", variadic=["int"])
def _open(path: CText, flags: CInt, mode: CInt) -> CInt:
    raise NotImplementedError


@WAIT_H.function("pid_t waitpid(pid_t, int *, int)")
def _wait(pid: CInt, status: CWords, flags: CInt) -> CInt:
    raise NotImplementedError


@SIGNAL_H.function("int kill(pid_t, int)")
def _kill(pid: CInt, signal: CInt) -> CInt:
    raise NotImplementedError


@final
class TextTable:
    """Texts as C has them: their addresses in a row, NULL behind the last; to be released."""

    def __init__(self, texts: list[bytes]) -> None:
        size = 8 * (len(texts) + 1)
        for text in texts:
            size += len(text) + 1
        self.place = allocate(size)
        here = self.place + 8 * (len(texts) + 1)
        for index in range(len(texts)):
            store64(self.place + 8 * index, here)
            text = texts[index]
            for offset in range(len(text)):
                store8(here + offset, text[offset])
            store8(here + len(text), 0)
            here += len(text) + 1
        store64(self.place + 8 * len(texts), NULL)


@final
class Child:
    """A program that was started. `descriptors` has our end for each of its descriptors that is a pipe, else -1."""

    def __init__(self, pid: int, exit_descriptor: int, descriptors: list[int]) -> None:
        self.pid = pid
        self.exit_descriptor = exit_descriptor
        self.descriptors = descriptors


def start_program(
    words: list[bytes], variables: list[bytes], folder: bytes, descriptors: list[int], is_leader: bool
) -> Child:
    """Start a program, which is looked for as the shell does, with these variables (`NAME=value`), in a folder unless that is empty.

    `descriptors` says what its descriptors from 0 on are: PIPE, NOTHING, or one of ours. `is_leader` gives it a session of its own.
    """
    ours: list[int] = []
    theirs: list[int] = []
    try:
        for number in range(len(descriptors)):
            _add_descriptor(descriptors[number], number == 0, ours, theirs)
        pid = _start(words, variables, folder, theirs, is_leader)
    except OSError:
        _close_all(ours)
        raise
    finally:
        _close_all([theirs[number] for number in range(len(theirs)) if descriptors[number] < 0])
    watched = _system_call(PIDFD_OPEN, pid, 0)
    if watched < 0:
        number = error_number()
        _close_all(ours)
        raise failure_of(number)
    return Child(pid, watched, ours)


def _close_all(descriptors: list[int]) -> None:
    for descriptor in descriptors:
        if descriptor >= 0:
            close_descriptor(descriptor)


def _add_descriptor(wanted: int, is_input: bool, ours: list[int], theirs: list[int]) -> None:
    if wanted >= 0:
        ours.append(-1)
        theirs.append(wanted)
        return
    if wanted == NOTHING:
        descriptor = _open(b"/dev/null", O_RDWR | O_CLOEXEC, 0)
        if descriptor < 0:
            raise failure_of(error_number())
        ours.append(-1)
        theirs.append(descriptor)
        return
    both = Array(1, 0)
    if _pipe(both, O_CLOEXEC) != 0:
        raise failure_of(error_number())
    reading, writing = both[0] & 0xFFFFFFFF, both[0] >> 32 & 0xFFFFFFFF
    own = writing if is_input else reading
    _control(own, F_SETFL, O_NONBLOCK)
    ours.append(own)
    theirs.append(reading if is_input else writing)


def _start(words: list[bytes], variables: list[bytes], folder: bytes, theirs: list[int], is_leader: bool) -> int:
    actions = allocate(3 * ROOM)
    attributes = actions + ROOM
    signals = attributes + ROOM
    _actions_init(actions)
    _attributes_init(attributes)
    word_table = TextTable(words)
    variable_table = TextTable(variables)
    pid = Array(1, 0)
    try:
        # A descriptor that has the number of another one's target would be overwritten: all go to numbers above first.
        above = len(theirs)
        for descriptor in theirs:
            above = max(above, descriptor + 1)
        for number in range(len(theirs)):
            _actions_duplicate(actions, theirs[number], above + number)
        for number in range(len(theirs)):
            _actions_duplicate(actions, above + number, number)
            _actions_close(actions, above + number)
        if len(folder) > 0:
            _actions_change_folder(actions, folder)
        for offset in range(0, SIGNAL_BITS, 8):
            store64(signals + offset, 0)
        store64(signals, 1 << (SIGPIPE - 1))  # we ignore it, which a program would inherit
        _attributes_set_defaults(attributes, signals)
        _attributes_set_flags(attributes, SETSIGDEF | (SETSID if is_leader else 0))
        problem = _spawn(pid, words[0], actions, attributes, word_table.place, variable_table.place)
        if problem != 0:
            raise failure_of(problem)
        return pid[0] & 0xFFFFFFFF
    finally:
        _actions_destroy(actions)
        _attributes_destroy(attributes)
        release(actions)
        release(word_table.place)
        release(variable_table.place)


def exit_of(pid: int) -> int:
    """The exit code of a program that has ended, minus the signal that has ended it, or RUNNING. Once it was told, the system forgets it."""
    status = Array(1, 0)
    found = _wait(pid, status, WNOHANG)
    if found == 0:
        return RUNNING
    if found < 0:
        raise failure_of(error_number())
    signal = status[0] & 0x7F
    return -signal if signal != 0 else status[0] >> 8 & 0xFF


def send_signal(pid: int, signal: int) -> None:
    """Tell a process something; 0 only asks whether it is there."""
    if _kill(pid, signal) != 0:
        raise failure_of(error_number())


def read_some(descriptor: int) -> bytes | None:
    """What there is to read, up to 64 KiB; empty at the end, None while nothing is there."""
    place = allocate(CHUNK)
    try:
        count = _read(descriptor, place, CHUNK)
        if count < 0:
            number = error_number()
            if would_wait(number):
                return None
            raise failure_of(number)
        return bytes_at(place, count)
    finally:
        release(place)


def write_some(descriptor: int, data: bytes) -> int:
    """How many bytes of the data were taken; WOULD_WAIT if none can be now."""
    count = _write(descriptor, data, len(data))
    if count < 0:
        number = error_number()
        if would_wait(number):
            return WOULD_WAIT
        raise failure_of(number)
    return count
