"""The switches about the JIT and the collector that every language's command has, and what they make it write at the end.

--jit NAME=VALUE,...   --gc NAME=VALUE,...   --jit-stats, --stats   --jit-log FILE
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.system import write_error, write_file
from tracewright.guest import collector_settings
from tracewright.guest.sources import errno_of, shown_word, system_reason
from tracewright.jit import control

_VALUED: Final = (b"--jit", b"--gc", b"--jit-log")


@final
class UnwritableLog(Exception):
    """The traces cannot be written to the file that was asked for. `reason` is what the system says, `errno` its number for it."""

    def __init__(self, path: str, reason: str, errno: int) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason
        self.errno = errno


@final
class RunSettings:
    """What the switches have said so far. The knobs themselves are set at once."""

    def __init__(self) -> None:
        self.statistics = False
        self.log = b""

    def takes(self, word: bytes) -> bool:
        """Whether the word is one of the switches without a value; then it has been heeded."""
        if word == b"--jit-stats" or word == b"--stats":
            self.statistics = True
            return True
        return False

    def takes_value(self, word: bytes) -> bool:
        """Whether the word is one of the switches with a value, for `set`."""
        return word in _VALUED

    def set(self, word: bytes, value: bytes) -> str:
        """Heed a switch with its value; gives what is wrong with that, or nothing."""
        if word == b"--jit-log":
            self.log = value
            return ""
        configure = collector_settings.configure if word == b"--gc" else control.configure
        return configure(shown_word(value))

    def start(self) -> None:
        """Begin to measure, just before the program runs, if anybody wants to know: each look at a clock takes as long as an exit."""
        if self.statistics:
            control.measure()

    def report(self) -> None:
        """Write what was asked for, behind the program's output. Raises UnwritableLog."""
        if self.statistics:
            write_error((control.statistics() + collector_settings.statistics()).encode())
        if len(self.log) > 0:
            try:
                write_file(self.log, control.trace_log().encode())
            except OSError as error:
                raise UnwritableLog(shown_word(self.log), system_reason(error), errno_of(error))
