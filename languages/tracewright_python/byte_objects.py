"""`bytes` and `bytearray`: what they hold, and what else has bytes that functions of the library read.

bytes_of(b"ab")                    the bytes themselves
bytes_of(bytearray(b"ab"))         a copy
bytes_of(memoryview(b"abc")[::2])  a copy of what the view shows
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.value import Value
from tracewright.hints import dont_look_inside, immutable_fields
from tracewright_python import builtin_types as types
from tracewright_python.exceptions import error, type_error
from tracewright_python.iterators import PyIterator
from tracewright_python.objects import PyInstance, PyObject, PyType
from tracewright_python.session import Session
from tracewright_python.values import type_name


class ByteHolder(PyObject):
    """An object whose bytes can be read: `bytes`, `bytearray`, `memoryview`, `array`."""

    def contents(self) -> bytes:
        """Its bytes, in order."""
        raise NotImplementedError("contents")


@immutable_fields("data")
class PyBytes(ByteHolder):
    """`bytes`"""

    def __init__(self, data: bytes) -> None:
        self.data = data

    def type_of(self) -> PyType:
        return types.BYTES

    def contents(self) -> bytes:
        return self.data


@final
@immutable_fields("instance")
class InstanceOfBytes(PyBytes):
    """An object of a class of the program that derives from `bytes`."""

    def __init__(self, data: bytes, instance: PyInstance) -> None:
        super().__init__(data)
        self.instance = instance

    def type_of(self) -> PyType:
        return self.instance.type_of()

    def attributes(self) -> PyInstance | None:
        return self.instance


class MutableBytes(ByteHolder):
    """Bytes that views may show and change. While there are `exports`, their number must stay as it is."""

    def __init__(self, data: bytearray) -> None:
        self.data = data
        self.exports = 0

    def contents(self) -> bytes:
        return bytes(self.data)

    def check_resizable(self) -> None:
        """Refuse a change of the length while views show the bytes. Raises BufferError."""
        if self.exports > 0:
            raise error(types.BUFFER_ERROR, "Existing exports of data: object cannot be re-sized")


class PyByteArray(MutableBytes):
    """`bytearray`"""

    def type_of(self) -> PyType:
        return types.BYTEARRAY


@final
@immutable_fields("instance")
class InstanceOfByteArray(PyByteArray):
    """An object of a class of the program that derives from `bytearray`."""

    def __init__(self, data: bytearray, instance: PyInstance) -> None:
        super().__init__(data)
        self.instance = instance

    def type_of(self) -> PyType:
        return self.instance.type_of()

    def attributes(self) -> PyInstance | None:
        return self.instance


@final
@immutable_fields("source")
class BytesIterator(PyIterator):
    """Over the numbers in a `bytes`."""

    def __init__(self, source: bytes) -> None:
        self.source = source
        self.position = 0

    def type_of(self) -> PyType:
        return types.BYTES_ITERATOR

    def step(self, session: Session) -> Value:
        position = self.position
        if position >= len(self.source):
            return Value.UNDEFINED
        self.position = position + 1
        return Value.of_int(self.source[position])


@final
@immutable_fields("source")
class ByteArrayIterator(PyIterator):
    """Over the numbers in a `bytearray`, which may change meanwhile."""

    def __init__(self, source: PyByteArray) -> None:
        self.source = source
        self.position = 0

    def type_of(self) -> PyType:
        return types.BYTEARRAY_ITERATOR

    def step(self, session: Session) -> Value:
        position = self.position
        if position < 0 or position >= len(self.source.data):
            self.position = -1
            return Value.UNDEFINED
        self.position = position + 1
        return Value.of_int(self.source.data[position])


EMPTY_BYTES: Final = Value.of_object(PyBytes(b""))
SINGLE_BYTES: Final[list[Value]] = [Value.of_object(PyBytes(bytes([code]))) for code in range(256)]


def bytes_value(data: bytes) -> Value:
    """Bytes as a Value."""
    if len(data) <= 1:
        return EMPTY_BYTES if len(data) == 0 else SINGLE_BYTES[data[0]]
    return Value.of_object(PyBytes(data))


def as_bytes(value: Value) -> PyBytes | None:
    """The `bytes`, also of a derived class, or None for anything else."""
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, PyBytes):
            return thing
    return None


def as_byte_array(value: Value) -> PyByteArray | None:
    """The `bytearray`, also of a derived class, or None for anything else."""
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, PyByteArray):
            return thing
    return None


def as_byte_holder(value: Value) -> ByteHolder | None:
    """What has bytes to read, or None for anything else."""
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, ByteHolder):
            return thing
    return None


@dont_look_inside
def bytes_of(value: Value) -> bytes | None:
    """The bytes of a bytes-like object, or None for anything else."""
    holder = as_byte_holder(value)
    return None if holder is None else holder.contents()


def required_bytes(value: Value) -> bytes:
    """The same. Raises TypeError."""
    data = bytes_of(value)
    if data is None:
        raise type_error(f"a bytes-like object is required, not '{type_name(value)}'")
    return data
