"""`_zlib_streams`: streams of zlib, for the module `zlib`. A stream is a number that leads to memory of the C library."""

from __future__ import annotations

from typing import Final

from tracewright.core.foreign import MissingLibrary, allocate, bytes_at, release, text_at
from tracewright.core.memory import load32, load64, store8, store32, store64
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.hints import dont_look_inside
from tracewright.lib import zlib_library as zlib
from tracewright_python import builtin_types as types
from tracewright_python.byte_objects import bytes_value, required_bytes
from tracewright_python.conversions import index_value
from tracewright_python.errors import Raised
from tracewright_python.exceptions import error, value_error
from tracewright_python.functions import PyBuiltin
from tracewright_python.lists import tuple_of
from tracewright_python.modules.binary_texts import adler32, crc32
from tracewright_python.modules.building import native_module
from tracewright_python.objects import PyObject, PyType, as_py_object
from tracewright_python.session import Session
from tracewright_python.values import NONE

ROOM: Final = 1 << 16
STREAM_END: Final = 1
OK: Final = 0
BUFFER_ERROR: Final = -5


class PyZlibStream(PyObject):
    """A stream, until it is closed."""

    def __init__(self, place: int, compresses: bool) -> None:
        self.place = place
        self.compresses = compresses

    def type_of(self) -> PyType:
        return types.ZLIB_STREAM


def zlib_error(code: int, place: int, what: str) -> Raised:
    """What the library says went wrong."""
    message = load64(place + zlib.MESSAGE)
    text = f": {text_at(message).decode('latin-1')}" if message != 0 else ""
    if text == "" and code == BUFFER_ERROR:
        text = ": incomplete or truncated stream"
    return error(types.ZLIB_ERROR, f"Error {code} while {what}{text}")


def number(session: Session, value: Value) -> int:
    """A small number of an argument."""
    given = index_value(session, value)
    return given.as_int() if given.is_int() else 0


def the_stream(value: Value) -> PyZlibStream:
    """A value that is an open stream. Raises ValueError."""
    thing = as_py_object(value)
    assert isinstance(thing, PyZlibStream)
    if thing.place == 0:
        raise value_error("the stream is closed")
    return thing


@dont_look_inside
def open_stream(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`open(compresses, level, window bits, memory, strategy)`. Raises ImportError, ValueError."""
    try:
        zlib.ZLIB.require()
    except MissingLibrary as problem:
        raise error(types.IMPORT_ERROR, str(problem))
    compresses = stack[first].same(Value.TRUE)
    given = [number(session, stack[first + k]) for k in range(1, 5)]
    place = allocate(zlib.STREAM_SIZE)
    version = text_at(zlib.version())
    if compresses:
        code = zlib.deflate_init(place, given[0], 8, given[1], given[2], given[3], version, zlib.STREAM_SIZE)
    else:
        code = zlib.inflate_init(place, given[1], version, zlib.STREAM_SIZE)
    if code != OK:
        release(place)
        raise value_error("Invalid initialization option")
    return Value.of_object(PyZlibStream(place, compresses))


@dont_look_inside
def run_stream(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`run(stream, data, flush, most)`: what comes out (`most` bytes at most, unless 0), how much is left, whether it is at the end."""
    stream = the_stream(stack[first])
    data = required_bytes(stack[first + 1])
    flush, most = number(session, stack[first + 2]), number(session, stack[first + 3])
    place = stream.place
    source = allocate(len(data) + 1)
    target = allocate(ROOM)
    parts: list[bytes] = []
    length = 0
    code = OK
    try:
        for index in range(len(data)):
            store8(source + index, data[index])
        store64(place + zlib.NEXT_IN, source)
        store32(place + zlib.AVAILABLE_IN, len(data))
        while True:
            room = ROOM if most == 0 else min(ROOM, most - length)
            store64(place + zlib.NEXT_OUT, target)
            store32(place + zlib.AVAILABLE_OUT, room)
            code = zlib.deflate(place, flush) if stream.compresses else zlib.inflate(place, flush)
            if code != OK and code != STREAM_END and code != BUFFER_ERROR:
                what = "compressing data" if stream.compresses else "decompressing data"
                raise zlib_error(code, place, what)
            made = room - load32(place + zlib.AVAILABLE_OUT)
            parts.append(bytes_at(target, made))
            length += made
            if code == STREAM_END or made < room or (most > 0 and length >= most):
                break
        left = load32(place + zlib.AVAILABLE_IN)
    finally:
        release(source)
        release(target)
    return tuple_of([bytes_value(b"".join(parts)), Value.of_int(left), Value.of_bool(code == STREAM_END)])


@dont_look_inside
def close_stream(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`close(stream)`"""
    thing = as_py_object(stack[first])
    if isinstance(thing, PyZlibStream) and thing.place != 0:
        if thing.compresses:
            zlib.deflate_end(thing.place)
        else:
            zlib.inflate_end(thing.place)
        release(thing.place)
        thing.place = 0
    return NONE


FUNCTIONS: Final[list[PyBuiltin]] = [
    PyBuiltin("open", open_stream, 5, 5),
    PyBuiltin("run", run_stream, 4, 4),
    PyBuiltin("close", close_stream, 1, 1),
    PyBuiltin("crc32", crc32, 1, 2),
    PyBuiltin("adler32", adler32, 1, 2),
]


def make_zlib_streams(session: Session) -> Value:
    """The module."""
    namespace = native_module(session, "_zlib_streams", FUNCTIONS)
    namespace.set_named("error", Value.of_object(types.ZLIB_ERROR))
    return session.modules.get_named("_zlib_streams")
