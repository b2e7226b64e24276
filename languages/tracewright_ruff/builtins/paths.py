"""Paths as texts, and what lies at them."""

from __future__ import annotations

from typing import Final

from tracewright.core import files
from tracewright.core.system import canonical_path
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.lib.utf8 import decode_lossy
from tracewright_ruff.builtins.arguments import text_at
from tracewright_ruff.builtins.files import kind_of
from tracewright_ruff.builtins.system_errors import failed, path_argument
from tracewright_ruff.errors import GuestError
from tracewright_ruff.objects import text_value
from tracewright_ruff.session import ARITY_ANY, ARITY_METADATA, Session, W_Native

READ: Final = "Cannot read path"


def joined_path(parts: list[str]) -> str:
    """The parts with one slash between them; an absolute one begins anew."""
    path = ""
    for part in parts:
        if part.startswith("/") or path == "":
            path = part
        elif path.endswith("/"):
            path = path + part
        else:
            path = path + "/" + part
    return path


def folder_part(path: str) -> str:
    """All but the last name: empty for a bare name, `/` for what lies there."""
    name = path.rstrip("/")
    if name == "":
        return "/" if path != "" else ""
    end = name.rfind("/")
    if end < 0:
        return ""
    folder = name[:end].rstrip("/")
    return folder if folder != "" else "/"


def last_part(path: str) -> str:
    """The last name, whatever slashes stand behind it; empty for `/`, `..` and `.`."""
    name = path.rstrip("/")
    name = name[name.rfind("/") + 1 :]
    return "" if name == ".." else name


def extension_of(path: str) -> str:
    """What stands behind the last dot of the last name, if something stands before it."""
    name = last_part(path)
    dot = name.rfind(".")
    return name[dot + 1 :] if dot > 0 else ""


def native_join_path(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`join_path(a, b, ...)`"""
    if count == 0:
        raise GuestError("join_path requires at least one string argument")
    parts: list[str] = []
    for index in range(count):
        parts.append(text_at(stack, first + index, f"join_path argument {index + 1} must be a string"))
    return text_value(joined_path(parts))


def _path(stack: VMStack, first: int, count: int, name: str) -> str:
    message = f"{name} requires a string argument (path)"
    if count < 1:
        raise GuestError(message)
    return text_at(stack, first, message)


def native_dirname(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`dirname(p)`"""
    return text_value(folder_part(_path(stack, first, count, "dirname")))


def native_basename(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`basename(p)`"""
    return text_value(last_part(_path(stack, first, count, "basename")))


def native_path_extension(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`path_extension(p)`: without the dot"""
    return text_value(extension_of(_path(stack, first, count, "path_extension")))


def native_path_absolute(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`path_absolute(p)`: without links; it must exist"""
    action = "Cannot get absolute path for"
    path = path_argument(stack, first, count, 0, "path_absolute", action)
    try:
        return text_value(decode_lossy(canonical_path(path.encode())))
    except OSError as error:
        raise failed(action, path, error)


def native_path_exists(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`path_exists(p)`"""
    return Value.of_bool(kind_of(path_argument(stack, first, count, 0, "path_exists", READ), 1) >= 0)


def native_path_is_dir(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`path_is_dir(p)`"""
    return Value.of_bool(kind_of(path_argument(stack, first, count, 0, "path_is_dir", READ), 1) == files.FOLDER)


def native_path_is_file(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`path_is_file(p)`"""
    return Value.of_bool(kind_of(path_argument(stack, first, count, 0, "path_is_file", READ), 1) == files.FILE)


def native_path_is_symlink(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`path_is_symlink(p)`"""
    return Value.of_bool(kind_of(path_argument(stack, first, count, 0, "path_is_symlink", READ), 0) == files.LINK)


ROWS: Final[list[W_Native]] = [
    W_Native("join_path", 1, -1, ARITY_ANY, native_join_path),
    W_Native("path_join", 1, -1, ARITY_ANY, native_join_path),
    W_Native("dirname", 1, 1, ARITY_ANY, native_dirname),
    W_Native("basename", 1, 1, ARITY_ANY, native_basename),
    W_Native("path_extension", 1, 1, ARITY_ANY, native_path_extension),
    W_Native("path_absolute", 1, 1, ARITY_ANY, native_path_absolute),
    W_Native("path_exists", 1, 1, ARITY_ANY, native_path_exists),
    W_Native("path_is_dir", 1, 1, ARITY_ANY, native_path_is_dir),
    W_Native("path_is_file", 1, 1, ARITY_ANY, native_path_is_file),
    W_Native("path_is_symlink", 1, 1, ARITY_METADATA, native_path_is_symlink),
]
