"""Sockets: connections, those who listen for them, and datagrams. What would wait lets other tasks run meanwhile."""

from __future__ import annotations

from typing import Final

from tracewright.core.foreign import allocate, release
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.core.weak import collect_garbage, run_due_finalizers
from tracewright.lib import sockets as system
from tracewright.lib.sockets import WOULD_WAIT, UnknownHost
from tracewright_ruff.builtins.arguments import int_at, text_at
from tracewright_ruff.builtins.system_errors import bytes_value
from tracewright_ruff.diagnostics import reason_of
from tracewright_ruff.errors import GuestError
from tracewright_ruff.objects import W_Bytes, W_Dict, W_String, text_value
from tracewright_ruff.scheduler import outcome, resumed_operation, wait_for
from tracewright_ruff.session import ARITY_ANY, Session, W_Native
from tracewright_ruff.sockets import (
    CLOSED,
    DATAGRAMS,
    LISTENER,
    STREAM,
    ConnectJob,
    W_Socket,
    new_socket,
    start_sending,
    when_readable,
)

LAST_PORT: Final = 65535
MOST_BYTES: Final = 8 << 20  # of one receiving


# --- arguments -------------------------------------------------------------------------------------------------------
def _host(stack: VMStack, first: int, count: int, index: int, name: str) -> str:
    message = f"{name} requires a string host"
    if count <= index:
        raise GuestError(message)
    host = text_at(stack, first + index, message)
    if "\0" in host:
        raise GuestError(message)
    return host


def _port(stack: VMStack, first: int, count: int, index: int, name: str) -> int:
    message = f"{name} requires a port between 0 and {LAST_PORT}"
    port = int_at(stack, first + index, message) if count > index else CLOSED
    if not 0 <= port <= LAST_PORT:
        raise GuestError(message)
    return port


def _data(stack: VMStack, first: int, count: int, index: int, name: str) -> bytes:
    if count > index and stack[first + index].is_object():
        thing = stack[first + index].as_object()
        if isinstance(thing, W_String):
            return thing.flat().encode()
        if isinstance(thing, W_Bytes):
            return thing.data
    raise GuestError(f"{name} requires string or bytes data")


def _size(stack: VMStack, first: int, count: int, index: int, name: str) -> int:
    message = f"{name} requires a size between 1 and {MOST_BYTES}"
    size = int_at(stack, first + index, message) if count > index else 0
    if not 1 <= size <= MOST_BYTES:
        raise GuestError(message)
    return size


def _socket(stack: VMStack, first: int, count: int, kind: str, name: str) -> W_Socket:
    """Argument 0, open and of this kind."""
    if count > 0 and stack[first].is_object():
        thing = stack[first].as_object()
        if isinstance(thing, W_Socket) and thing.kind == kind:
            if thing.descriptor() == CLOSED:
                raise GuestError(f"{name} on a closed {kind}")
            return thing
    raise GuestError(f"{name} requires a {kind}")


def _would_wait(name: str) -> GuestError:
    return GuestError(f"{name} failed: {reason_of(system.failure_of(system.EAGAIN))}")


def _failure(name: str, error: OSError) -> GuestError:
    return GuestError(f"{name} failed: {reason_of(error)}")


def _received(data: bytes) -> Value:
    """As a text if it is UTF-8, else as bytes."""
    try:
        return text_value(data.decode())
    except UnicodeDecodeError:
        return bytes_value(data)


