"""Writing JSON, one value after the other, with nothing to hold in between.

writer = JsonWriter()
writer.begin("{")
writer.key("name")
writer.text("fib")
writer.key("sizes")
writer.begin("[")
writer.number(3)
writer.end("]")
writer.end("}")
writer.take()                  {"name":"fib","sizes":[3]}
"""

from typing import Final, final

from tracewright.core.text import code_at
from tracewright.lib.builder import StringBuilder

_HEX: Final = "0123456789abcdef"


@final
class JsonWriter:
    """A JSON text under construction. Who calls sees to it that brackets match and keys alternate with values."""

    def __init__(self) -> None:
        self._text = StringBuilder()
        self._follows = False  # whether the next key or item has one before it, and needs a comma

    def begin(self, bracket: str) -> None:
        """Open an object or an array."""
        self._item(bracket)
        self._follows = False

    def end(self, bracket: str) -> None:
        """Close it."""
        self._text.append(bracket)
        self._follows = True

    def key(self, name: str) -> None:
        """The name of the value that comes next in an object. It needs no escapes."""
        self._item(f'"{name}":')
        self._follows = False

    def text(self, value: str) -> None:
        """A string."""
        self._item('"')
        _escape(value, self._text)
        self._text.append('"')

    def number(self, value: int) -> None:
        """An int."""
        self._item(str(value))

    def truth(self, value: bool) -> None:
        """`true` or `false`."""
        self._item("true" if value else "false")

    def nothing(self) -> None:
        """`null`."""
        self._item("null")

    def take(self) -> str:
        """The text so far; the writer begins anew."""
        text = self._text.build()
        self._text = StringBuilder()
        self._follows = False
        return text

    def _item(self, text: str) -> None:
        if self._follows:
            self._text.append(",")
        self._text.append(text)
        self._follows = True


def _escape(value: str, text: StringBuilder) -> None:
    """What JSON does not take as it is: quotes, backslashes, control characters; and halves of surrogate pairs, which UTF-8 has not."""
    start = 0
    for index in range(len(value)):
        code = code_at(value, index)
        if code >= 32 and code != 34 and code != 92 and not 0xD800 <= code < 0xE000:
            continue
        text.append_slice(value, start, index)
        start = index + 1
        if code == 34 or code == 92:
            text.append("\\")
            text.append_code(code)
        else:
            text.append("\\u")
            for shift in (12, 8, 4, 0):
                text.append(_HEX[(code >> shift) & 15])
    text.append_slice(value, start, len(value))
