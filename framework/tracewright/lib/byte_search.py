"""Methods of `bytes` that search, split, replace and change case.

They work on the text whose code points are the bytes (Latin-1): copying costs little beside the searching, and the work is
done once, in the `string_...` modules. Only white space and letters differ: in `bytes` they are those of ASCII.
"""

from typing import Final

from tracewright.core.integers import MAX_INT, ult
from tracewright.core.text import BytesBuffer, byte_at, code_at
from tracewright.lib.builder import StringBuilder
from tracewright.lib.list_core import List
from tracewright.lib.numbers import str_of_int
from tracewright.lib.string_case import lower_of_ascii, upper_of_ascii
from tracewright.lib.string_core import slice_of
from tracewright.lib.string_parts import str_removeprefix, str_removesuffix, str_rpartition, str_rsplit
from tracewright.lib.string_repr import append_escape, append_hex
from tracewright.lib.string_search import (
    str_count,
    str_find,
    str_lstrip,
    str_partition,
    str_replace,
    str_rfind,
    str_rstrip,
    str_split,
    str_strip,
)
from tracewright.lib.utf8 import text_of_bytes

SPACES: Final = " \t\n\r\x0b\x0c"
QUOTE: Final = 39
DOUBLE_QUOTE: Final = 34
BACKSLASH: Final = 92


def latin_text(data: bytes) -> str:
    """The text whose code points are the bytes."""
    return text_of_bytes(data, 0, len(data))


def latin_bytes(text: str) -> bytes:
    """The bytes that are the code points of a text that has none above 255."""
    buffer = BytesBuffer(len(text))
    buffer.put_text(0, text)
    return buffer.finish()


def _all_bytes(parts: List[str]) -> List[bytes]:
    result: List[bytes] = List()
    for index in range(len(parts)):
        result.append(latin_bytes(parts[index]))
    return result


def bytes_rfind(data: bytes, part: bytes, start: int = 0, stop: int = MAX_INT) -> int:
    return str_rfind(latin_text(data), latin_text(part), start, stop)


def bytes_index(data: bytes, part: bytes, start: int = 0, stop: int = MAX_INT) -> int:
    place = str_find(latin_text(data), latin_text(part), start, stop)
    if place < 0:
        raise ValueError("subsection not found")
    return place


def bytes_rindex(data: bytes, part: bytes, start: int = 0, stop: int = MAX_INT) -> int:
    place = bytes_rfind(data, part, start, stop)
    if place < 0:
        raise ValueError("subsection not found")
    return place


def bytes_count(data: bytes, part: bytes, start: int = 0, stop: int = MAX_INT) -> int:
    return str_count(latin_text(data), latin_text(part), start, stop)


def bytes_replace(data: bytes, old: bytes, new: bytes, limit: int = -1) -> bytes:
    return latin_bytes(str_replace(latin_text(data), latin_text(old), latin_text(new), limit))


def bytes_removeprefix(data: bytes, prefix: bytes) -> bytes:
    return latin_bytes(str_removeprefix(latin_text(data), latin_text(prefix)))


def bytes_removesuffix(data: bytes, suffix: bytes) -> bytes:
    return latin_bytes(str_removesuffix(latin_text(data), latin_text(suffix)))


def bytes_partition(data: bytes, separator: bytes) -> tuple[bytes, bytes, bytes]:
    before, found, behind = str_partition(latin_text(data), latin_text(separator))
    return (latin_bytes(before), latin_bytes(found), latin_bytes(behind))


def bytes_rpartition(data: bytes, separator: bytes) -> tuple[bytes, bytes, bytes]:
    before, found, behind = str_rpartition(latin_text(data), latin_text(separator))
    return (latin_bytes(before), latin_bytes(found), latin_bytes(behind))


def _is_space(code: int) -> bool:
    return code == 32 or 9 <= code <= 13


def bytes_split(data: bytes, separator: bytes | None = None, limit: int = -1) -> List[bytes]:
    """At `separator`, or, without one, at each row of white space; at most `limit` times, unless it is negative."""
    text = latin_text(data)
    if separator is not None:
        return _all_bytes(str_split(text, latin_text(separator), limit))
    result: List[bytes] = List()
    rest = str_lstrip(text, SPACES)
    while len(rest) > 0 and limit != 0:
        end = 0
        while end < len(rest) and not _is_space(code_at(rest, end)):
            end += 1
        result.append(latin_bytes(slice_of(rest, 0, end)))
        rest = str_lstrip(slice_of(rest, end, len(rest)), SPACES)
        limit -= 1
    if len(rest) > 0:
        result.append(latin_bytes(rest))
    return result


