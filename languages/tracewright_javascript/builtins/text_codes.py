"""The functions that make texts safe for addresses: `encodeURIComponent` and its kin, `escape` and `unescape`."""

from __future__ import annotations

from typing import Final

from tracewright.core.text import code_at
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.lib.utf16 import (
    code_point_at,
    is_high_surrogate,
    is_low_surrogate,
    units_in_code_point,
    units_of_code_point,
)
from tracewright_javascript.builtins.arguments import argument_at
from tracewright_javascript.bytecode import AnyRealm
from tracewright_javascript.conversions import to_text
from tracewright_javascript.errors import GuestFault
from tracewright_javascript.functions import Native, new_native
from tracewright_javascript.lexer_literals import digit_value
from tracewright_javascript.realm import Realm
from tracewright_javascript.values import string_value

_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
_RESERVED: Final = ";/?:@&=+$,"
COMPONENT_CHARACTERS: Final = _LETTERS + "-_.!~*'()"
ADDRESS_CHARACTERS: Final = COMPONENT_CHARACTERS + _RESERVED + "#"
ESCAPE_CHARACTERS: Final = _LETTERS + "@*_+-./"
_HEX: Final = "0123456789ABCDEF"


def _malformed() -> GuestFault:
    return GuestFault("URIError", "URI malformed")


def encoded(text: str, plain: str) -> str:
    """Each character that is not plain as its bytes in UTF-8. Raises GuestFault (a URIError)."""
    parts: list[str] = []
    index = 0
    while index < len(text):
        unit = text[index]
        if unit in plain:
            parts.append(unit)
            index += 1
            continue
        code = code_point_at(text, index)
        if is_high_surrogate(code) or is_low_surrogate(code):
            raise _malformed()
        for byte in chr(code).encode():
            parts.append(f"%{_HEX[byte >> 4]}{_HEX[byte & 15]}")
        index += units_in_code_point(code)
    return "".join(parts)


def _byte_at(text: str, index: int) -> int:
    """The byte that `%XX` says. Raises GuestFault (a URIError)."""
    if index + 2 >= len(text) or text[index] != "%":
        raise _malformed()
    high, low = _hex_digit(code_at(text, index + 1)), _hex_digit(code_at(text, index + 2))
    if high < 0 or low < 0:
        raise _malformed()
    return high * 16 + low


def _hex_digit(code: int) -> int:
    digit = digit_value(code)
    return digit if 0 <= digit < 16 else -1


def decoded(text: str, kept: str) -> str:
    """The characters that bytes in UTF-8 stand for; those in `kept` stay as they are written. Raises GuestFault (a URIError)."""
    parts: list[str] = []
    index = 0
    while index < len(text):
        if text[index] != "%":
            parts.append(text[index])
            index += 1
            continue
        start = index
        first = _byte_at(text, index)
        index += 3
        if first < 0x80:
            parts.append(text[start:index] if chr(first) in kept else chr(first))
            continue
        length = 2 if first >> 5 == 6 else 3 if first >> 4 == 14 else 4 if first >> 3 == 30 else 0
        if length == 0:
            raise _malformed()
        code = first & (0x7F >> length)
        for _ in range(length - 1):
            byte = _byte_at(text, index)
            if byte >> 6 != 2:
                raise _malformed()
            code = code << 6 | byte & 0x3F
            index += 3
        smallest = 0x80 if length == 2 else 0x800 if length == 3 else 0x10000
        if code < smallest or code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
            raise _malformed()
        parts.append(units_of_code_point(code))
    return "".join(parts)


def escaped(text: str) -> str:
    """`escape`"""
    parts: list[str] = []
    for unit in text:
        code = ord(unit)
        if unit in ESCAPE_CHARACTERS:
            parts.append(unit)
        elif code < 256:
            parts.append(f"%{_HEX[code >> 4]}{_HEX[code & 15]}")
        else:
            parts.append(f"%u{_HEX[code >> 12]}{_HEX[code >> 8 & 15]}{_HEX[code >> 4 & 15]}{_HEX[code & 15]}")
    return "".join(parts)


def unescaped(text: str) -> str:
    """`unescape`"""
    parts: list[str] = []
    index = 0
    while index < len(text):
        if text[index] == "%":
            is_long = text[index + 1 : index + 2] == "u"
            start = index + 2 if is_long else index + 1
            code = _hex_number(text, start, start + (4 if is_long else 2))
            if code >= 0:
                parts.append(chr(code))
                index = start + (4 if is_long else 2)
                continue
        parts.append(text[index])
        index += 1
    return "".join(parts)


def _hex_number(text: str, start: int, stop: int) -> int:
    if stop > len(text):
        return -1
    number = 0
    for index in range(start, stop):
        digit = _hex_digit(code_at(text, index))
        if digit < 0:
            return -1
        number = number * 16 + digit
    return number


def _text(stack: VMStack, frame: int, count: int) -> str:
    return to_text(argument_at(stack, frame, count, 0))


def _decode(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return string_value(decoded(_text(stack, frame, count), _RESERVED + "#"))


def _decode_component(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return string_value(decoded(_text(stack, frame, count), ""))


def _encode(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return string_value(encoded(_text(stack, frame, count), ADDRESS_CHARACTERS))


def _encode_component(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return string_value(encoded(_text(stack, frame, count), COMPONENT_CHARACTERS))


def _escape(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return string_value(escaped(_text(stack, frame, count)))


def _unescape(realm: AnyRealm, stack: VMStack, frame: int, count: int) -> Value:
    return string_value(unescaped(_text(stack, frame, count)))


FUNCTIONS: Final[list[tuple[str, Native]]] = [
    ("decodeURI", _decode),
    ("decodeURIComponent", _decode_component),
    ("encodeURI", _encode),
    ("encodeURIComponent", _encode_component),
    ("escape", _escape),
    ("unescape", _unescape),
]


def install_text_codes(realm: Realm) -> None:
    """Give a realm these functions."""
    for name, function in FUNCTIONS:
        realm.define(name, Value.of_object(new_native(realm, name, 1, function)))
