"""Less usual methods of `str`: searching that raises, prefixes and suffixes, splitting from the right, tabulators, centring."""

from typing import Final

from tracewright.core.integers import MAX_INT
from tracewright.core.text import code_at
from tracewright.lib.builder import StringBuilder
from tracewright.lib.code_points import digit_value, is_space_code
from tracewright.lib.list_core import List
from tracewright.lib.string_core import slice_of
from tracewright.lib.string_search import rfind_in, str_endswith, str_find, str_rfind, str_startswith

TABULATOR: Final = 9
LINE_FEED: Final = 10
CARRIAGE_RETURN: Final = 13


def str_index(text: str, part: str, start: int = 0, stop: int = MAX_INT) -> int:
    place = str_find(text, part, start, stop)
    if place < 0:
        raise ValueError("substring not found")
    return place


def str_rindex(text: str, part: str, start: int = 0, stop: int = MAX_INT) -> int:
    place = str_rfind(text, part, start, stop)
    if place < 0:
        raise ValueError("substring not found")
    return place


def str_removeprefix(text: str, prefix: str) -> str:
    return slice_of(text, len(prefix), len(text)) if str_startswith(text, prefix) else text


def str_removesuffix(text: str, suffix: str) -> str:
    return slice_of(text, 0, len(text) - len(suffix)) if str_endswith(text, suffix) else text


def str_rpartition(text: str, separator: str) -> tuple[str, str, str]:
    if len(separator) == 0:
        raise ValueError("empty separator")
    place = rfind_in(text, separator, 0, len(text))
    if place < 0:
        return ("", "", text)
    return (slice_of(text, 0, place), separator, slice_of(text, place + len(separator), len(text)))


def str_rsplit(text: str, separator: str | None = None, limit: int = -1) -> List[str]:
    """As `split`, but the limit counts from the right."""
    if limit < 0:
        limit = MAX_INT
    result = _words_from_right(text, limit) if separator is None else _parts_from_right(text, separator, limit)
    result.reverse()
    return result


def _parts_from_right(text: str, separator: str, limit: int) -> List[str]:
    if len(separator) == 0:
        raise ValueError("empty separator")
    result: List[str] = List()
    stop = len(text)
    while limit > 0:
        place = rfind_in(text, separator, 0, stop)
        if place < 0:
            break
        result.append(slice_of(text, place + len(separator), stop))
        stop = place
        limit -= 1
    result.append(slice_of(text, 0, stop))
    return result


def _words_from_right(text: str, limit: int) -> List[str]:
    result: List[str] = List()
    stop = len(text)
    while True:
        while stop > 0 and is_space_code(code_at(text, stop - 1)):
            stop -= 1
        if stop == 0:
            return result
        if limit == 0:
            result.append(slice_of(text, 0, stop))
            return result
        start = stop
        while start > 0 and not is_space_code(code_at(text, start - 1)):
            start -= 1
        result.append(slice_of(text, start, stop))
        stop = start
        limit -= 1


def str_expandtabs(text: str, tab_size: int = 8) -> str:
    builder = StringBuilder()
    column = 0
    for index in range(len(text)):
        code = code_at(text, index)
        if code == TABULATOR:
            if tab_size > 0:
                count = tab_size - column % tab_size
                builder.append_repeated(32, count)
                column += count
            continue
        builder.append_code(code)
        column = 0 if code == LINE_FEED or code == CARRIAGE_RETURN else column + 1
    return builder.build()


def str_center(text: str, width: int, fill: str = " ") -> str:
    if len(fill) != 1:
        raise TypeError("The fill character must be exactly one character long")
    missing = width - len(text)
    if missing <= 0:
        return text
    left = (missing >> 1) + (missing & width & 1)
    builder = StringBuilder()
    builder.append_repeated(code_at(fill, 0), left)
    builder.append(text)
    builder.append_repeated(code_at(fill, 0), missing - left)
    return builder.build()


def str_isdecimal(text: str) -> bool:
    for index in range(len(text)):
        if digit_value(code_at(text, index)) < 0:
            return False
    return len(text) > 0
