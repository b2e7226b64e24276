"""Methods that `bytes` and `bytearray` share: looking for parts, splitting, joining, stripping."""

from __future__ import annotations

from tracewright.core.arrays import array_of
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.hints import dont_look_inside
from tracewright_python import builtin_types as types
from tracewright_python.builtins.bytes_arguments import (
    is_given,
    like,
    own_bytes,
    same_or_like,
    searched_bytes,
    separator_bytes,
    word_argument,
)
from tracewright_python.builtins.text_arguments import end_argument
from tracewright_python.byte_objects import bytes_of, required_bytes
from tracewright_python.codecs_text import decoded
from tracewright_python.conversions import required_text, truth, values_of
from tracewright_python.exceptions import type_error, value_error
from tracewright_python.functions import Native, PyBuiltin
from tracewright_python.lists import as_tuple, list_of, tuple_of
from tracewright_python.objects import PyType
from tracewright_python.session import Session
from tracewright_python.texts import as_str, text_value
from tracewright_python.values import type_name

BLANKS = b" \t\n\r\x0b\x0c"


def _found(session: Session, stack: VMStack, first: int, from_right: bool) -> int:
    """The place of `data.find(part, start, stop)` and its like, or -1."""
    data = own_bytes(stack[first])
    part = searched_bytes(session, stack[first + 1])
    start = end_argument(session, stack[first + 2], len(data), 0)
    stop = min(end_argument(session, stack[first + 3], len(data), len(data)), len(data))
    if start > stop:
        return -1
    return data.rfind(part, start, stop) if from_right else data.find(part, start, stop)


