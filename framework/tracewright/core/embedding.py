"""What a library and its host process hand each other: one request in, one reply out, as bytes (`guest/embedding.py` reads them)."""

from typing import Final, final


@final
class Request:
    """What a request asks; its first word."""

    RUN: Final = 0  # a program's text -> exit code
    CALL: Final = 1  # a name and a list of arguments -> as `_call` in `guest/embedding.py` says
    RESET: Final = 2  # -> nothing
    CONFIGURE: Final = 3  # the JIT's knobs -> what is wrong with them, or an empty text
    STATISTICS: Final = 4  # -> text
    TRACE_LOG: Final = 5  # -> text


def take_request() -> bytes | None:
    """What the host asks; None where there is no host: in an executable, and hosted (call `jit.embedding.answer` there)."""
    return None


def give_reply(reply: bytes) -> None:
    """What the host gets; for a request that was taken."""
    raise RuntimeError("there is no request")
