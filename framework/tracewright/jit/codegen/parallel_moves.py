"""Moves that happen at the same time, put into an order in which none destroys the source of another.

(a <- b, b <- a, c <- b)   ->   c <- b, scratch <- a, a <- b, b <- scratch
"""

from abc import abstractmethod
from typing import Final, final

from tracewright.jit.codegen.locations import is_constant


class Mover:
    """What can move one word between locations. It must not touch the flags of the machine."""

    @abstractmethod
    def move(self, target: int, source: int) -> None:
        """Any register or slot from any other, also between words and floats (bit for bit). Between two slots it may use a
        private scratch register, which is not `scratch()`."""

    @abstractmethod
    def load_constant(self, target: int, constant: int) -> None:
        """Constant number `constant` of the trace into a register or slot. It may use `scratch()`."""

    @abstractmethod
    def scratch(self) -> int:
        """A register that holds no value and that `move` leaves alone."""


_PENDING: Final = 0
_DONE: Final = 1


@final
class ParallelMoves:
    """A set of moves. Targets are distinct; sources may repeat and may be constants (`LOCATION_CONSTANT + n`)."""

    def __init__(self) -> None:
        self.targets: list[int] = []
        self.sources: list[int] = []
        self._state: list[int] = []

    def add(self, target: int, source: int) -> None:
        if target != source:
            self.targets.append(target)
            self.sources.append(source)

    def is_empty(self) -> bool:
        """Whether everything is in its place already."""
        return len(self.targets) == 0

    def perform(self, mover: Mover) -> None:
        """Do all of them through `mover`."""
        self._state = [_PENDING] * len(self.targets)
        while self._perform_free(mover):
            pass
        self._break_cycles(mover)
        # A constant waits for nothing, but its target may have been the source of others.
        for k in range(len(self.targets)):
            if is_constant(self.sources[k]):
                mover.load_constant(self.targets[k], self.sources[k])

    def _perform_free(self, mover: Mover) -> bool:
        """Do each move whose target nothing pending reads; says whether there was one."""
        progress = False
        for k in range(len(self.targets)):
            if self._state[k] == _PENDING and not is_constant(self.sources[k]) and not self._is_read(self.targets[k]):
                mover.move(self.targets[k], self.sources[k])
                self._state[k] = _DONE
                progress = True
        return progress

    def _is_read(self, location: int) -> bool:
        for k in range(len(self.targets)):
            if self._state[k] == _PENDING and self.sources[k] == location:
                return True
        return False

    def _break_cycles(self, mover: Mover) -> None:
        """Only cycles are left: move one target's old content aside, then follow the cycle round."""
        for k in range(len(self.targets)):
            if self._state[k] == _PENDING and not is_constant(self.sources[k]):
                first = self.targets[k]
                mover.move(mover.scratch(), first)
                at = k
                while self.sources[at] != first:
                    mover.move(self.targets[at], self.sources[at])
                    self._state[at] = _DONE
                    at = self._pending_into(self.sources[at])
                mover.move(self.targets[at], mover.scratch())
                self._state[at] = _DONE

    def _pending_into(self, target: int) -> int:
        for k in range(len(self.targets)):
            if self._state[k] == _PENDING and self.targets[k] == target:
                return k
        raise AssertionError("a parallel move that is neither free nor on a cycle")
