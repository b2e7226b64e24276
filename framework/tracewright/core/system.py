"""The outside world, as dialect code may see it. Everything that crosses the border, paths included, is `bytes`."""

import os
import sys
import time


def argument(index: int) -> bytes | None:
    """Word `index` of the command line, counting from 0 after the program's name; None past the end."""
    return os.fsencode(sys.argv[index + 1]) if index + 1 < len(sys.argv) else None


def write_output(data: bytes) -> None:
    """Append to buffered standard output."""
    sys.stdout.buffer.write(data)


def flush_output() -> None:
    """Hand buffered standard output to the system."""
    sys.stdout.buffer.flush()


def write_error(data: bytes) -> None:
    """Write to standard error at once, after flushing standard output."""
    flush_output()
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


def environment_variable(name: bytes) -> bytes | None:
    """Its text, or None where unset."""
    return os.environb.get(name)


def is_terminal(descriptor: int) -> bool:
    """Whether the file descriptor is a terminal."""
    return os.isatty(descriptor)


def leave(code: int) -> None:
    """Flush output and end the process with this exit code."""
    flush_output()
    raise SystemExit(code)
