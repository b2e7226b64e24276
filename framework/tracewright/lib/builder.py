"""`StringBuilder`: text that grows at its end, each append at constant cost per code point."""

from typing import final

from tracewright.core.text import StrBuffer, code_at, width_of


@final
class StringBuilder:
    """Text under construction. `build` may be called any time; appending may go on afterwards.

    The room is as wide as what has been appended needs and no wider, so that `build` need not look at it. Building
    gives the room away; the text that was built then stands in for it (capacity 0) until something more is appended.
    """

    def __init__(self) -> None:
        self.room: StrBuffer = StrBuffer(1, 0)
        self.built: str = ""
        self.width = 1
        self.capacity = 0
        self.length = 0

    def __len__(self) -> int:
        return self.length

    def append(self, text: str) -> None:
        """Add a text."""
        count = len(text)
        if count > 0:
            self._make_room(count, width_of(text))
            self.room.put_range(self.length, text, 0, count)
            self.length += count

    def append_slice(self, text: str, start: int, stop: int) -> None:
        """Add `text[start:stop]`; the range must lie inside the text."""
        count = stop - start
        if count > 0:
            self._make_room(count, needed_width(text, start, stop))
            self.room.put_range(self.length, text, start, count)
            self.length += count

    def append_code(self, code: int) -> None:
        """Add one code point."""
        self._make_room(1, width_for(code))
        self.room.put(self.length, code)
        self.length += 1

    def append_repeated(self, code: int, count: int) -> None:
        """Add one code point `count` times."""
        if count > 0:
            self._make_room(count, width_for(code))
            for index in range(self.length, self.length + count):
                self.room.put(index, code)
            self.length += count

    def _make_room(self, count: int, width: int) -> None:
        needed = self.length + count
        if needed <= self.capacity and width <= self.width:
            return
        text = self.built if self.capacity == 0 else self.room.finish()
        if needed > self.capacity:
            self.capacity = needed + (needed >> 1) + 16
        if width > self.width:
            self.width = width
        self.room = StrBuffer(self.width, self.capacity)
        self.room.put_range(0, text, 0, self.length)
        self.built = ""

    def build(self) -> str:
        """What has been appended so far."""
        if self.capacity > 0:
            text = self.room.finish()
            if self.capacity > self.length:
                result = StrBuffer(self.width, self.length)
                result.put_range(0, text, 0, self.length)
                text = result.finish()
            self.built = text
            self.room = StrBuffer(1, 0)
            self.capacity = 0
        return self.built

    def clear(self) -> None:
        """Start again with nothing."""
        self.room = StrBuffer(1, 0)
        self.built = ""
        self.width = 1
        self.capacity = 0
        self.length = 0


def width_for(code: int) -> int:
    """Bytes that a code point needs."""
    return 1 if code < 0x100 else 2 if code < 0x10000 else 4


def needed_width(text: str, start: int, stop: int) -> int:
    """Bytes per code point that `text[start:stop]` needs."""
    limit = width_of(text)
    width = 1
    while start < stop and width < limit:
        code = code_at(text, start)
        if code >= 0x10000:
            return 4
        if code >= 0x100:
            width = 2
        start += 1
    return width