# --- connections -----------------------------------------------------------------------------------------------------
def native_listen(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`tcp_listen(host, port)`: a listener"""
    host = _host(stack, first, count, 0, "tcp_listen()")
    port = _port(stack, first, count, 1, "tcp_listen()")
    return _bound(host, port, LISTENER, f"Failed to bind TCP listener to '{host}:{port}': ")


def _bound(host: str, port: int, kind: str, failure: str) -> Value:
    run_due_finalizers()
    try:
        return _bind(host, port, kind, failure)
    except OSError as error:
        if error.errno != system.EMFILE and error.errno != system.EADDRINUSE:
            raise GuestError(f"{failure}{reason_of(error)}")
    collect_garbage()  # perhaps it was for what the program has dropped, and the collector not yet found
    run_due_finalizers()
    try:
        return _bind(host, port, kind, failure)
    except OSError as error:
        raise GuestError(f"{failure}{reason_of(error)}")


def _bind(host: str, port: int, kind: str, failure: str) -> Value:
    try:
        descriptor = system.listen_on(host, port) if kind == LISTENER else system.bind_datagrams(host, port)
    except UnknownHost as error:
        raise GuestError(f"{failure}{error}")
    return Value.of_object(new_socket(kind, descriptor))


def native_accept(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`tcp_accept(listener)`: the connection of the next one who comes"""
    listener = _socket(stack, first, count, LISTENER, "tcp_accept()")
    while True:
        try:
            descriptor = system.accept_from(listener.descriptor())
        except OSError as error:
            raise _failure("tcp_accept()", error)
        if descriptor != WOULD_WAIT:
            system.send_at_once(descriptor)
            return Value.of_object(new_socket(STREAM, descriptor))
        if not listener.waits:
            raise _would_wait("tcp_accept()")
        wait_for(session, stack, first, when_readable(session, listener), False)
        if listener.descriptor() == CLOSED:
            raise GuestError(f"tcp_accept() on a closed {LISTENER}")


def native_connect(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`tcp_connect(host, port)`: a connection"""
    host = _host(stack, first, count, 0, "tcp_connect()")
    port = _port(stack, first, count, 1, "tcp_connect()")
    failure = f"Failed to connect to '{host}:{port}': "
    operation = resumed_operation(session)
    if operation is None:
        try:
            addresses = system.look_up(host, port, system.STREAM, False)
        except UnknownHost as error:
            raise GuestError(f"{failure}{error}")
        operation = ConnectJob(session, addresses).begin()
    return outcome(session, stack, first, operation, failure)


def native_send(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`tcp_send(connection, data)`: the number of bytes, when all are with the system"""
    operation = resumed_operation(session)
    if operation is None:
        connection = _socket(stack, first, count, STREAM, "tcp_send()")
        data = _data(stack, first, count, 1, "tcp_send()")
        try:
            if not connection.waits:
                done = system.send(connection.descriptor(), data)
                if done == 0 and len(data) > 0:
                    raise _would_wait("tcp_send()")
                return Value.of_int(done)
            operation = start_sending(session, connection, data)
        except OSError as error:
            raise _failure("tcp_send()", error)
    return outcome(session, stack, first, operation, "tcp_send() failed: ")


def native_receive(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`tcp_receive(connection, size)`: what has come, a text or bytes; empty when the other side sends no more"""
    connection = _socket(stack, first, count, STREAM, "tcp_receive()")
    size = _size(stack, first, count, 1, "tcp_receive()")
    while True:
        data = _take(connection, size)
        if data is not None:
            return _received(data)
        if not connection.waits:
            raise _would_wait("tcp_receive()")
        wait_for(session, stack, first, when_readable(session, connection), False)
        if connection.descriptor() == CLOSED:
            raise GuestError(f"tcp_receive() on a closed {STREAM}")


def _take(connection: W_Socket, size: int) -> bytes | None:
    buffer = allocate(size)
    try:
        return system.receive(connection.descriptor(), buffer, size)
    except OSError as error:
        raise _failure("tcp_receive()", error)
    finally:
        release(buffer)


def native_close(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`tcp_close(x)`: a connection or a listener; more than once does nothing more"""
    if count > 0 and stack[first].is_object():
        thing = stack[first].as_object()
        if isinstance(thing, W_Socket) and thing.kind != DATAGRAMS:
            thing.close(session)
            return Value.TRUE
    raise GuestError("tcp_close() requires a tcpstream or tcplistener")


def native_set_nonblocking(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`tcp_set_nonblocking(x, is_so)`: what would wait is an error from now on, or no longer"""
    if count < 2 or not stack[first + 1].is_bool():
        raise GuestError("tcp_set_nonblocking() requires a bool")
    if stack[first].is_object():
        thing = stack[first].as_object()
        if isinstance(thing, W_Socket) and thing.kind != DATAGRAMS:
            thing.waits = not stack[first + 1].as_bool()
            return Value.TRUE
    raise GuestError("tcp_set_nonblocking() requires a tcpstream or tcplistener")


# --- datagrams -------------------------------------------------------------------------------------------------------
def native_bind(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`udp_bind(host, port)`: a socket for datagrams"""
    host = _host(stack, first, count, 0, "udp_bind()")
    port = _port(stack, first, count, 1, "udp_bind()")
    return _bound(host, port, DATAGRAMS, f"Failed to bind UDP socket to '{host}:{port}': ")


def native_send_to(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`udp_send_to(socket, data, host, port)`: the number of bytes"""
    socket = _socket(stack, first, count, DATAGRAMS, "udp_send_to()")
    data = _data(stack, first, count, 1, "udp_send_to()")
    host = _host(stack, first, count, 2, "udp_send_to()")
    port = _port(stack, first, count, 3, "udp_send_to()")
    try:
        sent = system.send_datagram(socket.descriptor(), data, host, port)
    except UnknownHost as error:
        raise GuestError(f"Failed to send to '{host}:{port}': {error}")
    except OSError as error:
        raise GuestError(f"Failed to send to '{host}:{port}': {reason_of(error)}")
    if sent == WOULD_WAIT:
        raise _would_wait("udp_send_to()")
    return Value.of_int(sent)


def native_receive_from(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`udp_receive_from(socket, size)`: a dictionary of `data`, `from` and `size`"""
    socket = _socket(stack, first, count, DATAGRAMS, "udp_receive_from()")
    size = _size(stack, first, count, 1, "udp_receive_from()")
    while True:
        try:
            datagram = system.receive_datagram(socket.descriptor(), size)
        except OSError as error:
            raise _failure("udp_receive_from()", error)
        if datagram is not None:
            table = W_Dict(session.dict_shape)
            table.set_text("data", _received(datagram.data))
            table.set_text("from", text_value(datagram.source))
            table.set_text("size", Value.of_int(len(datagram.data)))
            return Value.of_object(table)
        wait_for(session, stack, first, when_readable(session, socket), False)
        if socket.descriptor() == CLOSED:
            raise GuestError(f"udp_receive_from() on a closed {DATAGRAMS}")


def native_close_datagrams(session: Session, stack: VMStack, first: int, count: int, moved: int) -> Value:
    """`udp_close(socket)`"""
    if count > 0 and stack[first].is_object():
        thing = stack[first].as_object()
        if isinstance(thing, W_Socket) and thing.kind == DATAGRAMS:
            thing.close(session)
            return Value.TRUE
    raise GuestError("udp_close() requires a udpsocket")


ROWS: Final[list[W_Native]] = [
    W_Native("tcp_listen", 2, 2, ARITY_ANY, native_listen),
    W_Native("tcp_accept", 1, 1, ARITY_ANY, native_accept, calls_back=True),
    W_Native("tcp_connect", 2, 2, ARITY_ANY, native_connect, calls_back=True),
    W_Native("tcp_send", 2, 2, ARITY_ANY, native_send, calls_back=True),
    W_Native("tcp_receive", 2, 2, ARITY_ANY, native_receive, calls_back=True),
    W_Native("tcp_close", 1, 1, ARITY_ANY, native_close, calls_back=True),
    W_Native("tcp_set_nonblocking", 2, 2, ARITY_ANY, native_set_nonblocking),
    W_Native("udp_bind", 2, 2, ARITY_ANY, native_bind),
    W_Native("udp_send_to", 4, 4, ARITY_ANY, native_send_to),
    W_Native("udp_receive_from", 2, 2, ARITY_ANY, native_receive_from, calls_back=True),
    W_Native("udp_close", 1, 1, ARITY_ANY, native_close_datagrams),
]
