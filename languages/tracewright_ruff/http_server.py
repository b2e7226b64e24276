"""The HTTP server: who listens, the connections, and the tasks that answer.

Each request is answered by a task, so a handler that waits holds up its own connection only. A connection reads what the system has, answers
what is complete, in order, and sends the answers together. It reads no further while an answer is being made, or is waiting for the client
to take what there is; so a client that asks and never listens costs no more than what it was promised.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.files import close_descriptor
from tracewright.core.foreign import allocate
from tracewright.core.system import wall_nanoseconds, write_error
from tracewright.core.value import Value
from tracewright.lib.event_loop import READABLE, WRITABLE, EventLoop, Job, Timer, Watch
from tracewright.lib.http_requests import HttpFault, Request, RequestReader
from tracewright.lib.http_texts import http_date, may_have_body, reason_of_status
from tracewright.lib.sockets import (
    EMFILE,
    ENFILE,
    WOULD_WAIT,
    accept_from,
    end_sending,
    listen_on,
    receive,
    send,
    send_at_once,
)
from tracewright_ruff.builtins.json import json_text
from tracewright_ruff.errors import GuestError
from tracewright_ruff.http_values import RequestShape, W_HttpResponse
from tracewright_ruff.objects import PENDING, REJECTED, W_Array, W_Dict, W_Promise, W_String
from tracewright_ruff.opaque import W_Opaque
from tracewright_ruff.scheduler import frame_for_natives, scheduler_of, start_task, when_settled
from tracewright_ruff.session import Session

CLOSED: Final = -1
BUFFER: Final = 64 << 10  # bytes read at a time
MOST_WAITING: Final = 256 << 10  # bytes of answers that the client has yet to take, beyond which no more are made
MOST_ACCEPTED: Final = 64  # connections taken in one turn
SECOND: Final = 1_000_000_000
IDLE: Final = 60 * SECOND  # a connection between two requests
SLOW: Final = 30 * SECOND  # a request that is on its way, or an answer that nobody takes
LINGER: Final = 2 * SECOND  # after a fault, for the client to read the answer
GO_AHEAD: Final = b"HTTP/1.1 100 Continue\r\n\r\n"
OURS: Final[list[str]] = [
    "content-length",
    "transfer-encoding",
    "connection",
    "date",
]  # fields that a program cannot set


@final
class W_HttpServer(W_Opaque):
    """A server, with its routes."""

    def __init__(self, session: Session, port: int) -> None:
        super().__init__("httpserver")
        self.session = session
        self.port = port
        self.routes: dict[str, Value] = {}  # the handlers, by `METHOD path`
        self.methods: dict[str, list[str]] = {}  # of each path
        self.listener: int = CLOSED
        self.watch: Watch | None = None
        self.buffer = 0
        self.connections: list[HttpConnection] = []
        self.shape = RequestShape(session.dict_shape)
        self.sweeper: Timer | None = None
        self.second = 0
        self.date = ""

    def loop(self) -> EventLoop:
        """The loop of the program."""
        return scheduler_of(self.session).loop

    def add_route(self, method: str, path: str, handler: Value) -> None:
        """What answers requests of this method for this path; a later one replaces it."""
        key = f"{method} {path}"
        if key not in self.routes:
            self.methods.setdefault(path, []).append(method)
        self.routes[key] = handler

    def start(self) -> None:
        """Listen on all of the machine's addresses. Raises OSError, and UnknownHost where there are none."""
        if self.listener == CLOSED:
            self.listener = listen_on("0.0.0.0", self.port)
            self.buffer = allocate(BUFFER)
            self.watch = self.loop().watch(self.listener, READABLE, AcceptJob(self))

    def stop(self) -> None:
        """Listen no longer; the connections that are there go on."""
        watch = self.watch
        if watch is not None:
            self.watch = None
            self.loop().forget(watch)
            close_descriptor(self.listener)
            self.listener = CLOSED

    def accept(self) -> None:
        """Take those who have come."""
        for _ in range(MOST_ACCEPTED):
            try:
                descriptor = accept_from(self.listener)
            except OSError as error:
                if error.errno == EMFILE or error.errno == ENFILE:
                    self.hear_newcomers(False)  # until somebody leaves
                return
            if descriptor == WOULD_WAIT:
                return
            send_at_once(descriptor)
            self.connections.append(HttpConnection(self, descriptor, len(self.connections)))
            if self.sweeper is None:
                self.sweeper = self.loop().add_timer(self.loop().clock.now() + SECOND, SweepJob(self))

    def hear_newcomers(self, listens: bool) -> None:
        """Whether anybody is taken."""
        watch = self.watch
        if watch is not None:
            watch.interest = READABLE if listens else 0

    def left(self, connection: HttpConnection) -> None:
        """A connection is closed."""
        last = self.connections.pop()
        last.index = connection.index
        if last is not connection:
            self.connections[last.index] = last
        self.hear_newcomers(True)

    def sweep(self) -> None:
        """Close those that are too slow."""
        now = self.loop().clock.now()
        for connection in self.connections.copy():
            if now >= connection.deadline:
                connection.expire()
        self.sweeper = None
        if len(self.connections) > 0:
            self.sweeper = self.loop().add_timer(now + SECOND, SweepJob(self))

    def today(self) -> str:
        """The date and time as answers have it; made once in a second."""
        second = wall_nanoseconds() // SECOND
        if second != self.second:
            self.second = second
            self.date = http_date(second)
        return self.date


