"""Waiting that is used to collect garbage: a program that waits gives memory back which it will not miss.

    waiting = IdleWaiting()
    while ...: waiting.wait(requests, count, nanoseconds)

Nobody knows how long a wait will last, so the first part of one is only that. If nothing has come by then, the collector gets a few milliseconds,
again and again until it has nothing to do; after each it is looked whether something has come.
"""

from typing import Final, final

from tracewright.core.arrays import Array
from tracewright.core.system import wait_for_descriptors
from tracewright.core.weak import collect_while_idle

# Nanoseconds in which nothing comes before the collector gets its turn, or half of a shorter wait.
PATIENCE: Final = 100_000_000
SHORT: Final = 10_000_000  # waits that end at a time nearer than that are left alone


@final
class IdleWaiting:
    """One place where a program waits."""

    def __init__(self) -> None:
        self._patience = PATIENCE  # -1: there is nothing to collect

    def wait(self, requests: Array[int], count: int, nanoseconds: int) -> int:
        """As `wait_for_descriptors` of `core.system`, but it may end sooner, with 0: call it again for what is left of the time."""
        if self._patience < 0 or 0 <= nanoseconds < SHORT:
            self._patience = PATIENCE
            return wait_for_descriptors(requests, count, nanoseconds)
        patience = self._patience if nanoseconds < 0 else min(self._patience, nanoseconds >> 1)
        ready = wait_for_descriptors(requests, count, patience)
        self._patience = collect_while_idle() if ready == 0 else PATIENCE
        return ready
