"""Compiled modules in files, so that what a program imports is compiled once.

    ~/.cache/tracewright-python/4c1f09a2e37b5d10-argparse.twc          lies there after `import argparse`

A file is named after the path of its source. Its head says which build of the engine has written it, and the size and the time of change of the
source; then come a checksum and the code. What does not fit, or is damaged, is not used but written anew; nobody is told.

The user's cache folder keeps what is imported often and changes seldom: the standard library, installed packages, and the engine's own guest
modules; so it does not grow with every script that is run. A folder that TRACEWRIGHT_PYTHON_CACHE names keeps all modules; if the variable is empty,
or PYTHONDONTWRITEBYTECODE is not, there is no cache.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final, final

from tracewright.core.arrays import Array
from tracewright.core.files import MODIFIED, SIZE, STATUS_WORDS, file_status, make_folder, rename_path
from tracewright.core.integers import wrap_mul
from tracewright.core.system import environment_variable, monotonic_nanoseconds, read_file, write_file
from tracewright.guest import instructions
from tracewright.hints import immutable_fields
from tracewright_python.bytecode import Code
from tracewright_python.bytecode_file import CodeWriter, Unwritable, written
from tracewright_python.bytecode_reader import CodeReader, Damaged
from tracewright_python.namespaces import Namespace
from tracewright_python.session import Session

VARIABLE: Final = b"TRACEWRIGHT_PYTHON_CACHE"
UNWANTED: Final = b"PYTHONDONTWRITEBYTECODE"
USUAL_PLACES: Final[dict[bytes, bytes]] = {
    b"XDG_CACHE_HOME": b"/tracewright-python",
    b"HOME": b"/.cache/tracewright-python",
}
"""By the variables that say where: what lies below."""
MAGIC: Final = b"TWPY"
HEAD: Final = 36  # magic, build, size, time of change, checksum


def _build_number() -> int:
    """Of this engine's source: whatever changes in it may change what code means."""
    digest = hashlib.sha256()
    for folder in (Path(__file__).parent, Path(instructions.__file__).parent):
        for path in sorted(folder.rglob("*")):
            if path.suffix in (".py", ".guest"):
                digest.update(path.read_bytes())
    return int.from_bytes(digest.digest()[:7], "little")


BUILD: Final[int] = _build_number()


def checksum(data: bytes, start: int) -> int:
    """Of the bytes from `start` on: each changes it for good."""
    state = 0x1234567
    for index in range(start, len(data)):
        state = wrap_mul(state ^ data[index], 0x100000001B3)
        state = state ^ (state >> 29)
    return state


def set_cache(session: Session) -> None:
    """Find out where the files are, if there is to be a cache."""
    named = environment_variable(VARIABLE)
    if named is not None:
        session.cache_folder = named
        session.caches_all = True
        return
    unwanted = environment_variable(UNWANTED)
    if unwanted is not None and unwanted != b"":
        return
    for variable, below in USUAL_PLACES.items():
        folder = environment_variable(variable)
        if folder is not None and folder.startswith(b"/"):
            session.cache_folder = folder + below
            return


def is_kept(session: Session, file: str) -> bool:
    """Whether the cache is for a source."""
    if session.caches_all or file.startswith("<prelude ") or "/site-packages/" in file or "/dist-packages/" in file:
        return True
    return session.library != "" and file.startswith(session.library + "/")


def cache_file(session: Session, file: str) -> bytes:
    """The cache's file for a source; empty where there is none."""
    folder = session.cache_folder
    if folder == b"" or not is_kept(session, file):
        return b""
    try:
        path = file.encode()
    except ValueError:
        return b""  # a name that is no text
    number = checksum(path, 0)
    digits = ""
    for shift in range(60, -1, -4):
        digits += "0123456789abcdef"[number >> shift & 15]
    name = file.rpartition("/")[2].partition(".")[0]
    if name == "__init__":
        name = file.rpartition("/")[0].rpartition("/")[2]
    return folder + f"/{digits}-{name[:40] if name.isascii() else 'module'}.twc".encode()


@final
@immutable_fields("file", "size", "changed")
class Source:
    """A text, by which the cache knows whether what it has is still what the text says: where it is, its size, and when it was changed."""

    def __init__(self, file: str, size: int, changed: int) -> None:
        self.file = file
        self.size = size
        self.changed = changed


def source_of(file: str) -> Source:
    """The source in a file. What cannot be looked at has a size that none has."""
    status: Array[int] = Array(STATUS_WORDS, 0)
    try:
        file_status(file.encode(), 1, status)
    except OSError:
        status[SIZE] = -1
    except ValueError:
        status[SIZE] = -1
    return Source(file, status[SIZE], status[MODIFIED])


def head_of(source: Source, code: bytes) -> bytes:
    """What stands before the code."""
    writer = CodeWriter()
    for number in (BUILD, source.size, source.changed, checksum(code, 0)):
        writer.word(number)
    return MAGIC + bytes(writer.out)


def cached_code(session: Session, namespace: Namespace, source: Source) -> Code | None:
    """The code of a source, if the cache has it as it is now."""
    place = cache_file(session, source.file)
    if place == b"" or source.size < 0:
        return None
    try:
        data = read_file(place)
    except OSError:
        return None
    if len(data) < HEAD or data[:HEAD] != head_of(source, data[HEAD:]):
        return None
    try:
        return CodeReader(session, namespace, source.file, data, HEAD).module()
    except Damaged:
        return None


def keep_code(session: Session, source: Source, code: Code) -> None:
    """Put the code of a source, which has just been compiled, into the cache, if that can be done."""
    place = cache_file(session, source.file)
    if place == b"" or source.size < 0:
        return
    try:
        body = written(code)
    except Unwritable:
        return
    other = place + b"." + str(monotonic_nanoseconds()).encode()
    try:
        ensure_folder(session.cache_folder)
        write_file(other, head_of(source, body) + body)
        rename_path(other, place)
    except OSError:
        session.cache_folder = b""  # a folder that cannot be written is no reason to stop, but to try no more


def ensure_folder(folder: bytes) -> None:
    """Make a folder with those above it. Raises OSError."""
    status: Array[int] = Array(STATUS_WORDS, 0)
    try:
        file_status(folder, 1, status)
        return
    except OSError:
        pass
    above = folder.rpartition(b"/")[0]
    if above != b"":
        ensure_folder(above)
    make_folder(folder)
