"""`_digests`: digests of bytes, for the modules that `hashlib` imports."""

from __future__ import annotations

from typing import Final

from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.hints import dont_look_inside
from tracewright.lib import digests
from tracewright_python.byte_objects import bytes_value, required_bytes
from tracewright_python.conversions import index_value, required_text, truth
from tracewright_python.exceptions import value_error
from tracewright_python.functions import PyBuiltin
from tracewright_python.modules.building import native_module
from tracewright_python.session import Session


@dont_look_inside
def digest(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`digest(name, data)`"""
    data = required_bytes(stack[first + 1])
    match required_text(stack[first], "name"):
        case "md5":
            return bytes_value(digests.md5(data))
        case "sha1":
            return bytes_value(digests.sha1(data))
        case "sha224":
            return bytes_value(digests.sha224(data))
        case "sha256":
            return bytes_value(digests.sha256(data))
        case "sha384":
            return bytes_value(digests.sha384(data))
        case "sha512":
            return bytes_value(digests.sha512(data))
        case _:
            raise value_error("there is no such digest")


@dont_look_inside
def keccak(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`keccak(data, rate, mark, length)`"""
    numbers = [index_value(session, stack[first + k]).as_int() for k in range(1, 4)]
    if numbers[0] <= 0 or numbers[0] % 8 != 0 or numbers[2] < 0:
        raise value_error("wrong rate or length")
    return bytes_value(digests.keccak(required_bytes(stack[first]), numbers[0], numbers[1], numbers[2]))


@dont_look_inside
def blake2(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`blake2(data, parameters, key, length, is_long, is_last_node)`"""
    data, parameters, key = (
        required_bytes(stack[first]),
        required_bytes(stack[first + 1]),
        required_bytes(stack[first + 2]),
    )
    length = index_value(session, stack[first + 3]).as_int()
    is_long = truth(session, stack[first + 4])
    if len(parameters) != (64 if is_long else 32) or len(key) > len(parameters):
        raise value_error("wrong parameters")
    return bytes_value(digests.blake2(data, parameters, key, length, is_long, truth(session, stack[first + 5])))


FUNCTIONS: Final[list[PyBuiltin]] = [
    PyBuiltin("digest", digest, 2, 2),
    PyBuiltin("keccak", keccak, 4, 4),
    PyBuiltin("blake2", blake2, 6, 6),
]


def make_digests(session: Session) -> Value:
    """The module."""
    native_module(session, "_digests", FUNCTIONS)
    return session.modules.get_named("_digests")