@final
class AcceptJob(Job):
    """Somebody has come."""

    def __init__(self, server: W_HttpServer) -> None:
        self.server = server

    def run(self) -> None:
        self.server.accept()


@final
class SweepJob(Job):
    """A second has passed."""

    def __init__(self, server: W_HttpServer) -> None:
        self.server = server

    def run(self) -> None:
        self.server.sweep()


@final
class AnsweredJob(Job):
    """A handler that had to wait has come to its end."""

    def __init__(self, connection: HttpConnection, request: Request, promise: W_Promise) -> None:
        self.connection = connection
        self.request = request
        self.promise = promise

    def run(self) -> None:
        connection = self.connection
        connection.is_answering = False
        if connection.descriptor != CLOSED:
            connection.answer_with(self.request, self.promise)
            connection.go_on()


@final
class HttpConnection(Job):
    """One client. To run the job is to do what its descriptor is ready for."""

    def __init__(self, server: W_HttpServer, descriptor: int, index: int) -> None:
        self.server = server
        self.index = index  # in the server's list
        self.descriptor: int = descriptor
        self.watch = server.loop().watch(descriptor, READABLE, self)
        self.reader = RequestReader()
        self.waiting: list[bytes] = []  # answers that are yet to be sent
        self.waiting_bytes = 0
        self.is_answering = False  # a handler waits
        self.is_ended = False  # the client sends no more
        self.is_last = False  # close when everything is sent
        self.lingers = False  # nothing it says is heard any longer
        self.deadline = server.loop().clock.now() + SLOW

    def run(self) -> None:
        if self.watch.ready & WRITABLE != 0:
            self._flush()
        if self.descriptor != CLOSED and self.watch.ready & self.watch.interest & READABLE != 0:
            self._read()
        self.go_on()

    # --- what comes ---
    def _read(self) -> None:
        try:
            data = receive(self.descriptor, self.server.buffer, BUFFER)
        except OSError:
            self.close()
            return
        if data is None:
            return
        if len(data) == 0:
            self.is_ended = True
        elif not self.lingers:
            self.reader.feed(data)

    def go_on(self) -> None:
        """Answer what is complete, send, and see what is to be waited for."""
        if self.descriptor == CLOSED:
            return
        self._answer_all()
        self._flush()
        if self.descriptor == CLOSED:
            return
        is_waiting = self.waiting_bytes > 0
        if self.is_ended and not is_waiting and not self.is_answering:
            self.close()
            return
        if self.is_last and not is_waiting and not self.lingers:
            self._linger()
        listens = not self.is_ended and (
            self.lingers or (not is_waiting and not self.is_answering and not self.is_last)
        )
        self.watch.interest = (READABLE if listens else 0) | (WRITABLE if is_waiting else 0)
        if not self.lingers:
            between = self.reader.is_between_requests() and not is_waiting
            self.deadline = self.server.loop().clock.now() + (IDLE if between else SLOW)

    def _answer_all(self) -> None:
        while not self.is_answering and not self.is_last and self.waiting_bytes < MOST_WAITING:
            try:
                request = self.reader.next()
            except HttpFault as fault:
                self._refuse(fault.status, str(fault))
                return
            if self.reader.needs_go_ahead:
                self.reader.needs_go_ahead = False
                self._put(GO_AHEAD)
            if request is None:
                return
            self._answer(request)

    # --- answers ---
    def _answer(self, request: Request) -> None:
        server = self.server
        session = server.session
        path, _, query = request.target.partition("?")
        handler = server.routes.get(f"{request.method} {path}", Value.UNDEFINED)
        if handler.same(Value.UNDEFINED) and request.method == "HEAD":
            handler = server.routes.get(f"GET {path}", Value.UNDEFINED)
        if handler.same(Value.UNDEFINED):
            self._answer_without_route(request, path)
            return
        top = session.stack.top
        argument = server.shape.dictionary(request, path, query)
        promise = start_task(session, frame_for_natives(session), handler, [argument], None)
        session.stack.reserve(top)
        if promise.state == PENDING:
            self.is_answering = True
            when_settled(promise, AnsweredJob(self, request, promise))
        else:
            self.answer_with(request, promise)

    def _answer_without_route(self, request: Request, path: str) -> None:
        methods = self.server.methods.get(path, NO_METHODS)
        if len(methods) == 0:
            self._respond(request, plain_response(404, "Not Found"))
        else:
            response = plain_response(405, "Method Not Allowed")
            self._respond(request, response.with_field("Allow", ", ".join(methods)))

    def answer_with(self, request: Request, promise: W_Promise) -> None:
        """With what the handler has given, or an error of the server if it has failed."""
        if promise.state == REJECTED:
            write_error(f"{request.method} {request.target}: {promise.message}\n".encode())
            self._respond(request, plain_response(500, "Internal Server Error"))
            return
        try:
            self._respond(request, response_of(promise.result))
        except GuestError as error:
            write_error(f"{request.method} {request.target}: {error.message}\n".encode())
            self._respond(request, plain_response(500, "Internal Server Error"))

    def _respond(self, request: Request, response: W_HttpResponse) -> None:
        keeps_open = request.keeps_open
        pieces: list[str] = [f"HTTP/1.1 {response.status} {reason_of_status(response.status)}\r\n"]
        for index in range(len(response.names)):
            lower = response.names[index].lower()
            if lower == "connection" and "close" in response.values[index].lower():
                keeps_open = False
            if lower not in OURS:
                pieces.append(f"{response.names[index]}: {response.values[index]}\r\n")
        pieces.append(f"Date: {self.server.today()}\r\n")
        if may_have_body(response.status):
            pieces.append(f"Content-Length: {len(response.body)}\r\n")
        if not keeps_open:
            pieces.append("Connection: close\r\n")
        elif request.is_old:
            pieces.append("Connection: keep-alive\r\n")
        pieces.append("\r\n")
        self._put("".join(pieces).encode())
        if len(response.body) > 0 and request.method != "HEAD" and may_have_body(response.status):
            self._put(response.body)
        self.is_last = not keeps_open

    def _refuse(self, status: int, reason: str) -> None:
        """Answer something that is no request; nothing that comes behind it can be understood."""
        body = f"{reason}\n".encode()
        fields = "Content-Type: text/plain; charset=utf-8\r\nConnection: close\r\n"
        head = f"HTTP/1.1 {status} {reason_of_status(status)}\r\n{fields}Content-Length: {len(body)}\r\n\r\n"
        self._put(head.encode())
        self._put(body)
        self.is_last = True

    # --- what goes ---
    def _put(self, data: bytes) -> None:
        self.waiting.append(data)
        self.waiting_bytes += len(data)

    def _flush(self) -> None:
        while len(self.waiting) > 0:
            data = self.waiting[0] if len(self.waiting) == 1 else b"".join(self.waiting)
            try:
                sent = send(self.descriptor, data)
            except OSError:
                self.close()
                return
            self.waiting.clear()
            self.waiting_bytes -= sent
            if sent < len(data):
                self.waiting.append(data[sent:])
                if sent == 0:
                    return

    # --- the end ---
    def _linger(self) -> None:
        """Say that this was all, and wait a moment: to close with something unread would take the answer from the client."""
        self.lingers = True
        self.deadline = self.server.loop().clock.now() + LINGER
        end_sending(self.descriptor)

    def expire(self) -> None:
        """It has taken too long."""
        if self.is_answering:
            return
        if not self.lingers and self.waiting_bytes == 0 and not self.reader.is_between_requests():
            self._refuse(408, "the request took too long")
            self._flush()
        self.close()

    def close(self) -> None:
        """For good."""
        if self.descriptor == CLOSED:
            return
        self.server.loop().forget(self.watch)
        descriptor = self.descriptor
        self.descriptor = CLOSED
        self.waiting.clear()
        self.waiting_bytes = 0
        self.server.left(self)
        try:
            close_descriptor(descriptor)
        except OSError:
            return  # it is closed all the same


NO_METHODS: Final[list[str]] = []


def plain_response(status: int, text: str) -> W_HttpResponse:
    """A text."""
    return W_HttpResponse(status, text.encode(), ["Content-Type"], ["text/plain; charset=utf-8"])


def response_of(value: Value) -> W_HttpResponse:
    """What a handler's value means: a response, a text, nothing, or what JSON can hold. Raises GuestError."""
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, W_HttpResponse):
            return thing
        if isinstance(thing, W_String):
            return plain_response(200, thing.flat())
        if isinstance(thing, W_Dict) or isinstance(thing, W_Array):
            return W_HttpResponse(200, json_text(value).encode(), ["Content-Type"], ["application/json"])
    if value.same(Value.NULL):
        return W_HttpResponse(204, b"", [], [])
    raise GuestError("a handler gives a response, a string, a dictionary, an array or null")
