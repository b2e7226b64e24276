"""The operators of `str`: items, slices, joining, comparing, hashing."""

from typing import Final

from tracewright.core.arrays import Array, array_of
from tracewright.core.integers import MAX_INT, ult
from tracewright.core.memory import address_of
from tracewright.core.text import (
    StrBuffer,
    code_at,
    compare_narrow,
    hash_of_text,
    same_range,
    same_text,
    width_of,
)
from tracewright.hints import elidable
from tracewright.lib.builder import needed_width, width_for
from tracewright.lib.list_core import clamp_index

CODE_LIMIT: Final = 0x110000

# Characters below 256 are shared, so that taking one allocates nothing.
CHARACTERS: Final[Array[str]] = array_of([chr(code) for code in range(256)])


@elidable
def character_of(code: int) -> str:
    """The one-character text of a code point in range."""
    if code < 256:
        return CHARACTERS[code]
    buffer = StrBuffer(width_for(code), 1)
    buffer.put(0, code)
    return buffer.finish()


def str_chr(code: int) -> str:
    """`chr(code)`."""
    if not ult(code, CODE_LIMIT):
        raise ValueError("chr() arg not in range(0x110000)")
    return character_of(code)


def str_ord(text: str) -> int:
    """`ord(text)`."""
    if len(text) != 1:
        raise TypeError(f"ord() expected a character, but string of length {len(text)} found")
    return code_at(text, 0)


@elidable
def str_get_item(text: str, index: int) -> str:
    """`text[index]`."""
    place = index + len(text) if index < 0 else index
    if not ult(place, len(text)):
        raise IndexError("string index out of range")
    return character_of(code_at(text, place))


def str_code_at(text: str, index: int) -> int:
    """`ord(text[index])` without the character in between."""
    place = index + len(text) if index < 0 else index
    if not ult(place, len(text)):
        raise IndexError("string index out of range")
    return code_at(text, place)


@elidable
def str_get_slice(text: str, start: int, stop: int) -> str:
    """`text[start:stop]`; an absent end is 0 or MAX_INT."""
    first = clamp_index(start, len(text))
    return slice_of(text, first, clamp_index(stop, len(text)))


@elidable
def slice_of(text: str, start: int, stop: int) -> str:
    """`text[start:stop]` for places inside the text."""
    count = stop - start
    if count <= 0:
        return ""
    if count == len(text):
        return text
    if count == 1:
        return character_of(code_at(text, start))
    buffer = StrBuffer(needed_width(text, start, stop), count)
    buffer.put_range(0, text, start, count)
    return buffer.finish()


def wider(a: str, b: str) -> int:
    """Bytes per code point of a text that holds both."""
    width = width_of(a)
    other = width_of(b)
    return width if width > other else other


@elidable
def str_concat(a: str, b: str) -> str:
    """`a + b`."""
    if len(a) == 0:
        return b
    if len(b) == 0:
        return a
    buffer = StrBuffer(wider(a, b), len(a) + len(b))
    buffer.put_range(0, a, 0, len(a))
    buffer.put_range(len(a), b, 0, len(b))
    return buffer.finish()


@elidable
def str_repeat(text: str, times: int) -> str:
    """`text * times`."""
    count = len(text)
    if times <= 0 or count == 0:
        return ""
    if times > MAX_INT // count:
        raise MemoryError("repeated string is too long")
    buffer = StrBuffer(width_of(text), count * times)
    for turn in range(times):
        buffer.put_range(turn * count, text, 0, count)
    return buffer.finish()


def range_equals(text: str, start: int, part: str) -> bool:
    """Whether `part`, which must fit, stands at `start`."""
    if width_of(text) == width_of(part):
        return same_range(text, start, part)
    for index in range(len(part)):
        if code_at(text, start + index) != code_at(part, index):
            return False
    return True


def str_equal(a: str, b: str) -> bool:
    """`a == b`."""
    return same_text(a, b)


def one_object(a: str, b: str | None) -> bool:
    """Whether both are the same object: a cheap hint, for caches. Equal texts may be one object or two."""
    return b is not None and address_of(a) == address_of(b)


@elidable
def str_compare(a: str, b: str) -> int:
    """-1, 0 or 1 by code points."""
    if width_of(a) == 1 and width_of(b) == 1:
        return compare_narrow(a, b)
    count = len(a) if len(a) < len(b) else len(b)
    for index in range(count):
        difference = code_at(a, index) - code_at(b, index)
        if difference != 0:
            return -1 if difference < 0 else 1
    if len(a) == len(b):
        return 0
    return -1 if len(a) < len(b) else 1


def str_less(a: str, b: str) -> bool:
    """`a < b`."""
    return str_compare(a, b) < 0


def str_hash(text: str) -> int:
    """`hash(text)`."""
    return hash_of_text(text)


def str_of_bool(flag: bool) -> str:
    """`str(flag)`."""
    return "True" if flag else "False"


def str_length(text: str) -> int:
    """`len(text)`."""
    return len(text)
