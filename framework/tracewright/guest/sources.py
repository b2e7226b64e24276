"""Texts of programs, read from files; and what the system says, as text."""

from __future__ import annotations

from typing import Final, final

from tracewright.core.system import error_text, read_file

# The `errno` of an UnreadableSource that the system could read.
NOT_TEXT: Final = 0  # it is no UTF-8
TOO_LONG: Final = -1
MOST_BYTES: Final = 1 << 30


@final
class UnreadableSource(Exception):
    """A file that cannot be used as a program. `errno` is what the system said, or NOT_TEXT or TOO_LONG."""

    def __init__(self, reason: str, errno: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.errno = errno


def read_source(path: bytes, most_bytes: int = MOST_BYTES) -> str:
    """The text of a program file. Raises UnreadableSource."""
    try:
        data = read_file(path)
        if len(data) > most_bytes:
            raise UnreadableSource(f"it is longer than {most_bytes} bytes", TOO_LONG)
        return data.decode()
    except OSError as error:
        raise UnreadableSource(system_reason(error), errno_of(error))
    except UnicodeDecodeError:
        raise UnreadableSource("not UTF-8", NOT_TEXT)


def errno_of(error: OSError) -> int:
    """Why the system refused."""
    number: int = error.errno  # type: ignore[assignment]  # system calls always set it
    return number


def system_reason(error: OSError) -> str:
    """The same in the system's words."""
    return shown_word(error_text(errno_of(error)))


def shown_word(word: bytes) -> str:
    """A word of the command line or of the system as text, whatever bytes it has."""
    try:
        return word.decode()
    except UnicodeDecodeError:
        return word.decode("latin-1")
