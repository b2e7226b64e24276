"""Parts of files as bytes, and what is known of a file: the `io_` builtins."""

from __future__ import annotations

from typing import Final

from tracewright.core import files
from tracewright.core.arrays import Array
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright_ruff.builtins.files import APPEND, READ, WRITE, copy_part, put
from tracewright_ruff.builtins.system_errors import bytes_argument, bytes_value, failed, path_argument
from tracewright_ruff.errors import GuestError
from tracewright_ruff.objects import W_Dict
from tracewright_ruff.session import ARITY_ANY, Session, W_Native

WRITABLE_MODES: Final = 0o222
SECOND: Final = 1_000_000_000  # nanoseconds


def _number(stack: VMStack, first: int, count: int, index: int, name: str, what: str) -> int:
    """Argument `index`, an offset or a count."""
    if count > index and stack[first + index].is_int() and stack[first + index].as_int() >= 0:
        return stack[first + index].as_int()
    raise GuestError(f"{name} requires a non-negative integer {what}")


def _read(path: str, offset: int, count: int) -> Value:
    try:
        descriptor = files.open_descriptor(path.encode(), files.READ)
        try:
            return bytes_value(files.read_descriptor(descriptor, offset, count))
        finally:
            files.close_descriptor(descriptor)
    except OSError as error:
        raise failed(READ, path, error)


def native_read_bytes(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`io_read_bytes(p, n)`: the first n bytes"""
    path = path_argument(stack, first, count, 0, "io_read_bytes", READ)
    return _read(path, 0, _number(stack, first, count, 1, "io_read_bytes", "count"))


def native_read_at(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`io_read_at(p, offset, n)`"""
    path = path_argument(stack, first, count, 0, "io_read_at", READ)
    offset = _number(stack, first, count, 1, "io_read_at", "offset")
    return _read(path, offset, _number(stack, first, count, 2, "io_read_at", "count"))


def native_seek_read(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`io_seek_read(p, offset)`: from there to the end"""
    path = path_argument(stack, first, count, 0, "io_seek_read", READ)
    return _read(path, _number(stack, first, count, 1, "io_seek_read", "offset"), files.TO_THE_END)


def native_write_bytes(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`io_write_bytes(p, b)`: replaces the file"""
    path = path_argument(stack, first, count, 0, "io_write_bytes", WRITE)
    data = bytes_argument(stack, first, count, 1, "io_write_bytes requires bytes")
    put(path, files.REPLACE, files.CURRENT, data, WRITE)
    return Value.TRUE


def native_append_bytes(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`io_append_bytes(p, b)`"""
    path = path_argument(stack, first, count, 0, "io_append_bytes", APPEND)
    data = bytes_argument(stack, first, count, 1, "io_append_bytes requires bytes")
    put(path, files.APPEND, files.CURRENT, data, APPEND)
    return Value.TRUE


def native_write_at(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`io_write_at(p, b, offset)`"""
    path = path_argument(stack, first, count, 0, "io_write_at", WRITE)
    data = bytes_argument(stack, first, count, 1, "io_write_at requires bytes")
    offset = _number(stack, first, count, 2, "io_write_at", "offset")
    put(path, files.UPDATE, offset, data, WRITE)
    return Value.TRUE


def native_truncate(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`io_truncate(p, n)`"""
    action = "Cannot truncate file"
    path = path_argument(stack, first, count, 0, "io_truncate", action)
    length = _number(stack, first, count, 1, "io_truncate", "length")
    try:
        files.truncate_file(path.encode(), length)
    except OSError as error:
        raise failed(action, path, error)
    return Value.TRUE


def native_copy_range(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`io_copy_range(source, target, offset, n)`: makes or replaces the target"""
    source = path_argument(stack, first, count, 0, "io_copy_range", READ)
    target = path_argument(stack, first, count, 1, "io_copy_range", WRITE)
    offset = _number(stack, first, count, 2, "io_copy_range", "offset")
    wanted = _number(stack, first, count, 3, "io_copy_range", "count")
    copy_part(source, target, offset, wanted, files.REPLACE, f"Cannot copy '{source}' to")
    return Value.TRUE


def native_file_metadata(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`io_file_metadata(p)`: times are whole seconds since 1970"""
    action = "Cannot get metadata for"
    path = path_argument(stack, first, count, 0, "io_file_metadata", action)
    status = Array(files.STATUS_WORDS, 0)
    try:
        files.file_status(path.encode(), 1, status)
    except OSError as error:
        raise failed(action, path, error)
    table = W_Dict(session.dict_shape)
    table.set_text("size", Value.of_int(status[files.SIZE]))
    table.set_text("is_file", Value.of_bool(status[files.KIND] == files.FILE))
    table.set_text("is_dir", Value.of_bool(status[files.KIND] == files.FOLDER))
    table.set_text("readonly", Value.of_bool(status[files.MODE] & WRITABLE_MODES == 0))
    table.set_text("modified", Value.of_int(status[files.MODIFIED] // SECOND))
    table.set_text("created", Value.of_int(status[files.CHANGED] // SECOND))
    table.set_text("accessed", Value.of_int(status[files.ACCESSED] // SECOND))
    return Value.of_object(table)


ROWS: Final[list[W_Native]] = [
    W_Native("io_read_bytes", 2, 2, ARITY_ANY, native_read_bytes),
    W_Native("io_read_at", 3, 3, ARITY_ANY, native_read_at),
    W_Native("io_seek_read", 2, 2, ARITY_ANY, native_seek_read),
    W_Native("io_write_bytes", 2, 2, ARITY_ANY, native_write_bytes),
    W_Native("io_append_bytes", 2, 2, ARITY_ANY, native_append_bytes),
    W_Native("io_write_at", 3, 3, ARITY_ANY, native_write_at),
    W_Native("io_truncate", 2, 2, ARITY_ANY, native_truncate),
    W_Native("io_copy_range", 4, 4, ARITY_ANY, native_copy_range),
    W_Native("io_file_metadata", 1, 1, ARITY_ANY, native_file_metadata),
]
