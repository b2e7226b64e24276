"""When prototypes have changed: what places in the code have learned of them holds for one epoch."""

from __future__ import annotations

from typing import final


@final
class Epoch:
    """How often something has changed that reads may have taken from prototypes: one for all that inherit from one object."""

    def __init__(self) -> None:
        self.number = 0
