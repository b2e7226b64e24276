"""What a terminal sends when keys are pressed, as keys: characters, and names such as "left" for the others.

b"a\xc3\xa9\x1b[D"   ->   "a", "é", "left"
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, final

END: Final = "end of input"  # no key: nothing more will come
UNKNOWN: Final = "unknown"  # a key without a meaning here

_CONTROLS: Final[dict[int, str]] = {
    1: "line start", 2: "left", 3: "interrupt", 4: "delete or end", 5: "line end", 6: "right", 8: "backspace", 9: "tab", 10: "enter",
    11: "kill to end", 12: "clear screen", 13: "enter", 14: "down", 16: "up", 20: "swap", 21: "kill to start", 23: "kill word", 25: "yank",
    127: "backspace",
}  # fmt: skip
# Behind ESC [ or ESC O; the numbers are those of ESC [ N ~.
_SEQUENCES: Final[dict[str, str]] = {
    "A": "up", "B": "down", "C": "right", "D": "left", "H": "line start", "F": "line end", "1": "line start", "3": "delete", "4": "line end",
    "7": "line start", "8": "line end", "1;5C": "word right", "1;5D": "word left", "1;3C": "word right", "1;3D": "word left",
}  # fmt: skip
_WITH_ALT: Final[dict[str, str]] = {"b": "word left", "f": "word right", "d": "kill word right", "\x7f": "kill word"}
_LONGEST_SEQUENCE: Final = 16


@final
class KeyReader:
    """Keys from bytes that `more` gives, waiting for at least one; none at the end."""

    def __init__(self, more: Callable[[], bytes]) -> None:
        self._more = more
        self._bytes = b""
        self._position = 0

    def next(self) -> str:
        """The next key; END at the end."""
        first = self._byte()
        if first < 0:
            return END
        if first == 27:
            return self._escape()
        if first < 32 or first == 127:
            return _CONTROLS.get(first, UNKNOWN)
        return self._character(first)

    def _byte(self) -> int:
        """The next byte, -1 at the end."""
        if self._position == len(self._bytes):
            self._bytes = self._more()
            self._position = 0
            if len(self._bytes) == 0:
                return -1
        self._position += 1
        return self._bytes[self._position - 1]

    def _escape(self) -> str:
        """A sequence of several bytes comes at once, so an ESC with nothing behind it is the key itself."""
        if self._position == len(self._bytes):
            return UNKNOWN
        second = self._byte()
        if second != 91 and second != 79:  # [ O
            return _WITH_ALT.get(chr(second), UNKNOWN)
        text = ""
        while len(text) < _LONGEST_SEQUENCE:
            code = self._byte()
            if code < 0:
                return END
            if code == 126:  # ~
                return _SEQUENCES.get(text, UNKNOWN)
            text += chr(code)
            if code >= 64:
                break
        return _SEQUENCES.get(text, UNKNOWN)

    def _character(self, first: int) -> str:
        """A character of UTF-8; UNKNOWN for bytes that are none."""
        count = 1 if first < 0xC0 else 2 if first < 0xE0 else 3 if first < 0xF0 else 4 if first < 0xF5 else 1
        data = bytes([first])
        while len(data) < count:
            code = self._byte()
            if code < 0:
                return END
            if code & 0xC0 != 0x80:
                self._position -= 1  # it begins something else
                return UNKNOWN
            data += bytes([code])
        try:
            return data.decode()
        except UnicodeDecodeError:
            return UNKNOWN
