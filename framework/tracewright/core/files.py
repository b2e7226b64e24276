"""Files and folders, the current folder, and the environment. Names are `bytes`; everything raises OSError, whose `errno` says why.

What is written here is with the system when the function returns; a write that stops half-way (the device is full) raises.
"""

import os
from typing import Final

from tracewright.core.arrays import Array

# How `open_descriptor` opens.
READ: Final = 0
CREATE_NEW: Final = 1  # to write; fails if there is something of that name
REPLACE: Final = 2  # to write, and what is there is forgotten
APPEND: Final = 3  # to write at the end; made if it is not there
UPDATE: Final = 4  # to write in the middle; made if it is not there

_FLAGS = (
    os.O_RDONLY,
    os.O_WRONLY | os.O_CREAT | os.O_EXCL,
    os.O_WRONLY | os.O_CREAT | os.O_TRUNC,
    os.O_WRONLY | os.O_CREAT | os.O_APPEND,
    os.O_WRONLY | os.O_CREAT,
)

CURRENT: Final = -1  # as an offset: where the last read or write has ended
TO_THE_END: Final = -1  # as a count

# What `file_status` tells, as indexes.
KIND: Final = 0
SIZE: Final = 1
MODE: Final = 2  # the twelve lowest bits: permissions
MODIFIED: Final = 3  # nanoseconds since 1970
ACCESSED: Final = 4
CHANGED: Final = 5
STATUS_WORDS: Final = 6

# Values of KIND.
OTHER: Final = 0
FILE: Final = 1
FOLDER: Final = 2
LINK: Final = 3

_KINDS = {0o100000: FILE, 0o040000: FOLDER, 0o120000: LINK}


def open_descriptor(path: bytes, how: int) -> int:
    """A file descriptor, to be closed."""
    return os.open(path, _FLAGS[how] | os.O_CLOEXEC, 0o666)


def close_descriptor(descriptor: int) -> None:
    """Some systems tell only here that something could not be written."""
    os.close(descriptor)


def read_descriptor(descriptor: int, offset: int, count: int) -> bytes:
    """`count` bytes from `offset` (or CURRENT), fewer only at the end; or all that is there, TO_THE_END."""
    parts: list[bytes] = []
    length = 0
    while count < 0 or length < count:
        wanted = 1 << 16 if count < 0 else count - length
        part = os.read(descriptor, wanted) if offset < 0 else os.pread(descriptor, wanted, offset + length)
        if not part:
            break
        parts.append(part)
        length += len(part)
    return b"".join(parts)


def write_descriptor(descriptor: int, offset: int, data: bytes) -> None:
    """All of the data, from `offset` (or CURRENT) on."""
    done = 0
    while done < len(data):
        rest = data[done:]
        done += os.write(descriptor, rest) if offset < 0 else os.pwrite(descriptor, rest, offset + done)


def truncate_file(path: bytes, length: int) -> None:
    """Cut the file, or extend it by zeros."""
    os.truncate(path, length)


def file_status(path: bytes, follow: int, status: Array[int]) -> None:
    """Fill in what is known of what lies at the path: of a link itself, or where it leads if `follow` is 1."""
    found = os.stat(path, follow_symlinks=follow == 1)
    status[KIND] = _KINDS.get(found.st_mode & 0o170000, OTHER)
    status[SIZE] = found.st_size
    status[MODE] = found.st_mode & 0o7777
    status[MODIFIED] = found.st_mtime_ns
    status[ACCESSED] = found.st_atime_ns
    status[CHANGED] = found.st_ctime_ns


def list_folder(path: bytes) -> bytes:
    """The names in the folder, in no order, each with a zero byte behind it."""
    return b"".join(name + b"\0" for name in os.listdir(path))


def make_folder(path: bytes) -> None:
    """The folders above it must exist."""
    os.mkdir(path)


def remove_file(path: bytes) -> None:
    """Anything but a folder."""
    os.unlink(path)


def remove_folder(path: bytes) -> None:
    """It must be empty."""
    os.rmdir(path)


def rename_path(old: bytes, new: bytes) -> None:
    """What is at the new path is replaced."""
    os.rename(old, new)


def current_folder() -> bytes:
    """Its absolute path."""
    return os.getcwdb()


def change_folder(path: bytes) -> None:
    """Make it the current one."""
    os.chdir(path)


def environment() -> bytes:
    """All variables, as `NAME=text`, each with a zero byte behind it."""
    return b"".join(name + b"=" + text + b"\0" for name, text in os.environb.items())


def set_environment_variable(name: bytes, text: bytes) -> None:
    """For this process and those it starts. Names are not empty and hold no `=`."""
    os.environb[name] = text
