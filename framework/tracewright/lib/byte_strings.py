"""The operators and methods of `bytes`."""

from typing import Final

from tracewright.core.integers import MAX_INT, ult, wrap_add, wrap_mul
from tracewright.core.text import BytesBuffer, byte_at, find_bytes, same_bytes
from tracewright.lib.byte_arrays import ByteArray
from tracewright.lib.byte_search import (
    bytes_count,
    bytes_from_hex,
    bytes_hex,
    bytes_index,
    bytes_isalnum,
    bytes_isalpha,
    bytes_isdigit,
    bytes_isspace,
    bytes_lower,
    bytes_lstrip,
    bytes_partition,
    bytes_removeprefix,
    bytes_removesuffix,
    bytes_replace,
    bytes_repr,
    bytes_rfind,
    bytes_rindex,
    bytes_rpartition,
    bytes_rsplit,
    bytes_rstrip,
    bytes_split,
    bytes_splitlines,
    bytes_strip,
    bytes_upper,
)
from tracewright.lib.list_core import List, clamp_index
from tracewright.lib.utf8 import bytes_decode, decode_lossy

__all__ = [
    "bytes_concat",
    "bytes_contains",
    "bytes_contains_byte",
    "bytes_count",
    "bytes_decode",
    "bytes_endswith",
    "bytes_equal",
    "bytes_find",
    "bytes_from_array",
    "bytes_from_hex",
    "bytes_from_list",
    "bytes_get_item",
    "bytes_get_slice",
    "bytes_hash",
    "bytes_hex",
    "bytes_index",
    "bytes_isalnum",
    "bytes_isalpha",
    "bytes_isdigit",
    "bytes_isspace",
    "bytes_join",
    "bytes_length",
    "bytes_less",
    "bytes_lower",
    "bytes_lstrip",
    "bytes_of_size",
    "bytes_partition",
    "bytes_removeprefix",
    "bytes_removesuffix",
    "bytes_repeat",
    "bytes_replace",
    "bytes_repr",
    "bytes_rfind",
    "bytes_rindex",
    "bytes_rpartition",
    "bytes_rsplit",
    "bytes_rstrip",
    "bytes_split",
    "bytes_splitlines",
    "bytes_startswith",
    "bytes_strip",
    "bytes_upper",
    "decode_lossy",
]

EMPTY: Final[bytes] = b""
HASH_FACTOR: Final = 1099511628211
HASH_START: Final = -3750763034362895579


def bytes_length(data: bytes) -> int:
    """`len(data)`."""
    return len(data)


def bytes_get_item(data: bytes, index: int) -> int:
    """`data[index]`."""
    place = index + len(data) if index < 0 else index
    if not ult(place, len(data)):
        raise IndexError("index out of range")
    return byte_at(data, place)


def bytes_get_slice(data: bytes, start: int, stop: int) -> bytes:
    """`data[start:stop]`; an absent end is 0 or MAX_INT."""
    first = clamp_index(start, len(data))
    count = clamp_index(stop, len(data)) - first
    if count <= 0:
        return EMPTY
    if count == len(data):
        return data
    buffer = BytesBuffer(count)
    buffer.put_range(0, data, first, count)
    return buffer.finish()


def bytes_concat(a: bytes, b: bytes) -> bytes:
    """`a + b`."""
    buffer = BytesBuffer(len(a) + len(b))
    buffer.put_range(0, a, 0, len(a))
    buffer.put_range(len(a), b, 0, len(b))
    return buffer.finish()


def bytes_repeat(data: bytes, times: int) -> bytes:
    """`data * times`."""
    count = len(data)
    if times <= 0 or count == 0:
        return EMPTY
    if times > MAX_INT // count:
        raise MemoryError("repeated bytes are too long")
    buffer = BytesBuffer(count * times)
    for turn in range(times):
        buffer.put_range(turn * count, data, 0, count)
    return buffer.finish()


def bytes_join(separator: bytes, parts: List[bytes]) -> bytes:
    """`separator.join(parts)`."""
    count = len(parts)
    if count == 0:
        return EMPTY
    length = len(separator) * (count - 1)
    for index in range(count):
        length += len(parts[index])
    buffer = BytesBuffer(length)
    place = 0
    for index in range(count):
        if index > 0:
            buffer.put_range(place, separator, 0, len(separator))
            place += len(separator)
        part = parts[index]
        buffer.put_range(place, part, 0, len(part))
        place += len(part)
    return buffer.finish()


def range_equals(data: bytes, start: int, part: bytes) -> bool:
    """Whether `part`, which must fit, stands at `start`."""
    return same_bytes(data, start, part)


def bytes_equal(a: bytes, b: bytes) -> bool:
    """`a == b`."""
    return len(a) == len(b) and range_equals(a, 0, b)


def bytes_less(a: bytes, b: bytes) -> bool:
    """`a < b`."""
    count = len(a) if len(a) < len(b) else len(b)
    for index in range(count):
        difference = byte_at(a, index) - byte_at(b, index)
        if difference != 0:
            return difference < 0
    return len(a) < len(b)


def bytes_hash(data: bytes) -> int:
    """A hash of the contents, never 0 (the mark of "not computed yet" in the header)."""
    value = HASH_START
    for index in range(len(data)):
        value = wrap_mul(value ^ byte_at(data, index), HASH_FACTOR)
    value = wrap_add(value, value >> 29)
    return value if value != 0 else 1


def bytes_find(data: bytes, part: bytes, start: int = 0, stop: int = MAX_INT) -> int:
    """`data.find(part, start, stop)`."""
    if start > len(data):
        return -1
    place = clamp_index(start, len(data))
    last = clamp_index(stop, len(data))
    if len(part) == 0:
        return place if place <= last else -1
    return find_bytes(data, part, place, last)


def bytes_contains(data: bytes, part: bytes) -> bool:
    """`part in data`."""
    return bytes_find(data, part) >= 0


def bytes_contains_byte(data: bytes, byte: int) -> bool:
    """`byte in data`."""
    for index in range(len(data)):
        if byte_at(data, index) == byte:
            return True
    if not ult(byte, 256):
        raise ValueError("byte must be in range(0, 256)")
    return False


def bytes_startswith(data: bytes, prefix: bytes) -> bool:
    """`data.startswith(prefix)`."""
    return len(prefix) <= len(data) and range_equals(data, 0, prefix)


def bytes_endswith(data: bytes, suffix: bytes) -> bool:
    """`data.endswith(suffix)`."""
    return len(suffix) <= len(data) and range_equals(data, len(data) - len(suffix), suffix)


def bytes_from_array(data: ByteArray) -> bytes:
    """`bytes(data)` of a bytearray."""
    return data.to_bytes()


def bytes_from_list(items: List[int]) -> bytes:
    """`bytes(items)`."""
    buffer = BytesBuffer(len(items))
    for index in range(len(items)):
        byte = items[index]
        if not ult(byte, 256):
            raise ValueError("bytes must be in range(0, 256)")
        buffer.put(index, byte)
    return buffer.finish()


def bytes_of_size(size: int) -> bytes:
    """`bytes(size)`: zeros."""
    if size < 0:
        raise ValueError("negative count")
    return BytesBuffer(size).finish()
