"""Guest values: what a `Value` holds for each type, and which type a value has.

None, True, False     Value.NULL, TRUE, FALSE            int     an int of up to 64 bits in the Value, else a PyBigInt
float                 in the Value                       others  a PyObject
no value              Value.UNDEFINED: an unbound variable, an argument that was not given, the end of an iterator
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.cast import unsafe_cast
from tracewright.core.value import Value
from tracewright_python import builtin_types as types
from tracewright_python.objects import PyObject, PyType


@final
class PySingleton(PyObject):
    """`NotImplemented` and `Ellipsis`."""

    def __init__(self, kind: PyType) -> None:
        self.kind = kind

    def type_of(self) -> PyType:
        return self.kind


NONE: Final = Value.NULL
NOT_IMPLEMENTED: Final = Value.of_object(PySingleton(types.NOT_IMPLEMENTED_TYPE))
ELLIPSIS: Final = Value.of_object(PySingleton(types.ELLIPSIS_TYPE))


def type_of(value: Value) -> PyType:
    """The class of a value."""
    if value.is_object():
        return unsafe_cast(PyObject, value.as_object()).type_of()
    if value.is_int():
        return types.INT
    if value.is_float():
        return types.FLOAT
    return types.NONE_TYPE if value.same(NONE) else types.BOOL


def type_name(value: Value) -> str:
    """The name of its class."""
    return type_of(value).name


def identical(left: Value, right: Value) -> bool:
    """`left is right`: of numbers, equality within their type."""
    if left.same(right):
        return True
    return left.is_int() and right.is_int() and left.as_int() == right.as_int()
