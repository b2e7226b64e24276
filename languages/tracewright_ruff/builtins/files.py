"""Files and folders. Nothing is replaced unless the program says so, and a write that stops half-way is an error."""

from __future__ import annotations

from typing import Final

from tracewright.core import files
from tracewright.core.arrays import Array
from tracewright.core.system import canonical_path, read_file
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.lib.utf8 import decode_lossy
from tracewright_ruff.builtins.arguments import text_at
from tracewright_ruff.builtins.strings import lines_of
from tracewright_ruff.builtins.system_errors import (
    NOT_TEXT,
    because,
    bytes_argument,
    bytes_value,
    failed,
    path_argument,
)
from tracewright_ruff.errors import GuestError
from tracewright_ruff.objects import text_value, texts_array
from tracewright_ruff.session import ARITY_ANY, ARITY_METADATA, Session, W_Native

READ: Final = "Cannot read file"
WRITE: Final = "Cannot write file"
APPEND: Final = "Cannot append to file"
ALREADY_THERE: Final = "file already exists (pass overwrite=true to replace it)"
MISSING: Final = 2  # ENOENT
EXISTS: Final = 17  # EEXIST
PART: Final = 1 << 16  # bytes, of what is copied at a time
MOST_OF_DEVICE: Final = 64 << 20  # bytes


# --- reading ---------------------------------------------------------------------------------------------------------
def read_bytes(path: str, action: str = READ) -> bytes:
    """The whole file; of a device, which may have no end, only so much."""
    try:
        if kind_of(path, 1) == files.FILE:
            return read_file(path.encode())
        descriptor = files.open_descriptor(path.encode(), files.READ)
        try:
            data = files.read_descriptor(descriptor, files.CURRENT, MOST_OF_DEVICE + 1)
        finally:
            files.close_descriptor(descriptor)
    except OSError as error:
        raise failed(action, path, error)
    if len(data) > MOST_OF_DEVICE:
        raise because(action, path, f"it is no file, and longer than {MOST_OF_DEVICE} bytes")
    return data


def read_text(path: str) -> str:
    """The whole file, which must be UTF-8."""
    try:
        return read_bytes(path).decode()
    except UnicodeDecodeError:
        raise because(READ, path, NOT_TEXT)


