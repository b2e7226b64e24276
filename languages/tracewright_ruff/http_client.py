"""HTTP requests by libcurl, on the event loop: any number at once, none of which holds up the program.

libcurl says which descriptors it waits for and for how long; the loop watches them, and whenever one is ready, or the time is over, lets libcurl
go on. What has come is in streams into memory, of which C knows; at the end it becomes an answer.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array
from tracewright.core.foreign import NULL, allocate, bytes_at, release, text_at
from tracewright.core.memory import load8, load32, load64, zero_memory
from tracewright.core.value import Value
from tracewright.lib.event_loop import READABLE, WRITABLE, EventLoop, Job, Timer, Watch
from tracewright.lib.http_texts import text_of_bytes
from tracewright.lib.utf8 import decode_lossy
from tracewright_ruff import libraries_curl as curl
from tracewright_ruff.opaque import W_Opaque
from tracewright_ruff.scheduler import pending_promise, reject, resolve, scheduler_of
from tracewright_ruff.session import Session

OK: Final = 0
DEFAULT_MILLISECONDS: Final = 30_000
MOST_REDIRECTIONS: Final = 10
MOST_BYTES: Final = 256 << 20  # of one answer
DESCRIPTORS: Final = 1024  # as many as a set has
SET_BYTES: Final = DESCRIPTORS // 8
NOTHING_KNOWN: Final = 100  # milliseconds until the next look where libcurl names no descriptor
NANOSECONDS: Final = 1_000_000
USER_AGENT: Final = b"ruff/1.0.0"


@final
class HttpRequest:
    """What is to be asked."""

    def __init__(self, method: str, url: str) -> None:
        self.method = method
        self.url = url
        self.body: bytes | None = None
        self.fields: list[str] = []  # `Name: value`
        self.milliseconds: int = DEFAULT_MILLISECONDS


@final
class W_HttpAnswer(W_Opaque):
    """What has come; the result of a transfer's promise. Programs get parts of it."""

    def __init__(self, status: int, head: str, body: bytes) -> None:
        super().__init__("httpanswer")
        self.status = status
        self.head = head  # all heads, if it was redirected
        self.body = body

    def fields(self) -> list[str]:
        """`Name: value` of the last head."""
        start = self.head.rfind("HTTP/")
        lines = self.head[max(start, 0) :].split("\r\n")
        return [line for line in lines[1:] if ":" in line]

    def text(self) -> str:
        """The body."""
        return text_of_bytes(self.body)


@final
class Collected:
    """A stream of C into memory."""

    def __init__(self) -> None:
        self._words = allocate(16)  # where the stream writes the place and the size of what it has
        self.stream: int = curl.open_memory(self._words, self._words + 8)

    def take(self) -> bytes:
        """Everything; the stream is gone."""
        curl.close_stream(self.stream)
        data = bytes_at(load64(self._words), load64(self._words + 8))
        release(load64(self._words))
        release(self._words)
        return data


