"""The insides of `str` and `bytes`, for the library: reading code units and filling a new string once.

Natively a buffer *is* the string object until `finish` hands it out; nobody else may hold it before.
"""

import struct
from typing import Final, final

from tracewright.core.integers import umul_high, wrap_mul

# The hash of a text goes over its code units eight bytes at a time. The numbers are odd and have no pattern; the runtime uses
# the same ones, so that tables built at translation are right at run time.
HASH_START: Final = 0x3C6EF372FE94F82B
HASH_FACTOR: Final = -0x2B7E151628AED2A5


def code_at(text: str, index: int) -> int:
    """The code point at `index`; unchecked natively."""
    return ord(text[index])


def width_of(text: str) -> int:
    """Bytes per code point that the text is stored in: 1, 2 or 4. Natively always the smallest that fits."""
    largest = max(map(ord, text), default=0)
    return 1 if largest < 0x100 else 2 if largest < 0x10000 else 4


def byte_at(data: bytes, index: int) -> int:
    """The byte at `index`; unchecked natively."""
    return data[index]


def hash_of_text(text: str) -> int:
    """A hash of the code points, never 0. Natively it is computed once and kept in the string's header, where 0 means "not yet"."""
    width = width_of(text)
    data = b"".join(ord(character).to_bytes(width, "little") for character in text)
    value = HASH_START ^ len(data)
    for start in range(0, len(data), 8):
        word = int.from_bytes(data[start : start + 8].ljust(8, b"\0"), "little", signed=True)
        mixed = value ^ word
        value = wrap_mul(mixed, HASH_FACTOR) ^ umul_high(mixed, HASH_FACTOR)
    return value if value != 0 else 1


def same_text(a: str, b: str) -> bool:
    """`a == b`."""
    return a == b


def same_range(text: str, start: int, part: str) -> bool:
    """Whether `part`, which must fit and be as wide as `text`, stands at `start`."""
    assert width_of(text) == width_of(part) and 0 <= start <= len(text) - len(part)
    return text[start : start + len(part)] == part


def find_narrow(text: str, part: str, start: int, stop: int) -> int:
    """The first place of `part` between two places of `text`, or -1. Both must be 1 byte wide, `part` not empty."""
    assert width_of(text) == width_of(part) == 1 and part and 0 <= start and stop <= len(text)
    return text.find(part, start, stop)


def compare_narrow(a: str, b: str) -> int:
    """Below 0, 0 or above 0 as `a < b`, `a == b`, `a > b`. Both must be 1 byte wide."""
    assert width_of(a) == width_of(b) == 1
    return -1 if a < b else int(a > b)


def find_escaped_narrow(text: str, start: int, stop: int) -> int:
    """The first place between two places of a text that is 1 byte wide of what may be escaped in JSON or source text: a quote `"`, a
    backslash, or a code point below 32 or above 126. `stop` where there is none."""
    assert width_of(text) == 1 and 0 <= start and stop <= len(text)
    for index in range(start, stop):
        if not 32 <= ord(text[index]) < 127 or text[index] in '"\\':
            return index
    return max(start, stop)


def is_ascii_text(text: str) -> bool:
    """Whether all code points are below 128."""
    return text.isascii()


def ascii_prefix(data: bytes) -> int:
    """How many bytes at the beginning are below 128."""
    return next((index for index, byte in enumerate(data) if byte >= 128), len(data))


def find_bytes(data: bytes, part: bytes, start: int, stop: int) -> int:
    """The first place of `part`, which is not empty, between two places of `data`, or -1."""
    assert part and 0 <= start and stop <= len(data)
    return data.find(part, start, stop)


def same_bytes(data: bytes, start: int, part: bytes) -> bool:
    """Whether `part`, which must fit, stands at `start`."""
    assert 0 <= start <= len(data) - len(part)
    return data[start : start + len(part)] == part


