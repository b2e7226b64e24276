"""`_socket_calls`: the system's functions, for the module `_socket`. Addresses are bytes; what fails raises OSError with the system's number."""

from __future__ import annotations

from typing import Final

from tracewright.core.arrays import Array
from tracewright.core.foreign import NULL, allocate, bytes_at, release, text_at
from tracewright.core.memory import load32, load64, store32, zero_memory
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.hints import dont_look_inside
from tracewright.lib import socket_functions as library
from tracewright.lib.sockets import (
    ADDRESS_SIZEOF,
    AI_CANONNAME,
    AI_FAMILY,
    AI_FLAGS,
    AI_NEXT,
    AI_PROTOCOL,
    AI_SOCKTYPE,
    address_of,
)
from tracewright_python import system_calls as calls
from tracewright_python.byte_objects import bytes_value, required_bytes
from tracewright_python.functions import PyBuiltin
from tracewright_python.lists import list_of, tuple_of
from tracewright_python.modules.building import native_module
from tracewright_python.modules.posix_calls import checked, word
from tracewright_python.session import Session
from tracewright_python.texts import text_value
from tracewright_python.values import NONE

ADDRESS_ROOM: Final = 128  # of a `struct sockaddr_storage`
NAME_ROOM: Final = 1025  # NI_MAXHOST
SERVICE_ROOM: Final = 32  # NI_MAXSERV
MOST_RECEIVED: Final = 1 << 30
CLOSE_ON_EXEC: Final = 0x80000  # SOCK_CLOEXEC
SET_DESCRIPTOR_FLAGS: Final = 2  # F_SETFD
LOW_WORD: Final = 0xFFFFFFFF


def _three(session: Session, stack: VMStack, first: int) -> tuple[int, int, int]:
    """Three numbers."""
    return word(session, stack[first]), word(session, stack[first + 1]), word(session, stack[first + 2])


