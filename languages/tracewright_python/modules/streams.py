"""The standard streams as files that programs read and write."""

from __future__ import annotations

from typing import Final, final

from tracewright.core.system import flush_output, is_terminal, read_line, write_error, write_output
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.hints import immutable_fields
from tracewright_python import builtin_types as types
from tracewright_python.byte_objects import bytes_value, required_bytes
from tracewright_python.codecs_text import decoded, encoded
from tracewright_python.conversions import index_value, values_of
from tracewright_python.exceptions import error, type_error
from tracewright_python.functions import PyBuiltin, PyGetSet
from tracewright_python.iterators import PyIterator
from tracewright_python.lists import list_of
from tracewright_python.objects import PyType, as_py_object
from tracewright_python.session import Session
from tracewright_python.texts import as_str, text_value
from tracewright_python.values import NONE, type_name

INPUT: Final = 0
OUTPUT: Final = 1
ERRORS: Final = 2
NAMES: Final[list[str]] = ["<stdin>", "<stdout>", "<stderr>"]


@final
@immutable_fields("descriptor")
class PyStream(PyIterator):
    """`sys.stdin`, `sys.stdout` or `sys.stderr`. Iterating gives the lines of input."""

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor
        self.rest = ""  # of a line that was read in part

    def type_of(self) -> PyType:
        return types.STREAM

    def step(self, session: Session) -> Value:
        line = self.next_line(session)
        return Value.UNDEFINED if line == "" else text_value(line)

    def next_line(self, session: Session) -> str:
        """The next line with its end; empty at the end of input."""
        if self.descriptor != INPUT:
            raise error(types.OS_ERROR, "not readable")
        if self.rest != "":
            line, self.rest = self.rest, ""
            return line
        return decoded(session, read_line(), "utf-8", "strict")


@final
@immutable_fields("stream")
class PyByteStream(PyIterator):
    """`sys.stdout.buffer` and its like: the same in bytes."""

    def __init__(self, stream: PyStream) -> None:
        self.stream = stream

    def type_of(self) -> PyType:
        return types.BYTE_STREAM

    def step(self, session: Session) -> Value:
        line = read_line()
        return Value.UNDEFINED if len(line) == 0 else bytes_value(line)


def the_stream(value: Value) -> PyStream:
    """A value that is a stream."""
    thing = as_py_object(value)
    if isinstance(thing, PyByteStream):
        return thing.stream
    assert isinstance(thing, PyStream)
    return thing


def put(stream: PyStream, data: bytes) -> None:
    """Write bytes. Raises OSError of the program."""
    if stream.descriptor == OUTPUT:
        write_output(data)
    elif stream.descriptor == ERRORS:
        flush_output()
        write_error(data)
    else:
        raise error(types.OS_ERROR, "not writable")


