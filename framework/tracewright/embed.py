"""A built language inside this Python process: run its programs, call its functions, with limits.

    ruff = tracewright.load("ruff")
    ruff.run("func twice(x) { return [x, x] }  print(twice(1))")     Result(exit_code=0, stdout='[1, 1]\\n', stderr='')
    ruff.call("twice", {"a": 2.5})                                   [{'a': 2.5}, {'a': 2.5}]

The language is a shared library (`tracewright build NAME --library`) with its own heap, stack and machine code; nothing
of it is Python. Its heap has a fixed address, so a process has room for one language; `reset` starts it afresh. Requests
run on a thread of their own while the caller waits: so a time limit and Ctrl-C can interrupt a guest that never returns.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, final

from cffi import FFI

from tracewright.core.embedding import Request
from tracewright.guest import plain_values
from tracewright.guest.plain_values import PlainReader, PlainWriter
from tracewright.tools.executables import built_library
from tracewright.tools.languages import language_named
from tracewright.tools.trace_log import TraceLog, read_log

Plain = bool | int | float | str | None | Sequence["Plain"] | Mapping[str, "Plain"]

DECLARATIONS: Final = """
    const char *tw_library_start(void);
    int tw_library_request(const char *data, int64_t length, const char *input, int64_t input_length,
                           int64_t memory_limit, int64_t bytes_of_output);
    void tw_library_interrupt(void);
    const char *tw_library_text(int kind, int64_t *length);
"""
# As in runtime/library.c: how a request ended, and which text of it is meant.
ANSWERED, INTERRUPTED, UNCAUGHT, DEAD, OUTPUT_FULL = range(5)
REPLY, OUTPUT, ERRORS, MESSAGE = range(4)

INTERRUPT_AGAIN_SECONDS: Final = 0.05  # a guest may have been between two polls, or have caught the first interrupt
OUTPUT_LIMIT: Final = 64 << 20


@final
@dataclass(frozen=True, slots=True)
class Result:
    """How a program ended, and what it wrote."""

    exit_code: int
    stdout: str
    stderr: str


class EmbedError(Exception):
    """Something went wrong between host and language; `stdout` and `stderr` are what the request wrote before."""

    def __init__(self, message: str, stdout: str = "", stderr: str = "") -> None:
        super().__init__(message)
        self.stdout: Final = stdout
        self.stderr: Final = stderr


@final
class GuestError(EmbedError):
    """A called function failed; the message is the guest's."""


@final
class Unsupported(EmbedError):
    """The language lacks this: only some can be called into."""


@final
class LimitExceeded(EmbedError):
    """The request was ended because of its time limit or its output limit. The language can go on."""


@final
class LanguageDied(EmbedError):
    """An internal error, or memory so short that nothing could be freed: this process can use the language no more."""


@final
@dataclass(frozen=True, slots=True)
class Limits:
    """What a request may use: bytes of live memory, seconds, bytes of output. None: what the machine has."""

    memory: int | None = None
    seconds: float | None = None
    output: int = OUTPUT_LIMIT

    def replaced(self, memory: int | None, seconds: float | None) -> Limits:
        """With those that a request brings itself."""
        return Limits(
            self.memory if memory is None else memory, self.seconds if seconds is None else seconds, self.output
        )


def load(language: str | Path, limits: Limits) -> EmbeddedLanguage:
    """Load a language by its name or its package's path (built first where the cache has no library of it), or from the path
    of a built library (`.so`).

    The limits hold for each request; those given to `run` and `call` go before them.
    """
    path = Path(language)
    library = path if path.suffix == ".so" else built_library(language_named(str(language)))
    return EmbeddedLanguage(library, limits)


