"""The outside world, as dialect code may see it. Everything that crosses the border, paths included, is `bytes`."""

import os
import select
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TextIO

from tracewright.core.arrays import Array


def argument(index: int) -> bytes | None:
    """Word `index` of the command line, counting from 0 after the program's name; None past the end."""
    return os.fsencode(sys.argv[index + 1]) if index + 1 < len(sys.argv) else None


def write_output(data: bytes) -> None:
    """Append to buffered standard output. Raises OSError if output, this or earlier one, is lost (the device is full)."""
    try:
        sys.stdout.buffer.write(data)
    except OSError:
        _drop(sys.stdout)
        raise


def flush_output() -> None:
    """Hand buffered standard output to the system. Raises OSError if any of it, or of standard error's, is lost.

    A program should end with this, so that it can say so; otherwise the runtime does, with exit code 1.
    """
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.buffer.flush()
        except OSError:
            _drop(stream)
            raise


def _drop(stream: TextIO) -> None:
    """Forget what Python would try to write again and again."""
    descriptor = stream.fileno()
    kept = os.dup(descriptor)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, descriptor)
    stream.buffer.flush()
    os.dup2(kept, descriptor)
    os.close(kept)
    os.close(nowhere)


def write_error(data: bytes) -> None:
    """Write to standard error at once, after standard output. Raises nothing: this is how errors are reported."""
    with suppress(OSError):  # what is lost stays in the buffers, and `flush_output` says so
        sys.stdout.buffer.flush()
    with suppress(OSError):
        sys.stderr.buffer.write(data)
        sys.stderr.buffer.flush()


def read_file(path: bytes) -> bytes:
    """The whole file. Raises OSError (its `errno` field says why)."""
    with open(path, "rb") as stream:
        return stream.read()


def write_file(path: bytes, data: bytes) -> None:
    """Create or replace the file. Raises OSError."""
    with open(path, "wb") as stream:
        stream.write(data)


def canonical_path(path: bytes) -> bytes:
    """The absolute path of something that exists, with no symbolic link in it. Raises OSError."""
    return os.path.realpath(path, strict=True)


def read_line() -> bytes:
    """The next line of standard input with its newline; empty at the end."""
    return sys.stdin.buffer.readline()


def error_text(errno: int) -> bytes:
    """The system's words for an error number, such as "No such file or directory"."""
    return os.strerror(errno).encode()


def monotonic_nanoseconds() -> int:
    """A clock that never goes back."""
    return time.monotonic_ns()


def wall_nanoseconds() -> int:
    """Nanoseconds since 1970-01-01 UTC."""
    return time.time_ns()


READABLE = 1  # of a file descriptor: reading would not wait (also at the end of what there is to read, and on failure)
WRITABLE = 2


def wait_for_descriptors(requests: Array[int], count: int, nanoseconds: int) -> int:
    """Wait until one of the first `count` requests is ready, or so long (-1: for ever); output is flushed first.

    A request is a pair of words: the descriptor, and in which of READABLE and WRITABLE there is interest. What it is ready for
    takes the place of the interest. Gives the number of ready requests; 0 also after an interrupt. Raises OSError.
    """
    if nanoseconds != 0:
        flush_output()
    poller = select.poll()
    for index in range(count):
        interest = requests[2 * index + 1]
        reading = select.POLLIN if interest & READABLE else 0
        poller.register(requests[2 * index], reading | (select.POLLOUT if interest & WRITABLE else 0))
    events = dict(poller.poll(None if nanoseconds < 0 else nanoseconds / 1_000_000))
    ready = 0
    for index in range(count):
        found, interest = events.get(requests[2 * index], 0), requests[2 * index + 1]
        failed = found & (select.POLLERR | select.POLLHUP | select.POLLNVAL)
        able = READABLE if found & select.POLLIN or failed else 0
        able |= WRITABLE if found & select.POLLOUT or failed else 0
        requests[2 * index + 1] = able & interest
        ready += (able & interest) != 0
    return ready


def environment_variable(name: bytes) -> bytes | None:
    """Its text, or None where unset."""
    return os.environb.get(name)


def is_terminal(descriptor: int) -> bool:
    """Whether the file descriptor is a terminal."""
    return os.isatty(descriptor)


def poll_interrupt() -> None:
    """For long work outside guest loops: raise KeyboardInterrupt or MemoryError now, where one waits. Hosted, Python raises by itself."""


HOSTED_DEPTH = 20_000  # calls inside each other; CPython's default is less than parsers need


def run_as_program(main: Callable[[], int]) -> None:
    """What a target's `if __name__ == "__main__"` does under CPython: run `main` with room for deep recursion, and leave with its code."""
    sys.setrecursionlimit(HOSTED_DEPTH)
    leave(main())


def leave(code: int) -> None:
    """Flush output and end the process with this exit code (1 instead of 0 if output is lost, after saying so)."""
    try:
        flush_output()
    except OSError as error:
        sys.stderr.write(f"cannot write the output: {error.strerror}\n")
        code = code or 1
    raise SystemExit(code)
