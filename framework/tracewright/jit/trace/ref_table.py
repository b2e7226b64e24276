"""A number for some refs of a trace, kept beside it."""

from typing import final

from tracewright.hints import inlined


@final
class RefTable:
    """Every ref has the `default` until it is given another number. Emptied and used again, it keeps its memory."""

    def __init__(self, default: int) -> None:
        self.default = default
        self._numbers: list[int] = []  # instructions at even places, constants at odd ones

    @inlined
    def get(self, ref: int) -> int:
        """The number of the ref."""
        place = 2 * ref if ref >= 0 else 2 * ~ref + 1
        return self._numbers[place] if place < len(self._numbers) else self.default

    def set(self, ref: int, number: int) -> None:
        """Give the ref another number."""
        place = 2 * ref if ref >= 0 else 2 * ~ref + 1
        while len(self._numbers) <= place:
            self._numbers.append(self.default)
        self._numbers[place] = number

    def clear(self) -> None:
        """All refs have the default again."""
        del self._numbers[:]
