"""Functions of the C library for sockets and for names in networks. Addresses are bytes: a `struct sockaddr` as it lies in memory.

`sockets.py` makes of them what an event loop needs; a language whose programs know the system's own calls takes them from here.
"""

from __future__ import annotations

from typing import Final

from tracewright.core.foreign import CAddress, CData, CInt, CLong, CSize, CText, CUnsigned, CWords
from tracewright.core.foreign_headers import Header
from tracewright.lib.system_headers import LIBC

_TYPES: Final = "typedef unsigned int socklen_t;"
SOCKET_H: Final = Header("sys/socket.h", LIBC, types=f"{_TYPES} struct sockaddr;")
NETDB_H: Final = Header("netdb.h", LIBC, types=f"{_TYPES} struct sockaddr; struct addrinfo;")
INET_H: Final = Header("arpa/inet.h", LIBC, types=_TYPES)


@SOCKET_H.function("int socket(int, int, int)")
def new_socket(family: CInt, kind: CInt, protocol: CInt) -> CInt:
    raise NotImplementedError


@SOCKET_H.function("int socketpair(int, int, int, int *)")
def new_pair(family: CInt, kind: CInt, protocol: CInt, both: CWords) -> CInt:
    raise NotImplementedError


@SOCKET_H.function("int bind(int, const struct sockaddr *, socklen_t)")
def bind_socket(descriptor: CInt, address: CData, length: CUnsigned) -> CInt:
    raise NotImplementedError


@SOCKET_H.function("int connect(int, const struct sockaddr *, socklen_t)")
def connect_socket(descriptor: CInt, address: CData, length: CUnsigned) -> CInt:
    raise NotImplementedError


@SOCKET_H.function("int listen(int, int)")
def listen_socket(descriptor: CInt, waiting: CInt) -> CInt:
    raise NotImplementedError


@SOCKET_H.function("int accept(int, struct sockaddr *, socklen_t *)")
def accept_socket(descriptor: CInt, address: CAddress, length: CWords) -> CInt:
    raise NotImplementedError


@SOCKET_H.function("int accept4(int, struct sockaddr *, socklen_t *, int)")
def accept_with_flags(descriptor: CInt, address: CAddress, length: CAddress, flags: CInt) -> CInt:
    raise NotImplementedError


@SOCKET_H.function("int getsockname(int, struct sockaddr *, socklen_t *)")
def own_address(descriptor: CInt, address: CAddress, length: CWords) -> CInt:
    raise NotImplementedError


@SOCKET_H.function("int getpeername(int, struct sockaddr *, socklen_t *)")
def other_address(descriptor: CInt, address: CAddress, length: CWords) -> CInt:
    raise NotImplementedError


@SOCKET_H.function("ssize_t sendto(int, const void *, size_t, int, const struct sockaddr *, socklen_t)")
def send_to(descriptor: CInt, data: CData, count: CSize, flags: CInt, address: CData, length: CUnsigned) -> CLong:
    raise NotImplementedError


@SOCKET_H.function("ssize_t send(int, const void *, size_t, int)")
def send(descriptor: CInt, data: CData, count: CSize, flags: CInt) -> CLong:
    raise NotImplementedError


@SOCKET_H.function("ssize_t recv(int, void *, size_t, int)")
def receive(descriptor: CInt, target: CAddress, count: CSize, flags: CInt) -> CLong:
    raise NotImplementedError


@SOCKET_H.function("ssize_t recvfrom(int, void *, size_t, int, struct sockaddr *, socklen_t *)")
def receive_from(
    descriptor: CInt, target: CAddress, count: CSize, flags: CInt, address: CAddress, length: CWords
) -> CLong:
    raise NotImplementedError


@SOCKET_H.function("int setsockopt(int, int, int, const void *, socklen_t)")
def set_option(descriptor: CInt, level: CInt, option: CInt, data: CData, length: CUnsigned) -> CInt:
    raise NotImplementedError


@SOCKET_H.function("int getsockopt(int, int, int, void *, socklen_t *)")
def get_option(descriptor: CInt, level: CInt, option: CInt, target: CAddress, length: CWords) -> CInt:
    raise NotImplementedError


@SOCKET_H.function("int shutdown(int, int)")
def shut_down(descriptor: CInt, direction: CInt) -> CInt:
    raise NotImplementedError


@NETDB_H.function("int getaddrinfo(const char *, const char *, const struct addrinfo *, struct addrinfo **)")
def find_addresses(host: CText | None, service: CText | None, wanted: CAddress, result: CWords) -> CInt:
    raise NotImplementedError


@NETDB_H.function("void freeaddrinfo(struct addrinfo *)")
def free_addresses(first: CAddress) -> None:
    raise NotImplementedError


@NETDB_H.function("const char *gai_strerror(int)")
def resolver_text(number: CInt) -> CAddress:
    raise NotImplementedError


@NETDB_H.function("int getnameinfo(const struct sockaddr *, socklen_t, char *, socklen_t, char *, socklen_t, int)")
def find_names(
    address: CData,
    length: CUnsigned,
    host: CAddress,
    host_room: CUnsigned,
    service: CAddress,
    service_room: CUnsigned,
    flags: CInt,
) -> CInt:
    raise NotImplementedError


@INET_H.function("int inet_pton(int, const char *, void *)")
def pack_address(family: CInt, text: CText, target: CAddress) -> CInt:
    raise NotImplementedError


@INET_H.function("const char *inet_ntop(int, const void *, char *, socklen_t)")
def unpack_address(family: CInt, data: CData, target: CAddress, room: CUnsigned) -> CAddress:
    raise NotImplementedError
