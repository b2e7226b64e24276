"""Hashes of texts and files, as hexadecimal digits, by libcrypto."""

from __future__ import annotations

from typing import Final

from tracewright.core.arrays import Array
from tracewright.core.foreign import NULL, MissingLibrary, allocate, bytes_at, release
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright_ruff.builtins.arguments import text_at
from tracewright_ruff.builtins.files import READ, read_bytes
from tracewright_ruff.builtins.system_errors import path_argument
from tracewright_ruff.errors import GuestError
from tracewright_ruff.libraries_crypto import CRYPTO, LONGEST_DIGEST, digest, md5_method, sha256_method
from tracewright_ruff.objects import text_value
from tracewright_ruff.session import ARITY_ANY, ARITY_METADATA, Session, W_Native


def require_crypto() -> None:
    """Or an error of the guest that names the package."""
    try:
        CRYPTO.require()
    except MissingLibrary as error:
        raise GuestError(str(error))


def _hexadecimal(data: bytes, by_md5: bool) -> Value:
    require_crypto()
    length = Array(1, 0)
    place = allocate(LONGEST_DIGEST)
    try:
        done = digest(data, len(data), place, length, md5_method() if by_md5 else sha256_method(), NULL)
        if done != 1:
            raise GuestError("this hash is not available in the installed libcrypto")
        return text_value(bytes_at(place, length[0] & 0xFF).hex())
    finally:
        release(place)


def _text(stack: VMStack, first: int, count: int, name: str) -> bytes:
    message = f"{name}() requires a string argument"
    if count < 1:
        raise GuestError(message)
    return text_at(stack, first, message).encode()


def native_sha256(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`sha256(s)`"""
    return _hexadecimal(_text(stack, first, count, "sha256"), False)


def native_md5(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`md5(s)`"""
    return _hexadecimal(_text(stack, first, count, "md5"), True)


def native_sha256_file(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`sha256_file(p)`"""
    return _hexadecimal(read_bytes(path_argument(stack, first, count, 0, "sha256_file", READ)), False)


def native_md5_file(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`md5_file(p)`"""
    return _hexadecimal(read_bytes(path_argument(stack, first, count, 0, "md5_file", READ)), True)


ROWS: Final[list[W_Native]] = [
    W_Native("sha256", 1, 1, ARITY_ANY, native_sha256),
    W_Native("md5", 1, 1, ARITY_ANY, native_md5),
    W_Native("sha256_file", 1, 1, ARITY_METADATA, native_sha256_file),
    W_Native("md5_file", 1, 1, ARITY_ANY, native_md5_file),
]
