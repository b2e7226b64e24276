"""The builtins for generated sites: pages from texts, in memory and in files."""

from __future__ import annotations

from typing import Final

from tracewright.core import files
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright_ruff.builtins.arguments import int_at, text_at
from tracewright_ruff.builtins.async_files import rejected_promise, texts_at
from tracewright_ruff.builtins.files import WRITE, put, read_text
from tracewright_ruff.builtins.paths import joined_path
from tracewright_ruff.errors import GuestError
from tracewright_ruff.objects import W_Dict, resolved_promise, texts_array
from tracewright_ruff.session import ARITY_ANY, Session, W_Native

MOST_PATHS: Final = 1_000_000


def page(index: int, text: str) -> str:
    """The page of post `index`."""
    return f"<html><body><h1>Post {index}</h1><article>{text}</article></body></html>"


def native_render_pages(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`ssg_render_pages(texts)`: the pages, and their bytes together"""
    texts = texts_at(stack, first, count, 0, "ssg_render_pages() requires an array of strings")
    pages = [page(index, texts[index]) for index in range(len(texts))]
    table = W_Dict(session.dict_shape)
    table.set_text("checksum", Value.of_int(sum([len(text.encode()) for text in pages])))
    table.set_text("pages", texts_array(pages))
    return Value.of_object(table)


def native_build_output_paths(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`ssg_build_output_paths(folder, n)`, `ssg_build_output_paths(folder, n, extension)`"""
    message = "ssg_build_output_paths() requires a string directory and a count"
    if count < 2:
        raise GuestError(message)
    folder = text_at(stack, first, message)
    number = int_at(stack, first + 1, message)
    if not 0 <= number <= MOST_PATHS:
        raise GuestError(f"ssg_build_output_paths() count must be between 0 and {MOST_PATHS}")
    extension = "html"
    if count > 2:
        extension = text_at(stack, first + 2, "ssg_build_output_paths() requires a string extension")
    names = [f"post_{index}.{extension.removeprefix('.')}" for index in range(number)]
    return texts_array([joined_path([folder, name]) for name in names])


def _written(session: Session, texts: list[str], paths: list[str], name: str) -> Value:
    """A promise of what has been written."""
    if len(texts) != len(paths):
        raise GuestError(f"{name}() got {len(texts)} texts and {len(paths)} paths")
    checksum = 0
    try:
        for index in range(len(texts)):
            data = page(index, texts[index]).encode()
            put(paths[index], files.REPLACE, files.CURRENT, data, WRITE)
            checksum += len(data)
    except GuestError as error:
        return rejected_promise(error.message)
    table = W_Dict(session.dict_shape)
    table.set_text("checksum", Value.of_int(checksum))
    table.set_text("files", Value.of_int(len(paths)))
    return resolved_promise(Value.of_object(table))


def native_render_and_write(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`ssg_render_and_write_pages(texts, paths)`: a promise of their number and their bytes together"""
    name = "ssg_render_and_write_pages"
    texts = texts_at(stack, first, count, 0, f"{name}() requires an array of strings")
    return _written(session, texts, texts_at(stack, first, count, 1, f"{name}() requires an array of paths"), name)


def native_read_render_and_write(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`ssg_read_render_and_write_pages(sources, paths)`: the same, of texts in files"""
    name = "ssg_read_render_and_write_pages"
    sources = texts_at(stack, first, count, 0, f"{name}() requires an array of paths")
    paths = texts_at(stack, first, count, 1, f"{name}() requires an array of paths")
    texts: list[str] = []
    try:
        for source in sources:
            texts.append(read_text(source))
    except GuestError as error:
        return rejected_promise(error.message)
    return _written(session, texts, paths, name)


ROWS: Final[list[W_Native]] = [
    W_Native("ssg_render_pages", 1, 1, ARITY_ANY, native_render_pages),
    W_Native("ssg_build_output_paths", 2, 3, ARITY_ANY, native_build_output_paths),
    W_Native("ssg_render_and_write_pages", 2, 3, ARITY_ANY, native_render_and_write),
    W_Native("ssg_read_render_and_write_pages", 2, 3, ARITY_ANY, native_read_render_and_write),
]