@final
class StrBuffer:
    """A `str` under construction: `length` code points of `width` bytes, zero at first.

    `width` must be the smallest that fits the final contents, so that equal texts have equal widths.
    """

    __slots__ = ("codes", "width")

    def __init__(self, width: int, length: int) -> None:
        self.codes: list[int] = [0] * length
        self.width = width

    def put(self, index: int, code: int) -> None:
        """Set one code point; unchecked natively."""
        assert 0 <= code < 1 << 8 * self.width
        self.codes[index] = code

    def put_range(self, index: int, source: str, start: int, count: int) -> None:
        """Copy `count` code points of `source` from `start`; fast where the widths agree."""
        assert 0 <= start and start + count <= len(source) and index + count <= len(self.codes)
        self.codes[index : index + count] = [ord(c) for c in source[start : start + count]]

    def put_bytes(self, index: int, data: bytes, start: int, count: int) -> None:
        """Copy bytes as code points into a buffer that is 1 byte wide."""
        assert self.width == 1 and 0 <= start and start + count <= len(data) and index + count <= len(self.codes)
        self.codes[index : index + count] = data[start : start + count]

    def put_decimal(self, index: int, count: int, number: int) -> None:
        """Write `number` >= 0 as exactly `count` digits, zeros leading; the buffer must be 1 byte wide."""
        assert self.width == 1 and 0 <= index and index + count <= len(self.codes)
        self.codes[index : index + count] = [ord(digit) for digit in str(number).rjust(count, "0")[:count]]

    def put_text_and_decimal(self, text: str, count: int, number: int) -> None:
        """Fill the whole buffer with `text` and `number` >= 0 as exactly `count` digits; both must be 1 byte wide."""
        assert self.width == 1 and len(text) + count == len(self.codes)
        self.put_range(0, text, 0, len(text))
        self.put_decimal(len(text), count, number)

    def shorten(self, length: int) -> None:
        """Give up all but the first `length` code points. The memory stays with the string, so only a small part should go."""
        assert 0 <= length <= len(self.codes)
        del self.codes[length:]

    def finish(self) -> str:
        """The string; the buffer must not be used afterwards."""
        return "".join(map(chr, self.codes))


@final
class BytesBuffer:
    """A `bytes` under construction: `length` bytes, zero at first."""

    __slots__ = ("data",)

    def __init__(self, length: int) -> None:
        self.data = bytearray(length)

    def __len__(self) -> int:
        return len(self.data)

    def get(self, index: int) -> int:
        """One byte back; unchecked natively."""
        return self.data[index]

    def put(self, index: int, byte: int) -> None:
        """Set one byte; unchecked natively."""
        self.data[index] = byte

    def get16(self, index: int) -> int:
        """The unsigned number in two bytes, the low one first, as all wider ones; `index` counts bytes. Unchecked natively."""
        return int.from_bytes(self._slice(index, 2), "little")

    def get32(self, index: int) -> int:
        """The unsigned number in four bytes."""
        return int.from_bytes(self._slice(index, 4), "little")

    def get64(self, index: int) -> int:
        """The signed number in eight bytes."""
        return int.from_bytes(self._slice(index, 8), "little", signed=True)

    def get_float(self, index: int) -> float:
        """The float in eight bytes; a NaN may have any bits."""
        return float(struct.unpack("<d", self._slice(index, 8))[0])

    def put16(self, index: int, number: int) -> None:
        """Set two bytes to the low bits of a number. Unchecked natively."""
        self.data[index : index + 2] = self._checked(index, (number & 0xFFFF).to_bytes(2, "little"))

    def put32(self, index: int, number: int) -> None:
        """Set four bytes."""
        self.data[index : index + 4] = self._checked(index, (number & 0xFFFFFFFF).to_bytes(4, "little"))

    def put64(self, index: int, number: int) -> None:
        """Set eight bytes."""
        self.data[index : index + 8] = self._checked(index, number.to_bytes(8, "little", signed=True))

    def put_float(self, index: int, number: float) -> None:
        """Set eight bytes to a float."""
        self.data[index : index + 8] = self._checked(index, struct.pack("<d", number))

    def _slice(self, index: int, count: int) -> bytearray:
        assert 0 <= index <= len(self.data) - count
        return self.data[index : index + count]

    def _checked(self, index: int, data: bytes) -> bytes:
        assert 0 <= index <= len(self.data) - len(data)
        return data

    def put_range(self, index: int, source: bytes, start: int, count: int) -> None:
        """Copy `count` bytes of `source` from `start`."""
        assert 0 <= start and start + count <= len(source) and index + count <= len(self.data)
        self.data[index : index + count] = source[start : start + count]

    def put_text(self, index: int, text: str) -> None:
        """Copy the code points of a text that is 1 byte wide as bytes."""
        assert width_of(text) == 1 and index + len(text) <= len(self.data)
        self.data[index : index + len(text)] = text.encode("latin-1")

    def move_range(self, index: int, source: "BytesBuffer", start: int, count: int) -> None:
        """Copy `count` bytes of another buffer; the ranges may overlap."""
        self.data[index : index + count] = source.data[start : start + count]

    def finish(self) -> bytes:
        """The bytes; the buffer must not be used afterwards."""
        return bytes(self.data)
