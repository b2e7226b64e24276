"""The insides of `str` and `bytes`, for the library: reading code units and filling a new string once.

Natively a buffer *is* the string object until `finish` hands it out; nobody else may hold it before.
"""

from typing import final


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

    def put_range(self, index: int, source: bytes, start: int, count: int) -> None:
        """Copy `count` bytes of `source` from `start`."""
        assert 0 <= start and start + count <= len(source) and index + count <= len(self.data)
        self.data[index : index + count] = source[start : start + count]

    def move_range(self, index: int, source: "BytesBuffer", start: int, count: int) -> None:
        """Copy `count` bytes of another buffer; the ranges may overlap."""
        self.data[index : index + count] = source.data[start : start + count]

    def finish(self) -> bytes:
        """The bytes; the buffer must not be used afterwards."""
        return bytes(self.data)
