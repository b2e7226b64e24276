"""What this engine uses of the C library for sockets and names in networks. Addresses are bytes: a `struct sockaddr` as it lies in memory."""

from __future__ import annotations

from typing import Final

from tracewright.core.foreign import CAddress, CData, CInt, CLong, CSize, CText, CUnsigned, CWords
from tracewright.core.foreign_headers import Header
from tracewright_python.system_calls import LIBC

SOCKET_H: Final = Header("sys/socket.h", LIBC, types="struct sockaddr;")
NETDB_H: Final = Header("netdb.h", LIBC, types="struct sockaddr; struct addrinfo;")
INET_H: Final = Header("arpa/inet.h", LIBC)


@SOCKET_H.function("int socket(int, int, int)")
def new_socket(family: CInt, kind: CInt, protocol: CInt) -> CInt:
    raise NotImplementedError


@SOCKET_H.function("int socketpair(int, int, int, int *)")
def new_pair(family: CInt, kind: CInt, protocol: CInt, both: CWords) -> CInt:
    raise NotImplementedError


@SOCKET_H.function("int bind(int, const struct sockaddr *, unsigned int)")
def bind_socket(descriptor: CInt, address: CData, length: CUnsigned) -> CInt:
    raise NotImplementedError


@SOCKET_H.function("int connect(int, const struct sockaddr *, unsigned int)")
def connect_socket(descriptor: CInt, address: CData, length: CUnsigned) -> CInt:
    raise NotImplementedError


@SOCKET_H.function("int listen(int, int)")
def listen_socket(descriptor: CInt, waiting: CInt) -> CInt:
    raise NotImplementedError


@SOCKET_H.function("int accept(int, struct sockaddr *, unsigned int *)")
def accept_socket(descriptor: CInt, address: CAddress, length: CWords) -> CInt:
    raise NotImplementedError


@SOCKET_H.function("int getsockname(int, struct sockaddr *, unsigned int *)")
def own_address(descriptor: CInt, address: CAddress, length: CWords) -> CInt:
    raise NotImplementedError


@SOCKET_H.function("int getpeername(int, struct sockaddr *, unsigned int *)")
def other_address(descriptor: CInt, address: CAddress, length: CWords) -> CInt:
    raise NotImplementedError


@SOCKET_H.function("long sendto(int, const void *, size_t, int, const struct sockaddr *, unsigned int)")
def send_to(descriptor: CInt, data: CData, count: CSize, flags: CInt, address: CData, length: CUnsigned) -> CLong:
    raise NotImplementedError


@SOCKET_H.function("long send(int, const void *, size_t, int)")
def send(descriptor: CInt, data: CData, count: CSize, flags: CInt) -> CLong:
    raise NotImplementedError


@SOCKET_H.function("long recvfrom(int, void *, size_t, int, struct sockaddr *, unsigned int *)")
def receive_from(
    descriptor: CInt, target: CAddress, count: CSize, flags: CInt, address: CAddress, length: CWords
) -> CLong:
    raise NotImplementedError


@SOCKET_H.function("int setsockopt(int, int, int, const void *, unsigned int)")
def set_option(descriptor: CInt, level: CInt, option: CInt, data: CData, length: CUnsigned) -> CInt:
    raise NotImplementedError


@SOCKET_H.function("int getsockopt(int, int, int, void *, unsigned int *)")
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


@NETDB_H.function(
    "int getnameinfo(const struct sockaddr *, unsigned int, char *, unsigned int, char *, unsigned int, int)"
)
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


@INET_H.function("const char *inet_ntop(int, const void *, char *, unsigned int)")
def unpack_address(family: CInt, data: CData, target: CAddress, room: CUnsigned) -> CAddress:
    raise NotImplementedError
