"""A language inside another process: requests of the host, answered one at a time.

A language that can be embedded makes a prebuilt `EmbeddedLanguage`, and in its target module a function

    def library() -> int:
        return serve(EMBEDDED)

which is the entry of `tracewright build NAME --library` and runs once for each request.
"""

from typing import final

from tracewright.core.embedding import Request, give_reply, take_request
from tracewright.jit import control
from tracewright.lib.plain_values import PlainReader, PlainWriter


@final
class EmbeddingError(Exception):
    """A call that the language could not finish; the message is for the host's programmer."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class EmbeddedLanguage:
    """What a language does for its host. It keeps its globals from one request to the next."""

    def run(self, source: str) -> int:
        """Run a program among the globals there are; gives the exit code that the language's command would."""
        raise NotImplementedError("run")

    def call(self, name: str, arguments: PlainReader, count: int, result: PlainWriter) -> None:
        """Call a global function with `count` arguments and write its result. Raises EmbeddingError."""
        raise NotImplementedError("call")

    def reset(self) -> None:
        """Forget all globals."""
        raise NotImplementedError("reset")


def serve(language: EmbeddedLanguage) -> int:
    """Answer the host's request."""
    give_reply(answer(language, take_request()))
    return 0


def answer(language: EmbeddedLanguage, request: bytes) -> bytes:
    """The reply to one request."""
    reader = PlainReader(request)
    writer = PlainWriter()
    match reader.take_word():
        case Request.RUN:
            writer.put_word(language.run(reader.take_text()))
        case Request.CALL:
            _call(language, reader, writer)
        case Request.RESET:
            language.reset()
        case Request.CONFIGURE:
            writer.put_key(control.configure(reader.take_text()))
        case Request.STATISTICS:
            writer.put_key(control.statistics())
        case Request.TRACE_LOG:
            writer.put_key(control.trace_log())
        case _:
            raise AssertionError("unknown request")
    return writer.finish()


def _call(language: EmbeddedLanguage, reader: PlainReader, writer: PlainWriter) -> None:
    name = reader.take_text()
    count = reader.take_word()
    result = PlainWriter()
    try:
        language.call(name, reader, count, result)
    except EmbeddingError as error:
        writer.put_truth(False)
        writer.put_key(error.message)
        return
    writer.put_truth(True)
    writer.data.extend(result.finish())
