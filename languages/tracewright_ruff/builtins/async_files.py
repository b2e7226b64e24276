"""Files by promises. The work is done at the call; what fails rejects the promise."""

from __future__ import annotations

from typing import Final

from tracewright.core import files
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright_ruff.builtins.arguments import text_at
from tracewright_ruff.builtins.files import WRITE, put, read_text
from tracewright_ruff.errors import GuestError
from tracewright_ruff.objects import (
    REJECTED,
    W_Promise,
    array_from_list,
    as_array,
    as_string,
    resolved_promise,
    text_value,
)
from tracewright_ruff.session import ARITY_ANY, Session, W_Native


def rejected_promise(message: str) -> Value:
    """A promise that will never have a value."""
    return Value.of_object(W_Promise(REJECTED, Value.NULL, message))


def texts_at(stack: VMStack, first: int, count: int, index: int, message: str) -> list[str]:
    """Argument `index`, an array of strings."""
    array = as_array(stack[first + index]) if count > index else None
    if array is None:
        raise GuestError(message)
    texts: list[str] = []
    for position in range(array.length):
        text = as_string(array.items[position])
        if text is None:
            raise GuestError(message)
        texts.append(text.flat())
    return texts


def native_read(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`async_read_file(p)`"""
    message = "async_read_file() requires a string path argument"
    if count < 1:
        raise GuestError(message)
    path = text_at(stack, first, message)
    try:
        return resolved_promise(text_value(read_text(path)))
    except GuestError as error:
        return rejected_promise(error.message)


def native_write(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`async_write_file(p, text)`: replaces the file"""
    message = "async_write_file() requires string path and content arguments"
    if count < 2:
        raise GuestError(message)
    path = text_at(stack, first, message)
    try:
        put(path, files.REPLACE, files.CURRENT, text_at(stack, first + 1, message).encode(), WRITE)
    except GuestError as error:
        return rejected_promise(error.message)
    return resolved_promise(Value.TRUE)


def native_read_several(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`async_read_files(paths)`, `async_read_files(paths, limit)`: the texts in order"""
    texts: list[Value] = []
    paths = texts_at(stack, first, count, 0, "async_read_files() requires an array of string paths")
    try:
        for path in paths:
            texts.append(text_value(read_text(path)))
    except GuestError as error:
        return rejected_promise(error.message)
    return resolved_promise(array_from_list(texts))


def native_write_several(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`async_write_files(paths, texts)`, `async_write_files(paths, texts, limit)`: an array of true"""
    paths = texts_at(stack, first, count, 0, "async_write_files() requires an array of string paths")
    texts = texts_at(stack, first, count, 1, "async_write_files() requires an array of string contents")
    if len(paths) != len(texts):
        raise GuestError(f"async_write_files() got {len(paths)} paths and {len(texts)} contents")
    done: list[Value] = []
    try:
        for index in range(len(paths)):
            put(paths[index], files.REPLACE, files.CURRENT, texts[index].encode(), WRITE)
            done.append(Value.TRUE)
    except GuestError as error:
        return rejected_promise(error.message)
    return resolved_promise(array_from_list(done))


ROWS: Final[list[W_Native]] = [
    W_Native("async_read_file", 1, 1, ARITY_ANY, native_read),
    W_Native("async_write_file", 2, 2, ARITY_ANY, native_write),
    W_Native("async_read_files", 1, 2, ARITY_ANY, native_read_several),
    W_Native("async_write_files", 2, 3, ARITY_ANY, native_write_several),
]
