"""Zip archives, by libzip. A new archive is written when it is closed; what is dropped before that is never written."""

from __future__ import annotations

from typing import Final, final

from tracewright.core import files
from tracewright.core.arrays import Array
from tracewright.core.foreign import NULL, MissingLibrary, allocate, bytes_at, release, text_at
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.core.weak import Finalizer, attach_finalizer
from tracewright.lib.utf8 import decode_lossy
from tracewright_ruff import libraries_zip as library
from tracewright_ruff.builtins.arguments import text_at as text_argument
from tracewright_ruff.builtins.files import create_folders
from tracewright_ruff.builtins.system_errors import because, failed
from tracewright_ruff.errors import GuestError
from tracewright_ruff.objects import texts_array
from tracewright_ruff.opaque import W_Opaque
from tracewright_ruff.session import ARITY_ANY, Session, W_Native

CREATE: Final = "Cannot create archive"
ADD: Final = "Cannot add to archive"
OPEN: Final = "Cannot open archive"
EXTRACT: Final = "Cannot extract"
PART: Final = 1 << 16  # bytes written at a time
MOST_BYTES: Final = 4 << 30  # of all files of an archive together
MOST_DEPTH: Final = 64  # of folders


@final
class OpenArchive(Finalizer):
    """An archive that is being made; it knows nothing of the object that the program holds."""

    def __init__(self, address: int) -> None:
        super().__init__()
        self.address = address  # NULL when it is closed

    def discard(self) -> None:
        """Forget it."""
        if self.address != NULL:
            library.discard_archive(self.address)
            self.address = NULL

    def run(self, target: object) -> None:
        self.discard()


@final
class W_Archive(W_Opaque):
    """What a program holds of it."""

    def __init__(self, path: str, opened: OpenArchive) -> None:
        super().__init__("ziparchive")
        self.path = path
        self.opened = opened


def _require() -> None:
    try:
        library.ZIP.require()
    except MissingLibrary as error:
        raise GuestError(str(error))


def _path(stack: VMStack, first: int, count: int, index: int, message: str) -> str:
    if count <= index:
        raise GuestError(message)
    path = text_argument(stack, first + index, message)
    if "\0" in path:
        raise GuestError(message)
    return path


def _archive(stack: VMStack, first: int, count: int, name: str) -> W_Archive:
    if count > 0 and stack[first].is_object():
        thing = stack[first].as_object()
        if isinstance(thing, W_Archive):
            if thing.opened.address == NULL:
                raise GuestError(f"{name}() archive is closed")
            return thing
    raise GuestError(f"{name}() requires a zip archive")


def _opened(path: str, flags: int, action: str) -> int:
    problem = Array(1, 0)
    address = library.open_archive(path.encode(), flags, problem)
    if address == NULL:
        error = allocate(library.ERROR_SIZE)
        library.make_error(error, problem[0] & 0xFFFFFFFF)
        reason = decode_lossy(text_at(library.text_of_error(error)))
        library.free_error(error)
        release(error)
        raise because(action, path, reason)
    return address


def _reason(archive: int) -> str:
    return decode_lossy(text_at(library.error_text(archive)))