@final
class Transfer:
    """One request on its way."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.promise = pending_promise()
        self.handle: int = curl.new_transfer()
        self.head = Collected()
        self.body = Collected()
        self.lines = NULL
        self._set_up()

    def _set_up(self) -> None:
        request = self.request
        handle = self.handle
        curl.set_text(handle, curl.URL, request.url.encode())
        curl.set_text(handle, curl.USER_AGENT, USER_AGENT)
        curl.set_text(handle, curl.ENCODINGS, b"")  # all that it knows
        curl.set_number(handle, curl.NO_SIGNALS, 1)
        curl.set_number(handle, curl.FOLLOW, 1)
        curl.set_number(handle, curl.MOST_REDIRECTIONS, MOST_REDIRECTIONS)
        curl.set_number(handle, curl.PROTOCOLS, curl.HTTP_AND_HTTPS)
        curl.set_number(handle, curl.REDIRECTION_PROTOCOLS, curl.HTTP_AND_HTTPS)
        curl.set_number(handle, curl.TIMEOUT, request.milliseconds)
        curl.set_place(handle, curl.WRITE_DATA, self.body.stream)
        curl.set_place(handle, curl.HEADER_DATA, self.head.stream)
        body = request.body
        if body is not None:
            curl.set_size(handle, curl.BODY_SIZE, len(body))
            curl.set_data(handle, curl.COPY_BODY, body)
        if request.method == "HEAD":
            curl.set_number(handle, curl.NO_BODY, 1)
        elif request.method != "GET" or body is not None:
            curl.set_text(handle, curl.METHOD, request.method.encode())
        for line in request.fields:
            self.lines = curl.with_line(self.lines, line.encode())
        self.lines = curl.with_line(self.lines, b"Expect:")  # do not wait to be told to go on
        curl.set_place(handle, curl.HEADERS, self.lines)

    def number(self, what: int) -> int:
        """Something that libcurl counts."""
        found = Array(1, 0)
        curl.get_number(self.handle, what, found)
        return found[0]

    def end(self, session: Session, result: int) -> None:
        """Settle the promise, and give everything back."""
        status = self.number(curl.RESPONSE_CODE)
        head = text_of_bytes(self.head.take())
        body = self.body.take()
        curl.free_transfer(self.handle)
        curl.free_lines(self.lines)
        if len(body) > MOST_BYTES:
            reject(session, self.promise, "the answer is too long")
        elif result == OK:
            resolve(session, self.promise, Value.of_object(W_HttpAnswer(status, head, body)))
        else:
            reject(session, self.promise, decode_lossy(text_at(curl.error_text(result))))


@final
class TransferGroup(Job):
    """The requests of a program that are on their way. To run the job is to let libcurl go on."""

    def __init__(self, session: Session) -> None:
        self.session = session
        curl.start_library(curl.EVERYTHING)
        self.group: int = curl.new_group()
        self.transfers: list[Transfer] = []
        self.watches: list[Watch] = []
        self.timer: Timer | None = None
        self.sets = allocate(3 * SET_BYTES)

    def start(self, transfer: Transfer) -> None:
        """Begin one."""
        self.transfers.append(transfer)
        curl.add_transfer(self.group, transfer.handle)
        self.run()

    def loop(self) -> EventLoop:
        """The loop of the program."""
        return scheduler_of(self.session).loop

    def run(self) -> None:
        self._stop_watching()
        curl.perform(self.group, Array(1, 0))
        self._end_those_that_are_done()
        for transfer in self.transfers.copy():
            if transfer.number(curl.BYTES_RECEIVED) > MOST_BYTES:
                self._end(transfer, OK)
        if len(self.transfers) > 0:
            self._watch()

    def _end_those_that_are_done(self) -> None:
        left = Array(1, 0)
        while True:
            message = curl.next_message(self.group, left)
            if message == NULL:
                return
            if load32(message + curl.MESSAGE_KIND) == curl.DONE:
                handle = load64(message + curl.MESSAGE_HANDLE)
                result = load32(message + curl.MESSAGE_RESULT)
                for transfer in self.transfers.copy():
                    if transfer.handle == handle:
                        self._end(transfer, result)

    def _end(self, transfer: Transfer, result: int) -> None:
        curl.remove_transfer(self.group, transfer.handle)
        self.transfers = [other for other in self.transfers if other is not transfer]
        transfer.end(self.session, result)

    # --- waiting ---
    def _watch(self) -> None:
        last = Array(1, 0)
        zero_memory(self.sets, 3 * SET_BYTES)
        curl.get_descriptors(self.group, self.sets, self.sets + SET_BYTES, self.sets + 2 * SET_BYTES, last)
        count = (last[0] + 1) & 0xFFFFFFFF  # the highest number, an int of C, is -1 where there is none
        for descriptor in range(min(count, DESCRIPTORS)):
            interest = self._bit(0, descriptor) * READABLE | self._bit(1, descriptor) * WRITABLE
            if interest != 0:
                self.watches.append(self.loop().watch(descriptor, interest, self))
        limit = Array(1, 0)
        curl.get_timeout(self.group, limit)
        milliseconds: int = limit[0]
        if len(self.watches) == 0 and (milliseconds < 0 or milliseconds > NOTHING_KNOWN):
            milliseconds = NOTHING_KNOWN
        if milliseconds >= 0:
            loop = self.loop()
            self.timer = loop.add_timer(loop.clock.now() + milliseconds * NANOSECONDS, self)

    def _bit(self, which: int, descriptor: int) -> int:
        return load8(self.sets + which * SET_BYTES + (descriptor >> 3)) >> (descriptor & 7) & 1

    def _stop_watching(self) -> None:
        for watch in self.watches:
            self.loop().forget(watch)
        self.watches.clear()
        timer = self.timer
        if timer is not None:
            timer.cancel()
            self.timer = None
