"""`ByteArray`, the dialect's `bytearray`: a BytesBuffer with room to grow."""

from typing import final

from tracewright.core.integers import ult
from tracewright.core.text import BytesBuffer
from tracewright.hints import rare
from tracewright.lib.list_core import clamp_index, grown_capacity


@final
class ByteArray:
    """`length` bytes at the start of `buffer`."""

    def __init__(self) -> None:
        self.buffer: BytesBuffer = BytesBuffer(0)
        self.length = 0

    @rare
    def reserve(self, capacity: int) -> None:
        """Make room for `capacity` bytes in all."""
        if capacity > len(self.buffer):
            buffer = BytesBuffer(capacity)
            buffer.move_range(0, self.buffer, 0, self.length)
            self.buffer = buffer

    def __len__(self) -> int:
        return self.length

    def _place(self, index: int) -> int:
        place = index + self.length if index < 0 else index
        if not ult(place, self.length):
            raise IndexError("bytearray index out of range")
        return place

    def __getitem__(self, index: int) -> int:
        if ult(index, self.length):
            return self.buffer.get(index)
        return self.buffer.get(self._place(index))

    def __setitem__(self, index: int, byte: int) -> None:
        check_byte(byte)
        self.buffer.put(self._place(index), byte)

    def append(self, byte: int) -> None:
        check_byte(byte)
        length = self.length
        if length == len(self.buffer):
            self.reserve(grown_capacity(length + 1))
        self.buffer.put(length, byte)
        self.length = length + 1

    def extend(self, data: bytes) -> None:
        """Append the bytes of `data`."""
        end = self.length + len(data)
        if end > len(self.buffer):
            self.reserve(grown_capacity(end))
        self.buffer.put_range(self.length, data, 0, len(data))
        self.length = end

    def extend_array(self, other: "ByteArray") -> None:
        """Append the bytes of another bytearray."""
        end = self.length + other.length
        count = other.length
        if end > len(self.buffer):
            self.reserve(grown_capacity(end))
        self.buffer.move_range(self.length, other.buffer, 0, count)
        self.length = end

    def __iadd__(self, data: bytes) -> "ByteArray":
        self.extend(data)
        return self

    def _replace(self, first: int, last: int, data: bytes) -> None:
        """Put `data` in the place of the bytes from `first` to `last`."""
        moved = self.length - last
        length = first + len(data) + moved
        if length > len(self.buffer):
            self.reserve(grown_capacity(length))
        self.buffer.move_range(first + len(data), self.buffer, last, moved)
        self.buffer.put_range(first, data, 0, len(data))
        self.length = length

    def set_slice(self, start: int, stop: int, data: bytes) -> None:
        """`self[start:stop] = data`."""
        first = clamp_index(start, self.length)
        last = clamp_index(stop, self.length)
        self._replace(first, last if last > first else first, data)

    def delete_slice(self, start: int, stop: int) -> None:
        """`del self[start:stop]`."""
        self.set_slice(start, stop, b"")

    def __delitem__(self, index: int) -> None:
        place = self._place(index)
        self._replace(place, place + 1, b"")

    def insert(self, index: int, byte: int) -> None:
        check_byte(byte)
        place = clamp_index(index, self.length)
        self._replace(place, place, b"?")
        self.buffer.put(place, byte)

    def pop(self, index: int = -1) -> int:
        if self.length == 0:
            raise IndexError("pop from empty bytearray")
        place = index + self.length if index < 0 else index
        if not ult(place, self.length):
            raise IndexError("pop index out of range")
        byte = self.buffer.get(place)
        self._replace(place, place + 1, b"")
        return byte

    def reverse(self) -> None:
        for index in range(self.length // 2):
            byte = self.buffer.get(index)
            self.buffer.put(index, self.buffer.get(self.length - 1 - index))
            self.buffer.put(self.length - 1 - index, byte)

    def copy(self) -> "ByteArray":
        return self.get_slice(0, self.length)

    def __contains__(self, byte: int) -> bool:
        check_byte(byte)
        for index in range(self.length):
            if self.buffer.get(index) == byte:
                return True
        return False

    def __add__(self, data: bytes) -> "ByteArray":
        result = self.copy()
        result.extend(data)
        return result

    def truncate(self, length: int) -> None:
        """`del self[length:]`."""
        if length < self.length:
            self.length = length

    def clear(self) -> None:
        self.buffer = BytesBuffer(0)
        self.length = 0

    def get_slice(self, start: int, stop: int) -> "ByteArray":
        """`self[start:stop]`; an absent end is 0 or MAX_INT."""
        first = clamp_index(start, self.length)
        count = clamp_index(stop, self.length) - first
        result = ByteArray()
        if count > 0:
            result.reserve(count)
            result.buffer.move_range(0, self.buffer, first, count)
            result.length = count
        return result

    def to_bytes(self) -> bytes:
        """`bytes(self)`: a copy."""
        result = BytesBuffer(self.length)
        result.move_range(0, self.buffer, 0, self.length)
        return result.finish()


def check_byte(byte: int) -> None:
    """Raise ValueError unless `byte` is in 0..255."""
    if not ult(byte, 256):
        raise ValueError("byte must be in range(0, 256)")


def byte_array_from_bytes(data: bytes) -> ByteArray:
    """`bytearray(data)`."""
    result = ByteArray()
    result.extend(data)
    return result


def byte_array_equal(a: ByteArray, b: ByteArray) -> bool:
    """`a == b`."""
    if len(a) != len(b):
        return False
    for index in range(len(a)):
        if a[index] != b[index]:
            return False
    return True


def byte_array_from_size(size: int) -> ByteArray:
    """`bytearray(size)`: zeros."""
    if size < 0:
        raise ValueError("negative count")
    result = ByteArray()
    result.buffer = BytesBuffer(size)
    result.length = size
    return result