def native_read_file(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`read_file(p)`"""
    return text_value(read_text(path_argument(stack, first, count, 0, "read_file", READ)))


def native_read_file_lossy(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`read_file_lossy(p)`: what is no UTF-8 becomes the replacement character"""
    return text_value(decode_lossy(read_bytes(path_argument(stack, first, count, 0, "read_file_lossy", READ))))


def native_read_lines(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`read_lines(p)`"""
    return texts_array(lines_of(read_text(path_argument(stack, first, count, 0, "read_lines", READ))))


def native_read_binary_file(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`read_binary_file(p)`"""
    return bytes_value(read_bytes(path_argument(stack, first, count, 0, "read_binary_file", READ)))


# --- writing ---------------------------------------------------------------------------------------------------------
def put(path: str, how: int, offset: int, data: bytes, action: str) -> None:
    """Open, write all of the data and close; whatever of that fails is an error."""
    try:
        descriptor = files.open_descriptor(path.encode(), how)
        try:
            files.write_descriptor(descriptor, offset, data)
        except OSError:
            files.close_descriptor(descriptor)
            raise
        files.close_descriptor(descriptor)
    except OSError as error:
        if error.errno == EXISTS:
            raise because(action, path, ALREADY_THERE)
        raise failed(action, path, error)


def write_new(stack: VMStack, first: int, count: int, path: str, data: bytes, name: str) -> Value:
    """Write a file; argument 2 says whether it may replace one."""
    overwrite = False
    if count > 2:
        if not stack[first + 2].is_bool():
            raise GuestError(f"{name} optional overwrite flag must be a bool")
        overwrite = stack[first + 2].as_bool()
    if not overwrite and exists(path):
        raise because(WRITE, path, ALREADY_THERE)
    put(path, files.REPLACE if overwrite else files.CREATE_NEW, files.CURRENT, data, WRITE)
    return Value.TRUE


def _text(stack: VMStack, first: int, count: int, name: str) -> bytes:
    message = f"{name} requires two string arguments (path, content)"
    if count < 2:
        raise GuestError(message)
    return text_at(stack, first + 1, message).encode()


def native_write_file(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`write_file(p, s)`, `write_file(p, s, overwrite)`"""
    path = path_argument(stack, first, count, 0, "write_file", WRITE)
    return write_new(stack, first, count, path, _text(stack, first, count, "write_file"), "write_file")


def native_write_binary_file(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`write_binary_file(p, b)`, `write_binary_file(p, b, overwrite)`"""
    path = path_argument(stack, first, count, 0, "write_binary_file", WRITE)
    data = bytes_argument(stack, first, count, 1, "write_binary_file requires a path and bytes")
    return write_new(stack, first, count, path, data, "write_binary_file")


def native_append_file(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`append_file(p, s)`"""
    path = path_argument(stack, first, count, 0, "append_file", APPEND)
    put(path, files.APPEND, files.CURRENT, _text(stack, first, count, "append_file"), APPEND)
    return Value.TRUE


# --- what is there ---------------------------------------------------------------------------------------------------
def kind_of(path: str, follow: int) -> int:
    """What lies at the path, one of the kinds of `core.files`; -1 if there is nothing, or nothing that can be reached."""
    status = Array(files.STATUS_WORDS, 0)
    try:
        files.file_status(path.encode(), follow, status)
    except OSError:
        return -1
    return status[files.KIND]


def exists(path: str) -> bool:
    """Whether there is anything."""
    return kind_of(path, 1) >= 0


def native_file_exists(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`file_exists(p)`"""
    return Value.of_bool(exists(path_argument(stack, first, count, 0, "file_exists", READ)))


def native_file_size(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`file_size(p)`: in bytes"""
    action = "Cannot get file size for"
    path = path_argument(stack, first, count, 0, "file_size", action)
    status = Array(files.STATUS_WORDS, 0)
    try:
        files.file_status(path.encode(), 1, status)
    except OSError as error:
        raise failed(action, path, error)
    return Value.of_int(status[files.SIZE])


def native_list_dir(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`list_dir(p)`: names, in no order"""
    action = "Cannot list directory"
    path = path_argument(stack, first, count, 0, "list_dir", action)
    try:
        names = files.list_folder(path.encode())
    except OSError as error:
        raise failed(action, path, error)
    return texts_array([decode_lossy(name) for name in names.split(b"\0")[:-1]])


# --- changing what is there ------------------------------------------------------------------------------------------
def native_create_dir(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`create_dir(p)`: with the folders above it"""
    path = path_argument(stack, first, count, 0, "create_dir", "Cannot create directory")
    create_folders(path)
    return Value.TRUE


def create_folders(path: str) -> None:
    """Make the folder and those above it, as far as they are missing."""
    try:
        _create_folders(path)
    except OSError as error:
        raise failed("Cannot create directory", path, error)


def _create_folders(path: str) -> None:
    try:
        files.make_folder(path.encode())
    except OSError as error:
        above = path.rstrip("/")
        end = above.rfind("/")
        if error.errno == MISSING and end > 0:
            _create_folders(path[:end])
            files.make_folder(path.encode())
        elif kind_of(path, 1) != files.FOLDER:
            raise


def native_delete_file(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`delete_file(p)`"""
    action = "Cannot delete file"
    path = path_argument(stack, first, count, 0, "delete_file", action)
    if kind_of(path, 0) == files.FOLDER:
        raise because(action, path, "path is a directory")
    try:
        files.remove_file(path.encode())
    except OSError as error:
        raise failed(action, path, error)
    return Value.TRUE


def native_rename_file(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`rename_file(old, new)`"""
    action = "Cannot rename file"
    old = path_argument(stack, first, count, 0, "rename_file", action)
    new = path_argument(stack, first, count, 1, "rename_file", action)
    try:
        files.rename_path(old.encode(), new.encode())
    except OSError as error:
        raise failed(f"{action} '{old}' to", new, error)
    return Value.TRUE


def native_copy_file(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`copy_file(source, target)`"""
    source = path_argument(stack, first, count, 0, "copy_file", "Cannot copy file")
    target = path_argument(stack, first, count, 1, "copy_file", "Cannot copy file")
    copy_part(source, target, 0, files.TO_THE_END, files.REPLACE, f"Cannot copy file '{source}' to")
    return Value.TRUE


def copy_part(source: str, target: str, offset: int, count: int, how: int, action: str) -> int:
    """Copy `count` bytes (or all, TO_THE_END) of the source, from the offset on; gives how many there were."""
    done = 0
    try:
        reading = files.open_descriptor(source.encode(), files.READ)
        try:
            if same_file(source, target):
                raise because(action, target, "source and destination are the same file")
            writing = files.open_descriptor(target.encode(), how)
            try:
                while count < 0 or done < count:
                    wanted = PART if count < 0 else min(PART, count - done)
                    part = files.read_descriptor(reading, offset + done, wanted)
                    if len(part) == 0:
                        break
                    files.write_descriptor(writing, files.CURRENT, part)
                    done += len(part)
            except OSError:
                files.close_descriptor(writing)
                raise
            files.close_descriptor(writing)
        finally:
            files.close_descriptor(reading)
    except OSError as error:
        raise failed(action, target, error)
    return done


def same_file(source: str, target: str) -> bool:
    """Whether both paths lead to one file, which must not be emptied before it has been read."""
    try:
        return canonical_path(source.encode()) == canonical_path(target.encode())
    except OSError:
        return False


ROWS: Final[list[W_Native]] = [
    W_Native("read_file", 1, 1, ARITY_ANY, native_read_file),
    W_Native("read_file_lossy", 1, 1, ARITY_METADATA, native_read_file_lossy),
    W_Native("read_lines", 1, 1, ARITY_ANY, native_read_lines),
    W_Native("read_binary_file", 1, 1, ARITY_ANY, native_read_binary_file),
    W_Native("write_file", 2, 3, ARITY_ANY, native_write_file),
    W_Native("write_binary_file", 2, 3, ARITY_ANY, native_write_binary_file),
    W_Native("append_file", 2, 2, ARITY_ANY, native_append_file),
    W_Native("file_exists", 1, 1, ARITY_ANY, native_file_exists),
    W_Native("file_size", 1, 1, ARITY_ANY, native_file_size),
    W_Native("list_dir", 1, 1, ARITY_ANY, native_list_dir),
    W_Native("create_dir", 1, 1, ARITY_ANY, native_create_dir),
    W_Native("delete_file", 1, 1, ARITY_ANY, native_delete_file),
    W_Native("rename_file", 2, 2, ARITY_ANY, native_rename_file),
    W_Native("copy_file", 2, 2, ARITY_ANY, native_copy_file),
]