# --- making ----------------------------------------------------------------------------------------------------------
def native_create(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`zip_create(path)`: an archive, to be closed; what is at the path is replaced then"""
    path = _path(stack, first, count, 0, "zip_create() requires a path string")
    _require()
    opened = OpenArchive(_opened(path, library.CREATE | library.TRUNCATE, CREATE))
    archive = W_Archive(path, opened)
    attach_finalizer(archive, opened)
    return Value.of_object(archive)


def _kind(path: str) -> int:
    """Of what is there. Raises GuestError."""
    status = Array(files.STATUS_WORDS, 0)
    try:
        files.file_status(path.encode(), 1, status)
    except OSError as error:
        raise failed(ADD, path, error)
    return status[files.KIND]


def _add_file(archive: int, path: str, name: str) -> None:
    try:
        files.close_descriptor(files.open_descriptor(path.encode(), files.READ))  # else it is known only at the end
    except OSError as error:
        raise failed(ADD, path, error)
    source = library.source_of_file(archive, path.encode(), 0, -1)
    if source == NULL:
        raise because(ADD, path, _reason(archive))
    if library.add_file(archive, name.encode(), source, library.REPLACE | library.UTF_8) < 0:
        library.free_source(source)
        raise because(ADD, path, _reason(archive))


def _last_name(path: str) -> str:
    parts = [part for part in path.split("/") if part != "" and part != "." and part != ".."]
    return parts[len(parts) - 1] if len(parts) > 0 else ""


def native_add_file(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`zip_add_file(archive, path)`, `zip_add_file(archive, path, name)`: under its last name, unless another is given"""
    archive = _archive(stack, first, count, "zip_add_file")
    message = "zip_add_file() requires an archive and a path string"
    path = _path(stack, first, count, 1, message)
    name = _path(stack, first, count, 2, message) if count > 2 else _last_name(path)
    if _kind(path) != files.FILE:
        raise because(ADD, path, "it is no file")
    if name == "":
        raise GuestError(message)
    _add_file(archive.opened.address, path, name)
    return Value.TRUE


def native_add_dir(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`zip_add_dir(archive, path)`: the folder, with everything in it"""
    archive = _archive(stack, first, count, "zip_add_dir")
    path = _path(stack, first, count, 1, "zip_add_dir() requires an archive and a path string")
    if _kind(path) != files.FOLDER:
        raise because(ADD, path, "it is no folder")
    _add_folder(archive.opened.address, path, _last_name(path), 0)
    return Value.TRUE


def _add_folder(archive: int, path: str, name: str, depth: int) -> None:
    if depth > MOST_DEPTH:
        raise because(ADD, path, "there are too many folders in each other")
    if name != "" and library.add_folder(archive, name.encode(), library.UTF_8) < 0 and depth > 0:
        raise because(ADD, path, _reason(archive))
    try:
        listed = files.list_folder(path.encode())
    except OSError as error:
        raise failed(ADD, path, error)
    names = [decode_lossy(part) for part in listed.split(b"\0") if len(part) > 0]
    names.sort()
    for inner in names:
        inner_path = f"{path}/{inner}"
        inner_name = inner if name == "" else f"{name}/{inner}"
        match _kind(inner_path):
            case files.FOLDER:
                _add_folder(archive, inner_path, inner_name, depth + 1)
            case files.FILE:
                _add_file(archive, inner_path, inner_name)
            case _:
                raise because(ADD, inner_path, "it is neither a file nor a folder")


def native_close(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`zip_close(archive)`: write it"""
    archive = _archive(stack, first, count, "zip_close")
    if library.close_archive(archive.opened.address) != 0:
        reason = _reason(archive.opened.address)
        archive.opened.discard()
        raise because("Cannot write archive", archive.path, reason)
    archive.opened.address = NULL
    return Value.TRUE


# --- extracting ------------------------------------------------------------------------------------------------------
def native_unzip(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`unzip(path, folder)`: the paths of the files that were written"""
    message = "unzip() requires an archive path and a folder path string"
    path = _path(stack, first, count, 0, message)
    folder = _path(stack, first, count, 1, message)
    _require()
    archive = _opened(path, library.READ_ONLY, OPEN)
    try:
        return texts_array(_extract_all(archive, path, _folder_name(folder)))
    finally:
        library.discard_archive(archive)


def _folder_name(folder: str) -> str:
    """Without the slash at its end."""
    if folder == "":
        return "."
    return folder[:-1] if folder.endswith("/") and len(folder) > 1 else folder


def _extract_all(archive: int, path: str, folder: str) -> list[str]:
    names: list[str] = []
    for index in range(library.entry_count(archive, 0)):
        place = library.entry_name(archive, index, 0)
        name = decode_lossy(text_at(place)) if place != NULL else ""
        if not _is_inside(name):
            raise because(EXTRACT, path, f"the entry '{name}' would be outside of the folder")
        names.append(name)
    written: list[str] = []
    room = MOST_BYTES
    create_folders(folder)
    for index in range(len(names)):
        target = f"{folder}/{names[index]}"
        if names[index].endswith("/"):
            create_folders(target[:-1])
            continue
        create_folders(target[: target.rfind("/")])
        room -= _extract(archive, index, target, room)
        written.append(target)
    return written


def _is_inside(name: str) -> bool:
    """Whether a name leads nowhere but into the folder."""
    return name != "" and not name.startswith("/") and ".." not in name.split("/") and "\\" not in name


def _extract(archive: int, index: int, target: str, room: int) -> int:
    """Write an entry; gives its size, at most `room`."""
    entry = library.open_entry(archive, index, 0)
    if entry == NULL:
        raise because(EXTRACT, target, _reason(archive))
    buffer = allocate(PART)
    size = 0
    try:
        descriptor = files.open_descriptor(target.encode(), files.REPLACE)
        try:
            while True:
                count = library.read_entry(entry, buffer, PART)
                if count < 0:
                    raise because(EXTRACT, target, "the archive is damaged")
                if count == 0:
                    break
                size += count
                if size > room:
                    raise because(EXTRACT, target, "the archive holds too much")
                files.write_descriptor(descriptor, files.CURRENT, bytes_at(buffer, count))
        finally:
            files.close_descriptor(descriptor)
    except OSError as error:
        raise failed(EXTRACT, target, error)
    finally:
        release(buffer)
        library.close_entry(entry)
    return size


ROWS: Final[list[W_Native]] = [
    W_Native("zip_create", 1, 1, ARITY_ANY, native_create),
    W_Native("zip_add_file", 2, 3, ARITY_ANY, native_add_file),
    W_Native("zip_add_dir", 2, 2, ARITY_ANY, native_add_dir),
    W_Native("zip_close", 1, 1, ARITY_ANY, native_close),
    W_Native("unzip", 2, 2, ARITY_ANY, native_unzip),
]
