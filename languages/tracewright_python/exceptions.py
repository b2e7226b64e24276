"""Guest exceptions, and how the engine raises the built-in ones."""

from __future__ import annotations

from typing import final

from tracewright.core.arrays import Array
from tracewright.core.value import Value
from tracewright.guest.placements import NO_ROW
from tracewright.guest.shapes import Shape
from tracewright.hints import dont_look_inside, immutable_fields, rare
from tracewright_python import builtin_types as types
from tracewright_python.builtin_types import TRACEBACK
from tracewright_python.bytecode import Code
from tracewright_python.errors import Raised
from tracewright_python.lists import PyTuple
from tracewright_python.objects import PyInstance, PyObject, PyType
from tracewright_python.texts import text_value


@final
@immutable_fields("code", "pc")
class PyTraceback(PyObject):
    """A frame that an exception went through, and the one that it had called (None: it was raised here)."""

    def __init__(self, code: Code, pc: int, following: PyTraceback | None) -> None:
        self.code = code
        self.pc = pc
        self.following = following
        self.frame: Value = Value.NULL  # once a program has asked for it

    def type_of(self) -> PyType:
        return TRACEBACK


class PyException(PyInstance):
    """An exception object of any class."""

    def __init__(self, shape: Shape, arguments: Array[Value]) -> None:
        super().__init__(shape, NO_ROW)
        self.arguments: PyTuple = PyTuple(arguments)
        self.cause: Value = Value.NULL
        self.context: Value = Value.NULL
        self.suppresses_context = False
        self.traceback: PyTraceback | None = None


def as_exception(value: Value) -> PyException | None:
    """The exception, or None for anything else."""
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, PyException):
            return thing
    return None


def new_exception(kind: PyType, arguments: Array[Value]) -> Value:
    """An exception object of a built-in class."""
    return Value.of_object(PyException(kind.roots.current, arguments))


@dont_look_inside
def error(kind: PyType, message: str) -> Raised:
    """What is raised for an exception of this class with a message."""
    return Raised(new_exception(kind, Array(1, text_value(message))))


def error_with(kind: PyType, argument: Value) -> Raised:
    """The same with an argument that is no text."""
    return Raised(new_exception(kind, Array(1, argument)))


@rare
def type_error(message: str) -> Raised:
    return error(types.TYPE_ERROR, message)


@rare
def value_error(message: str) -> Raised:
    return error(types.VALUE_ERROR, message)


@rare
def not_there(what: str) -> Raised:
    """A part of the language that this engine does not have."""
    return error(types.NOT_IMPLEMENTED_ERROR, f"Tracewright Python: {what}")
