"""Sockets of the internet, which never wait: who would have to is told so, and asks an event loop when to try again.

    listener = listen_on("127.0.0.1", 8080)
    connection = accept_from(listener)             WOULD_WAIT while nobody has come: watch it for READABLE
    data = receive(connection, buffer, size)       None while nothing is there; empty when the other side sends no more
    sent = send(connection, data)                  how many bytes were taken, perhaps none: watch it for WRITABLE

Descriptors are numbers; `close_descriptor` of `core.files` closes them. All of it raises OSError.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array
from tracewright.core.files import close_descriptor
from tracewright.core.foreign import (
    NULL,
    allocate,
    bytes_at,
    error_number,
    release,
    text_at,
)
from tracewright.core.foreign_headers import Header
from tracewright.core.memory import load8, load16, load32, load64, store32
from tracewright.core.system import error_text
from tracewright.lib import socket_functions as system
from tracewright.lib.socket_functions import NETDB_H, SOCKET_H
from tracewright.lib.system_headers import LIBC

ERRNO_H: Final = Header("errno.h", LIBC)

AF_UNSPEC: Final = SOCKET_H.constant("AF_UNSPEC", 0)
AF_INET: Final = SOCKET_H.constant("AF_INET", 2)
AF_INET6: Final = SOCKET_H.constant("AF_INET6", 10)
STREAM: Final = SOCKET_H.constant("SOCK_STREAM", 1)
DATAGRAM: Final = SOCKET_H.constant("SOCK_DGRAM", 2)
SOCK_NONBLOCK: Final = SOCKET_H.constant("SOCK_NONBLOCK", 0o4000)
SOCK_CLOEXEC: Final = SOCKET_H.constant("SOCK_CLOEXEC", 0o2000000)
SOL_SOCKET: Final = SOCKET_H.constant("SOL_SOCKET", 1)
SO_REUSEADDR: Final = SOCKET_H.constant("SO_REUSEADDR", 2)
SO_ERROR: Final = SOCKET_H.constant("SO_ERROR", 4)
MSG_NOSIGNAL: Final = SOCKET_H.constant("MSG_NOSIGNAL", 0x4000)
SHUT_WR: Final = SOCKET_H.constant("SHUT_WR", 1)
AI_PASSIVE: Final = NETDB_H.constant("AI_PASSIVE", 1)
AI_NUMERICSERV: Final = NETDB_H.constant("AI_NUMERICSERV", 0x400)
NI_NUMERICHOST: Final = NETDB_H.constant("NI_NUMERICHOST", 1)
NI_NUMERICSERV: Final = NETDB_H.constant("NI_NUMERICSERV", 2)
EINTR: Final = ERRNO_H.constant("EINTR", 4)
EAGAIN: Final = ERRNO_H.constant("EAGAIN", 11)
EINPROGRESS: Final = ERRNO_H.constant("EINPROGRESS", 115)
ECONNABORTED: Final = ERRNO_H.constant("ECONNABORTED", 103)
EMFILE: Final = ERRNO_H.constant("EMFILE", 24)
ENFILE: Final = ERRNO_H.constant("ENFILE", 23)
EADDRINUSE: Final = ERRNO_H.constant("EADDRINUSE", 98)
IPPROTO_TCP: Final = 6
TCP_NODELAY: Final = 1

WOULD_WAIT: Final = -1  # in place of a descriptor or a count
ADDRESS_SIZE: Final = 128  # of a `struct sockaddr_storage`
HOST_SIZE: Final = 64
SERVICE_SIZE: Final = 16
BACKLOG: Final = 1024

ADDRESS: Final = NETDB_H.record(
    "struct addrinfo",
    {
        "ai_flags": "int",
        "ai_family": "int",
        "ai_socktype": "int",
        "ai_protocol": "int",
        "ai_addrlen": "unsigned int",
        "ai_addr": "void *",
        "ai_canonname": "char *",
        "ai_next": "void *",
    },
)
ADDRESS_SIZEOF: Final = ADDRESS.size
AI_FLAGS: Final = ADDRESS.offsets["ai_flags"]
AI_FAMILY: Final = ADDRESS.offsets["ai_family"]
AI_SOCKTYPE: Final = ADDRESS.offsets["ai_socktype"]
AI_PROTOCOL: Final = ADDRESS.offsets["ai_protocol"]
AI_ADDRLEN: Final = ADDRESS.offsets["ai_addrlen"]
AI_ADDR: Final = ADDRESS.offsets["ai_addr"]
AI_CANONNAME: Final = ADDRESS.offsets["ai_canonname"]
AI_NEXT: Final = ADDRESS.offsets["ai_next"]


# --- failures --------------------------------------------------------------------------------------------------------
def _failure() -> OSError:
    """What the last call has met."""
    return failure_of(error_number())


def failure_of(number: int) -> OSError:
    """The error of a number."""
    return OSError(number, error_text(number).decode())


def would_wait(number: int) -> bool:
    """Whether an error number says only: not now."""
    return number == EAGAIN or number == EINTR


# --- addresses -------------------------------------------------------------------------------------------------------
@final
class Addresses:
    """What a name and a port stand for, in the order in which they are to be tried; to be released."""

    def __init__(self, head: int) -> None:
        self._head = head
        self._next = head

    def take(self) -> int:
        """The next one, an `addrinfo`; NULL behind the last."""
        here = self._next
        if here != NULL:
            self._next = load64(here + AI_NEXT)
        return here

    def release(self) -> None:
        """Once."""
        system.free_addresses(self._head)


class UnknownHost(Exception):
    """The name means nothing; the text is the system's reason."""


