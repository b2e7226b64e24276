"""Which constants a draft has: a hash table of kinds and words, emptied and used again for the next draft."""

from typing import Final, final

from tracewright.core.arrays import Array
from tracewright.core.integers import urshift, wrap_add, wrap_mul
from tracewright.jit.trace.trace import Trace

_FIRST_SIZE: Final = 64  # a power of two
_MULTIPLIER: Final = 0x2545F4914F6CDD1D  # odd, its bits well mixed


@final
class ConstantTable:
    """Open addressing; an entry is the number of a constant of the trace plus 1, 0 where there is none."""

    def __init__(self) -> None:
        self._entries: Array[int] = Array(_FIRST_SIZE, 0)

    def find(self, trace: Trace, kind: int, word: int) -> int:
        """The number of this constant, -1 where the trace does not have it."""
        entries = self._entries
        place = self._first_place(kind, word)
        while entries[place] != 0:
            number = entries[place] - 1
            if trace.constants[number] == word and trace.constant_kinds[number] == kind:
                return number
            place = (place + 1) & (len(entries) - 1)
        return -1

    def enter(self, trace: Trace, number: int) -> None:
        """The trace has a new constant of this number, its last."""
        if 2 * (number + 1) > len(self._entries):
            self._entries = Array(2 * len(self._entries), 0)
            for older in range(number):
                self._place(trace, older)
        self._place(trace, number)

    def clear(self) -> None:
        """There are no constants."""
        entries = self._entries
        for place in range(len(entries)):
            entries[place] = 0

    def _place(self, trace: Trace, number: int) -> None:
        entries = self._entries
        place = self._first_place(trace.constant_kinds[number], trace.constants[number])
        while entries[place] != 0:
            place = (place + 1) & (len(entries) - 1)
        entries[place] = number + 1

    def _first_place(self, kind: int, word: int) -> int:
        mixed = wrap_mul(wrap_add(word, kind), _MULTIPLIER)
        return urshift(mixed, 32) & (len(self._entries) - 1)
