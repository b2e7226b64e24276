"""Which variables certainly have a value, as the compiler goes through the ways that control can take.

    if c { x := 1 } else { x := 2 }        x has a value behind it: it got one on both ways
    while c { y := 1 }                     y has none for certain

Going back to how things were where a way began costs as many steps as things have changed since, whatever the number of
variables.
"""

from __future__ import annotations

from typing import final


@final
class DefinedSlots:
    """Slots of variables that certainly have a value here."""

    def __init__(self) -> None:
        self.slots: set[int] = set()
        self.changes: list[int] = []  # slots that got a value, complements of those that went out of scope

    def __contains__(self, slot: int) -> bool:
        return slot in self.slots

    def add(self, slot: int) -> None:
        """The variable has a value from here on."""
        if slot not in self.slots:
            self.slots.add(slot)
            self.changes.append(slot)

    def discard(self, slot: int) -> None:
        """The variable is out of scope."""
        if slot in self.slots:
            self.slots.remove(slot)
            self.changes.append(~slot)

    def mark(self) -> int:
        """This moment, for `rewind` and `gained_since`."""
        return len(self.changes)

    def rewind(self, mark: int) -> None:
        """Be what it was at that moment, which must not lie before one gone back to already."""
        while len(self.changes) > mark:
            change = self.changes.pop()
            if change >= 0:
                self.slots.remove(change)
            else:
                self.slots.add(~change)

    def gained_since(self, mark: int) -> set[int]:
        """The slots with a value now that had none at that moment."""
        gained: set[int] = set()
        for index in range(mark, len(self.changes)):
            change = self.changes[index]
            if change >= 0:
                gained.add(change)
            else:
                gained.discard(~change)
        return gained

    def go_on_with(self, mark: int, gained: set[int]) -> None:
        """Be what it was at that moment, and these too."""
        self.rewind(mark)
        for slot in gained:
            self.add(slot)