def look_up(host: str, port: int, kind: int, for_listening: bool, family: int = AF_UNSPEC) -> Addresses:
    """Ask the system, which may ask the network, and waits for it. Raises UnknownHost."""
    hints = allocate(ADDRESS_SIZEOF)
    found = Array(1, 0)
    try:
        store32(hints + AI_FLAGS, AI_NUMERICSERV | (AI_PASSIVE if for_listening else 0))
        store32(hints + AI_FAMILY, family)
        store32(hints + AI_SOCKTYPE, kind)
        name = host.encode()
        problem = system.find_addresses(None if name == b"" else name, str(port).encode(), hints, found)
    finally:
        release(hints)
    if problem != 0:
        raise UnknownHost(text_at(system.resolver_text(problem)).decode())
    return Addresses(found[0])


def hosts_of(host: str) -> list[str]:
    """The addresses of a name as texts, in the order in which they are to be tried. Raises UnknownHost."""
    addresses = look_up(host, 0, STREAM, False)
    try:
        hosts: list[str] = []
        here = addresses.take()
        while here != NULL:
            text = _address_text(address_of(here))
            hosts.append(text[1 : text.rfind("]")] if text.startswith("[") else text[: text.rfind(":")])
            here = addresses.take()
        return hosts
    finally:
        addresses.release()


def address_of(info: int) -> bytes:
    """The `struct sockaddr` of an `addrinfo`."""
    return bytes_at(load64(info + AI_ADDR), load32(info + AI_ADDRLEN))


def _address_text(address: bytes) -> str:
    """`127.0.0.1:80`, `[::1]:80`"""
    texts = allocate(HOST_SIZE + SERVICE_SIZE)
    try:
        flags = NI_NUMERICHOST | NI_NUMERICSERV
        service = texts + HOST_SIZE
        if system.find_names(address, len(address), texts, HOST_SIZE, service, SERVICE_SIZE, flags) != 0:
            return ""
        host = text_at(texts).decode()
        port = text_at(service).decode()
        return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    finally:
        release(texts)


# --- making ----------------------------------------------------------------------------------------------------------
def _new_socket(address: int, kind: int) -> int:
    descriptor = system.new_socket(load32(address + AI_FAMILY), kind | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)
    if descriptor < 0:
        raise _failure()
    return descriptor


ON: Final = b"\1\0\0\0"


def listen_on(host: str, port: int) -> int:
    """A descriptor that connections come to. Raises UnknownHost, too."""
    return _bound(host, port, STREAM)


def bind_datagrams(host: str, port: int) -> int:
    """A descriptor that datagrams come to, and from which they can be sent. Raises UnknownHost, too."""
    return _bound(host, port, DATAGRAM)


def _bound(host: str, port: int, kind: int) -> int:
    addresses = look_up(host, port, kind, True)
    try:
        address = addresses.take()
        descriptor = _new_socket(address, kind)
        is_stream = kind == STREAM
        if is_stream:
            system.set_option(descriptor, SOL_SOCKET, SO_REUSEADDR, ON, len(ON))
        own = address_of(address)
        failed = system.bind_socket(descriptor, own, len(own)) != 0
        if failed or (is_stream and system.listen_socket(descriptor, BACKLOG) != 0):
            failure = _failure()
            close_descriptor(descriptor)
            raise failure
        return descriptor
    finally:
        addresses.release()


def start_connection(address: int) -> int:
    """A descriptor that is being connected with an `addrinfo`: watch it for WRITABLE, then ask `connection_failure`."""
    descriptor = _new_socket(address, STREAM)
    other = address_of(address)
    if system.connect_socket(descriptor, other, len(other)) != 0:
        number = error_number()
        if number != EINPROGRESS and number != EINTR:
            close_descriptor(descriptor)
            raise failure_of(number)
    return descriptor


