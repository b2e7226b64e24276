"""A language inside another process: requests of the host, answered one at a time.

The entry function of a library runs once for each request. It is the function `library` of the language's target module,

    def library() -> int:
        serve(EMBEDDED)  # a prebuilt GuestLanguage: what it keeps is kept from request to request
        return 0

or else its `main`, which need only be that of `guest/command.py`.
"""

from typing import Final

from tracewright.core.embedding import Request, give_reply, take_request
from tracewright.guest.diagnostics import SourceError, located
from tracewright.guest.language import EmbeddingError, GuestLanguage, NotSupported, output_problem, run_reporting
from tracewright.guest.plain_values import PlainReader, PlainWriter
from tracewright.guest.sources import shown_word
from tracewright.jit import control

FILE_NAME: Final = "<embedded>"


def serve(language: GuestLanguage) -> bool:
    """Answer the host's request; False where there is no host, because the process is the program's own."""
    request = take_request()
    if request is None:
        return False
    give_reply(answer(language, request))
    return True


def answer(language: GuestLanguage, request: bytes) -> bytes:
    """The reply to one request."""
    reader = PlainReader(request)
    writer = PlainWriter()
    match reader.take_word():
        case Request.RUN:
            # Without the lines of the text: the mistake may be in a function of an earlier program.
            writer.put_word(run_reporting(language, reader.take_text(), FILE_NAME, ""))
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


def _call(language: GuestLanguage, reader: PlainReader, writer: PlainWriter) -> None:
    """True and the result; False and what went wrong in the guest; or nothing, and why it is not supported."""
    name = reader.take_text()
    count = reader.take_word()
    result = PlainWriter()
    problem = ""
    try:
        language.answer_call(name, reader, count, result)
    except EmbeddingError as error:
        problem = error.message
    except SourceError as mistake:
        problem = located(mistake, FILE_NAME)
    except OSError as lost:
        problem = shown_word(output_problem(lost)).rstrip("\n")
    except MemoryError:
        problem = "out of memory"
    except RecursionError:
        problem = "too deeply nested"
    except NotSupported as missing:
        writer.put_nothing()
        writer.put_key(str(missing))
        return
    writer.put_truth(problem == "")
    if problem != "":
        writer.put_key(problem)
    else:
        writer.data.extend(result.finish())
