"""A line that is edited while it is typed: cursor keys, history, completion of names, in one line of any terminal.

    name> print tot|            <tab>        name> print total|

The keys are those of Emacs and of every shell: arrows, Home, End, Delete; Ctrl-A E B F P N D K U W Y T L; Alt-B F D; Ctrl with arrows.
A text that is longer than the line is shown in part. Each code point counts as one column.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, final

from tracewright.guest.keys import END, KeyReader

CLEAR_SCREEN: Final = "\x1b[2J\x1b[H"
_CLEAR_TO_END: Final = "\x1b[K"
_INDENT: Final = "    "  # what the tab key gives where there is nothing to complete
_MOST_SHOWN: Final = 200  # names
NARROWEST: Final = 20


class Abandoned(Exception):
    """Ctrl-C: the line is given up."""


class Screen:
    """Where the line is shown."""

    def write(self, text: str) -> None:
        """Show at once."""
        raise NotImplementedError

    def columns(self) -> int:
        """How wide it is."""
        raise NotImplementedError


@final
class LineEditor:
    """Reads lines from `keys` and remembers them in `history`. `names` gives what a name can be completed to, for the text before it."""

    def __init__(self, keys: KeyReader, screen: Screen, history: list[str], names: Callable[[str], list[str]]) -> None:
        self.history = history
        self._keys = keys
        self._screen = screen
        self._names = names
        self._prompt = ""
        self._text = ""
        self._cursor = 0
        self._place = 0  # in the history; its length stands for the new line
        self._typed = ""  # the new line, while another one is looked at
        self._killed = ""  # what Ctrl-Y puts back
        self._tabs = 0  # pressed one after the other

    def read(self, prompt: str) -> str | None:
        """The next line, without its end; None at the end of the input. Raises Abandoned."""
        self._prompt = prompt
        self._text = ""
        self._cursor = 0
        self._place = len(self.history)
        self._draw()
        while True:
            key = self._keys.next()
            self._tabs = self._tabs + 1 if key == "tab" else 0
            if key == "enter":
                return self._finish()
            if key == END or (key == "delete or end" and self._text == ""):
                self._screen.write("\r\n")
                return None
            if key == "interrupt":
                self._screen.write("^C\r\n")
                raise Abandoned()
            self._press(key)
            self._draw()

    def _finish(self) -> str:
        self._cursor = len(self._text)
        self._draw()
        self._screen.write("\r\n")
        text = self._text
        if text.strip() != "" and (len(self.history) == 0 or self.history[-1] != text):
            self.history.append(text)
        return text

    # --- keys --------------------------------------------------------------------------------------------------------
    def _press(self, key: str) -> None:
        text, cursor = self._text, self._cursor
        match key:
            case "left":
                self._cursor = max(cursor - 1, 0)
            case "right":
                self._cursor = min(cursor + 1, len(text))
            case "word left":
                self._cursor = self._word_start()
            case "word right":
                self._cursor = self._word_end()
            case "line start":
                self._cursor = 0
            case "line end":
                self._cursor = len(text)
            case "up":
                self._recall(self._place - 1)
            case "down":
                self._recall(self._place + 1)
            case "tab":
                self._complete()
            case "yank":
                self._insert(self._killed)
            case "clear screen":
                self._screen.write(CLEAR_SCREEN)
            case _:
                self._remove_or_insert(key)

    def _remove_or_insert(self, key: str) -> None:
        cursor, length = self._cursor, len(self._text)
        match key:
            case "backspace":
                self._remove(cursor - 1, cursor)
            case "delete" | "delete or end":
                self._remove(cursor, cursor + 1)
            case "kill to end":
                self._kill(cursor, length)
            case "kill to start":
                self._kill(0, cursor)
            case "kill word":
                self._kill(self._word_start(), cursor)
            case "kill word right":
                self._kill(cursor, self._word_end())
            case "swap":
                self._swap()
            case _:
                if len(key) == 1:
                    self._insert(key)

    def _insert(self, text: str) -> None:
        self._text = self._text[: self._cursor] + text + self._text[self._cursor :]
        self._cursor += len(text)

    def _remove(self, start: int, end: int) -> None:
        if 0 <= start < end <= len(self._text):
            self._text = self._text[:start] + self._text[end:]
            self._cursor = start

    def _kill(self, start: int, end: int) -> None:
        self._killed = self._text[start:end]
        self._remove(start, end)

    def _swap(self) -> None:
        """The characters on both sides of the cursor; at the end the last two."""
        end = min(self._cursor + 1, len(self._text))
        if end >= 2:
            self._text = self._text[: end - 2] + self._text[end - 1] + self._text[end - 2] + self._text[end:]
            self._cursor = end

    def _word_start(self) -> int:
        place = self._cursor
        while place > 0 and not is_word_character(self._text[place - 1]):
            place -= 1
        while place > 0 and is_word_character(self._text[place - 1]):
            place -= 1
        return place

    def _word_end(self) -> int:
        place = self._cursor
        while place < len(self._text) and not is_word_character(self._text[place]):
            place += 1
        while place < len(self._text) and is_word_character(self._text[place]):
            place += 1
        return place

    def _recall(self, place: int) -> None:
        """Another line of the history, or the new one behind its end."""
        if not 0 <= place <= len(self.history):
            return
        if self._place == len(self.history):
            self._typed = self._text
        self._place = place
        self._text = self._typed if place == len(self.history) else self.history[place]
        self._cursor = len(self._text)

    # --- completion --------------------------------------------------------------------------------------------------
    def _complete(self) -> None:
        """Go on with the name before the cursor as far as all candidates agree; shown where the key is pressed again."""
        start = self._cursor
        while start > 0 and is_word_character(self._text[start - 1]):
            start -= 1
        begun = self._text[start : self._cursor]
        before = self._text[:start]
        if begun == "" and not before.endswith("."):
            if self._text[: self._cursor].strip() == "":
                self._insert(_INDENT)
            return
        found = candidates(begun, self._names(before))
        if len(found) == 0:
            return
        common = found[0]
        for name in found:
            while not name.startswith(common):
                common = common[:-1]
        self._insert(common[len(begun) :])
        if self._tabs > 1 and len(found) > 1:
            shown = found[:_MOST_SHOWN]
            rest: list[str] = [] if len(shown) == len(found) else [f"... {len(found) - len(shown)} more"]
            self._screen.write("\r\n" + "  ".join([*shown, *rest]) + "\r\n")

    # --- showing -----------------------------------------------------------------------------------------------------
    def _draw(self) -> None:
        """The prompt and as much of the text as there is room for, with the cursor in it."""
        room = max(self._screen.columns(), NARROWEST) - len(self._prompt) - 1
        first = max(self._cursor - room, 0)
        shown = self._text[first : first + room]
        column = len(self._prompt) + self._cursor - first
        forward = f"\x1b[{column}C" if column > 0 else ""
        self._screen.write("\r" + self._prompt + shown + _CLEAR_TO_END + "\r" + forward)


def is_word_character(character: str) -> bool:
    """Whether names are made of it, in most languages."""
    return character.isalnum() or character == "_"


def candidates(begun: str, names: list[str]) -> list[str]:
    """The names that begin so, each once, in alphabetical order."""
    found: dict[str, bool] = {}
    for name in names:
        if name.startswith(begun):
            found[name] = True
    return sorted(list(found))


def names_in(text: str) -> list[str]:
    """The names that a text mentions: for completion in a language that keeps no list of its own."""
    names: list[str] = []
    start = 0
    for place in range(len(text) + 1):
        if place == len(text) or not is_word_character(text[place]):
            if place > start and not text[start].isdigit():
                names.append(text[start:place])
            start = place + 1
    return names
