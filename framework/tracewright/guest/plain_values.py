"""Plain values as bytes: what crosses the border between a host program and an embedded language.

    [1, {"a": None}]        LIST 2  INT 1  TABLE 1  TEXT 1 'a' NOTHING

A tag byte, then the contents; counts, ints and the bits of floats are eight bytes, the lowest first. Both sides use these two
classes: the host under CPython, the language natively.
"""

from typing import Final, final

from tracewright.core.integers import bits_of_float, float_of_bits

NOTHING: Final = 0
FALSE: Final = 1
TRUE: Final = 2
INT: Final = 3
FLOAT: Final = 4
TEXT: Final = 5
LIST: Final = 6  # followed by so many values
TABLE: Final = 7  # followed by so many pairs of a text, without its tag, and a value


@final
class PlainWriter:
    """Collects the bytes of values, in order."""

    def __init__(self) -> None:
        self.data: bytearray = bytearray()

    def put_nothing(self) -> None:
        self.data.append(NOTHING)

    def put_truth(self, flag: bool) -> None:
        self.data.append(TRUE if flag else FALSE)

    def put_int(self, number: int) -> None:
        self.data.append(INT)
        self.put_word(number)

    def put_float(self, number: float) -> None:
        self.data.append(FLOAT)
        self.put_word(bits_of_float(number))

    def put_text(self, text: str) -> None:
        self.data.append(TEXT)
        self.put_key(text)

    def put_list(self, count: int) -> None:
        """The head of a list; its values follow."""
        self.data.append(LIST)
        self.put_word(count)

    def put_table(self, count: int) -> None:
        """The head of a table; its pairs follow: `put_key`, then the value."""
        self.data.append(TABLE)
        self.put_word(count)

    def put_key(self, text: str) -> None:
        """A text without a tag."""
        data = text.encode()
        self.put_word(len(data))
        self.data.extend(data)

    def put_word(self, number: int) -> None:
        """Eight bytes without a tag."""
        for shift in range(0, 64, 8):
            self.data.append(number >> shift & 255)

    def finish(self) -> bytes:
        """All of it."""
        return bytes(self.data)


@final
class PlainReader:
    """Reads what a PlainWriter wrote: `take_tag`, then what the tag says. Raises IndexError at the end."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.position = 0

    def take_tag(self) -> int:
        """What comes next; also passes NOTHING, FALSE and TRUE."""
        tag = self.data[self.position]
        self.position += 1
        return tag

    def take_word(self) -> int:
        """Eight bytes: an int, or the count of a list or table."""
        result = 0
        for shift in range(0, 56, 8):
            result |= self.take_tag() << shift
        highest = self.take_tag()
        return result | (highest - 256 if highest > 127 else highest) << 56

    def take_float(self) -> float:
        return float_of_bits(self.take_word())

    def take_text(self) -> str:
        length = self.take_word()
        start = self.position
        self.position = start + length
        return self.data[start : self.position].decode()
