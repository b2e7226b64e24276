"""Links between files, their permissions, owners and times. All of it raises OSError."""

from __future__ import annotations

from typing import Final

from tracewright.core.foreign import (
    CAddress,
    CInt,
    CLong,
    CSize,
    CText,
    CUnsigned,
    allocate,
    bytes_at,
    error_number,
    release,
)
from tracewright.core.foreign_headers import Header
from tracewright.core.memory import store64
from tracewright.lib.sockets import failure_of
from tracewright.lib.system_headers import LIBC, UNISTD_H

STAT_H: Final = Header("sys/stat.h", LIBC, types="typedef unsigned int mode_t; struct timespec;")
HERE: Final = -100  # AT_FDCWD: a path is relative to the current folder
LONGEST: Final = 4096  # of a path
NANOSECONDS: Final = 1_000_000_000
NO_FOLLOWING: Final = 0x100  # AT_SYMLINK_NOFOLLOW


@STAT_H.function("int chmod(const char *, mode_t)")
def _chmod(path: CText, mode: CUnsigned) -> CInt:
    raise NotImplementedError


@STAT_H.function("int utimensat(int, const char *, const struct timespec *, int)")
def _set_times(folder: CInt, path: CText, times: CAddress, flags: CInt) -> CInt:
    raise NotImplementedError


@UNISTD_H.function("int chown(const char *, uid_t, gid_t)")
def _chown(path: CText, user: CUnsigned, group: CUnsigned) -> CInt:
    raise NotImplementedError


@UNISTD_H.function("int link(const char *, const char *)")
def _link(path: CText, name: CText) -> CInt:
    raise NotImplementedError


@UNISTD_H.function("int symlink(const char *, const char *)")
def _symlink(target: CText, name: CText) -> CInt:
    raise NotImplementedError


@UNISTD_H.function("ssize_t readlink(const char *, char *, size_t)")
def _read_link(path: CText, place: CAddress, size: CSize) -> CLong:
    raise NotImplementedError


def _check(result: int) -> None:
    if result != 0:
        raise failure_of(error_number())


def change_mode(path: bytes, mode: int) -> None:
    """Give a file other permissions."""
    _check(_chmod(path, mode))


def change_owner(path: bytes, user: int, group: int) -> None:
    """Give a file to somebody else; -1 leaves a user or group as it is."""
    _check(_chown(path, user & 0xFFFFFFFF, group & 0xFFFFFFFF))


def make_link(path: bytes, name: bytes) -> None:
    """Another name of a file."""
    _check(_link(path, name))


def make_symbolic_link(target: bytes, name: bytes) -> None:
    """A name that leads to a path, whether there is something or not."""
    _check(_symlink(target, name))


def read_link(path: bytes) -> bytes:
    """Where a symbolic link leads."""
    place = allocate(LONGEST)
    try:
        length = _read_link(path, place, LONGEST)
        if length < 0:
            raise failure_of(error_number())
        return bytes_at(place, length)
    finally:
        release(place)


def set_times(path: bytes, accessed: int, modified: int, follows: bool) -> None:
    """When a file was last read and changed, in nanoseconds since 1970; of a link itself unless it is followed."""
    times = allocate(32)
    try:
        store64(times, accessed // NANOSECONDS)
        store64(times + 8, accessed % NANOSECONDS)
        store64(times + 16, modified // NANOSECONDS)
        store64(times + 24, modified % NANOSECONDS)
        _check(_set_times(HERE, path, times, 0 if follows else NO_FOLLOWING))
    finally:
        release(times)