def write(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`stream.write(text)`; gives the number of characters."""
    text = as_str(stack[first + 1])
    if text is None:
        raise type_error(f"write() argument must be str, not {type_name(stack[first + 1])}")
    stream = the_stream(stack[first])
    put(
        stream,
        encoded(session, stack[first + 1], "utf-8", "backslashreplace" if stream.descriptor == ERRORS else "strict"),
    )
    return Value.of_int(text.length)


def write_bytes(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`stream.buffer.write(data)`"""
    data = required_bytes(stack[first + 1])
    put(the_stream(stack[first]), data)
    return Value.of_int(len(data))


def write_lines(session: Session, stack: VMStack, first: int, count: int) -> Value:
    method = session.get_attribute(session, stack[first], "write")
    for line in values_of(session, stack[first + 1]):
        session.call(session, method, [line])
    return NONE


def flush(session: Session, stack: VMStack, first: int, count: int) -> Value:
    if the_stream(stack[first]).descriptor == OUTPUT:
        flush_output()
    return NONE


def wanted_size(session: Session, value: Value) -> int:
    """How much is to be read; -1 for all."""
    if value.same(Value.UNDEFINED) or value.same(NONE):
        return -1
    number = index_value(session, value)
    return number.as_int() if number.is_int() else -1


def readline(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`stream.readline(size=-1)`"""
    stream = the_stream(stack[first])
    size = wanted_size(session, stack[first + 1])
    line = stream.next_line(session)
    if 0 <= size < len(line):
        stream.rest = line[size:]
        line = line[:size]
    return text_value(line)


def read(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`stream.read(size=-1)`"""
    stream = the_stream(stack[first])
    size = wanted_size(session, stack[first + 1])
    parts: list[str] = []
    length = 0
    while size < 0 or length < size:
        line = stream.next_line(session)
        if line == "":
            break
        if 0 <= size < length + len(line):
            stream.rest = line[size - length :]
            line = line[: size - length]
        parts.append(line)
        length += len(line)
    return text_value("".join(parts))


def readlines(session: Session, stack: VMStack, first: int, count: int) -> Value:
    stream = the_stream(stack[first])
    lines: list[Value] = []
    while True:
        line = stream.next_line(session)
        if line == "":
            return list_of(lines)
        lines.append(text_value(line))


def read_bytes(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`sys.stdin.buffer.read()`: all that is left."""
    parts: list[bytes] = []
    while True:
        line = read_line()
        if len(line) == 0:
            return bytes_value(b"".join(parts))
        parts.append(line)


def read_byte_line(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return bytes_value(read_line())


def fileno(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_int(the_stream(stack[first]).descriptor)


def isatty(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_bool(is_terminal(the_stream(stack[first]).descriptor))


def is_readable(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_bool(the_stream(stack[first]).descriptor == INPUT)


def is_writable(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_bool(the_stream(stack[first]).descriptor != INPUT)


def is_seekable(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.FALSE


def nothing(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`close`, `reconfigure`: the streams stay as they are."""
    return NONE


def enter(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return stack[first]


def show(session: Session, stack: VMStack, first: int, count: int) -> Value:
    descriptor = the_stream(stack[first]).descriptor
    mode = "r" if descriptor == INPUT else "w"
    return text_value(f"<_io.TextIOWrapper name='{NAMES[descriptor]}' mode='{mode}' encoding='utf-8'>")


def get_name(session: Session, value: Value) -> Value:
    return text_value(NAMES[the_stream(value).descriptor])


def get_mode(session: Session, value: Value) -> Value:
    return text_value("r" if the_stream(value).descriptor == INPUT else "w")


def get_encoding(session: Session, value: Value) -> Value:
    return text_value("utf-8")


def get_errors(session: Session, value: Value) -> Value:
    return text_value("backslashreplace" if the_stream(value).descriptor == ERRORS else "strict")


def get_closed(session: Session, value: Value) -> Value:
    return Value.FALSE


def get_buffer(session: Session, value: Value) -> Value:
    return Value.of_object(PyByteStream(the_stream(value)))


def get_line_buffering(session: Session, value: Value) -> Value:
    return Value.of_bool(the_stream(value).descriptor == ERRORS)


def get_newlines(session: Session, value: Value) -> Value:
    return NONE


KIND: Final = types.STREAM
BYTES_KIND: Final = types.BYTE_STREAM
METHODS: list[PyBuiltin] = [
    PyBuiltin("write", write, 2, 2, KIND),
    PyBuiltin("write", write_bytes, 2, 2, BYTES_KIND),
    PyBuiltin("readline", readline, 1, 2, KIND),
    PyBuiltin("read", read, 1, 2, KIND),
    PyBuiltin("readlines", readlines, 1, 2, KIND),
    PyBuiltin("read", read_bytes, 1, 2, BYTES_KIND),
    PyBuiltin("readline", read_byte_line, 1, 2, BYTES_KIND),
    PyBuiltin("reconfigure", nothing, 1, 1, KIND, takes_any=True),
    PyBuiltin("__repr__", show, 1, 1, KIND),
    *[
        PyBuiltin(name, function, least, most, kind)
        for kind in (KIND, BYTES_KIND)
        for name, function, least, most in (
            ("writelines", write_lines, 2, 2),
            ("flush", flush, 1, 1),
            ("close", nothing, 1, 1),
            ("fileno", fileno, 1, 1),
            ("isatty", isatty, 1, 1),
            ("readable", is_readable, 1, 1),
            ("writable", is_writable, 1, 1),
            ("seekable", is_seekable, 1, 1),
            ("__enter__", enter, 1, 1),
            ("__exit__", nothing, 1, 4),
        )
    ],
]
ATTRIBUTES: list[PyGetSet] = [
    PyGetSet("encoding", KIND, get_encoding, None),
    PyGetSet("errors", KIND, get_errors, None),
    PyGetSet("buffer", KIND, get_buffer, None),
    PyGetSet("line_buffering", KIND, get_line_buffering, None),
    PyGetSet("newlines", KIND, get_newlines, None),
    *[
        PyGetSet(name, kind, getter, None)
        for kind in (KIND, BYTES_KIND)
        for name, getter in (("name", get_name), ("mode", get_mode), ("closed", get_closed))
    ],
]
