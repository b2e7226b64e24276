"""When prototypes have changed: what places in the code have learned of them holds for one epoch."""

from __future__ import annotations

from typing import final


@final
class Epoch:
    """How often something has changed that reads may have taken from prototypes: one for all that inherit from one object."""

    def __init__(self) -> None:
        self.number = 0


@final
class Finding:
    """Something that was found out about watched objects which share an epoch; it holds until one of them changes."""

    def __init__(self) -> None:
        self._epoch: Epoch = Epoch()
        self._number = -1

    def holds(self) -> bool:
        """Whether it was found out, and nothing has changed since."""
        return self._epoch.number == self._number

    def note(self, epoch: Epoch) -> None:
        """It is so as of now."""
        self._epoch = epoch
        self._number = epoch.number
