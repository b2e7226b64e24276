"""Finding in `str`, and what is built on it: splitting, joining, replacing, stripping."""

from typing import Final

from tracewright.core.integers import MAX_INT
from tracewright.core.text import StrBuffer, code_at, find_narrow, width_of
from tracewright.lib.builder import StringBuilder
from tracewright.lib.code_points import is_space_code
from tracewright.lib.list_core import List, clamp_index
from tracewright.lib.string_core import range_equals, slice_of

LINE_FEED: Final = 10
CARRIAGE_RETURN: Final = 13


def find_code(text: str, code: int, start: int, stop: int) -> int:
    """The first place of a code point in a range inside the text, or -1."""
    while start < stop:
        if code_at(text, start) == code:
            return start
        start += 1
    return -1


def find_in(text: str, part: str, start: int, stop: int) -> int:
    """The first place of `part` in a range inside the text, or -1."""
    count = len(part)
    if count == 0:
        return start if start <= stop else -1
    if width_of(text) == 1:
        return find_narrow(text, part, start, stop) if width_of(part) == 1 else -1
    first = code_at(part, 0)
    last_start = stop - count
    while start <= last_start:
        start = find_code(text, first, start, last_start + 1)
        if start < 0:
            return -1
        if range_equals(text, start, part):
            return start
        start += 1
    return -1


def rfind_in(text: str, part: str, start: int, stop: int) -> int:
    """The last place of `part` in a range inside the text, or -1."""
    place = stop - len(part)
    while place >= start:
        if range_equals(text, place, part):
            return place
        place -= 1
    return -1


def str_find(text: str, part: str, start: int = 0, stop: int = MAX_INT) -> int:
    if start > len(text):
        return -1
    return find_in(text, part, clamp_index(start, len(text)), clamp_index(stop, len(text)))


def str_rfind(text: str, part: str, start: int = 0, stop: int = MAX_INT) -> int:
    if start > len(text):
        return -1
    return rfind_in(text, part, clamp_index(start, len(text)), clamp_index(stop, len(text)))


def str_contains(text: str, part: str) -> bool:
    """`part in text`."""
    return find_in(text, part, 0, len(text)) >= 0


def str_startswith(text: str, prefix: str, start: int = 0, stop: int = MAX_INT) -> bool:
    if start > len(text):
        return False
    first = clamp_index(start, len(text))
    return len(prefix) <= clamp_index(stop, len(text)) - first and range_equals(text, first, prefix)


def str_endswith(text: str, suffix: str, start: int = 0, stop: int = MAX_INT) -> bool:
    if start > len(text):
        return False
    place = clamp_index(stop, len(text)) - len(suffix)
    return place >= clamp_index(start, len(text)) and range_equals(text, place, suffix)


def str_count(text: str, part: str, start: int = 0, stop: int = MAX_INT) -> int:
    if start > len(text):
        return 0
    first = clamp_index(start, len(text))
    last = clamp_index(stop, len(text))
    if len(part) == 0:
        return last - first + 1 if first <= last else 0
    total = 0
    place = find_in(text, part, first, last)
    while place >= 0:
        total += 1
        place = find_in(text, part, place + len(part), last)
    return total


def str_replace(text: str, old: str, new: str, limit: int = -1) -> str:
    if limit < 0:
        limit = MAX_INT
    if len(old) == 0:
        return _put_between(text, new, limit)
    place = find_in(text, old, 0, len(text))
    if place < 0 or limit == 0:
        return text
    builder = StringBuilder()
    done = 0
    while place >= 0 and limit > 0:
        builder.append_slice(text, done, place)
        builder.append(new)
        done = place + len(old)
        place = find_in(text, old, done, len(text))
        limit -= 1
    builder.append_slice(text, done, len(text))
    return builder.build()