@dont_look_inside
def find(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_int(_found(session, stack, first, False))


@dont_look_inside
def rfind(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return Value.of_int(_found(session, stack, first, True))


@dont_look_inside
def index(session: Session, stack: VMStack, first: int, count: int) -> Value:
    place = _found(session, stack, first, False)
    if place < 0:
        raise value_error("subsection not found")
    return Value.of_int(place)


@dont_look_inside
def rindex(session: Session, stack: VMStack, first: int, count: int) -> Value:
    place = _found(session, stack, first, True)
    if place < 0:
        raise value_error("subsection not found")
    return Value.of_int(place)


@dont_look_inside
def count_of(session: Session, stack: VMStack, first: int, count: int) -> Value:
    data = own_bytes(stack[first])
    part = searched_bytes(session, stack[first + 1])
    start = end_argument(session, stack[first + 2], len(data), 0)
    stop = min(end_argument(session, stack[first + 3], len(data), len(data)), len(data))
    return Value.of_int(data.count(part, start, stop) if start <= stop else 0)


def _stands_at(data: bytes, part: bytes, start: int, stop: int, at_end: bool) -> bool:
    if start > stop or len(part) > stop - start:
        return False
    place = stop - len(part) if at_end else start
    return data[place : place + len(part)] == part


def _affixed(session: Session, stack: VMStack, first: int, method: str, at_end: bool) -> Value:
    """`startswith` and `endswith`."""
    data = own_bytes(stack[first])
    start = end_argument(session, stack[first + 2], len(data), 0)
    stop = min(end_argument(session, stack[first + 3], len(data), len(data)), len(data))
    several = as_tuple(stack[first + 1])
    if several is not None:
        for item in several.items:
            if _stands_at(data, required_bytes(item), start, stop, at_end):
                return Value.TRUE
        return Value.FALSE
    part = bytes_of(stack[first + 1])
    if part is None:
        name = type_name(stack[first + 1])
        raise type_error(f"{method} first arg must be bytes or a tuple of bytes, not {name}")
    return Value.of_bool(_stands_at(data, part, start, stop, at_end))


@dont_look_inside
def startswith(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return _affixed(session, stack, first, "startswith", False)


@dont_look_inside
def endswith(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return _affixed(session, stack, first, "endswith", True)


@dont_look_inside
def replace(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`data.replace(old, new, count=-1)`"""
    data = own_bytes(stack[first])
    old, new = required_bytes(stack[first + 1]), required_bytes(stack[first + 2])
    most = word_argument(session, stack[first + 3], -1)
    return same_or_like(stack[first], data, data.replace(old, new) if most < 0 else data.replace(old, new, most))


# --- parts ---


def _is_blank(code: int) -> bool:
    return code == 32 or 9 <= code <= 13


def _split_blanks(data: bytes, most: int) -> list[bytes]:
    """Words between white space; after `most` of them the rest, without the blanks at its start."""
    parts: list[bytes] = []
    place = 0
    while True:
        while place < len(data) and _is_blank(data[place]):
            place += 1
        if place == len(data):
            return parts
        if 0 <= most <= len(parts):
            parts.append(data[place:])
            return parts
        start = place
        while place < len(data) and not _is_blank(data[place]):
            place += 1
        parts.append(data[start:place])


def _rsplit_blanks(data: bytes, most: int) -> list[bytes]:
    """The same from the right."""
    parts: list[bytes] = []
    place = len(data)
    while True:
        while place > 0 and _is_blank(data[place - 1]):
            place -= 1
        if place == 0:
            break
        if 0 <= most <= len(parts):
            parts.append(data[:place])
            break
        stop = place
        while place > 0 and not _is_blank(data[place - 1]):
            place -= 1
        parts.append(data[place:stop])
    parts.reverse()
    return parts


def _listed(receiver: Value, parts: list[bytes]) -> Value:
    return list_of([like(receiver, part) for part in parts])


@dont_look_inside
def split(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`data.split(sep=None, maxsplit=-1)`"""
    data = own_bytes(stack[first])
    most = word_argument(session, stack[first + 2], -1)
    if not is_given(stack[first + 1]):
        return _listed(stack[first], _split_blanks(data, most))
    separator = separator_bytes(stack[first + 1])
    parts: list[bytes] = []
    start = 0
    while most < 0 or len(parts) < most:
        place = data.find(separator, start)
        if place < 0:
            break
        parts.append(data[start:place])
        start = place + len(separator)
    parts.append(data[start:])
    return _listed(stack[first], parts)


@dont_look_inside
def rsplit(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`data.rsplit(sep=None, maxsplit=-1)`"""
    data = own_bytes(stack[first])
    most = word_argument(session, stack[first + 2], -1)
    if not is_given(stack[first + 1]):
        return _listed(stack[first], _rsplit_blanks(data, most))
    separator = separator_bytes(stack[first + 1])
    parts: list[bytes] = []
    stop = len(data)
    while most < 0 or len(parts) < most:
        place = data.rfind(separator, 0, stop)
        if place < 0:
            break
        parts.append(data[place + len(separator) : stop])
        stop = place
    parts.append(data[:stop])
    parts.reverse()
    return _listed(stack[first], parts)


def _split_once(stack: VMStack, first: int, from_right: bool) -> Value:
    """`partition` and `rpartition`"""
    receiver = stack[first]
    data = own_bytes(receiver)
    separator = separator_bytes(stack[first + 1])
    place = data.rfind(separator) if from_right else data.find(separator)
    if place >= 0:
        before, behind = data[:place], data[place + len(separator) :]
        return tuple_of([like(receiver, before), like(receiver, separator), like(receiver, behind)])
    empty = like(receiver, b"")
    if from_right:
        return tuple_of([empty, like(receiver, b""), like(receiver, data)])
    return tuple_of([like(receiver, data), empty, like(receiver, b"")])


@dont_look_inside
def partition(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return _split_once(stack, first, False)


@dont_look_inside
def rpartition(session: Session, stack: VMStack, first: int, count: int) -> Value:
    return _split_once(stack, first, True)


@dont_look_inside
def splitlines(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`data.splitlines(keepends=False)`"""
    data = own_bytes(stack[first])
    keeps = is_given(stack[first + 1]) and truth(session, stack[first + 1])
    parts: list[bytes] = []
    place = 0
    while place < len(data):
        start = place
        while place < len(data) and data[place] != 10 and data[place] != 13:
            place += 1
        end = place
        if place < len(data):
            place += 2 if data[place] == 13 and place + 1 < len(data) and data[place + 1] == 10 else 1
        parts.append(data[start : place if keeps else end])
    return _listed(stack[first], parts)


@dont_look_inside
def join(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`separator.join(iterable)`"""
    parts: list[bytes] = []
    values = values_of(session, stack[first + 1])
    for k in range(len(values)):
        part = bytes_of(values[k])
        if part is None:
            raise type_error(f"sequence item {k}: expected a bytes-like object, {type_name(values[k])} found")
        parts.append(part)
    return like(stack[first], own_bytes(stack[first]).join(parts))


def _stripper(from_left: bool, from_right: bool) -> Native:
    """`strip`, `lstrip`, `rstrip`"""

    def strip(session: Session, stack: VMStack, first: int, count: int) -> Value:
        data = own_bytes(stack[first])
        dropped = required_bytes(stack[first + 1]) if is_given(stack[first + 1]) else BLANKS
        start, stop = 0, len(data)
        while from_left and start < stop and data[start] in dropped:
            start += 1
        while from_right and stop > start and data[stop - 1] in dropped:
            stop -= 1
        return same_or_like(stack[first], data, data[start:stop])

    return strip


@dont_look_inside
def removeprefix(session: Session, stack: VMStack, first: int, count: int) -> Value:
    data = own_bytes(stack[first])
    return same_or_like(stack[first], data, data.removeprefix(required_bytes(stack[first + 1])))


@dont_look_inside
def removesuffix(session: Session, stack: VMStack, first: int, count: int) -> Value:
    data = own_bytes(stack[first])
    return same_or_like(stack[first], data, data.removesuffix(required_bytes(stack[first + 1])))


# --- texts ---


@dont_look_inside
def decode(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`data.decode(encoding="utf-8", errors="strict")`"""
    encoding = "utf-8"
    errors = "strict"
    if not stack[first + 1].same(Value.UNDEFINED):
        encoding = required_text(stack[first + 1], "decode() argument 'encoding'")
    if not stack[first + 2].same(Value.UNDEFINED):
        errors = required_text(stack[first + 2], "decode() argument 'errors'")
    return text_value(decoded(session, own_bytes(stack[first]), encoding, errors))


@dont_look_inside
def hex_of(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`data.hex(sep, bytes_per_sep=1)`"""
    return text_value(hex_text(session, own_bytes(stack[first]), stack[first + 1], stack[first + 2]))


def hex_text(session: Session, data: bytes, separator: Value, size: Value) -> str:
    """Bytes as digits, with a separator between groups that are counted from the right, or from the left where `size` is negative."""
    text = data.hex()
    if separator.same(Value.UNDEFINED):
        return text
    between = as_str(separator)
    given = bytes_of(separator) if between is None else None
    if between is None and given is None:
        raise type_error("sep must be str or bytes.")
    sign = between.text() if between is not None else "" if given is None else given.decode("latin-1")
    if len(sign) != 1:
        raise value_error("sep must be length 1.")
    if not sign.isascii():
        raise value_error("sep must be ASCII.")
    group = word_argument(session, size, 1)
    if group == 0:
        return text
    parts: list[str] = []
    width = abs(group) * 2
    start = len(text) % width if group > 0 else 0
    if start > 0:
        parts.append(text[:start])
    for place in range(start, len(text), width):
        parts.append(text[place : place + width])
    return sign.join(parts)


@dont_look_inside
def from_hex_text(text: str) -> bytes:
    """`bytes.fromhex(text)`. Raises ValueError."""
    try:
        return bytes.fromhex(text)
    except ValueError as problem:
        raise value_error(str(problem))


def maketrans(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`bytes.maketrans(from, to)`: a table for `translate`."""
    source, target = required_bytes(stack[first]), required_bytes(stack[first + 1])
    if len(source) != len(target):
        raise value_error("maketrans arguments must have same length")
    table = bytearray(bytes([code for code in range(256)]))
    for k in range(len(source)):
        table[source[k]] = target[k]
    return like(Value.UNDEFINED, bytes(table))


@dont_look_inside
def translate(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`data.translate(table, delete=b"")`"""
    data = own_bytes(stack[first])
    table: bytes | None = None
    if is_given(stack[first + 1]):
        table = required_bytes(stack[first + 1])
        if len(table) != 256:
            raise value_error("translation table must be 256 characters long")
    dropped = b"" if stack[first + 2].same(Value.UNDEFINED) else required_bytes(stack[first + 2])
    result = bytearray()
    for code in data:
        if code not in dropped:
            result.append(code if table is None else table[code])
    return same_or_like(stack[first], data, bytes(result))


def shared_methods(kind: PyType) -> list[PyBuiltin]:
    """The methods of one of the two types."""
    return [
        PyBuiltin("find", find, 2, 4, kind),
        PyBuiltin("rfind", rfind, 2, 4, kind),
        PyBuiltin("index", index, 2, 4, kind),
        PyBuiltin("rindex", rindex, 2, 4, kind),
        PyBuiltin("count", count_of, 2, 4, kind),
        PyBuiltin("startswith", startswith, 2, 4, kind),
        PyBuiltin("endswith", endswith, 2, 4, kind),
        PyBuiltin("replace", replace, 3, 4, kind),
        PyBuiltin("split", split, 1, 3, kind, array_of(["sep", "maxsplit"])),
        PyBuiltin("rsplit", rsplit, 1, 3, kind, array_of(["sep", "maxsplit"])),
        PyBuiltin("partition", partition, 2, 2, kind),
        PyBuiltin("rpartition", rpartition, 2, 2, kind),
        PyBuiltin("splitlines", splitlines, 1, 2, kind, array_of(["keepends"])),
        PyBuiltin("join", join, 2, 2, kind),
        PyBuiltin("strip", _stripper(True, True), 1, 2, kind),
        PyBuiltin("lstrip", _stripper(True, False), 1, 2, kind),
        PyBuiltin("rstrip", _stripper(False, True), 1, 2, kind),
        PyBuiltin("removeprefix", removeprefix, 2, 2, kind),
        PyBuiltin("removesuffix", removesuffix, 2, 2, kind),
        PyBuiltin("decode", decode, 1, 3, kind, array_of(["encoding", "errors"])),
        PyBuiltin("hex", hex_of, 1, 3, kind, array_of(["sep", "bytes_per_sep"])),
        PyBuiltin("translate", translate, 2, 3, kind, array_of(["delete"])),
    ]


METHODS: list[PyBuiltin] = [*shared_methods(types.BYTES), *shared_methods(types.BYTEARRAY)]
MAKE_TABLE: PyBuiltin = PyBuiltin("maketrans", maketrans, 2, 2)
