"""A prompt: what a person types, line by line until nothing is open, edited where there is a terminal.

Where standard input or output is none, or TERM says `dumb`, lines are read as they come. The history is kept from session to session
in `~/.NAME_history`; that it cannot be read or written is no reason to complain.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, final

from tracewright.core.system import (
    environment_variable,
    flush_output,
    is_terminal,
    read_file,
    read_line,
    write_file,
    write_output,
)
from tracewright.core.terminal import read_keys, set_raw_input, terminal_columns
from tracewright.guest.keys import KeyReader
from tracewright.guest.line_editor import Abandoned, LineEditor, Screen, names_in
from tracewright.lib.utf16 import utf8_of_units

MOST_REMEMBERED: Final = 1000  # lines


def say(text: str) -> None:
    """Write to standard output at once."""
    write_output(utf8_of_units(text))
    flush_output()


@final
class Terminal(Screen):
    """Standard output."""

    def write(self, text: str) -> None:
        say(text)

    def columns(self) -> int:
        return terminal_columns()


@final
class Prompt:
    """Asks for input on standard output and reads it from standard input.

    An input goes on over lines while `is_open` says of its text that something waits to be closed; where `blank_ends`, an empty
    line ends it nevertheless. `names` gives what a name can be completed to, for the text before it in its line, besides names of earlier
    inputs; of what stands behind a point, these are none.
    """

    def __init__(
        self,
        name: str,
        continuation: str,
        is_open: Callable[[str], bool],
        blank_ends: bool,
        names: Callable[[str], list[str]],
    ) -> None:
        self.first = name + "> "
        self.continuation = continuation
        self.is_open = is_open
        self.blank_ends = blank_ends
        self._names = names
        self._mentioned: list[str] = []  # names in earlier inputs
        self._history_file = _history_file(name)
        self._editor: LineEditor | None = None
        if is_terminal(0) and is_terminal(1) and environment_variable(b"TERM") != b"dumb":
            history = _read_history(self._history_file)
            self._editor = LineEditor(KeyReader(lambda: read_keys()), Terminal(), history, self._all_names)

    def read(self) -> str | None:
        """The next input; None at the end of all. Raises UnicodeDecodeError, after the line that is no UTF-8."""
        while True:
            try:
                text = self._input()
            except Abandoned:
                continue
            if text is not None:
                self._mentioned.extend(names_in(text))
            return text

    def close(self) -> None:
        """Keep the history for the next session."""
        editor = self._editor
        if editor is not None and len(self._history_file) > 0:
            lines = editor.history[max(len(editor.history) - MOST_REMEMBERED, 0) :]
            try:
                write_file(self._history_file, utf8_of_units("".join([line + "\n" for line in lines])))
            except OSError:
                pass

    def _input(self) -> str | None:
        text = ""
        while True:
            line = self._line(self.first if text == "" else self.continuation)
            if line == "":
                return text if text != "" else None
            text = text + line
            if (self.blank_ends and line == "\n") or not self.is_open(text):
                return text

    def _line(self, prompt: str) -> str:
        """The next line with its end; empty at the end of all."""
        editor = self._editor
        flush_output()  # what programs have written wants an ordinary terminal
        if editor is None or not set_raw_input(True):
            say(prompt)
            return read_line().decode()
        try:
            line = editor.read(prompt)
        finally:
            set_raw_input(False)
        return "" if line is None else line + "\n"

    def _all_names(self, before: str) -> list[str]:
        found = self._names(before)
        return found if before.endswith(".") else [*found, *self._mentioned]


def _history_file(name: str) -> bytes:
    """Its path; empty where there is no home."""
    home = environment_variable(b"HOME")
    return b"" if home is None or len(home) == 0 else home + f"/.{name}_history".encode()


def _read_history(path: bytes) -> list[str]:
    if len(path) == 0:
        return []
    try:
        return [line for line in read_file(path).decode().split("\n") if line != ""]
    except (OSError, UnicodeDecodeError):
        return []
