"""Running other programs to their end, with limits."""

import os
import selectors
import signal
import subprocess
import time
from contextlib import suppress
from typing import Final

from tracewright.core.arrays import Array

# What `run_commands` tells of how it went, as indexes.
EXIT_CODE: Final = 0  # of the last command; minus the signal that ended it
TIMED_OUT: Final = 1  # 1: it was ended because its time was over
OUTPUT_LENGTH: Final = (
    2  # the bytes that are given begin with so many of its standard output; the rest is standard error
)
OUTPUT_CUT: Final = 3  # 1: there was more than was allowed
ERRORS_CUT: Final = 4
RESULT_WORDS: Final = 5

NO_LIMIT: Final = -1


def run_commands(
    commands: bytes, variables: bytes, text: bytes, nanoseconds: int, most_bytes: int, result: Array[int]
) -> bytes:
    """Run commands, each of which reads what the one before writes; gives standard output of the last and standard error of all.

    A command is its words, each between a `+` and a zero byte, and then a zero byte more; the environment, `variables`, is written
    as `core.files` does. `text` is standard input of the first. When the time is over, all are ended; of each stream, at most
    `most_bytes` are kept, and the rest is read and dropped. Standard output is flushed first. Raises OSError if a command cannot be
    started.
    """
    words = [
        [word.removeprefix(b"+") for word in command.split(b"\0")]
        for command in commands.removesuffix(b"\0\0").split(b"\0\0")
    ]
    pairs = [variable.split(b"=", 1) for variable in variables.split(b"\0") if variable]
    environment = {name: value for name, value in pairs}
    processes: list[subprocess.Popen[bytes]] = []
    errors_read, errors_written = os.pipe()
    deadline = None if nanoseconds < 0 else time.monotonic() + nanoseconds / 1e9
    try:
        for command in words:
            before = processes[-1].stdout if processes else subprocess.PIPE
            processes.append(
                subprocess.Popen(
                    command,
                    stdin=before,
                    stdout=subprocess.PIPE,
                    stderr=errors_written,
                    env=environment,
                    process_group=processes[0].pid if processes else 0,
                )
            )
            if isinstance(before, int):
                continue
            assert before is not None
            before.close()
    except OSError:
        _end(processes)
        os.close(errors_read)
        raise
    finally:
        os.close(errors_written)
    return _communicate(processes, errors_read, text, deadline, most_bytes, result)


def _end(processes: list[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        with suppress(OSError):
            os.killpg(processes[0].pid, signal.SIGKILL)
        process.wait()


def _communicate(
    processes: list[subprocess.Popen[bytes]],
    errors_read: int,
    text: bytes,
    deadline: float | None,
    most_bytes: int,
    result: Array[int],
) -> bytes:
    first, last = processes[0], processes[-1]
    assert first.stdin is not None and last.stdout is not None
    streams = {last.stdout.fileno(): bytearray(), errors_read: bytearray()}
    cut = dict.fromkeys(streams, False)
    result[TIMED_OUT] = 0
    with selectors.DefaultSelector() as selector:
        for descriptor in streams:
            selector.register(descriptor, selectors.EVENT_READ)
        if text:
            os.set_blocking(first.stdin.fileno(), False)
            selector.register(first.stdin.fileno(), selectors.EVENT_WRITE)
        else:
            first.stdin.close()
        reading = 2
        while reading:
            left = None if deadline is None else max(0.0, deadline - time.monotonic())
            ready = selector.select(left)
            if deadline is not None and time.monotonic() >= deadline and result[TIMED_OUT] == 0 and not ready:
                result[TIMED_OUT] = 1
                deadline = None
                with suppress(OSError):
                    os.killpg(first.pid, signal.SIGKILL)
            for key, _ in ready:
                if key.fd not in streams:
                    text = _feed(first, text)
                    if not text:
                        selector.unregister(key.fd)
                        with suppress(OSError):
                            first.stdin.close()
                    continue
                part = os.read(key.fd, 1 << 16)
                if not part:
                    selector.unregister(key.fd)
                    reading -= 1
                room = len(part) if most_bytes < 0 else most_bytes - len(streams[key.fd])
                streams[key.fd] += part[:room]
                cut[key.fd] = cut[key.fd] or len(part) > room
    for process in processes:
        process.wait()
    output, errors = streams[last.stdout.fileno()], streams[errors_read]
    result[EXIT_CODE] = last.returncode
    result[OUTPUT_LENGTH] = len(output)
    result[OUTPUT_CUT], result[ERRORS_CUT] = (int(cut[key]) for key in streams)
    os.close(errors_read)
    last.stdout.close()
    return bytes(output + errors)


def _feed(process: subprocess.Popen[bytes], text: bytes) -> bytes:
    """Write what the process takes; gives what is left."""
    assert process.stdin is not None
    try:
        return text[os.write(process.stdin.fileno(), text[:4096]) :]
    except BlockingIOError:
        return text
    except BrokenPipeError:
        return b""