@final
class EmbeddedLanguage:
    """One loaded language. What its programs define stays from one request to the next, if the language keeps any of it."""

    def __init__(self, library: Path, limits: Limits) -> None:
        self._limits = limits
        self._ffi = FFI()
        self._ffi.cdef(DECLARATIONS)
        self._library: Any = self._ffi.dlopen(str(library.resolve()))
        problem = self._ffi.string(self._library.tw_library_start()).decode()
        if problem:
            raise EmbedError(f"{library.name}: {problem}")
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="tracewright")
        self._busy = threading.Lock()

    # --- what a host asks --------------------------------------------------------------------------------------------
    def run(
        self, source: str, *, input: str = "", memory_limit: int | None = None, time_limit: float | None = None
    ) -> Result:
        """Run a program with `input` as its standard input."""
        request = _request(Request.RUN)
        request.put_key(source)
        reply, result = self._ask(request, self._limits.replaced(memory_limit, time_limit), input)
        return Result(reply.take_word(), result.stdout, result.stderr)

    def call(
        self, name: str, *arguments: Plain, memory_limit: int | None = None, time_limit: float | None = None
    ) -> Any:
        """Call a global function with plain values; gives its result as one. Raises GuestError, or Unsupported."""
        request = _request(Request.CALL)
        request.put_key(name)
        request.put_word(len(arguments))
        for argument in arguments:
            write_plain(argument, request)
        reply, result = self._ask(request, self._limits.replaced(memory_limit, time_limit))
        tag = reply.take_tag()
        if tag == plain_values.TRUE:
            return read_plain(reply)
        kind = GuestError if tag == plain_values.FALSE else Unsupported
        raise kind(reply.take_text(), result.stdout, result.stderr)

    def reset(self) -> None:
        """Forget all that programs have defined. Machine code and statistics stay."""
        self._ask(_request(Request.RESET), self._limits)

    def configure(self, knobs: str) -> None:
        """Set knobs of the JIT, as `threshold=100,verify=1`. Raises ValueError."""
        request = _request(Request.CONFIGURE)
        request.put_key(knobs)
        reply, _ = self._ask(request, self._limits)
        problem = reply.take_text()
        if problem:
            raise ValueError(problem)

    def statistics(self) -> dict[str, int]:
        """What the JIT has done so far: loops, functions, bridges, guards, machine code bytes, entries, exits, ..."""
        reply, _ = self._ask(_request(Request.STATISTICS), self._limits)
        return counters(reply.take_text())

    def traces(self) -> TraceLog:
        """All traces with their machine code, and what was not compiled and why (`tools/trace_view.py` shows it)."""
        reply, _ = self._ask(_request(Request.TRACE_LOG), self._limits)
        return read_log(reply.take_text())

    # --- how ---------------------------------------------------------------------------------------------------------
    def _ask(self, request: PlainWriter, limits: Limits, text: str = "") -> tuple[PlainReader, Result]:
        """Send a request and wait for its end; gives the reply and what was written."""
        if not self._busy.acquire(blocking=False):
            raise EmbedError("the language is answering another request; it has one thread")
        try:
            data, words = request.finish(), text.encode()
            memory = limits.memory or 0
            answering = self._worker.submit(
                self._library.tw_library_request, data, len(data), words, len(words), memory, limits.output
            )
            timed_out = self._wait(answering, limits.seconds)
            status = answering.result()
            output, errors = (self._text(kind).decode(errors="replace") for kind in (OUTPUT, ERRORS))
            if status != ANSWERED:
                raise self._failure(status, timed_out, limits, output, errors)
            return PlainReader(self._text(REPLY)), Result(0, output, errors)
        finally:
            self._busy.release()

    def _wait(self, answering: Future[int], seconds: float | None) -> bool:
        """Wait for the end of the request, which comes soon after `seconds` or Ctrl-C; whether the time was too short."""
        try:
            answering.result(seconds)
            return False
        except TimeoutError:
            self._interrupt(answering)
            return True
        except KeyboardInterrupt:
            self._interrupt(answering)
            raise

    def _interrupt(self, answering: Future[int]) -> None:
        while not answering.done():
            self._library.tw_library_interrupt()
            try:
                answering.result(INTERRUPT_AGAIN_SECONDS)
            except TimeoutError:
                continue

    def _text(self, kind: int) -> bytes:
        length = self._ffi.new("int64_t *")
        start = self._library.tw_library_text(kind, length)
        return bytes(self._ffi.buffer(start, length[0]))

    def _failure(self, status: int, timed_out: bool, limits: Limits, output: str, errors: str) -> EmbedError:
        message = self._text(MESSAGE).decode(errors="replace")
        if status == DEAD:
            return LanguageDied(message or "the language has died before", output, errors)
        if status == OUTPUT_FULL:
            return LimitExceeded(f"more than {limits.output} bytes of output", output, errors)
        if timed_out:
            return LimitExceeded(f"not done after {limits.seconds} seconds", output, errors)
        return EmbedError(message or "interrupted", output, errors)


def _request(what: int) -> PlainWriter:
    writer = PlainWriter()
    writer.put_word(what)
    return writer


def write_plain(value: Plain, writer: PlainWriter) -> None:
    """Write a plain value. Raises TypeError for any other, OverflowError for an int of more than 64 bits."""
    match value:
        case None:
            writer.put_nothing()
        case bool():
            writer.put_truth(value)
        case int():
            if not -(1 << 63) <= value < 1 << 63:
                raise OverflowError(f"{value} has more than 64 bits")
            writer.put_int(value)
        case float():
            writer.put_float(value)
        case str():
            writer.put_text(value)
        case list() | tuple():
            writer.put_list(len(value))
            for item in value:
                write_plain(item, writer)
        case dict():
            writer.put_table(len(value))
            for key, item in value.items():
                if not isinstance(key, str):
                    raise TypeError(f"keys must be texts, not {type(key).__name__}")
                writer.put_key(key)
                write_plain(item, writer)
        case _:
            raise TypeError(f"{type(value).__name__} is no plain value")


def read_plain(reader: PlainReader) -> Any:
    """Read a plain value: None, bool, int, float, str, or a list or dict of such."""
    tag = reader.take_tag()
    if tag == plain_values.LIST:
        return [read_plain(reader) for _ in range(reader.take_word())]
    if tag == plain_values.TABLE:
        return {reader.take_text(): read_plain(reader) for _ in range(reader.take_word())}
    return _READERS[tag](reader)


_READERS: Final[dict[int, Callable[[PlainReader], Any]]] = {
    plain_values.NOTHING: lambda reader: None,
    plain_values.FALSE: lambda reader: False,
    plain_values.TRUE: lambda reader: True,
    plain_values.INT: PlainReader.take_word,
    plain_values.FLOAT: PlainReader.take_float,
    plain_values.TEXT: PlainReader.take_text,
}


def counters(statistics: str) -> dict[str, int]:
    """The lines of the JIT's statistics that are a name and a count (those with times are for people)."""
    found = {}
    for line in statistics.splitlines():
        name, _, count = line.rpartition(" ")
        if count.isdigit():
            found[name.strip()] = int(count)
    return found