def bytes_rsplit(data: bytes, separator: bytes, limit: int = -1) -> List[bytes]:
    """As `split`, but the limit counts from the right."""
    return _all_bytes(str_rsplit(latin_text(data), latin_text(separator), limit))


def bytes_splitlines(data: bytes, keep_ends: bool = False) -> List[bytes]:
    """Lines end at \\n, \\r and \\r\\n; those of `str` end elsewhere too."""
    result: List[bytes] = List()
    text = latin_text(data)
    start = 0
    while start < len(text):
        end = start
        while end < len(text) and code_at(text, end) != 10 and code_at(text, end) != 13:
            end += 1
        behind = end
        if end < len(text):
            behind = end + 1
            if code_at(text, end) == 13 and behind < len(text) and code_at(text, behind) == 10:
                behind += 1
        result.append(latin_bytes(slice_of(text, start, behind if keep_ends else end)))
        start = behind
    return result


def _stripped(characters: bytes | None) -> str:
    return SPACES if characters is None else latin_text(characters)


def bytes_strip(data: bytes, characters: bytes | None = None) -> bytes:
    return latin_bytes(str_strip(latin_text(data), _stripped(characters)))


def bytes_lstrip(data: bytes, characters: bytes | None = None) -> bytes:
    return latin_bytes(str_lstrip(latin_text(data), _stripped(characters)))


def bytes_rstrip(data: bytes, characters: bytes | None = None) -> bytes:
    return latin_bytes(str_rstrip(latin_text(data), _stripped(characters)))


def bytes_upper(data: bytes) -> bytes:
    buffer = BytesBuffer(len(data))
    for index in range(len(data)):
        buffer.put(index, upper_of_ascii(byte_at(data, index)))
    return buffer.finish()


def bytes_lower(data: bytes) -> bytes:
    buffer = BytesBuffer(len(data))
    for index in range(len(data)):
        buffer.put(index, lower_of_ascii(byte_at(data, index)))
    return buffer.finish()


def bytes_isdigit(data: bytes) -> bool:
    for index in range(len(data)):
        if not ult(byte_at(data, index) - 48, 10):
            return False
    return len(data) > 0


def bytes_isalpha(data: bytes) -> bool:
    for index in range(len(data)):
        if not ult((byte_at(data, index) | 32) - 97, 26):
            return False
    return len(data) > 0


def bytes_isalnum(data: bytes) -> bool:
    for index in range(len(data)):
        byte = byte_at(data, index)
        if not ult(byte - 48, 10) and not ult((byte | 32) - 97, 26):
            return False
    return len(data) > 0


def bytes_isspace(data: bytes) -> bool:
    for index in range(len(data)):
        if not _is_space(byte_at(data, index)):
            return False
    return len(data) > 0


def bytes_hex(data: bytes) -> str:
    builder = StringBuilder()
    for index in range(len(data)):
        append_hex(builder, byte_at(data, index), 2)
    return builder.build()


def bytes_from_hex(text: str) -> bytes:
    """`bytes.fromhex(text)`: pairs of digits, with white space between pairs."""
    buffer = BytesBuffer(len(text) >> 1)
    count = 0
    index = 0
    while index < len(text):
        if _is_space(code_at(text, index)):
            index += 1
            continue
        high = _hex_digit(text, index)
        low = _hex_digit(text, index + 1)
        buffer.put(count, high << 4 | low)
        count += 1
        index += 2
    whole = buffer.finish()
    result = BytesBuffer(count)
    result.put_range(0, whole, 0, count)
    return result.finish()


def _hex_digit(text: str, index: int) -> int:
    code = code_at(text, index) if index < len(text) else 0
    if ult(code - 48, 10):
        return code - 48
    if ult((code | 32) - 97, 6):
        return (code | 32) - 87
    raise ValueError("non-hexadecimal number found in fromhex() arg at position " + str_of_int(index))


def bytes_repr(data: bytes) -> str:
    """`repr(data)`."""
    has_quote = bytes_count(data, b"'") > 0
    quote = DOUBLE_QUOTE if has_quote and bytes_count(data, b'"') == 0 else QUOTE
    builder = StringBuilder()
    builder.append("b")
    builder.append_code(quote)
    for index in range(len(data)):
        byte = byte_at(data, index)
        if byte == quote or byte == BACKSLASH:
            builder.append_code(BACKSLASH)
            builder.append_code(byte)
        elif 32 <= byte < 127:
            builder.append_code(byte)
        else:
            append_escape(builder, byte)
    builder.append_code(quote)
    return builder.build()
