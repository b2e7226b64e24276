"""Texts of programs, read from files and from a person at a prompt."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, final

from tracewright.core.system import error_text, flush_output, read_file, read_line, write_output
from tracewright.lib.utf16 import utf8_of_units

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


@final
class Prompt:
    """Asks for input on standard output and reads it from standard input.

    An input goes on over lines while `is_open` says of its text that something waits to be closed; where `blank_ends`, an empty
    line ends it nevertheless.
    """

    def __init__(self, first: str, continuation: str, is_open: Callable[[str], bool], blank_ends: bool) -> None:
        self.first = first
        self.continuation = continuation
        self.is_open = is_open
        self.blank_ends = blank_ends

    def read(self) -> str | None:
        """The next input; None at the end of all. Raises UnicodeDecodeError, after the line that is no UTF-8."""
        say(self.first)
        text = ""
        while True:
            line = read_line()
            if len(line) == 0:
                return text if text != "" else None
            text = text + line.decode()
            if (self.blank_ends and line == b"\n") or not self.is_open(text):
                return text
            say(self.continuation)


def say(text: str) -> None:
    """Write to standard output at once."""
    write_output(utf8_of_units(text))
    flush_output()
