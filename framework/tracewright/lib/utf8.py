"""UTF-8: from `str` to `bytes` and back, strictly or with U+FFFD in place of what is malformed."""

from typing import Final

from tracewright.core.text import BytesBuffer, StrBuffer, ascii_prefix, byte_at, code_at, is_ascii_text
from tracewright.lib.builder import StringBuilder, width_for
from tracewright.lib.numbers import str_of_int, str_of_int_in_base
from tracewright.lib.string_core import str_concat

REPLACEMENT: Final = 0xFFFD


def is_surrogate(code: int) -> bool:
    """Whether the code point is half of a UTF-16 pair, which UTF-8 must not contain."""
    return code >> 11 == 0x1B


def encoded_length(text: str) -> int:
    """How many bytes the text takes in UTF-8."""
    length = len(text)
    total = length
    for index in range(length):
        code = code_at(text, index)
        if code >= 0x80:
            total += 1 if code < 0x800 else 2 if code < 0x10000 else 3
    return total


def bytes_of_ascii(text: str) -> bytes:
    """The bytes of a text below 128."""
    buffer = BytesBuffer(len(text))
    buffer.put_text(0, text)
    return buffer.finish()


def str_encode(text: str) -> bytes:
    """`text.encode()`. Raises ValueError for a lone surrogate."""
    if is_ascii_text(text):
        return bytes_of_ascii(text)
    buffer = BytesBuffer(encoded_length(text))
    place = 0
    for index in range(len(text)):
        code = code_at(text, index)
        if is_surrogate(code):
            where = str_concat("utf-8 cannot encode a surrogate in position ", str_of_int(index))
            raise ValueError(where)
        place = put_code(buffer, place, code)
    return buffer.finish()


def encode_lossy(text: str) -> bytes:
    """`text.encode()` with U+FFFD in place of lone surrogates."""
    if is_ascii_text(text):
        return bytes_of_ascii(text)
    buffer = BytesBuffer(encoded_length(text))
    place = 0
    for index in range(len(text)):
        code = code_at(text, index)
        place = put_code(buffer, place, REPLACEMENT if is_surrogate(code) else code)
    return buffer.finish()


def put_code(buffer: BytesBuffer, place: int, code: int) -> int:
    """Write one code point; gives the place behind it."""
    if code < 0x80:
        buffer.put(place, code)
        return place + 1
    if code < 0x800:
        buffer.put(place, 0xC0 | code >> 6)
        buffer.put(place + 1, 0x80 | (code & 0x3F))
        return place + 2
    if code < 0x10000:
        buffer.put(place, 0xE0 | code >> 12)
        buffer.put(place + 1, 0x80 | (code >> 6 & 0x3F))
        buffer.put(place + 2, 0x80 | (code & 0x3F))
        return place + 3
    buffer.put(place, 0xF0 | code >> 18)
    buffer.put(place + 1, 0x80 | (code >> 12 & 0x3F))
    buffer.put(place + 2, 0x80 | (code >> 6 & 0x3F))
    buffer.put(place + 3, 0x80 | (code & 0x3F))
    return place + 4


def sequence_length(data: bytes, start: int) -> int:
    """How many bytes form the code point at `start`, or minus the number of bytes to skip where they form none.

    What to skip is the longest beginning of a sequence, at least one byte, as Unicode recommends and Python does.
    """
    first = byte_at(data, start)
    if first < 0x80:
        return 1
    if first < 0xC2 or first > 0xF4:
        return -1
    needed = 2 if first < 0xE0 else 3 if first < 0xF0 else 4
    # The second byte excludes what is too long, a surrogate, or beyond U+10FFFF.
    low = 0xA0 if first == 0xE0 else 0x90 if first == 0xF0 else 0x80
    high = 0x9F if first == 0xED else 0x8F if first == 0xF4 else 0xBF
    for offset in range(1, needed):
        if start + offset == len(data) or not low <= byte_at(data, start + offset) <= high:
            return -offset
        low = 0x80
        high = 0xBF
    return needed


def decode_sequence(data: bytes, start: int, length: int) -> int:
    """The code point whose well-formed sequence of `length` bytes is at `start`."""
    first = byte_at(data, start)
    if length == 1:
        return first
    code = first & (0x7F >> length)
    for offset in range(1, length):
        code = code << 6 | (byte_at(data, start + offset) & 0x3F)
    return code


def find_malformed(data: bytes) -> int:
    """Where the first malformed sequence starts, or -1."""
    place = 0
    while place < len(data):
        length = sequence_length(data, place)
        if length < 0:
            return place
        place += length
    return -1


def failure_text(data: bytes, start: int) -> str:
    """What is wrong with the malformed sequence at `start`, in Python's words."""
    skipped = -sequence_length(data, start)
    at_end = start + skipped == len(data)
    builder = StringBuilder()
    builder.append("'utf-8' codec can't decode byte")
    if skipped > 1:
        builder.append("s in position ")
        builder.append(str_of_int(start))
        builder.append("-")
        builder.append(str_of_int(start + skipped - 1))
    else:
        builder.append(" 0x")
        builder.append(str_of_int_in_base(byte_at(data, start), 16))
        builder.append(" in position ")
        builder.append(str_of_int(start))
    if not 0xC2 <= byte_at(data, start) <= 0xF4:
        builder.append(": invalid start byte")
    else:
        builder.append(": unexpected end of data" if at_end else ": invalid continuation byte")
    return builder.build()


def bytes_decode(data: bytes) -> str:
    """`data.decode()`. Raises UnicodeDecodeError with the position in its message."""
    place = ascii_prefix(data)
    if place == len(data):
        return text_of_bytes(data, 0, place)
    count = place
    largest = 0
    while place < len(data):
        length = sequence_length(data, place)
        if length < 0:
            # The dialect's exceptions take a message. (CPython's own class wants five arguments, but hosted programs
            # use CPython's `decode`, so that only tests of this function ever meet its TypeError.)
            raise UnicodeDecodeError(failure_text(data, place))  # type: ignore[call-arg]
        code = decode_sequence(data, place, length)
        if code > largest:
            largest = code
        place += length
        count += 1
    buffer = StrBuffer(width_for(largest), count)
    place = 0
    for index in range(count):
        length = sequence_length(data, place)
        buffer.put(index, decode_sequence(data, place, length))
        place += length
    return buffer.finish()


def decode_lossy(data: bytes) -> str:
    """`data.decode(errors="replace")`: U+FFFD for each malformed sequence."""
    place = ascii_prefix(data)
    if place == len(data):
        return text_of_bytes(data, 0, place)
    builder = StringBuilder()
    place = 0
    while place < len(data):
        length = sequence_length(data, place)
        if length < 0:
            builder.append_code(REPLACEMENT)
            place -= length
        else:
            builder.append_code(decode_sequence(data, place, length))
            place += length
    return builder.build()


def text_of_bytes(data: bytes, start: int, stop: int) -> str:
    """The text whose code points are the bytes of a range: what ASCII and Latin-1 mean."""
    buffer = StrBuffer(1, stop - start)
    buffer.put_bytes(0, data, start, stop - start)
    return buffer.finish()
