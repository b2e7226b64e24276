"""Programs beside this one, hosted: what goes in and comes out, how they end, what cannot be started."""

import select
import signal

import pytest

from tracewright.core.files import close_descriptor
from tracewright.lib.child_processes import (
    NOTHING,
    PIPE,
    RUNNING,
    Child,
    exit_of,
    read_some,
    send_signal,
    start_program,
    write_some,
)

VARIABLES = [b"PATH=/usr/bin:/bin", b"NAME=value"]


def whole(descriptor: int) -> bytes:
    """Everything up to the end; the descriptor is closed then."""
    parts: list[bytes] = []
    while True:
        select.select([descriptor], [], [], 10)
        data = read_some(descriptor)
        if data == b"":
            close_descriptor(descriptor)
            return b"".join(parts)
        parts.append(data or b"")


def end_of(child: Child) -> int:
    select.select([child.exit_descriptor], [], [], 10)
    close_descriptor(child.exit_descriptor)
    return exit_of(child.pid)


def test_both_directions() -> None:
    child = start_program([b"cat"], VARIABLES, b"", [PIPE, PIPE, NOTHING], False)
    assert write_some(child.descriptors[0], b"there and back") == 14
    close_descriptor(child.descriptors[0])
    assert child.descriptors[2] == -1
    assert whole(child.descriptors[1]) == b"there and back"
    assert end_of(child) == 0


def test_pipes_that_are_full_or_empty_do_not_wait() -> None:
    child = start_program([b"cat"], VARIABLES, b"", [PIPE, PIPE, NOTHING], False)
    assert read_some(child.descriptors[1]) is None
    taken = write_some(child.descriptors[0], b"x" * 10_000_000)
    assert 0 < taken < 10_000_000
    close_descriptor(child.descriptors[0])
    assert len(whole(child.descriptors[1])) == taken
    assert end_of(child) == 0


def test_folder_variables_and_exit_code() -> None:
    script = b"pwd; echo $NAME >&2; exit 7"
    child = start_program([b"sh", b"-c", script], VARIABLES, b"/usr", [NOTHING, PIPE, PIPE], True)
    assert whole(child.descriptors[1]) == b"/usr\n"
    assert whole(child.descriptors[2]) == b"value\n"
    assert end_of(child) == 7


def test_signals_and_time() -> None:
    child = start_program([b"sleep", b"60"], VARIABLES, b"", [NOTHING, NOTHING, NOTHING], False)
    assert exit_of(child.pid) == RUNNING
    send_signal(child.pid, signal.SIGKILL)
    assert end_of(child) == -signal.SIGKILL
    with pytest.raises(OSError, match="No such process"):
        send_signal(child.pid, 0)


def test_what_cannot_be_started() -> None:
    with pytest.raises(OSError, match="No such file"):
        start_program([b"no-such-program"], VARIABLES, b"", [PIPE, PIPE, PIPE], False)
    with pytest.raises(OSError, match="No such file"):
        start_program([b"true"], VARIABLES, b"/no/such/folder", [PIPE, PIPE, PIPE], False)