def connect_to(host: str, port: int) -> int:
    """The same with the first address of a host. Raises UnknownHost, too."""
    addresses = look_up(host, port, STREAM, False)
    try:
        return start_connection(addresses.take())
    finally:
        addresses.release()


def connection_failure(descriptor: int) -> int:
    """The error number of a connection that is no longer being made; 0: it stands."""
    place = allocate(4)
    try:
        failed = system.get_option(descriptor, SOL_SOCKET, SO_ERROR, place, Array(1, 4)) != 0
        return error_number() if failed else load32(place)
    finally:
        release(place)


def send_at_once(descriptor: int) -> None:
    """Small pieces are not kept back until there are more of them."""
    system.set_option(descriptor, IPPROTO_TCP, TCP_NODELAY, ON, len(ON))


def accept_from(listener: int) -> int:
    """The descriptor of somebody who has come; WOULD_WAIT if nobody has."""
    descriptor = system.accept_with_flags(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)
    if descriptor < 0:
        number = error_number()
        if would_wait(number) or number == ECONNABORTED:
            return WOULD_WAIT
        raise failure_of(number)
    return descriptor


def local_port(descriptor: int) -> int:
    """The port that a socket has got."""
    address = _own_address_of(descriptor)
    try:
        return load8(address + 2) << 8 | load8(address + 3)
    finally:
        release(address)


def local_address(descriptor: int) -> str:
    """Where a socket is bound to: `127.0.0.1:80`; empty if that cannot be said."""
    return _address_of(descriptor, False)


def peer_address(descriptor: int) -> str:
    """What a socket is connected with; empty if that is nothing."""
    return _address_of(descriptor, True)


def _address_of(descriptor: int, is_peer: bool) -> str:
    address = allocate(ADDRESS_SIZE)
    length = Array(1, ADDRESS_SIZE)
    try:
        if is_peer:
            failed = system.other_address(descriptor, address, length)
        else:
            failed = system.own_address(descriptor, address, length)
        return "" if failed != 0 else _address_text(bytes_at(address, length[0] & 0xFFFFFFFF))
    finally:
        release(address)


def _family_of(descriptor: int) -> int:
    address = _own_address_of(descriptor)
    try:
        return load16(address)
    finally:
        release(address)


def _own_address_of(descriptor: int) -> int:
    """A `struct sockaddr`, to be released."""
    address = allocate(ADDRESS_SIZE)
    if system.own_address(descriptor, address, Array(1, ADDRESS_SIZE)) != 0:
        failure = _failure()
        release(address)
        raise failure
    return address


# --- using -----------------------------------------------------------------------------------------------------------
def receive(descriptor: int, buffer: int, size: int) -> bytes | None:
    """What has come, at most `size` bytes, by way of the memory at `buffer`."""
    count = system.receive(descriptor, buffer, size, 0)
    if count < 0:
        number = error_number()
        if would_wait(number):
            return None
        raise failure_of(number)
    return bytes_at(buffer, count)


def send(descriptor: int, data: bytes) -> int:
    """How many bytes of the data the system has taken."""
    count = system.send(descriptor, data, len(data), MSG_NOSIGNAL)
    if count < 0:
        number = error_number()
        if would_wait(number):
            return 0
        raise failure_of(number)
    return count


def end_sending(descriptor: int) -> None:
    """The other side sees the end; it may still be heard."""
    system.shut_down(descriptor, SHUT_WR)


@final
class Datagram:
    """What has come in one piece, and from where."""

    def __init__(self, data: bytes, source: str) -> None:
        self.data = data
        self.source = source


def receive_datagram(descriptor: int, size: int) -> Datagram | None:
    """The next one, of which what is longer than `size` is lost; None while there is none."""
    memory = allocate(ADDRESS_SIZE + size)
    length = Array(1, ADDRESS_SIZE)
    try:
        count = system.receive_from(descriptor, memory + ADDRESS_SIZE, size, 0, memory, length)
        if count < 0:
            number = error_number()
            if would_wait(number):
                return None
            raise failure_of(number)
        return Datagram(bytes_at(memory + ADDRESS_SIZE, count), _address_text(bytes_at(memory, length[0] & 0xFFFFFFFF)))
    finally:
        release(memory)


def send_datagram(descriptor: int, data: bytes, host: str, port: int) -> int:
    """How many bytes went away: all, or WOULD_WAIT. Raises UnknownHost, too."""
    addresses = look_up(host, port, DATAGRAM, False, _family_of(descriptor))
    try:
        target = address_of(addresses.take())
        count = system.send_to(descriptor, data, len(data), MSG_NOSIGNAL, target, len(target))
        if count < 0:
            number = error_number()
            if would_wait(number):
                return WOULD_WAIT
            raise failure_of(number)
        return count
    finally:
        addresses.release()
