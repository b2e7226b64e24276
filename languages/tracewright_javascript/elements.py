"""Properties whose keys are indexes, of objects that are no dense arrays: in a row while there are few gaps, in a table where there are many.

    o = {}; o[3] = "c"; o[4] = "d"      row: EMPTY EMPTY EMPTY "c" "d", and room for more
    o[1e9] = "far"                      table: 3, 4 and 1e9
    Object.freeze(o)                    table: what is in a row has no attributes

A table that has become dense, because it was filled from above, becomes a row.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array, copy_items, unchecked_get, unchecked_set
from tracewright.core.value import Value
from tracewright.hints import dont_look_inside
from tracewright_javascript.properties import NOT_CONFIGURABLE, Property
from tracewright_javascript.values import EMPTY

SMALL_ROW: Final = 1 << 10  # a row of so many places may be as empty as it likes
FULLNESS: Final = 8  # of a longer row, one place in so many must be taken
NO_ITEMS: Final[Array[Value]] = Array(0, EMPTY)


@final
class ElementTable:
    """Elements by index, with the attributes of those that have some."""

    def __init__(self) -> None:
        self.slots: dict[int, Value] = {}
        self.attributes: dict[int, int] = {}
        self.highest = 0  # no index was above it
        self.next_look = SMALL_ROW  # with so many elements, see whether they are dense


@final
class Elements:
    """While `table` is None they are in `items`, EMPTY where there is none, and `count` of them are taken."""

    def __init__(self) -> None:
        self.items = NO_ITEMS
        self.count = 0
        self.table: ElementTable | None = None
        self.length = 0  # of an array: its `length`
        self.is_length_fixed = False

    def item(self, index: int) -> Value:
        """A plain element; EMPTY where there is none or it is in a table."""
        return unchecked_get(self.items, index) if 0 <= index < len(self.items) else EMPTY

    def replace(self, index: int, value: Value) -> bool:
        """Give a plain element another value; False where `item` is EMPTY."""
        if 0 <= index < len(self.items) and not unchecked_get(self.items, index).same(EMPTY):
            unchecked_set(self.items, index, value)
            return True
        return False

    def add(self, index: int, value: Value) -> None:
        """A new plain element."""
        if 0 <= index < len(self.items):
            unchecked_set(self.items, index, value)
            self.count += 1
        else:
            self._add_beyond(index, value)

    @dont_look_inside
    def find(self, index: int) -> Property | None:
        """The property, if there is one."""
        table = self.table
        if table is not None:
            return Property(table.slots[index], table.attributes.get(index, 0)) if index in table.slots else None
        value = self.item(index)
        return None if value.same(EMPTY) else Property(value)

    @dont_look_inside
    def put(self, index: int, property: Property) -> None:
        """Add or replace a property."""
        if property.attributes == 0 and self.table is None:
            if not self.replace(index, property.slot):
                self.add(index, property.slot)
            return
        table = self._become_table()
        table.slots[index] = property.slot
        table.highest = max(table.highest, index)
        if property.attributes != 0:
            table.attributes[index] = property.attributes
        elif index in table.attributes:
            del table.attributes[index]
        if len(table.slots) >= table.next_look:
            self._look(table)

    @dont_look_inside
    def remove(self, index: int) -> None:
        """Take out a property that is there."""
        table = self.table
        if table is None:
            self.items[index] = EMPTY
            self.count -= 1
            return
        del table.slots[index]
        if index in table.attributes:
            del table.attributes[index]

    def is_permanent(self, index: int) -> bool:
        """Whether the property may not be deleted."""
        table = self.table
        return table is not None and table.attributes.get(index, 0) & NOT_CONFIGURABLE != 0

    @dont_look_inside
    def indexes(self) -> list[int]:
        """All indexes, ascending."""
        table = self.table
        if table is None:
            return [index for index in range(len(self.items)) if not self.items[index].same(EMPTY)]
        result = list(table.slots)
        result.sort()
        return result

    @dont_look_inside
    def _add_beyond(self, index: int, value: Value) -> None:
        """An element that the row has no place for."""
        room = index + (index >> 1) + 4
        if self.table is not None or room > max(SMALL_ROW, (self.count + 1) * FULLNESS):
            self._become_table()
            self.put(index, Property(value))
            return
        self._make_room(room)
        self.items[index] = value
        self.count += 1

    def _make_room(self, room: int) -> None:
        items: Array[Value] = Array(room, EMPTY)
        copy_items(self.items, 0, items, 0, len(self.items))
        self.items = items

    def _become_table(self) -> ElementTable:
        table = self.table
        if table is None:
            table = ElementTable()
            for index in self.indexes():
                table.slots[index] = self.items[index]
                table.highest = index
            table.next_look = max(SMALL_ROW, 2 * len(table.slots))
            self.items = NO_ITEMS
            self.count = 0
            self.table = table
        return table

    def _look(self, table: ElementTable) -> None:
        """Become a row where that takes less room than the table."""
        table.next_look = 2 * len(table.slots)
        if len(table.attributes) > 0 or table.highest >= len(table.slots) * (FULLNESS // 2):
            return
        self.table = None
        self._make_room(table.highest + (table.highest >> 1) + 4)
        for index in table.slots:
            self.items[index] = table.slots[index]
        self.count = len(table.slots)
