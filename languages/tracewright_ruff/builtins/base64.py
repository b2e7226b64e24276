"""Base64 with the usual alphabet, padded."""

from __future__ import annotations

from typing import Final

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.lib.utf8 import decode_lossy
from tracewright_ruff.builtins.arguments import text_at
from tracewright_ruff.builtins.system_errors import bytes_argument, bytes_value
from tracewright_ruff.errors import GuestError
from tracewright_ruff.objects import as_string, text_value
from tracewright_ruff.session import ARITY_ANY, Session, W_Native

ALPHABET: Final = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
PADDING: Final = ord("=")
NO_DIGIT: Final = 255
DIGITS: Final = bytes(ALPHABET.index(code) if code in ALPHABET else NO_DIGIT for code in range(256))


def encoded(data: bytes) -> bytes:
    """Four characters for every three bytes begun."""
    result = bytearray()
    for start in range(0, len(data), 3):
        part = data[start : start + 3]
        word = 0
        for index in range(3):
            word = word << 8 | (part[index] if index < len(part) else 0)
        for index in range(4):
            used = index <= len(part)
            result.append(ALPHABET[word >> (18 - 6 * index) & 63] if used else PADDING)
    return bytes(result)


def encoded_text(data: bytes) -> str:
    """The same as a text."""
    return decode_lossy(encoded(data))


def decoded(data: bytes) -> bytes:
    """The reverse; raises GuestError where a character is none of the alphabet, or the end is not as it would be written."""
    length = len(data)
    digits = length
    while digits > 0 and length - digits < 2 and data[digits - 1] == PADDING:
        digits -= 1
    for index in range(digits):
        if DIGITS[data[index]] == NO_DIGIT:
            raise GuestError(f"Base64 decode error: Invalid byte {data[index]}, offset {index}.")
    if digits % 4 == 1:
        raise GuestError("Base64 decode error: Encoded text cannot have a 6-bit remainder.")
    if length % 4 != 0:
        raise GuestError("Base64 decode error: Invalid padding")
    result = bytearray()
    word = 0
    for index in range(digits):
        word = word << 6 | DIGITS[data[index]]
        if index % 4 == 3:
            result.extend((word & 0xFFFFFF).to_bytes(3, "big"))
    left = digits % 4
    unused = 2 * (4 - left) if left > 0 else 0
    if left > 0:
        if word & ((1 << unused) - 1) != 0:
            last = data[digits - 1]
            raise GuestError(f"Base64 decode error: Invalid last symbol {last}, offset {digits - 1}.")
        for shift in range(8 * (left - 1) - 8 + unused, unused - 1, -8):
            result.append(word >> shift & 255)
    return bytes(result)


def native_encode_base64(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`encode_base64(bytes or string)`"""
    message = "encode_base64 requires bytes or a string"
    text = as_string(stack[first]) if count > 0 else None
    data = text.flat().encode() if text is not None else bytes_argument(stack, first, count, 0, message)
    return text_value(encoded(data).decode("latin-1"))


def native_decode_base64(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`decode_base64(s)`: bytes"""
    message = "decode_base64 requires a string argument"
    if count < 1:
        raise GuestError(message)
    return bytes_value(decoded(text_at(stack, first, message).encode()))


ROWS: Final[list[W_Native]] = [
    W_Native("encode_base64", 1, 1, ARITY_ANY, native_encode_base64),
    W_Native("decode_base64", 1, 1, ARITY_ANY, native_decode_base64),
]
