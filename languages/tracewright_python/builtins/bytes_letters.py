"""Methods of `bytes` and `bytearray` about ASCII letters, digits and widths."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from tracewright.core.arrays import array_of
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright_python import builtin_types as types
from tracewright_python.builtins.bytes_arguments import like, own_bytes, word_argument
from tracewright_python.byte_objects import as_byte_array, as_bytes
from tracewright_python.conversions import word_index
from tracewright_python.exceptions import type_error
from tracewright_python.functions import Native, PyBuiltin
from tracewright_python.objects import PyType
from tracewright_python.session import Session
from tracewright_python.values import type_name

TAB: Final = 9
LINE_FEED: Final = 10
CARRIAGE_RETURN: Final = 13
SPACE: Final = 32
ZERO: Final = 48


def is_upper(code: int) -> bool:
    return 65 <= code <= 90


def is_lower(code: int) -> bool:
    return 97 <= code <= 122


def is_letter(code: int) -> bool:
    return is_upper(code) or is_lower(code)


def is_digit(code: int) -> bool:
    return 48 <= code <= 57


def is_word(code: int) -> bool:
    return is_letter(code) or is_digit(code)


def is_blank(code: int) -> bool:
    return code == SPACE or 9 <= code <= 13


def is_ascii(code: int) -> bool:
    return code < 128


def lowered(code: int) -> int:
    return code + 32 if is_upper(code) else code


def raised(code: int) -> int:
    return code - 32 if is_lower(code) else code


def swapped(code: int) -> int:
    return code ^ 32 if is_letter(code) else code


def changing(change: Callable[[int], int]) -> Native:
    """A method that changes each byte."""

    def changed(session: Session, stack: VMStack, first: int, count: int) -> Value:
        result = bytearray()
        for code in own_bytes(stack[first]):
            result.append(change(code))
        return like(stack[first], bytes(result))

    return changed


def capitalize(session: Session, stack: VMStack, first: int, count: int) -> Value:
    data = own_bytes(stack[first])
    result = bytearray()
    for k in range(len(data)):
        result.append(raised(data[k]) if k == 0 else lowered(data[k]))
    return like(stack[first], bytes(result))


def title(session: Session, stack: VMStack, first: int, count: int) -> Value:
    result = bytearray()
    is_inside = False
    for code in own_bytes(stack[first]):
        result.append(lowered(code) if is_inside else raised(code))
        is_inside = is_letter(code)
    return like(stack[first], bytes(result))


def asking(question: Callable[[int], bool], of_empty: bool) -> Native:
    """A method that asks whether all bytes are of a kind."""

    def answer(session: Session, stack: VMStack, first: int, count: int) -> Value:
        data = own_bytes(stack[first])
        for code in data:
            if not question(code):
                return Value.FALSE
        return Value.of_bool(of_empty or len(data) > 0)

    return answer


def cased(wanted: Callable[[int], bool], unwanted: Callable[[int], bool]) -> Native:
    """`islower` and `isupper`: there are letters, and all are of one case."""

    def answer(session: Session, stack: VMStack, first: int, count: int) -> Value:
        found = False
        for code in own_bytes(stack[first]):
            if unwanted(code):
                return Value.FALSE
            found = found or wanted(code)
        return Value.of_bool(found)

    return answer


def istitle(session: Session, stack: VMStack, first: int, count: int) -> Value:
    is_inside, found = False, False
    for code in own_bytes(stack[first]):
        if is_upper(code) if is_inside else is_lower(code):
            return Value.FALSE
        is_inside = is_letter(code)
        found = found or is_inside
    return Value.of_bool(found)


# --- widths ---


def fill_byte(value: Value, method: str) -> bytes:
    """The byte that is filled with. Raises TypeError."""
    if value.same(Value.UNDEFINED):
        return b" "
    plain, changing_one = as_bytes(value), as_byte_array(value)
    data = b"" if plain is None else plain.data
    if changing_one is not None:
        data = bytes(changing_one.data)
    if len(data) != 1:
        raise type_error(f"{method}() argument 2 must be a byte string of length 1, not {type_name(value)}")
    return data


def filling(method: str, left_share: int) -> Native:
    """`ljust`, `rjust`, `center`: of what is missing, nothing, all or half goes to the left."""

    def filled(session: Session, stack: VMStack, first: int, count: int) -> Value:
        data = own_bytes(stack[first])
        width = word_index(session, stack[first + 1])
        fill = fill_byte(stack[first + 2], method)
        missing = max(width - len(data), 0)
        left = 0 if left_share == 0 else missing if left_share == 2 else missing // 2 + (missing & width & 1)
        return like(stack[first], fill * left + data + fill * (missing - left))

    return filled


def zfill(session: Session, stack: VMStack, first: int, count: int) -> Value:
    data = own_bytes(stack[first])
    missing = max(word_index(session, stack[first + 1]) - len(data), 0)
    sign = 1 if len(data) > 0 and (data[0] == 43 or data[0] == 45) else 0
    return like(stack[first], data[:sign] + b"0" * missing + data[sign:])


def expandtabs(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`data.expandtabs(tabsize=8)`"""
    size = word_argument(session, stack[first + 1], 8)
    result = bytearray()
    column = 0
    for code in own_bytes(stack[first]):
        if code == TAB:
            blanks = size - column % size if size > 0 else 0
            result.extend(b" " * blanks)
            column += blanks
            continue
        column = 0 if code == LINE_FEED or code == CARRIAGE_RETURN else column + 1
        result.append(code)
    return like(stack[first], bytes(result))


def letter_methods(kind: PyType) -> list[PyBuiltin]:
    """The methods of one of the two types."""
    return [
        PyBuiltin("lower", changing(lowered), 1, 1, kind),
        PyBuiltin("upper", changing(raised), 1, 1, kind),
        PyBuiltin("swapcase", changing(swapped), 1, 1, kind),
        PyBuiltin("capitalize", capitalize, 1, 1, kind),
        PyBuiltin("title", title, 1, 1, kind),
        PyBuiltin("isalpha", asking(is_letter, False), 1, 1, kind),
        PyBuiltin("isdigit", asking(is_digit, False), 1, 1, kind),
        PyBuiltin("isalnum", asking(is_word, False), 1, 1, kind),
        PyBuiltin("isspace", asking(is_blank, False), 1, 1, kind),
        PyBuiltin("isascii", asking(is_ascii, True), 1, 1, kind),
        PyBuiltin("islower", cased(is_lower, is_upper), 1, 1, kind),
        PyBuiltin("isupper", cased(is_upper, is_lower), 1, 1, kind),
        PyBuiltin("istitle", istitle, 1, 1, kind),
        PyBuiltin("ljust", filling("ljust", 0), 2, 3, kind),
        PyBuiltin("rjust", filling("rjust", 2), 2, 3, kind),
        PyBuiltin("center", filling("center", 1), 2, 3, kind),
        PyBuiltin("zfill", zfill, 2, 2, kind),
        PyBuiltin("expandtabs", expandtabs, 1, 2, kind, array_of(["tabsize"])),
    ]


METHODS: list[PyBuiltin] = [*letter_methods(types.BYTES), *letter_methods(types.BYTEARRAY)]
