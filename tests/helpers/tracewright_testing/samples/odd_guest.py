"""A library that answers RUN requests: it reverses most texts, and fails in its own ways on some."""

from tracewright.core.embedding import give_reply, take_request
from tracewright.core.system import leave, write_output
from tracewright.guest.plain_values import PlainReader, PlainWriter


def library() -> int:
    """Answer one request."""
    request = take_request()
    assert request is not None
    reader = PlainReader(request)
    reader.take_word()
    text = reader.take_text()
    if text == "leave":
        leave(3)
    if text == "raise":
        raise ValueError("odd")
    pieces: list[str] = []
    for character in text:
        pieces.append(character)
    pieces.reverse()
    write_output("".join(pieces).encode())
    writer = PlainWriter()
    writer.put_word(len(pieces))
    give_reply(writer.finish())
    return 0
