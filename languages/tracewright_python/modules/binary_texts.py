"""`binascii`, the checksums of `zlib`, and the digests that `hashlib` asks for: bytes as text, and what bytes come down to."""

from __future__ import annotations

from typing import Final

from tracewright.core.arrays import array_of
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.hints import dont_look_inside
from tracewright_python import builtin_types as types
from tracewright_python.builtins.bytes_methods import hex_text
from tracewright_python.byte_objects import bytes_of, bytes_value, required_bytes
from tracewright_python.conversions import index_value, truth
from tracewright_python.errors import Raised
from tracewright_python.exceptions import error, type_error, value_error
from tracewright_python.functions import PyBuiltin
from tracewright_python.modules.building import native_module
from tracewright_python.session import Session
from tracewright_python.texts import as_str, text_value
from tracewright_python.values import type_name

ALPHABET: Final = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
PADDING: Final = 61
_WORD: Final = 0xFFFFFFFF


def _crc_rows() -> list[int]:
    rows: list[int] = []
    for byte in range(256):
        for _ in range(8):
            byte = byte >> 1 ^ (0xEDB88320 if byte & 1 else 0)
        rows.append(byte)
    return rows


CRC_ROWS: Final = array_of(_crc_rows())


def binary_error(message: str) -> Raised:
    """`binascii.Error`"""
    return error(types.BINARY_ERROR, message)


def ascii_bytes(value: Value) -> bytes:
    """Bytes, or a text that is all ASCII. Raises TypeError, ValueError."""
    text = as_str(value)
    if text is not None:
        if not text.text().isascii():
            raise value_error("string argument should contain only ASCII characters")
        return text.text().encode()
    data = bytes_of(value)
    if data is None:
        raise type_error(f"argument should be bytes, buffer or ASCII string, not '{type_name(value)}'")
    return data


def word_of(session: Session, value: Value, default: int) -> int:
    """The low 32 bits of a number."""
    if value.same(Value.UNDEFINED):
        return default
    number = index_value(session, value)
    return number.as_int() & _WORD if number.is_int() else 0


@dont_look_inside
def crc32(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`crc32(data, value=0)`"""
    code = word_of(session, stack[first + 1], 0) ^ _WORD
    for byte in required_bytes(stack[first]):
        code = CRC_ROWS[(code ^ byte) & 255] ^ code >> 8
    return Value.of_int(code ^ _WORD)


@dont_look_inside
def adler32(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`adler32(data, value=1)`"""
    code = word_of(session, stack[first + 1], 1)
    low, high = code & 0xFFFF, code >> 16
    for byte in required_bytes(stack[first]):
        low = (low + byte) % 65521
        high = (high + low) % 65521
    return Value.of_int(high << 16 | low)


@dont_look_inside
def crc_hqx(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`crc_hqx(data, value)`"""
    code = word_of(session, stack[first + 1], 0) & 0xFFFF
    for byte in required_bytes(stack[first]):
        code ^= byte << 8
        for _ in range(8):
            code = (code << 1 ^ (0x1021 if code & 0x8000 else 0)) & 0xFFFF
    return Value.of_int(code)


def hexlify(session: Session, stack: VMStack, first: int, count: int) -> Value:
    text = hex_text(session, required_bytes(stack[first]), stack[first + 1], stack[first + 2])
    return bytes_value(text.encode())


@dont_look_inside
def unhexlify(session: Session, stack: VMStack, first: int, count: int) -> Value:
    text = ascii_bytes(stack[first]).decode("latin-1")
    if len(text) % 2 != 0:
        raise binary_error("Odd-length string")
    for character in text:
        if character not in "0123456789abcdefABCDEF":
            raise binary_error("Non-hexadecimal digit found")
    return bytes_value(bytes.fromhex(text))


@dont_look_inside
def to_base64(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`b2a_base64(data, *, newline=True)`"""
    data = required_bytes(stack[first])
    result = bytearray()
    for place in range(0, len(data), 3):
        group = data[place : place + 3]
        bits = group[0] << 16 | (group[1] << 8 if len(group) > 1 else 0) | (group[2] if len(group) > 2 else 0)
        for turn in range(4):
            is_padding = turn > len(group)
            result.append(PADDING if is_padding else ALPHABET[bits >> (18 - 6 * turn) & 63])
    if stack[first + 1].same(Value.UNDEFINED) or truth(session, stack[first + 1]):
        result.append(10)
    return bytes_value(bytes(result))


def base64_digit(code: int) -> int:
    """What a character stands for; -1 for what stands for nothing."""
    if 65 <= code <= 90:
        return code - 65
    if 97 <= code <= 122:
        return code - 71
    if 48 <= code <= 57:
        return code + 4
    return 62 if code == 43 else 63 if code == 47 else -1


@dont_look_inside
def from_base64(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`a2b_base64(data, *, strict_mode=False)`. Raises `binascii.Error`."""
    data = ascii_bytes(stack[first])
    is_strict = not stack[first + 1].same(Value.UNDEFINED) and truth(session, stack[first + 1])
    if is_strict and len(data) > 0 and data[0] == PADDING:
        raise binary_error("Leading padding not allowed")
    result = bytearray()
    bits, digits, padding = 0, 0, 0
    for index in range(len(data)):
        code = data[index]
        if code == PADDING:
            padding += 1
            if digits >= 2 and digits + padding >= 4:
                if is_strict and index + 1 < len(data):
                    raise binary_error("Excess data after padding")
                return bytes_value(bytes(result))
            continue
        digit = base64_digit(code)
        if digit < 0:
            if is_strict:
                raise binary_error("Only base64 data is allowed")
            continue
        if is_strict and padding > 0:
            raise binary_error("Discontinuous padding not allowed")
        padding = 0
        bits = bits << 6 | digit
        digits += 1
        if digits >= 2:
            result.append(bits >> (8 - 2 * digits) & 255)
        if digits == 4:
            bits, digits = 0, 0
    if digits == 1:
        known = len(result) // 3 * 4 + 1
        raise binary_error(
            f"Invalid base64-encoded string: number of data characters ({known}) cannot be 1 more than a multiple of 4"
        )
    if digits > 0:
        raise binary_error("Incorrect padding")
    return bytes_value(bytes(result))


FUNCTIONS: Final[list[PyBuiltin]] = [
    PyBuiltin("crc32", crc32, 1, 2),
    PyBuiltin("crc_hqx", crc_hqx, 2, 2),
    PyBuiltin("hexlify", hexlify, 1, 3, None, array_of(["sep", "bytes_per_sep"])),
    PyBuiltin("b2a_hex", hexlify, 1, 3, None, array_of(["sep", "bytes_per_sep"])),
    PyBuiltin("unhexlify", unhexlify, 1, 1),
    PyBuiltin("a2b_hex", unhexlify, 1, 1),
    PyBuiltin("b2a_base64", to_base64, 1, 1, None, array_of(["newline"]), 1),
    PyBuiltin("a2b_base64", from_base64, 1, 1, None, array_of(["strict_mode"]), 1),
]


def make_binascii(session: Session) -> Value:
    """The module."""
    namespace = native_module(session, "binascii", FUNCTIONS)
    namespace.set_named("Error", Value.of_object(types.BINARY_ERROR))
    namespace.set_named("Incomplete", Value.of_object(types.BINARY_INCOMPLETE))
    namespace.set_named("__doc__", text_value("Bytes as text."))
    return session.modules.get_named("binascii")
