"""Properties whose keys are indexes, of objects that are no dense arrays: by number, with attributes, in ascending order."""

from __future__ import annotations

from typing import final

from tracewright.core.value import Value
from tracewright_javascript.properties import Property


@final
class Elements:
    """A table by index."""

    def __init__(self) -> None:
        self.slots: dict[int, Value] = {}
        self.attributes: dict[int, int] = {}  # of those that have some

    def find(self, index: int) -> Property | None:
        """The property, if there is one."""
        if index not in self.slots:
            return None
        return Property(self.slots[index], self.attributes.get(index, 0))

    def put(self, index: int, property: Property) -> None:
        """Add or replace a property."""
        self.slots[index] = property.slot
        if property.attributes != 0:
            self.attributes[index] = property.attributes
        elif index in self.attributes:
            del self.attributes[index]

    def remove(self, index: int) -> None:
        """Take out a property that is there."""
        del self.slots[index]
        if index in self.attributes:
            del self.attributes[index]

    def indexes(self) -> list[int]:
        """All indexes, ascending."""
        result = list(self.slots)
        result.sort()
        return result
