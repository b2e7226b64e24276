"""`StringBuilder`: text that grows at its end, each append at constant cost per code point."""

from typing import final

from tracewright.core.integers import MIN_INT, udiv
from tracewright.core.text import StrBuffer, code_at, width_of
from tracewright.hints import dont_look_inside
from tracewright.lib.digits import digit_count


@final
class StringBuilder:
    """Text under construction. `build` may be called any time; appending may go on afterwards.

    The room is as wide as what has been appended needs and no wider, so that `build` need not look at it. Building
    gives the room away; the text that was built then stands in for it until something more is appended.
    """

    def __init__(self) -> None:
        self.room: StrBuffer | None = None
        self.built: str = ""  # all that was appended, while there is no room
        self.width = 1
        self.capacity = 0
        self.length = 0

    def __len__(self) -> int:
        return self.length

    @dont_look_inside
    def append(self, text: str) -> None:
        """Add a text. A call for traces: it has as many ways as widths and sizes of texts."""
        count = len(text)
        if count == 1:
            self.append_code(code_at(text, 0))
        elif count > 0:
            self._room(count, width_of(text)).put_range(self.length, text, 0, count)
            self.length += count

    def append_between(self, code: int, text: str) -> None:
        """Add a text between two of one code point below 256."""
        count = len(text)
        place = self.length
        room = self._room(count + 2, width_of(text))
        room.put(place, code)
        room.put_range(place + 1, text, 0, count)
        room.put(place + count + 1, code)
        self.length = place + count + 2

    def append_slice(self, text: str, start: int, stop: int) -> None:
        """Add `text[start:stop]`; the range must lie inside the text."""
        count = stop - start
        if count > 0:
            self._room(count, needed_width(text, start, stop)).put_range(self.length, text, start, count)
            self.length += count

    def append_code(self, code: int) -> None:
        """Add one code point."""
        self._room(1, width_for(code)).put(self.length, code)
        self.length += 1

    @dont_look_inside
    def append_decimal(self, number: int) -> None:
        """Add the decimal text of a number."""
        if number < 0:
            if number == MIN_INT:
                self.append("-9223372036854775808")
                return
            self.append_code(45)
            number = -number
        count = digit_count(number)
        room = self._room(count, 1)
        if self.width == 1:
            room.put_decimal(self.length, count, number)
        else:
            for place in range(self.length + count - 1, self.length - 1, -1):
                quotient = udiv(number, 10)
                room.put(place, 48 + number - quotient * 10)
                number = quotient
        self.length += count

    def append_repeated(self, code: int, count: int) -> None:
        """Add one code point `count` times."""
        if count > 0:
            room = self._room(count, width_for(code))
            for index in range(self.length, self.length + count):
                room.put(index, code)
            self.length += count

    def _room(self, count: int, width: int) -> StrBuffer:
        """Where there is place for so much more."""
        room = self.room
        if room is not None and self.length + count <= self.capacity and width <= self.width:
            return room
        return self._new_room(self.length + count, width)

    def _new_room(self, needed: int, width: int) -> StrBuffer:
        room = self.room
        text = self.built if room is None else room.finish()
        if room is None or needed > self.capacity:
            self.capacity = needed + (needed if needed < 1024 else needed >> 1) + 16
        if width > self.width:
            self.width = width
        larger = StrBuffer(self.width, self.capacity)
        larger.put_range(0, text, 0, self.length)
        self.room = larger
        self.built = ""
        return larger

    def build(self) -> str:
        """What has been appended so far."""
        room = self.room
        if room is not None:
            if self.capacity - self.length <= self.length >> 1:
                room.shorten(self.length)
                self.built = room.finish()
            else:
                self.built = self.front(self.length)
            self.room = None
            self.capacity = 0
        return self.built

    def front(self, length: int) -> str:
        """A copy of the first `length` code points."""
        room = self.room
        text = self.built if room is None else room.finish()
        result = StrBuffer(needed_width(text, 0, length), length)
        result.put_range(0, text, 0, length)
        return result.finish()

    def clear(self) -> None:
        """Start again with nothing."""
        self.room = None
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