def _put_between(text: str, new: str, limit: int) -> str:
    """What replacing the empty text does: `new` before each character and at the end, at most `limit` times."""
    builder = StringBuilder()
    index = 0
    while limit > 0 and index <= len(text):
        builder.append(new)
        if index < len(text):
            builder.append_code(code_at(text, index))
        index += 1
        limit -= 1
    if index < len(text):
        builder.append_slice(text, index, len(text))
    return builder.build()


def str_join(separator: str, parts: List[str]) -> str:
    count = len(parts)
    if count == 0:
        return ""
    if count == 1:
        return parts[0]
    width = width_of(separator)
    length = len(separator) * (count - 1)
    for index in range(count):
        part = parts[index]
        length += len(part)
        if width_of(part) > width:
            width = width_of(part)
    buffer = StrBuffer(width, length)
    place = 0
    for index in range(count):
        if index > 0:
            buffer.put_range(place, separator, 0, len(separator))
            place += len(separator)
        part = parts[index]
        buffer.put_range(place, part, 0, len(part))
        place += len(part)
    return buffer.finish()


def str_split(text: str, separator: str | None = None, limit: int = -1) -> List[str]:
    """At `separator`, or, without one, at each row of white space; at most `limit` times, unless it is negative."""
    if limit < 0:
        limit = MAX_INT
    if separator is None:
        return _split_words(text, limit)
    if len(separator) == 0:
        raise ValueError("empty separator")
    result: List[str] = List()
    start = 0
    while limit > 0:
        place = find_in(text, separator, start, len(text))
        if place < 0:
            break
        result.append(slice_of(text, start, place))
        start = place + len(separator)
        limit -= 1
    result.append(slice_of(text, start, len(text)))
    return result


def _split_words(text: str, limit: int) -> List[str]:
    result: List[str] = List()
    length = len(text)
    index = 0
    while True:
        while index < length and is_space_code(code_at(text, index)):
            index += 1
        if index == length:
            return result
        start = index
        if limit == 0:
            result.append(slice_of(text, start, length))
            return result
        while index < length and not is_space_code(code_at(text, index)):
            index += 1
        result.append(slice_of(text, start, index))
        limit -= 1


def str_partition(text: str, separator: str) -> tuple[str, str, str]:
    if len(separator) == 0:
        raise ValueError("empty separator")
    place = find_in(text, separator, 0, len(text))
    if place < 0:
        return (text, "", "")
    return (slice_of(text, 0, place), separator, slice_of(text, place + len(separator), len(text)))


def is_line_end(code: int) -> bool:
    """Whether `splitlines` ends a line at this code point."""
    if code < 0x80:
        return 10 <= code <= 13 or 28 <= code <= 30
    return code == 0x85 or code == 0x2028 or code == 0x2029


def str_splitlines(text: str, keep_ends: bool = False) -> List[str]:
    result: List[str] = List()
    length = len(text)
    start = 0
    while start < length:
        end = start
        while end < length and not is_line_end(code_at(text, end)):
            end += 1
        behind = end
        if end < length:
            behind = end + 1
            if code_at(text, end) == CARRIAGE_RETURN and behind < length and code_at(text, behind) == LINE_FEED:
                behind += 1
        result.append(slice_of(text, start, behind if keep_ends else end))
        start = behind
    return result


def _strips(code: int, characters: str | None) -> bool:
    if characters is None:
        return is_space_code(code)
    return find_code(characters, code, 0, len(characters)) >= 0


def _strip(text: str, characters: str | None, left: bool, right: bool) -> str:
    start = 0
    stop = len(text)
    while left and start < stop and _strips(code_at(text, start), characters):
        start += 1
    while right and start < stop and _strips(code_at(text, stop - 1), characters):
        stop -= 1
    return slice_of(text, start, stop)


def str_strip(text: str, characters: str | None = None) -> str:
    return _strip(text, characters, True, True)


def str_lstrip(text: str, characters: str | None = None) -> str:
    return _strip(text, characters, True, False)


def str_rstrip(text: str, characters: str | None = None) -> str:
    return _strip(text, characters, False, True)