@dont_look_inside
def new_socket(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`socket(family, kind, protocol)`: a descriptor, which other programs do not inherit."""
    family, kind, protocol = _three(session, stack, first)
    return Value.of_int(checked(library.new_socket(family, kind | CLOSE_ON_EXEC, protocol)))


@dont_look_inside
def new_pair(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`socketpair(family, kind, protocol)`: two descriptors."""
    both: Array[int] = Array(1, 0)
    family, kind, protocol = _three(session, stack, first)
    checked(library.new_pair(family, kind | CLOSE_ON_EXEC, protocol, both))
    return tuple_of([Value.of_int(both[0] & LOW_WORD), Value.of_int(both[0] >> 32 & LOW_WORD)])


@dont_look_inside
def bind(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`bind(descriptor, address)`"""
    address = required_bytes(stack[first + 1])
    return Value.of_int(checked(library.bind_socket(word(session, stack[first]), address, len(address))))


@dont_look_inside
def connect(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`connect(descriptor, address)`"""
    address = required_bytes(stack[first + 1])
    return Value.of_int(checked(library.connect_socket(word(session, stack[first]), address, len(address))))


@dont_look_inside
def listen(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`listen(descriptor, waiting)`"""
    return Value.of_int(checked(library.listen_socket(word(session, stack[first]), word(session, stack[first + 1]))))


@dont_look_inside
def accept(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`accept(descriptor)`: the descriptor of the connection, and the address of the other end."""
    place = allocate(ADDRESS_ROOM)
    length: Array[int] = Array(1, ADDRESS_ROOM)
    try:
        descriptor = checked(library.accept_socket(word(session, stack[first]), place, length))
        checked(calls.control_file(descriptor, SET_DESCRIPTOR_FLAGS, 1))
        return tuple_of([Value.of_int(descriptor), _address_at(place, length)])
    finally:
        release(place)


def _address_at(place: int, length: Array[int]) -> Value:
    return bytes_value(bytes_at(place, min(length[0] & LOW_WORD, ADDRESS_ROOM)))


@dont_look_inside
def address(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`address(descriptor, is_other)`: of this end, or of the other one."""
    descriptor = word(session, stack[first])
    place = allocate(ADDRESS_ROOM)
    length: Array[int] = Array(1, ADDRESS_ROOM)
    try:
        if stack[first + 1].same(Value.TRUE):
            checked(library.other_address(descriptor, place, length))
        else:
            checked(library.own_address(descriptor, place, length))
        return _address_at(place, length)
    finally:
        release(place)


@dont_look_inside
def send(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`send(descriptor, data, flags, address)`: how much was sent; the address may be empty."""
    descriptor, flags = word(session, stack[first]), word(session, stack[first + 2])
    data, target = required_bytes(stack[first + 1]), required_bytes(stack[first + 3])
    if len(target) == 0:
        return Value.of_int(checked(library.send(descriptor, data, len(data), flags)))
    return Value.of_int(checked(library.send_to(descriptor, data, len(data), flags, target, len(target))))


@dont_look_inside
def receive(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`receive(descriptor, count, flags)`: bytes, and the address that they came from."""
    wanted = min(word(session, stack[first + 1]), MOST_RECEIVED)
    place = allocate(ADDRESS_ROOM + max(wanted, 1))
    target = place + ADDRESS_ROOM
    length: Array[int] = Array(1, ADDRESS_ROOM)
    try:
        descriptor, flags = word(session, stack[first]), word(session, stack[first + 2])
        got = checked(library.receive_from(descriptor, target, wanted, flags, place, length))
        return tuple_of([bytes_value(bytes_at(target, min(got, wanted))), _address_at(place, length)])
    finally:
        release(place)


@dont_look_inside
def set_option(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`setsockopt(descriptor, level, option, data)`"""
    data = required_bytes(stack[first + 3])
    descriptor, level, option = _three(session, stack, first)
    return Value.of_int(checked(library.set_option(descriptor, level, option, data, len(data))))


@dont_look_inside
def get_option(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`getsockopt(descriptor, level, option, room)`: bytes."""
    descriptor, level, option = _three(session, stack, first)
    room = word(session, stack[first + 3])
    place = allocate(max(room, 1))
    length: Array[int] = Array(1, room)
    try:
        checked(library.get_option(descriptor, level, option, place, length))
        return bytes_value(bytes_at(place, min(length[0] & LOW_WORD, room)))
    finally:
        release(place)


@dont_look_inside
def shut_down(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`shutdown(descriptor, direction)`"""
    return Value.of_int(checked(library.shut_down(word(session, stack[first]), word(session, stack[first + 1]))))


@dont_look_inside
def find_addresses(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`getaddrinfo(host, service, family, kind, protocol, flags)`: rows of family, kind, protocol, canonical name and address.

    The names are bytes or None. What fails gives the resolver's number instead.
    """
    host = None if stack[first].same(NONE) else required_bytes(stack[first])
    service = None if stack[first + 1].same(NONE) else required_bytes(stack[first + 1])
    wanted = allocate(ADDRESS_SIZEOF)
    result: Array[int] = Array(1, NULL)
    try:
        zero_memory(wanted, ADDRESS_SIZEOF)
        store32(wanted + AI_FLAGS, word(session, stack[first + 5]))
        store32(wanted + AI_FAMILY, word(session, stack[first + 2]))
        store32(wanted + AI_SOCKTYPE, word(session, stack[first + 3]))
        store32(wanted + AI_PROTOCOL, word(session, stack[first + 4]))
        problem = library.find_addresses(host, service, wanted, result)
    finally:
        release(wanted)
    if problem != 0:
        return Value.of_int(problem)
    rows: list[Value] = []
    place = result[0]
    while place != NULL:
        name = load64(place + AI_CANONNAME)
        rows.append(
            tuple_of(
                [
                    Value.of_int(load32(place + AI_FAMILY)),
                    Value.of_int(load32(place + AI_SOCKTYPE)),
                    Value.of_int(load32(place + AI_PROTOCOL)),
                    text_value("" if name == NULL else text_at(name).decode("latin-1")),
                    bytes_value(address_of(place)),
                ]
            )
        )
        place = load64(place + AI_NEXT)
    library.free_addresses(result[0])
    return list_of(rows)


@dont_look_inside
def find_names(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`getnameinfo(address, flags)`: the names of a host and of a service; what fails gives the resolver's number instead."""
    data, flags = required_bytes(stack[first]), word(session, stack[first + 1])
    place = allocate(NAME_ROOM + SERVICE_ROOM)
    try:
        problem = library.find_names(data, len(data), place, NAME_ROOM, place + NAME_ROOM, SERVICE_ROOM, flags)
        if problem != 0:
            return Value.of_int(problem)
        names = [text_at(place).decode("latin-1"), text_at(place + NAME_ROOM).decode("latin-1")]
        return tuple_of([text_value(name) for name in names])
    finally:
        release(place)


@dont_look_inside
def resolver_text(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`gai_strerror(number)`"""
    return text_value(text_at(library.resolver_text(word(session, stack[first]))).decode("latin-1"))


@dont_look_inside
def pack_address(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`inet_pton(family, text, size)`: bytes, empty ones where the text is no address."""
    family, text, size = word(session, stack[first]), required_bytes(stack[first + 1]), word(session, stack[first + 2])
    place = allocate(ADDRESS_ROOM)
    try:
        found = checked(library.pack_address(family, text, place))
        return bytes_value(bytes_at(place, size) if found == 1 else b"")
    finally:
        release(place)


@dont_look_inside
def unpack_address(session: Session, stack: VMStack, first: int, count: int) -> Value:
    """`inet_ntop(family, data)`: the text."""
    family, data = word(session, stack[first]), required_bytes(stack[first + 1])
    place = allocate(ADDRESS_ROOM)
    try:
        checked(-1 if library.unpack_address(family, data, place, ADDRESS_ROOM) == NULL else 0)
        return text_value(text_at(place).decode("latin-1"))
    finally:
        release(place)


FUNCTIONS: Final[list[PyBuiltin]] = [
    PyBuiltin("socket", new_socket, 3, 3),
    PyBuiltin("socketpair", new_pair, 3, 3),
    PyBuiltin("bind", bind, 2, 2),
    PyBuiltin("connect", connect, 2, 2),
    PyBuiltin("listen", listen, 2, 2),
    PyBuiltin("accept", accept, 1, 1),
    PyBuiltin("address", address, 2, 2),
    PyBuiltin("send", send, 4, 4),
    PyBuiltin("receive", receive, 3, 3),
    PyBuiltin("setsockopt", set_option, 4, 4),
    PyBuiltin("getsockopt", get_option, 4, 4),
    PyBuiltin("shutdown", shut_down, 2, 2),
    PyBuiltin("getaddrinfo", find_addresses, 6, 6),
    PyBuiltin("getnameinfo", find_names, 2, 2),
    PyBuiltin("gai_strerror", resolver_text, 1, 1),
    PyBuiltin("inet_pton", pack_address, 3, 3),
    PyBuiltin("inet_ntop", unpack_address, 2, 2),
]


def make_socket_calls(session: Session) -> Value:
    """The module."""
    native_module(session, "_socket_calls", FUNCTIONS)
    return session.modules.get_named("_socket_calls")
