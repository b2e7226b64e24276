"""The standard streams as files that programs write to."""

from __future__ import annotations

from typing import final

from tracewright.core.system import flush_output, read_line, write_error, write_output
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.hints import immutable_fields
from tracewright_python import builtin_types as types
from tracewright_python.exceptions import type_error
from tracewright_python.functions import PyBuiltin
from tracewright_python.objects import PyObject, PyType, as_py_object
from tracewright_python.session import Session
from tracewright_python.texts import as_str, text_value
from tracewright_python.values import NONE, type_name

OUTPUT = 1
ERRORS = 2


@final
@immutable_fields("descriptor")
class PyStream(PyObject):
    """`sys.stdin`, `sys.stdout` or `sys.stderr`."""

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor

    def type_of(self) -> PyType:
        return types.STREAM


def the_stream(value: Value) -> PyStream:
    """A value that is a stream."""
    thing = as_py_object(value)
    assert isinstance(thing, PyStream)
    return thing


def write(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`stream.write(text)`; gives the number of characters."""
    stream = the_stream(stack[first])
    text = as_str(stack[first + 1])
    if text is None:
        raise type_error(f"write() argument must be str, not {type_name(stack[first + 1])}")
    if stream.descriptor == OUTPUT:
        write_output(text.text().encode())
    else:
        flush_output()
        write_error(text.text().encode())
    return Value.of_int(text.length)


def flush(session: Session, stack: VMStack, first: int, count: int) -> Value:
    if the_stream(stack[first]).descriptor == OUTPUT:
        flush_output()
    return NONE


def readline(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return text_value(read_line().decode())


def read(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """All that is left."""
    parts: list[str] = []
    while True:
        line = read_line()
        if len(line) == 0:
            return text_value("".join(parts))
        parts.append(line.decode())


METHODS: list[PyBuiltin] = [
    PyBuiltin("write", write, 2, 2, types.STREAM),
    PyBuiltin("flush", flush, 1, 1, types.STREAM),
    PyBuiltin("readline", readline, 1, 1, types.STREAM),
    PyBuiltin("read", read, 1, 1, types.STREAM),
]
