"""Sockets as programs hold them, and what goes on with them while other tasks run.

The descriptors never wait. A builtin that would have to takes a promise, which a job of the event loop settles: for the main program the loop
runs meanwhile, a task is put away (`scheduler.py`).
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.files import close_descriptor
from tracewright.core.foreign import NULL
from tracewright.core.value import Value
from tracewright.core.weak import Finalizer, attach_finalizer
from tracewright.lib.event_loop import READABLE, WRITABLE, Job, Watch
from tracewright.lib.sockets import (
    Addresses,
    connection_failure,
    failure_of,
    send,
    send_at_once,
    start_connection,
)
from tracewright_ruff.diagnostics import reason_of
from tracewright_ruff.objects import W_Promise
from tracewright_ruff.opaque import W_Opaque
from tracewright_ruff.scheduler import pending_promise, reject, resolve, scheduler_of
from tracewright_ruff.session import Session

LISTENER: Final = "tcplistener"
STREAM: Final = "tcpstream"
DATAGRAMS: Final = "udpsocket"
CLOSED: Final = -1  # in place of a descriptor


@final
class OpenSocket(Finalizer):
    """A descriptor; it knows nothing of the object that the program holds."""

    def __init__(self, descriptor: int) -> None:
        super().__init__()
        self.descriptor = descriptor

    def close(self) -> None:
        """More than once does nothing more."""
        if self.descriptor != CLOSED:
            descriptor = self.descriptor
            self.descriptor = CLOSED
            try:
                close_descriptor(descriptor)
            except OSError:
                return  # it is closed all the same

    def run(self, target: object) -> None:
        self.close()


@final
class W_Socket(W_Opaque):
    """A listener, a connection or a socket for datagrams, as `kind` says."""

    def __init__(self, kind: str, opened: OpenSocket) -> None:
        super().__init__(kind)
        self.opened = opened
        self.waits = True  # else what would wait is an error
        self.sender: SendJob | None = None  # made by the first sending that has to wait
        self.watches: list[Watch] = []

    def descriptor(self) -> int:
        """Or CLOSED."""
        return self.opened.descriptor

    def close(self, session: Session) -> None:
        """Nobody waits for it any longer: what was waited for is found to be closed."""
        watches = self.watches.copy()
        for watch in watches:
            self.forget(session, watch)
        self.opened.close()
        for watch in watches:
            watch.job.run()

    def forget(self, session: Session, watch: Watch) -> None:
        """Wait no longer with this watch."""
        scheduler_of(session).loop.forget(watch)
        if watch in self.watches:
            self.watches.remove(watch)


def new_socket(kind: str, descriptor: int) -> W_Socket:
    """The object for a descriptor, which is closed when the program has dropped it."""
    opened = OpenSocket(descriptor)
    socket = W_Socket(kind, opened)
    attach_finalizer(socket, opened)
    return socket


# --- waiting ---------------------------------------------------------------------------------------------------------
@final
class ReadyJob(Job):
    """Resolves a promise once a socket is readable."""

    def __init__(self, session: Session, socket: W_Socket, promise: W_Promise) -> None:
        self.session = session
        self.socket = socket
        self.promise = promise
        self.watch: Watch | None = None

    def run(self) -> None:
        if self.watch is not None:
            self.socket.forget(self.session, self.watch)
        resolve(self.session, self.promise, Value.NULL)


def when_readable(session: Session, socket: W_Socket) -> W_Promise:
    """A promise of null."""
    promise = pending_promise()
    job = ReadyJob(session, socket, promise)
    job.watch = scheduler_of(session).loop.watch(socket.descriptor(), READABLE, job)
    socket.watches.append(job.watch)
    return promise


# --- connecting ------------------------------------------------------------------------------------------------------
@final
class ConnectJob(Job):
    """Tries one address after the other; resolves a promise with the connection to the first that answers."""

    def __init__(self, session: Session, addresses: Addresses) -> None:
        self.session = session
        self.addresses = addresses
        self.promise = pending_promise()
        self.descriptor: int = CLOSED
        self.watch: Watch | None = None
        self.reason = ""

    def begin(self) -> W_Promise:
        """With the next address."""
        while True:
            address = self.addresses.take()
            if address == NULL:
                self.addresses.release()
                reject(self.session, self.promise, self.reason)
                return self.promise
            try:
                self.descriptor = start_connection(address)
                self.watch = scheduler_of(self.session).loop.watch(self.descriptor, WRITABLE, self)
                return self.promise
            except OSError as error:
                self.reason = reason_of(error)

    def run(self) -> None:
        if self.watch is not None:
            scheduler_of(self.session).loop.forget(self.watch)
        number = connection_failure(self.descriptor)
        if number == 0:
            self.addresses.release()
            send_at_once(self.descriptor)
            resolve(self.session, self.promise, Value.of_object(new_socket(STREAM, self.descriptor)))
            return
        self.reason = reason_of(failure_of(number))
        OpenSocket(self.descriptor).close()
        self.begin()


# --- sending ---------------------------------------------------------------------------------------------------------
@final
class Sending:
    """What is still to be sent of one call."""

    def __init__(self, data: bytes, total: int) -> None:
        self.data = data
        self.total = total
        self.promise = pending_promise()  # of the number of bytes


@final
class SendJob(Job):
    """Sends what a connection did not take at once, in the order of the calls."""

    def __init__(self, session: Session, socket: W_Socket) -> None:
        self.session = session
        self.socket = socket
        self.waiting: list[Sending] = []
        self.watch: Watch | None = None

    def add(self, sending: Sending) -> None:
        """At the end."""
        self.waiting.append(sending)
        if self.watch is None:
            watch = scheduler_of(self.session).loop.watch(self.socket.descriptor(), WRITABLE, self)
            self.watch = watch
            self.socket.watches.append(watch)

    def run(self) -> None:
        while len(self.waiting) > 0:
            first = self.waiting[0]
            if self.socket.descriptor() == CLOSED:
                reject(self.session, first.promise, "the socket was closed")
            else:
                try:
                    first.data = first.data[send(self.socket.descriptor(), first.data) :]
                except OSError as error:
                    first.data = b""
                    reject(self.session, first.promise, reason_of(error))
                if len(first.data) > 0:
                    return
                resolve(self.session, first.promise, Value.of_int(first.total))
            self.waiting.pop(0)
        watch = self.watch
        if watch is not None:
            self.watch = None
            self.socket.forget(self.session, watch)


def start_sending(session: Session, socket: W_Socket, data: bytes) -> W_Promise:
    """A promise of the number of bytes, all of them. Raises OSError."""
    sender = socket.sender
    done = 0
    if sender is None or len(sender.waiting) == 0:
        done = send(socket.descriptor(), data)
    sending = Sending(data[done:], len(data))
    if done == len(data):
        resolve(session, sending.promise, Value.of_int(done))
        return sending.promise
    if sender is None:
        sender = SendJob(session, socket)
        socket.sender = sender
    sender.add(sending)
    return sending.promise
